"""What an id in a form about a client may be, by name."""

from app.access.vocabulary import GGZ_TEAM
from app.facades.web.forms.pages import Ids
from app.facades.web.forms.showing import Options
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words


async def colleagues_in_care(visit: Visit, _: Ids) -> Options:
    """Who of one's own organisation can treat."""
    own = own_organisation(visit)
    people = await visit.every("/practitioners", organisationId=own)
    found = [
        (str(at["membershipId"]), f"{each['name']}, {words.value('Role', at['role']).lower()}")
        for each in people
        for at in each["positions"]
        if at["organisationId"] == own and at["role"] in GGZ_TEAM
    ]
    return sorted(found, key=lambda option: option[1])


async def other_clients(visit: Visit, ids: Ids) -> Options:
    """The clients that one may know of, but for the one it is about."""
    found = await visit.every("/clients")
    named = [
        (str(each["id"]), f"{each['givenName']} {each['familyName']}")
        for each in found
        if each["id"] != ids["client_id"] and each.get("familyName")
    ]
    return sorted(named, key=lambda option: option[1])


def own_organisation(visit: Visit) -> str | None:
    found: str | None = (visit.hat.get("organisation") or {}).get("id")
    return found
