"""What goes in and out about handing on a caseload."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.domain.trajectory.schemas.participants import ClientAgreement
from app.platform.http.schemas import Id, In, Moment, Out

MOST = 50


class HandedOnIn(In):
    """One trajectory, with the client's yes to the new person where one is asked."""

    trajectory_id: Id
    client_agreement: Annotated[
        ClientAgreement | None,
        Field(description="Obligatory where the new person is of another organisation than yours."),
    ] = None


class HandOverIn(In):
    """To a colleague with the same role in the same organisation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "toMembershipId": "0b9f0b52-3c7e-4f0a-8f53-0d1f5f1c2a77",
                    "trajectories": [{"trajectoryId": "5a6f0d3e-6a0e-4a57-8d8f-0b6b6f2f1a02"}],
                }
            ]
        }
    )
    to_membership_id: Id
    trajectories: Annotated[list[HandedOnIn], Field(min_length=1, max_length=MOST)]


class HandedOnOut(Disclosed, category=Category.STATUS):
    """What was done in one trajectory."""

    id: UUID
    trajectory_id: UUID
    from_membership_id: UUID
    to_membership_id: UUID
    asked_again: Annotated[
        int, Field(description="Consents that name the one who left and were asked for again.")
    ]
    recorded_at: Moment
    withheld: list[str]


class NotHandedOn(StrEnum):
    """Why a trajectory stayed as it was; nothing of it was changed."""

    NOT_FOUND = "not_found"
    DOES_NOT_TAKE_PART = "does_not_take_part"
    NOT_YOURS_TO_HAND_ON = "not_yours_to_hand_on"
    CLIENT_AGREEMENT_NEEDED = "client_agreement_needed"
    TAKES_PART_ALREADY = "takes_part_already"
    ENDED = "ended"


class RefusedOut(Out):
    """This trajectory was not handed on, and is wholly as it was."""

    trajectory_id: UUID
    reason: NotHandedOn


class HandOverOut(Out):
    """Each trajectory is in one of both lists."""

    id: UUID
    handed_on: list[HandedOnOut]
    refused: list[RefusedOut]
