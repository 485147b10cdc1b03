"""Labels and glossary, read from the files beside this one; pure."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from app.domain.concern.rules import Signaller

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Label:
    """What people read instead of a code; the Dutch one stands on screens."""

    english: str
    dutch: str


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def labels() -> dict[tuple[str, str], Label]:
    """By list and code."""
    return {
        (row["list"], row["code"]): Label(row["english"], row["dutch"])
        for row in _rows("labels.csv")
    }


@cache
def glossary() -> tuple[Label, ...]:
    """The words of the field, in the order of the work itself."""
    return tuple(Label(row["english"], row["dutch"]) for row in _rows("glossary.csv"))


class BuildingBlock(StrEnum):
    """The seven of a sound region (domain A7)."""

    CARE_AND_GUIDANCE = "care_and_guidance"
    EARLY_SIGNALLING = "early_signalling"
    PREVENTION = "prevention"
    ROUND_THE_CLOCK_CARE = "round_the_clock_care"
    MEANINGFUL_DAY_ACTIVITY = "meaningful_day_activity"
    SOCIAL_CONTACTS = "social_contacts"
    EXPERIENCE_BY_EXPERTS = "experience_by_experts"


class Programme(StrEnum):
    """Names that regions work under (domain A1); no process hangs on one."""

    WERKWIJZER = "werkwijzer"
    HOOFDZAAK_WERK = "hoofdzaak_werk"
    STERK_DOOR_WERK = "sterk_door_werk"
    ARBEID_ALS_MEDICIJN = "arbeid_als_medicijn"
    WERKEN_ALS_BESTE_ZORG = "werken_als_beste_zorg"
    VIP_METHODIEK = "vip_methodiek"
    SIMPEL_SWITCHEN = "simpel_switchen"


@dataclass(frozen=True)
class ConcernRoute:
    """Where a concern goes, by who has it and whether it is acute (domain A7, the route table)."""

    signaller: Signaller
    acute: bool
    routes: tuple[str, ...]


@cache
def concern_routes() -> tuple[ConcernRoute, ...]:
    """Every signaller, not acute and acute."""
    rows = _rows("concern_routes.csv")
    return tuple(
        ConcernRoute(
            who,
            acute,
            tuple(
                row["route"]
                for row in rows
                if row["signaller"] == who and (row["acute"] == "true") is acute
            ),
        )
        for who in Signaller
        for acute in (False, True)
    )
