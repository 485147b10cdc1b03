"""The database itself puts a hat on nobody but whose it is, whatever the application asks."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg import sql

from app.access.vocabulary import Role
from app.platform.postgres import API, READER
from tests.build.machines import System, system_of
from tests.build.stage import Stage

BARE: tuple[Any, ...] = ([], None, None)
"""A context that opens nothing: no grantees, no organisation, no role."""


def context(stage: Stage, login: Any, hat: Any, role: str = API) -> tuple[Any, ...]:
    """What the row policies would know of a viewer, right after the hat was put on."""
    with stage.database.connect(role) as db, db.transaction():
        db.execute("SELECT wear(%s, %s, '2')", [login, hat])
        found = db.execute(
            "SELECT viewer_grantees(), viewer_organisation(), viewer_role()"
        ).fetchone()
    assert found is not None
    return tuple(found)


def account(stage: Stage, subject: str) -> UUID:
    with stage.database.connect_as_superuser() as db:
        found = db.execute("SELECT id FROM account WHERE subject = %s", [subject]).fetchone()
    assert found is not None
    return UUID(str(found[0]))


def disable(stage: Stage, table: str, key: Any) -> None:
    statement = sql.SQL("UPDATE {} SET disabled_at = moment() WHERE id = %s")
    with stage.database.connect_as_superuser() as db:
        db.execute(statement.format(sql.Identifier(table)), [key])


@pytest.mark.parametrize("role", [API, READER])
async def test_a_membership_is_worn_by_the_login_of_its_practitioner_only(
    stage: Stage, role: str
) -> None:
    await stage.client("alfa")
    coach = stage.parties["coach"]
    own = account(stage, coach.subject)
    worn = ([coach.membership, coach.inbox], coach.organisation, "reintegration_coach")
    assert context(stage, own, coach.membership, role) == worn
    for other in ("coach_colleague", "clinician", "alfa"):
        login = account(stage, stage.parties[other].subject)
        assert context(stage, login, coach.membership, role) == BARE, other
    for nobody in (None, uuid4(), coach.membership, coach.organisation):
        assert context(stage, nobody, coach.membership, role) == BARE
    disable(stage, "account", own)
    assert context(stage, own, coach.membership, role) == BARE


async def test_a_disabled_login_wears_no_link_either(stage: Stage) -> None:
    await stage.client("alfa")
    await stage.client("echo", by="other_clinician")
    alfa = stage.parties["alfa"]
    login = account(stage, alfa.subject)
    assert context(stage, login, alfa.membership) == ([alfa.membership], None, "client")
    assert context(stage, account(stage, "subject-echo"), alfa.membership) == BARE
    disable(stage, "account", login)
    assert context(stage, login, alfa.membership) == BARE


async def registered(stage: Stage) -> tuple[System, System]:
    """A system of the care provider, which is not that of its neighbour."""
    return await system_of(stage), await system_of(stage, admin="other_admin", key="other")


async def test_a_client_system_wears_itself_and_its_own_colleagues_while_it_is_enabled(
    stage: Stage,
) -> None:
    stage.member("other_admin", Role.ORGANISATION_ADMIN, "other_ggz", "Beheerder-E1")
    own, other = await registered(stage)
    clinician = stage.parties["clinician"]
    member = ([clinician.membership, clinician.inbox], clinician.organisation, "clinician")
    itself = ([UUID(own.id)], clinician.organisation, None)
    assert context(stage, own.id, clinician.membership) == member
    assert context(stage, own.id, own.id) == itself
    for stranger in (other.id, account(stage, clinician.subject), None):
        assert context(stage, stranger, own.id) == BARE
    assert context(stage, other.id, clinician.membership) == BARE
    disable(stage, "machine", own.id)
    for hat in (clinician.membership, own.id):
        assert context(stage, own.id, hat) == BARE
