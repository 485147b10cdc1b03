"""My caseload in one call, made of the lines that are compiled with the grants."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.caseload import Excerpts
from app.access.disclosure import disclose
from app.access.pages import cut
from app.access.session import Session
from app.domain.ladder.tables import LadderMeasurement
from app.domain.placement.tables import ContactDay
from app.domain.reporting.queries import caseload as queries
from app.domain.reporting.rules.tasks import takeable
from app.domain.reporting.schemas.caseload import CaseloadItemOut, LookIn, LookOut
from app.domain.reporting.tables import Reminder
from app.domain.trajectory.queries import lines
from app.domain.trajectory.rules.kinds import Kind, variant_of
from app.domain.trajectory.rules.milestones import Reached
from app.domain.trajectory.rules.pauses import is_paused
from app.domain.trajectory.rules.practice import practice_of
from app.domain.trajectory.rules.standing import phase_of
from app.platform.http.paging import Page, fingerprint
from app.platform.http.problems import NotAllowed, NotFound


async def browse(session: Session, cursor: str | None, size: int) -> Page[CaseloadItemOut]:
    """One statement, whatever the number of trajectories on the page."""
    found = await cut(
        session,
        lambda after, most: queries.page(session, after[0], most),
        filters=fingerprint(list="caseload"),
        cursor=cursor,
        size=size,
        start=(UUID(int=0),),
        position=lambda row: (row.id,),
    )
    return found.page([_item(session, row) for row in found.rows])


def _item(session: Session, row: Row[Any]) -> CaseloadItemOut:
    excerpts = Excerpts(row.excerpts)
    told, reached = lines.told(excerpts), lines.reached(excerpts)
    return disclose(
        session,
        CaseloadItemOut,
        row,
        listed=True,
        **{name: told[name] for name in ("given_name", "family_name", "kind")},
        **_course(session, told, reached),
        **_waiting(session, excerpts),
        **_rung(excerpts, row.looked_at),
        last_contact_on=excerpts.last(ContactDay)["happened_on"],
        participants=lines.taking_part(excerpts, session.viewer.moment),
        new_moments=[one.milestone for one in reached if _is_new(one.at, row.looked_at)],
    )


def _is_new(at: datetime, looked_at: datetime | None) -> bool:
    return looked_at is None or at > looked_at


def _course(session: Session, told: dict[str, Any], reached: Sequence[Reached]) -> dict[str, Any]:
    """Phase, and the steps that can be taken; nothing can while paused."""
    kind, paused = Kind(told["kind"] or Kind.WGB), is_paused(reached)
    phase = phase_of(reached, kind) or (None, None)
    runs = practice_of(told["controller_organisation_id"], session.services.practices)
    role = session.viewer.role
    steps = takeable(
        role, reached, variant_of(told["responsible_kind"]), kind=kind, region=runs.region(kind)
    )
    return {
        "phase": phase[0],
        "phase_since": phase[1],
        "paused": paused,
        "next_step": None if paused else next((step.name for step in steps), None),
        "my_steps": [] if paused else [step.name for step in steps if role in step.acts],
    }


def _waiting(session: Session, excerpts: Excerpts) -> dict[str, Any]:
    own = {str(grantee) for grantee in session.viewer.grantees}
    due = sorted(
        row["due_on"]
        for row in excerpts.of(Reminder)
        if row["for_id"] in own and row["closed_on"] is None
    )
    return {"reminders": len(due), "next_due_on": date.fromisoformat(due[0]) if due else None}


def _rung(excerpts: Excerpts, looked_at: datetime | None) -> dict[str, Any]:
    last = excerpts.last(LadderMeasurement)
    at = last["recorded_at"]
    return {
        "rung": last["rung"],
        "rung_on": last["measured_on"],
        "rung_is_new": at is not None and _is_new(datetime.fromisoformat(at), looked_at),
    }


async def look(session: Session, _: LookIn) -> LookOut:
    """From now on, what is recorded later is new for this hat."""
    if session.viewer.membership_id is None:
        raise NotAllowed("Only a professional has a caseload.")
    await queries.looked(session)
    return await last_look(session, session.viewer.grantee_id)


async def last_look(session: Session, _: UUID) -> LookOut:
    """When this hat last looked; nobody can ask for that of another."""
    row = await queries.look(session)
    if row is None:
        raise NotFound
    return LookOut(id=row.grantee_id, looked_at=row.looked_at)
