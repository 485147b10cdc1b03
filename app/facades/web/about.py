"""Whom and what a page is about, for its heading and its way back."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.facades.operations import Json
from app.facades.web.visits import Visit

NAMELESS = "een cliënt"


@dataclass(frozen=True, slots=True)
class About:
    """The client in words, and the page that a form or a record lies under."""

    name: str | None = None
    href: str | None = None
    words: str | None = None


async def about(visit: Visit, ids: Mapping[str, str]) -> About:
    """By the ids of an address: of a trajectory, a client, a referral or an employer."""
    if "trajectory_id" in ids and visit.own_client_id is not None:
        return About(None, f"/my-trajectory/{ids['trajectory_id']}", "Mijn traject")
    if "trajectory_id" in ids:
        found = await visit.maybe(f"/trajectories/{ids['trajectory_id']}") or {}
        href = f"/trajectories/{ids['trajectory_id']}"
        return About(client_name(found), href, "Traject")
    if "client_id" in ids:
        if visit.own_client_id == ids["client_id"]:
            return About()
        found = await visit.maybe(f"/clients/{ids['client_id']}") or {}
        return About(client_name(found), f"/clients/{ids['client_id']}", "Cliënt")
    if "referral_id" in ids:
        found = await visit.maybe(f"/referrals/{ids['referral_id']}") or {}
        return About(client_name(found), f"/referrals/{ids['referral_id']}", "Aanmelding")
    if "employer_id" in ids:
        found = await visit.maybe(f"/employers/{ids['employer_id']}") or {}
        return About(found.get("name"), f"/employers/{ids['employer_id']}", "Werkgever")
    return About()


def client_name(told: Json) -> str:
    """The name as far as it is shown; a client whose name is withheld is no empty place."""
    parts = [told.get("givenName"), told.get("familyName")]
    return " ".join(part for part in parts if part) or NAMELESS
