"""A new referral, from a trajectory: to whom the client said that it may be told, and why."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from app.access.vocabulary import Category, Purpose
from app.domain.referral.rules import RECEIVERS
from app.domain.trajectory.rules.words import StepName
from app.facades.operations import Json
from app.facades.web import drafts
from app.facades.web.about import client_name
from app.facades.web.answers import Onward, Shown
from app.facades.web.forms.reading import day
from app.facades.web.forms.sending import tried
from app.facades.web.forms.showing import faults_by_name
from app.facades.web.rendering import day as told_day
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
SEND = "POST /referrals"
NEW = "/trajectories/{trajectory_id}/referrals/new"
AT_FIELD = {
    "role": "uwvBenefitConfirmed",
    "toOrganisationId": "consentId",
    "trajectoryId": "consentId",
}
"""Who receives it follows from the chosen consent: what is wrong with that is shown there."""


@pages.get("/referrals/new")
async def whom(visit: Visit) -> Shown | Onward:
    """For whom: by a link from a trajectory, or out of one's own caseload."""
    visit.require(SEND)
    asked = visit.query.get("trajectory")
    if asked is not None and _is_id(asked):
        return Onward(NEW.format(trajectory_id=UUID(asked)))
    lines = [line for line in await visit.every("/caseload") if line.get("phase") != "ended"]
    named = sorted(({**line, "name": client_name(line)} for line in lines), key=_by_name)
    return Shown(
        "referrals/whom.html",
        possible=[line for line in named if _can_refer(line)],
        others=[line for line in named if not _can_refer(line)],
    )


@pages.get(NEW)
async def new(visit: Visit, trajectory_id: str) -> Shown:
    visit.require(SEND)
    kept = dict(await drafts.recalled(visit) or ())
    return await _asked(visit, trajectory_id, kept, {}, recalled=bool(kept))


@pages.post(NEW)
async def send(visit: Visit, trajectory_id: str) -> Shown | Onward:
    visit.require(SEND)
    trajectory = await visit.see(f"/trajectories/{trajectory_id}")
    chosen = await _chosen(visit, trajectory)
    if chosen is None:
        faults = {"consentId": "Kies naar wie de aanmelding gaat."}
        return await _asked(visit, trajectory_id, dict(visit.form), faults)
    body = _body(visit, trajectory_id, chosen)
    told = await tried(visit, "/referrals", body)
    if told.ok:
        await drafts.forgotten(visit)
        return Onward(f"/referrals/{told.json['id']}", words.act(SEND).done)
    found = faults_by_name(told)
    faults = {AT_FIELD.get(name, name): fault for name, fault in found.items()}
    return await _asked(visit, trajectory_id, dict(visit.form), faults)


async def _asked(
    visit: Visit,
    trajectory_id: str,
    values: dict[str, str],
    faults: dict[str, str],
    *,
    recalled: bool = False,
) -> Shown:
    trajectory = await visit.see(f"/trajectories/{trajectory_id}")
    return Shown(
        "referrals/new.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK,
        trajectory=trajectory,
        name=client_name(trajectory),
        receivers=await _receivers(visit, trajectory),
        values=values,
        faults=faults,
        labels={name: words.label("ReferralIn", name) for name in faults},
        recalled=recalled,
        today=await visit.today(),
    )


async def _receivers(visit: Visit, trajectory: Json) -> list[tuple[str, str, str]]:
    """The bodies that the client agreed to, by name, each with the consent in words."""
    found = [
        (str(consent["id"]), await _name(visit, consent["recipient"]), _in_words(consent))
        for consent in await _consents(visit, trajectory)
    ]
    return sorted(found, key=lambda option: option[1])


def _in_words(consent: Json) -> str:
    until = consent["validUntil"]
    ends = f", geldig tot {told_day(until)}" if until else ", zonder einddatum"
    return f"Toestemming van {told_day(consent['validFrom'])}{ends}"


async def _name(visit: Visit, recipient: Json) -> str:
    body = await visit.see(f"/organisations/{recipient['organisationId']}")
    return f"{body['name']}, {words.role(recipient['role'])}"


async def _consents(visit: Visit, trajectory: Json) -> list[Json]:
    """Those by which our organisation may tell a body of this trajectory."""
    found = await visit.every(f"/clients/{trajectory['clientId']}/consents")
    own = visit.organisation_id
    return [
        each
        for each in found
        if each["state"] == "in_force"
        and each["senderOrganisationId"] == own
        and each["trajectoryId"] in {None, trajectory["id"]}
        and each["recipient"]["role"] in RECEIVERS
        and Category.EXISTENCE in each["categories"]
        and Purpose.REINTEGRATION in each["purposes"]
    ]


async def _chosen(visit: Visit, trajectory: Json) -> Json | None:
    asked = visit.field("consentId")
    found = await _consents(visit, trajectory)
    return next((each for each in found if each["id"] == asked), None)


def _body(visit: Visit, trajectory_id: str, consent: Json) -> dict[str, Any]:
    return {
        "trajectoryId": trajectory_id,
        "toOrganisationId": consent["recipient"]["organisationId"],
        "role": consent["recipient"]["role"],
        "goal": visit.field("goal"),
        "clientAgreedOn": day(visit.field("clientAgreedOn")),
        "consentId": consent["id"],
        "uwvBenefitConfirmed": visit.field("uwvBenefitConfirmed") == "true",
    }


def _can_refer(line: Json) -> bool:
    return StepName.REFERRAL in (line.get("mySteps") or ())


def _by_name(line: Json) -> tuple[str, str]:
    return str(line.get("familyName") or "~"), str(line["name"])


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
