"""How regions differ: kinds offered, the name of OAD, steps left out, the talk they start with.

There is no blueprint. The lines stand in `practice.csv`, or in a file that the operator names:
organisation (its id, or `*` for all), setting and value. Lines of an organisation take the place of
those for all, setting by setting. `leaves_out` names `kind:step`, `three_way` a kind whose base is
the talk of client, clinician and body (Werkwijze(r)), `programme` a name that one works under.
`concerns` with `on` keeps concern signals, which nobody does otherwise.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from uuid import UUID

from app.domain.trajectory.rules.kinds import Kind
from app.domain.trajectory.rules.processes import PROCESSES, process_of
from app.domain.trajectory.rules.steps import Process, Region
from app.domain.trajectory.rules.words import StepName

OWN = Path(__file__).with_name("practice.csv")
EVERY = "*"


class Setting(StrEnum):
    OFFERS = "offers"
    OAD_NAME = "oad_name"
    LEAVES_OUT = "leaves_out"
    THREE_WAY = "three_way"
    PROGRAMME = "programme"
    CONCERNS = "concerns"


class OadName(StrEnum):
    """Both names are in use for the same thing; a provider writes its own on its screens."""

    SUPPORT = "ondersteuningsgericht"
    DEVELOPMENT = "ontwikkelingsgericht"


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
class Practice:
    """How it goes at one organisation."""

    offers: frozenset[Kind]
    oad_name: OadName
    leaves_out: frozenset[tuple[Kind, StepName]] = frozenset()
    three_way: frozenset[Kind] = frozenset()
    programmes: frozenset[Programme] = frozenset()
    concerns: bool = False

    def region(self, kind: Kind) -> Region:
        """What this organisation does otherwise in trajectories of this kind."""
        steps = frozenset(step for of, step in self.leaves_out if of is kind)
        return Region(steps, three_way=kind in self.three_way)

    def process(self, kind: Kind) -> Process:
        return process_of(kind, self.region(kind))


@cache
def practices(path: Path | None = None) -> dict[str, Practice]:
    """By organisation; `*` is everyone else. ValueError for an unknown word or a fixed step."""
    lines: dict[tuple[str, Setting], set[str]] = {}
    with (path or OWN).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            named = row["organisation"]
            organisation = named if named == EVERY else str(UUID(named))
            lines.setdefault((organisation, Setting(row["setting"])), set()).add(row["value"])
    return {name: _practice(lines, name) for name in {EVERY, *(of for of, _ in lines)}}


def practice_of(organisation_id: UUID | None, path: Path | None = None) -> Practice:
    """How it goes at the organisation that runs a trajectory."""
    known = practices(path)
    return known.get(str(organisation_id), known[EVERY])


def _practice(lines: dict[tuple[str, Setting], set[str]], organisation: str) -> Practice:
    def told(setting: Setting) -> set[str]:
        return lines.get((organisation, setting), lines.get((EVERY, setting), set()))

    names = told(Setting.OAD_NAME) or {OadName.SUPPORT.value}
    if len(names) != 1:
        raise ValueError(f"one name for OAD: {organisation}")
    return Practice(
        offers=frozenset(map(Kind, told(Setting.OFFERS))),
        oad_name=OadName(names.pop()),
        leaves_out=frozenset(map(_left_out, told(Setting.LEAVES_OUT))),
        three_way=frozenset(map(_three_way, told(Setting.THREE_WAY))),
        programmes=frozenset(map(Programme, told(Setting.PROGRAMME))),
        concerns=_is_on(told(Setting.CONCERNS) or {"off"}),
    )


def _left_out(value: str) -> tuple[Kind, StepName]:
    kind, _, name = value.partition(":")
    step = PROCESSES[Kind(kind)].step(StepName(name))
    if step is None or step.fixed:
        raise ValueError(f"this step cannot be left out: {value}")
    return Kind(kind), step.name


def _is_on(values: set[str]) -> bool:
    if values not in ({"on"}, {"off"}):
        raise ValueError(f"on or off: {values}")
    return values == {"on"}


def _three_way(value: str) -> Kind:
    if PROCESSES[Kind(value)].talk is None:
        raise ValueError(f"there is no start conversation to hold as three: {value}")
    return Kind(value)
