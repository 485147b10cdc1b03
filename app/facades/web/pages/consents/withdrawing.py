"""Withdrawing in one act, with what stops and what the law keeps before it; stopping is apart."""

from app.facades.operations import Json, RefusedError
from app.facades.web.answers import Onward, Shown
from app.facades.web.pages.consents.standing import told
from app.facades.web.pages.consents.whom import whom
from app.facades.web.site import Pages
from app.facades.web.telling import holds
from app.facades.web.visits import NOT_ALLOWED, Visit

pages = Pages()
OVER = "Ingetrokken. Deze partij ziet dit vanaf nu niet meer."
ALL_OVER = "Ingetrokken voor alle partijen van dit gesprek."
STOPPED = "Gestopt. Deze instantie ziet vanaf nu alleen nog wat zij zelf opschreef."
STOP = "/trajectories/{trajectory_id}/responsibilities/{responsibility_id}/stops"


@pages.get("/consents/{consent_id}/withdrawals/new")
async def before_withdrawing(visit: Visit, consent_id: str) -> Shown:
    """Short: what stops at once, and what this party keeps seeing by law."""
    found = await visit.see(f"/consents/{consent_id}")
    of = await whom(visit, found["clientId"])
    ask = {"withdrawConsentId": consent_id}
    preview = await visit.search(f"{of.href}/access-overview/_preview", ask)
    (one,) = await told(visit, of, [found])
    return Shown(
        "consents/withdraw.html",
        of=of,
        one=one,
        **_change(_of_recipient(preview, found), found),
        stoppable=await _stoppable(visit, found["trajectoryId"]) if of.own else [],
    )


@pages.post("/consents/{consent_id}/withdrawals/new")
async def withdraw(visit: Visit, consent_id: str) -> Onward:
    reason = visit.field("reason")
    body: Json = {"reason": reason} if reason else {}
    whole = visit.field("whole")
    if whole:
        found = await visit.see(f"/consents/{consent_id}")
        path = f"/clients/{found['clientId']}/conversation-consents/{whole}/withdrawals"
        await visit.act(path, body, key=visit.field("key"))
        return Onward(f"/clients/{found['clientId']}/consents", ALL_OVER)
    await visit.act(f"/consents/{consent_id}/withdrawals", body, key=visit.field("key"))
    return Onward(f"/consents/{consent_id}", OVER)


def _of_recipient(preview: Json, found: Json) -> Json:
    role = found["recipient"]["role"]
    nothing: Json = {"stops": [], "narrows": [], "keptByLaw": []}
    return next((each for each in preview["parties"] if each["role"] == role), nothing)


def _change(told: Json, found: Json) -> Json:
    """Short: of what the consent names what stops, what becomes less and what the law keeps."""
    kept, own = told["keptByLaw"], found["categories"]
    return {
        "stops": told["stops"],
        "narrows": [each for each in told["narrows"] if each not in kept],
        "kept": [each for each in kept if each in own],
        "beside": [each for each in kept if each not in own],
    }


async def _stoppable(visit: Visit, trajectory_id: str | None) -> list[Json]:
    """The bodies that are responsible now, at which the client may stop."""
    if trajectory_id is None:
        return []
    found = await visit.every(f"/trajectories/{trajectory_id}/responsibilities")
    now = await visit.now()
    return [each for each in found if holds(each, now)]


@pages.get(f"{STOP}/new")
async def before_stopping(visit: Visit, trajectory_id: str, responsibility_id: str) -> Shown:
    path = f"/trajectories/{trajectory_id}/responsibilities/{responsibility_id}"
    found = await visit.told(path)
    trajectory = await visit.see(f"/trajectories/{trajectory_id}")
    of = await whom(visit, trajectory["clientId"])
    if not of.own:
        raise RefusedError(NOT_ALLOWED)
    return Shown(
        "consents/stop.html",
        of=of,
        body=found.json,
        match=found.etag,
        trajectory_id=trajectory_id,
        over=not holds(found.json, await visit.now()),
    )


@pages.post(f"{STOP}/new")
async def stop(visit: Visit, trajectory_id: str, responsibility_id: str) -> Onward:
    path = STOP.format(trajectory_id=trajectory_id, responsibility_id=responsibility_id)
    await visit.act(path, {}, match=visit.field("match"))
    return Onward(f"/trajectories/{trajectory_id}", STOPPED)
