"""Telling what is worth doing, each from the own side, and reading both side by side."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.collection import Records, log_answer
from app.access.days import require_past
from app.access.session import Session
from app.access.versions import add
from app.access.vocabulary import Category, Role
from app.access.writing import record
from app.domain.meaning import queries
from app.domain.meaning.rules import PROFESSIONALS, View, newest
from app.domain.meaning.schemas import (
    AttendanceIn,
    AttendanceOut,
    MeaningOut,
    MeaningViewIn,
    MeaningViewOut,
    ViewOut,
)
from app.domain.meaning.tables import MeaningView, PeerSupportAttendance
from app.domain.trajectory import queries as trajectories
from app.domain.wellbeing.actions import WELLBEING
from app.domain.wellbeing.rules import Kind
from app.platform import outbox
from app.platform.http.problems import NotAllowed

MEANING_VIEWS = Records(MeaningView, MeaningViewOut, statement=queries.MEANING_VIEWS)
ATTENDANCES = Records(PeerSupportAttendance, AttendanceOut)


async def see(session: Session, trajectory_id: UUID, body: MeaningViewIn) -> MeaningViewOut:
    """A professional's view; the client's own is told as wellbeing."""
    parent = await trajectories.parent(session, trajectory_id)
    if session.viewer.role not in PROFESSIONALS:
        raise NotAllowed
    require_past(session, seen_on=body.seen_on)
    return await add(session, MEANING_VIEWS, parent, body)


async def attend(session: Session, trajectory_id: UUID, body: AttendanceIn) -> AttendanceOut:
    """Only a day, and only by the client."""
    parent = await trajectories.parent(session, trajectory_id)
    require_past(session, attended_on=body.attended_on)
    made = await record(
        session,
        PeerSupportAttendance,
        client_id=parent.client_id,
        trajectory_id=trajectory_id,
        values=body.model_dump(),
    )
    await outbox.announce(session.db, "peer_support.attended", made)
    return await ATTENDANCES.read(session, trajectory_id, made)


async def meaning(session: Session, trajectory_id: UUID) -> MeaningOut:
    """The last view of each; one that is not shared and one that is not there look the same."""
    parent = await trajectories.parent(session, trajectory_id)
    own = [
        row
        for row in await WELLBEING.rows(session, trajectory_id)
        if row.kind == Kind.MEANINGFUL_DAY and row.superseded_by is None and row.scores
    ]
    others = [
        row for row in await MEANING_VIEWS.rows(session, trajectory_id) if row.superseded_by is None
    ]
    shown = (Category.WELLBEING.bit if own else 0) | (Category.LADDER_NOTES.bit if others else 0)
    log_answer(session, parent, "Meaning", shown, [*own, *others])
    views = [ViewOut(by=v.by, seen_on=v.on, score=v.score) for v in newest([*_views(own, others)])]
    return MeaningOut(views=views)


def _views(own: Sequence[Row[Any]], others: Sequence[Row[Any]]) -> Iterator[View]:
    for row in own:
        yield View(row.measured_on, row.scores[0]["score"], Role(row.author_role))
    for row in others:
        yield View(row.seen_on, row.score, Role(row.author_role))
