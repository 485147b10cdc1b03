"""Random worlds around one client, straight into the tables: facts, and a record of every kind."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import ARRAY, JSON, Boolean, Date, DateTime, Float, Integer, LargeBinary, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from app import tables
from app.access.ceilings import written_by
from app.access.records import Addressed, ClientRecord, Confided, Released, Restrictable
from app.access.vocabulary import Category, Purpose, Role, mask_of
from app.access.world import MandateKind
from tests.build.stage import Party, Stage

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
EDGES = (-400, -1, 0, 1, 400)
"""Days from now at which periods begin and end; 0 is this very moment."""
FACTS = {"app.access.facts", "app.access.safeguards"}
AGES = (11, 12, 15, 16, 17, 18, 40)
REGISTRAR = ("controller_organisation_id", "author_id", "author_role")
ROLES = (
    Role.CLINICIAN,
    Role.PSYCHOLOGIST,
    Role.REINTEGRATION_COACH,
    Role.INSURANCE_PHYSICIAN,
    Role.LABOUR_EXPERT,
    Role.MUNICIPAL_CASE_MANAGER,
    Role.EMPLOYER,
)


@dataclass
class RandomWorld:
    """One client with two trajectories, random facts about it and a record of every table."""

    stage: Stage
    seed: int
    client: UUID = field(default_factory=uuid4)
    trajectories: list[UUID] = field(default_factory=lambda: [uuid4(), uuid4()])
    records: dict[str, list[UUID]] = field(default_factory=dict)
    persons: dict[str, Party] = field(default_factory=dict)
    registered: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def put(self) -> None:
        """Write the world; the grants are not compiled yet."""
        with self.stage.database.connect_as_superuser() as db:
            self.db = db
            self._records()
            self.random = random.Random(f"facts {self.seed}")  # however many tables there are
            needed = {t.__tablename__: required(t) for t in tables.client_records()}
            for table, row in self._facts():
                self._insert(table, {**needed.get(table, {}), **row})

    # --- facts -------------------------------------------------------------------------------

    def _facts(self) -> Iterator[tuple[str, dict[str, Any]]]:
        members = [p for p in self.stage.parties.values() if p.membership is not None and p.inbox]
        for party in members:
            for _ in range(self.random.choice((0, 0, 1, 1, 2))):
                yield (
                    "participant",
                    self._fact(
                        trajectory_id=self.random.choice(self.trajectories),
                        membership_id=party.membership,
                        commissioned_by=self.random.choice(
                            ("uwv", "municipality", "employer", None)
                        ),
                        keeps_own_records=self.random.random() < 0.7,
                    ),
                )
            if self.random.random() < 0.4:
                yield "treatment_team_member", self._fact(membership_id=party.membership)
        for key in ("uwv", "municipality", "other_uwv"):
            if self.random.random() < 0.6:
                yield (
                    "responsibility",
                    self._fact(
                        trajectory_id=self.random.choice(self.trajectories),
                        organisation_id=self.stage.organisations[key],
                    ),
                )
        for _ in range(self.random.randint(2, 8)):
            yield "consent", self._consent(self.random.choice(members))
        for _ in range(self.random.choice((0, 0, 1, 2))):
            yield "block", self._block(self.random.choice(members))
        yield from self._people()
        yield from self._safeguards()

    def _consent(self, to: Party) -> dict[str, Any]:
        row = self._fact(
            trajectory_id=self.random.choice([None, *self.trajectories]),
            kind="secrecy_waiver",
            given_by="client",
            sender_organisation_id=self.random.choice(
                [None, self.stage.organisations["ggz"], self.stage.organisations["uwv"]]
            ),
            recipient_organisation_id=to.organisation,
            recipient_role=to.role,
            recipient_membership_id=self.random.choice([None, None, to.membership]),
            categories=self._some_categories(),
            purposes=sum(p.bit for p in self.random.sample(list(Purpose), 3)),
            text_version="1",
            given_how="portal",
        )
        if self.random.random() < 0.3:
            row["withdrawn_at"] = self._edge()
        if self.random.random() < 0.2:
            every = [one for records in self.records.values() for one in records]
            row["record_id"] = every[int(self.random.random() * len(every))]
        return row

    def _block(self, party: Party) -> dict[str, Any]:
        person = self.random.random() < 0.5
        return self._fact(
            organisation_id=None if person else party.organisation,
            membership_id=party.membership if person else None,
            categories=self._some_categories(),
        )

    def _safeguards(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Broken glass, also by who may not; incapacities; blocks of a person close by."""
        broken = ("clinician", "clinician", "colleague", "psychologist", "other_clinician")
        for key in self.random.sample(broken, 2):
            party = self.stage.parties[key]
            start = NOW - timedelta(hours=self.random.choice((0, 0, 1, 3, 25)))
            yield (
                "break_glass",
                {
                    **self._fact(),
                    "author_id": party.membership,
                    "membership_id": party.membership,
                    "desk_inbox_id": self.desk,
                    "valid_from": start,
                    "valid_until": start + timedelta(hours=self.random.choice((1, 4, 48))),
                },
            )
        for _ in range(self.random.choice((0, 1, 2))):
            row = self._fact(covers=self._some_categories())
            until = row["valid_until"] or NOW + timedelta(days=30)
            yield "incapacity", {**row, "valid_until": max(until, row["valid_from"])}
        if self.random.random() < 0.3:
            person = self.persons[self.random.choice((Role.REPRESENTATIVE, Role.SUPPORTER))]
            row = self._fact(categories=self._some_categories(), person_id=person.membership)
            yield "block", row

    @property
    def desk(self) -> UUID:
        """The inbox of the GGZ provider's privacy desk."""
        found = self.db.execute(
            "SELECT id FROM inbox WHERE organisation_id = %s AND role = 'privacy_desk'",
            [self.stage.organisations["ggz"]],
        ).fetchone()
        assert found is not None
        inbox: UUID = found[0]
        return inbox

    def _people(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The client, a representative and a supporter, each with a login of its own."""
        for role in (Role.CLIENT, Role.REPRESENTATIVE, Role.SUPPORTER):
            hat, account = uuid4(), uuid4()
            subject = f"subject-{account}"
            yield "account", {"id": account, "issuer": self.stage.issuer.url, "subject": subject}
            yield (
                "account_link",
                {
                    "id": hat,
                    "account_id": account,
                    "client_id": self.client,
                    "role": role,
                    "linked_by": account,
                    "valid_from": NOW - timedelta(days=500),
                    "valid_until": None,
                },
            )
            if role is not Role.CLIENT:
                table = role.value
                row = {
                    **self._fact(),
                    "id": hat,
                    "name": "Naaste",
                    "scope": self._some_categories(),
                }
                if role is Role.REPRESENTATIVE:
                    row |= {"kind": self.random.choice(list(MandateKind)), "evidence": "paper"}
                yield table, row
            self.persons[role] = Party(role, subject, hat, role=role)

    def _fact(self, **values: Any) -> dict[str, Any]:
        start = self._edge()
        end = self._edge() if self.random.random() < 0.4 else None
        if end is not None and end <= start:
            start, end = end, start + timedelta(days=1)
        return {
            **self._stamp(),
            "trajectory_id": None,
            "valid_from": start,
            "valid_until": end,
            **values,
        }

    def _edge(self) -> datetime:
        return NOW + timedelta(days=self.random.choice(EDGES))

    def _some_categories(self) -> int:
        count = self.random.choice((1, 3, 12, 27))
        return mask_of(set(self.random.sample(list(Category), count)))

    # --- records -----------------------------------------------------------------------------

    def _records(self) -> None:
        """Three records of every table, by different authors, organisations and trajectories.

        Who registers a client answers for name and number too.
        """
        skipped = {"client", "trajectory"}
        self.registered = {**self._stamp(), "id": self.client}
        self._insert("client", self.registered)
        for trajectory in self.trajectories:
            row = {**self._stamp(), "id": trajectory, "trajectory_id": trajectory}
            self._insert("trajectory", {**required(trajectory_table()), **row})
        for table in tables.client_records():
            name = table.__tablename__
            if name in skipped or table.__module__ in FACTS:
                continue
            self.random = random.Random(f"{self.seed} {name}")  # a table more shifts no other
            self.records[name] = [self._record(table) for _ in range(3)]
        self.records["client"] = [self.client]
        self.records["trajectory"] = self.trajectories

    def _record(self, table: type[ClientRecord]) -> UUID:
        level = [None] if "client" in table.__tablename__ else self.trajectories
        row = {**required(table), **self._stamp(), "trajectory_id": self.random.choice(level)}
        if table.__tablename__ in {"client_identity", "client_bsn"}:
            row |= {name: self.registered[name] for name in REGISTRAR}
        if table.__tablename__ == "client_identity":
            row["birth_date"] = self._birth_date()
        if issubclass(table, Released):
            row["released_at"] = self.random.choice([None, NOW - timedelta(days=3)])
        if issubclass(table, Restrictable):
            row["restricted_at"] = self.random.choice([None, None, NOW - timedelta(days=2)])
        if issubclass(table, Addressed):
            row["audience"] = [r.value for r in self.random.sample(ROLES, 2)]
        if issubclass(table, Confided):
            row["recipient_id"] = self.random.choice([None, self._stamp()["author_id"]])
        self._insert(table.__tablename__, row)
        made: UUID = row["id"]
        return made

    def _birth_date(self) -> date:
        """The same for all: mostly grown up, else at the edge of an age that counts."""
        chance = random.Random(self.seed)
        edge = timedelta(days=chance.choice((-1, 0, 1)))
        return date(NOW.year - chance.choice(AGES), NOW.month, NOW.day) + edge

    def _stamp(self) -> dict[str, Any]:
        members = [p for p in self.stage.parties.values() if p.inbox is not None]
        author = self.random.choice([p for p in members if p.role and written_by(p.role)])
        return {
            "id": uuid4(),
            "client_id": self.client,
            "controller_organisation_id": author.organisation,
            "author_id": author.membership,
            "author_role": author.role,
            "recorded_at": NOW - timedelta(days=10),
        }

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        insert(self.db, table, row)


def trajectory_table() -> type[ClientRecord]:
    return next(t for t in tables.client_records() if t.__tablename__ == "trajectory")


def required(table: type[ClientRecord]) -> dict[str, Any]:
    """A harmless value for every column that must have one."""
    return {
        column.name: _value(column.type)
        for column in table.__table__.columns
        if not column.nullable and column.server_default is None
    }


def _value(kind: Any) -> Any:
    kind = getattr(kind, "kind", kind)  # of what is sealed: as it would be stored in the clear
    if isinstance(kind, (JSON, JSONB)):
        return Jsonb([])
    if isinstance(kind, ARRAY):
        return []
    found = {
        Uuid: uuid4(),
        Boolean: True,
        Integer: 1,
        Float: 1.0,
        DateTime: NOW,
        Date: date(2025, 1, 1),
        LargeBinary: b"x" * 32,
    }
    return next((value for base, value in found.items() if isinstance(kind, base)), "x")


def insert(db: psycopg.Connection, table: str, row: dict[str, Any]) -> None:
    """Straight into a table, as the superuser."""
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(sql.Placeholder() * len(row)),
    )
    db.execute(statement, list(row.values()))
