"""About whom a resource is that is sent, and under which trajectory it is to stand."""

from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json
from app.facades.fhir.taking import Taking
from app.facades.fhir.terminology.systems import EPISODE


def episode(left: Taking) -> str | None:
    """The trajectory that is named in the extension for it."""
    for each in left.each("extension"):
        if each.leaves.get((*each.at, "url")) == EPISODE:
            each.take("url")
            return each.reference("EpisodeOfCare", "valueReference")
    return None


async def trajectory(asked: Asked, left: Taking, element: str = "subject") -> str:
    """The trajectory, of which the subject must be the client. Raises BadRequest, NotFound."""
    found: str = left.required(episode(left), "extension")
    await require_client(asked, left, found, element)
    return found


async def require_client(
    asked: Asked, left: Taking, trajectory: str, element: str = "subject"
) -> None:
    """The subject must be the client of the trajectory. Raises BadRequest, NotFound.

    Who may not know of it learns nothing by asking.
    """
    subject = left.required(left.reference("Patient", element), element)
    above = await asked.see(f"/trajectories/{trajectory}")
    if above["clientId"] != subject:
        detail = "This is not the client of the trajectory."
        raise left.wrong(element, code="wrong_combination", detail=detail)


def require_same(left: Taking, client: str, *path: str | int) -> None:
    """Takes a reference to this client, if there is one; to anybody else it is refused."""
    if left.reference("Patient", *path) not in {None, client}:
        detail = "This is not the client whom the rest is about."
        raise left.wrong(*path, code="wrong_combination", detail=detail)


def client(left: Taking, element: str = "subject") -> str:
    """The client, of something that stands under no trajectory. Raises BadRequest."""
    found: str = left.required(left.reference("Patient", element), element)
    return found


async def own_position(asked: Asked, left: Taking, *path: str | int) -> None:
    """Takes a reference to the position of the caller; another one stays, and is refused."""
    me = await asked.see("/me")
    told = str(left.leaves.get((*left.at, *path, "reference"), ""))
    if me.get("membershipId") and told.rpartition("/")[2] == me["membershipId"]:
        left.reference("PractitionerRole", *path)


async def own_organisation(asked: Asked, left: Taking, element: str) -> None:
    """The same of a reference to the organisation of the caller."""
    if not left.there(element):
        return
    me = await asked.see("/me")
    worn = [hat for hat in me["hats"] if hat["current"]]
    own = [hat["organisation"]["id"] for hat in worn if hat.get("organisation")]
    told = str(left.leaves.get((*left.at, element, "reference"), ""))
    if told.rpartition("/")[2] in own:
        left.reference("Organization", element)


def contained(left: Taking, reference: str) -> Taking | None:
    """What is contained under this reference, with its own name taken."""
    for each in left.each("contained"):
        if f"#{each.leaves.get((*each.at, 'id'))}" == reference:
            each.take("id")
            each.take("resourceType")
            return each
    return None


def whole(found: Json) -> Json:
    """The fields that were told."""
    return {name: value for name, value in found.items() if value is not None}
