"""The psychologist's anamnesis, and the advice that the client may release."""

from uuid import UUID

from app.access.collection import Records
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.domain.assessment import queries
from app.domain.assessment.actions.releasing import let_go
from app.domain.assessment.rules import SPEAKS_FOR_CLIENT
from app.domain.assessment.schemas.advice import (
    AnamnesisIn,
    AnamnesisOut,
    WorkAdviceIn,
    WorkAdviceOut,
)
from app.domain.assessment.tables import PsychologicalAnamnesis, WorkAdvice
from app.domain.trajectory import queries as trajectories
from app.domain.trajectory.actions import reached
from app.domain.trajectory.rules import Milestone
from app.platform.clock import day_of

ANAMNESES = Records(PsychologicalAnamnesis, AnamnesisOut, statement=queries.ANAMNESES)
ADVICE = Records(WorkAdvice, WorkAdviceOut, statement=queries.WORK_ADVICE)


async def take(session: Session, trajectory_id: UUID, body: AnamnesisIn) -> AnamnesisOut:
    """The anamnesis stays in the GGZ; others learn only that preparation is done."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, talk_on=body.talk_on)
    made = await add(session, ANAMNESES, parent, body)
    if body.supersedes is None:
        await reached(session, parent, Milestone.PSYCHOLOGICAL_ANAMNESIS, on=body.talk_on)
    return made


async def advise(session: Session, trajectory_id: UUID, body: WorkAdviceIn) -> WorkAdviceOut:
    """A draft, for the GGZ team and the client."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, made_on=body.made_on)
    return await add(session, ADVICE, parent, body)


async def release(session: Session, trajectory_id: UUID, advice_id: UUID) -> WorkAdviceOut:
    """The client has read it and lets it go; whom it reaches, their consents say (gate 30)."""
    parent = await trajectories.parent(session, trajectory_id)
    out = await let_go(session, ADVICE, WorkAdvice, parent, advice_id, by=SPEAKS_FOR_CLIENT)
    day = day_of(session.viewer.moment)
    await reached(session, parent, Milestone.ADVICE_RELEASED, on=day)
    return out
