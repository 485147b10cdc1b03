"""Small random worlds for the laws of the policy: few parties, so that facts meet often."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import NAMESPACE_DNS, UUID, uuid5

from hypothesis import strategies as st

from app.access import world as w
from app.access.policy import grants
from app.access.vocabulary import (
    Basis,
    Category,
    OrganisationKind,
    Period,
    Purpose,
    Reach,
    Role,
    mask_of,
)

KIND = OrganisationKind


def named(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMESPACE_DNS, name)


def day(number: int) -> datetime:
    return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=number)


MOMENTS = [day(number) for number in range(-1, 9)]
"""All edges of generated periods lie on days 0-7: nothing changes between these moments."""
ALWAYS = Period(day(0))
T1, T2 = named("trajectory 1"), named("trajectory 2")


def member(
    name: str, role: Role, organisation: str, kind: OrganisationKind, **more: Any
) -> w.Member:
    return w.Member(
        id=named(name),
        practitioner_id=named(f"{name} in person"),
        inbox_id=named(f"{organisation} {role}"),
        organisation_id=named(organisation),
        organisation_kind=kind,
        role=role,
        employed=more.pop("employed", True),
        period=more.pop("period", ALWAYS),
        **more,
    )


CLINICIAN = member("clinician", Role.CLINICIAN, "ggz", KIND.GGZ_PROVIDER)
COLLEAGUE = member("colleague", Role.CLINICIAN, "ggz", KIND.GGZ_PROVIDER)
PSYCHOLOGIST = member("psychologist", Role.PSYCHOLOGIST, "ggz", KIND.GGZ_PROVIDER)
IPS_COACH = member("ips coach", Role.IPS_COACH, "ggz", KIND.GGZ_PROVIDER)
HIRED_IPS_COACH = replace(IPS_COACH, id=named("hired ips coach"), employed=False)
TEAM_CLINICIAN = member("team", Role.CLINICIAN, "team", KIND.GGZ_PROVIDER, policy_version=2)
COACH = member("coach", Role.REINTEGRATION_COACH, "company", KIND.REINTEGRATION_COMPANY)
PHYSICIAN = member("physician", Role.INSURANCE_PHYSICIAN, "uwv", KIND.UWV)
EXPERT = member("expert", Role.LABOUR_EXPERT, "uwv", KIND.UWV)
OTHER_EXPERT = member("other expert", Role.LABOUR_EXPERT, "other uwv", KIND.UWV)
CASE_MANAGER = member("case", Role.MUNICIPAL_CASE_MANAGER, "municipality", KIND.MUNICIPALITY)
EMPLOYER = member("employer", Role.EMPLOYER, "workplace", KIND.EMPLOYER)
SUPERVISOR = member("supervisor", Role.SUPERVISOR, "company", KIND.REINTEGRATION_COMPANY)
MISFIT = member("misfit", Role.CLINICIAN, "uwv", KIND.UWV)
"""A role that cannot exist in this organisation: whatever is recorded, no rights."""
ROSTER = (
    CLINICIAN,
    COLLEAGUE,
    PSYCHOLOGIST,
    IPS_COACH,
    HIRED_IPS_COACH,
    TEAM_CLINICIAN,
    COACH,
    PHYSICIAN,
    EXPERT,
    OTHER_EXPERT,
    CASE_MANAGER,
    EMPLOYER,
    SUPERVISOR,
    MISFIT,
)
ROLE_OF = {m.id: m.role for m in ROSTER} | {m.inbox_id: m.role for m in ROSTER}
DESK = named("ggz privacy desk")
GROWN = date(1990, 1, 1)

# --- what the grants say -------------------------------------------------------------------------


def holds(period: Period, moment: datetime) -> bool:
    """Half-open, read straight from the model and not from `Period`."""
    return period.valid_from <= moment and (
        period.valid_until is None or moment < period.valid_until
    )


class Way(NamedTuple):
    """One way in which a party may see or add something."""

    grantee: UUID
    basis: Basis
    adds: bool
    scope: tuple[UUID | None, UUID | None, UUID | None]
    reach: Reach
    ungated: bool


class Opened(dict[Way, int]):
    """What is open at one moment: for each way the pairs of a purpose and a category, as bits."""

    def within(self, other: "Opened") -> bool:
        return all(not pairs & ~other.get(way, 0) for way, pairs in self.items())

    def beside(self, other: "Opened") -> "Opened":
        both = Opened(self)
        for way, pairs in other.items():
            both[way] = both.get(way, 0) | pairs
        return both

    def where(self, test: Callable[[Way], bool]) -> "Opened":
        return Opened({way: pairs for way, pairs in self.items() if test(way)})

    def about(self, categories: frozenset[Category]) -> "Opened":
        wanted = _pairs(mask_of(categories), (1 << 6) - 1)
        return Opened({way: pairs & wanted for way, pairs in self.items() if pairs & wanted})


class Answer:
    """What follows from a world: its grants, and what each party may do with them at a moment."""

    def __init__(self, world: w.World) -> None:
        self.world = world
        self.grants = grants(world)

    def at(self, moment: datetime) -> Opened:
        """All that is open then; an inbox is opened by whoever is a member there then."""
        there: dict[UUID, list[UUID]] = {}
        for m in self.world.members:
            there.setdefault(m.inbox_id, []).extend([m.id] if holds(m.period, moment) else [])
        opened = Opened()
        for grant in self.grants:
            if not holds(grant.period, moment):
                continue
            scope = (grant.trajectory_id, grant.record_id, grant.sender_organisation_id)
            for adds, mask in ((False, grant.categories), (True, grant.creates)):
                pairs = _pairs(mask, grant.purposes)
                for whom in there.get(grant.grantee_id, [grant.grantee_id]) if pairs else ():
                    way = Way(whom, grant.basis, adds, scope, grant.reach, grant.ungated)
                    opened[way] = opened.get(way, 0) | pairs
        return opened


def _pairs(categories: int, purposes: int) -> int:
    return sum(categories << (27 * place) for place in range(6) if purposes >> place & 1)


# --- chance --------------------------------------------------------------------------------------

_UNNUMBERED = UUID(int=0)
_SEEDS = st.integers(0, 2**32)


class Chance(random.Random):
    """Facts by chance; the same seed gives the same facts."""

    def period(self, *, dirty: bool = False) -> Period:
        start = self.randint(0, 4)
        length = self.choice([None, None, 1, 2, 3, *([0, -1] if dirty else [])])
        return Period(day(start), None if length is None else day(start + length))

    def member(self) -> UUID:
        return self.choice(ROSTER).id

    def trajectory(self) -> UUID:
        return self.choice([T1, T2])

    def some(self, words: type[Category] | type[Purpose]) -> frozenset[Any]:
        every = list(words)
        return frozenset(self.sample(every, self.choice([1, 2, len(every) // 2, len(every)])))

    def treatment(self) -> w.Treatment:
        return w.Treatment(_UNNUMBERED, self.member(), self.period())

    def assignment(self) -> w.Assignment:
        payer = self.choice([None, KIND.UWV, KIND.MUNICIPALITY, KIND.EMPLOYER])
        keeps = self.random() < 0.5
        whom, where = self.member(), self.trajectory()
        return w.Assignment(_UNNUMBERED, where, whom, self.period(), payer, keeps)

    def responsibility(self) -> w.Responsibility:
        body = self.choice([EXPERT, EXPERT, CASE_MANAGER]).organisation_id
        return w.Responsibility(_UNNUMBERED, self.trajectory(), body, self.period())

    def referral(self) -> w.Referral:
        to = self.choice([EXPERT, CASE_MANAGER])
        where = self.trajectory()
        return w.Referral(
            _UNNUMBERED, where, to.organisation_id, to.inbox_id, to.role, self.period()
        )

    def consent(self) -> w.Consent:
        to = self.choice(ROSTER)
        where = self.choice([None, None, T1, T2])
        return w.Consent(
            id=_UNNUMBERED,
            trajectory_id=where,
            sender_organisation_id=self.choice([None, CLINICIAN.organisation_id]),
            recipient_organisation_id=to.organisation_id,
            recipient_role=to.role,
            recipient_membership_id=self.choice([None, None, to.id]),
            categories=self.some(Category),
            purposes=self.some(Purpose),
            period=self.period(),
            by_representative=self.random() < 0.3,
            given_at=day(self.randint(-1, 4)),
        )

    def block(self) -> w.Block:
        whom, person = self.choice(ROSTER), self.random() < 0.5
        close_by = self.random() < 0.2
        return w.Block(
            id=_UNNUMBERED,
            organisation_id=None if person or close_by else whom.organisation_id,
            membership_id=whom.id if person and not close_by else None,
            categories=self.some(Category),
            period=self.period(dirty=True),
            person_id=named(f"persons {self.randint(0, 2)}") if close_by else None,
        )

    def incapacity(self) -> w.Incapacity:
        return w.Incapacity(_UNNUMBERED, self.some(Category), self.period())

    def broken(self) -> w.BrokenGlass:
        whom = self.choice([CLINICIAN.id, COLLEAGUE.id, self.member()])
        return w.BrokenGlass(_UNNUMBERED, whom, DESK, self.choice(["danger", ""]), self.period())

    def born(self) -> date:
        """Grown up, or coming of an age that counts on one of the days that are looked at."""
        years = self.choice([12, 16, 18, 18, 40])
        return date(2025 - years, 1, self.randint(1, 7))

    def person(self) -> w.Person:
        role = self.choice([Role.CLIENT, Role.REPRESENTATIVE, Role.SUPPORTER])
        mandate = self.choice([None, *w.MandateKind])
        return w.Person(_UNNUMBERED, role, self.period(), self.some(Category), mandate)

    def mandate(self) -> w.Mandate:
        return w.Mandate(_UNNUMBERED, self.choice(list(w.MandateKind)), self.period())

    def substitution(self) -> w.Substitution:
        absent = self.choice([CLINICIAN, COACH]).id
        stand_in = self.choice([COLLEAGUE, EXPERT]).id
        return w.Substitution(_UNNUMBERED, absent, stand_in, self.period())

    def supervision(self) -> w.Supervision:
        supervisor = self.choice([SUPERVISOR, SUPERVISOR, CLINICIAN]).id
        supervised = self.choice([COACH, COACH, EXPERT]).id
        return w.Supervision(_UNNUMBERED, supervisor, supervised, self.period())

    def contract(self) -> w.Contract:
        company, inbox = EMPLOYER.organisation_id, EMPLOYER.inbox_id
        return w.Contract(_UNNUMBERED, self.trajectory(), company, inbox, self.period())

    def confirmation(self) -> w.Confirmation:
        talk, where = named("conversation"), self.trajectory()
        return w.Confirmation(_UNNUMBERED, talk, where, self.member(), self.period())

    def request(self) -> w.DataSubjectRequest:
        return w.DataSubjectRequest(_UNNUMBERED, CLINICIAN.organisation_id, DESK, self.period())

    def registration(self) -> w.Registration:
        body, kind = CLINICIAN.organisation_id, CLINICIAN.organisation_kind
        return w.Registration(_UNNUMBERED, body, kind, self.period())


_FACTS: dict[str, tuple[Callable[[Chance], Any], int]] = {
    "treatments": (Chance.treatment, 6),
    "assignments": (Chance.assignment, 20),
    "responsibilities": (Chance.responsibility, 3),
    "referrals": (Chance.referral, 4),
    "consents": (Chance.consent, 10),
    "blocks": (Chance.block, 3),
    "persons": (Chance.person, 3),
    "mandates": (Chance.mandate, 1),
    "substitutions": (Chance.substitution, 2),
    "supervisions": (Chance.supervision, 3),
    "contracts": (Chance.contract, 2),
    "confirmations": (Chance.confirmation, 3),
    "requests": (Chance.request, 1),
    "registrations": (Chance.registration, 1),
    "incapacities": (Chance.incapacity, 2),
    "broken": (Chance.broken, 3),
}
KEY = {"contracts": "placement_id", "registrations": "machine_id"}
"""What a grant names as its basis, where that is not the fact's own id."""

