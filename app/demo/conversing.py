"""How parties come to a conversation: dates, answers, who was there, minutes, confirmations."""

from typing import Any

from app.demo.deeds import SEE_IN_CARE, TEXT, recipient
from app.demo.script import Scene


def _path(scene: Scene, key: str) -> str:
    return f"{scene.of_trajectory}/start-conversations/{scene[key]}"


async def arrange(scene: Scene, key: str, kind: str, by: str, at: str) -> None:
    """Ask the four parties; everyone answers; the date is chosen."""
    invited = [recipient(scene, role) for role in scene.parties]
    body = {
        "kind": kind,
        "proposals": [{"startsAt": at, "place": "Spreekkamer 4"}],
        "invitations": invited,
    }
    path = f"{scene.of_trajectory}/start-conversations"
    made = await scene.player.made(scene.part(by), path, body)
    scene.keep(key, made)
    proposal = made["proposals"][0]["id"]
    roles = {recipient(scene, role)["role"]: scene.part(role) for role in scene.parties}
    for invitation in made["invitations"]:
        who = roles.get(invitation["role"], scene.client)
        answer = f"{_path(scene, key)}/invitations/{invitation['id']}/answers"
        await scene.player.made(who, answer, {"accepts": [proposal]})
    chosen = {"proposalId": proposal}
    await scene.player.made(scene.part(by), f"{_path(scene, key)}/appointments", chosen)


async def open_to_all(scene: Scene, key: str) -> None:
    """One yes of the client by which all parties may see the agreements, whoever wrote them."""
    body = {
        "kind": "secrecy_waiver",
        "trajectoryId": scene["trajectory"],
        "conversationId": scene[key],
        "parties": [recipient(scene, role) for role in scene.parties],
        "purposes": SEE_IN_CARE,
        "textVersion": TEXT,
        "givenHow": "portal",
    }
    path = f"{scene.of_client}/conversation-consents"
    scene.keep(f"{key}-consent", await scene.player.made(scene.client, path, body))


async def hold(scene: Scene, key: str, by: str, on: str, minutes: dict[str, Any]) -> None:
    """Everyone was there; one party writes down what was agreed."""
    path = _path(scene, key)
    conversation = await scene.player.seen(scene.part(by), path)
    present = [invitation["id"] for invitation in conversation["invitations"]]
    attendance = {"heldOn": on, "present": present}
    await scene.player.made(scene.part(by), f"{path}/attendance", attendance)
    await scene.player.made(scene.part(by), f"{path}/minutes", minutes)


async def confirm(scene: Scene, key: str) -> None:
    """Each party confirms the minutes, the client as the last: then the conversation counts."""
    for persona in [*(scene.part(role) for role in scene.parties), scene.client]:
        path = _path(scene, key)
        minutes = (await scene.player.seen(persona, path))["minutes"]["id"]
        await scene.player.made(persona, f"{path}/confirmations", {"minutesId": minutes})
