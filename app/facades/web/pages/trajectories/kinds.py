"""The kinds of records under a trajectory that are kept by a form each, and what may follow one."""

from functools import partial

from app.facades.web.kinds import Kind, always, is_open
from app.facades.web.telling import holds

OWNER = "/trajectories/{trajectory_id}"
_MET = ("happenedOn", "mode", "place", "kind", "minutes", "note")
_kind = partial(Kind, OWNER)
KINDS = (
    _kind("contacts", "contact_id", order=_MET, day="happenedOn", quick=True),
    _kind("employer-contacts", "contact_id", day="happenedOn", quick=True),
    _kind(
        "ladder-measurements",
        "measurement_id",
        {"agreements": always},
        day="measuredOn",
        quick=True,
    ),
    _kind(
        "placements",
        "placement_id",
        {"agreements": is_open("endedOn"), "ends": is_open("endedOn")},
        quick=True,
    ),
    _kind("accommodations", "accommodation_id"),
    _kind("provisions", "provision_id"),
    _kind("supports", "support_id"),
    _kind("retained-jobs", "job_id"),
    _kind("action-plans", "plan_id", {"agreements": is_open("agreedOn"), "statements": always}),
    _kind("career-profiles", "profile_id"),
    _kind("job-search-plans", "plan_id", {"agreements": is_open("agreedOn")}),
    _kind("disclosure-decisions", "decision_id"),
    _kind("benefits-counselling", "counselling_id"),
    _kind("benefit", "benefit_id"),
    _kind("target-group-statuses", "status_id"),
    _kind("aftercare", "aftercare_id"),
    _kind("transition-support", "support_id"),
    _kind("transfers", "transfer_id", {"agreements": is_open("agreedOn")}),
    _kind("day-activities", "activity_id"),
    _kind("green-contracts", "contract_id"),
    _kind("work-history", "history_id"),
    _kind("work-capacity", "capacity_id", {"releases": is_open("releasedAt")}),
    _kind("work-advice", "advice_id", {"releases": is_open("releasedAt")}),
    _kind("insurance-physician-notes", "note_id"),
    _kind("psychological-anamneses", "anamnesis_id"),
    _kind("life-events", "event_id"),
    _kind("wellbeing", "wellbeing_id"),
    _kind("feedback", "feedback_id", quick=True),
    _kind("questions", "question_id", {"answers": always}),
    _kind("progress-reports", "report_id", {"readings": is_open("releasedAt")}),
    _kind(
        "concerns",
        "concern_id",
        {"reports": is_open("reportedAt"), "follow-ups": is_open("followedUpOn")},
    ),
    _kind("meaning-views", "view_id"),
    _kind("peer-support-attendances", "attendance_id"),
    _kind("pauses", "pause_id", {"resumptions": is_open("resumedOn")}, day="pausedOn", quick=True),
    _kind("participants", "participant_id", {"ends": holds}),
    _kind("coordinators", "coordinator_id"),
    _kind("transitions", "transition_id"),
    _kind(
        "applications",
        "application_id",
        {
            "cost-requests": always,
            "decisions": always,
            "final-determinations": always,
            "stop-notices": always,
            "stop-notices/forwards": always,
        },
    ),
)
"""Consents, referrals and start conversations have pages of their own; reminders are kept by us."""
