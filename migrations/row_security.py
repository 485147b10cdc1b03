"""Wall 2 in SQL, written by hand and apart from `app/access/rows.py`: row security per table.

Every setting is wrapped as a scalar subselect (evaluated once per statement) and every look-up
of a grant ends in LIMIT 1, so that the planner cannot turn it into a hashed subplan.
"""

from dataclasses import dataclass

FUNCTIONS = """
CREATE TABLE clock_offset (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton), shift interval NOT NULL);
INSERT INTO clock_offset (shift) VALUES ('0');
CREATE FUNCTION moment() RETURNS timestamptz STABLE LANGUAGE sql PARALLEL SAFE AS
$$ SELECT statement_timestamp() + (SELECT shift FROM clock_offset) $$;
CREATE FUNCTION viewer_account() RETURNS uuid STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('trede.account', true), '')::uuid $$;
CREATE FUNCTION viewer_hat() RETURNS uuid STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('trede.hat', true), '')::uuid $$;
CREATE FUNCTION viewer_purpose() RETURNS integer STABLE LANGUAGE sql AS
$$ SELECT coalesce(nullif(current_setting('trede.purpose', true), '')::integer, 0) $$;
CREATE FUNCTION compiling_client() RETURNS uuid STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('trede.compiling', true), '')::uuid $$;
CREATE FUNCTION compiling_grantee() RETURNS uuid STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('trede.compiling_grantee', true), '')::uuid $$;
"""

VIEWER_FUNCTIONS = """
-- Puts a hat on for this transaction. That it is in force, and that this login (an account, or a
-- client system) may wear it, is checked against the tables here, once; the policies then read
-- settings only. Any other hat leaves a context that opens nothing.
CREATE FUNCTION wear(login uuid, hat uuid, purpose text) RETURNS timestamptz
LANGUAGE plpgsql AS $$
DECLARE
    at timestamptz := moment();
    worn record;
BEGIN
    PERFORM set_config('trede.account', coalesce((SELECT a.id::text FROM account a
                       WHERE a.id = login AND a.disabled_at IS NULL), ''), true);
    SELECT ARRAY[m.id, m.inbox_id] AS grantees, m.organisation_id, m.role, NULL::uuid AS overseen
      INTO worn FROM membership m
     WHERE m.id = hat AND m.valid_from <= at AND (m.valid_until IS NULL OR at < m.valid_until)
       AND (EXISTS (SELECT FROM account a
                     WHERE a.id = viewer_account() AND a.practitioner_id = m.practitioner_id)
            OR EXISTS (SELECT FROM machine x
                        WHERE x.id = login AND x.disabled_at IS NULL
                          AND x.organisation_id = m.organisation_id));
    IF NOT FOUND THEN
        SELECT ARRAY[l.id] AS grantees, NULL::uuid AS organisation_id, l.role,
               CASE WHEN l.role = 'client' OR l.oversees THEN l.client_id END AS overseen
          INTO worn FROM account_link l
         WHERE l.id = hat AND l.account_id = viewer_account()
           AND l.valid_from <= at AND (l.valid_until IS NULL OR at < l.valid_until);
    END IF;
    IF NOT FOUND THEN
        SELECT ARRAY[x.id] AS grantees, x.organisation_id, NULL::text AS role, NULL::uuid AS overseen
          INTO worn FROM machine x WHERE x.id = hat AND x.id = login AND x.disabled_at IS NULL;
    END IF;
    PERFORM set_config('trede.hat', coalesce(worn.grantees[1]::text, ''), true),
            set_config('trede.grantees', coalesce(worn.grantees::text, '{}'), true),
            set_config('trede.organisation', coalesce(worn.organisation_id::text, ''), true),
            set_config('trede.role', coalesce(worn.role, ''), true),
            set_config('trede.overseen', coalesce(worn.overseen::text, ''), true),
            set_config('trede.purpose', coalesce(purpose, ''), true);
    RETURN at;
END $$;
CREATE FUNCTION viewer_grantees() RETURNS uuid[] STABLE LANGUAGE sql AS
$$ SELECT coalesce(nullif(current_setting('trede.grantees', true), ''), '{}')::uuid[] $$;
CREATE FUNCTION viewer_organisation() RETURNS uuid STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('trede.organisation', true), '')::uuid $$;
CREATE FUNCTION viewer_role() RETURNS text STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('trede.role', true), '') $$;
CREATE FUNCTION overseen_client() RETURNS uuid STABLE LANGUAGE sql AS
$$ SELECT nullif(current_setting('trede.overseen', true), '')::uuid $$;
"""

