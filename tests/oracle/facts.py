"""Facts of one client copied from PostgreSQL into plain sqlite tables, one row per statement."""

import csv
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg

from app import tables
from app.access.records import Addressed, ClientRecord, Confided, Released

MATRIX = Path(tables.__file__).parent / "access" / "matrix"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PURPOSES = (
    "treatment",
    "reintegration",
    "benefit_administration",
    "quality_reporting",
    "emergency",
)
"""In the order of the access model, section 1; the bits of stored masks are in that order."""
OWN_AFFAIRS = "none"
MACHINE = "machine"
FITTING = {
    MACHINE: ("treatment",),
    "clinician": ("treatment", "reintegration"),
    "psychologist": ("treatment",),
    "ips_coach": ("treatment", "reintegration"),
    "reporting": ("quality_reporting",),
    "system_admin": (),
    "client": (OWN_AFFAIRS,),
    "representative": (OWN_AFFAIRS,),
    "supporter": (OWN_AFFAIRS,),
}
"""Section 1; all other roles: reintegration. In an emergency only the ground of that name opens.

A client system for its organisation has no role; it keeps the record of the treatment.
"""


def stated(role: str) -> tuple[str, ...]:
    """What a role may state at all: a clinician also an emergency (section 5)."""
    fitting = FITTING.get(role, ("reintegration",))
    return (*fitting, "emergency") if role == "clinician" else fitting


SCHEMA = """
CREATE TABLE viewer (hat, kind, role, organisation, organisation_kind, inbox, employed, version,
                     valid_from, valid_until, PRIMARY KEY (hat));
CREATE TABLE asking (hat, purpose);
CREATE TABLE ceiling (version, category, role, cell, gate, PRIMARY KEY (version, role, category));
CREATE TABLE writes (category, role);
CREATE TABLE fits (role, kind);
CREATE TABLE fitting (role, purpose);
CREATE TABLE treatment (id, member, valid_from, valid_until);
CREATE TABLE participant (id, trajectory, member, commissioned, keeps, valid_from, valid_until);
CREATE TABLE responsibility (id, trajectory, organisation, valid_from, valid_until);
CREATE TABLE referral (id, trajectory, organisation, inbox, role, valid_from, accepted, refused,
                       withdrawn);
CREATE TABLE consent (id, trajectory, sender, organisation, role, member, valid_from, valid_until,
                      withdrawn, scope, giver, given, age_when_given);
CREATE TABLE consent_category (id, category);
CREATE TABLE consent_purpose (id, purpose);
CREATE TABLE block (id, organisation, member, person, valid_from, valid_until);
CREATE TABLE block_category (id, category);
CREATE TABLE link (id, role, valid_from, valid_until);
CREATE TABLE representative (id, kind, valid_from, valid_until);
CREATE TABLE supporter (id, valid_from, valid_until);
CREATE TABLE person_category (id, category);
CREATE TABLE substitution (id, absent, substitute, valid_from, valid_until);
CREATE TABLE supervision (id, supervisor, supervised, valid_from, valid_until);
CREATE TABLE contract (id, placement, trajectory, organisation, inbox, valid_from, valid_until);
CREATE TABLE confirmation (id, conversation, trajectory, member, valid_from, valid_until);
CREATE TABLE request (id, inbox, valid_from, valid_until);
CREATE TABLE glass (id, member, desk, reason, valid_from, valid_until);
CREATE TABLE registration (id, machine, valid_from, valid_until);
CREATE TABLE incapacity (id, valid_from, valid_until);
CREATE TABLE incapacity_category (id, category);
CREATE TABLE born (day);
CREATE TABLE age (years);
CREATE TABLE erased (organisation);
CREATE TABLE record (place, id, category, trajectory, scope, controller, author, author_role,
                     gated, released, addressed, restricted, confided, told_to,
                     PRIMARY KEY (place, id));
CREATE TABLE audience (place, id, role);
CREATE TABLE party_to (place, id, organisation);
CREATE INDEX record_category ON record (category);
"""

