"""What opens by the document only: the documents that this person can see, by their day."""

from collections.abc import Mapping

from app.access.vocabulary import Category
from app.facades.operations import Json
from app.facades.web.forms.showing import Options
from app.facades.web.pages.consents.going import Going
from app.facades.web.pages.consents.parties import MOST_TRAJECTORIES
from app.facades.web.rendering import day
from app.facades.web.telling import standing
from app.facades.web.visits import Visit

PLAN, TALK = "Behandelplan", "Gesprek met de psycholoog"


async def documents(visit: Visit, at: Going, kinds: Mapping[str, str]) -> Options:
    """Those of these kinds, the latest first; what was replaced is not offered."""
    found: Options = []
    if Category.MEDICAL in kinds:
        told = await visit.every(f"{at.of.href}/treatment-plans")
        found += _options(Category.MEDICAL, PLAN, told)
    if Category.PSYCHOLOGICAL_ANAMNESIS in kinds:
        known = at.place.trajectories[:MOST_TRAJECTORIES]
        paths = [f"/trajectories/{each['id']}/psychological-anamneses" for each in known]
        for told in await visit.lists(*paths):
            found += _options(Category.PSYCHOLOGICAL_ANAMNESIS, TALK, told)
    return found


def _options(kind: Category, name: str, told: list[Json]) -> Options:
    newest = sorted(standing(told), key=lambda each: str(each["recordedAt"]), reverse=True)
    return [
        (f"{kind.value}|{each['id']}", f"{name}, opgeschreven op {day(each['recordedAt'])}")
        for each in newest
    ]
