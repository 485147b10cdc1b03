"""What is contested stays, and is used no more: the list, a new one, and lifting it."""

from dataclasses import dataclass

from app.facades.operations import Json
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.pages.consents.parties import around
from app.facades.web.pages.consents.whom import Whom, whom
from app.facades.web.people import organisations
from app.facades.web.rendering import coded, day
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
LIST = "/clients/{client_id}/restrictions"
LIFT = f"{LIST}/{{restriction_id}}/lifts"


@dataclass(frozen=True, slots=True)
class Contested:
    """A restriction in words."""

    id: str
    organisation: str
    what: str
    why: str
    explanation: str
    said: str
    lifted: str | None
    json: Json


async def _answerable(visit: Visit, ids: Ids) -> Options:
    """Who answers for records of this client; of a professional the own organisation."""
    own = visit.hat.get("organisation")
    if own is not None:
        return [(own["id"], own["name"])]
    place = await around(visit, await whom(visit, ids["client_id"]))
    return sorted(place.organisations.items(), key=lambda each: each[1].casefold())


add_form(
    pages,
    f"{LIST}/new",
    Form(
        f"POST {LIST}",
        then=LIST,
        choices={"organisationId": _answerable},
        order=("organisationId", "category", "ground", "explanation"),
    ),
)
add_form(pages, LIFT, Form(f"POST {LIFT}", then=LIST))


@pages.get(LIST)
async def restrictions(visit: Visit, client_id: str) -> Shown:
    of = await whom(visit, client_id)
    found = await visit.whole(LIST.format(client_id=client_id))
    named = await organisations(visit, {each["organisationId"] for each in found})
    newest = sorted(found, key=lambda each: str(each["recordedAt"]), reverse=True)
    told = [_contested(of, each, named) for each in newest]
    return Shown(
        "consents/restrictions.html",
        of=of,
        standing=[each for each in told if each.lifted is None],
        over=[each for each in told if each.lifted is not None],
        restricts=of.acts or visit.may(f"POST {LIST}"),
        lifts=lambda one: (
            visit.may(f"POST {LIFT}") and one.json["organisationId"] == visit.organisation_id
        ),
    )


def _contested(of: Whom, told: Json, named: dict[str, str]) -> Contested:
    by_client = told["authorRole"] == "client"
    author = ("u" if of.own else "de cliënt") if by_client else words.role(told["authorRole"])
    what = of.what(told["category"])
    return Contested(
        id=told["id"],
        organisation=named.get(told["organisationId"], "een organisatie"),
        what=what if told["recordId"] is None else f"één stuk over {what}",
        why=coded("restriction_ground", told["ground"]),
        explanation=told["explanation"],
        said=f"Gevraagd op {day(told['recordedAt'])} door {author}.",
        lifted=None
        if told["liftedAt"] is None
        else f"Opgeheven op {day(told['liftedAt'])}: {told['liftedBecause']}",
        json=told,
    )
