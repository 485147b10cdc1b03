"""Where a trajectory stands, out of what one viewer may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.domain.trajectory.rules.kinds import Kind, Variant
from app.domain.trajectory.rules.milestones import Milestone, Reached
from app.domain.trajectory.rules.processes import process_of
from app.domain.trajectory.rules.roles import SEATS
from app.domain.trajectory.rules.steps import NOWHERE, Process, Region
from app.domain.trajectory.rules.words import Phase, Seat

__all__ = ["SEATS", "Phase", "Seat", "Standing", "phase_of"]
M = Milestone
_UNDOES = {
    M.WORK_QUESTION_REFUSED: (M.WORK_QUESTION_ASKED,),
    M.REFERRAL_REFUSED: (M.REFERRED,),
    M.REFERRAL_WITHDRAWN: (M.REFERRED,),
    M.STOPPED_AT_AUTHORITY: (M.REFERRED, M.REFERRAL_ACCEPTED),
    M.PLACEMENT_ENDED: (M.PLACEMENT_STARTED,),
    M.APPLICATION_REFUSED: (M.APPLIED,),
    M.JOB_STARTED: (M.JOB_ENDED,),
    M.JOB_ENDED: (M.JOB_STARTED, M.FOLLOW_ALONG, M.NEXT_JOB_OFFERED, M.TRANSFERRED),
}
"""A step that was left again is open again; the earlier event stays where it is."""


@dataclass(frozen=True)
class Standing:
    """What the rules look at; two viewers may have different ones of the same trajectory."""

    reached: Sequence[Reached] = ()
    variant: Variant | None = None
    may_refer: bool = False
    consents_in_place: bool = False
    taking_part: frozenset[Seat] = frozenset()
    kind: Kind = Kind.WGB
    region: Region = NOWHERE

    @cached_property
    def process(self) -> Process:
        """The process of its kind, as it goes where the trajectory runs."""
        return process_of(self.kind, self.region)

    @property
    def seats(self) -> frozenset[Seat]:
        """Who sits at the talk with which this trajectory begins."""
        return frozenset() if self.process.talk is None else self.process.talk.seats

    def begins_with(self, talk: str) -> bool:
        """Whether a conversation of this kind is the one with which it begins."""
        return self.process.talk is not None and self.process.talk.kind == talk

    @cached_property
    def in_order(self) -> list[Reached]:
        """What was reached, in the order in which it was recorded."""
        return sorted(self.reached, key=lambda event: event.at)

    @cached_property
    def _since(self) -> dict[Milestone, date]:
        found: dict[Milestone, date] = {}
        for event in self.in_order:
            found[event.milestone] = event.on
            for undone in _UNDOES.get(event.milestone, ()):
                found.pop(undone, None)
        return found

    def since(self, milestone: Milestone) -> date | None:
        """The day this milestone was last reached, unless it was undone afterwards."""
        return self._since.get(milestone)

    def has(self, milestone: Milestone) -> bool:
        return self.since(milestone) is not None

    @property
    def plan_agreed_on(self) -> date | None:
        """The client agreed to the plan as the coach refined it; an older yes does not count."""
        refined = [e.at for e in self.reached if e.milestone is M.PLAN_REFINED]
        agreed = [e for e in self.reached if e.milestone is M.PLAN_AGREED]
        after = [e.on for e in agreed if refined and e.at >= max(refined)]
        return min(after, default=None)

    @property
    def absent(self) -> frozenset[Seat]:
        """Parties whose absence the client accepted."""
        accepted = [e.detail for e in self.reached if e.milestone is M.ABSENCE_ACCEPTED]
        return frozenset(Seat(detail) for detail in accepted if detail is not None)


def phase_of(reached: Sequence[Reached], kind: Kind = Kind.WGB) -> tuple[Phase, date] | None:
    """The furthest phase that was reached, and since when; None before anything is known."""
    standing = Standing(reached, kind=kind)
    found = None
    for milestone, phase in process_of(kind).phases:
        since = standing.since(milestone)
        if since is not None:
            found = (phase, since)
    return found
