"""The neutral agreement that a coach hands over where an employer has no account."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.disclosure import disclose
from app.access.session import Session
from app.access.vocabulary import Role
from app.domain.placement.actions.accommodations import AT_WORKPLACE
from app.domain.placement.queries import placements as queries
from app.domain.placement.rules.agreement import CONTRACT, NATURE, Agreement, page
from app.domain.placement.rules.placements import PlacementKind
from app.domain.placement.rules.terms import ContractKind
from app.domain.placement.schemas.agreement import PlacementAgreementOut
from app.platform.http.problems import NotAllowed, NotFound

HANDED_OVER_BY = frozenset(
    {Role.IPS_COACH, Role.REINTEGRATION_COACH, Role.CLIENT, Role.REPRESENTATIVE}
)
"""The coach, and the client whose name stands on it."""


async def agreement(session: Session, placement_id: UUID) -> PlacementAgreementOut:
    """What was agreed, in neutral words; an adjustment only once the client agreed to show it."""
    row = await queries.agreement(session, placement_id)
    if row is None:
        raise NotFound
    if session.viewer.role not in HANDED_OVER_BY:
        raise NotAllowed("The coach or the client hands over the agreement.")
    return disclose(
        session,
        PlacementAgreementOut,
        row,
        employer=row.employer_name or row.workplace_name,
        nature=NATURE[PlacementKind(row.kind)],
        contract=None if row.contract_kind is None else CONTRACT[ContractKind(row.contract_kind)],
        adjustments=await _shared(session, row),
    )


async def _shared(session: Session, placement: Row[Any]) -> list[str]:
    rows = await AT_WORKPLACE.rows(session, placement.id)
    return [
        AT_WORKPLACE.out(session, row, listed=True).what
        for row in rows
        if row.client_shares_on is not None
    ]


async def printed(session: Session, placement_id: UUID) -> str:
    """The same as a page to print and sign."""
    told = await agreement(session, placement_id)
    names = [part for part in (told.given_name, told.family_name) if part is not None]
    return page(
        Agreement(
            employer=told.employer,
            name=" ".join(names) or None,
            title=told.title,
            nature=told.nature,
            contract=told.contract,
            hours_per_week=told.hours_per_week,
            schedule=told.schedule,
            starts_on=told.starts_on,
            planned_end_on=told.planned_end_on,
            adjustments=getattr(told, "adjustments", None) or (),
        )
    )