COPIES = {
    "treatment": "SELECT id, membership_id, valid_from, valid_until FROM treatment_team_member",
    "participant": "SELECT id, trajectory_id, membership_id, commissioned_by,"
    " keeps_own_records, valid_from, valid_until FROM participant",
    "responsibility": "SELECT id, trajectory_id, organisation_id, valid_from, valid_until"
    " FROM responsibility",
    "referral": "SELECT id, trajectory_id, organisation_id, inbox_id, role, recorded_at,"
    " accepted_at, refused_at, withdrawn_at FROM referral",
    "consent": "SELECT id, trajectory_id, sender_organisation_id, recipient_organisation_id,"
    " recipient_role, recipient_membership_id, valid_from, valid_until, withdrawn_at,"
    " coalesce(conversation_id, record_id), given_by, recorded_at, NULL FROM consent",
    "block": "SELECT id, organisation_id, membership_id, person_id, valid_from, valid_until"
    " FROM block",
    "link": "SELECT id, role, valid_from, valid_until FROM account_link",
    "representative": "SELECT id, kind, valid_from, valid_until FROM representative",
    "supporter": "SELECT id, valid_from, valid_until FROM supporter",
    "contract": "SELECT id, placement_id, trajectory_id, organisation_id, inbox_id,"
    " valid_from, valid_until FROM placement_contract",
    "confirmation": "SELECT id, conversation_id, trajectory_id, membership_id, valid_from,"
    " valid_until FROM conversation_confirmation",
    "glass": "SELECT id, membership_id, desk_inbox_id, reason, valid_from, valid_until"
    " FROM break_glass",
    "registration": "SELECT id, machine_id, valid_from, valid_until FROM registration",
    "incapacity": "SELECT id, valid_from, valid_until FROM incapacity",
    "request": "SELECT id, inbox_id, valid_from, valid_until FROM data_subject_request",
}
"""Facts about a client, by the columns of the tables above."""
MASKS = {
    "consent_category": ("consent", "categories"),
    "block_category": ("block", "categories"),
    "incapacity_category": ("incapacity", "covers"),
    "person_category": ("representative", "scope"),
    "person_category ": ("supporter", "scope"),
}
PARTIES = {
    "substitution": "SELECT id, absent_membership_id, substitute_membership_id, valid_from,"
    " valid_until FROM substitution",
    "supervision": "SELECT id, supervisor_membership_id, supervised_membership_id, valid_from,"
    " valid_until FROM supervision",
    "viewer": "SELECT m.id, 'member', m.role, m.organisation_id, o.kind, m.inbox_id, m.employed,"
    " o.policy_version, m.valid_from, m.valid_until"
    " FROM membership m JOIN organisation o ON o.id = m.organisation_id"
    " UNION ALL SELECT x.id, 'machine', 'machine', x.organisation_id, o.kind, NULL, NULL, 1,"
    " '2000-01-01', x.disabled_at FROM machine x JOIN organisation o ON o.id = x.organisation_id",
}