ONCE = """
-- What an act set stays as it was set; only the end of a period may still come sooner. So nothing
-- that ended is opened again, whoever may move it.
CREATE FUNCTION only_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held jsonb := to_jsonb(OLD);
    told jsonb := to_jsonb(NEW);
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF held -> name IN ('null', 'false') OR held -> name = told -> name THEN CONTINUE; END IF;
        IF name = 'valid_until' AND told -> name <> 'null' AND NEW.valid_until < OLD.valid_until
        THEN CONTINUE; END IF;
        RAISE insufficient_privilege USING MESSAGE = 'this was set before';
    END LOOP;
    RETURN NEW;
END $$;
"""

GRANTEES = "coalesce((SELECT viewer_grantees()), '{}'::uuid[])"
IN_FORCE = f"""g.grantee_id = ANY ({GRANTEES})
      AND g.purposes & (SELECT viewer_purpose()) <> 0
      AND g.valid_from <= (SELECT moment())
      AND (g.valid_until IS NULL OR (SELECT moment()) < g.valid_until)"""
APPS = "trede_reader, trede_api"
FUNDERS = "('insurance_physician', 'labour_expert', 'municipal_case_manager')"


@dataclass(frozen=True)
class Protected:
    """One table with client data: its category bit, its scope column and the gates of its rows.

    `compiled`: the compiler reads it, for grants or for the lines of a caseload.
    """

    table: str
    bit: int
    scope: str = "id"
    released: bool = False
    addressed: bool = False
    confided: bool = False
    parties: tuple[str, ...] = ()
    confined: bool = False
    restrictable: bool = False
    compiled: bool = False
    registering: bool = False
    mutable: tuple[str, ...] = ()
    moved_by: tuple[str, ...] = ()


def statements(t: Protected) -> list[str]:
    """The policies and privileges of one table."""
    sees = visible_to(t)
    adds = _adds(t)
    if t.registering:
        own = _registered_now(t.table)
        sees, adds = f"({sees}) OR ({own})", f"({adds}) OR ({own})"
    out = [
        f"ALTER TABLE {t.table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {t.table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY sees ON {t.table} FOR SELECT TO {APPS} USING ({sees})",
        f"CREATE POLICY adds ON {t.table} FOR INSERT TO trede_api WITH CHECK ({adds})",
        f"CREATE POLICY attributes ON {t.table} FOR SELECT TO trede_worker USING (true)",
        f"GRANT SELECT ON {t.table} TO {APPS}",
        f"GRANT INSERT ON {t.table} TO trede_api",
        f"GRANT SELECT (id, client_id) ON {t.table} TO trede_worker",
    ]
    if t.mutable:
        columns = ", ".join(t.mutable)
        out += [
            f"CREATE POLICY moves ON {t.table} FOR UPDATE TO trede_api USING ({moves(t, sees)})",
            f"GRANT UPDATE ({columns}) ON {t.table} TO trede_api",
            f"CREATE TRIGGER once BEFORE UPDATE ON {t.table} FOR EACH ROW"
            f" EXECUTE FUNCTION only_once({columns})",
        ]
    if t.compiled:
        out += [
            f"CREATE POLICY compiles ON {t.table} FOR SELECT TO trede_compiler "
            "USING (client_id = (SELECT compiling_client()))",
            f"GRANT SELECT ON {t.table} TO trede_compiler",
        ]
    return out


