"""Clients by the ten thousand, with everything that a status or a caseload reads.

Facts and records go into the tables by COPY. The grants are what the policy gives for one such
client, with the ids of each client put in their place: running the policy for each of them would
take minutes and give the same rows.
"""

import hashlib
import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from sqlalchemy.dialects import postgresql

from app import tables
from app.access import policy
from app.access.caseload import lines_of
from app.access.ceilings import roles_of
from app.access.records import ClientRecord
from app.access.vocabulary import Category, Grant, OrganisationKind, Period, Purpose, Role, mask_of
from app.access.world import Assignment, Consent, Member, Person, Responsibility, Treatment, World
from app.domain.trajectory.rules.milestones import Milestone
from app.platform.security.crypto import Context, Vault
from tests.build.worlds import required

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
CASELOAD = {"clinician": 25, "expert": 60, "coach": 20, "physician": 200}
EVENTS = (
    Milestone.WORK_QUESTION_ASKED,
    Milestone.REFERRED,
    Milestone.REFERRAL_ACCEPTED,
    Milestone.UWV_MEDICAL_TALK,
    Milestone.WORK_TALK,
    Milestone.COACH_LINKED,
    Milestone.START_CONVERSATION_CONFIRMED,
)
ROLES = {
    "clinician": (Role.CLINICIAN, "ggz"),
    "physician": (Role.INSURANCE_PHYSICIAN, "uwv"),
    "expert": (Role.LABOUR_EXPERT, "uwv"),
    "coach": (Role.REINTEGRATION_COACH, "company"),
}
KINDS = {
    "ggz": OrganisationKind.GGZ_PROVIDER,
    "uwv": OrganisationKind.UWV,
    "company": OrganisationKind.REINTEGRATION_COMPANY,
}


_MET = {"kind": "client_contact", "mode": "telephone", "place": "remote", "minutes": 20}
"""What a contact of the coach says, so that a page can tell it."""


def uid(*parts: object) -> UUID:
    """A random-looking id that is the same in every run."""
    text = ":".join(map(str, parts)).encode()
    return UUID(bytes=hashlib.blake2b(text, digest_size=16).digest(), version=4)


def bsn_of(number: int) -> str:
    """The n-th number of the 999 test range that passes the eleven-test, by trial."""
    digits = f"999{number:05d}"
    weights = (9, 8, 7, 6, 5, 4, 3, 2)
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return digits + (str(rest) if rest < 10 else "0")


