"""The kinds of records under a trajectory that are kept by a form each, and what may follow one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.facades.web.operations import Json

OWNER = "/trajectories/{trajectory_id}"
Holds = Callable[[Json], bool]


def _is_open(name: str) -> Holds:
    """Whether that day has not come yet."""
    return lambda told: told.get(name) is None


def _always(_: Json) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """One collection: the name of its id in the contract, and the acts on one of its records.

    Each act says of which records it is still possible. `order` is what the form asks first, `day`
    the field that is today unless said otherwise. `note` is a template above the questions. What is
    `quick` is recorded on the page of the trajectory, and one stays there.
    """

    name: str
    item: str
    acts: Mapping[str, Holds] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    day: str | None = None
    note: str | None = None
    quick: bool = False

    @property
    def collection(self) -> str:
        return f"{OWNER}/{self.name}"

    @property
    def record(self) -> str:
        return f"{self.collection}/{{{self.item}}}"


_MET = ("happenedOn", "mode", "place", "kind", "minutes", "note")
KINDS = (
    Kind("contacts", "contact_id", order=_MET, day="happenedOn", quick=True),
    Kind("employer-contacts", "contact_id", day="happenedOn", quick=True),
    Kind(
        "ladder-measurements",
        "measurement_id",
        {"agreements": _always},
        day="measuredOn",
        quick=True,
    ),
    Kind(
        "placements",
        "placement_id",
        {"agreements": _is_open("endedOn"), "ends": _is_open("endedOn")},
        quick=True,
    ),
    Kind("accommodations", "accommodation_id"),
    Kind("provisions", "provision_id"),
    Kind("supports", "support_id"),
    Kind("retained-jobs", "job_id"),
    Kind("action-plans", "plan_id", {"agreements": _is_open("agreedOn"), "statements": _always}),
    Kind("career-profiles", "profile_id"),
    Kind("job-search-plans", "plan_id", {"agreements": _is_open("agreedOn")}),
    Kind("disclosure-decisions", "decision_id"),
    Kind("benefits-counselling", "counselling_id"),
    Kind("benefit", "benefit_id"),
    Kind("target-group-statuses", "status_id"),
    Kind("aftercare", "aftercare_id"),
    Kind("transition-support", "support_id"),
    Kind("transfers", "transfer_id", {"agreements": _is_open("agreedOn")}),
    Kind("day-activities", "activity_id"),
    Kind("green-contracts", "contract_id"),
    Kind("work-history", "history_id"),
    Kind("work-capacity", "capacity_id", {"releases": _is_open("releasedAt")}),
    Kind("work-advice", "advice_id", {"releases": _is_open("releasedAt")}),
    Kind("insurance-physician-notes", "note_id"),
    Kind("psychological-anamneses", "anamnesis_id"),
    Kind("life-events", "event_id"),
    Kind("wellbeing", "wellbeing_id"),
    Kind("feedback", "feedback_id", quick=True),
    Kind("questions", "question_id", {"answers": _always}),
    Kind("progress-reports", "report_id", {"readings": _is_open("releasedAt")}),
    Kind(
        "concerns",
        "concern_id",
        {"reports": _is_open("reportedAt"), "follow-ups": _is_open("followedUpOn")},
    ),
    Kind("meaning-views", "view_id"),
    Kind("peer-support-attendances", "attendance_id"),
    Kind("pauses", "pause_id", {"resumptions": _is_open("resumedOn")}, day="pausedOn", quick=True),
    Kind("participants", "participant_id", {"ends": _is_open("validUntil")}),
    Kind("coordinators", "coordinator_id"),
    Kind("transitions", "transition_id"),
    Kind(
        "applications",
        "application_id",
        {
            "cost-requests": _always,
            "decisions": _always,
            "final-determinations": _always,
            "stop-notices": _always,
            "stop-notices/forwards": _always,
        },
    ),
)
"""Consents, referrals and start conversations have pages of their own; reminders are kept by us."""
