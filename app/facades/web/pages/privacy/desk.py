"""What waits at the privacy desk, and where the officer looks back."""

from collections import defaultdict
from collections.abc import Iterable

from app.facades.operations import Json
from app.facades.web.about import client_name
from app.facades.web.answers import Shown
from app.facades.web.people import names
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
DUE = "/privacy-desk/reviews-due"
OFFICER = "POST /privacy-desk/access-log/_sample"
MOST = 20
"""So many clients are told by name on one page; each name is a look on the log."""


@pages.get("/privacy-desk")
async def desk(visit: Visit) -> Shown:
    """Of the officer the places to look; of the desk what is due. Raises RefusedError."""
    if visit.may(OFFICER):
        return Shown("privacy/officer.html")
    due = await visit.see(DUE, pageSize=50)
    requests = await visit.every("/data-subject-requests")
    kept = await visit.see("/privacy-desk/retention-list", pageSize=100)
    today = (await visit.today()).isoformat()
    over = [each for each in kept["items"] if (each["endsNotBefore"] or today) < today]
    return Shown(
        "privacy/desk.html",
        due=due["items"],
        requests=sorted(requests, key=lambda each: str(each["dueOn"])),
        clients=await clients(visit, (each["clientId"] for each in requests)),
        over={each["clientId"] for each in over},
        people=await names(visit),
        today=today,
    )


@pages.get("/privacy-desk/retention")
async def retention(visit: Visit) -> Shown:
    """By client, as the list is; only of clients whose request is open."""
    told = await visit.see(
        "/privacy-desk/retention-list", pageSize=100, cursor=visit.query.get("cursor")
    )
    of_client: dict[str, list[Json]] = defaultdict(list)
    for each in told["items"]:
        of_client[each["clientId"]].append(each)
    return Shown(
        "privacy/retention.html",
        of_client=of_client,
        clients=await clients(visit, of_client),
        more=told.get("nextCursor"),
        today=(await visit.today()).isoformat(),
    )


async def clients(visit: Visit, ids: Iterable[str]) -> dict[str, str]:
    """The names that this person may see, by client."""
    wanted = list(dict.fromkeys(ids))[:MOST]
    told = await visit.together(*(f"/clients/{each}" for each in wanted))
    return {each["id"]: client_name(each) for each in told if each is not None}
