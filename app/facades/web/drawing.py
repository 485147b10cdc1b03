"""Where the steps of the ladder come on paper: measurements to lines, dots and months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

RUNGS = 6
LEAST = timedelta(days=180)
"""So long a time is drawn at least, so that one measurement does not stand alone."""
MOST_MONTHS = 6
NARROW = 3
"""So many months may be named where there is little room."""
SPACING = (1, 2, 3, 4, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class Frame:
    """The room there is: of the picture, and around the lines."""

    width: int
    height: int
    left: int
    months: int
    top: int = 22
    right: int = 14
    bottom: int = 34

    @property
    def floor(self) -> int:
        return self.height - self.bottom

    def y(self, rung: int) -> float:
        return self.floor - (rung - 1) * (self.floor - self.top) / (RUNGS - 1)


WIDE = Frame(width=660, height=300, left=204, months=MOST_MONTHS)
SMALL = Frame(width=340, height=270, left=26, months=NARROW)


@dataclass(frozen=True, slots=True)
class Dot:
    """One measurement; its number is told where something changes, below the line going down."""

    x: float
    y: float
    rung: int
    told: bool
    below: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that a drawing of one width needs; numbers are those of its frame."""

    frame: Frame
    line: str
    area: str
    dots: list[Dot]
    rungs: list[tuple[int, float]]
    months: list[tuple[float, date, bool]]


def charts(points: Sequence[Mapping[str, Any]]) -> tuple[Chart, Chart]:
    """The same measurements, in order of time, on a wide and on a small picture."""
    days = [date.fromisoformat(point["date"]) for point in points]
    rungs = [int(point["rung"]) for point in points]
    return _chart(WIDE, days, rungs), _chart(SMALL, days, rungs)


def _chart(frame: Frame, days: Sequence[date], rungs: Sequence[int]) -> Chart:
    length = max(days[-1] - days[0], LEAST)
    first = days[-1] - length
    room = frame.width - frame.left - frame.right - 16

    def x(day: date) -> float:
        return round(frame.left + 8 + room * ((day - first) / length), 1)

    line = _stairs(frame, [x(day) for day in days], rungs)
    months = [(x(day), day, y) for day, y in _months(first, first + length, frame.months)]
    return Chart(
        frame=frame,
        line=line,
        area=f"M{x(days[0])} {frame.floor}{line.replace('M', 'L', 1)}V{frame.floor}Z",
        dots=list(_dots(frame, [x(day) for day in days], rungs)),
        rungs=[(rung, round(frame.y(rung), 1)) for rung in range(RUNGS, 0, -1)],
        months=months,
    )


def _stairs(frame: Frame, places: Iterable[float], rungs: Iterable[int]) -> str:
    """On the level until the next measurement, and a little past the last."""
    found = "".join(
        f"{f'H{x}V' if nth else f'M{x} '}{round(frame.y(rung), 1)}"
        for nth, (x, rung) in enumerate(zip(places, rungs, strict=True))
    )
    return f"{found}h8"


def _dots(frame: Frame, places: Iterable[float], rungs: Sequence[int]) -> Iterator[Dot]:
    for nth, (x, rung) in enumerate(zip(places, rungs, strict=True)):
        before = rungs[nth - 1] if nth else None
        told = rung != before or nth == len(rungs) - 1
        yield Dot(x, round(frame.y(rung), 1), rung, told, before is not None and rung < before)


def _months(first: date, last: date, most: int) -> Iterator[tuple[date, bool]]:
    """The first days of some months, and whether another year begins with it."""
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
    step = next((each for each in SPACING if (end - begin) // each < most), SPACING[-1])
    year = None
    for month in range(begin, end + 1, step):
        day = date(month // 12, month % 12 + 1, 1)
        yield day, day.year != year
        year = day.year
