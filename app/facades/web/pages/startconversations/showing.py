"""One talk as a page: what comes next on top, and what is done below it."""

from collections.abc import Sequence
from http import HTTPStatus

from app.facades.operations import Json, Told
from app.facades.web.answers import Onward, Shown, problem_of, refusal
from app.facades.web.forms import sending
from app.facades.web.forms.reading import Sent, gathered
from app.facades.web.pages.startconversations import sharing
from app.facades.web.pages.startconversations.parties import (
    OWN_SIDE,
    Chair,
    chairs,
    organises,
    people,
    seats,
)
from app.facades.web.pages.startconversations.talk import Talk
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

ALL = "/trajectories/{trajectory_id}/start-conversations"
ONE = ALL + "/{conversation_id}"
FORM = "startconversations/form.html"
MAIL = "/trajectories/{trajectory_id}/conversation-invitations"


def address(trajectory_id: str, conversation_id: str) -> str:
    return ONE.format(trajectory_id=trajectory_id, conversation_id=conversation_id)


async def talk(visit: Visit, trajectory: Json, told: Json, *, named: bool = False) -> Talk:
    """A talk, or the invitations to one, with its table; `named` calls everyone by name."""
    invited = list(told.get("invitations") or ())
    known = await people(visit, trajectory, seats(invited))
    today = await visit.today()
    table = chairs(visit, known, invited, named=named)
    return Talk(told, table, today, organises(visit), visit.role)


async def shown(
    visit: Visit, trajectory_id: str, conversation_id: str, failed: Told | None = None
) -> Shown:
    """The page; after an act that could not be done with what is the matter, and what was typed."""
    told = await visit.see(address(trajectory_id, conversation_id))
    trajectory = await visit.see(f"/trajectories/{trajectory_id}")
    found = await talk(visit, trajectory, told)
    return Shown(
        "startconversations/one.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK,
        talk=found,
        trajectory=trajectory,
        at=address(trajectory_id, conversation_id),
        share=await sharing.asked(visit, trajectory, found),
        own_side=visit.role in OWN_SIDE,
        failed=matter(failed) if failed else None,
        typed=typed(visit) if failed else {},
        called=called(found.chairs),
    )


def matter(failed: Told) -> Json:
    """What is the matter; of what lacks before a talk counts, each thing by its own name."""
    told = refusal(failed)
    if failed.status == HTTPStatus.CONFLICT:
        told["faults"] = [
            words.fault(each["code"]) for each in problem_of(failed).get("errors", ())
        ]
    return told


def typed(visit: Visit) -> Sent:
    """What was sent, to be shown again."""
    return gathered(visit.form)


def called(found: Sequence[Chair]) -> dict[str, str]:
    """How each role of this talk is called, for agreements that name a role."""
    return {chair.role: chair.who for chair in reversed(found)}


async def tried(
    visit: Visit, at: tuple[str, str], act: str, body: Json, done: str
) -> Shown | Onward:
    """Carries an act on this talk out, or shows the talk again with what is the matter."""
    told = await sending.tried(visit, f"{address(*at)}/{act}", body)
    if told.ok:
        return Onward(address(*at), done)
    return await shown(visit, *at, failed=told)
