"""Questions about what a hat may do with a kind of data, and the answers."""

from typing import Annotated

from pydantic import Field

from app.access.vocabulary import Basis, Category, Purpose
from app.domain.consent.rules.deciding import Limit, Wish
from app.domain.consent.schemas.consents import example
from app.platform.http.schemas import Id, In, Out

MOST_QUESTIONS = 100
"""In one call."""


class AccessQuestionIn(In):
    """One kind of data, of one client or of one trajectory.

    `hatId` is a membership, a link of a person to a client, or a client system. `organisationId`
    asks about the records of that organisation alone. Without `purpose` it is yours for your own
    hat, and for another the first one of its role.
    """

    hat_id: Id
    wish: Wish
    category: Category
    client_id: Id | None = None
    trajectory_id: Id | None = None
    organisation_id: Id | None = None
    purpose: Purpose | None = None


class AccessQuestionsIn(In):
    """Answered in their order."""

    model_config = example(
        {
            "questions": [
                {
                    "hatId": "5d1c6a50-1c1c-4b6f-8a53-6c4b7d0e4a01",
                    "wish": "read",
                    "category": "ladder",
                    "trajectoryId": "5a6f0d3e-6a0e-4a57-8d8f-0b6b6f2f1a02",
                }
            ]
        }
    )

    questions: Annotated[list[AccessQuestionIn], Field(min_length=1, max_length=MOST_QUESTIONS)]


class AccessDecisionOut(Out):
    """What is unknown, what is hidden and whom you may not ask about are one answer: a bare no."""

    allowed: bool
    bases: Annotated[list[Basis], Field(description="On what it rests, for who may know.")]
    limits: Annotated[
        list[Limit],
        Field(description="In which way what opens is less than all; drafts and the like apart."),
    ]


class AccessDecisionsOut(Out):
    """One for each question, in the order of the request."""

    answers: list[AccessDecisionOut]
