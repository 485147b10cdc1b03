"""Whether the database that was found keeps what row security leans on; asked at every start."""

from collections.abc import Collection
from typing import Final

import psycopg
from psycopg import Connection

from app.platform.postgres.addresses import for_libpq, parse
from app.platform.postgres.errors import PostgresError
from app.platform.postgres.roles import API, COMPILER, OWNER, READER, WORKER

SERVING: Final = (API, READER, WORKER, COMPILER)
"""The roles under which requests and jobs run; data is read and written by no other."""

_OPEN_DOORS: Final = r"""
WITH serving AS (SELECT oid, rolname FROM pg_roles WHERE rolname = ANY (%(serving)s)),
reached AS (
    SELECT n.oid FROM pg_namespace n
     WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%%'
       AND EXISTS (SELECT FROM serving s WHERE has_schema_privilege(s.oid, n.oid, 'USAGE'))),
relation AS (SELECT c.* FROM pg_class c JOIN reached ON reached.oid = c.relnamespace)

SELECT format('table %%s has no forced row security', oid::regclass) FROM relation
 WHERE relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)
   AND NOT (relname = ANY (%(open)s) AND relnamespace = 'public'::regnamespace)
UNION ALL
SELECT format('materialized view %%s cannot have row security', oid::regclass) FROM relation
 WHERE relkind = 'm'
UNION ALL
SELECT format('foreign table %%s cannot have row security', oid::regclass) FROM relation
 WHERE relkind = 'f'
UNION ALL
SELECT format('view %%s has no security_invoker', oid::regclass) FROM relation
 WHERE relkind = 'v' AND NOT EXISTS (
       SELECT FROM pg_options_to_table(reloptions) o
        WHERE o.option_name = 'security_invoker' AND o.option_value::boolean)
UNION ALL
SELECT format('function %%s is SECURITY DEFINER', p.oid::regprocedure)
  FROM pg_proc p JOIN reached ON reached.oid = p.pronamespace WHERE p.prosecdef
UNION ALL
SELECT format('role %%s is %%s', rolname, power)
  FROM pg_roles, unnest(ARRAY[
       CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
       CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
       CASE WHEN rolreplication THEN 'REPLICATION' END]) power
 WHERE rolname = ANY (%(all)s) AND power IS NOT NULL
UNION ALL
SELECT format('role %%s may act as %%s', s.rolname, r.rolname)
  FROM serving s, pg_roles r
 WHERE s.oid <> r.oid AND pg_has_role(s.oid, r.oid, 'MEMBER')
   AND NOT (s.rolname = %(api)s AND r.rolname = %(compiler)s)
UNION ALL
SELECT format('role %%s has the rights of %%s unasked', s.rolname, r.rolname)
  FROM serving s, pg_roles r
 WHERE s.rolname = %(api)s AND r.rolname = %(compiler)s AND pg_has_role(s.oid, r.oid, 'USAGE')
UNION ALL
SELECT format('role %%s owns %%s', s.rolname, pg_describe_object(d.classid, d.objid, 0))
  FROM pg_shdepend d JOIN serving s ON s.oid = d.refobjid
 WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o'
   AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
UNION ALL
SELECT format('role %%s may %%s in the database', s.rolname, wanted)
  FROM serving s, unnest(ARRAY['CREATE', 'TEMP']) wanted
 WHERE has_database_privilege(s.oid, current_database(), wanted)
UNION ALL
SELECT format('role %%s may CREATE in schema %%s', s.rolname, reached.oid::regnamespace)
  FROM serving s, reached WHERE has_schema_privilege(s.oid, reached.oid, 'CREATE')
UNION ALL
SELECT format('role %%s may %%s table %%s', s.rolname, wanted, r.oid::regclass)
  FROM serving s, relation r, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) wanted
 WHERE r.relkind IN ('r', 'p') AND has_table_privilege(s.oid, r.oid, wanted)
ORDER BY 1
"""
"""Each row is a sentence that says what is open.

Whoever may act as the owner takes row security away; the API alone becomes the compiler, and only
where it says so. TRUNCATE and REFERENCES pass by every policy, and a trigger runs as whoever writes
next.
"""


class OpenDoorError(PostgresError):
    """The database has a way around row security; nothing is served on it."""


def refuse_open_doors(address: str, open_tables: Collection[str]) -> None:
    """Look at the catalogue of this database; `open_tables` are those without client data.

    Raises OpenDoorError with every way around row security that was found.
    """
    with psycopg.connect(for_libpq(parse(address)), autocommit=True) as connection:
        found = open_doors(connection, open_tables)
    if found:
        raise OpenDoorError(
            "This database is not served: " + "; ".join(found) + ". Take these away, then start."
        )


def open_doors(connection: Connection, open_tables: Collection[str]) -> list[str]:
    """Every way around row security, as a sentence; empty when all is closed."""
    values = {
        "open": sorted(open_tables),
        "serving": list(SERVING),
        "all": [OWNER, *SERVING],
        "api": API,
        "compiler": COMPILER,
    }
    return [str(sentence) for (sentence,) in connection.execute(_OPEN_DOORS, values)]
