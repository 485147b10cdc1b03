"""What somebody learns who asks cleverly about what is hidden: nothing."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from app.access.facts import Consent
from app.access.vocabulary import Category, OrganisationKind, Purpose, mask_of
from tests.build.contract import operations
from tests.build.situations import wgb_at_uwv
from tests.build.stage import BSN, Stage
from tests.domain.consent.asking import ABSENT, QUESTION, consent, seen_by_sender, with_question
from tests.domain.trajectory.courses import started

REQUEST = {"x_request_id": ABSENT, "traceparent": f"00-{'1' * 32}-{'2' * 16}-01"}
TRACED = {name.replace("_", "-"): value for name, value in REQUEST.items()}
OPEN_PAGES = (
    "/docs",
    "/v1/openapi.json",
    "/health",
    "/ready",
    "/oauth2/jwks",
    "/.well-known/oauth-authorization-server",
    "/.well-known/smart-configuration",
    "/v1/consent-texts",
    "/v1/reference/matrix",
    "/metadata",
    "/v2/clients",
    "/debug",
)
ROUND_ABOUT = {
    "x_http_method_override": "DELETE",
    "x_method_override": "PUT",
    "x_original_url": "/v1/me",
    "x_rewrite_url": "/v1/me",
    "x_forwarded_for": "127.0.0.1",
    "x_forwarded_host": "attacker.example",
    "forwarded": "for=127.0.0.1;host=attacker.example",
    "x_user_id": "subject-clinician",
    "x_remote_user": "subject-clinician",
}


async def same(stage: Stage, party: str, path: str, **headers: str) -> tuple[Any, ...]:
    """The answer with all its headers."""
    answer = await stage.get(party, path, **{**REQUEST, **headers})
    return answer.status_code, dict(answer.headers), answer.content


@contextmanager
def counted(stage: Stage) -> Iterator[list[str]]:
    """The statements that the application sends to the database meanwhile."""
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    engines = stage.app.state.services.engines
    for engine in (engines.reader.sync_engine, engines.writer.sync_engine):
        event.listen(engine, "before_cursor_execute", note)
    yield sent
    for engine in (engines.reader.sync_engine, engines.writer.sync_engine):
        event.remove(engine, "before_cursor_execute", note)


async def test_hidden_costs_as_many_statements_as_absent(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    for op in operations():
        if op.method == "GET" and op.path.count("{") == 1 and "client_id" in op.path:
            told = []
            for client in (alfa.client, ABSENT):
                with counted(stage) as sent:
                    await stage.get("other_clinician", op.at({"client_id": client}))
                told.append(list(sent))
            assert told[0] == told[1], str(op)


async def test_no_header_takes_another_way_in(stage: Stage) -> None:
    _, question = await with_question(stage)
    for party, path in (("coach", question), ("clinician", question), ("coach", "/v1/me")):
        plain = await same(stage, party, path)
        assert await same(stage, party, path, **ROUND_ABOUT) == plain, path
    assert (await stage.get("clinician", question)).status_code == 200


async def test_open_pages_tell_nothing_of_who_is_here(stage: Stage) -> None:
    async def told() -> list[bytes]:
        return [(await stage.http.get(path, headers=TRACED)).content for path in OPEN_PAGES]

    before = await told()
    await with_question(stage)
    stage.organisation("new", OrganisationKind.GGZ_PROVIDER, "GGZ Nieuw")
    assert await told() == before


async def test_ids_are_random_and_no_answer_numbers_what_there_is(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    paths = [
        f"{alfa.of_client}/work-questions",
        "/v1/clients",
        f"{alfa.of_trajectory}/participants",
    ]
    answers = [await stage.seen("clinician", path) for path in paths]
    found = [UUID(item["id"]) for answer in answers for item in answer["items"]]
    assert found
    assert {key.version for key in found} == {4}


async def test_a_page_ends_where_the_visible_ends(stage: Stage) -> None:
    """Two hidden records lie around the one that a consent names."""
    alfa, question = await with_question(stage)
    path = f"{alfa.of_client}/work-questions"
    for _ in range(2):
        await stage.made("clinician", path, QUESTION)
    one = {**consent(alfa, "ggz", "coach", "work_question"), "recordId": question.rsplit("/", 1)[1]}
    await stage.made("clinician", f"{alfa.of_client}/consents", seen_by_sender(one))
    for size in (1, 2, 100):
        page = await stage.seen("coach", f"{path}?pageSize={size}")
        assert [item["id"] for item in page["items"]] == [question.rsplit("/", 1)[1]]
        assert "nextCursor" not in page


async def test_nothing_moves_in_an_answer_when_only_the_hidden_changes(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    paths = (
        alfa.of_trajectory,
        alfa.of_client,
        "/v1/trajectories",
        "/v1/clients",
        "/v1/practitioners",
        "/v1/organisations",
        f"{alfa.of_client}/work-questions",
    )
    before = [await same(stage, "expert", path) for path in paths]
    await stage.made("clinician", f"{alfa.of_client}/work-questions", QUESTION)
    await stage.client("echo", by="clinician")
    assert [await same(stage, "expert", path) for path in paths] == before


async def test_a_number_that_is_known_elsewhere_is_taken_like_any_other(stage: Stage) -> None:
    await stage.client("alfa")
    body = {"givenName": "Test", "familyName": "Persoon", "birthDate": "1990-05-17"}
    answers = [
        await stage.post("other_clinician", "/v1/clients", {**body, "bsn": BSN[key]}, **REQUEST)
        for key in ("alfa", "echo")
    ]
    told = [{**answer.json(), "id": 0, "bsn": 0, "registeredAt": 0} for answer in answers]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert told[0] == told[1]


async def test_a_withdrawal_between_two_pages_leaves_the_second_empty(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    path = f"{alfa.of_client}/work-questions"
    await stage.made("clinician", path, QUESTION)
    given = consent(alfa, "ggz", "coach", "work_question")
    made = await stage.made("alfa", f"{alfa.of_client}/consents", given)
    first = await stage.seen("coach", f"{path}?pageSize=1")
    await stage.made("alfa", f"/v1/consents/{made['id']}/withdrawals")
    second = await stage.seen("coach", f"{path}?pageSize=1&cursor={first['nextCursor']}")
    assert (len(first["items"]), second["items"]) == (1, [])


@pytest.mark.parametrize(
    ("last", "end"),
    [
        ("2025-03-31", datetime(2025, 3, 30, 22, tzinfo=UTC)),
        ("2025-03-30", datetime(2025, 3, 29, 23, tzinfo=UTC)),
        ("2025-10-27", datetime(2025, 10, 26, 23, tzinfo=UTC)),
    ],
)
async def test_a_consent_ends_with_the_dutch_day_also_when_the_clocks_change(
    stage: Stage, last: str, end: datetime
) -> None:
    alfa, question = await with_question(stage)
    given = {**consent(alfa, "ggz", "coach", "work_question"), "validUntil": last}
    await stage.made("alfa", f"{alfa.of_client}/consents", given)
    stage.on(end - timedelta(seconds=20))
    assert (await stage.get("coach", question)).status_code == 200
    stage.on(end)
    assert (await stage.get("coach", question)).status_code == 404


async def test_a_consent_above_the_ceiling_opens_nothing_even_from_within_the_tables(
    stage: Stage,
) -> None:
    alfa, question = await with_question(stage)
    for party in ("employer", "physician"):
        who = stage.parties[party]
        await alfa.put(
            Consent,
            trajectory_id=None,
            recipient_organisation_id=who.organisation,
            recipient_role=who.role,
            recipient_membership_id=who.membership,
            categories=mask_of(set(Category)),
            purposes=sum(purpose.bit for purpose in Purpose),
        )
        assert (await stage.get(party, question)).status_code == 404, party


async def test_two_moves_of_one_version_at_once_are_one_move(stage: Stage) -> None:
    course = await started(stage)
    tag = (await stage.get("clinician", course.of_trajectory)).headers["etag"]
    before = await course.milestones("clinician")
    body = {"to": "ended", "on": "2025-01-14", "reason": "relocated"}
    path = f"{course.of_trajectory}/transitions"
    answers = await asyncio.gather(
        *(stage.post("clinician", path, body, if_match=tag) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 412, 412, 412]
    assert (await course.milestones("clinician")).count("ended") == before.count("ended") + 1


async def test_what_is_answered_may_be_kept_by_nobody(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    for path in (alfa.of_client, alfa.of_trajectory, "/v1/trajectories", f"/v1/clients/{ABSENT}"):
        assert (await stage.get("coach", path)).headers["cache-control"] == "no-store", path
