"""What goes in and out about subscriptions, events and dead letters."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.domain.event.rules.catalogue import EVERYTHING, types
from app.domain.event.rules.trying import DeliveryFault, SubscriptionEnd, SubscriptionState
from app.platform.http.schemas import In, Moment, Out, ShortText, refuse

_EXAMPLE: dict[str, Any] = {
    "url": "https://records.example.org/trede/events",
    "types": ["nl.trede.trajectories.started", "nl.trede.progress-reports.released"],
}


def _known(value: str) -> str:
    if value != EVERYTHING and value not in types():
        raise refuse("unknown_reference", "Not a type of event; see /v1/reference/event-types.")
    return value


EventType = Annotated[ShortText, AfterValidator(_known)]
Types = Annotated[list[EventType], Field(min_length=1, max_length=200)]
Rate = Annotated[
    int, Field(ge=1, le=60_000, description="At most so many calls per minute that you want.")
]


class SubscriptionIn(In):
    """Without `url` nothing is sent to you: you fetch from `/v1/events`."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    url: ShortText | None = Field(
        default=None, description="An https address on the public internet that takes `POST`."
    )
    types: Types = Field(
        default_factory=lambda: [EVERYTHING], description="Which types of event, or `*` for all."
    )
    wanted_rate: Rate | None = None


class SubscriptionChangeIn(In):
    """What is not named stays as it is; at another `url` the receiver has to agree anew."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"types": [EVERYTHING]}]})

    url: ShortText | None = None
    types: Types | None = None
    wanted_rate: Rate | None = None


class SubscriptionOut(Out):
    """`pending` until the receiver agreed; a secret is shown once, when it is made."""

    id: UUID
    organisation_id: UUID
    machine_id: UUID
    membership_id: UUID | None = None
    url: str | None = None
    types: list[str]
    state: SubscriptionState
    ended_why: SubscriptionEnd | None = None
    wanted_rate: int | None = None
    allowed_rate: int | None = None
    created_at: Moment
    confirmed_at: Moment | None = Field(
        default=None,
        description="When the receiver last agreed; what happens while it is asked anew is kept.",
    )
    ended_at: Moment | None = None
    previous_secret_until: Moment | None = None
    failing_since: Moment | None = None
    last_status: int | None = None
    last_fault: DeliveryFault | None = None
    secret: str | None = Field(
        default=None, description="`whsec_` and 32 bytes in base64, in this one answer only."
    )


class EventOut(Out):
    """One event, as CloudEvents 1.0 in the NL GOV profile: no data, only where it is read."""

    specversion: str
    id: UUID
    source: str
    type: str
    subject: UUID
    time: Moment
    dataref: str


class EventFeedOut(Out):
    """`nextCursor` is always there: ask with it later. `hasMore`: there is more right now."""

    items: list[EventOut]
    next_cursor: str
    has_more: bool


class DeadLetterOut(Out):
    """An event that did not arrive for days, and the status that the receiver answered last."""

    id: UUID
    event: EventOut
    attempts: int
    first_tried_at: Moment
    last_tried_at: Moment
    last_status: int | None = None
    last_fault: DeliveryFault | None = None


class RedeliveryIn(In):
    """One dead letter, or all of them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})

    dead_letter_id: UUID | None = Field(default=None, description="Without it all.")
