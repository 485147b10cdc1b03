"""Who sits at the table, by name, role and organisation, as far as this person may know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.access.vocabulary import Role
from app.domain.startconversation.rules.conversation import ORGANISERS
from app.facades.operations import Json
from app.facades.web.about import client_name
from app.facades.web.people import organisations
from app.facades.web.telling import holds
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

Key = tuple[str, str | None]
OWN_SIDE = frozenset({Role.CLIENT, Role.REPRESENTATIVE})
SEES_TEAM = OWN_SIDE | {Role.CLINICIAN, Role.PSYCHOLOGIST}
"""Who surely knows the people who treat the client; others do not ask, as a refusal is logged."""


@dataclass(frozen=True, slots=True)
class Chair:
    """One invited party: `who` names it in a sentence, `beside` says the rest."""

    invitation: str
    role: str
    organisation: str | None
    membership: str | None
    who: str
    beside: str
    own: bool
    reply: str
    accepts: frozenset[str]

    @property
    def mid(self) -> str:
        """As it is called in the middle of a sentence."""
        return self.who[:1].lower() + self.who[1:] if self.own else self.who

    @property
    def is_client(self) -> bool:
        return self.role == Role.CLIENT


@dataclass(frozen=True)
class People:
    """Names of persons by role and organisation, and of organisations."""

    client: str
    names: Mapping[Key, list[str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def who(self, role: str, organisation: str | None) -> tuple[str, str]:
        """What to call a party, and what stands beside that."""
        title, place = words.value("Role", role), self.places.get(organisation or "", "")
        if role == Role.CLIENT:
            return self.client, title
        known = ", ".join(dict.fromkeys(self.names.get((role, organisation), ())))
        if not known:
            return title, place
        return known, f"{title}, {place}" if place else title


async def people(visit: Visit, trajectory: Json, seats: Iterable[Key]) -> People:
    """Everyone who takes part in this trajectory, and the organisations of these seats."""
    paths = [f"/trajectories/{trajectory['id']}/participants"]
    if visit.role in SEES_TEAM:
        paths.append(f"/clients/{trajectory['clientId']}/treatment-team")
    found = [each for many in await visit.lists(*paths) for each in many]
    now = await visit.now()
    names: dict[Key, list[str]] = {}
    places: dict[str, str] = {}
    for each in found:
        if holds(each, now) and each.get("name"):
            names.setdefault((each["role"], each["organisationId"]), []).append(each["name"])
        if each.get("organisationName"):
            places[each["organisationId"]] = each["organisationName"]
    wanted = {at for _, at in [*seats, *names] if at is not None} - set(places)
    places |= await organisations(visit, wanted)
    return People(_called(trajectory), names, places)


def chairs(
    visit: Visit, known: People, invited: Sequence[Json], *, named: bool = False
) -> list[Chair]:
    """The table: the client first, then the others; oneself as "u", or `named` as the others."""
    own = None if named else _own(visit, invited)
    found = [_chair(known, each, own=each["id"] == own) for each in invited]
    return sorted(found, key=lambda chair: not chair.is_client)


def seats(invited: Iterable[Json]) -> list[Key]:
    return [(each["role"], each["organisationId"]) for each in invited]


def own_seat(visit: Visit) -> Key:
    """The role and organisation as which this person sits down."""
    return visit.role, visit.organisation_id


def organises(visit: Visit) -> bool:
    """Whether this role arranges talks and writes down what was agreed."""
    return visit.role in ORGANISERS


def _own(visit: Visit, invited: Sequence[Json]) -> str | None:
    """The own invitation, first the one in the own name; as the operations look for it."""
    mine = [each for each in invited if (each["role"], each["organisationId"]) == own_seat(visit)]
    named = [each for each in mine if each.get("membershipId") == visit.hat.get("id")]
    found: Any = next(iter(named + mine), {}).get("id")
    return None if found is None else str(found)


def _chair(known: People, told: Json, *, own: bool) -> Chair:
    who, beside = known.who(told["role"], told["organisationId"])
    if own:
        who, beside = "U", words.value("Role", told["role"])
    return Chair(
        invitation=told["id"],
        role=told["role"],
        organisation=told["organisationId"],
        membership=told.get("membershipId"),
        who=who,
        beside=beside,
        own=own,
        reply=told["answer"]["reply"],
        accepts=frozenset(told["answer"]["accepts"]),
    )


def _called(trajectory: Json) -> str:
    """The client by name where that is shown."""
    shown = trajectory.get("givenName") or trajectory.get("familyName")
    return client_name(trajectory) if shown else "De cliënt"
