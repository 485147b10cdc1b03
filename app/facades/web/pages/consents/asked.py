"""What was asked of the client: to be answered with yes, no or later, and nothing is ticked."""

from dataclasses import dataclass
from http import HTTPStatus

from app.facades.operations import Json, RefusedError, Told
from app.facades.web.answers import Onward, Shown
from app.facades.web.forms.fields import Field, Kind
from app.facades.web.forms.reading import typed
from app.facades.web.forms.showing import Options, faults_by_name
from app.facades.web.pages.consents.parties import Party, around
from app.facades.web.pages.consents.sharing import Text, current_text
from app.facades.web.pages.consents.standing import organisations_in
from app.facades.web.pages.consents.whom import Whom, whom
from app.facades.web.people import organisations
from app.facades.web.rendering import coded
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
LIST = "/clients/{client_id}/consent-requests"
ONE = f"{LIST}/{{request_id}}"
OPEN = frozenset({"open", "later"})
DAY = Field("validUntil", "AnswerIn", Kind.DAY, required=False)
DONE = {
    "yes": "U zei ja. U kunt deze toestemming altijd intrekken.",
    "no": "U zei nee. Er wordt niets gedeeld.",
    "later": "U beslist later. Er wordt nu niets gedeeld.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One request in words."""

    id: str
    asker: str
    party: Party
    sender: str
    whats: list[str]
    purposes: list[str]
    step: str
    state: str
    open: bool
    json: Json


@pages.get(LIST)
async def requests(visit: Visit, client_id: str) -> Shown:
    of = await whom(visit, client_id)
    found = await visit.whole(LIST.format(client_id=client_id))
    told = await _told(visit, of, sorted(found, key=lambda e: str(e["recordedAt"]), reverse=True))
    return Shown(
        "consents/requests.html",
        of=of,
        waiting=[each for each in told if each.open],
        answered=[each for each in told if not each.open],
        asks=visit.own_client_id is None
        and visit.may("POST /clients/{client_id}/consent-requests"),
    )


@pages.get(ONE)
async def request(visit: Visit, client_id: str, request_id: str) -> Shown:
    return await _shown(visit, client_id, request_id)


@pages.post(ONE)
async def answer(visit: Visit, client_id: str, request_id: str) -> Shown | Onward:
    """No and later are done at once; before a yes one sees what it opens."""
    path = ONE.format(client_id=client_id, request_id=request_id)
    said = visit.field("answer")
    if said not in DONE:
        return await _shown(visit, client_id, request_id, faults={"answer": "Kies een antwoord."})
    ticked = visit.several("category")
    if said == "yes" and not ticked:
        faults = {"category": "Vink aan wat deze partij mag zien."}
        return await _shown(visit, client_id, request_id, faults=faults)
    if said == "yes" and not visit.field("sure"):
        return await _before_yes(visit, client_id, request_id)
    body = {"answer": said} | (await _yes(visit) if said == "yes" else {})
    keys = {"key": visit.field("key"), "match": visit.field("match")}
    told = await visit.sent("POST", f"{path}/answers", body, **keys)
    if told.ok:
        return Onward(path, DONE[said])
    return await _refused(visit, client_id, request_id, told)


async def _refused(visit: Visit, client_id: str, request_id: str, told: Told) -> Shown:
    """Raises RefusedError for what is no fault of what was filled in."""
    if told.status != HTTPStatus.BAD_REQUEST:
        raise RefusedError(told)
    faults = faults_by_name(told)
    renamed = {"category" if name == "categories" else name: said for name, said in faults.items()}
    return await _shown(visit, client_id, request_id, faults=renamed)


async def _yes(visit: Visit) -> Json:
    text = await current_text(visit)
    until = visit.field("validUntil")
    found = {
        "categories": visit.several("category"),
        "textVersion": text.version,
        "givenHow": "portal",
    }
    return found | ({"validUntil": typed(DAY, until)} if until else {})


async def _before_yes(visit: Visit, client_id: str, request_id: str) -> Shown:
    """Through the eyes of the one for whom it is, before and after."""
    shown = await _shown(visit, client_id, request_id)
    asked: Json = shown.values["one"].json
    kept = ("kind", "trajectoryId", "senderOrganisationId", "purposes", "recordId")
    chosen = {
        **{name: asked[name] for name in kept},
        "allTrajectories": asked["trajectoryId"] is None,
        "recipient": asked["recipient"],
        "categories": visit.several("category"),
    }
    path = f"/clients/{client_id}/access-overview/_preview"
    preview = await visit.search(path, {"giveConsent": chosen})
    return Shown("consents/before_yes.html", **{**shown.values, "preview": preview})


async def _shown(
    visit: Visit, client_id: str, request_id: str, faults: dict[str, str] | None = None
) -> Shown:
    told = await visit.told(ONE.format(client_id=client_id, request_id=request_id))
    of = await whom(visit, client_id)
    (one,) = await _told(visit, of, [told.json])
    text = await current_text(visit)
    place = await around(visit, of)
    return Shown(
        "consents/request.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        of=of,
        one=one,
        person=place.person(told.json["recipient"]),
        text=text,
        options=_options(of, text, told.json),
        ticked=visit.several("category"),
        until=visit.field("validUntil"),
        match=visit.field("match") or told.etag,
        faults=faults or {},
        answers=of.acts and one.open,
    )


def _options(of: Whom, text: Text, asked: Json) -> Options:
    """What was asked, each in the words of the text to which the yes would be."""
    sentences = text.sentences.get(asked["recipient"]["role"], {})
    read = {each: sentences.get(each, of.what(each)) for each in asked["categories"]}
    found = {each: said.rpartition(": ")[2].rstrip(".") for each, said in read.items()}
    return [(each, said[:1].upper() + said[1:]) for each, said in found.items()]


def _step(told: str) -> str:
    """A step of the process by its name; what somebody typed as it was typed."""
    try:
        return coded("step", told)
    except KeyError:
        return told


async def _told(visit: Visit, of: Whom, found: list[Json]) -> list[Question]:
    named = await organisations(visit, organisations_in(found))
    return [_question(of, each, named) for each in found]


def _question(of: Whom, told: Json, named: dict[str, str]) -> Question:
    at, sender = told["recipient"]["organisationId"], told["senderOrganisationId"]
    asker = named.get(told["askedByOrganisationId"] or "", "een organisatie")
    return Question(
        id=told["id"],
        asker=f"{words.role(told['authorRole'])} bij {asker}",
        party=Party(at, told["recipient"]["role"], named.get(at, "een organisatie")),
        sender="" if sender is None else named.get(sender, "een organisatie"),
        whats=[of.what(each) for each in told["categories"]],
        purposes=[of.purpose(each) for each in told["purposes"]],
        step=_step(told["step"] or ""),
        state=coded("consent_request", told["state"]),
        open=told["state"] in OPEN,
        json=told,
    )
