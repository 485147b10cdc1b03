"""Who is asking is looked up now; no token, header or stray row makes anybody more than that."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.access.session import MAY_READ, MAY_WRITE
from app.platform.http.limits import Limiter
from tests.build.machines import system_of
from tests.build.situations import wgb_at_uwv
from tests.build.stage import Party, Stage

PATH = "/v1/clients"
SCOPES = (MAY_READ, MAY_WRITE)


async def asked(stage: Stage, authorization: str | None, path: str = PATH) -> httpx.Response:
    """What a request with this `Authorization`, or without any, is answered."""
    headers = {} if authorization is None else {"Authorization": authorization}
    return await stage.http.get(path, headers=headers)


@pytest.mark.parametrize("path", [PATH, "/v1/me"])
async def test_without_a_bearer_token_nobody_is_let_in(stage: Stage, path: str) -> None:
    token = stage.token("clinician")
    assert (await asked(stage, f"bearer {token}", path)).status_code == 200
    for sent in (None, "", "Bearer", "Bearer  ", token, f"Basic {token}"):
        refused = await asked(stage, sent, path)
        assert refused.status_code == 401, sent
        assert refused.headers["www-authenticate"].startswith("Bearer"), sent


async def test_a_login_that_is_unknown_here_is_let_in_nowhere(stage: Stage) -> None:
    stage.parties["stranger"] = Party("Onbekend", "subject-stranger")
    for path in (PATH, "/v1/me", "/v1/organisations"):
        assert (await stage.get("stranger", path)).status_code == 401, path


async def test_no_login_provider_can_vouch_for_a_client_system(stage: Stage) -> None:
    records = await system_of(stage)
    named: dict[str, Any] = {
        "subject": records.id,
        "client_id": records.id,
        "audience": stage.audience,
        "scope": SCOPES,
    }
    ours = stage.app.state.services.issuer.mint(**named)
    theirs = stage.issuer.mint(**named)
    assert (await asked(stage, f"Bearer {ours}")).status_code == 200
    assert (await asked(stage, f"Bearer {theirs}")).status_code == 401


async def test_our_own_signature_lets_in_nobody_but_a_client_system_that_is_known(
    stage: Stage,
) -> None:
    for name in ("records", stage.parties["clinician"].subject, str(uuid4())):
        token = stage.app.state.services.issuer.mint(
            name, client_id=name, audience=stage.audience, scope=SCOPES
        )
        assert (await asked(stage, f"Bearer {token}")).status_code == 401, name


async def test_a_header_never_chooses_another_hat_than_the_token_names(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    own = str(stage.parties["psychologist"].membership)
    second = second_hat(stage, "psychologist", like="expert")
    seen = await stage.get("psychologist", alfa.of_client, on_behalf_of=own)
    assert seen.status_code == 200
    for other in (second, str(stage.parties["clinician"].membership), str(uuid4())):
        refused = await stage.get("psychologist", PATH, on_behalf_of=other)
        assert refused.status_code == 403, other
    malformed = await stage.get("psychologist", PATH, on_behalf_of=f"{{{own}}}")
    assert malformed.status_code == 400
    assert malformed.json()["errors"][0]["pointer"] == "#/On-Behalf-Of"
    # Where the token leaves it open the header chooses, among one's own.
    stage.parties["psychologist"] = replace(stage.parties["psychologist"], membership=None)
    assert (await stage.get("psychologist", PATH, on_behalf_of=second)).status_code == 200
    assert (await stage.get("psychologist", PATH)).status_code == 403


def second_hat(stage: Stage, party: str, *, like: str) -> str:
    """Another membership of the same person: the role that a party has where that party works."""
    made = uuid4()
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "INSERT INTO membership (id, practitioner_id, organisation_id, inbox_id, role)"
            " SELECT %s, m.practitioner_id, o.organisation_id, o.inbox_id, o.role"
            " FROM membership m, membership o WHERE m.id = %s AND o.id = %s",
            [made, stage.parties[party].membership, stage.parties[like].membership],
        )
    return str(made)


async def test_a_stated_purpose_never_changes_what_the_token_was_given_for(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    token = stage.token("psychologist", "treatment")

    async def stated(purpose: str, token: str = token) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "Purpose-Of-Use": purpose}
        return await stage.http.get(alfa.of_client, headers=headers)

    assert (await stated("treatment")).status_code == 200
    assert (await stated("reintegration")).status_code == 403
    unknown = await stated("curiosity")
    assert unknown.status_code == 400
    assert unknown.json()["errors"][0]["pointer"] == "#/Purpose-Of-Use"
    # Without one in the token the header may state it, if the role can have it at all.
    assert (await stated("treatment", stage.token("psychologist"))).status_code == 200
    for never in ("benefit_administration", "emergency", "reintegration"):
        refused = await stated(never, stage.token("psychologist"))
        assert refused.status_code == 403, never


async def test_a_role_that_its_organisation_cannot_have_is_worn_by_nobody(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    expert = stage.parties["expert"]
    assert (await stage.get("expert", alfa.of_trajectory)).status_code == 200
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE membership SET role = 'clinician' WHERE id = %s", [expert.membership])
    for path in (alfa.of_trajectory, alfa.of_client, PATH):
        assert (await stage.get("expert", path)).status_code == 403, path


async def test_a_link_to_a_client_makes_nobody_a_professional(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    with stage.database.connect_as_superuser() as db:
        db.execute("UPDATE account_link SET role = 'clinician' WHERE client_id = %s", [alfa.client])
    await stage.recompile(alfa.client)
    for path in (alfa.of_client, alfa.of_trajectory, PATH):
        assert (await stage.get("alfa", path)).status_code == 403, path
    with stage.database.connect_as_superuser() as db:
        kept = db.execute(
            "SELECT 1 FROM access_grant WHERE grantee_id = %s", [stage.parties["alfa"].membership]
        ).fetchall()
    assert kept == []


async def test_who_asks_too_much_waits_and_keeps_nobody_else_waiting(stage: Stage) -> None:
    limiter = Limiter(per_second=0.5, burst=2, clock=lambda: 0.0)
    stage.app.state.services = replace(stage.app.state.services, limiter=limiter)
    answers = [await stage.get("clinician", PATH) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "2"
    # Another token of the same login is no way round; another login is not held up.
    stage.parties["clinician"] = replace(stage.parties["clinician"], membership=None)
    assert (await stage.get("clinician", PATH)).status_code == 429
    assert (await stage.get("colleague", PATH)).status_code == 200
