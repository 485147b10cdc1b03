"""What an id in a form about a client may be, by name."""

from app.access.vocabulary import GGZ_TEAM
from app.facades.web.forms.pages import Ids
from app.facades.web.forms.showing import Options
from app.facades.web.people import members
from app.facades.web.visits import Visit


async def colleagues_in_care(visit: Visit, _: Ids) -> Options:
    """Who of one's own organisation can treat."""
    found = await members(visit, visit.organisation_id)
    return [(each.membership_id, each.words) for each in found if each.role in GGZ_TEAM]


async def other_clients(visit: Visit, ids: Ids) -> Options:
    """The clients that one may know of, but for the one it is about."""
    found = await visit.every("/clients")
    named = [
        (str(each["id"]), f"{each['givenName']} {each['familyName']}")
        for each in found
        if each["id"] != ids["client_id"] and each.get("familyName")
    ]
    return sorted(named, key=lambda option: option[1])
