"""Who works where, by name: for lists that tell of members and for forms that choose one."""

from dataclasses import dataclass

from app.facades.web.about import About
from app.facades.web.forms.pages import Chooser, Ids
from app.facades.web.forms.showing import Options
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

GONE = "iemand die hier niet meer werkt"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in one role at one organisation, now."""

    membership_id: str
    practitioner_id: str
    name: str
    role: str

    @property
    def words(self) -> str:
        return f"{self.name}, {words.value('Role', self.role).lower()}"


def own_organisation(visit: Visit) -> str:
    """Where one works with the hat that is worn; empty for who wears another kind."""
    return str((visit.hat.get("organisation") or {}).get("id") or "")


async def members(visit: Visit, organisation_id: str, role: str | None = None) -> list[Colleague]:
    """Who works at an organisation now, by name."""
    if not organisation_id:
        return []
    found = await visit.every("/practitioners", organisationId=organisation_id, role=role)
    return [
        Colleague(at["membershipId"], each["id"], each["name"], at["role"])
        for each in found
        for at in each["positions"]
        if at["organisationId"] == organisation_id and role in {None, at["role"]}
    ]


async def names(visit: Visit) -> dict[str, str]:
    """The members of one's own organisation by the id of their membership."""
    found = await members(visit, own_organisation(visit))
    return {each.membership_id: each.words for each in found}


def colleagues(role: str | None = None) -> Chooser:
    """The members of one's own organisation, all of them or those of one role."""

    async def choose(visit: Visit, _: Ids) -> Options:
        found = await members(visit, own_organisation(visit), role)
        return [(each.membership_id, each.words) for each in found]

    return choose


async def member(visit: Visit, ids: Ids) -> About:
    """The member that a form of the administrator is about; also of one who left."""
    at = f"/organisations/{own_organisation(visit)}/memberships/{ids['membership_id']}"
    found = await visit.maybe(at)
    if found is None:
        return About(None, "/organisation/members", "Medewerkers")
    named = f"{found['practitionerName']}, {words.value('Role', found['role']).lower()}"
    return About(named, "/organisation/members", "Medewerkers")