def moves(t: Protected, sees: str) -> str:
    """Whoever sees a record may not yet move it: one of the roles that it names, and no other."""
    roles = ", ".join(f"'{role}'" for role in t.moved_by) or "NULL"
    return f"coalesce((SELECT viewer_role()), 'clinician') IN ({roles}) AND ({sees})"


def visible_to(t: Protected) -> str:
    row = t.table
    own = f"(g.reach = 'authored' AND {row}.author_id = ANY ({GRANTEES}))"
    if t.parties:
        columns = ", ".join(f"{row}.{name}" for name in t.parties)
        own += f" OR (g.reach = 'own' AND (SELECT viewer_organisation()) IN ({columns}))"
    gates = ""
    if t.confined:
        columns = ", ".join(f"{row}.{name}" for name in t.parties)
        gates += f""" AND (coalesce((SELECT viewer_role()), '') NOT IN {FUNDERS}
           OR (SELECT viewer_organisation()) IN ({columns}))"""
    if t.released:
        gates += f" AND ({row}.released_at IS NOT NULL OR g.ungated)"
    if t.restrictable:
        gates += f""" AND ({row}.restricted_at IS NULL OR g.basis = 'self'
           OR {row}.controller_organisation_id = (SELECT viewer_organisation()))"""
    if t.addressed:
        gates += f" AND ((SELECT viewer_role()) = ANY ({row}.audience) OR g.ungated)"
    if t.confided:
        gates += f""" AND (g.basis IN ('self', 'request')
           OR ARRAY[{row}.author_id, {row}.recipient_id] && {GRANTEES})"""
    return f"""(SELECT true FROM access_grant g
    WHERE g.client_id = {row}.client_id
      AND g.categories & {t.bit} <> 0
      AND {IN_FORCE}
      AND (g.trajectory_id IS NULL OR {row}.trajectory_id IS NULL
           OR g.trajectory_id = {row}.trajectory_id)
      AND (g.record_id IS NULL OR g.record_id = {row}.{t.scope})
      AND (g.sender_organisation_id IS NULL
           OR g.sender_organisation_id = {row}.controller_organisation_id)
      AND (g.reach = 'all' OR {own}){gates}
    LIMIT 1)"""


def _adds(t: Protected) -> str:
    return f"{t.table}.author_id = ANY ({GRANTEES}) AND {writes(t.table, t.bit)}"


def writes(row: str, bit: int | str) -> str:
    """Whoever may add a record of this category beside this one."""
    return f"""(SELECT true FROM access_grant g
    WHERE g.client_id = {row}.client_id
      AND g.creates & {bit} <> 0
      AND {IN_FORCE}
      AND (g.trajectory_id IS NULL OR g.trajectory_id = {row}.trajectory_id)
    LIMIT 1)"""


def _registered_now(row: str) -> str:
    """Whoever registers a client adds its first records in the very transaction that does it."""
    return f"""{row}.author_id = ANY ({GRANTEES}) AND (SELECT true FROM client c
    WHERE c.id = {row}.client_id
      AND c.registered_in = pg_current_xact_id()
      AND c.controller_organisation_id = (SELECT viewer_organisation())
    LIMIT 1)"""


