"""What the job makes and closes for others; what an organisation keeps of employers for itself."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from app.access.vocabulary import Role
from app.domain.employer import tables as employers
from app.domain.employer.tables import Employer, Kept, Worded
from tests.build.worlds import required
from tests.walls.acts import COMPILING, table_named
from tests.walls.bench import (
    API,
    COMPILER,
    HAT,
    INBOX,
    NOW,
    OTHER,
    OURS,
    READER,
    RECORD,
    THEIRS,
    Case,
    named,
    record,
)

WRITERS = frozenset(
    {"ips_coach", "reintegration_coach", "job_coach", "labour_expert", "municipal_case_manager"}
)
"""Whoever speaks with employers."""
CHANGED: Mapping[str, str] = {
    "employer": "name",
    "employer_site": "closed_on",
    "employer_person": "left_on",
}
"""Of what can be changed, a column that can; of notes, contacts and scans only words can go."""
WORDS: Mapping[str, tuple[str, ...]] = {
    "employer_note": ("text",),
    "employer_contact": ("note",),
    "workplace_scan": (
        *("stimuli_why", "team_cohesion_why", "colleagues_why"),
        *("supervisor_why", "customer_why"),
    ),
}


def of_reminders() -> Iterator[Case]:
    """The job makes and closes them, of the one client that is locked, each once."""
    row = record(table_named("reminder"), closed_on=None, outcome=None, closed_by=None)
    closing = {"closed_on": NOW.date(), "outcome": "done"}
    for act, values in (("adds", {}), ("moves", closing)):
        base = Case("by the job", "reminder", act, True, row, COMPILER, viewer=COMPILING,
                    values=values)  # fmt: skip
        yield base
        yield base.but("about another client", row={"client_id": OTHER})
        yield base.but("with another one locked", viewer={"compiling": str(OTHER)})
        yield base.but("with none locked", viewer={"compiling": ""})
        yield base.but("of a grantee", viewer={"compiling": "", "compiling_grantee": str(HAT)})
        yield base.but("that is closed", row={"closed_on": NOW.date() - timedelta(days=1)})


def kept_tables() -> Iterator[type[Kept]]:
    for table in vars(employers).values():
        if isinstance(table, type) and issubclass(table, Kept) and "__tablename__" in vars(table):
            yield table


def of_employers() -> Iterator[Case]:
    """For those who speak with employers in that organisation; no client is in it, so no grant."""
    for table in kept_tables():
        name, row = table.__tablename__, row_of(table)
        for login in (READER, API):
            yield from _seen(Case("kept", name, "sees", True, row, login))
        yield from _added(Case("kept", name, "adds", True, row, beside=_of_employer(table)))
        if name in CHANGED:
            yield from _changed(Case("kept", name, "moves", True, row), table)
        if issubclass(table, Worded):
            yield from _withdrawn(Case("words", name, "moves", True, row))


def row_of(table: type[Kept]) -> dict[str, Any]:
    """An entry of this organisation, by the viewer."""
    of: Any = table
    row = {**required(of), "id": RECORD, "organisation_id": OURS, "author_id": HAT}
    return row if table is Employer else {**row, "employer_id": named("employer")}


def _of_employer(table: type[Kept], **more: Any) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    if table is Employer:
        return ()
    return (("employer", {**row_of(Employer), "id": named("employer"), **more}),)


def _roles(base: Case, may: frozenset[str]) -> Iterator[Case]:
    """Each role alone, a client system, and a word that is no role."""
    for role in (*Role, "", "a stranger"):
        yield base.but(f"as {role or 'a system'}", answer=role in may, viewer={"role": str(role)})


def _seen(base: Case) -> Iterator[Case]:
    yield from _roles(base, WRITERS | {"supervisor"})
    coach = base.but("", answer=True, viewer={"role": "ips_coach"})
    yield coach.but("by a colleague", answer=True, row={"author_id": OTHER})
    yield from _elsewhere(coach)


def _elsewhere(base: Case) -> Iterator[Case]:
    yield base.but("of another organisation", row={"organisation_id": THEIRS})
    yield base.but("for no organisation", viewer={"organisation": ""})


def _added(base: Case) -> Iterator[Case]:
    yield from _roles(base, WRITERS)
    coach = base.but("", answer=True, viewer={"role": "ips_coach"})
    yield coach.but("under its inbox", answer=True, row={"author_id": INBOX})
    yield coach.but("under another's name", row={"author_id": OTHER})
    yield from _elsewhere(coach)
    for name, employer in base.beside:
        yield coach.but("of no employer", beside=())
        for what, off in (
            ("of another employer", {"id": OTHER}),
            ("of an employer elsewhere", {"organisation_id": THEIRS}),
        ):
            yield coach.but(what, beside=((name, {**employer, **off}),))


def _changed(base: Case, table: type[Kept]) -> Iterator[Case]:
    column = CHANGED[table.__tablename__]
    value = NOW.date() if column.endswith("_on") else "x"
    changed = base.but("", answer=True, values={column: value})
    yield from _roles(changed, WRITERS)
    coach = changed.but("", answer=True, viewer={"role": "ips_coach"})
    yield coach.but("by a colleague", answer=True, row={"author_id": OTHER})
    yield from _elsewhere(coach)


def _withdrawn(base: Case) -> Iterator[Case]:
    """All of its words go together, on a day that is told, and no other words come."""
    words = WORDS[base.table]
    gone = base.but(
        "",
        answer=True,
        row=dict.fromkeys(words, "x"),
        values={"withdrawn_on": NOW.date(), **dict.fromkeys(words)},
    )
    yield from _roles(gone, WRITERS)
    coach = gone.but("", answer=True, viewer={"role": "ips_coach"})
    yield coach.but("by a colleague", answer=True, row={"author_id": OTHER})
    yield coach.but("on no day", values={"withdrawn_on": None})
    for word in words:
        yield coach.but(f"but for {word}", values={word: "y"})
    yield from _elsewhere(coach)
