"""Which moments of a trajectory may become a status; pure.

Left out, and refused in a configuration: whatever tells of health or care (medical talk, rest,
preparation, crisis), of plans, measurements, pauses and absence, and why something ended.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

END = "ended"

MOMENTS: Mapping[str, int] = {
    "referred": 10,
    "referral_accepted": 20,
    "applied": 30,
    "application_approved": 40,
    "introduction_talk": 50,
    "intake_held": 60,
    "work_talk": 70,
    "coach_linked": 80,
    "assignment_accepted": 90,
    "program_entered": 100,
    "activated": 110,
    "start_conversation": 120,
    "start_conversation_confirmed": 130,
    "try_out_started": 140,
    "vacancy_found": 150,
    "selected": 160,
    "trial_started": 170,
    "job_started": 180,
    "contract_made": 190,
    "paid_job_started": 200,
    "extended": 210,
    "reviewed": 220,
    "final_review": 230,
    "concluded": 240,
    END: 600,
}
"""By milestone, its second of the day. A number never changes: it is how we know again which
status is which, as a case system allows one per moment and zaak and keeps no key of ours."""


def moment_of(milestone: str, on: date) -> datetime:
    """When the status was reached: early on that day, which is the same day in UTC and here."""
    return datetime.combine(on, time(), UTC) + timedelta(seconds=MOMENTS[milestone])
