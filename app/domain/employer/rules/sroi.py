"""Building blocks of social return per region, out of the file beside this one; pure.

Each region counts other things, and changes them: an operator replaces the file. The lines shipped
are examples of the form.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class SroiBlock:
    """What a region lets an employer count, and whether outside the target-group register too."""

    region: str
    code: str
    english: str
    dutch: str
    outside_register: bool


@cache
def sroi_blocks() -> dict[tuple[str, str], SroiBlock]:
    """By region and code, in the order of the file."""
    with Path(__file__).with_name("sroi.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["region"], row["code"]): _block(row) for row in rows}


def _block(row: dict[str, str]) -> SroiBlock:
    beyond = row.pop("outside_register") == "yes"
    return SroiBlock(**row, outside_register=beyond)
