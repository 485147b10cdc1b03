"""Who works together: the parties of a trajectory, and beside it who treats the client.

They are two teams, for who treats somebody is not for everyone who works on the trajectory.
"""

from collections.abc import Sequence

from app.facades.fhir import ids, matching, names
from app.facades.fhir.asking import Asked
from app.facades.fhir.elements import Json, filled, kept, period, reference
from app.facades.fhir.marks import EPISODE_OF_CARE, Fetch, of_episode
from app.facades.fhir.parties import TEAM, Parties, member, patient
from app.facades.fhir.registry import Found, Param, Resource, Slice, Source, Terms, Whose
from app.facades.fhir.terminology.vocabularies import own
from app.platform.http.problems import NotFound

TRAJECTORY, TREATMENT = TEAM, "treating"
PARTS = {
    TRAJECTORY: "/trajectories/{id}/participants",
    TREATMENT: "/clients/{id}/treatment-team",
}


def team(key: str, above: Json, members: Sequence[Json], whose: Whose) -> Json:
    """One team of everyone who is told to be in it."""
    parties = Parties(whose)
    found = [_participant(each, parties) for each in members]
    client = {"role": [own("role", "client")], "member": patient(whose)}
    return filled(
        resourceType="CareTeam",
        id=ids.made(key, above["id"]),
        meta={"profile": [names.nl_core("CareTeam")]},
        extension=of_episode(whose),
        status="active",
        name="Traject" if key == TRAJECTORY else "Behandelteam",
        subject=patient(whose),
        participant=_once(client, found) if key == TRAJECTORY else found,
        managingOrganization=kept([reference("Organization", _responsible(above))]),
        contained=parties.contained,
    )


def _once(client: Json, found: list[Json]) -> list[Json]:
    """The client is in the own team, and is so once."""
    others = [each for each in found if each.get("member") != client["member"]]
    return [client, *others]


def _responsible(above: Json) -> str | None:
    body: str | None = above.get("responsibleOrganisationId")
    return body


def _participant(each: Json, parties: Parties) -> Json:
    role, organisation = each["role"], each["organisationId"]
    membership = each.get("membershipId")
    if membership:
        who: Json | None = member(membership, each.get("name"))
    else:
        who = parties.role(role, organisation)
    return filled(
        role=[own("role", role)],
        member=who,
        period=period(each.get("validFrom"), each.get("validUntil")),
    )


async def read(asked: Asked, id_: str) -> Found:
    """One team. Raises NotFound where neither it nor its client is to be seen."""
    ref = ids.read(id_, nested=False)
    if ref.kind not in PARTS or id_ != ids.made(ref.kind, ref.record):
        raise NotFound
    root = "/trajectories" if ref.kind == TRAJECTORY else "/clients"
    above = await asked.see(f"{root}/{ref.record}")
    for found in await _made(asked, ref.kind, above):
        return Found(found)
    raise NotFound


async def _made(asked: Asked, key: str, above: Json) -> list[Json]:
    """A treatment team of which nobody is told is none."""
    members = [one async for one in asked.every(PARTS[key].format(id=above["id"]))]
    if key == TRAJECTORY:
        return [team(key, above, members, Whose(above["clientId"], above["id"]))]
    return [team(key, above, members, Whose(above["id"]))] if members else []


async def search(asked: Asked, terms: Terms) -> list[Source]:
    """The treatment team of one client, and a team for each trajectory. Raises BadRequest."""
    patient_id = terms.whose()
    above = [one async for one in asked.every("/trajectories", clientId=patient_id)]
    found = [Source(f"/trajectories/{one['id']}", _fetching(TRAJECTORY, one)) for one in above]
    return sorted(
        [*found, Source("/clients", _fetching(TREATMENT, {"id": patient_id}))],
        key=lambda source: source.key,
    )


def _fetching(key: str, above: Json) -> Fetch:
    async def fetch(asked: Asked, _cursor: str | None, _most: int) -> Slice:
        return Slice(await _made(asked, key, above))

    return fetch


RESOURCE = Resource(
    type="CareTeam",
    about="The parties of a trajectory, and the treatment team where it is told.",
    read=read,
    search=search,
    patient="subject",
    identified=False,
    params={
        "status": Param("token", "Always active.", matching.token("status")),
        "participant": Param(
            "reference", "Who is in it.", matching.reference("participant.member")
        ),
        **EPISODE_OF_CARE,
    },
    includes={"participant": "participant.member", "patient": "subject"},
)
