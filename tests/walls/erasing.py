"""What has a tombstone goes, and nothing else goes (decision 0018): each dimension off in turn."""

from collections.abc import Iterator, Mapping
from typing import Any

from app import tables
from app.access.vocabulary import Category
from tests.walls.acts import COMPILING, DAY, EXISTENCE, LINK, REGISTRATION, plain, table_named
from tests.walls.bench import (
    API,
    CLIENT,
    COMPILER,
    GRANT,
    HAT,
    NOW,
    OTHER,
    OURS,
    OWNER,
    READER,
    THEIRS,
    TICK,
    Case,
    named,
    record,
)
from tests.walls.records import BY_PERSONS, _whose
from tests.walls.stores import LINE

IDENTITY, STATUS = Category.IDENTITY.bit, Category.STATUS.bit
TOMBSTONE: Mapping[str, Any] = {
    "id": named("tombstone"),
    "client_id": CLIENT,
    "organisation_id": THEIRS,
    "category": None,
    "record_id": None,
    "everything": False,
    "request_id": None,
    "recorded_until": NOW,
}
"""One that says nothing yet of what it covers."""
BURYING = ((COMPILER, "removes"), (OWNER, "removes"), (OWNER, "sees"))
"""Whoever destroys; the owner does at every start, and must find what is to go."""


def of_every_record() -> Iterator[Case]:
    for table in tables.client_records():
        bit = table.__category__.bit
        row = {**plain(table), "recorded_at": NOW, "controller_organisation_id": THEIRS}
        for login, act in BURYING:
            base = Case("erased", table.__tablename__, act, False, row, login, viewer=COMPILING)
            yield base
            yield from _category(base, bit, "recorded_at", "controller_organisation_id")
            yield from _one_record(base, bit)
            yield from _everything(base)


def of_what_hangs_on_a_client() -> Iterator[Case]:
    """No record, so it goes with everything only; the compiler has more to do with two of them."""
    for name, row in (
        ("access_grant", GRANT),
        ("caseload_line", LINE),
        ("account_link", LINK),
        ("registration", REGISTRATION),
    ):
        for login, act in BURYING:
            base = Case("erased", name, act, False, row, login, viewer=COMPILING)
            if login == OWNER or name in {"account_link", "registration"}:
                yield base
                yield from _everything(base)
                yield _by(base, "with a category", category=STATUS, organisation_id=None)
            yield _by(base, "beside everything", row={"client_id": OTHER}, everything=True)


def _by(
    base: Case,
    what: str,
    *,
    answer: bool = False,
    row: Mapping[str, Any] | None = None,
    viewer: Mapping[str, str] | None = None,
    **said: Any,
) -> Case:
    """With a tombstone that says this."""
    beside = (("tombstone", {**TOMBSTONE, **said}),)
    row = dict(row or {})
    if base.table == "client" and "client_id" in row:
        row["id"] = row["client_id"]
    return base.but(what, answer=answer, row=row, viewer=dict(viewer or {}),
                    beside=beside)  # fmt: skip


def _category(base: Case, bit: int, at: str, whose: str) -> Iterator[Case]:
    """What this organisation answers for, as far as it was there then."""
    yield _by(base, "by category", answer=True, category=bit)
    yield _by(base, "of another client", category=bit, client_id=OTHER)
    yield _by(base, "beside another client", category=bit, row={"client_id": OTHER})
    yield _by(base, "of another category", category=bit * 2)
    yield _by(base, "of nothing that is named")
    yield _by(base, "of another organisation", category=bit, organisation_id=OURS)
    yield _by(base, "of no organisation", category=bit, organisation_id=None)
    yield _by(base, "of the client's own", category=bit, row={whose: None})
    own = _by(base, "the client's own", answer=True, category=bit, row={whose: None},
              organisation_id=None)  # fmt: skip
    yield own
    yield _by(base, "earlier", answer=True, category=bit, row={at: NOW - TICK})
    yield _by(base, "recorded after it", category=bit, row={at: NOW + TICK})
    yield _by(base, "of another record of the category", category=bit, record_id=OTHER)
    yield from _unlocked(base, category=bit)


