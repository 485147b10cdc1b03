"""The client asks; reading what was asked and what came of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.access.collection import Records
from app.access.disclosure import disclose, preview
from app.access.facts import DataSubjectRequest
from app.access.pages import cut
from app.access.policy.persons import covers
from app.access.session import Session
from app.access.vocabulary import Role, mask_of
from app.access.world import MandateKind
from app.access.writing import record_fact
from app.domain.client import queries as clients
from app.domain.emergency.queries import desk_of
from app.domain.rights import queries
from app.domain.rights.rules.deciding import DataSubjectRequestState, RequestKind, due_on
from app.domain.rights.schemas import (
    DataSubjectDecisionOut,
    DataSubjectRequestIn,
    DataSubjectRequestOut,
)
from app.platform import outbox
from app.platform.clock import day_of
from app.platform.http.paging import Page
from app.platform.http.problems import BadRequest, Fault, NotAllowed, NotFound

REACHES_ALL = frozenset({RequestKind.ERASURE, RequestKind.RESTRICTION})
"""What may be decided on these takes records of every kind out of use, or for ever."""
WHOLE = mask_of(covers(MandateKind.PERSONAL_CARE_GUARDIAN))
"""All that a mandate over care can cover; one over money, or over less, does not speak for it."""


def presented(_session: Session, row: Row[Any]) -> dict[str, Any]:
    """What is computed of a request."""
    return {
        "state": DataSubjectRequestState.OPEN
        if row.valid_until is None
        else DataSubjectRequestState.ANSWERED,
        "due_on": due_on(day_of(row.recorded_at)),
        "answered_at": row.valid_until,
        "decisions": [DataSubjectDecisionOut.model_validate(d) for d in row.all_decisions],
    }


RECORDS = Records(
    DataSubjectRequest,
    DataSubjectRequestOut,
    under="client",
    statement=queries.REQUESTS,
    present=presented,
)


async def ask(
    session: Session, client_id: UUID, body: DataSubjectRequestIn
) -> DataSubjectRequestOut:
    """Lands at the privacy desk of that organisation, which sees its own part while it is open."""
    parent = await clients.parent(session, client_id)
    if session.viewer.role not in {Role.CLIENT, Role.REPRESENTATIVE}:
        raise NotAllowed("The client asks, or who acts for the client.")
    if session.viewer.role is not Role.CLIENT and body.kind in REACHES_ALL and WHOLE & ~parent.mask:
        raise NotAllowed("This mandate does not cover the file that would go.")
    desk = await desk_of(session, body.organisation_id)
    if desk is None:
        detail = "There is no organisation with a privacy desk that you may refer to."
        raise BadRequest(errors=[Fault("body", "#/organisationId", "unknown_reference", detail)])
    made = await record_fact(
        session,
        DataSubjectRequest,
        client_id=client_id,
        values={
            "kind": body.kind.value,
            "organisation_id": body.organisation_id,
            "controller_organisation_id": body.organisation_id,
            "inbox_id": desk,
            "wish": body.wish,
            "valid_from": session.viewer.moment,
        },
    )
    await session.recompile(client_id)
    await outbox.announce(session.db, "data_subject_request.made", made)
    return await RECORDS.written(session, client_id, made)


async def read(session: Session, request_id: UUID) -> DataSubjectRequestOut:
    return RECORDS.out(session, await queries.one(session, request_id))


def told(session: Session, row: Row[Any] | None) -> DataSubjectRequestOut:
    """After an act on it that stands on the log already."""
    if row is None:
        raise NotFound
    return preview(DataSubjectRequestOut, row, **presented(session, row))


async def browse(session: Session, cursor: str | None, size: int) -> Page[DataSubjectRequestOut]:
    found = await cut(
        session,
        lambda after, most: queries.page(session, after, most),
        filters="data-subject-requests",
        cursor=cursor,
        size=size,
    )
    return found.page(
        [
            disclose(session, DataSubjectRequestOut, row, listed=True, **presented(session, row))
            for row in found.rows
        ]
    )
