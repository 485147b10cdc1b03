"""A municipality that registers its own client is responsible at once: itself, then, not later."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.access.vocabulary import Role
from tests.walls.acts import EXISTENCE, table_named
from tests.walls.bench import CLIENT, HAT, OTHER, OURS, THEIRS, Case, record

FIRST: Mapping[str, tuple[str, Any, Any]] = {
    "responsibility": ("organisation_id", OURS, THEIRS),
    "participant": ("membership_id", HAT, OTHER),
}
"""The two facts with which it begins: whose they are, and whose they cannot be."""


def of_a_municipality() -> Iterator[Case]:
    client = record(table_named("client"), id=CLIENT, author_id=HAT,
                    controller_organisation_id=OURS, trajectory_id=None)  # fmt: skip
    for name, (column, own, foreign) in FIRST.items():
        row = record(table_named(name), author_id=HAT) | {column: own}
        viewer = {"role": str(Role.MUNICIPAL_CASE_MANAGER)}
        beside = (("client", client),)
        base = Case("begins", name, "adds", True, row, viewer=viewer, beside=beside)
        yield base
        yield base.but("under another's name", row={"author_id": OTHER})
        yield base.but("for another party", row={column: foreign})
        yield base.but("of another client", row={"client_id": OTHER})
        knows = {"categories": EXISTENCE, "trajectory_id": None}
        for what, off in (
            ("registered earlier", {"registered_in": "3"}),
            ("registered by another organisation", {"controller_organisation_id": THEIRS}),
        ):
            beside = (("client", {**client, **off}),)
            yield base.but(what, beside=beside)
            yield base.but(f"{what}, whom it knows", beside=beside, grant=knows)
        for role in Role:
            if role is not Role.MUNICIPAL_CASE_MANAGER:
                yield base.but(f"as {role}", viewer={"role": str(role)})