def _one_record(base: Case, bit: int) -> Iterator[Case]:
    this = base.row["id"]
    yield _by(base, "by record", answer=True, record_id=this)
    yield _by(base, "by another record", record_id=OTHER)
    yield _by(base, "by record, of another client", record_id=this, client_id=OTHER)
    yield _by(base, "by record, elsewhere", record_id=this, organisation_id=OURS)
    yield _by(base, "by record, after it", record_id=this, row={"recorded_at": NOW + TICK})
    yield _by(base, "whatever its category", answer=True, record_id=this, category=bit * 2)


def _everything(base: Case) -> Iterator[Case]:
    """For ever: whoever answers for it, and whenever it came back."""
    ever: dict[str, Any] = {
        "everything": True,
        "organisation_id": None,
        "recorded_until": NOW - DAY,
    }
    yield _by(base, "with everything", answer=True, **ever)
    yield _by(base, "with everything of another", **{**ever, "client_id": OTHER})
    yield _by(base, "beside everything", row={"client_id": OTHER}, **ever)
    yield from _unlocked(base, **ever)


def _unlocked(base: Case, **said: Any) -> Iterator[Case]:
    """The compiler has to do with one client, and with none before it is locked."""
    if base.login == COMPILER:
        for compiling in ("", str(OTHER)):
            what = f"while compiling {compiling or 'none'}"
            yield _by(base, what, viewer={"compiling": compiling}, **said)


def of_data_keys() -> Iterator[Case]:
    """A key is for whoever holds its category of that client, and goes with the category."""
    row = {
        "id": named("key"),
        "client_id": CLIENT,
        "organisation_id": OURS,
        "category": IDENTITY,
        "wrapped": b"x",
        "made_at": NOW,
    }
    for login, act in ((READER, "sees"), (API, "sees"), (API, "adds")):
        base = Case("key", "data_key", act, False, row, login)
        yield base
        for mask in ("categories", "creates"):
            held = base.but(f"by {mask}", answer=True, grant={mask: IDENTITY})
            yield from (held, *_whose(held, mask, IDENTITY))
        yield from _registered(base)
    held = Case("key", "data_key", "adds", True, row, grant={"creates": IDENTITY})
    yield held.but("of another organisation", row={"organisation_id": THEIRS})
    yield held.but("of no organisation", row={"organisation_id": None})
    for role, answer in (("client", True), ("representative", True), ("supporter", False)):
        viewer = {**BY_PERSONS, "role": role}
        yield held.but(f"by the {role}", answer=answer, viewer=viewer)
        yield held.but(f"of the {role}'s own", answer=True, viewer=viewer,
                       row={"organisation_id": None})  # fmt: skip
    yield from _erased_key({**row, "organisation_id": THEIRS})


def _registered(base: Case) -> Iterator[Case]:
    """Before there is any grant: in the very transaction that registers the client."""
    client = record(table_named("client"), id=CLIENT, author_id=HAT,
                    controller_organisation_id=OURS, trajectory_id=None)  # fmt: skip
    grant = {"categories": EXISTENCE, "trajectory_id": None}
    there = base.but("just registered", answer=True, beside=(("client", client),), grant=grant)
    yield there
    yield there.but("of another", row={"client_id": OTHER})
    changes: dict[str, dict[str, Any]] = {
        "earlier": {"registered_in": "3"},
        "by another organisation": {"controller_organisation_id": THEIRS},
    }
    for what, off in changes.items():
        yield there.but(what, beside=(("client", {**client, **off}),))


def _erased_key(row: Mapping[str, Any]) -> Iterator[Case]:
    for login, act in BURYING[:2]:
        base = Case("erased", "data_key", act, False, row, login, viewer=COMPILING)
        yield base
        yield from _category(base, IDENTITY, "made_at", "organisation_id")
        yield from _everything(base)
    for act in ("sees", "adds"):
        base = Case("compiled", "data_key", act, True, row, COMPILER, viewer=COMPILING)
        yield from (base, base.but("for another client", viewer={"compiling": str(OTHER)}))
