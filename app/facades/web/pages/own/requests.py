"""What the client asks of an organisation about the own data: to see, mend, erase or hold still."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.pages.own.whose import ids_of, own
from app.facades.web.people import organisations
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
ASKING = "POST /clients/{client_id}/data-subject-requests"


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be asked, in plain words, and what it does."""

    title: str
    means: str


KINDS: Mapping[str, Kind] = {
    "access": Kind(
        "Inzage",
        "U vraagt wat deze organisatie over u bewaart. Veel daarvan kunt u zelf al lezen bij Mijn "
        "dossier.",
    ),
    "rectification": Kind(
        "Verbetering",
        "Er staat iets dat niet klopt. U zegt wat het moet zijn. Wat er stond, blijft als oude "
        "versie bewaard.",
    ),
    "erasure": Kind(
        "Wissen",
        "U wilt dat gegevens worden vernietigd. Een behandelaar moet dat meestal doen. UWV en de "
        "gemeente moeten sommige gegevens van de wet bewaren.",
    ),
    "restriction": Kind(
        "Stilzetten",
        "De gegevens blijven bewaard, maar anderen mogen er niets mee doen. Bijvoorbeeld zolang u "
        "het er niet over eens bent.",
    ),
    "objection": Kind(
        "Bezwaar",
        "U vindt dat deze organisatie uw gegevens niet mag gebruiken. Zij moet uitleggen waarom "
        "het toch mag, of ermee stoppen.",
    ),
}


@pages.get("/my-requests")
async def mine(visit: Visit) -> Shown:
    whose = own(visit)
    found = await visit.every("/data-subject-requests")
    return Shown(
        "own/requests.html",
        whose=whose,
        requests=sorted(found, key=lambda each: str(each["recordedAt"]), reverse=True),
        names=await organisations(visit, (each["organisationId"] for each in found)),
        kinds=KINDS,
        today=(await visit.today()).isoformat(),
        may_ask=visit.may(ASKING),
    )


async def _organisations(visit: Visit, _: Ids) -> Options:
    """Those that have something of this client now: nobody needs to know an id."""
    told = await visit.maybe(f"{own(visit).path}/access-overview") or {"parties": []}
    found = {
        each["organisationId"]: str(each["organisationName"])
        for each in told["parties"]
        if each["organisationId"] is not None
    }
    return sorted(found.items(), key=lambda option: option[1])


async def _kinds(_: Visit, __: Ids) -> Options:
    """Each kind with what it means, so that nobody needs to know the words of the law."""
    return [(kind, f"{each.title}. {each.means}") for kind, each in KINDS.items()]


async def _begins(visit: Visit, _: Ids) -> Json:
    """What was chosen on the page before, where it was."""
    kind = visit.query.get("kind", "")
    return {"kind": kind} if kind in KINDS else {}


add_form(
    pages,
    "/my-requests/new",
    Form(
        ASKING,
        then="/my-requests",
        choices={"kind": _kinds, "organisationId": _organisations},
        begins=_begins,
        note="own/asking.html",
        known=ids_of,
        back=About(None, "/my-requests", "Verzoeken"),
    ),
)
