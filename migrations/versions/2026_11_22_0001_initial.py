"""The first schema: parties, facts, grants, records, log; row security on all client data."""

from alembic import op

from app import tables
from app.access.ceilings import written_by
from app.access.records import Addressed, ClientRecord, Released
from app.access.vocabulary import Category, Role
from app.platform.db import Base
from migrations import row_security as rs

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _protected() -> list[rs.Protected]:
    found = []
    for table in tables.client_records():
        if table.__tablename__ == "client":
            continue
        found.append(
            rs.Protected(
                table.__tablename__,
                table.__category__.bit,
                scope=table.__scope__,
                released=issubclass(table, Released),
                addressed=issubclass(table, Addressed),
                parties=table.__parties__,
                fact=table.__module__ == "app.access.facts",
                registering=table.__tablename__
                in {"client_identity", "client_bsn", "treatment_team_member"},
                mutable=table.__mutable__,
            )
        )
    return found


def _run(script: str) -> None:
    op.execute(script)


def upgrade() -> None:
    tables.load()
    _run(rs.FUNCTIONS)
    Base.metadata.create_all(op.get_bind())
    _run(rs.VIEWER_FUNCTIONS)
    registrars = ", ".join(
        f"'{role}'" for role in Role if Category.IDENTITY in written_by(role) and role != Role.CLIENT
    )
    client = rs.Protected("client", Category.EXISTENCE.bit)
    _run(rs.CLIENT.replace("{sees}", rs._sees(client)).replace("{registrars}", f"({registrars})"))
    _run(rs.ACCESS_GRANT)
    _run(rs.ACCOUNT_LINK.replace("{consent}", str(Category.CONSENT.bit)))
    _run(rs.ACCESS_LOG.replace("{access_log}", str(Category.ACCESS_LOG.bit)))
    _run(rs.REGISTRATION)
    for table in _protected():
        for statement in rs.statements(table):
            _run(statement)
    _run(rs.CONSENT)
    _run(rs.WORKER)
    for statement in rs.DIRECTORY_RIGHTS:
        _run(statement)
    for rights, table, login in tables.system_rights():
        _run(f"GRANT {rights} ON {table} TO {login}")