CLIENT = f"""
ALTER TABLE client ENABLE ROW LEVEL SECURITY;
ALTER TABLE client FORCE ROW LEVEL SECURITY;
CREATE POLICY sees ON client FOR SELECT TO {APPS} USING (
    client.registered_in = pg_current_xact_id_if_assigned() OR {{sees}});
CREATE POLICY registers ON client FOR INSERT TO trede_api WITH CHECK (
    client.author_id = ANY ({GRANTEES})
    AND client.id = client.client_id
    AND client.registered_in = pg_current_xact_id()
    AND client.controller_organisation_id = (SELECT viewer_organisation())
    AND coalesce((SELECT viewer_role()), 'clinician') IN {{registrars}});
CREATE POLICY attributes ON client FOR SELECT TO trede_worker USING (true);
GRANT SELECT ON client TO {APPS};
GRANT INSERT ON client TO trede_api;
GRANT SELECT (id, client_id) ON client TO trede_worker;
"""

ACCESS_GRANT = f"""
ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON access_grant FOR SELECT TO {APPS} USING (
    grantee_id = ANY ({GRANTEES})
    OR client_id = (SELECT overseen_client()));
CREATE POLICY compiles ON access_grant TO trede_compiler
    USING (client_id = (SELECT compiling_client()) OR grantee_id = (SELECT compiling_grantee()))
    WITH CHECK (client_id = (SELECT compiling_client()));
GRANT SELECT ON access_grant TO {APPS};
GRANT SELECT, INSERT, DELETE ON access_grant TO trede_compiler;
"""

CASELOAD_LINE = f"""
ALTER TABLE caseload_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE caseload_line FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON caseload_line FOR SELECT TO {APPS} USING (
    coalesce(grantee_id = ANY ({GRANTEES}), false)
    AND purposes & (SELECT viewer_purpose()) <> 0
    AND valid_from <= (SELECT moment())
    AND (valid_until IS NULL OR (SELECT moment()) < valid_until));
CREATE POLICY compiles ON caseload_line TO trede_compiler
    USING (client_id = (SELECT compiling_client()))
    WITH CHECK (client_id = (SELECT compiling_client()));
GRANT SELECT ON caseload_line TO {APPS};
GRANT SELECT, INSERT, DELETE ON caseload_line TO trede_compiler;
"""
"""A line is one grant's, so it needs no look-up of grants; it goes with its grant. COALESCE
keeps the list of grantees out of the choice of an index: the statement's own condition guides it."""

KEEPS_CONSENTS = f"""(SELECT true FROM access_grant g
        WHERE g.client_id = account_link.client_id AND g.creates & {{consent}} <> 0
          AND {IN_FORCE} AND g.trajectory_id IS NULL LIMIT 1)"""
ACCOUNT_LINK = f"""
ALTER TABLE account_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_link FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON account_link FOR SELECT TO {APPS}
    USING (account_id = (SELECT viewer_account()) OR linked_by = (SELECT viewer_hat()));
CREATE POLICY of_the_client ON account_link FOR SELECT TO {APPS} USING (
    ((SELECT viewer_role()) = 'client' OR ((SELECT viewer_role()) = 'clinician' AND role = 'client'))
    AND {KEEPS_CONSENTS});
CREATE POLICY links ON account_link FOR INSERT TO trede_api WITH CHECK (
    linked_by = (SELECT viewer_hat()) AND linked_by = ANY ({GRANTEES})
    AND ((SELECT viewer_role()) = 'clinician'
         OR ((SELECT viewer_role()) = 'client' AND role IN ('representative', 'supporter')))
    AND {KEEPS_CONSENTS});
CREATE POLICY ends_logins ON account_link FOR UPDATE TO trede_api
    USING (role = 'client' AND valid_until IS NULL
           AND (SELECT viewer_role()) IN ('client', 'clinician') AND {KEEPS_CONSENTS})
    WITH CHECK (valid_until <= (SELECT moment()));
CREATE POLICY compiles ON account_link FOR SELECT TO trede_compiler
    USING (client_id = (SELECT compiling_client()));
CREATE POLICY ends ON account_link FOR UPDATE TO trede_compiler
    USING (client_id = (SELECT compiling_client()));
GRANT SELECT ON account_link TO {APPS}, trede_compiler;
GRANT INSERT, UPDATE (valid_until) ON account_link TO trede_api;
GRANT UPDATE (valid_until) ON account_link TO trede_compiler;
"""

