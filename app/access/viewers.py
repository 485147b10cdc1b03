"""Who is asking, looked up now: membership, link or mandate come from the tables, not a token."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.access.ceilings import roles_of
from app.access.vocabulary import (
    OWN_AFFAIRS,
    PERSONS,
    STATED_PURPOSES,
    OrganisationKind,
    Purpose,
    Role,
    Viewer,
    ViewerKind,
)
from app.platform.db import Prepared
from app.platform.http.problems import BadRequest, Fault, NotAllowed, Unauthorized
from app.platform.http.schemas import UUID_TEXT
from app.platform.security.tokens import Claims

_DEFAULTS = json.dumps(
    {
        role.value: (purposes[0].bit if purposes else OWN_AFFAIRS)
        for role, purposes in STATED_PURPOSES.items()
    }
)
_CONTEXT = """
    wear(a.id, h.id, coalesce(:purpose, CAST(:defaults AS jsonb) ->> h.role)) AS moment
"""
"""The database itself checks that this login may wear the hat, and sets the context of the row
policies for this transaction; the moment at which it did is the moment of the request."""
_MEMBER = Prepared(
    text(f"""
SELECT a.id AS account_id, a.practitioner_id, h.*, {_CONTEXT}
FROM account a LEFT JOIN LATERAL (
    SELECT m.id, m.role, m.inbox_id, m.organisation_id, o.kind
    FROM membership m JOIN organisation o ON o.id = m.organisation_id
    WHERE m.practitioner_id = a.practitioner_id
      AND m.valid_from <= moment() AND (m.valid_until IS NULL OR moment() < m.valid_until)
      AND (CAST(:wish AS uuid) IS NULL OR m.id = :wish)
    ORDER BY m.id LIMIT 2) h ON true
WHERE a.issuer = :issuer AND a.subject = :subject AND a.disabled_at IS NULL
""")  # noqa: S608 - a constant of this module
)
_PERSON = Prepared(
    text(f"""
SELECT a.id AS account_id, h.*, {_CONTEXT}
FROM account a JOIN LATERAL (
    SELECT l.id, l.role, l.client_id FROM account_link l
    WHERE l.account_id = a.id
      AND l.valid_from <= moment() AND (l.valid_until IS NULL OR moment() < l.valid_until)
      AND (CAST(:wish AS uuid) IS NULL OR l.id = :wish)
    ORDER BY l.id LIMIT 2) h ON true
WHERE a.id = :account
""")  # noqa: S608 - a constant of this module
)
_MACHINE = Prepared(
    text(f"""
SELECT NULL::uuid AS account_id, x.id AS machine_id, h.*, {_CONTEXT}
FROM machine x
CROSS JOIN LATERAL (SELECT x.id) a
LEFT JOIN LATERAL (
    SELECT m.id, m.role, m.inbox_id, m.organisation_id, o.kind
    FROM membership m JOIN organisation o ON o.id = m.organisation_id
    WHERE m.organisation_id = x.organisation_id AND m.id = :wish
      AND m.valid_from <= moment() AND (m.valid_until IS NULL OR moment() < m.valid_until)
    UNION ALL
    SELECT x.id, 'clinician', NULL, x.organisation_id, o.kind
    FROM organisation o WHERE o.id = x.organisation_id AND CAST(:wish AS uuid) IS NULL
    LIMIT 1) h ON true
