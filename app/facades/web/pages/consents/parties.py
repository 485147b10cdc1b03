"""Organisations and roles by name: who gets to see something, and who would tell it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from app.access.vocabulary import OrganisationKind
from app.facades.operations import Json
from app.facades.web.pages.consents.whom import Whom
from app.facades.web.people import organisations
from app.facades.web.telling import holds
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words
from app.platform.http.schemas import UUID_TEXT

MOST_TRAJECTORIES = 10


@dataclass(frozen=True, slots=True)
class Party:
    """A role at an organisation; `value` is how a form sends it."""

    organisation_id: str
    role: str
    organisation: str

    @property
    def value(self) -> str:
        return f"{self.organisation_id}|{self.role}"

    def recipient(self, membership_id: str = "") -> Json:
        """As the operations take it: all in this role, or one person of it."""
        found: Json = {"organisationId": self.organisation_id, "role": self.role}
        return found | ({"membershipId": membership_id} if membership_id else {})

    @property
    def role_words(self) -> str:
        return words.role(self.role)

    @property
    def words(self) -> str:
        return f"{self.role_words} bij {self.organisation}"


@dataclass(frozen=True, slots=True)
class Around:
    """The trajectories of a client as far as one may know, and who works with the client now."""

    trajectories: list[Json]
    people: dict[Party, dict[str, str]]
    """By name, each by the id of the membership."""

    @property
    def parties(self) -> list[Party]:
        return in_order(self.people)

    def person(self, recipient: Json) -> str:
        """Whom it is for, where it is for one person; empty where it is for all in the role."""
        one = recipient["membershipId"]
        known = (found[one] for found in self.people.values() if one in found)
        return next(known, "één medewerker") if one is not None else ""

    @property
    def organisations(self) -> dict[str, str]:
        """The names of those who work with the client, by id."""
        return {each.organisation_id: each.organisation for each in self.parties}


async def around(visit: Visit, whom: Whom) -> Around:
    """In the order of names; an ended participation is no longer around."""
    trajectories = await visit.every("/trajectories", clientId=whom.client_id)
    paths = [f"/trajectories/{each['id']}/participants" for each in trajectories]
    *lists, team = await visit.lists(*paths[:MOST_TRAJECTORIES], f"{whom.href}/treatment-team")
    named = {each["organisationId"]: each["organisationName"] for one in lists for each in one}
    unnamed = {each["organisationId"] for each in team} - set(named)
    named |= await organisations(visit, unnamed)
    people: dict[Party, dict[str, str]] = {}
    now = await visit.now()
    for each in chain(*lists, team):
        if holds(each, now) and each["organisationId"] in named:
            party = Party(each["organisationId"], each["role"], named[each["organisationId"]])
            people.setdefault(party, {})[each["membershipId"]] = each.get(
                "name", "naam niet zichtbaar"
            )
    return Around(trajectories, people)


async def organisation(visit: Visit, organisation_id: str) -> Json:
    """One organisation; an empty document where there is none."""
    if not UUID_TEXT.fullmatch(organisation_id):
        return {}
    return await visit.maybe(f"/organisations/{organisation_id}") or {}


async def party_of(visit: Visit, value: str) -> Party | None:
    """What a form sent; None where there is no such role at such an organisation."""
    organisation_id, _, role = value.partition("|")
    found = await organisation(visit, organisation_id) if organisation_id else {}
    return Party(organisation_id, role, found["name"]) if role in found.get("roles", ()) else None


def kind_of_consent(sender: Json | None) -> str:
    """What the yes is: leave to speak of what is secret in care, else leave to use the data."""
    if sender is not None and sender.get("kind") == OrganisationKind.GGZ_PROVIDER:
        return "secrecy_waiver"
    return "gdpr_consent"


def in_order(parties: Iterable[Party]) -> list[Party]:
    return sorted(parties, key=lambda each: (each.organisation.casefold(), each.role_words))