ACCESS_LOG = f"""
ALTER TABLE access_log_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_log_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY writes ON access_log_entry FOR INSERT TO {APPS}
    WITH CHECK (grantee_id = ANY ({GRANTEES}));
CREATE POLICY attributes ON access_log_entry FOR INSERT TO trede_worker
    WITH CHECK (outcome = 'refused');
CREATE POLICY sees ON access_log_entry FOR SELECT TO {APPS} USING (
    (SELECT true FROM access_grant g
      WHERE g.client_id = access_log_entry.client_id AND g.categories & {{access_log}} <> 0
        AND {IN_FORCE} AND g.trajectory_id IS NULL AND g.record_id IS NULL AND g.reach = 'all'
      LIMIT 1));
GRANT SELECT, INSERT ON access_log_entry TO {APPS};
GRANT INSERT ON access_log_entry TO trede_worker;
ALTER TABLE access_refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_refusal FORCE ROW LEVEL SECURITY;
CREATE POLICY writes ON access_refusal FOR INSERT TO {APPS} WITH CHECK (true);
CREATE POLICY attributes ON access_refusal TO trede_worker USING (true);
GRANT INSERT ON access_refusal TO {APPS};
GRANT SELECT, UPDATE (attributed_at) ON access_refusal TO trede_worker;
"""

REGISTRATION = """
ALTER TABLE registration ENABLE ROW LEVEL SECURITY;
ALTER TABLE registration FORCE ROW LEVEL SECURITY;
CREATE POLICY registers ON registration FOR INSERT TO trede_api WITH CHECK (
    (SELECT true FROM client c WHERE c.id = registration.client_id
        AND c.registered_in = pg_current_xact_id() LIMIT 1));
CREATE POLICY compiles ON registration FOR SELECT TO trede_compiler
    USING (client_id = (SELECT compiling_client()));
GRANT INSERT ON registration TO trede_api;
GRANT SELECT ON registration TO trede_compiler;
"""

PERSONS = "(SELECT viewer_role()) IN ('client', 'representative')"
CONSENT = f"""
CREATE POLICY never_by_recipient ON consent AS RESTRICTIVE FOR INSERT TO trede_api WITH CHECK (
    {PERSONS} OR (sender_organisation_id = (SELECT viewer_organisation())
                  AND recipient_organisation_id <> (SELECT viewer_organisation())));
CREATE POLICY by_the_client ON consent AS RESTRICTIVE FOR UPDATE TO trede_api USING ({PERSONS});
CREATE POLICY by_the_client ON consent_withdrawal AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ({PERSONS});
CREATE POLICY by_the_client ON consent_answer AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ({PERSONS});
CREATE POLICY by_the_client ON block AS RESTRICTIVE FOR INSERT TO trede_api WITH CHECK ({PERSONS});
CREATE POLICY by_the_client_too ON block AS RESTRICTIVE FOR UPDATE TO trede_api USING ({PERSONS});
CREATE POLICY by_client_or_care ON representative AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ((SELECT viewer_role()) IN ('client', 'clinician'));
CREATE POLICY by_client_or_care_too ON representative AS RESTRICTIVE FOR UPDATE TO trede_api
    USING ((SELECT viewer_role()) IN ('client', 'clinician'));
CREATE POLICY by_the_client ON supporter AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ((SELECT viewer_role()) = 'client');
CREATE POLICY by_the_client_too ON supporter AS RESTRICTIVE FOR UPDATE TO trede_api
    USING ((SELECT viewer_role()) = 'client');
CREATE POLICY by_the_body_itself ON responsibility AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK ((SELECT viewer_role()) IN ('labour_expert', 'municipal_case_manager')
                AND organisation_id = (SELECT viewer_organisation()));
CREATE POLICY by_who_lets_in ON participant AS RESTRICTIVE FOR INSERT TO trede_api
    WITH CHECK (coalesce((SELECT viewer_role()), 'clinician') IN
                ('clinician', 'ips_coach', 'labour_expert', 'municipal_case_manager'));
"""
"""Writing [consent] is open to all who are involved; who may write which fact is narrower."""

