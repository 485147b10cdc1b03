"""The workplace scan before a placement: all green, or a written reason; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.employer.rules.scans import ScanColour
from app.domain.placement.rules.placements import PlacementKind, Wrong

WITHOUT_SCAN = frozenset(
    {PlacementKind.VOLUNTEERING, PlacementKind.EDUCATION, PlacementKind.SELF_EMPLOYMENT}
)
"""Where nobody is placed at a workplace: one's own choice, a school, one's own business."""


@dataclass(frozen=True)
class Scan:
    """What the rule needs to know of a scan at this employer."""

    verdict: ScanColour
    scanned_on: date


def faults_of_scan(
    kind: PlacementKind, starts_on: date, scan: Scan | None, reason: str | None
) -> Iterator[Wrong]:
    """Asked of placements at an employer of the own directory, and of no other."""
    if scan is not None and scan.scanned_on > starts_on:
        text = "A workplace is scanned before someone starts there."
        yield "#/workplaceScanId", "out_of_range", text
    if kind in WITHOUT_SCAN or reason is not None:
        return
    if scan is None:
        text = "Name a scan of the workplace, or say why there is none."
        yield "#/scanReason", "required", text
    elif scan.verdict is not ScanColour.GREEN:
        text = "Not all is green there: say why the placement goes on."
        yield "#/scanReason", "required", text
