"""What an id in a form may be: the people, places and records that the person can see."""

from collections.abc import Mapping

from app.facades.operations import Json
from app.facades.web.forms.pages import Chooser, Ids
from app.facades.web.forms.showing import Options
from app.facades.web.rendering import short_day
from app.facades.web.telling import holds, standing
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

_OF = "/trajectories/{trajectory_id}"


async def rungs(_: Visit, __: Ids) -> Options:
    """The six rungs by their names."""
    return [(code, f"{code}. {name}") for code, name in words.values("rung").items()]


async def participants(visit: Visit, ids: Ids) -> Options:
    """Who takes part in this trajectory now, by membership."""
    found = await visit.every(f"{_OF.format(**ids)}/participants")
    now = await visit.now()
    return sorted(
        (
            each["membershipId"],
            f"{each['name']}, {words.role(each['role'])}, {each['organisationName']}",
        )
        for each in found
        if each.get("membershipId") and holds(each, now)
    )


async def practitioners(visit: Visit, _: Ids) -> Options:
    """Everyone of the directory, by membership, with role and organisation."""
    people = await visit.every("/practitioners")
    names = {each["id"]: each["name"] for each in await visit.every("/organisations")}
    found = [
        (
            at["membershipId"],
            f"{each['name']}, {words.role(at['role'])}, {names.get(at['organisationId'], '')}",
        )
        for each in people
        for at in each["positions"]
    ]
    return sorted(found, key=lambda option: option[1])


async def employers(visit: Visit, _: Ids) -> Options:
    """Employers that one's own organisation knows."""
    return _named(await visit.every("/employers"))


async def workplaces(visit: Visit, _: Ids) -> Options:
    """Employers that have accounts of their own."""
    return _named(await visit.every("/organisations", kind="employer"))


async def placements(visit: Visit, ids: Ids) -> Options:
    """The placements of this trajectory, the latest first."""
    found = await visit.every(f"{_OF.format(**ids)}/placements")
    return [
        (each["id"], f"{each['title']}, vanaf {short_day(each['startsOn'])}")
        for each in sorted(standing(found), key=lambda each: str(each["startsOn"]), reverse=True)
        if "title" in each
    ]


def records_of(collection: str, day: str) -> Chooser:
    """The records of one kind under this trajectory, told by their day."""

    async def choose(visit: Visit, ids: Ids) -> Options:
        found = await visit.every(f"{_OF.format(**ids)}/{collection}")
        return [
            (each["id"], short_day(each.get(day) or each["recordedAt"]))
            for each in reversed(standing(found))
        ]

    return choose


def _named(found: list[Json]) -> Options:
    return sorted(((each["id"], each["name"]) for each in found), key=lambda option: option[1])


OF: Mapping[str, Mapping[str, Chooser]] = {
    "ladder-measurements": {"rung": rungs},
    "employer-contacts": {"employerId": employers},
    "placements": {"employerId": employers, "workplaceOrganisationId": workplaces},
    "provisions": {"placementId": placements},
    "accommodations": {"placementId": placements},
    "supports": {"placementId": placements},
    "job-search-plans": {"profileId": records_of("career-profiles", "recordedAt")},
    "participants": {"membershipId": practitioners},
    "coordinators": {"membershipId": participants},
    "transfers": {"toMembershipId": participants},
    "concerns/reports": {"to": participants},
}
"""By kind of record and field."""