BY_CLIENT = "(SELECT viewer_role()) = 'client'"


def _open(row: str) -> str:
    return f"({row}.valid_until IS NULL OR {row}.valid_until > (SELECT moment()))"


def _ended(row: str) -> str:
    """This viewer ended the trajectory, which closes every seat and task of it."""
    return f"""((SELECT viewer_role()) IN ('clinician', 'ips_coach', 'reintegration_coach',
                                 'labour_expert', 'municipal_case_manager')
     AND (SELECT true FROM trajectory_event e
           WHERE e.trajectory_id = {row}.trajectory_id AND e.milestone = 'ended'
             AND e.author_id = ANY ({GRANTEES}) LIMIT 1))"""


RECEIVES = """(organisation_id = (SELECT viewer_organisation())
     AND role = (SELECT viewer_role()))"""
SENDS = f"""({BY_CLIENT} OR (controller_organisation_id = (SELECT viewer_organisation())
     AND {writes("referral", "{existence}")}))"""
MOVES = f"""
CREATE POLICY by_its_parties ON participant AS RESTRICTIVE FOR UPDATE TO trede_api
    USING ({_open("participant")} AND ({BY_CLIENT} OR {_ended("participant")}
        OR ((SELECT viewer_organisation()) IN (controller_organisation_id,
                (SELECT m.organisation_id FROM membership m WHERE m.id = membership_id))
            AND {writes("participant", "{status}")})))
    WITH CHECK (valid_until IS NOT NULL AND keeps_own_records);
CREATE POLICY by_the_client ON responsibility AS RESTRICTIVE FOR UPDATE TO trede_api
    USING ({_open("responsibility")} AND ({BY_CLIENT} OR {_ended("responsibility")}))
    WITH CHECK (valid_until IS NOT NULL);
CREATE POLICY by_its_parties ON referral AS RESTRICTIVE FOR UPDATE TO trede_api
    USING (num_nonnulls(accepted_at, refused_at, withdrawn_at) = 0 AND ({RECEIVES} OR {SENDS}))
    WITH CHECK (decided_by = ANY ({GRANTEES})
        AND num_nonnulls(accepted_at, refused_at, withdrawn_at) = 1
        AND CASE WHEN withdrawn_at IS NULL THEN {RECEIVES} ELSE {SENDS} END);
"""
"""Whoever sees a seat, a task or a referral may not yet move it; none is ever opened again."""

WORKER = "GRANT SELECT (bsn_index) ON client_bsn TO trede_worker"

DIRECTORY = (
    "organisation",
    "practitioner",
    "account",
    "inbox",
    "membership",
    "supervision",
    "substitution",
    "machine",
    "team",
    "team_member",
    "team_meeting",
    "working_time",
)
DIRECTORY_RIGHTS = (
    "GRANT SELECT ON organisation, practitioner, account, inbox, membership, supervision, "
    "substitution, machine TO trede_reader, trede_api, trede_compiler, trede_worker",
    "GRANT INSERT ON organisation, practitioner, account, inbox, membership, supervision, "
    "substitution, machine TO trede_api",
    "GRANT UPDATE (valid_until) ON membership, supervision, substitution TO trede_api",
    "GRANT UPDATE (name, policy_version) ON organisation TO trede_api",
    "GRANT UPDATE (disabled_at) ON account, machine TO trede_api",
    "GRANT UPDATE (jwks, jwks_url, algorithms, scope) ON machine TO trede_api",
    "GRANT SELECT ON clock_offset TO trede_reader, trede_api, trede_compiler, trede_worker",
)
