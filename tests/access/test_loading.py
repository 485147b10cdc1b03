"""Stored facts become the policy's world; rows that make no sense open nothing."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from app.access import world
from app.access.facts import Block, Consent, Referral
from app.access.vocabulary import Category, Period, Purpose, Role
from app.access.world_rows import _consent, _persons, _referral
from tests.build.situations import BEGIN, Situation, wgb_at_uwv
from tests.build.stage import Stage

DAY = timedelta(days=1)
START = datetime(2025, 1, 1, tzinfo=UTC)


def consent_row(**values: Any) -> Any:
    row = {
        "id": uuid4(),
        "trajectory_id": None,
        "sender_organisation_id": None,
        "recipient_organisation_id": uuid4(),
        "recipient_role": "clinician",
        "recipient_membership_id": None,
        "categories": Category.LADDER.bit,
        "purposes": Purpose.TREATMENT.bit,
        "valid_from": START,
        "valid_until": None,
        "withdrawn_at": None,
        "conversation_id": None,
        "record_id": None,
        "given_by": "client",
        "recorded_at": START,
    }
    return SimpleNamespace(**{**row, **values})


@pytest.mark.parametrize(
    ("until", "withdrawn", "end"),
    [
        (None, None, None),
        (START + DAY, None, START + DAY),
        (None, START + DAY, START + DAY),
        (START + DAY, START + 2 * DAY, START + DAY),
        (START + 2 * DAY, START + DAY, START + DAY),
    ],
)
def test_a_consent_ends_at_its_last_day_or_its_withdrawal_whichever_is_first(
    until: datetime | None, withdrawn: datetime | None, end: datetime | None
) -> None:
    found = _consent(consent_row(valid_until=until, withdrawn_at=withdrawn))
    assert found is not None
    assert found.period == Period(START, end)


@pytest.mark.parametrize("ends", ["valid_until", "withdrawn_at"])
@pytest.mark.parametrize("at", [START, START - DAY])
def test_a_consent_that_ended_before_it_began_was_never_given(ends: str, at: datetime) -> None:
    assert _consent(consent_row(**{ends: at})) is None


def test_bits_beyond_the_vocabulary_say_nothing() -> None:
    found = _consent(consent_row(categories=1 << 30, purposes=1 << 14))
    assert found is not None
    assert not found.categories
    assert not found.purposes


def test_an_unknown_role_is_an_error_and_no_role() -> None:
    with pytest.raises(ValueError, match="king"):
        _consent(consent_row(recipient_role="king"))


def test_a_referral_waits_until_the_first_decision_about_it() -> None:
    row = SimpleNamespace(
        id=uuid4(),
        trajectory_id=uuid4(),
        organisation_id=uuid4(),
        inbox_id=uuid4(),
        role="labour_expert",
        recorded_at=START,
        accepted_at=START + 3 * DAY,
        refused_at=None,
        withdrawn_at=START + DAY,
    )
    assert _referral(row).period == Period(START, START + DAY)


def link(role: str, until: datetime | None = None) -> Any:
    return SimpleNamespace(id=uuid4(), role=role, valid_from=START, valid_until=until)


def acting(row_id: Any, since: datetime = START, **values: Any) -> Any:
    mask = Category.LADDER.bit
    return SimpleNamespace(id=row_id, scope=mask, valid_from=since, valid_until=None, **values)


def test_a_hat_opens_what_its_record_says_while_both_are_in_force() -> None:
    client, helper, ended = link("client"), link("supporter", START + 2 * DAY), link("supporter")
    guardian, parent = link("representative"), world.MandateKind.PARENT
    found = _persons(
        [client, helper, guardian],
        [acting(guardian.id, kind="parent")],
        [acting(helper.id, START + DAY), acting(ended.id)],
    )
    scope = frozenset({Category.LADDER})
    assert found == (
        world.Person(client.id, Role.CLIENT, Period(START)),
        world.Person(guardian.id, Role.REPRESENTATIVE, Period(START), scope, parent),
        world.Person(helper.id, Role.SUPPORTER, Period(START + DAY, START + 2 * DAY), scope),
    )


def test_a_record_without_a_login_or_after_its_login_ended_is_no_hat() -> None:
    over = link("supporter", START + DAY)
    assert _persons([over], [], [acting(over.id, START + DAY), acting(uuid4())]) == ()


def test_a_login_as_representative_without_its_record_is_no_hat() -> None:
    assert _persons([link("representative"), link("supporter")], [], []) == ()


async def test_a_block_without_length_bars_nobody_and_stops_nothing(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    ggz = stage.organisations["ggz"]
    mask = Category.IDENTITY.bit
    await alfa.put(Block, organisation_id=ggz, categories=mask, valid_until=BEGIN)
    assert (await stage.seen("clinician", alfa.of_client))["familyName"] == "Alfa"
    await alfa.put(Block, organisation_id=ggz, categories=mask)
    assert "familyName" not in await stage.seen("clinician", alfa.of_client)


async def test_an_unknown_word_in_a_stored_fact_lets_nothing_new_be_compiled(stage: Stage) -> None:
    alfa = await wgb_at_uwv(stage)
    before = stored(alfa)
    with pytest.raises(ValueError, match="king"):
        await alfa.put(
            Consent,
            recipient_organisation_id=stage.organisations["company"],
            recipient_role="king",
            categories=Category.WORK_QUESTION.bit,
            purposes=Purpose.REINTEGRATION.bit,
        )
    assert stored(alfa) == before


async def test_a_consent_to_one_named_person_is_read_by_that_person_while_a_member(
    stage: Stage,
) -> None:
    """Also where no other fact names the person: in an inbox nobody takes part yet."""
    alfa = Situation(stage, await stage.client("alfa"))
    await alfa.begin()
    expert, colleague = stage.parties["expert"], stage.parties["expert_colleague"]
    with stage.database.connect_as_superuser() as db:
        db.execute(
            "UPDATE membership SET valid_until = '2025-06-01' WHERE id = %s", [expert.membership]
        )
    await alfa.put(
        Referral,
        trajectory_id=alfa.trajectory,
        organisation_id=expert.organisation,
        inbox_id=expert.inbox,
        role="labour_expert",
    )
    named = {
        "trajectory_id": alfa.trajectory,
        "recipient_organisation_id": expert.organisation,
        "recipient_role": "labour_expert",
        "categories": Category.EXISTENCE.bit,
        "purposes": Purpose.REINTEGRATION.bit,
    }
    await alfa.put(Consent, **named, recipient_membership_id=expert.membership)
    await alfa.put(Consent, **named, recipient_membership_id=stage.parties["coach"].membership)
    with stage.database.connect_as_superuser() as db:
        found = db.execute(
            "SELECT DISTINCT grantee_id, valid_until FROM access_grant WHERE basis = 'referral'"
        ).fetchall()
    assert [(grantee, until.date().isoformat()) for grantee, until in found] == [
        (expert.membership, "2025-06-01")
    ]
    assert colleague.inbox not in {grantee for grantee, _ in found}


def stored(alfa: Situation) -> list[tuple[Any, ...]]:
    with alfa.stage.database.connect_as_superuser() as db:
        query = "SELECT * FROM access_grant WHERE client_id = %s ORDER BY id"
        return db.execute(query, [alfa.client]).fetchall()