def microseconds(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def plain(value: Any) -> Any:
    """As sqlite keeps it: moments as whole microseconds, ids as text."""
    if isinstance(value, datetime):
        return microseconds(value)
    return str(value) if isinstance(value, UUID) else value


def put(db: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    made = [[plain(value) for value in row] for row in rows]
    if made:
        places = ", ".join("?" * len(made[0]))
        db.executemany(f"INSERT INTO {table.strip()} VALUES ({places})", made)


def matrix(name: str) -> list[dict[str, str]]:
    with (MATRIX / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CATEGORIES = [row["category"] for row in matrix("ceiling_v1.csv")]
TEAM = {"ladder", "action_plan", "placement", "contact_log"}


def put_matrix(db: sqlite3.Connection) -> None:
    """The ceiling of both policy versions, the roles that fit, and the purposes that fit them."""
    for row in matrix("ceiling_v1.csv"):
        category = row.pop("category")
        put(db, "ceiling", [(1, category, MACHINE, "", 0)])
        for role, text in row.items():
            cell, _, gate = text.partition(":")
            put(db, "ceiling", [(1, category, role, cell, int(gate or 0))])
            if category in TEAM and role in {"clinician", "psychologist", "ips_coach"}:
                cell, gate = "treatment", ""
            put(db, "ceiling", [(2, category, role, cell, int(gate or 0))])
            if category == CATEGORIES[0]:
                purposes = FITTING.get(role, ("reintegration",))
                put(db, "fitting", [(role, purpose) for purpose in purposes])
    put(db, "fitting", [(MACHINE, purpose) for purpose in FITTING[MACHINE]])
    for row in matrix("write_v1.csv"):
        category = row.pop("category")
        put(db, "writes", [(category, role) for role, may in row.items() if may != "never"])
    for row in matrix("role_by_organisation_kind.csv"):
        role = row.pop("role")
        put(db, "fits", [(role, kind) for kind, yes in row.items() if yes == "yes"])


def in_mask(mask: int, words: Sequence[str]) -> list[str]:
    return [word for place, word in enumerate(words) if mask >> place & 1]


def copied(source: psycopg.Connection, client: UUID) -> sqlite3.Connection:
    """All facts and records of one client, and all parties, in a fresh database in memory."""
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    put_matrix(db)
    for table, statement in PARTIES.items():
        put(db, table, source.execute(statement).fetchall())
    for table, statement in COPIES.items():
        put(db, table, source.execute(f"{statement} WHERE client_id = %s", [client]).fetchall())
    for table, (origin, column) in MASKS.items():
        found = source.execute(f"SELECT id, {column} FROM {origin} WHERE client_id = %s", [client])
        for fact, mask in found.fetchall():
            put(db, table, [(fact, category) for category in in_mask(mask, CATEGORIES)])
    found = source.execute("SELECT id, purposes FROM consent WHERE client_id = %s", [client])
    for fact, mask in found.fetchall():
        put(db, "consent_purpose", [(fact, purpose) for purpose in in_mask(mask, PURPOSES)])
    _persons(db)
    _birth(db, source, client)
    for kind in tables.client_records():
        _records(db, source, kind, client)
    return db


def ask(db: sqlite3.Connection, asking: Iterable[tuple[UUID, str]] | None) -> None:
    """Who looks for which purpose; everybody for every purpose when nothing is said."""
    if asking is None:
        everyone = db.execute("SELECT hat, kind FROM viewer").fetchall()
        asking = [
            (h, p)
            for h, kind in everyone
            for p in ((OWN_AFFAIRS,) if kind == "person" else PURPOSES)
        ]
    db.execute("DELETE FROM asking")
    put(db, "asking", asking)


def age_at(born: date, at: datetime) -> int:
    """In whole years, on that day in the Netherlands."""
    day = at.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _birth(db: sqlite3.Connection, source: psycopg.Connection, client: UUID) -> None:
    """As it was recorded last; and how old the client was at each consent."""
    found = source.execute(
        "SELECT birth_date FROM client_identity WHERE client_id = %s"
        " ORDER BY recorded_at DESC, id DESC LIMIT 1",
        [client],
    ).fetchone()
    if found is None:
        return
    put(db, "born", [(found[0].isoformat(),)])
    for fact, given in db.execute("SELECT id, given FROM consent").fetchall():
        age = age_at(found[0], EPOCH + timedelta(microseconds=given))
        db.execute("UPDATE consent SET age_when_given = ? WHERE id = ?", [age, fact])


def grow(db: sqlite3.Connection, moment: datetime) -> None:
    """The age of the client at this moment; none where it is not known."""
    found = db.execute("SELECT day FROM born").fetchone()
    db.execute("DELETE FROM age")
    if found is not None:
        put(db, "age", [(age_at(date.fromisoformat(found[0]), moment),)])


def _persons(db: sqlite3.Connection) -> None:
    links = db.execute("SELECT id, role, valid_from, valid_until FROM link").fetchall()
    put(
        db,
        "viewer",
        [
            (hat, "person", role, None, None, None, None, 1, since, until)
            for hat, role, since, until in links
        ],
    )


def _records(
    db: sqlite3.Connection, source: psycopg.Connection, table: type[ClientRecord], client: UUID
) -> None:
    place = table.__tablename__
    gated, addressed = issubclass(table, Released), issubclass(table, Addressed)
    released = "released_at" if gated else "NULL"
    restricted = "restricted_at" if "restricted_at" in table.__table__.c else "NULL"
    audience = "audience" if addressed else "NULL"
    confided = issubclass(table, Confided)
    told_to = "recipient_id" if confided else "NULL"
    parties = "".join(f", {column}" for column in table.__parties__)
    found = source.execute(
        f"SELECT id, trajectory_id, {table.__scope__}, controller_organisation_id, author_id,"
        f" author_role, {released}, {restricted}, {audience}, {told_to}{parties}"
        f" FROM {place} WHERE client_id = %s",
        [client],
    ).fetchall()
    for row in found:
        values = (*row[1:6], gated, row[6] is not None, addressed, row[7] is not None)
        values += (confided, row[9])
        put(db, "record", [(place, row[0], table.__category__.value, *values)])
        put(db, "audience", [(place, row[0], role) for role in row[8] or ()])
        put(db, "party_to", [(place, row[0], party) for party in row[10:] if party])
