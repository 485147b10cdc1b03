"""A stage for tests: the application on a fresh database, the parties of trajectory H1, a clock."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
from fastapi import FastAPI

from app.access import caseload, grants
from app.access.ceilings import roles_of
from app.access.vocabulary import OrganisationKind, Role
from app.platform.clock import AMSTERDAM
from app.platform.security.issuer import Issuer
from tests.build.lending import lent
from tests.databases import TestDatabase

BSN = {"alfa": "999990019", "echo": "999990020", "bravo": "999990032"}


@dataclass
class Party:
    """One professional of one organisation, or a person with a login."""

    name: str
    subject: str
    membership: UUID | None = None
    organisation: UUID | None = None
    inbox: UUID | None = None
    role: Role | None = None


@dataclass
class Stage:
    """Requests as parties at chosen days; every call goes through HTTP."""

    app: FastAPI
    http: httpx.AsyncClient
    database: TestDatabase
    issuer: Issuer
    audience: str
    organisations: dict[str, UUID] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    tokens: dict[tuple[object, ...], tuple[str, float]] = field(default_factory=dict)
    _straight: psycopg.Connection | None = field(default=None, init=False, repr=False)

    @contextmanager
    def straight(self) -> Iterator[psycopg.Connection]:
        """The tables, past every wall; within another such block over the same connection."""
        if self._straight is not None:
            yield self._straight
            return
        with self.database.connect_as_superuser() as db:
            self._straight = db
            try:
                yield db
            finally:
                self._straight = None

    # --- the clock ---------------------------------------------------------------------------

    def on(self, day: str | date | datetime, hour: int = 12) -> None:
        """Move the database clock to noon (Dutch time) of a day, or to an exact moment."""
        if isinstance(day, str):
            day = date.fromisoformat(day)
        at = (
            day
            if isinstance(day, datetime)
            else datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM)
        )
        with self.straight() as db:
            db.execute("UPDATE clock_offset SET shift = %s - now()", [at.astimezone(UTC)])

    # --- requests ----------------------------------------------------------------------------

    def token(self, party: str, purpose: str | None = None) -> str:
        """The same for a minute, as any client would keep it: signing is the slow part."""
        who = self.parties[party]
        wanted = (who.subject, who.membership, purpose)
        token, until = self.tokens.get(wanted, ("", 0.0))
        if until <= time.monotonic():
            token = self.issuer.mint(
                who.subject,
                audience=self.audience,
                client_id="trede-demo",
                membership=who.membership,
                purpose=purpose,
            )
            self.tokens[wanted] = (token, time.monotonic() + 60)
        return token

    async def call(
        self, method: str, party: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        """As this party; header names are written with underscores (`if_match=`).

        A body of media type and bytes is a file.
        """
        sent = {"Authorization": f"Bearer {self.token(party)}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, tuple):
            sent["Content-Type"], content = body
            return await self.http.request(method, path, content=content, headers=sent)
        return await self.http.request(method, path, json=body, headers=sent)

    async def get(self, party: str, path: str, **headers: str) -> httpx.Response:
        return await self.call("GET", party, path, **headers)

    async def post(self, party: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return await self.call("POST", party, path, {} if body is None else body, **headers)

    async def made(self, party: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """A POST that must succeed; what it made."""
        answer = await self.post(party, path, body, **headers)
        assert answer.status_code in {200, 201}, f"{path}: {answer.status_code} {answer.text}"
        made: dict[str, Any] = answer.json()
        return made

    async def seen(self, party: str, path: str) -> dict[str, Any]:
        """A GET that must succeed."""
        answer = await self.get(party, path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        seen: dict[str, Any] = answer.json()
        return seen

    async def act(self, party: str, resource: str, act: str, body: Any = None) -> dict[str, Any]:
        """A transition of a resource: read it, then POST with its ETag in If-Match."""
        answer = await self.get(party, resource)
        assert answer.status_code == 200, f"{resource}: {answer.status_code} {answer.text}"
        return await self.made(party, f"{resource}/{act}", body, if_match=answer.headers["etag"])

    # --- parties -----------------------------------------------------------------------------

    def organisation(self, key: str, kind: OrganisationKind, name: str) -> UUID:
        """An organisation with an inbox for each role that fits it, straight into the tables."""
        made = self.organisations.setdefault(key, uuid4())
        with self.straight() as db:
            db.execute(
                "INSERT INTO organisation (id, kind, name) VALUES (%s, %s, %s)", [made, kind, name]
            )
            for role in roles_of(kind):
                db.execute(
                    "INSERT INTO inbox (id, organisation_id, role) VALUES (%s, %s, %s)",
                    [uuid4(), made, role],
                )
        return made

    def member(self, key: str, role: Role, organisation: str, name: str) -> Party:
        """A practitioner with an account and one membership since 2020."""
        party = Party(name, f"subject-{key}", uuid4(), self.organisations[organisation], role=role)
        practitioner = uuid4()
        with self.straight() as db:
            found = db.execute(
                "SELECT id FROM inbox WHERE organisation_id = %s AND role = %s",
                [party.organisation, role],
            ).fetchone()
            assert found is not None, f"{role} does not fit {organisation}"
            party.inbox = found[0]
            db.execute("INSERT INTO practitioner (id, name) VALUES (%s, %s)", [practitioner, name])
            db.execute(
                "INSERT INTO account (id, issuer, subject, practitioner_id)"
                " VALUES (%s, %s, %s, %s)",
                [uuid4(), self.issuer.url, party.subject, practitioner],
            )
            db.execute(
                "INSERT INTO membership (id, practitioner_id, organisation_id, inbox_id, role,"
                " valid_from) VALUES (%s, %s, %s, %s, %s, '2020-01-01')",
                [party.membership, practitioner, party.organisation, party.inbox, role],
            )
        self.parties[key] = party
        return party

    # --- clients -----------------------------------------------------------------------------

    async def client(
        self, key: str = "alfa", by: str = "clinician", bsn: str | None = None
    ) -> UUID:
        """A client registered over HTTP by a clinician, with a login under the same key."""
        body = {
            "bsn": bsn or BSN[key],
            "givenName": "Testclient",
            "familyName": key.capitalize(),
            "birthDate": "1990-05-17",
        }
        client_id = UUID((await self.made(by, "/v1/clients", body))["id"])
        await self.link(key, client_id)
        return client_id

    async def link(self, key: str, client_id: UUID) -> None:
        """Give the client a login, straight into the tables, and compile its grants."""
        account, hat = uuid4(), uuid4()
        with self.straight() as db:
            db.execute(
                "INSERT INTO account (id, issuer, subject) VALUES (%s, %s, %s)",
                [account, self.issuer.url, f"subject-{key}"],
            )
            db.execute(
                "INSERT INTO account_link (id, account_id, client_id, role, linked_by, valid_from)"
                " VALUES (%s, %s, %s, 'client', %s, '2020-01-01')",
                [hat, account, client_id, account],
            )
        self.parties[key] = Party(key, f"subject-{key}", hat, role=Role.CLIENT)
        await self.recompile(client_id)

    async def recompile(self, client_id: UUID) -> None:
        """Compile the grants of a client after facts were put straight into the tables."""
        async with self.app.state.services.engines.writer.begin() as db:
            await grants.recompile(db, client_id)
            await caseload.renew(db, client_id)


@asynccontextmanager
async def on_stage(database: TestDatabase, folder: Path) -> AsyncIterator[Stage]:
    """The application in this process, on this database, with a demo issuer."""
    async with lent(database, folder) as one:
        transport = httpx.ASGITransport(
            one.app, raise_app_exceptions=False, client=("127.0.0.1", 1)
        )
        async with httpx.AsyncClient(transport=transport, base_url=one.settings.url) as http:
            stage = Stage(one.app, http, database, one.issuer, one.settings.audience)
            with stage.straight():
                stage.on("2025-01-14")
                parties_of_h1(stage)
            try:
                yield stage
            finally:
                database.leave()


def parties_of_h1(stage: Stage) -> None:
    """The parties of trajectory H1, and neighbours who have nothing to do with it."""
    kind = OrganisationKind
    stage.organisation("ggz", kind.GGZ_PROVIDER, "GGZ Voorbeeldland")
    stage.organisation("uwv", kind.UWV, "UWV Testdistrict")
    stage.organisation("company", kind.REINTEGRATION_COMPANY, "Re-integratie Proef BV")
    stage.organisation("workplace", kind.EMPLOYER, "Houtplaats Fictief")
    stage.organisation("municipality", kind.MUNICIPALITY, "Gemeente Proefgemeente")
    stage.organisation("other_ggz", kind.GGZ_PROVIDER, "GGZ Fictie")
    stage.organisation("other_uwv", kind.UWV, "UWV Ander District")
    stage.member("clinician", Role.CLINICIAN, "ggz", "Behandelaar-A1")
    stage.member("psychologist", Role.PSYCHOLOGIST, "ggz", "Psycholoog-A1")
    stage.member("colleague", Role.CLINICIAN, "ggz", "Behandelaar-A2")
    stage.member("ggz_admin", Role.ORGANISATION_ADMIN, "ggz", "Beheerder-A1")
    stage.member("physician", Role.INSURANCE_PHYSICIAN, "uwv", "Arts-A1")
    stage.member("expert", Role.LABOUR_EXPERT, "uwv", "Deskundige-A1")
    stage.member("expert_colleague", Role.LABOUR_EXPERT, "uwv", "Deskundige-A2")
    stage.member("coach", Role.REINTEGRATION_COACH, "company", "Coach-A1")
    stage.member("coach_colleague", Role.REINTEGRATION_COACH, "company", "Coach-A2")
    stage.member("employer", Role.EMPLOYER, "workplace", "Werkgever-A1")
    stage.member("case_manager", Role.MUNICIPAL_CASE_MANAGER, "municipality", "Klantmanager-A1")
    stage.member("other_clinician", Role.CLINICIAN, "other_ggz", "Behandelaar-E1")
    stage.member("other_expert", Role.LABOUR_EXPERT, "other_uwv", "Deskundige-Z1")
