"""The client tells how it goes, chooses what to tell others, and names life events."""

from dataclasses import asdict
from uuid import UUID

from app.access.collection import Records, log_answer
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.access.vocabulary import Category
from app.domain.trajectory import queries as trajectories
from app.domain.wellbeing import queries
from app.domain.wellbeing.rules import Kind, Subject, changes
from app.domain.wellbeing.schemas import (
    ChangeOut,
    DisclosureDecisionIn,
    DisclosureDecisionOut,
    LifeEventIn,
    LifeEventOut,
    MechanismsOut,
    WellbeingIn,
    WellbeingOut,
)
from app.domain.wellbeing.tables import DisclosureDecision, LifeEvent, Wellbeing

WELLBEING = Records(Wellbeing, WellbeingOut, statement=queries.WELLBEING)
DISCLOSURE_DECISIONS = Records(
    DisclosureDecision, DisclosureDecisionOut, statement=queries.DISCLOSURE_DECISIONS
)
LIFE_EVENTS = Records(LifeEvent, LifeEventOut, statement=queries.LIFE_EVENTS)


async def tell(session: Session, trajectory_id: UUID, body: WellbeingIn) -> WellbeingOut:
    """How it goes, in the client's own words and marks."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, measured_on=body.measured_on)
    return await add(session, WELLBEING, parent, body)


async def mechanisms(session: Session, trajectory_id: UUID) -> MechanismsOut:
    """Before and after; nothing marked and nothing shared look the same."""
    parent = await trajectories.parent(session, trajectory_id)
    rows = [
        row
        for row in await WELLBEING.rows(session, trajectory_id)
        if row.kind == Kind.GREEN_MECHANISMS and row.superseded_by is None
    ]
    log_answer(session, parent, "Mechanisms", Category.WELLBEING.bit if rows else 0, rows)
    marks = [
        (row.measured_on, {Subject(s["subject"]): s["score"] for s in row.scores}) for row in rows
    ]
    days = [on for on, _ in marks]
    return MechanismsOut(
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        changes=[ChangeOut(**asdict(one), change=one.change) for one in changes(marks)],
    )


async def decide(
    session: Session, trajectory_id: UUID, body: DisclosureDecisionIn
) -> DisclosureDecisionOut:
    """What to tell whom at work; the client may think again with a later decision."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, discussed_on=max(body.discussed_on, default=None))
    return await add(session, DISCLOSURE_DECISIONS, parent, body)


async def mark(session: Session, trajectory_id: UUID, body: LifeEventIn) -> LifeEventOut:
    """A life event writes no milestone: that would tell others that something happened."""
    parent = await trajectories.parent(session, trajectory_id)
    return await add(session, LIFE_EVENTS, parent, body)
