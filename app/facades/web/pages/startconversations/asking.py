"""Asking the parties to a talk: what kind it is, who sits there, and on which moments."""

from http import HTTPStatus
from typing import Any

from app.domain.trajectory.rules.kinds import Kind as Process
from app.domain.trajectory.rules.processes import process_of
from app.facades.operations import Json, RefusedError, Told
from app.facades.web import drafts
from app.facades.web.about import client_name
from app.facades.web.answers import Onward, Shown, refusal
from app.facades.web.forms.fields import Field, fields_of
from app.facades.web.forms.reading import gathered, read
from app.facades.web.forms.sending import tried
from app.facades.web.forms.showing import faults_by_name, shown
from app.facades.web.pages.startconversations import offering
from app.facades.web.pages.startconversations.listing import merged
from app.facades.web.pages.startconversations.parties import organises, own_seat, people
from app.facades.web.pages.startconversations.showing import ALL, MAIL, address
from app.facades.web.site import Pages
from app.facades.web.visits import NOT_ALLOWED, Visit
from app.facades.web.words import reading as words

pages = Pages()
NEW = ALL + "/new"
ASKS = f"POST {ALL}"
FIRST, MOST = 3, 10
"""So many moments are asked at first, and at most."""


@pages.get(NEW)
async def asked(visit: Visit, trajectory_id: str) -> Shown:
    trajectory = await _allowed(visit, trajectory_id)
    kept = await drafts.recalled(visit)
    visit.form = list(kept or ())
    return await _page(visit, trajectory, recalled=kept is not None)


@pages.post(NEW)
async def sent(visit: Visit, trajectory_id: str) -> Shown | Onward:
    trajectory = await _allowed(visit, trajectory_id)
    if visit.field("more"):
        return await _page(visit, trajectory)
    body = _body(visit)
    told = await tried(visit, ALL.format(trajectory_id=trajectory_id), body)
    if told.ok:
        await drafts.forgotten(visit)
        await _suits_oneself(visit, trajectory_id, told.json)
        return Onward(address(trajectory_id, told.json["id"]), words.act(ASKS).done)
    return await _page(visit, trajectory, failed=told)


async def _allowed(visit: Visit, trajectory_id: str) -> Json:
    """The trajectory, for who may arrange a talk of it; refused as the operation does."""
    trajectory = await visit.see(f"/trajectories/{trajectory_id}")
    visit.require(ASKS)
    if not organises(visit):
        raise RefusedError(NOT_ALLOWED)
    return trajectory


async def _page(
    visit: Visit, trajectory: Json, *, failed: Told | None = None, recalled: bool = False
) -> Shown:
    before = await _before(visit, trajectory["id"])
    values = _values(visit)
    return Shown(
        "startconversations/new.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK,
        trajectory=trajectory,
        name=client_name(trajectory),
        before=before,
        kinds=list(words.values("StartconversationKind").items()),
        modes=list(words.values("Mode").items()),
        kind=values.get("kind") or _begins(trajectory, before),
        rows=_rows(visit, values),
        addable=len(_rows(visit, values)) < MOST,
        faults=faults_by_name(failed) if failed else {},
        failed=refusal(failed) if failed else None,
        recalled=recalled,
        example=await visit.today(),
        **await _offers(visit, trajectory),
    )


async def _before(visit: Visit, trajectory_id: str) -> list[Json]:
    """The talks that were asked for before: a second one of a kind is seldom meant."""
    of = {"trajectory_id": trajectory_id}
    heads, mail = await visit.lists(ALL.format(**of), MAIL.format(**of))
    return merged(visit, heads, mail)


def _begins(trajectory: Json, before: list[Json]) -> str | None:
    """The kind with which such a trajectory begins, while there was none."""
    kind = trajectory.get("kind")
    talk = process_of(Process(kind)).talk if kind else None
    if talk is None or any(each["kind"] == talk.kind for each in before):
        return None
    return talk.kind


async def _offers(visit: Visit, trajectory: Json) -> dict[str, Any]:
    """The parties to choose from; what was searched for stands with them."""
    ticked = offering.chosen(visit)
    name = visit.field("organisation")
    found = await offering.searched(visit, name) if name else []
    known = await people(visit, trajectory, [*ticked, *found])
    near = offering.offered(visit, known, await offering.likely(visit, trajectory, known), ())
    more = offering.offered(visit, known, [*ticked, *found], ())
    offers = list(dict.fromkeys([*near, *more]))
    first = not visit.form
    return {
        "offers": offers,
        "ticked": offering.usual(near) if first else [f"{role}:{at}" for role, at in ticked],
        "organisation": name,
        "nothing_found": bool(name) and not found,
    }


def _fields(visit: Visit) -> list[Field]:
    found = fields_of(visit.contract, "ConversationIn")
    return [each for each in found if each.name in {"kind", "proposals"}]


def _values(visit: Visit) -> Json:
    return read(_fields(visit), gathered(visit.form))


def _body(visit: Visit) -> Json:
    """Who asks sits there too."""
    invited = [own_seat(visit), *offering.chosen(visit)]
    nothing: Json = {"proposals": []}
    return {**nothing, **_values(visit), "invitations": offering.as_invitations(invited)}


def _rows(visit: Visit, values: Json) -> list[Json]:
    """The moments as they were typed; a blank one more where that was asked."""
    field = next(each for each in _fields(visit) if each.name == "proposals")
    starts = next(each.kind for each in field.fields if each.name == "startsAt")
    typed = [
        {**row, "at": shown(starts, row.get("startsAt")) or ("", "")}
        for row in values.get("proposals", [])
    ]
    count = max(FIRST, len(typed) + (visit.field("more") == "proposals"))
    return (typed + [{"at": ("", "")} for _ in range(count)])[: min(count, MOST)]


async def _suits_oneself(visit: Visit, trajectory_id: str, made: Json) -> None:
    """Who offers moments comes then; that need not be asked once more."""
    own = own_seat(visit)
    seat = next(e for e in made["invitations"] if (e["role"], e["organisationId"]) == own)
    path = f"{address(trajectory_id, made['id'])}/invitations/{seat['id']}/answers"
    await visit.sent("POST", path, {"accepts": [each["id"] for each in made["proposals"]]})
