"""Psychological anamnesis and work advice, in and out."""

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, Stamp
from app.access.vocabulary import Category, Role
from app.platform.http.schemas import Day, Id, In, Moment, Text

FEW = 50


class AnamnesisIn(In):
    """The talk about coping and interpersonal relations, in the psychologist's words."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "talkOn": "2025-03-25",
                    "coping": "Zoekt rust bij drukte.",
                    "interpersonalRelations": "Werkt graag met een vaste collega.",
                }
            ]
        }
    )
    talk_on: Day
    coping: Text
    interpersonal_relations: Text
    other: Text | None = None
    supersedes: Id | None = None


class AnamnesisOut(Stamp, Disclosed, category=Category.PSYCHOLOGICAL_ANAMNESIS):
    """The anamnesis; stays in the GGZ."""

    talk_on: Day
    coping: Text
    interpersonal_relations: Text
    other: Text | None


class WorkAdviceIn(In):
    """What helps at work, in plain words: no scores, no names of tests, no complaints."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "madeOn": "2025-03-27",
                    "advice": ["Een taak tegelijk.", "Terugkoppeling in een gesprek."],
                }
            ]
        }
    )
    made_on: Day
    advice: list[SharedLine] = Field(min_length=1, max_length=FEW)
    supersedes: Id | None = None


class WorkAdviceOut(Stamp, Disclosed, category=Category.WORK_ADVICE):
    """The advice; inside the GGZ and with the client while `releasedAt` is null."""

    made_on: Day
    advice: list[SharedLine]
    released_at: Moment | None
    released_by: Role | None
