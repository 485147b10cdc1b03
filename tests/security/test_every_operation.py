"""Attacks that are tried on every operation of the contract, one after another."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from psycopg import sql

from app import tables
from app.access.facts import Block
from app.access.vocabulary import Role
from tests.build.contract import Called, document, operations
from tests.build.stage import Stage
from tests.build.worlds import NOW, RandomWorld, insert, required
from tests.domain.consent.asking import ABSENT

IRREGULAR = {
    "clients": "client",
    "particulars": "client_identity",
    "trajectories": "trajectory",
    "access-log": "access_log_entry",
    "incapacities": "incapacity",
    "emergency-accesses": "break_glass",
    "responsibilities": "responsibility",
    "treatment-team": "treatment_team_member",
    "conversation-consents": "consent",
    "contacts": "contact_entry",
    "day-activities": "day_activity",
    "feedback": "feedback_entry",
    "transitions": "trajectory_event",
    "pauses": "trajectory_pause",
    "invitations": "conversation_invitation",
    "psychological-anamneses": "psychological_anamnesis",
    "employer-contacts": "job_search_contact",
    "discussion-wishes": "discussion_wish",
    "provisions": "public_provision",
    "scans": "consent_scan",
    "supports": "work_support",
    "target-group-statuses": "target_group_status",
}
TRACE = "00-11111111222243338444555555555555-1111111122224333-01"
DIRECTORY = ("/organisations", "/practitioners", "/machines", "/consent-texts", "/account-links")
ELSEWHERE = (
    "/substitutions",
    "/supervisions",
    "/privacy-desk",
    "/employers",
    "/teams",
    "/memberships",
    "/imports",
    "/webhook-subscriptions",
)
"""No records of a client: a directory that is open to all, or tested beside its own noun."""


class Asking:
    """One stranger, who asks for what there is and for what there is not."""

    def __init__(self, stage: Stage, party: str) -> None:
        self.stage = stage
        self.party = party

    async def __call__(
        self, op: Called, ids: Mapping[str, Any], method: str = ""
    ) -> tuple[Any, ...]:
        headers = {
            "if_match": '"x"',
            "if_none_match": "*",
            "x_request_id": ABSENT,
            "traceparent": TRACE,
        }
        answer = await self.stage.call(
            method or op.method, self.party, op.at(ids), op.body, **headers
        )
        return seen(answer, ids)


def seen(answer: httpx.Response, ids: Mapping[str, Any]) -> tuple[Any, ...]:
    """Status, headers and body, apart from the ids that were sent."""
    text = answer.text
    for name, value in ids.items():
        text = text.replace(str(value), f"<{name}>")
    return answer.status_code, dict(answer.headers), text


def table_of(segment: str) -> str:
    return IRREGULAR.get(segment, segment.replace("-", "_").removesuffix("s"))


@pytest.fixture
async def world(stage: Stage) -> RandomWorld:
    """A client with a record of every kind; and a clinician elsewhere with a client of her own."""
    stage.on(NOW)
    made = RandomWorld(stage, 7)
    made.put()
    with stage.database.connect_as_superuser() as db:
        block = {**required(Block), **made._block(stage.parties["coach"])}
        insert(db, Block.__tablename__, block)
        for table in tables.client_records():
            if table.__tablename__ not in made.records:
                found = sql.SQL("SELECT id FROM {} WHERE client_id = %s")
                name = sql.Identifier(table.__tablename__)
                rows = db.execute(found.format(name), [made.client]).fetchall()
                made.records[table.__tablename__] = [key for (key,) in rows] or [made.client]
    await stage.recompile(made.client)
    made.records["access_log_entry"] = [await looked_at(stage, made)]
    stage.member("outsider", Role.CLINICIAN, "other_ggz", "Behandelaar-E9")
    return made


async def looked_at(stage: Stage, made: RandomWorld) -> UUID:
    """What the client's own look put on the access log."""
    stage.parties["person"] = made.persons[Role.CLIENT]
    await stage.seen("person", f"/v1/clients/{made.client}")
    del stage.parties["person"]
    with stage.database.connect_as_superuser() as db:
        entry = db.execute("SELECT id FROM access_log_entry WHERE client_id = %s", [made.client])
        return UUID(str(entry.fetchall()[0][0]))


def of_records() -> Iterator[Called]:
    """Operations that name a record of a client in their path."""
    for op in operations():
        if "{" in op.path and not op.path.startswith((*DIRECTORY, *ELSEWHERE)):
            yield op


async def own_client(stage: Stage) -> dict[str, Any]:
    client = await stage.client("echo", by="outsider")
    body = {"clientId": str(client), "kind": "wgb", "workQuestionAskedOn": "2025-06-01"}
    trajectory = await stage.made("outsider", "/v1/trajectories", body)
    return {"client_id": client, "trajectory_id": UUID(trajectory["id"])}


