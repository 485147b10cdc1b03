"""Who works where, by name: for lists that tell of members and for forms that choose one."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.facades.web.about import About
from app.facades.web.forms.pages import Chooser, Ids
from app.facades.web.forms.showing import Options
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

GONE = "iemand die hier niet meer werkt"
MOST = 100
"""So many organisations are looked up by id for one page."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in one role at one organisation, now."""

    membership_id: str
    practitioner_id: str
    name: str
    role: str

    @property
    def words(self) -> str:
        return f"{self.name}, {words.role(self.role)}"


async def members(
    visit: Visit, organisation_id: str | None, role: str | None = None
) -> list[Colleague]:
    """Who works at an organisation now, by name."""
    if organisation_id is None:
        return []
    found = await visit.every("/practitioners", organisationId=organisation_id, role=role)
    return [
        Colleague(at["membershipId"], each["id"], each["name"], at["role"])
        for each in found
        for at in each["positions"]
        if at["organisationId"] == organisation_id and role in {None, at["role"]}
    ]


async def organisations(visit: Visit, ids: Iterable[str]) -> dict[str, str]:
    """The names of organisations by id; each is looked up once."""
    wanted = sorted(set(ids))[:MOST]
    found = await visit.together(*(f"/organisations/{each}" for each in wanted))
    return {each["id"]: each["name"] for each in found if each is not None}


async def names(visit: Visit) -> dict[str, str]:
    """The members of one's own organisation by the id of their membership."""
    found = await members(visit, visit.organisation_id)
    return {each.membership_id: each.words for each in found}


def colleagues(role: str | None = None) -> Chooser:
    """The members of one's own organisation, all of them or those of one role."""

    async def choose(visit: Visit, _: Ids) -> Options:
        found = await members(visit, visit.organisation_id, role)
        return [(each.membership_id, each.words) for each in found]

    return choose


async def member(visit: Visit, ids: Ids) -> About:
    """The member that a form of the administrator is about; also of one who left."""
    at = f"/organisations/{visit.organisation_id}/memberships/{ids['membership_id']}"
    found = await visit.see(at)
    named = f"{found['practitionerName']}, {words.role(found['role'])}"
    return About(named, "/organisation/members", "Medewerkers")
