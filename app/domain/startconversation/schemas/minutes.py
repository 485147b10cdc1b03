"""What is written down of a conversation: agreements, and nothing medical."""

from typing import Literal

from pydantic import ConfigDict, Field

from app.access.vocabulary import Category, Role
from app.platform.http.schemas import Day, Id, In, ShortText


class AgreementIn(In):
    what: ShortText
    owner: Role
    by_when: Day | None = None


class SharingIn(In):
    """What was agreed on sharing; agreeing here opens nothing, consents do."""

    party: Role
    categories: list[Category] = Field(min_length=1, max_length=len(Category))


class FinalReviewIn(In):
    """The end as the parties see it; the rung itself stays a measurement."""

    ladder_measurement_id: Id | None = None
    goal_met: bool | None = None
    client_verdict: ShortText | None = None
    next_step: ShortText | None = None


class MinutesIn(In):
    """Agreements only. Words that look medical are refused."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "successDefinition": "Twee dagen per week met hout, betaald of niet",
                    "agreements": [
                        {
                            "what": "Werkervaringsplaats zoeken",
                            "owner": "reintegration_coach",
                            "byWhen": "2025-06-01",
                        }
                    ],
                    "reviewDates": ["2025-07-03", "2025-10-02", "2026-01-08"],
                    "durationMonths": 12,
                    "sharing": [{"party": "labour_expert", "categories": ["action_plan"]}],
                }
            ]
        }
    )

    success_definition: ShortText | None = None
    agreements: list[AgreementIn] = Field(default=[], max_length=30)
    review_dates: list[Day] = Field(default=[], max_length=12)
    duration_months: Literal[12, 18] | None = None
    sharing: list[SharingIn] = Field(default=[], max_length=10)
    points: list[ShortText] = Field(default=[], max_length=30)
    final_review: FinalReviewIn | None = None
