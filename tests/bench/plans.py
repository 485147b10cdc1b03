"""Shape and buffers of the hot statements, read from EXPLAIN through both walls."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Plan:
    """What one statement touched: shared buffers, and the kinds of its nodes."""

    statement: str
    buffers: int
    nodes: tuple[str, ...]

    @property
    def growing(self) -> tuple[str, ...]:
        """Nodes whose cost grows with the number of clients, or that need more processes."""
        directory = ("clock_offset", "organisation", "inbox")
        return tuple(
            node
            for node in self.nodes
            if node.startswith(("hashed SubPlan", "Gather", "Seq Scan on"))
            and not node.endswith(directory)
        )


async def plans_of(dsn: str, request: Sequence[Statement]) -> list[Plan]:
    """The plans of the reads of one recorded request, as the reader's login runs them, warm."""
    connection = await asyncpg.connect(dsn.replace("+asyncpg", ""))
    found = []
    try:
        async with connection.transaction():
            for statement, values in request:
                if statement.startswith("INSERT"):
                    continue  # the log row is written once, by the request itself
                await connection.fetch(statement, *values)
                if (
                    statement.lstrip().startswith(("SELECT", "WITH"))
                    and "set_config" not in statement
                ):
                    explain = f"EXPLAIN (ANALYZE, BUFFERS, VERBOSE, FORMAT JSON) {statement}"
                    rows = await connection.fetch(explain, *values)
                    plan = json.loads(rows[0][0])[0]["Plan"]
                    found.append(
                        Plan(
                            statement,
                            plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
                            tuple(sorted(set(_nodes(plan)))),
                        )
                    )
    finally:
        await connection.close()
    return found


def _nodes(plan: dict[str, Any]) -> Iterator[str]:
    name, relation = plan["Node Type"], plan.get("Relation Name")
    yield f"{name} on {relation}" if relation else name
    for key, value in plan.items():
        if isinstance(value, str) and "hashed SubPlan" in value:
            yield "hashed SubPlan"
        if key == "Plans":
            for child in value:
                yield from _nodes(child)
