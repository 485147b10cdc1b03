"""Name, birth date, address and number of a client can be mended; each version stays.

One column with a constant default, which rewrites no table, and policies on who may add a version:
short locks, which wait for nobody longer than is allowed.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import row_security as rs

revision = "0024"
down_revision = "0025"
branch_labels = None
depends_on = None

IDENTITY = 1
MENDS = f"""CREATE POLICY mends ON client_identity FOR INSERT TO trede_api WITH CHECK (
    client_identity.author_id = ANY ({rs.GRANTEES})
    AND client_identity.controller_organisation_id = (SELECT viewer_organisation())
    AND (SELECT true FROM access_grant g
    WHERE g.client_id = client_identity.client_id
      AND g.creates & {IDENTITY} <> 0
      AND {rs.IN_FORCE}
    LIMIT 1))"""
"""Also by who works with the client in one trajectory, as at the body that registered it."""
AS_REGISTERED = """CREATE POLICY as_registered ON client_identity AS RESTRICTIVE FOR INSERT
    TO trede_api WITH CHECK (
    client_identity.trajectory_id IS NULL
    AND ((SELECT viewer_role()) = 'client'
     OR client_identity.controller_organisation_id = (SELECT viewer_organisation()))
    AND (SELECT true FROM client c
    WHERE c.id = client_identity.client_id
      AND c.controller_organisation_id = client_identity.controller_organisation_id
    LIMIT 1))"""
"""Whoever writes it, the organisation that registered the client goes on answering for it."""
BY_ONESELF = """
CREATE FUNCTION keeps_the_name() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    known record;
BEGIN
    IF viewer_role() IS DISTINCT FROM 'client' THEN RETURN NEW; END IF;
    SELECT i.given_name, i.family_name, i.name_key, i.birth_date INTO known
      FROM client_identity i WHERE i.client_id = NEW.client_id
     ORDER BY i.recorded_at DESC, i.id DESC LIMIT 1;
    IF NOT FOUND OR (known.given_name, known.family_name, known.name_key, known.birth_date)
        IS DISTINCT FROM (NEW.given_name, NEW.family_name, NEW.name_key, NEW.birth_date)
    THEN RAISE insufficient_privilege USING MESSAGE = 'a name is not changed by oneself';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keeps_the_name BEFORE INSERT ON client_identity FOR EACH ROW
    EXECUTE FUNCTION keeps_the_name();
"""
WHOM_A_SYSTEM_REGISTERED = """
INSERT INTO compilation_due (id, client_id)
SELECT gen_random_uuid(), r.client_id FROM (SELECT DISTINCT client_id FROM registration) r
"""
"""A client system reads whom it registered as they are now: their grants are compiled anew."""


def upgrade() -> None:
    """Versions of who a client is; what was recorded stays as it was."""
    op.add_column(
        "client_identity",
        sa.Column("changed", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
    )
    for statement in (MENDS, AS_REGISTERED, BY_ONESELF, WHOM_A_SYSTEM_REGISTERED):
        op.execute(statement)
