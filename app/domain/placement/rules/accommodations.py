"""Kinds of adjustment that make the work fit the person, and who asked for it.

Of what an occupational physician advises, adjustments are all that is kept, and all that an
employer reads: neither nature nor cause, and not who advised it (source: domain, E5).
"""

from enum import StrEnum


class AccommodationKind(StrEnum):
    WORKING_HOURS = "working_hours"
    TASKS = "tasks"
    WORKPLACE = "workplace"
    TOOLS = "tools"
    GUIDANCE = "guidance"
    COMMUNICATION = "communication"
    TRAVEL = "travel"
    OTHER = "other"


class RequestedBy(StrEnum):
    CLIENT = "client"
    COACH = "coach"
    EMPLOYER = "employer"
    OCCUPATIONAL_PHYSICIAN = "occupational_physician"
    OTHER = "other"
