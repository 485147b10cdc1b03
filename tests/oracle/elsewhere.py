"""What the other channels show at once: FHIR, exports, and the status by number."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

import httpx

from app.access.vocabulary import Role
from app.domain.reporting.rules.statuses import MAY_ASK
from app.facades.bulk.exports import Along
from app.facades.fhir import ids
from app.facades.fhir.registry import Kind
from app.facades.fhir.resources import TYPES
from tests.build.stage import BSN, Stage
from tests.oracle.telling import Records
from tests.security.test_every_operation import table_of

FHIR = "/fhir/r4"
MAPPED = sorted(name for name, each in TYPES.items() if each.kinds and each.patient)
"""Types of which each resource is a record, or a part of one."""
ALONG = {each.value: table_of(each.value) for each in Along}
TABLES = {"client": "client", "trajectory": "trajectory", **ALONG}
BULK = ("CarePlan", "EpisodeOfCare", "Goal", "Observation")
CHANNELS = ("search", "everything", "export", "bulk", "statuses")


@dataclass(frozen=True)
class Looker:
    """Somebody at a party's desk, and what the oracle lets this person see."""

    stage: Stage
    party: str
    token: str
    allowed: Records
    client: UUID
    trajectory: UUID

    @property
    def role(self) -> Role | None:
        return self.stage.parties[self.party].role

    async def get(self, path: str, **headers: str) -> httpx.Response:
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        return await self.stage.http.get(path, headers=sent)

    def under(self, table: str, *, root: str) -> Records:
        """What a list of the API shows of it."""
        above = str(self.client if root == "client" else self.trajectory)
        if (root, above) not in self.allowed:
            return set()
        return {each for each in self.allowed if each[0] == table}

    def of_type(self, name: str) -> Records:
        """The records that are such resources."""
        found: Records = set()
        for kind in TYPES[name].kinds:
            found |= self.under(table_of(kind.path), root=_root(kind))
        return found


def _root(kind: Kind) -> str:
    return "trajectory" if kind.under == "trajectories" else "client"


def records_of(resources: list[Mapping[str, str]]) -> Records:
    """The records behind resources, by their ids alone."""
    found = set()
    for each in resources:
        key = ids.kind_of(each["id"])
        kinds = TYPES[each["resourceType"]].kinds
        [kind] = [k for k in kinds if k.key == key] or [k for k in kinds if not k.key]
        record = ids.read(each["id"], nested=bool(kind.under)).record if kind.key else each["id"]
        found.add((table_of(kind.path), record))
    return found


async def shown(looker: Looker, channel: str, name: str) -> tuple[Records, Records] | None:
    """What this channel shows of a type, and what it should; None where there is no such thing."""
    way = {"search": _search, "everything": _everything, "export": _export, "bulk": _bulk,
           "statuses": _statuses}[channel]  # fmt: skip
    return await way(looker, name)


async def _bundle(looker: Looker, path: str) -> list[Mapping[str, str]]:
    found: list[Mapping[str, str]] = []
    onward = f"{FHIR}/{path}"
    while onward:
        answer = await looker.get(onward)
        if answer.status_code in {403, 404}:
            return found
        assert answer.status_code == 200, answer.text
        bundle = answer.json()
        found += [entry["resource"] for entry in bundle.get("entry", [])]
        links = {link["relation"]: link["url"] for link in bundle["link"]}
        onward = links.get("next", "")
    return found


async def _search(looker: Looker, name: str) -> tuple[Records, Records]:
    found = await _bundle(looker, f"{name}?patient={looker.client}&_count=100")
    return records_of(found), looker.of_type(name)


async def _everything(looker: Looker, _: str) -> tuple[Records, Records]:
    path = f"Patient/{looker.client}/$everything?_count=100&_type={','.join(MAPPED)}"
    found = await _bundle(looker, path)
    known = ("client", str(looker.client)) in looker.allowed
    wanted = {each for name in MAPPED for each in looker.of_type(name)} if known else set()
    return records_of(found), wanted


async def _export(looker: Looker, _: str) -> tuple[Records, Records]:
    """Trajectories with all that can go along."""
    along = "&".join(f"records={each}" for each in ALONG)
    answer = await looker.get(f"/v1/exports/trajectories?{along}")
    assert answer.status_code in {200, 403}, answer.text
    lines = [json.loads(line) for line in answer.text.splitlines()] if answer.is_success else []
    assert not lines or lines[-1] == {"kind": "complete"}
    told = [line for line in lines if line["kind"] in TABLES]
    found = {(TABLES[line["kind"]], line["value"]["id"]) for line in told}
    wanted = looker.under("trajectory", root="trajectory")
    for table in ALONG.values():
        wanted |= looker.under(table, root="trajectory")
    return found, wanted


async def _bulk(looker: Looker, _: str) -> tuple[Records, Records]:
    """Of the clients whom the own organisation registered."""
    path = f"{FHIR}/Patient/$export?_type={quote(','.join(BULK))}"
    begun = await looker.get(path, Prefer="respond-async")
    if begun.status_code == 403:
        return set(), set()
    told = await looker.get(begun.headers["content-location"])
    found: Records = set()
    for output in told.json()["output"]:
        answer = await looker.get(output["url"])
        found |= records_of([json.loads(line) for line in answer.text.splitlines()])
    party = looker.stage.parties[looker.party]
    own = party.organisation == looker.stage.organisations["ggz"]
    known = own and ("client", str(looker.client)) in looker.allowed
    return found, {each for name in BULK for each in looker.of_type(name)} if known else set()


async def _statuses(looker: Looker, _: str) -> tuple[Records, Records] | None:
    if looker.role not in MAY_ASK:
        return None
    answer = await looker.stage.http.post(
        "/v1/trajectory-statuses/_batch",
        json={"bsns": [BSN["alfa"], BSN["echo"]]},
        headers={"Authorization": f"Bearer {looker.token}"},
    )
    answers = answer.json()["answers"] if answer.is_success else [{"statuses": []}] * 2
    assert answers[1]["statuses"] == []
    found = {("trajectory", str(looker.trajectory)) for _ in answers[0]["statuses"]}
    numbers = looker.under("client_bsn", root="client")
    return found, looker.under("trajectory", root="trajectory") if numbers else set()
