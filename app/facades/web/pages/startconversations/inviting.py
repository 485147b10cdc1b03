"""One invitation: which moments suit, for who may not see the talk itself yet."""

from dataclasses import replace
from http import HTTPStatus

from app.facades.operations import Json, Told
from app.facades.web.answers import Onward, Shown, refusal
from app.facades.web.forms.sending import tried
from app.facades.web.pages.startconversations.one import answer
from app.facades.web.pages.startconversations.showing import (
    ALL,
    MAIL,
    address,
    talk,
    typed,
)
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
ONE = MAIL + "/{invitation_id}"


@pages.get(ONE)
async def invitation(visit: Visit, trajectory_id: str, invitation_id: str) -> Shown | Onward:
    told = await visit.see(_address(trajectory_id, invitation_id))
    if await _is_open(visit, trajectory_id, told["conversationId"]):
        return Onward(address(trajectory_id, told["conversationId"]))
    return await _shown(visit, trajectory_id, told)


@pages.post(ONE + "/answers")
async def answered(visit: Visit, trajectory_id: str, invitation_id: str) -> Shown | Onward:
    told = await visit.see(_address(trajectory_id, invitation_id))
    path = address(trajectory_id, told["conversationId"])
    sent = await tried(visit, f"{path}/invitations/{invitation_id}/answers", answer(visit))
    if sent.ok:
        return Onward(_address(trajectory_id, invitation_id), "Uw antwoord is verstuurd.")
    return await _shown(visit, trajectory_id, told, failed=sent)


async def _shown(visit: Visit, trajectory_id: str, told: Json, failed: Told | None = None) -> Shown:
    """All invitations to one talk make the same table as the talk itself."""
    trajectory = await visit.see(f"/trajectories/{trajectory_id}")
    mail = await visit.every(MAIL.format(trajectory_id=trajectory_id))
    of_talk = [each for each in mail if each["conversationId"] == told["conversationId"]]
    found = await talk(visit, trajectory, {**told, "invitations": of_talk})
    return Shown(
        "startconversations/invitation.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK,
        talk=replace(found, organises=False),
        trajectory=trajectory,
        at=_address(trajectory_id, told["id"]),
        failed=refusal(failed) if failed else None,
        typed=typed(visit) if failed else {},
    )


async def _is_open(visit: Visit, trajectory_id: str, conversation: str) -> bool:
    """Asked of the list: to look at what is hidden would stand on the log as an attempt."""
    if not visit.may(f"GET {ALL}"):
        return False
    heads = await visit.every(ALL.format(trajectory_id=trajectory_id))
    return any(each["id"] == conversation for each in heads)


def _address(trajectory_id: str, invitation_id: str) -> str:
    return f"{MAIL.format(trajectory_id=trajectory_id)}/{invitation_id}"
