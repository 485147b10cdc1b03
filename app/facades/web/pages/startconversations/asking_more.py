"""Another party to a talk that was asked for, and another round of moments."""

from http import HTTPStatus

from app.facades.operations import Told
from app.facades.web.about import client_name
from app.facades.web.answers import Onward, Shown, refusal
from app.facades.web.forms.pages import Form, add_form
from app.facades.web.forms.sending import tried
from app.facades.web.pages.startconversations import offering
from app.facades.web.pages.startconversations.parties import people, seats
from app.facades.web.pages.startconversations.showing import FORM, ONE, address
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
MORE = ONE + "/invitations/new"

add_form(
    pages,
    ONE + "/proposals/new",
    Form(
        f"POST {ONE}/proposals",
        then=ONE,
        title="Nieuwe momenten voorstellen",
        template=FORM,
        done="De nieuwe momenten zijn voorgesteld.",
    ),
)


@pages.get(MORE)
async def asked(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown:
    return await _page(visit, trajectory_id, conversation_id)


@pages.post(MORE)
async def sent(visit: Visit, trajectory_id: str, conversation_id: str) -> Shown | Onward:
    if visit.field("more"):
        return await _page(visit, trajectory_id, conversation_id)
    path = address(trajectory_id, conversation_id)
    body = {"invitations": offering.as_invitations(offering.chosen(visit))}
    told = await tried(visit, f"{path}/invitations", body)
    if told.ok:
        return Onward(path, "De uitnodiging is verstuurd.")
    return await _page(visit, trajectory_id, conversation_id, failed=told)


async def _page(
    visit: Visit, trajectory_id: str, conversation_id: str, failed: Told | None = None
) -> Shown:
    told = await visit.see(address(trajectory_id, conversation_id))
    visit.require(f"POST {ONE}/invitations")
    trajectory = await visit.see(f"/trajectories/{trajectory_id}")
    there, ticked = seats(told.get("invitations") or ()), offering.chosen(visit)
    name = visit.field("organisation")
    found = await offering.searched(visit, name) if name else []
    known = await people(visit, trajectory, [*there, *ticked, *found])
    near = await offering.likely(visit, trajectory, known)
    return Shown(
        "startconversations/more_parties.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK,
        trajectory=trajectory,
        name=client_name(trajectory),
        kind=told["kind"],
        at=address(trajectory_id, conversation_id),
        offers=offering.offered(visit, known, [*near, *ticked, *found], there),
        ticked=[f"{role}:{at}" for role, at in ticked],
        organisation=name,
        nothing_found=bool(name) and not found,
        failed=refusal(failed) if failed else None,
    )
