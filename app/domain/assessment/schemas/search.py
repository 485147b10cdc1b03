"""Career profile and job search plan, in and out."""

from typing import Annotated

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, Stamp
from app.access.vocabulary import Category, Role
from app.domain.assessment.rules import TravelsBy
from app.domain.assessment.schemas.history import HoursPerWeek
from app.domain.assessment.schemas.plans import Step
from app.platform.http.schemas import Day, Id, In

MANY = 30
Lines = Annotated[list[SharedLine], Field(max_length=MANY)]
Minutes = Annotated[int, Field(ge=1, le=180)]


class CareerProfileIn(In):
    """A version of the profile, out of one or more talks. Remarks on health have no place here."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "sessions": ["2024-10-10", "2024-10-17"],
                    "preferences": ["Bakken, met de handen werken."],
                    "experience": ["Bijbaan in een supermarkt."],
                    "skills": ["Nauwkeurig."],
                    "strengths": ["Komt op tijd."],
                    "network": ["Een oom met een bakkerij."],
                }
            ]
        }
    )
    sessions: list[Day] = Field(min_length=1, max_length=MANY)
    preferences: Lines = Field(default=[])
    experience: Lines = Field(default=[])
    skills: Lines = Field(default=[])
    strengths: Lines = Field(default=[])
    network: Lines = Field(default=[])
    lessons: Lines = Field(
        default=[], description="What the last job taught, for the next one; not of health."
    )


class CareerProfileOut(Stamp, Disclosed, category=Category.WORK_HISTORY):
    """One version of the profile."""

    version: int
    sessions: list[Day]
    preferences: Lines
    experience: Lines
    skills: Lines
    strengths: Lines
    network: Lines
    lessons: Lines


class JobSearchPlanIn(In):
    """A version of the plan, by the profile it follows from; the client agrees to it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "madeOn": "2024-10-29",
                    "profileId": "0b9f0b52-3c7e-4f0a-8f53-0d1f5f1c2a77",
                    "kindsOfWork": ["bakkerij", "logistiek"],
                    "travelsBy": "bike",
                    "travelMinutes": 30,
                }
            ]
        }
    )
    made_on: Day
    profile_id: Id
    kinds_of_work: Annotated[Lines, Field(min_length=1)]
    preferences: Lines = Field(default=[])
    steps: list[Step] = Field(default=[], max_length=MANY)
    travels_by: TravelsBy | None = None
    travel_minutes: Minutes | None = None
    hours_per_week: HoursPerWeek | None = None


class JobSearchPlanOut(Stamp, Disclosed, category=Category.ACTION_PLAN):
    """One version of the plan; not yet agreed while `agreedOn` is null.

    The profile is [work_history]: its id alone opens nothing.
    """

    version: int
    made_on: Day
    profile_id: Id
    kinds_of_work: Lines
    preferences: Lines
    steps: list[Step]
    travels_by: TravelsBy | None
    travel_minutes: int | None
    hours_per_week: float | None
    agreed_on: Day | None
    agreed_by: Role | None
