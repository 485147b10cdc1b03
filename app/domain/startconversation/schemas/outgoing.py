"""What is shown of a conversation: planning is [status], content [start_conversation]."""

from typing import Annotated
from uuid import UUID

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.domain.startconversation.rules.conversation import How, Kind, Mode, Reply
from app.platform.http.schemas import Day, Moment, Out

STATUS = Category.STATUS


class ProposalOut(Out):
    id: UUID
    starts_at: Moment
    mode: Mode
    place: str | None


class AnswerOut(Out):
    reply: Reply
    accepts: list[UUID]
    answered_at: Moment | None


class InvitationOut(Disclosed, category=STATUS):
    """All that an invited party knows before the client's consent: kind, dates and place."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    conversation_id: UUID
    kind: Kind
    role: Role
    organisation_id: UUID | None
    membership_id: UUID | None
    answer: AnswerOut
    proposals: list[ProposalOut]
    chosen_proposal_id: UUID | None
    withheld: list[str]


class InvitedOut(Out):
    id: UUID
    role: Role
    organisation_id: UUID | None
    membership_id: UUID | None
    answer: AnswerOut


class AttendanceOut(Out):
    held_on: Day
    present: list[UUID]
    absent: list[UUID]
    accepted_absences: list[UUID]
    recorded_at: Moment
    author_role: Role


class AgreementOut(Out):
    what: str
    owner: Role
    by_when: Day | None


class SharingOut(Out):
    party: Role
    categories: list[Category]


class MinutesOut(Out):
    id: UUID
    recorded_at: Moment
    author_role: Role
    supersedes: UUID | None
    success_definition: str | None
    agreements: list[AgreementOut]
    review_dates: list[Day]
    duration_months: int | None
    sharing: list[SharingOut]
    points: list[str]
    ladder_measurement_id: UUID | None
    goal_met: bool | None
    client_verdict: str | None
    next_step: str | None


class ConfirmationOut(Out):
    """`recorded_by` differs from `party` when another wrote it down; then there was a witness."""

    id: UUID
    minutes_id: UUID
    party: Role
    how: How
    witness: str | None
    recorded_by: Role
    confirmed_at: Moment


class ConversationListedOut(Disclosed, category=Category.START_CONVERSATION):
    """A conversation in a list; read it for its parts."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    kind: Kind
    confirmed_at: Moment | None
    partial: bool


class ConversationOut(Disclosed, category=Category.START_CONVERSATION):
    """A conversation with all its parts that you may see; `partial` = your own parts only."""

    id: UUID
    recorded_at: Moment
    author_role: Role
    kind: Kind
    confirmed_at: Moment | None
    partial: bool
    attendance: AttendanceOut | None
    minutes: MinutesOut | None
    earlier_minutes: list[MinutesOut]
    confirmations: list[ConfirmationOut]
    invitations: Annotated[list[InvitedOut] | None, STATUS] = None
    proposals: Annotated[list[ProposalOut] | None, STATUS] = None
    chosen_proposal_id: Annotated[UUID | None, STATUS] = None
    withheld: list[str]
