"""The kinds of team, the five of an EXIT team, and who may do what; pure."""

from enum import StrEnum

from app.access.acts import DirectoryAct
from app.access.vocabulary import Role, Verb


class TeamKind(StrEnum):
    """Teams around a client that the sources name (domain A1)."""

    FACT = "fact"
    EXIT = "exit"
    ACT = "act"
    WIJKTEAM = "wijkteam"
    OTHER = "other"


class TeamRole(StrEnum):
    """The five of an EXIT team (Rotterdam); what somebody may see follows from a membership."""

    DIRECTOR = "director"
    SOCIAL_PSYCHIATRIC_NURSE = "social_psychiatric_nurse"
    PSYCHOLOGIST = "psychologist"
    SOCIAL_WORKER = "social_worker"
    JOB_COACH = "job_coach"


LOOK = DirectoryAct(Verb.READ)
FORM = DirectoryAct(Verb.CREATE, (Role.ORGANISATION_ADMIN,))
MEET = DirectoryAct(Verb.CREATE)
FIGURE = frozenset({Role.SUPERVISOR, Role.IPS_COACH, Role.REINTEGRATION_COACH})


def fits(kind: TeamKind, role: TeamRole | None) -> bool:
    """Only an EXIT team has places with names, and there each has one."""
    return (role is not None) is (kind is TeamKind.EXIT)


def per_full_time(trajectories: int, fte: float | None) -> float | None:
    """Trajectories for each full-time equivalent, in one decimal; None without known hours."""
    return None if fte is None else round(trajectories / fte, 1)
