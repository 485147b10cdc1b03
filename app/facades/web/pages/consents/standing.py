"""Consents in words: per party what stands, until when and how it was given, and what is over.

All days come from the consent itself, so that every page says the same end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.facades.operations import Json
from app.facades.web.pages.consents.parties import Party, in_order
from app.facades.web.pages.consents.whom import Whom
from app.facades.web.people import organisations
from app.facades.web.rendering import coded, day
from app.facades.web.visits import Visit

STANDS = frozenset({"in_force", "not_yet", "waiting"})
TONES = {"in_force": "good", "not_yet": "info", "waiting": "wait"}
SELF = "self"
"""How a form names the client as the one who tells."""


@dataclass(frozen=True, slots=True)
class Told:
    """One consent; `sender` is empty where the client tells it himself."""

    id: str
    party: Party
    sender: str
    whats: list[str]
    purposes: list[str]
    period: str
    state: str
    tone: str
    stands: bool
    one_person: bool
    one_record: bool
    json: Json


@dataclass(frozen=True, slots=True)
class OfParty:
    """What one party was allowed: what stands, and what is over."""

    party: Party
    standing: list[Told]
    over: list[Told]


async def told(visit: Visit, whom: Whom, consents: Iterable[Json]) -> list[Told]:
    """Each with the names of its parties, the latest first."""
    found = sorted(consents, key=lambda each: str(each["recordedAt"]), reverse=True)
    named = await organisations(visit, organisations_in(found))
    return [_told(whom, each, named) for each in found]


def organisations_in(found: Iterable[Json]) -> set[str]:
    """Whoever is named in consents, in requests or in the answers to these."""
    keys = ("senderOrganisationId", "recordedByOrganisationId", "askedByOrganisationId")
    ids = {each["recipient"]["organisationId"] for each in found}
    return ids | {each[key] for each in found for key in keys if each.get(key) is not None}


def by_party(consents: Sequence[Told]) -> list[OfParty]:
    """What stands first; parties in the order of their names."""
    parties = in_order({each.party for each in consents})
    found = [
        OfParty(
            party,
            [each for each in consents if each.party == party and each.stands],
            [each for each in consents if each.party == party and not each.stands],
        )
        for party in parties
    ]
    return sorted(found, key=lambda each: not each.standing)


def _told(whom: Whom, told: Json, named: dict[str, str]) -> Told:
    recipient = told["recipient"]
    at = recipient["organisationId"]
    sender = told["senderOrganisationId"]
    return Told(
        id=told["id"],
        party=Party(at, recipient["role"], named.get(at, "een organisatie")),
        sender="" if sender is None else named.get(sender, "een organisatie"),
        whats=[whom.what(each) for each in told["categories"]],
        purposes=[whom.purpose(each) for each in told["purposes"]],
        period=period(told),
        state=coded("consent_state", told["state"]),
        tone=TONES.get(told["state"], "plain"),
        stands=told["state"] in STANDS,
        one_person=recipient["membershipId"] is not None,
        one_record=told["recordId"] is not None,
        json=told,
    )


def period(consent: Json) -> str:
    """From when to when it holds or held; on the last day that is named it holds no longer."""
    begins = f"vanaf {day(consent['validFrom'])}"
    if consent["withdrawnAt"] is not None:
        return f"{begins}, ingetrokken op {day(consent['withdrawnAt'])}"
    if consent["validUntil"] is None:
        return f"{begins}, zonder einddatum"
    return f"{begins} tot {day(consent['validUntil'])}"


def shares(of: Whom, found: Json, visit: Visit) -> bool:
    """Whether this is the client's side, or the organisation that shares."""
    at = visit.organisation_id
    return of.acts or (at is not None and at == found["senderOrganisationId"])
