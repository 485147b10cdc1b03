"""Kinds of adjustment that make the work fit the person, and who asked for it."""

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
    OTHER = "other"
