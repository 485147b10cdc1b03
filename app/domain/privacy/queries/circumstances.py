"""What the rules weigh a look by beside the log; read as the compiler, and never told as it is."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, union_all

from app.access import grants
from app.access.facts import Participant, TreatmentTeamMember
from app.access.session import Session
from app.access.vocabulary import Period
from app.domain.client.tables import ClientIdentity

_CLIENT = bindparam("client", type_=Uuid())
_RELATIONS = union_all(
    *(
        select(fact.membership_id, fact.valid_from, fact.valid_until).where(
            fact.client_id == _CLIENT
        )
        for fact in (TreatmentTeamMember, Participant)
    )
)
_NAMES = select(ClientIdentity.family_name).where(ClientIdentity.client_id == _CLIENT).distinct()


@dataclass(frozen=True)
class Circumstances:
    """What a rule weighs a look by: who worked with the client when, and its family names."""

    relations: dict[UUID, list[Period]]
    family_names: frozenset[str]


async def circumstances(session: Session, client_id: UUID) -> Circumstances:
    """As the compiler; only for a client in the draw of an officer. Flags come of it, no more."""
    relations: dict[UUID, list[Period]] = {}
    async with grants.as_compiler(session.db, client_id):
        for row in await session.db.execute(_RELATIONS, {"client": client_id}):
            period = Period(row.valid_from, row.valid_until)
            relations.setdefault(row.membership_id, []).append(period)
        names = frozenset(await session.db.scalars(_NAMES, {"client": client_id}))
    return Circumstances(relations, names)
