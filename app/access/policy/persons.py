"""The client, and who acts for or stands beside the client."""

from collections.abc import Iterator

from app.access.ceilings import (
    open_to_consent,
    opened_by,
    written_by,
)
from app.access.vocabulary import (
    OWN_AFFAIRS,
    Basis,
    Category,
    Grant,
    Ground,
    Role,
    mask_of,
)
from app.access.world import (
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


def of_persons(world: World) -> Iterator[Grant]:
    for person in world.persons:
        if person.role is Role.CLIENT:
            seen = opened_by(Role.CLIENT, Ground.ALWAYS)
            basis, creates = Basis.SELF, mask_of(written_by(Role.CLIENT))
        elif person.role is Role.REPRESENTATIVE:
            seen = _mandated(person)
            basis, creates = Basis.MANDATE, mask_of(seen & written_by(Role.REPRESENTATIVE))
        elif person.role is Role.SUPPORTER:
            seen = person.scope & open_to_consent(Role.SUPPORTER)
            basis, creates = Basis.SUPPORTER, 0
        else:
            continue
        yield Grant(
            grantee_id=person.id,
            period=person.period,
            basis=basis,
            basis_id=person.id,
            purposes=OWN_AFFAIRS,
            categories=mask_of(seen),
            creates=creates,
            ungated=person.role is not Role.SUPPORTER,
        )


def _mandated(person: Person) -> frozenset[Category]:
    """Gate 15: as the mandate says; a financial administrator never gets medical scope."""
    if person.mandate is None:
        return frozenset()
    seen = person.scope & open_to_consent(Role.REPRESENTATIVE)
    return seen - MEDICAL if person.mandate is MandateKind.FINANCIAL_ADMINISTRATOR else seen
