"""The client, and who acts for or stands beside the client.

Sources: Dutch Civil Code 7:447, 450 and 465 (age, incapacity, order of representatives), 1:453
(mentor); domain part E8.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.access.ceilings import (
    ceiling,
    open_to_consent,
    opened_by,
    written_by,
)
from app.access.policy.ages import ADULT, BEGINNING, COMPETENT, birthday
from app.access.vocabulary import (
    OWN_AFFAIRS,
    Basis,
    Category,
    Grant,
    Ground,
    Period,
    Role,
    mask_of,
)
from app.access.world import (
    Block,
    MandateKind,
    Person,
    World,
)

MEDICAL = frozenset(
    {
        Category.MEDICAL,
        Category.INSURANCE_PHYSICIAN_NOTES,
        Category.PSYCHOLOGICAL_ANAMNESIS,
        Category.WORK_ADVICE,
        Category.WORK_CAPACITY,
        Category.EARLY_WARNING_PLAN,
        Category.WELLBEING,
    }
)
MONEY = frozenset({Category.BENEFIT})
Piece = tuple[Period, frozenset[Category]]
CHOSEN = frozenset({MandateKind.WRITTEN_AUTHORISATION, MandateKind.RELATIVE})
"""By the client, who may end it; the others by a court or by law, until that says otherwise."""
UNBARRED = frozenset({MandateKind.LEGAL_GUARDIAN, MandateKind.PARENT})
"""Whom the client cannot bar from what the mandate covers (E8)."""
ABOVE_RELATIVES = frozenset(
    {
        MandateKind.LEGAL_GUARDIAN,
        MandateKind.PERSONAL_CARE_GUARDIAN,
        MandateKind.WRITTEN_AUTHORISATION,
    }
)
"""Who comes before partner, parent, child or sibling (WGBO 465(3))."""


def covers(kind: MandateKind) -> frozenset[Category]:
    """What a mandate of this kind may at most open (gate 15)."""
    allowed = open_to_consent(Role.REPRESENTATIVE)
    if kind is MandateKind.FINANCIAL_ADMINISTRATOR:
        return allowed - MEDICAL
    return allowed - MONEY if kind is MandateKind.PERSONAL_CARE_GUARDIAN else allowed


def of_persons(world: World) -> Iterator[Grant]:
    for person in world.persons:
        base = Grant(
            grantee_id=person.id,
            period=person.period,
            basis=Basis.SELF,
            basis_id=person.id,
            purposes=OWN_AFFAIRS,
            ungated=True,
        )
        if person.role is Role.CLIENT:
            yield replace(
                base,
                categories=mask_of(opened_by(Role.CLIENT, Ground.ALWAYS)),
                creates=mask_of(written_by(Role.CLIENT)),
            )
        elif person.role is Role.REPRESENTATIVE:
            yield from _mandated(replace(base, basis=Basis.MANDATE), person, world)
        elif person.role is Role.SUPPORTER:
            seen = person.scope & open_to_consent(Role.SUPPORTER)
            supporter = replace(base, basis=Basis.SUPPORTER, ungated=False)
            yield from _unbarred([(person.period, seen)], supporter, person, world)


def _mandated(base: Grant, person: Person, world: World) -> Iterator[Grant]:
    """Gate 15: as the mandate says, at the age that it is for; never for an unknown kind or age."""
    kind = person.mandate
    if kind is None or world.born is None:
        return
    scope = person.scope & covers(kind)
    young, adult = birthday(world.born, COMPETENT), birthday(world.born, ADULT)
    always, unable = [], []
    if kind is MandateKind.PARENT:
        always.append((Period(BEGINNING, young), scope))
        unable.append((Period(young, adult), scope))
    elif kind is MandateKind.RELATIVE:
        unable.append((Period(adult), scope))
    elif kind is MandateKind.FINANCIAL_ADMINISTRATOR:
        always.append((Period(adult), scope))
    elif kind is MandateKind.WRITTEN_AUTHORISATION:
        always.append((Period(young), scope))
    else:  # a guardian or mentor
        medical = frozenset(c for c in scope if _of_the_incapable(c))
        always.append((Period(adult), scope - medical))
        unable.append((Period(adult), medical))
    found = [*always, *_while_unable(unable, world)]
    pieces = [(time, seen) for within, seen in found for time in _free(person, kind, within, world)]
    yield from _unbarred(pieces, base, person, world)


def _of_the_incapable(category: Category) -> bool:
    """Gate 15: a person who can weigh it decides about the own medical data, guardian or not."""
    return ceiling()[category, Role.REPRESENTATIVE].gate == 15  # noqa: PLR2004 - a gate's name


def _while_unable(pieces: Iterable[Piece], world: World) -> Iterator[Piece]:
    """Per decision that a clinician found too much, and until then; existence leads to the rest."""
    for within, seen in pieces:
        for incapacity in world.incapacities:
            time = within.meets(incapacity.period)
            if time is not None and incapacity.period.valid_until is not None:
                yield time, seen & (incapacity.categories | {Category.EXISTENCE})


def _free(person: Person, kind: MandateKind, within: Period, world: World) -> list[Period]:
    """The time of this mandate; a relative's only where nobody above stands, login or not."""
    time = person.period.meets(within)
    left = [] if time is None else [time]
    if kind is MandateKind.RELATIVE:
        for other in world.mandates:
            if other.kind in ABOVE_RELATIVES:
                left = [piece for period in left for piece in period.without(other.period)]
    return left


def _unbarred(
    pieces: Iterable[Piece], base: Grant, person: Person, world: World
) -> Iterator[Grant]:
    """The client bars whom he likes, also when found unable: resistance counts."""
    left = list(pieces)
    blocks = [] if person.mandate in UNBARRED else world.blocks
    for block in sorted(blocks, key=lambda block: block.id):
        if block.person_id == person.id:
            left = [rest for piece in left for rest in _without(piece, block)]
    writes = written_by(person.role)
    for period, seen in left:
        yield replace(base, period=period, categories=mask_of(seen), creates=mask_of(seen & writes))


def _without(piece: Piece, block: Block) -> Iterator[Piece]:
    period, seen = piece
    shared = period.meets(block.period)
    if shared is None:
        yield piece
        return
    yield from ((time, seen) for time in period.without(block.period))
    yield shared, seen - block.categories
