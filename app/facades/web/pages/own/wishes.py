"""What I want to speak of first: a mark of my own on kinds of texts, that hides nothing."""

from app.facades.contract import Operation
from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.pages.own.whose import ids_of, own
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
COLLECTION = "/clients/{client_id}/discussion-wishes"


async def wishes(visit: Visit) -> frozenset[str]:
    """The categories that were wished last; none where this is not theirs to see."""
    found = await visit.every(f"{own(visit).path}/discussion-wishes")
    newest = max(found, key=lambda each: str(each["recordedAt"]), default={"categories": ()})
    return frozenset(newest["categories"])


def is_wished(reading: Operation, wished: frozenset[str]) -> bool:
    """Whether what this operation reads is of a kind to speak of first."""
    return not wished.isdisjoint(reading.categories)


async def _begins(visit: Visit, _: Ids) -> Json:
    return {"categories": sorted(await wishes(visit))}


add_form(
    pages,
    "/my-file/first",
    Form(
        f"POST {COLLECTION}",
        then="/my-file",
        begins=_begins,
        known=ids_of,
        back=About(None, "/my-file", "Mijn dossier"),
    ),
)
