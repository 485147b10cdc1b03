"""One record of an import: every row of it in one transaction, or nothing of it."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from secrets import token_hex
from typing import Any

from fastapi import FastAPI, Request
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.services import Services
from app.access.session import JOINED
from app.access.viewers import viewer_of
from app.access.vocabulary import Viewer
from app.domain.bulk.actions import work
from app.domain.bulk.actions.sealing import Sealing
from app.domain.bulk.actions.sender import Sender, sender_of
from app.domain.bulk.rules.imports import FileForm, RowFault, RowKind, RowState
from app.facades.bulk.recording import FaultyError, Made, Recorder
from app.facades.bulk.records import MAKERS
from app.facades.contract import contract_of
from app.platform.db import within

Became = dict[int, tuple[RowState, dict[str, Any]]]


async def recorder_of(app: FastAPI, db: AsyncConnection, job: Row[Any]) -> Recorder:
    """Of whom sent the file, as they are now. Raises Unauthorized, NotAllowed."""
    services: Services = app.state.services
    sender = sender_of(job.asker)
    await sender.require_as_registered(db)
    viewer = await _worn(db, services, sender)
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "server": None,
        "client": None,
        "headers": [],
        "app": app,
        "state": {"trace_id": token_hex(16)},
        JOINED: db,
    }
    return Recorder(
        db=db,
        request=Request(scope),
        contract=contract_of(app),
        vault=services.vault,
        viewer=viewer,
        sender=sender,
        hat=sender.on_behalf_of,
        source_system=job.source_system,
        texts=job.form == FileForm.CSV,
    )


async def bring(recorder: Recorder, job: Row[Any], subject: bytes) -> None:
    """What a record makes, and what became of it. Raises Unauthorized, NotAllowed, NotNowError."""
    db, services = recorder.db, recorder.request.app.state.services
    sealing = Sealing(recorder.vault, job.wrapped_key, job.id)
    documents = await work.record(db, sealing, subject)
    if job.dry_run:
        recorder.first = partial(_first, sealing)
    became = await _made(recorder, job, documents)
    await _worn(db, services, recorder.sender)  # whosever hat was worn meanwhile
    told = {n: (state, sealing.closed(n, "outcome", o)) for n, (state, o) in became.items()}
    await work.settle(db, job.id, told, used=not job.dry_run)


async def _worn(db: AsyncConnection, services: Services, sender: Sender) -> Viewer:
    """Who sent the file, looked up now. Raises Unauthorized, NotAllowed: then the import stops."""
    return await viewer_of(
        db, sender.claims, services.own_issuer, sender.purpose_of_use, sender.on_behalf_of
    )


async def _made(recorder: Recorder, job: Row[Any], documents: dict[int, Any]) -> Became:
    """Every row of the record, or nothing of it. Raises NotNowError."""
    at, made = 0, dict[int, Made]()
    try:
        async with within(recorder.db, keep=not job.dry_run):
            for at, document in _ordered(documents):
                made[at] = await _row(recorder, document)
    except FaultyError as wrong:
        return _refused(documents, at, wrong.faults)
    if job.dry_run:
        return {n: (RowState.VALID, {}) for n in made}
    return {n: _told(row) for n, row in made.items()}


async def _first(sealing: Sealing, recorder: Recorder, source_id: str) -> None:
    """In a dry run nobody is kept: who is named is brought once more before who names them."""
    subject = recorder.key(RowKind.PRACTITIONER, source_id)
    for document in (await work.record(recorder.db, sealing, subject)).values():
        with suppress(FaultyError):  # that row says why
            await _row(replace(recorder, hat=recorder.sender.on_behalf_of), document)


def _ordered(documents: dict[int, Any]) -> list[tuple[int, Any]]:
    """The client before what names it; else as in the file."""
    late = {RowKind.TRAJECTORY.value}
    return sorted(documents.items(), key=lambda each: (each[1]["kind"] in late, each[0]))


async def _row(recorder: Recorder, document: dict[str, Any]) -> Made:
    for_whom = replace(recorder, hat=await _acting_for(recorder, document))
    made: Made = await MAKERS[RowKind(document["kind"])](for_whom, document)
    return made


async def _acting_for(recorder: Recorder, document: dict[str, Any]) -> str | None:
    """The member for whom a client system brings this row; else whom it asked for."""
    if "actingForSourceId" in document:
        name = "actingForSourceId"
        return await recorder.meant(RowKind.PRACTITIONER, str(document[name]), "", name)
    return str(document["actingFor"]) if "actingFor" in document else recorder.hat


def _told(made: Made) -> tuple[RowState, dict[str, Any]]:
    state = RowState.IMPORTED if made.anew else RowState.UNCHANGED
    return state, {"ids": made.ids} if made.ids else {}


def _refused(documents: dict[int, Any], at: int, faults: Sequence[RowFault]) -> Became:
    """The row that is wrong says why; the rest of its record names that row."""
    told = {"faults": [fault.as_json() for fault in faults]}
    return {
        number: (RowState.REFUSED, told if number == at else {"becauseOfRow": at})
        for number in documents
    }
