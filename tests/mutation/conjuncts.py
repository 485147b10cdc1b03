"""Each condition of each row-security policy taken out in turn, as the database spells it."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

AND = " AND "
_ACTS = {"SELECT": "sees", "INSERT": "adds", "UPDATE": "moves", "DELETE": "removes", "ALL": ""}


@dataclass(frozen=True)
class Conjunct:
    """A policy without one of its conditions; `part` is USING or WITH CHECK."""

    table: str
    policy: str
    part: str
    act: str
    logins: tuple[str, ...]
    dropped: str
    rest: str

    @property
    def name(self) -> str:
        return f"{self.table}.{self.policy} {self.part}: {self.dropped}"

    @property
    def statement(self) -> bytes:
        told = sql.SQL("ALTER POLICY {} ON {} ").format(
            sql.Identifier(self.policy), sql.Identifier(self.table)
        )
        return (told.as_string(None) + f"{self.part} ({self.rest})").encode()


def conjuncts(db: psycopg.Connection, table: str | None = None) -> list[Conjunct]:
    """Every condition of every policy, in the order of their names."""
    found = []
    for name, policy, command, logins, using, check in db.execute(
        "SELECT tablename, policyname, cmd, roles::text[], qual, with_check FROM pg_policies"
        " WHERE schemaname = 'public' AND coalesce(tablename = %s, true) ORDER BY 1, 2",
        [table],
    ).fetchall():
        for part, text in (("USING", using), ("WITH CHECK", check)):
            if text not in {None, "true"}:
                fixed = (name, policy, part, _ACTS[command], tuple(logins))
                found += [Conjunct(*fixed, *way) for way in without_one(text)]
    return found


def without_one(expression: str) -> list[tuple[str, str]]:
    """(what is dropped, what is left): the whole, and each member of each list of conditions."""
    text = " ".join(expression.split())
    found = [(text, "true")]
    for start, end in _lists(text):
        for begin, stop in _members(text, start, end):
            dropped = text[begin:stop]
            after = text.startswith(AND, stop)
            left = text[:begin] + text[stop + len(AND) :] if after else ""
            left = left or text[: begin - len(AND)] + text[stop:]
            found.append((dropped, left))
    return found if len(found) > 1 else found[:1]


def _lists(text: str) -> Iterator[tuple[int, int]]:
    """Every stretch within one pair of brackets (or none), from its start to its end."""
    opened: list[int] = []
    quoted = False
    yield 0, len(text)
    for place, letter in enumerate(text):
        if letter == "'":
            quoted = not quoted
        elif letter == "(" and not quoted:
            opened.append(place + 1)
        elif letter == ")" and not quoted:
            yield opened.pop(), place


def _members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a list of conditions; none where there is no AND on this level."""
    depth, quoted, begin, found = 0, False, start, []
    for place in range(start, end):
        letter = text[place]
        if letter == "'":
            quoted = not quoted
        elif not quoted and letter in "()":
            depth += 1 if letter == "(" else -1
        if not quoted and not depth and text.startswith(AND, place):
            found.append((begin, place))
            begin = place + len(AND)
    if not found:
        return []
    return [*found, (begin, end)]
