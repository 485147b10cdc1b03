"""Start and review conversations over HTTP."""

from app.access.acts import creates, reads
from app.access.session import Reading, Writing
from app.access.vocabulary import Category
from app.domain.startconversation.actions import answering, confirming, holding, minuting, planning
from app.domain.startconversation.actions.reading import CONVERSATIONS, INVITATIONS, LISTED
from app.domain.startconversation.schemas.incoming import (
    AcceptanceIn,
    AnswerIn,
    AppointmentIn,
    AttendanceIn,
    ConfirmationIn,
    ConversationIn,
    InvitationsIn,
    ProposalsIn,
)
from app.domain.startconversation.schemas.minutes import MinutesIn
from app.domain.startconversation.schemas.outgoing import (
    ConversationListedOut,
    ConversationOut,
    InvitationOut,
)
from app.domain.trajectory.queries import parent
from app.platform.http.paging import Cursor, Page, PageSize
from app.platform.http.routing import Router
from app.platform.http.schemas import Id

TAGS = ["start conversations"]
conversations = Router(prefix="/trajectories/{trajectory_id}/start-conversations", tags=TAGS)
invitations = Router(prefix="/trajectories/{trajectory_id}/conversation-invitations", tags=TAGS)
routers = [conversations, invitations]
STATUS, CONTENT = Category.STATUS, Category.START_CONVERSATION
ONE = "/v1/trajectories/{trajectory_id}/start-conversations/{id}"
INVITATION = "/v1/trajectories/{trajectory_id}/conversation-invitations/{id}"
again = CONVERSATIONS.again


@conversations.post("", status_code=201, act=creates(CONTENT, STATUS), again=again, location=ONE)
async def ask_parties(trajectory_id: Id, body: ConversationIn, session: Writing) -> ConversationOut:
    """Ask the parties to a conversation, on one of several dates."""
    return await planning.ask(session, trajectory_id, body)


@conversations.get("", act=reads(CONTENT))
async def list_conversations(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[ConversationListedOut]:
    """The conversations whose content you may see."""
    above = await parent(session, trajectory_id)
    return await LISTED.page(session, above, cursor, page_size)


@conversations.get("/{conversation_id}", act=reads(CONTENT, STATUS))
async def read_conversation(
    trajectory_id: Id, conversation_id: Id, session: Reading
) -> ConversationOut:
    """One conversation with its parts."""
    return await CONVERSATIONS.read(session, trajectory_id, conversation_id)


@conversations.post(
    "/{conversation_id}/proposals", status_code=201, act=creates(STATUS), again=again, location=ONE
)
async def propose_dates(
    trajectory_id: Id, conversation_id: Id, body: ProposalsIn, session: Writing
) -> ConversationOut:
    """Offer another round of dates."""
    return await planning.propose(session, trajectory_id, conversation_id, body)


@conversations.post(
    "/{conversation_id}/invitations",
    status_code=201,
    act=creates(STATUS),
    again=again,
    location=ONE,
)
async def invite_parties(
    trajectory_id: Id, conversation_id: Id, body: InvitationsIn, session: Writing
) -> ConversationOut:
    """Invite more parties."""
    return await planning.invite(session, trajectory_id, conversation_id, body)


@conversations.post(
    "/{conversation_id}/invitations/{invitation_id}/answers",
    status_code=201,
    act=creates(STATUS),
    again=INVITATIONS.again,
    location=INVITATION,
)
async def answer_invitation(
    trajectory_id: Id,
    conversation_id: Id,
    invitation_id: Id,
    body: AnswerIn,
    session: Writing,
) -> InvitationOut:
    """Say which dates suit, or that you do not come; no reason is asked."""
    return await answering.answer(session, trajectory_id, conversation_id, invitation_id, body)


@conversations.post(
    "/{conversation_id}/appointments",
    status_code=201,
    act=creates(STATUS),
    again=again,
    location=ONE,
)
async def choose_date(
    trajectory_id: Id, conversation_id: Id, body: AppointmentIn, session: Writing
) -> ConversationOut:
    """Choose one of the proposed moments."""
    return await answering.appoint(session, trajectory_id, conversation_id, body)


@conversations.post(
    "/{conversation_id}/attendance",
    status_code=201,
    act=creates(CONTENT),
    again=again,
    location=ONE,
)
async def record_attendance(
    trajectory_id: Id, conversation_id: Id, body: AttendanceIn, session: Writing
) -> ConversationOut:
    """Record the day it was held and who was really there."""
    return await holding.attend(session, trajectory_id, conversation_id, body)


@conversations.post(
    "/{conversation_id}/absence-acceptances",
    status_code=201,
    act=creates(CONTENT),
    again=again,
    location=ONE,
)
async def accept_absence(
    trajectory_id: Id, conversation_id: Id, body: AcceptanceIn, session: Writing
) -> ConversationOut:
    """As the client: accept that a party was not there."""
    return await holding.accept_absence(session, trajectory_id, conversation_id, body)


@conversations.post(
    "/{conversation_id}/minutes", status_code=201, act=creates(CONTENT), again=again, location=ONE
)
async def write_minutes(
    trajectory_id: Id, conversation_id: Id, body: MinutesIn, session: Writing
) -> ConversationOut:
    """Write down what was agreed, or a corrected version."""
    return await minuting.write_down(session, trajectory_id, conversation_id, body)


@conversations.post(
    "/{conversation_id}/confirmations",
    status_code=201,
    act=creates(CONTENT),
    again=again,
    location=ONE,
)
async def confirm_minutes(
    trajectory_id: Id, conversation_id: Id, body: ConfirmationIn, session: Writing
) -> ConversationOut:
    """Confirm the newest minutes; the client's confirmation makes the conversation count."""
    return await confirming.confirm(session, trajectory_id, conversation_id, body)


@invitations.get("", act=reads(STATUS))
async def list_invitations(
    trajectory_id: Id, session: Reading, cursor: Cursor = None, page_size: PageSize = 20
) -> Page[InvitationOut]:
    """The invitations of conversations in which you take part: kind, dates and place."""
    above = await parent(session, trajectory_id)
    return await INVITATIONS.page(session, above, cursor, page_size)


@invitations.get("/{invitation_id}", act=reads(STATUS))
async def read_invitation(trajectory_id: Id, invitation_id: Id, session: Reading) -> InvitationOut:
    """One invitation."""
    return await INVITATIONS.read(session, trajectory_id, invitation_id)
