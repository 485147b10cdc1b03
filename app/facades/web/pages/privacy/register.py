"""The register of processing, to be read and printed."""

from itertools import groupby

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()


@pages.get("/privacy-desk/register")
async def register(visit: Visit) -> Shown:
    found = await visit.see("/privacy-desk/processing-register")
    return Shown(
        "privacy/register.html",
        register=found,
        activities=[
            {
                **each,
                "words": words.value("Category", each["category"]),
                "seen": parts(each["within"]),
                "shared": parts(each["recipients"]),
            }
            for each in found["activities"]
        ],
    )


def parts(told: list[Json]) -> list[tuple[str, str]]:
    """Roles in words by the ground on which they see it, with the articles that say so."""
    in_order = sorted(told, key=lambda each: str(each["ground"]))
    return [
        (_ground(ground, found), ", ".join(dict.fromkeys(map(_who, found))))
        for ground, found in (
            (name, list(each)) for name, each in groupby(in_order, lambda one: one["ground"])
        )
    ]


def _ground(ground: str, found: list[Json]) -> str:
    articles = dict.fromkeys(each["article"] for each in found if each["article"])
    named = words.value("Ground", ground)
    return f"{named} ({'; '.join(articles)})" if articles else named


def _who(told: Json) -> str:
    role = words.role(told["role"])
    kind = told["organisationKind"]
    return role if kind is None else f"{role} ({words.value('OrganisationKind', kind)})"
