"""Where a trajectory stands, out of what one viewer may know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.access.vocabulary import Role
from app.domain.trajectory.rules.kinds import Variant
from app.domain.trajectory.rules.milestones import Milestone, Reached

M = Milestone


class Phase(StrEnum):
    """In one word; the names say nothing about treatment."""

    INTAKE = "intake"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    MEDICAL_TALK = "medical_talk"
    WORK_TALK = "work_talk"
    COACH_LINKED = "coach_linked"
    PLANNING = "planning"
    START_CONVERSATION = "start_conversation"
    ACTIVE = "active"
    FINAL_REVIEW = "final_review"
    ENDED = "ended"


class Seat(StrEnum):
    """The four parties of the start conversation."""

    CLIENT = "client"
    CLINICIAN = "clinician"
    AUTHORITY = "authority"
    COACH = "coach"


SEATS: dict[Role, Seat] = {
    Role.CLIENT: Seat.CLIENT,
    Role.CLINICIAN: Seat.CLINICIAN,
    Role.LABOUR_EXPERT: Seat.AUTHORITY,
    Role.MUNICIPAL_CASE_MANAGER: Seat.AUTHORITY,
    Role.REINTEGRATION_COACH: Seat.COACH,
    Role.IPS_COACH: Seat.COACH,
}
_PHASES = (
    (M.WORK_QUESTION_ASKED, Phase.INTAKE),
    (M.REFERRED, Phase.REFERRED),
    (M.REFERRAL_ACCEPTED, Phase.ACCEPTED),
    (M.UWV_MEDICAL_TALK, Phase.MEDICAL_TALK),
    (M.WORK_TALK, Phase.WORK_TALK),
    (M.COACH_LINKED, Phase.COACH_LINKED),
    (M.PLAN_REFINED, Phase.PLANNING),
    (M.START_CONVERSATION, Phase.START_CONVERSATION),
    (M.START_CONVERSATION_CONFIRMED, Phase.ACTIVE),
    (M.FINAL_REVIEW, Phase.FINAL_REVIEW),
    (M.ENDED, Phase.ENDED),
)
_UNDOES = {
    M.WORK_QUESTION_REFUSED: (M.WORK_QUESTION_ASKED,),
    M.REFERRAL_REFUSED: (M.REFERRED,),
    M.REFERRAL_WITHDRAWN: (M.REFERRED,),
    M.STOPPED_AT_AUTHORITY: (M.REFERRED, M.REFERRAL_ACCEPTED),
    M.PLACEMENT_ENDED: (M.PLACEMENT_STARTED,),
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


def phase_of(reached: Sequence[Reached]) -> tuple[Phase, date] | None:
    """The furthest phase that was reached, and since when; None before anything is known."""
    standing = Standing(reached)
    found = None
    for milestone, phase in _PHASES:
        since = standing.since(milestone)
        if since is not None:
            found = (phase, since)
    return found
