"""Where a person comes in, and the forms that were left unfinished."""

from app.facades.web import drafts
from app.facades.web.answers import Onward, Shown
from app.facades.web.navigation import home
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()


@pages.get("/")
async def start(visit: Visit) -> Onward:
    return Onward(home(visit))


@pages.get("/drafts")
async def unfinished(visit: Visit) -> Shown:
    return Shown("work/drafts.html", drafts=await drafts.unfinished(visit))


@pages.post("/drafts", passive=True)
async def kept(visit: Visit) -> Shown:
    """Saved by the page itself while somebody types; that is no sign of life."""
    path = visit.field("draft-of")
    typed = [(name, value) for name, value in visit.form if name != "draft-of"]
    await drafts.keep(visit.request, visit.session, path, typed)
    return Shown("work/draft_kept.html")


@pages.post("/drafts/removals")
async def removed(visit: Visit) -> Onward:
    await drafts.forgotten(visit, visit.field("draft-of"))
    return Onward("/drafts", "Het is weggegooid.")