WHERE x.id = :machine AND x.disabled_at IS NULL
""")  # noqa: S608 - a constant of this module
)

_NONE = "No membership is in force: name one of your organisation in `On-Behalf-Of`."
_SEVERAL = (
    "None of your memberships or links is in force, or several are: `GET /v1/me` lists them."
    " Name one of these in `On-Behalf-Of`."
)


def is_machine(claims: Claims) -> bool:
    """Client credentials: the token is about the client system itself (RFC 9068, section 5)."""
    return claims.client_id is not None and claims.client_id == claims.subject


async def viewer_of(
    db: AsyncConnection,
    claims: Claims,
    own_issuer: str,
    stated: str | None,
    on_behalf_of: str | None,
) -> Viewer:
    """The viewer behind a verified token, and the database context of this transaction.

    `on_behalf_of` names the hat where the token does not: a machine's member, or one's own.
    Errors: 401 when no account or machine stands behind the token; 403 when no membership or link
    is in force, or when there are several and none is named; 400 for words that are malformed.
    """
    purpose = _purpose(claims.purpose, stated)
    wish = _wish(claims, on_behalf_of)
    asked: dict[str, Any] = {
        "issuer": claims.issuer,
        "subject": claims.subject,
        "wish": wish,
        "purpose": None if purpose is None else str(purpose.bit),
        "defaults": _DEFAULTS,
    }
    if is_machine(claims):
        if claims.issuer != own_issuer:
            raise Unauthorized
        machine_id = _uuid(claims.subject)
        rows = await _MACHINE.run(db, {**asked, "machine": machine_id})
        if not rows:
            raise Unauthorized(error="invalid_token")
        return _member_viewer(rows[0], purpose, machine_id=machine_id)
    rows = await _MEMBER.run(db, asked)
    if not rows:
        raise Unauthorized
    if rows[0].id is not None:
        _only_one(rows)
        return _member_viewer(rows[0], purpose)
    persons = await _PERSON.run(db, {**asked, "account": rows[0].account_id})
    _only_one(persons)
    return _person_viewer(persons[0], purpose)


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Unauthorized from None


def _wish(claims: Claims, on_behalf_of: str | None) -> UUID | None:
    """The header chooses among what one is; it never overrides what the token says."""
    if on_behalf_of is None:
        return claims.membership
    if not UUID_TEXT.fullmatch(on_behalf_of):
        detail = "The header must name a membership."
        raise BadRequest(errors=[Fault("header", "#/On-Behalf-Of", "wrong_format", detail)])
    if claims.membership not in {None, UUID(on_behalf_of)}:
        raise NotAllowed("The token names another membership or link.")
    return UUID(on_behalf_of)


def _only_one(rows: Any) -> None:
    if len(rows) != 1:
        raise NotAllowed(_SEVERAL)


def _purpose(claimed: str | None, stated: str | None) -> Purpose | None:
    """The header may narrow the token's purpose, never change it."""
    try:
        known = [Purpose(value) for value in (claimed, stated) if value is not None]
    except ValueError:
        raise BadRequest(
            errors=[Fault("header", "#/Purpose-Of-Use", "unknown_purpose", "Not a known purpose.")]
        ) from None
    if len(set(known)) > 1:
        raise NotAllowed("The stated purpose is not the purpose of the token.")
    return known[0] if known else None


def _fitting(role: Role, purpose: Purpose | None) -> Purpose | None:
    fitting = STATED_PURPOSES[role]
    if purpose is None:
        return fitting[0] if fitting else None
    if purpose not in fitting:
        raise NotAllowed("This purpose does not fit this role.")
    return purpose


def _member_viewer(row: Any, purpose: Purpose | None, machine_id: UUID | None = None) -> Viewer:
    if row.id is None:
        raise NotAllowed(_NONE)
    role, kind = Role(row.role), OrganisationKind(row.kind)
    if role not in roles_of(kind):
        raise NotAllowed(_NONE)
    for_organisation = machine_id is not None and row.id == machine_id
    return Viewer(
        kind=ViewerKind.MEMBER if machine_id is None else ViewerKind.MACHINE,
        role=role,
        purpose=_fitting(role, purpose),
        account_id=row.account_id,
        membership_id=None if for_organisation else row.id,
        inbox_id=row.inbox_id,
        organisation_id=row.organisation_id,
        organisation_kind=kind,
        moment=row.moment,
        machine_id=machine_id,
        grantees=(row.id,) if row.inbox_id is None else (row.id, row.inbox_id),
    )


def _person_viewer(row: Any, purpose: Purpose | None) -> Viewer:
    role = Role(row.role)
    if role not in PERSONS:
        raise NotAllowed(_SEVERAL)
    return Viewer(
        kind=ViewerKind.PERSON,
        role=role,
        purpose=_fitting(role, purpose),
        account_id=row.account_id,
        membership_id=None,
        inbox_id=None,
        organisation_id=None,
        organisation_kind=None,
        moment=row.moment,
        own_client_id=row.client_id,
        grantees=(row.id,),
    )
