"""What each step on the way to a consent shows."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.forms.showing import Options
from app.facades.web.pages.consents.chosen import act, choice
from app.facades.web.pages.consents.documents import documents
from app.facades.web.pages.consents.going import ALL, Going
from app.facades.web.pages.consents.parties import Party, in_order
from app.facades.web.pages.consents.sharing import purposes_of, shareable
from app.facades.web.pages.consents.standing import SELF
from app.facades.web.rendering import coded, day, short_day, typed_day
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words
from app.platform.calendar import years_later

FIELDS: Mapping[str, tuple[str, ...]] = {
    "party": ("party",),
    "from": ("sender", "trajectory"),
    "data": ("category", "record"),
    "terms": ("purpose", "person", "validFrom", "validUntil", "reason", "step"),
    "evidence": ("givenHow", "givenBy", "evidence"),
    "look": (),
}
FIELD_OF = {
    "recipient": "party",
    "senderOrganisationId": "sender",
    "trajectoryId": "trajectory",
    "categories": "category",
    "recordId": "category",
    "purposes": "purpose",
}
"""How a form calls what the operation calls so."""
TITLES: Mapping[str, tuple[str, str]] = {
    "party": ("Wie mag iets zien?", "Wie wil iets weten?"),
    "from": ("Wie vertelt het?", "Wie vertelt het?"),
    "data": ("Wat mag deze partij zien?", "Wat is er nodig?"),
    "terms": ("Waarvoor, en hoe lang?", "Waarom is het nodig?"),
    "evidence": ("Hoe zei de cliënt ja?", ""),
    "look": ("Kijk het na", "Kijk het na"),
}
"""When it is given, and when it is asked."""


async def shown(
    visit: Visit,
    at: Going,
    step: str,
    *,
    faults: Mapping[str, str] | None = None,
    unfinished: bool = False,
) -> Shown:
    """A step, with what was answered there before and what is wrong with it."""
    values = await _VALUES[step](visit, at)
    return Shown(
        f"consents/steps/{step}.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        of=at.of,
        at=at,
        asks=at.way.asks,
        title=TITLES[step][at.way.asks],
        number=at.steps.index(step) + 1 if step in at.steps else 1,
        count=len(at.steps),
        action=at.path(step),
        before=at.before(step),
        answers=at.answers,
        faults=dict(faults or {}),
        unfinished=unfinished,
        **values,
    )


async def _party(visit: Visit, at: Going) -> dict[str, Any]:
    """Only those who can be shown something: who works with the client, then all others."""
    asked = visit.query.get("name", "").strip()
    told = await visit.see("/organisations", pageSize=100, name=asked or None)
    near = [each for each in at.place.parties if _possible(at, each)]
    everyone = {
        Party(each["id"], role, each["name"]) for each in told["items"] for role in each["roles"]
    }
    others = [each for each in in_order(everyone - set(near)) if _possible(at, each)]
    fitting = [each for each in near if asked.casefold() in each.organisation.casefold()]
    return {
        "near": _options(fitting),
        "others": _options(others),
        "name": asked,
        "more": told.get("nextCursor") is not None,
    }


def _possible(at: Going, party: Party) -> bool:
    """Who shares with itself shares nothing; to ask for oneself is the rule."""
    is_own = party.organisation_id == at.own and not at.of.acts and not at.way.asks
    return party.role in at.text.roles and not is_own


def _options(parties: list[Party]) -> Options:
    return [(each.value, f"{each.organisation}: {each.role_words}") for each in parties]


async def _from(_: Visit, at: Going) -> dict[str, Any]:
    named = sorted(at.place.organisations.items(), key=lambda each: each[1].casefold())
    who: Options = [each for each in named if at.of.acts or each[0] != at.own]
    who.append((SELF, "Ik zelf: wat ik zelf opschrijf" if at.of.own else "De cliënt zelf"))
    where = [(each["id"], trajectory_words(each)) for each in at.place.trajectories]
    if at.of.acts and len(where) != 1:
        where.append((ALL, "Al mijn trajecten" if at.of.own else "Alle trajecten"))
    fixed = at.own if at.sender == at.own else None
    return {"senders": [] if fixed else who, "trajectories": where if len(where) > 1 else []}


async def _data(visit: Visit, at: Going) -> dict[str, Any]:
    if at.party is None:
        return {}
    found = shareable(at.of, at.text, at.party.role)
    return {
        "shareable": found,
        "lead": at.text.lead(at.party.role),
        "documents": await documents(visit, at, found.per_item),
    }


async def _terms(visit: Visit, at: Going) -> dict[str, Any]:
    today = await visit.today()
    fitting = purposes_of(at.party.role) if at.party else []
    return {
        "purposes": [(each, at.of.purpose(each).capitalize()) for each in fitting],
        "today": typed_day(today),
        "later": typed_day(years_later(today, 1)),
    }


async def _evidence(_: Visit, __: Going) -> dict[str, Any]:
    how = [each for each in words.values("GivenHow").items() if each[0] != "portal"]
    return {"how": how, "by": list(words.values("GivenBy").items())}


async def _look(visit: Visit, at: Going) -> dict[str, Any]:
    """What it comes to; for who decides also what the party sees before and after."""
    chosen = await choice(visit, at)
    told = {} if at.way.asks else act(at)
    sentences = at.text.sentences[at.party.role] if at.party else {}
    return {
        "preview": await _previewed(visit, at, chosen) if at.of.acts and not at.way.asks else None,
        "whats": [at.of.what(each) for each in at.categories],
        "sentences": [sentences[each] for each in at.categories],
        "purposes": [at.of.purpose(each) for each in at.purposes],
        "period": _period(told),
        "kind": chosen["kind"],
        "sender": sender_words(visit, at),
        "one_document": bool(at.record),
    }


def sender_words(visit: Visit, at: Going) -> str:
    """The name of who tells; empty where the client does."""
    if at.sender == at.own:
        return str(visit.hat["organisation"]["name"])
    return at.place.organisations.get(at.sender, "")


async def _previewed(visit: Visit, at: Going, chosen: Json) -> Json:
    return await visit.search(f"{at.of.href}/access-overview/_preview", {"giveConsent": chosen})


def _period(told: Json) -> str:
    begins, ends = told.get("validFrom"), told.get("validUntil")
    try:
        since = f"vanaf {day(begins)}" if begins else "meteen"
        return f"{since} tot {day(ends)}" if ends else f"{since}, zonder einddatum"
    except ValueError:
        return "de dagen kunnen wij niet lezen"


def trajectory_words(told: Json) -> str:
    """Which trajectory, by its kind and since when."""
    kind = coded("process", told["kind"]) if told.get("kind") else "Traject"
    return f"{kind}, sinds {short_day(told['recordedAt'])}"


_VALUES = {
    "party": _party,
    "from": _from,
    "data": _data,
    "terms": _terms,
    "evidence": _evidence,
    "look": _look,
}
