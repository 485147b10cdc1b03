"""Facts about one client, put straight into the tables: who takes part, who may see what."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from app import tables
from app.access.facts import Consent, Participant, Responsibility, TreatmentTeamMember
from app.access.records import ClientRecord
from app.access.vocabulary import Category, Purpose, mask_of
from tests.build.stage import Stage
from tests.build.worlds import insert, required

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass
class Situation:
    """One client with one trajectory; each fact is compiled at once."""

    stage: Stage
    client: UUID
    trajectory: UUID = field(default_factory=uuid4)

    @property
    def of_client(self) -> str:
        return f"/v1/clients/{self.client}"

    @property
    def of_trajectory(self) -> str:
        return f"/v1/trajectories/{self.trajectory}"

    async def begin(self) -> None:
        table = next(t for t in tables.client_records() if t.__tablename__ == "trajectory")
        await self.put(table, id=self.trajectory, trajectory_id=self.trajectory)

    async def assign(self, *parties: str) -> None:
        for party in parties:
            member = self.stage.parties[party].membership
            await self.put(
                Participant,
                trajectory_id=self.trajectory,
                membership_id=member,
                commissioned_by="uwv",
            )

    async def responsible(self, organisation: str) -> None:
        body = self.stage.organisations[organisation]
        await self.put(Responsibility, trajectory_id=self.trajectory, organisation_id=body)

    async def treat(self, *parties: str) -> None:
        for party in parties:
            member = self.stage.parties[party].membership
            await self.put(TreatmentTeamMember, membership_id=member)

    async def consent(self, to: str, *categories: Category, record: str | None = None) -> None:
        """From the client to a party's organisation and role."""
        recipient = self.stage.parties[to]
        await self.put(
            Consent,
            trajectory_id=self.trajectory,
            recipient_organisation_id=recipient.organisation,
            recipient_role=recipient.role,
            categories=mask_of(set(categories)),
            purposes=Purpose.REINTEGRATION.bit | Purpose.TREATMENT.bit,
            record_id=None if record is None else UUID(record),
        )

    async def put(self, table: type[ClientRecord], **values: Any) -> None:
        clinician = self.stage.parties["clinician"]
        dated = {"valid_from": BEGIN} if "valid_from" in table.__table__.c else {}
        row = {
            **required(table),
            "id": uuid4(),
            "client_id": self.client,
            "controller_organisation_id": clinician.organisation,
            "author_id": clinician.membership,
            "author_role": clinician.role,
            "recorded_at": BEGIN,
            **dated,
            **values,
        }
        with self.stage.database.connect_as_superuser() as db:
            insert(db, table.__tablename__, row)
        await self.stage.recompile(self.client)


async def wgb_at_uwv(stage: Stage) -> Situation:
    """Alfa in a WGB trajectory: GGZ team, UWV with physician and labour expert, a coach."""
    situation = Situation(stage, await stage.client("alfa"))
    await situation.begin()
    await situation.treat("psychologist")
    await situation.responsible("uwv")
    await situation.assign("physician", "expert", "coach")
    return situation
