"""What one login may be: several hats perhaps, of which each request wears one."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from app.platform.security.tokens import Claims

_LOGIN = text("""
SELECT wear(a.id, NULL, NULL)
FROM account a WHERE a.issuer = :issuer AND a.subject = :subject AND a.disabled_at IS NULL
""")
_HATS = text("""
SELECT m.id, m.role, m.organisation_id, o.name AS organisation_name, o.kind,
       NULL::uuid AS client_id, p.name
FROM account a JOIN practitioner p ON p.id = a.practitioner_id
JOIN membership m ON m.practitioner_id = p.id
JOIN organisation o ON o.id = m.organisation_id
WHERE a.issuer = :issuer AND a.subject = :subject AND a.disabled_at IS NULL
  AND m.valid_from <= moment() AND (m.valid_until IS NULL OR moment() < m.valid_until)
UNION ALL
SELECT l.id, l.role, NULL, '', '', l.client_id, NULL
FROM account a JOIN account_link l ON l.account_id = a.id
WHERE a.issuer = :issuer AND a.subject = :subject AND a.disabled_at IS NULL
  AND l.valid_from <= moment() AND (l.valid_until IS NULL OR moment() < l.valid_until)
ORDER BY 1
""")


@dataclass(frozen=True)
class Hat:
    """One way in which a login may act now: a membership, or a link to a client."""

    id: UUID
    role: str
    organisation_id: UUID | None
    organisation_name: str
    kind: str
    client_id: UUID | None
    name: str | None


async def hats_of(db: AsyncConnection, claims: Claims) -> list[Hat]:
    """All hats of a login, to choose from; one at a time, never their union."""
    asked = {"issuer": claims.issuer, "subject": claims.subject}
    await db.execute(_LOGIN, asked)
    return [Hat(**row._asdict()) for row in await db.execute(_HATS, asked)]