async def test_hidden_is_as_absent_whatever_is_asked(stage: Stage, world: RandomWorld) -> None:
    mine = await own_client(stage)
    tried = 0
    for party in ("outsider", "echo"):
        ask = Asking(stage, party)
        for op in of_records():
            hidden = {name: world.records[table_of(seg)][0] for seg, name in op.parameters}
            absent = {name: uuid4() for name in hidden}
            found = await ask(op, hidden)
            assert found == await ask(op, absent), str(op)
            assert found[0] in {400, 403, 404}, f"{op}: {found}"
            tried += 1
            own = {name: mine[name] for name in hidden if name in mine}
            if own and own.keys() < hidden.keys():
                nested = await ask(op, hidden | own)
                assert nested == await ask(op, absent | own), str(op)
                assert nested[0] in {400, 403, 404}, f"{op}: {nested}"
                tried += 1
    assert tried > 300


async def test_another_method_tells_no_more(stage: Stage, world: RandomWorld) -> None:
    ask = Asking(stage, "outsider")
    for op in of_records():
        if op.method == "GET" and op.path.count("{") == 1:
            [(segment, name)] = op.parameters
            hidden = {name: world.records[table_of(segment)][0]}
            for method in ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
                found = await ask(op, hidden, method)
                assert found == await ask(op, {name: uuid4()}, method), f"{method} {op}"
                assert found[0] in {400, 404, 405}, f"{method} {op}"


async def test_no_role_does_what_the_contract_does_not_give_it(
    stage: Stage, world: RandomWorld
) -> None:
    stage.parties |= {f"person_{role}": party for role, party in world.persons.items()}
    parties = ["coach", "physician", "employer", "ggz_admin", f"person_{Role.CLIENT}"]
    tried = 0
    for op in operations():
        ids = {name: _any_id(stage, world, segment) for segment, name in op.parameters}
        for party in parties:
            role = stage.parties[party].role
            if role is not None and role.value not in op.roles:
                sent, path = op.file or op.body, op.at(ids)
                answer = await stage.call(op.method, party, path, sent, if_match='"x"')
                empty = answer.status_code == 200 and _told_nothing(answer)
                assert empty or answer.status_code in {400, 403, 404}, f"{party}: {op}"
                tried += 1
    assert tried > 200


def _told_nothing(answer: httpx.Response) -> bool:
    """An empty list or file, or a bare no to what was asked beforehand."""
    if answer.headers["content-type"] != "application/json":
        return len(answer.text.splitlines()) <= 2  # a heading, and that it is complete
    body = answer.json()
    answers = [body, *body.get("evaluations", []), *body.get("answers", [])]
    said = [one for one in answers if "decision" in one or "allowed" in one]
    nothing = ({"decision": False}, {"allowed": False, "bases": [], "limits": []})
    return body.get("items") == [] or (bool(said) and all(one in nothing for one in said))


def _any_id(stage: Stage, world: RandomWorld, segment: str) -> Any:
    known = {
        "organisations": stage.organisations["ggz"],
        "memberships": stage.parties["clinician"].membership,
        "consent-texts": "2025-01",
    }
    found = world.records.get(table_of(segment))
    return known.get(segment, found[0] if found else uuid4())


async def test_no_write_takes_a_field_that_the_contract_does_not_ask(stage: Stage) -> None:
    extra = ("consentOverridden", "legalBasis", "withdrawnAt", "createdAt", "version", "author_id")
    tried = 0
    for op in operations():
        if isinstance(op.body, dict):
            ids = {name: ABSENT for _, name in op.parameters}
            body = {**op.body, **dict.fromkeys(extra, ABSENT)}
            answer = await stage.call(op.method, "clinician", op.at(ids), body, if_match='"x"')
            assert answer.status_code == 400, str(op)
            told = {fault["pointer"] for fault in answer.json()["errors"]}
            assert {f"#/{name}" for name in extra} <= told, str(op)
            tried += 1
    assert tried > 60


async def test_nothing_is_sorted_searched_filtered_or_counted_by_what_is_not_offered(
    stage: Stage,
) -> None:
    tried = ("sort", "order", "q", "filter", "fields", "include", "total", "familyName", "bsn")
    for op in operations():
        if op.method == "GET":
            path = op.at({name: ABSENT for _, name in op.parameters})
            answer = await stage.get("clinician", f"{path}?{'=rung&'.join(tried)}=rung")
            assert answer.status_code == 400, str(op)
            unknown = {
                f["pointer"] for f in answer.json()["errors"] if f["code"] == "unknown_parameter"
            }
            assert {f"#/{name}" for name in tried} <= unknown, str(op)


NOTES = {
    "/access-log/checkpoint",
    "/access-log/verifier-key",
    "/placements/{placement_id}/printed-agreement",
    "/exports/caseload",
    "/exports/clients",
    "/exports/trajectories",
    "/imports/{import_id}/report",
}
"""Of a form that others fixed: signed notes and their key (C2SP); a page to be signed; streams."""


def test_the_contract_deletes_nothing_counts_nothing_and_speaks_json_only() -> None:
    assert [op for op in operations(acts=False) if op.method == "DELETE"] == []
    schemas = document()["components"]["schemas"]
    names = {name for schema in schemas.values() for name in schema.get("properties", {})}
    assert names & {"total", "totalCount", "count", "pages", "facets", "highlight"} == set()
    media = {
        kind
        for name, path in document()["paths"].items()
        for operation in path.values()
        if name not in NOTES
        if isinstance(operation, dict)
        for answer in operation.get("responses", {}).values()
        for kind in answer.get("content", {})
    }
    assert media <= {"application/json", "application/problem+json"}
