"""One talk: its page, and what each party can do there."""

from app.facades.operations import Json
from app.facades.web.answers import Onward, Shown
from app.facades.web.forms.reading import day
from app.facades.web.pages.startconversations.showing import ONE, shown, tried
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()


@pages.get(ONE)
async def conversation(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown:
    return await shown(visit, trajectory_id, conversation_id)


@pages.post(ONE + "/invitations/{invitation_id}/answers")
async def answered(
    visit: Visit, trajectory_id: str, conversation_id: str, invitation_id: str
) -> Shown | Onward:
    act = f"invitations/{invitation_id}/answers"
    at = trajectory_id, conversation_id
    return await tried(visit, at, act, answer(visit), "Uw antwoord is verstuurd.")


@pages.post(ONE + "/appointments")
async def chosen(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown | Onward:
    body = {"proposalId": visit.field("proposalId")}
    at = trajectory_id, conversation_id
    return await tried(visit, at, "appointments", body, "Het moment is gekozen.")


@pages.post(ONE + "/attendance")
async def held(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown | Onward:
    body = {"heldOn": day(visit.field("heldOn")), "present": visit.several("present")}
    at = trajectory_id, conversation_id
    return await tried(visit, at, "attendance", body, "Vastgelegd wie er waren.")


@pages.post(ONE + "/absence-acceptances")
async def absent(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown | Onward:
    body = {"invitationId": visit.field("invitationId")}
    at = trajectory_id, conversation_id
    done = "U vindt het goed dat deze partij er niet bij was."
    return await tried(visit, at, "absence-acceptances", body, done)


@pages.post(ONE + "/confirmations")
async def confirmed(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown | Onward:
    """In the own session; or, with a party and a witness, what another said on paper or by word."""
    names = ("minutesId", "how", "invitationId", "witness")
    body = {name: visit.field(name) for name in names if visit.field(name)}
    at = trajectory_id, conversation_id
    return await tried(visit, at, "confirmations", body, "De bevestiging is vastgelegd.")


def answer(visit: Visit) -> Json:
    """The moments that suit, or that one does not come."""
    if visit.field("declined"):
        return {"declined": True}
    return {"accepts": visit.several("accepts")}