CONSENTS = _SEEDS.map(lambda seed: Chance(seed).consent())
BLOCKS = _SEEDS.map(lambda seed: Chance(seed).block())
PERIODS = _SEEDS.map(lambda seed: Chance(seed).period(dirty=True))


def worlds(**fixed: tuple[Any, ...]) -> st.SearchStrategy[w.World]:
    """Worlds of every size in which each fact has an id of its own; `fixed` sets kinds of facts."""
    sizes = st.sampled_from([1.0, 1.0, 0.6, 0.3])
    return st.builds(lambda seed, size: _world(Chance(seed), size, fixed), _SEEDS, sizes)


def _world(chance: Chance, size: float, fixed: dict[str, tuple[Any, ...]]) -> w.World:
    ended = {chance.member(): chance.period() for _ in range(chance.randint(0, 3))}
    facts: dict[str, Any] = {
        "members": tuple(replace(m, period=ended.get(m.id, m.period)) for m in ROSTER)
    }
    for kind, (make, most) in _FACTS.items():
        made = [
            make(chance) for _ in range(chance.randint(round(most * size / 2), round(most * size)))
        ]
        facts[kind] = numbered(kind, fixed.get(kind, made))
    return w.World(**facts, born=chance.born())


def numbered(kind: str, found: Iterable[Any]) -> tuple[Any, ...]:
    """Each fact under an id of its own, the same for the same place."""
    key = KEY.get(kind, "id")
    return tuple(
        replace(fact, **{key: named(f"{kind} {place}")}) for place, fact in enumerate(found)
    )


def without(world: w.World, **removed: Callable[[Any], bool]) -> w.World:
    """The same world less the facts for which a test is true, per kind."""
    kept: dict[str, Any] = {
        kind: tuple(fact for fact in getattr(world, kind) if not test(fact))
        for kind, test in removed.items()
    }
    return replace(world, **kept)


def with_more(world: w.World, kind: str, *facts: Any) -> w.World:
    more: dict[str, Any] = {kind: (*getattr(world, kind), *facts)}
    return replace(world, **more)
