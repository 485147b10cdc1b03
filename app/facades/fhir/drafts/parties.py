"""Who sends, where a resource repeats it."""

from app.facades.fhir.asking import Asked
from app.facades.fhir.taking import Taking


async def own_organisation(asked: Asked, left: Taking, element: str) -> None:
    """Takes a reference to the organisation of the caller; another one stays, and is refused."""
    if not left.there(element):
        return
    me = await asked.see("/me")
    worn = [hat for hat in me["hats"] if hat["current"]]
    own = [hat["organisation"]["id"] for hat in worn if hat.get("organisation")]
    told = str(left.leaves.get((*left.at, element, "reference"), ""))
    if told.rpartition("/")[2] in own:
        left.reference("Organization", element)
