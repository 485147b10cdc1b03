"""A form to mend name, birth date, address and number; clients find their own under how it goes."""

from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.pages.own.whose import ids_of
from app.facades.web.site import Pages
from app.facades.web.visits import Visit

pages = Pages()
CLIENT = "/clients/{client_id}"
MENDING = f"PATCH {CLIENT}"
BY_WHO_REGISTERED = frozenset({"givenName", "familyName", "birthDate"})
TAKEN_AWAY = ("email", "telephone")


async def _present(visit: Visit, ids: Ids) -> Json:
    """What stands there now, to be mended."""
    return await visit.see(CLIENT.format(**ids))


async def _emptied(visit: Visit, _: Ids) -> Json:
    """An address or number that was made empty is taken away."""
    return {name: None for name in TAKEN_AWAY if not visit.field(name)}


add_form(
    pages,
    f"{CLIENT}/change",
    Form(MENDING, then=CLIENT, begins=_present, fixed=_emptied),
)
add_form(
    pages,
    "/my-wellbeing/reach/change",
    Form(
        MENDING,
        then="/my-wellbeing",
        begins=_present,
        fixed=_emptied,
        without=BY_WHO_REGISTERED,
        title="E-mailadres of telefoonnummer wijzigen",
        known=ids_of,
        back=About(None, "/my-wellbeing", "Hoe het gaat"),
    ),
)