def is_real(bsn: str) -> bool:
    """Whether it passes the eleven-test; for one in eleven numbers there is no such BSN."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(bsn, weights, strict=True)) % 11 == 0


@dataclass
class Population:
    """`size` clients at one GGZ, one UWV district and one company, all in an active trajectory."""

    size: int
    issuer: str
    vault: Vault
    organisations: dict[str, UUID] = field(
        default_factory=lambda: {name: uid("organisation", name) for name in KINDS}
    )

    def member(self, kind: str, number: int) -> UUID:
        """The hat of one member; of a client it is the link of its login."""
        return uid("hat", number) if kind == "client" else uid("member", kind, number)

    def subject(self, kind: str, number: int) -> str:
        return f"bench-{kind}-{number}"

    def inbox(self, kind: str) -> UUID:
        role, organisation = ROLES[kind]
        return uid("inbox", organisation, role)

    def whose(self, kind: str, client: int) -> int:
        """Which member of this kind has this client; a client has itself."""
        return client // CASELOAD.get(kind, 1)

    def fill(self, db: psycopg.Connection) -> None:
        """Write everything; as the superuser."""
        copy = Copier(db)
        copy.rows("organisation", self._organisations())
        copy.rows("inbox", self._inboxes())
        for kind in ROLES:
            count = self.whose(kind, self.size - 1) + 1
            copy.rows("practitioner", (self._practitioner(kind, n) for n in range(count)))
            copy.rows("account", (self._account(kind, n) for n in range(count)))
            copy.rows("membership", (self._membership(kind, n) for n in range(count)))
        copy.rows("account", map(self._own_account, self._all))
        copy.rows("account_link", map(self._link, self._all))
        for table, rows in self._records():
            copy.rows(table, rows)
        copy.rows("access_grant", self._grants())
        copy.rows("caseload_look", self._looks())
        lines = lines_of(None).compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
        db.execute(str(lines).encode(), dict(lines.params))
        db.execute("VACUUM ANALYZE")

    def _organisations(self) -> Iterator[dict[str, Any]]:
        for name, key in self.organisations.items():
            yield {"id": key, "kind": KINDS[name], "name": f"Bench {name}"}

    def _inboxes(self) -> Iterator[dict[str, Any]]:
        for name, key in self.organisations.items():
            for role in roles_of(KINDS[name]):
                yield {"id": uid("inbox", name, role), "organisation_id": key, "role": role}

    def _practitioner(self, kind: str, number: int) -> dict[str, Any]:
        return {"id": uid("practitioner", kind, number), "name": f"{kind.capitalize()}-{number}"}

    def _account(self, kind: str, number: int) -> dict[str, Any]:
        return {
            "id": uid("account", kind, number),
            "issuer": self.issuer,
            "subject": self.subject(kind, number),
            "practitioner_id": uid("practitioner", kind, number),
        }

    def _own_account(self, number: int) -> dict[str, Any]:
        """With which a client looks at its own affairs."""
        return {
            "id": uid("account", "client", number),
            "issuer": self.issuer,
            "subject": self.subject("client", number),
        }

    def _link(self, number: int) -> dict[str, Any]:
        return {
            "id": self.member("client", number),
            "account_id": uid("account", "client", number),
            "client_id": self.client(number),
            "role": Role.CLIENT,
            "oversees": False,
            "linked_by": self.member("clinician", self.whose("clinician", number)),
            "valid_from": START,
        }

    def _membership(self, kind: str, number: int) -> dict[str, Any]:
        role, organisation = ROLES[kind]
        return {
            "id": self.member(kind, number),
            "practitioner_id": uid("practitioner", kind, number),
            "organisation_id": self.organisations[organisation],
            "inbox_id": self.inbox(kind),
            "role": role,
            "valid_from": START - timedelta(days=900),
        }

    # --- records -----------------------------------------------------------------------------

    def _records(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        yield (
            "client",
            (self._stamp(n, "client", "clinician", id=self.client(n)) for n in self._all),
        )
        yield "client_identity", map(self._identity, self._all)
        yield "client_bsn", map(self._bsn, self._all)
        yield (
            "trajectory",
            (self._stamp(n, "trajectory", "clinician", id=self.trajectory(n)) for n in self._all),
        )
        yield "trajectory_course", map(self._course, self._all)
        yield "trajectory_event", (row for n in self._all for row in self._events(n))
        yield "participant", (row for n in self._all for row in self._participants(n))
        yield "treatment_team_member", map(self._treatment, self._all)
        yield "responsibility", map(self._responsibility, self._all)
        yield "consent", (row for n in self._all for row in self._consents(n))
        yield "ladder_measurement", (row for n in self._all for row in self._measurements(n))
        yield "contact_entry", (row for n in self._all for row in self._contacts(n, "contact"))
        yield "contact_day", (row for n in self._all for row in self._contacts(n, "contact_day"))
        yield "reminder", map(self._reminder, self._all)

    @property
    def _all(self) -> range:
        return range(self.size)

    def client(self, number: int) -> UUID:
        return uid("client", number)

    def trajectory(self, number: int) -> UUID:
        return uid("trajectory", number)

    def _stamp(self, number: int, what: str, by: str, **values: Any) -> dict[str, Any]:
        role, organisation = ROLES[by]
        return {
            "id": uid(what, number, *values.pop("part", ())),
            "client_id": self.client(number),
            "trajectory_id": None if "client" in what else self.trajectory(number),
            "controller_organisation_id": self.organisations[organisation],
            "author_id": self.member(by, self.whose(by, number)),
            "author_role": role,
            "recorded_at": START,
            **values,
        }

    def _identity(self, number: int) -> dict[str, Any]:
        return self._stamp(
            number,
            "client_identity",
            "clinician",
            given_name="Testclient",
            family_name=f"Nummer{number}",
            name_key=f"nummer{number}",
            birth_date=(START - timedelta(days=9000 + number % 9000)).date(),
        )

    def _bsn(self, number: int) -> dict[str, Any]:
        wrapped = self.vault.new_data_key()
        place = Context(self.client(number), Category.BSN, "client_bsn", "sealed")
        return self._stamp(
            number,
            "client_bsn",
            "clinician",
            wrapped_key=wrapped,
            sealed=self.vault.seal(wrapped, bsn_of(number).encode(), place),
            bsn_index=self.index(number),
            confirmed=True,
        )

    def index(self, number: int) -> bytes:
        """Beyond the test range the index is still unique, though no BSN stands behind it."""
        return self.vault.global_index(bsn_of(number) if number < 100_000 else f"x{number}")

    def _course(self, number: int) -> dict[str, Any]:
        return self._stamp(
            number,
            "course",
            "clinician",
            kind="wgb",
            duration_months=12,
            clock_start_basis="start_conversation",
            voluntary=True,
        )

    def _events(self, number: int) -> Iterator[dict[str, Any]]:
        for place, milestone in enumerate(EVENTS):
            yield self._stamp(
                number,
                "event",
                "clinician",
                part=(milestone,),
                milestone=milestone,
                occurred_on=(START + timedelta(days=7 * place)).date(),
                audience=[role.value for role in Role],
            )

    def _participants(self, number: int) -> Iterator[dict[str, Any]]:
        for kind in ("physician", "expert", "coach"):
            yield self._stamp(
                number,
                "participant",
                "expert",
                part=(kind,),
                membership_id=self.member(kind, self.whose(kind, number)),
                commissioned_by="uwv",
                keeps_own_records=False,
                valid_from=START,
            )

    def _treatment(self, number: int) -> dict[str, Any]:
        return self._stamp(
            number,
            "client_treatment",
            "clinician",
            membership_id=self.member("clinician", self.whose("clinician", number)),
            valid_from=START,
        )

    def _responsibility(self, number: int) -> dict[str, Any]:
        return self._stamp(
            number,
            "responsibility",
            "expert",
            organisation_id=self.organisations["uwv"],
            valid_from=START,
        )

    def _consents(self, number: int) -> Iterator[dict[str, Any]]:
        for kind in ("physician", "expert", "coach", "clinician"):
            role, organisation = ROLES[kind]
            yield self._stamp(
                number,
                "consent",
                "clinician",
                part=(kind,),
                kind="secrecy_waiver",
                given_by="client",
                sender_organisation_id=self.organisations["ggz"],
                recipient_organisation_id=self.organisations[organisation],
                recipient_role=role,
                categories=mask_of(CONSENTED),
                purposes=Purpose.REINTEGRATION.bit,
                text_version="1",
                given_how="portal",
                valid_from=START,
            )

    def _measurements(self, number: int) -> Iterator[dict[str, Any]]:
        for place in range(4):
            yield self._stamp(
                number,
                "measurement",
                "coach",
                part=(place,),
                rung=2 + place % 3,
                measured_on=(START + timedelta(days=90 * place)).date(),
                occasion="six_monthly",
                client_agrees="not_asked",
                recorded_at=START + timedelta(days=90 * place),
            )

    def _contacts(self, number: int, what: str) -> Iterator[dict[str, Any]]:
        for place in range(4):
            yield self._stamp(
                number,
                what,
                "coach",
                part=(place,),
                recorded_at=START + timedelta(days=14 * place),
                happened_on=(START + timedelta(days=14 * place)).date(),
                **(_MET if what == "contact" else {}),
                audience=[role.value for role in Role],
            )

    def _reminder(self, number: int) -> dict[str, Any]:
        """What waits for the coach of this client."""
        return self._stamp(
            number,
            "reminder",
            "coach",
            kind="measurement_due",
            due_on=(START + timedelta(days=160)).date(),
            for_id=self.member("coach", self.whose("coach", number)),
            audience=sorted({Role.CLIENT.value, ROLES["coach"][0].value}),
        )

    def _looks(self) -> Iterator[dict[str, Any]]:
        """Every member looked at the caseload once, and so did many who left."""
        for kind in ROLES:
            for number in range(self.whose(kind, self.size - 1) + 1):
                yield {"grantee_id": self.member(kind, number), "looked_at": START}
        for number in range(2_000):
            yield {"grantee_id": uid("who left", number), "looked_at": START}

    # --- grants ------------------------------------------------------------------------------

    def _grants(self) -> Iterator[dict[str, Any]]:
        """The policy's answer for client 0, with the ids of each other client in their place."""
        template = sorted(policy.grants(self._world()), key=repr)
        own = self._ids(0)
        for number in self._all:
            swap = dict(zip(own, self._ids(number), strict=True))
            index = self.index(number)
            for place, grant in enumerate(template):
                yield self._grant(number, place, grant, swap, index)

    def _grant(
        self, number: int, place: int, grant: Grant, swap: dict[UUID, UUID], index: bytes
    ) -> dict[str, Any]:
        return {
            "id": uid("grant", number, place),
            "client_id": self.client(number),
            "grantee_id": swap.get(grant.grantee_id, grant.grantee_id),
            "trajectory_id": swap.get(grant.trajectory_id) if grant.trajectory_id else None,
            "record_id": swap.get(grant.record_id) if grant.record_id else None,
            "sender_organisation_id": grant.sender_organisation_id,
            "categories": grant.categories,
            "creates": grant.creates,
            "purposes": grant.purposes,
            "reach": grant.reach,
            "ungated": grant.ungated,
            "valid_from": grant.period.valid_from,
            "valid_until": grant.period.valid_until,
            "basis": grant.basis,
            "basis_id": swap.get(grant.basis_id, grant.basis_id),
            "bsn_index": index,
            "policy_version": 1,
        }

    def _ids(self, number: int) -> list[UUID]:
        """The ids of one client that occur in its grants, always in the same order."""
        return [
            self.trajectory(number),
            uid("hat", number),
            uid("client_treatment", number),
            uid("responsibility", number),
            *(uid("participant", number, kind) for kind in ("physician", "expert", "coach")),
            *(uid("consent", number, kind) for kind in ROLES),
            *(self.member(kind, self.whose(kind, number)) for kind in ROLES),
        ]

    def _world(self) -> World:
        period = Period(START)
        members = {
            kind: Member(
                self.member(kind, 0),
                uid("practitioner", kind, 0),
                self.inbox(kind),
                self.organisations[organisation],
                KINDS[organisation],
                role,
                employed=True,
                period=Period(START - timedelta(days=900)),
            )
            for kind, (role, organisation) in ROLES.items()
        }
        trajectory = self.trajectory(0)
        assignments = tuple(
            Assignment(
                uid("participant", 0, kind),
                trajectory,
                members[kind].id,
                period,
                OrganisationKind.UWV,
            )
            for kind in ("physician", "expert", "coach")
        )
        consents = tuple(
            Consent(
                uid("consent", 0, kind),
                trajectory,
                self.organisations["ggz"],
                member.organisation_id,
                member.role,
                None,
                CONSENTED,
                frozenset({Purpose.REINTEGRATION}),
                period,
            )
            for kind, member in members.items()
        )
        return World(
            members=tuple(members.values()),
            treatments=(Treatment(uid("client_treatment", 0), members["clinician"].id, period),),
            assignments=assignments,
            responsibilities=(
                Responsibility(
                    uid("responsibility", 0), trajectory, self.organisations["uwv"], period
                ),
            ),
            consents=consents,
            persons=(Person(uid("hat", 0), Role.CLIENT, period),),
        )


CONSENTED = frozenset(
    {
        Category.EXISTENCE,
        Category.IDENTITY,
        Category.ACTION_PLAN,
        Category.START_CONVERSATION,
        Category.FEEDBACK,
        Category.LADDER,
    }
)


class Copier:
    """Rows into a table by COPY; columns that must have a value and are not given get one."""

    def __init__(self, db: psycopg.Connection) -> None:
        self.db = db
        self.needed = {t.__tablename__: required(t) for t in tables.client_records()}
        self.columns = {t.name: set(t.columns.keys()) for t in ClientRecord.metadata.sorted_tables}

    def rows(self, table: str, rows: Iterable[dict[str, Any]]) -> None:
        found = iter(rows)
        first = next(found, None)
        if first is None:
            return
        needed = self.needed.get(table, {})
        names = [name for name in {**needed, **first} if name in self.columns[table]]
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
        )
        with self.db.cursor() as cursor, cursor.copy(into) as copy:
            for row in itertools.chain([first], found):
                merged = {**needed, **row}
                copy.write_row([merged.get(name) for name in names])


def sample(size: int, count: int, seed: int = 1) -> list[int]:
    """Numbers of clients to ask for, the same in every run."""
    return [random.Random(seed + n).randrange(size) for n in range(count)]
