"""The client lets the parties of one talk read what is agreed in it, or stops that again."""

from app.facades.web.answers import Onward, Shown
from app.facades.web.forms.reading import day
from app.facades.web.forms.sending import tried
from app.facades.web.pages.startconversations import sharing
from app.facades.web.pages.startconversations.showing import ONE, address, shown, talk
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
NOTHING = "Er is niets gedeeld. U kunt hier altijd alsnog ja zeggen."
STOPPED = "Dat is gestopt. U hoeft niemand te zeggen waarom."


@pages.post(ONE + "/consents")
async def said(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown | Onward:
    """Yes, no or later for each party; only a yes does something."""
    at = address(trajectory_id, conversation_id)
    told, trajectory = await visit.see(at), await visit.see(f"/trajectories/{trajectory_id}")
    found = await talk(visit, trajectory, told)
    yes = [c for c in found.chairs if visit.field(f"share.{c.invitation}") == "yes"]
    if not yes:
        return Onward(at, NOTHING)
    body = sharing.given(visit.field("version"), trajectory_id, found, yes)
    if visit.field("validUntil"):
        body["validUntil"] = day(visit.field("validUntil"))
    path = f"/clients/{trajectory['clientId']}/conversation-consents"
    sent = await tried(visit, path, body)
    if sent.ok:
        names = ", ".join(chair.who for chair in yes)
        return Onward(at, f"Vanaf nu mag meelezen: {names}.")
    return await shown(visit, trajectory_id, conversation_id, failed=sent)


@pages.post(ONE + "/consents/{consent_id}/withdrawals")
async def stopped(
    visit: Visit, trajectory_id: str, conversation_id: str, consent_id: str
) -> Onward:
    """For one party."""
    await visit.act(f"/consents/{consent_id}/withdrawals", {}, key=visit.field("key"))
    return Onward(address(trajectory_id, conversation_id), STOPPED)


@pages.post(ONE + "/conversation-consents/{act_id}/withdrawals")
async def stopped_all(
    visit: Visit, trajectory_id: str, conversation_id: str, act_id: str
) -> Onward:
    """For all parties that were let in by one act."""
    client = (await visit.see(f"/trajectories/{trajectory_id}"))["clientId"]
    path = f"/clients/{client}/conversation-consents/{act_id}/withdrawals"
    await visit.act(path, {}, key=visit.field("key"))
    return Onward(address(trajectory_id, conversation_id), STOPPED)
