"""The desk that answers for data decides on an open request, and no other; who looks back on it."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.access.vocabulary import Role
from tests.walls.acts import COMPILING, CONSENT, DAY, table_named
from tests.walls.bench import (
    CLIENT,
    COMPILER,
    HAT,
    INBOX,
    NOW,
    OTHER,
    OURS,
    READER,
    RECORD,
    THEIRS,
    TICK,
    Case,
    named,
    record,
)
from tests.walls.erasing import TOMBSTONE
from tests.walls.stores import _entry

DESK = {**COMPILING, "role": "privacy_desk"}
REQUEST: Mapping[str, Any] = record(
    table_named("data_subject_request"),
    id=named("request"),
    kind="erasure",
    organisation_id=OURS,
    valid_until=None,
)
ASKED: Mapping[str, Mapping[str, Any]] = {
    "another one": {"id": OTHER},
    "another client": {"client_id": OTHER},
    "another organisation": {"organisation_id": THEIRS},
    "answered": {"valid_until": NOW},
}
"""What a request may be that this desk cannot decide on."""
Rows = tuple[tuple[str, Mapping[str, Any]], ...]


def of_requests() -> Iterator[Case]:
    """The desk that was asked closes it, once and now; nobody else does."""
    base = Case("request", "data_subject_request", "moves", True, REQUEST, viewer=DESK,
                values={"valid_until": NOW, "answer": "x"},
                grant={"categories": CONSENT})  # fmt: skip
    yield base
    yield base.but("of another organisation", row={"organisation_id": THEIRS})
    yield base.but("that runs", answer=True, row={"valid_until": NOW + TICK})
    yield base.but("that ended", row={"valid_until": NOW})
    yield base.but("left open", values={"valid_until": None})
    yield base.but("for later", values={"valid_until": NOW + TICK})


def of_decisions() -> Iterator[Case]:
    """By the desk in person, for its own organisation, on a request that is open there."""
    row = record(table_named("data_subject_decision"), request_id=REQUEST["id"], author_id=HAT,
                 controller_organisation_id=OURS)  # fmt: skip
    base = Case("decision", "data_subject_decision", "adds", True, row, COMPILER, viewer=DESK,
                beside=_asked())  # fmt: skip
    yield from (base, *_by_the_desk(base), *_on_requests(base))
    yield base.but("for another organisation", row={"controller_organisation_id": THEIRS})
    row = record(table_named("restriction"), author_id=HAT, organisation_id=OURS)
    base = Case("restriction", "restriction", "adds", True, row, COMPILER, viewer=DESK)
    yield from (base, *_by_the_desk(base))
    yield base.but("for another organisation", row={"organisation_id": THEIRS})


def _asked(**more: Any) -> Rows:
    return (("data_subject_request", {**REQUEST, **more}),)


def _by_the_desk(base: Case) -> Iterator[Case]:
    yield base.but("of another client", row={"client_id": OTHER})
    for role in set(Role) - {Role.PRIVACY_DESK}:
        yield base.but(f"by {role}", viewer={"role": role.value})
    if "author_id" in base.row:
        for author in (OTHER, INBOX):
            yield base.but("in another's name", row={"author_id": author})


def _on_requests(base: Case) -> Iterator[Case]:
    yield base.but("unasked", beside=())
    for what, off in ASKED.items():
        yield base.but(f"on a request: {what}", beside=_asked(**off))
    yield base.but("while it runs", answer=True, beside=_asked(valid_until=NOW + TICK))


def of_tombstones() -> Iterator[Case]:
    seen = Case("tombstone", "tombstone", "sees", True, TOMBSTONE, COMPILER, viewer=COMPILING)
    yield from (seen, seen.but("of another client", viewer={"compiling": str(OTHER)}))
    row = {**TOMBSTONE, "organisation_id": OURS, "request_id": REQUEST["id"]}
    base = Case("decided", "tombstone", "adds", True, row, COMPILER, viewer=DESK,
                beside=_asked())  # fmt: skip
    yield from (base, *_by_the_desk(base), *_on_requests(base))
    yield base.but("for what is not there yet", row={"recorded_until": NOW + TICK})
    yield base.but("for another reason", beside=_asked(kind="access"))
    yield base.but("for another organisation", row={"organisation_id": THEIRS})
    everything = {"everything": True, "organisation_id": None}
    yield base.but("on everything", answer=True, row=everything)
    yield from _the_clients_own(base)
    yield from _fallen_due(row)


def _the_clients_own(base: Case) -> Iterator[Case]:
    """What no organisation answers for goes with who registered the client."""
    client = record(table_named("client"), id=CLIENT, controller_organisation_id=OURS)
    own = base.but("of nobody's", row={"organisation_id": None})
    yield own

    def registered(what: str, *, answer: bool = False, of: Case = own, **off: Any) -> Case:
        beside = (*base.beside, ("client", {**client, **off}))
        return of.but(what, answer=answer, beside=beside)

    yield registered("by who registered", answer=True)
    yield registered("by another", controller_organisation_id=THEIRS)
    yield registered("of another client", id=OTHER, client_id=OTHER)
    yield registered("for others", of=base.but("", row={"organisation_id": THEIRS}))


def _fallen_due(row: Mapping[str, Any]) -> Iterator[Case]:
    """What was restricted until a day goes on that day, unless it was lifted: by itself."""
    there: dict[str, dict[str, Any]] = {
        "data_subject_request": {**REQUEST, "valid_until": NOW - DAY},
        "data_subject_decision": record(
            table_named("data_subject_decision"), request_id=REQUEST["id"], outcome="restrict",
            until=NOW.date(), controller_organisation_id=OURS, record_id=RECORD,
            of_category="status"),
        "restriction": record(
            table_named("restriction"), id=named("restriction"), organisation_id=OURS,
            of_category="status", record_id=RECORD, ground="kept_by_law", lifted_at=None),
    }  # fmt: skip
    due = Case("due", "tombstone", "adds", True, {**row, "record_id": RECORD}, COMPILER,
               viewer={**COMPILING, "role": "", "organisation": ""})  # fmt: skip

    def beside(**off: Mapping[str, Any]) -> Rows:
        return tuple((name, {**one, **off.get(name, {})}) for name, one in there.items())

    for decided in ({}, {"record_id": None}):
        base = due.but(f"by {decided or 'record'}", answer=True,
                       beside=beside(data_subject_decision=decided))  # fmt: skip
        yield base
        yield base.but("of another client", row={"client_id": OTHER})
        yield base.but("on everything", row={"everything": True})
        yield base.but("of another record", row={"record_id": OTHER})
        yield base.but("of no record", row={"record_id": None})
        yield base.but("of another organisation", row={"organisation_id": THEIRS})
        yield base.but("on another request", row={"request_id": OTHER})
        yield base.but("for what is not there yet", row={"recorded_until": NOW + TICK})
        for table, offs in _NOT_DUE.items():
            for off in offs:
                merged = {"data_subject_decision": decided, table: off}
                if table == "data_subject_decision":
                    merged[table] = {**decided, **off}
                yield base.but(f"{table} with {off}", beside=beside(**merged))


_NOT_DUE: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "data_subject_request": (
        {"id": OTHER},
        {"valid_until": None},
        {"organisation_id": THEIRS},
    ),
    "data_subject_decision": (
        {"client_id": OTHER},
        {"request_id": OTHER},
        {"outcome": "refuse"},
        {"until": (NOW + DAY).date()},
        {"until": None},
        {"record_id": OTHER},
        {"controller_organisation_id": THEIRS},
    ),
    "restriction": (
        {"client_id": OTHER},
        {"record_id": OTHER},
        {"of_category": "identity"},
        {"organisation_id": THEIRS},
        {"ground": "accuracy_contested"},
        {"lifted_at": NOW},
    ),
}


def of_the_officer() -> Iterator[Case]:
    """Looks back on what the own organisation was shown: in person, and not on what was refused."""
    entry = _entry(grantee_id=OTHER)
    base = Case("looked back", "access_log_entry", "sees", True, entry, READER,
                viewer={"role": "data_protection_officer"})  # fmt: skip
    yield base
    for role in set(Role) - {Role.DATA_PROTECTION_OFFICER}:
        yield base.but(f"by {role}", viewer={"role": role.value})
    yield base.but("by a system", viewer={"account": ""})
    yield base.but("of another organisation", row={"organisation_id": THEIRS})
    yield base.but("of what was refused", row={"outcome": "refused"})
