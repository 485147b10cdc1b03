"""What goes in and out about contacts with employers for one client."""

from typing import Self
from uuid import UUID

from pydantic import ConfigDict, model_validator

from app.access.disclosure import Disclosed
from app.access.versions import Stamp
from app.access.vocabulary import Category
from app.domain.employer.rules.contacts import (
    ContactOutcome,
    ContactPurpose,
    DeclinedReason,
    EmployerContactMode,
    told_well,
)
from app.domain.placement.rules.search import MatchesPlan, SpokenBy
from app.platform.http.schemas import Day, Id, In, ShortText, Text, refuse


class JobSearchContactIn(In):
    """With an employer of your own directory, or one that is named only.

    `visitId`: the contact of the directory during which this was spoken of as well, so that one
    visit for three clients is one visit; nothing leads back from there.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "employerName": "Bakkerij Proefkorst",
                    "happenedOn": "2024-11-05",
                    "mode": "face_to_face",
                    "purpose": "vacancy",
                    "spokenBy": "coach",
                    "matchesPlan": "yes",
                    "outcome": "interview",
                }
            ]
        }
    )

    employer_id: Id | None = None
    employer_name: ShortText | None = None
    visit_id: Id | None = None
    happened_on: Day
    mode: EmployerContactMode
    purpose: ContactPurpose
    spoken_by: SpokenBy
    matches_plan: MatchesPlan
    outcome: ContactOutcome
    declined_reason: DeclinedReason | None = None
    note: Text | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def _one_employer(self) -> Self:
        if (self.employer_id is None) == (self.employer_name is None):
            raise refuse("wrong_combination", "Give either employerId or employerName.")
        if self.visit_id is not None and self.employer_id is None:
            raise refuse("wrong_combination", "A visit is to an employer of your own directory.")
        if not told_well(self.outcome, self.declined_reason):
            raise refuse("wrong_combination", "A declined match has its reason, and no other.")
        return self


class JobSearchContactOut(Stamp, Disclosed, category=Category.CONTACT_LOG):
    employer_id: UUID | None
    employer_name: str
    visit_id: UUID | None
    happened_on: Day
    mode: EmployerContactMode
    purpose: ContactPurpose
    spoken_by: SpokenBy
    matches_plan: MatchesPlan
    outcome: ContactOutcome
    declined_reason: DeclinedReason | None
    note: str | None
