"""The consents of a client, party by party, and one consent in plain words."""

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.pages.consents.parties import around
from app.facades.web.pages.consents.standing import by_party, organisations_in, shares, told
from app.facades.web.pages.consents.whom import Whom, whom
from app.facades.web.people import organisations
from app.facades.web.rendering import coded, day, local_day
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
GIVE = "POST /clients/{client_id}/consents"
ASK = "POST /clients/{client_id}/consent-requests"


@pages.get("/clients/{client_id}/consents")
async def consents(visit: Visit, client_id: str) -> Shown:
    of = await whom(visit, client_id)
    found = await visit.whole(f"{of.href}/consents")
    asked = await visit.every(f"{of.href}/consent-requests")
    return Shown(
        "consents/list.html",
        of=of,
        parties=by_party(await told(visit, of, found)),
        asked=[each for each in asked if each["state"] in {"open", "later"}],
        gives=of.acts or (visit.own_client_id is None and visit.may(GIVE)),
        asks=visit.own_client_id is None and visit.may(ASK),
    )


@pages.get("/consents/{consent_id}")
async def consent(visit: Visit, consent_id: str) -> Shown:
    found = await visit.see(f"/consents/{consent_id}")
    of = await whom(visit, found["clientId"])
    (one,) = await told(visit, of, [found])
    named = await organisations(visit, organisations_in([found]))
    place = await around(visit, of)
    return Shown(
        "consents/one.html",
        of=of,
        one=one,
        person=place.person(found["recipient"]),
        history=_history(of, found, named),
        trajectory=next((e for e in place.trajectories if e["id"] == found["trajectoryId"]), None),
        evidence=_evidence(of, found, visit),
        withdraws=of.acts and one.stands,
        scans=await visit.every(f"/consents/{consent_id}/scans"),
        scanned=found["givenHow"] == "paper" and shares(of, found, visit),
    )


def _history(of: Whom, found: Json, named: dict[str, str]) -> list[tuple[str, str]]:
    """What happened with it, the first first: the day and what was done."""
    made, begins = local_day(found["recordedAt"]), local_day(found["validFrom"])
    first = f"Vastgelegd door {_author(of, found, named)}."
    if found["requestId"] is not None:
        first = "Gegeven als antwoord op een vraag om toestemming."
    lines = [(found["recordedAt"], first)]
    if found["state"] != "not_yet" and begins != made:
        lines.append((found["validFrom"], "Vanaf toen mocht het."))
    if found["withdrawnAt"] is not None:
        who = "U trok het in." if of.own else "De cliënt trok het in."
        lines.append((found["withdrawnAt"], who))
    elif found["state"] == "ended" and found["validUntil"] is not None:
        lines.append((found["validUntil"], "De tijd was om."))
    return [(day(at), said) for at, said in sorted(lines, key=lambda line: str(line[0]))]


def _author(of: Whom, found: Json, named: dict[str, str]) -> str:
    at = found["recordedByOrganisationId"]
    if found["authorRole"] == "client":
        return "u zelf" if of.own else "de cliënt zelf"
    who = words.role(found["authorRole"])
    return who if at is None else f"{who} bij {named.get(at, 'een organisatie')}"


def _evidence(of: Whom, found: Json, visit: Visit) -> str:
    """What proves the yes; the recipient is not told."""
    how = coded("given_how", found["givenHow"])
    if not shares(of, found, visit):
        return f"{how}. Het bewijs is alleen voor {of.name or 'de cliënt'} en voor wie deelt."
    return f"{how}. {found['evidence']}" if found["evidence"] else f"{how}."
