"""Who takes a record off a client whom it was never about: its author, by naming it, no other."""

from collections.abc import Iterator
from typing import Any

from tests.walls.acts import COMPILING, table_named
from tests.walls.bench import (
    COMPILER,
    HAT,
    INBOX,
    NOW,
    OTHER,
    OURS,
    RECORD,
    THEIRS,
    TICK,
    Case,
    named,
    record,
)
from tests.walls.erasing import TOMBSTONE

ACT = named("what was misplaced")


def of_tombstones() -> Iterator[Case]:
    """Beside the act of this very member, in its own name, for each record that the act names."""
    row = {**TOMBSTONE, "organisation_id": OURS, "request_id": ACT, "record_id": RECORD}
    base = Case("misplaced", "tombstone", "adds", True, row, COMPILER, viewer=COMPILING,
                beside=_acted())  # fmt: skip
    yield base
    yield base.but("with another one", answer=True, beside=_acted(record_ids=[OTHER, RECORD]))
    yield base.but("of another client", row={"client_id": OTHER})
    yield base.but("with another client locked", viewer={"compiling": str(OTHER)})
    yield base.but("and everything", row={"everything": True})
    yield base.but("and a category", row={"category": 8})
    yield base.but("for what is not there yet", row={"recorded_until": NOW + TICK})
    yield base.but("of no record", row={"record_id": None})
    yield base.but("of a record that is not named", row={"record_id": OTHER})
    yield base.but("for another organisation", row={"organisation_id": THEIRS})
    of_theirs = _acted(controller_organisation_id=THEIRS)
    yield base.but("for who answers for it", row={"organisation_id": THEIRS}, beside=of_theirs)
    yield base.but("without an act", beside=())
    for what, off in (
        ("another act", {"id": OTHER}),
        ("of another client", {"client_id": OTHER}),
        ("by a colleague", {"author_id": OTHER}),
        ("in the name of an inbox", {"author_id": INBOX}),
        ("of another organisation", {"controller_organisation_id": THEIRS}),
        ("that names nothing", {"record_ids": []}),
    ):
        yield base.but(f"on an act: {what}", beside=_acted(**off))


def _acted(**more: Any) -> tuple[tuple[str, dict[str, Any]], ...]:
    row = record(table_named("misplaced_record"), id=ACT, author_id=HAT,
                 controller_organisation_id=OURS, record_ids=[RECORD])  # fmt: skip
    return (("misplaced_record", {**row, **more}),)
