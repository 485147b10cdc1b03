"""Each record with exactly one dimension off: what one grant opens, and what it lets add and move.

Written from the access model (sections 1 and 3), per table from what the table says of itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app import tables
from app.access.records import Addressed, ClientRecord, Confided, Released, Restrictable
from app.access.vocabulary import EVERY_CATEGORY, OWN_AFFAIRS, Basis, Purpose, Role
from tests.build.worlds import required
from tests.walls.bench import (
    API,
    CLIENT,
    HAT,
    INBOX,
    NOW,
    OTHER,
    OURS,
    PURPOSE,
    READER,
    THEIRS,
    TICK,
    TRAJECTORY,
    Case,
    named,
    record,
)

EVERY_PURPOSE = OWN_AFFAIRS | sum(purpose.bit for purpose in Purpose)
BY_PERSONS = {"role": "client", "organisation": ""}
NOT_ADDED = frozenset(
    {"break_glass", "break_glass_review", "client", "client_identity", "data_subject_decision"}
)
"""The compiler adds them, for the emergency and the desk; a client is registered, not added, and
mended by who registered: `mending.py`."""
ADDED_BY: Mapping[str, Mapping[str, str]] = {
    "block": BY_PERSONS,
    "consent": BY_PERSONS,
    "consent_answer": BY_PERSONS,
    "consent_withdrawal": BY_PERSONS,
    "data_subject_request": BY_PERSONS,
    "discussion_wish": BY_PERSONS,
    "restriction": BY_PERSONS,
    "supporter": BY_PERSONS,
    "responsibility": {"role": "labour_expert"},
}
"""Whoever may, where not every role may; a clinician may elsewhere."""
MOVED_TO: Mapping[str, Mapping[str, Any]] = {
    "data_subject_request": {"valid_until": NOW, "answer": "x"},
    "participant": {"valid_until": NOW, "keeps_own_records": True},
    "responsibility": {"valid_until": NOW},
    "referral": {"withdrawn_at": NOW, "decided_by": HAT},
    "incapacity": {"valid_until": NOW},
    "restriction": {"lifted_at": NOW, "lifted_by": HAT},
}
MOVED_FROM: Mapping[str, Mapping[str, Any]] = {
    "data_subject_request": {"valid_until": None, "organisation_id": OURS},
    "participant": {"valid_until": None, "keeps_own_records": False},
    "responsibility": {"valid_until": None},
    "incapacity": {"valid_until": NOW + timedelta(days=1)},
    "restriction": {"lifted_at": None},
}
BY_WHOM: Mapping[str, frozenset[str]] = {
    table: frozenset({"client"}) for table in ("participant", "responsibility", "referral")
}
"""With nothing but the grant only the client moves these; parties have cases in `moving.py`."""


def of(table: type[ClientRecord]) -> list[Case]:
    """Every case of this table that its grant decides."""
    found = [*_seen(table)]
    if table.__tablename__ not in NOT_ADDED:
        found += _added(table)
    if table.__mutable__:
        found += _moved(table)
    return found


def everything() -> dict[str, list[Case]]:
    return {table.__tablename__: of(table) for table in tables.client_records()}


def _seen(table: type[ClientRecord]) -> Iterator[Case]:
    base = Case("fits", table.__tablename__, "sees", answer=True, row=_row(table), login=READER)
    base = replace(base, grant=_grant(table))
    yield from (base, *_off(base, table))
    as_writer = replace(base, login=API)
    yield from (as_writer, as_writer.but("of another", grant={"grantee_id": OTHER}))


def _row(table: type[ClientRecord]) -> dict[str, Any]:
    row = record(table)
    if table.__tablename__ == "client":
        row |= {"id": row["client_id"], "registered_in": "3"}
    if table.__tablename__ == "trajectory":
        row["id"] = TRAJECTORY
    if table.__scope__ != "id":
        row[table.__scope__] = named("what it is part of")
    for name in table.__parties__:
        row[name] = THEIRS
    if issubclass(table, Released):
        row["released_at"] = NOW
    if issubclass(table, Addressed):
        row["audience"] = ["clinician"]
    if issubclass(table, Confided):
        row["recipient_id"] = HAT
    return row


def _scope(table: type[ClientRecord]) -> Any:
    return _row(table)[table.__scope__]


def _grant(table: type[ClientRecord]) -> dict[str, Any]:
    return {
        "categories": table.__category__.bit,
        "record_id": _scope(table),
        "sender_organisation_id": THEIRS,
    }


def _off(base: Case, table: type[ClientRecord]) -> Iterator[Case]:
    yield from _whose(base, "categories", table.__category__.bit)
    yield from _where(base)
    yield from _reach(base, table)
    yield from _gates(base, table)


def _whose(base: Case, mask: str, bit: int) -> Iterator[Case]:
    """Grantee, client, category, purpose and period, each alone."""
    yield base.but("of its inbox", answer=True, grant={"grantee_id": INBOX})
    yield base.but("of another", grant={"grantee_id": OTHER})
    overseeing = {"overseen": str(CLIENT)}
    yield base.but("of another, overseen", grant={"grantee_id": OTHER}, viewer=overseeing)
    yield base.but("about another client", grant={"client_id": OTHER})
    yield base.but("of every other category", grant={mask: EVERY_CATEGORY & ~bit})
    yield base.but("for every other purpose", grant={"purposes": EVERY_PURPOSE & ~PURPOSE})
    yield base.but("for no stated purpose", viewer={"purpose": ""})
    yield base.but("not yet", grant={"valid_from": NOW + TICK})
    yield base.but("no more", grant={"valid_from": NOW - TICK, "valid_until": NOW})
    yield base.but("without end", answer=True, grant={"valid_until": None})
    yield base.but("nobody asks", viewer={"grantees": "{}", "hat": ""})


def _where(base: Case) -> Iterator[Case]:
    """Trajectory, record and sender, each alone; none named means any."""
    elsewhere = {"trajectory_id": OTHER}
    yield base.but("of another trajectory", grant=elsewhere)
    yield base.but("of any trajectory", answer=True, grant={"trajectory_id": None})
    if base.table != "trajectory":
        yield base.but("above trajectories", answer=True, row={"trajectory_id": None})
    yield base.but("of another record", grant={"record_id": OTHER})
    yield base.but("of any record", answer=True, grant={"record_id": None})
    yield base.but("of another sender", grant={"sender_organisation_id": OURS})
    yield base.but("of any sender", answer=True, grant={"sender_organisation_id": None})
    yield base.but("of nobody's", row={"controller_organisation_id": None})


def _reach(base: Case, table: type[ClientRecord]) -> Iterator[Case]:
    authored, own = {"reach": "authored"}, {"reach": "own"}
    yield base.but("reaching what it wrote", grant=authored)
    for author in (HAT, INBOX):
        yield base.but("and wrote it", answer=True, grant=authored, row={"author_id": author})
    yield base.but("reaching its own", grant=own)
    yield base.but("though it wrote it", grant=own, row={"author_id": HAT})
    yield base.but("reaching the unknown", grant={"reach": "else"}, row={"author_id": HAT})
    for name in table.__parties__:
        one = {name: OURS}
        sender = {"sender_organisation_id": None}
        yield base.but(f"and is {name}", answer=True, grant={**own, **sender}, row=one)
        yield base.but("it is a party", grant={**authored, **sender}, row=one)


def _gates(base: Case, table: type[ClientRecord]) -> Iterator[Case]:
    free, any_sender = {"ungated": True}, {"sender_organisation_id": None}
    if issubclass(table, Released):
        draft = base.but("a draft", row={"released_at": None})
        yield from (draft, draft.but("ungated", answer=True, grant=free))
    if issubclass(table, Restrictable):
        shut = base.but("contested", row={"restricted_at": NOW})
        yield from (shut, shut.but("ungated", grant=free))
        yield shut.but("by the client", answer=True, grant={"basis": "self"})
        answers = {"controller_organisation_id": OURS}
        yield shut.but("and answers for it", answer=True, grant=any_sender, row=answers)
    if issubclass(table, Addressed):
        asks = base.viewer.get("role", "clinician")
        others = [role.value for role in Role if role.value != asks]
        unsaid = base.but("to others", row={"audience": others})
        yield from (unsaid, unsaid.but("ungated", answer=True, grant=free))
    if issubclass(table, Confided):
        yield from _confided(base)
    if table.__confined__ and base.act == "sees":
        yield from _confined(base, table)


def _confided(base: Case) -> Iterator[Case]:
    """Told to another, or to nobody: for who wrote it, the client, and the desk by a request.

    Who wrote it moves it until it is told; then it is the recipient's, as `_moved` has it.
    """
    for recipient in (OTHER, None):
        kept = base.but("told to another", row={"recipient_id": recipient})
        yield from (kept, kept.but("ungated", grant={"ungated": True}))
        for basis in Basis:
            by_right = base.act == "sees" and basis in {Basis.SELF, Basis.REQUEST}
            yield kept.but(f"by {basis}", answer=by_right, grant={"basis": basis.value})
        its_turn = base.act == "sees" or recipient is None
        yield kept.but("that it wrote", answer=its_turn, row={"author_id": HAT})


def _confined(base: Case, table: type[ClientRecord]) -> Iterator[Case]:
    for role in ("insurance_physician", "labour_expert", "municipal_case_manager"):
        funder = base.but(f"as {role}", viewer={"role": role})
        yield from (funder, funder.but("ungated", grant={"ungated": True}))
        for name in table.__parties__:
            grant = {"sender_organisation_id": None}
            yield funder.but("as a party", answer=True, row={name: OURS}, grant=grant)


def _added(table: type[ClientRecord]) -> Iterator[Case]:
    name, bit = table.__tablename__, table.__category__.bit
    row = _row(table) | {"author_id": HAT}
    row |= {"organisation_id": OURS} if name == "responsibility" else {}
    viewer = ADDED_BY.get(name, {})
    if name in {"consent", "consent_scan"}:
        row |= {"sender_organisation_id": OURS}
    base = Case("fits", name, "adds", True, row, viewer=viewer, grant={"creates": bit})
    yield base
    yield base.but("under its inbox", answer=True, row={"author_id": INBOX})
    yield base.but("under another's name", row={"author_id": OTHER})
    yield from _whose(base, "creates", bit)
    yield base.but("that only shows", grant={"creates": 0, "categories": EVERY_CATEGORY})
    yield base.but("of another trajectory", grant={"trajectory_id": OTHER})
    yield base.but("of any trajectory", answer=True, grant={"trajectory_id": None})
    yield base.but("above trajectories", row={"trajectory_id": None})


def _moved(table: type[ClientRecord]) -> Iterator[Case]:
    name = table.__tablename__
    first = table.__mutable__[0]
    values = MOVED_TO.get(name, {first: _something(table, first)})
    row = {**_row(table), **MOVED_FROM.get(name, {})}
    may = {role.value for role in table.__moved_by__} & BY_WHOM.get(
        name, frozenset(role.value for role in Role)
    )
    for column in table.__mutable__:
        row.setdefault(column, None)
    base = Case("fits", name, "moves", True, row, grant=_grant(table), values=values)
    for role in Role:
        yield _as(base, role.value, answer=role.value in may)
    yield _as(base, "a stranger", answer=False)
    if may:
        one = _as(base, min(may), answer=True)
        yield from (one, *_off(one, table))


def _as(base: Case, role: str, *, answer: bool) -> Case:
    row = {"audience": [role]} if "audience" in base.row else {}
    ours = base.table == "restriction" and role != "client"
    party = {"organisation_id": OURS} if ours else {}
    return base.but(f"as {role}", answer=answer, viewer={"role": role}, row={**row, **party})


def _something(table: type[ClientRecord], column: str) -> Any:
    kinds = {**required(table), "text": "x"}
    found = {"_on": NOW.date(), "_at": NOW, "until": NOW, "_by": HAT}
    return next((v for end, v in found.items() if column.endswith(end)), kinds.get(column, "x"))
