"""The privacy desk decides, on each record or category that its organisation answers for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert

from app.access import grants
from app.access.records import restrictable
from app.access.session import Session
from app.access.versions import moved
from app.access.vocabulary import Category, Role
from app.access.writing import stamp
from app.domain.client import queries as clients
from app.domain.privacy.rules.retention import class_of
from app.domain.rights import queries
from app.domain.rights.actions.asking import RECORDS, told
from app.domain.rights.rules.deciding import (
    FOR_DESTRUCTION,
    Decision,
    DecisionGround,
    DecisionOutcome,
    Item,
    RequestKind,
    last_change,
    outcomes,
    own_part,
)
from app.domain.rights.schemas import (
    DataSubjectDecisionIn,
    DataSubjectRequestOut,
    HeldRecordOut,
    InventoryOut,
)
from app.domain.rights.tables import DataSubjectDecision
from app.platform.clock import day_of
from app.platform.http.problems import BadRequest, Conflict, Fault, NotAllowed, NotFound

_DECIDE = insert(DataSubjectDecision)


async def opened(session: Session, request_id: UUID) -> Row[Any]:
    """The request, under the client's lock, for who decides on it; NotFound, NotAllowed."""
    row = await queries.one(session, request_id)
    if row is None:
        raise NotFound
    viewer = session.viewer
    desk = viewer.role is Role.PRIVACY_DESK and viewer.membership_id is not None
    if not desk or viewer.machine_id is not None or viewer.organisation_id != row.organisation_id:
        raise NotAllowed("The privacy desk of the organisation decides.")
    await grants.lock(session.db, row.client_id)
    row = await queries.one(session, request_id)
    if row is None:
        raise NotFound
    if row.valid_until is not None:
        raise Conflict("This request was answered already.")
    return row


async def own_items(session: Session, row: Row[Any], every: Iterable[Item]) -> list[Item]:
    """What this organisation answers for; what is the client's own goes with the registrar."""
    return own_part(every, row.organisation_id, await registrar_of(session, row.client_id))


async def registrar_of(session: Session, client_id: UUID) -> UUID | None:
    """Who registered this client, if the desk may know it."""
    client = await clients.one(session, client_id)
    return None if client is None else UUID(str(client.controller_organisation_id))


def decisions_of(row: Row[Any]) -> list[Decision]:
    """In the order they were taken."""
    return [
        Decision(Category(d["of_category"]), _id(d["record_id"]), DecisionOutcome(d["outcome"]))
        for d in row.all_decisions
    ]


def _id(value: Any) -> UUID | None:
    return None if value is None else UUID(str(value))


async def inventory(session: Session, request_id: UUID) -> InventoryOut:
    """What is there to decide on, with its term; on the log as a look at the request."""
    row = await opened(session, request_id)
    session.seen(moved(RECORDS, row))
    own = await own_items(session, row, await queries.items(session, row.client_id))
    kind = await queries.kind_of(session, row.organisation_id)
    decided, changed = outcomes(own, decisions_of(row)), day_of(last_change(own))
    found = []
    for item in sorted(own, key=lambda i: (i.category, i.recorded_at, i.id)):
        kept = class_of(kind, item.category, session.services.retention)
        found.append(
            HeldRecordOut(
                category=item.category,
                record_id=item.id,
                recorded_at=item.recorded_at,
                retention_class=kept.name,
                kept_until=kept.kept_until(changed),
                on_request=kept.on_request,
                decided=decided[item],
            )
        )
    return InventoryOut(items=found)


async def decide(
    session: Session, request_id: UUID, body: DataSubjectDecisionIn
) -> DataSubjectRequestOut:
    """Nothing happens to a record before the request is answered."""
    row = await opened(session, request_id)
    await _check(session, row, body)
    values = {
        **stamp(session, row.client_id),
        "recorded_at": await queries.now(session.db),
        "request_id": row.id,
        "of_category": body.category.value,
        "record_id": body.record_id,
        "outcome": body.outcome.value,
        "ground": body.ground.value,
        "until": body.until,
        "explanation": body.explanation,
    }
    async with grants.as_compiler(session.db, row.client_id):
        await session.add(_DECIDE, values)
    session.seen(moved(RECORDS, row))
    return told(session, await queries.one(session, row.id))


async def _check(session: Session, row: Row[Any], body: DataSubjectDecisionIn) -> None:
    faults = _wrong(RequestKind(row.kind), body)
    today = day_of(session.viewer.moment)
    if body.until is not None and body.until <= today:
        faults.append(_fault("until", "in_the_past", "Name a day that is still to come."))
    if body.outcome is DecisionOutcome.RESTRICT and not restrictable(body.category):
        detail = "Records of this kind cannot be restricted."
        faults.append(_fault("category", "not_allowed_value", detail))
    every = await own_items(session, row, await queries.items(session, row.client_id))
    own = [
        item
        for item in every
        if item.category is body.category and body.record_id in {None, item.id}
    ]
    if body.outcome is DecisionOutcome.RESTRICT and any(i.organisation_id is None for i in own):
        detail = "The client's own records are destroyed or kept; who reads them the client says."
        faults.append(_fault("category", "not_allowed_value", detail))
    if body.record_id is not None and not own:
        detail = "Your organisation answers for no such record."
        faults.append(_fault("recordId", "unknown_reference", detail))
    if body.outcome is DecisionOutcome.DESTROY and own:
        kind = await queries.kind_of(session, row.organisation_id)
        kept = class_of(kind, body.category, session.services.retention)
        if not kept.may_destroy(day_of(last_change(every)), today):
            detail = f"The law obliges to keep this: {kept.source}."
            faults.append(_fault("outcome", "kept_by_law", detail))
    if faults:
        raise BadRequest(errors=faults)


def _wrong(kind: RequestKind, body: DataSubjectDecisionIn) -> list[Fault]:
    """What does not go together, whatever is on record."""
    faults = []
    if kind not in {RequestKind.ERASURE, RequestKind.RESTRICTION}:
        detail = "Only a request for erasure or restriction is decided on; any other is answered."
        faults.append(_fault("outcome", "not_allowed_value", detail))
    destroys = body.outcome is DecisionOutcome.DESTROY
    if destroys and kind is not RequestKind.ERASURE:
        detail = "Nothing is destroyed unless the client asks for it."
        faults.append(_fault("outcome", "not_allowed_value", detail))
    if (body.ground in FOR_DESTRUCTION) is not destroys and not (
        body.outcome is DecisionOutcome.RESTRICT and body.ground is DecisionGround.ON_REQUEST
    ):
        detail = (
            "`on_request` goes with destroy and restrict, `no_longer_needed` with destroy,"
            " every other ground with refuse and restrict."
        )
        faults.append(_fault("ground", "wrong_combination", detail))
    if (body.until is None) is (body.outcome is DecisionOutcome.RESTRICT):
        detail = "`restrict` names the last day in `until`; destroy and refuse name none."
        faults.append(_fault("until", "wrong_combination", detail))
    return faults


def _fault(pointer: str, code: str, detail: str) -> Fault:
    return Fault("body", f"#/{pointer}", code, detail)
