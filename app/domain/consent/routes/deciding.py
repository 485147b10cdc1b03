"""Asking beforehand what a hat may do, over HTTP."""

from app.access.acts import searches
from app.access.session import Reading
from app.access.vocabulary import Category
from app.domain.consent.actions import deciding as actions
from app.domain.consent.schemas.deciding import AccessDecisionsOut, AccessQuestionsIn
from app.platform.http.routing import Router

router = Router(prefix="/access-decisions", tags=["consent"])


@router.post("/_evaluate", act=searches(Category.EXISTENCE, Category.CONSENT), reads=True)
async def evaluate_access(body: AccessQuestionsIn, session: Reading) -> AccessDecisionsOut:
    """May this hat read or add this kind of data? Of your own hat; of anybody's for the client.

    `read` is allowed where all of it opens, `read_any` where a part does. What is held back record
    by record stays so: drafts, what is addressed to others, restricted or confided.
    """
    return await actions.answer(session, body)
