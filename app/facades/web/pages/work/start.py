"""Where a person comes in, and the forms that were left unfinished."""

from http import HTTPStatus

from starlette.routing import compile_path

from app.facades.web import drafts
from app.facades.web.answers import Onward, Shown
from app.facades.web.navigation import home
from app.facades.web.site import Pages, places_of
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()


@pages.get("/")
async def start(visit: Visit) -> Onward:
    return Onward(home(visit))


@pages.get("/drafts")
async def unfinished(visit: Visit) -> Shown:
    found = await drafts.unfinished(visit)
    return Shown("work/drafts.html", drafts=[(each, _title(each.path)) for each in found])


def _title(path: str) -> str:
    """What a form is called, by its address."""
    place = next((p for p in places_of() if p.of and compile_path(p.path)[0].match(path)), None)
    return words.act(place.of).title if place is not None and place.of else "Een formulier"


@pages.post("/drafts", passive=True)
async def kept(visit: Visit) -> Shown:
    """Saved by the page itself while somebody types; that is no sign of life."""
    path = visit.field(drafts.OF)
    kept = await drafts.keep(visit.request, visit.session, path, visit.form)
    status = HTTPStatus.OK if kept else HTTPStatus.UNPROCESSABLE_ENTITY
    return Shown("work/draft_kept.html", status, kept=kept)


@pages.post("/drafts/removals")
async def removed(visit: Visit) -> Onward:
    await drafts.forgotten(visit, visit.field(drafts.OF))
    return Onward("/drafts", "Het is weggegooid.")
