"""A four-party conversation as far as a test needs it, over HTTP."""

from typing import Any

from app.access.facts import Consent
from app.access.vocabulary import Category, Purpose
from app.domain.trajectory.tables import TrajectoryEvent
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage

HELD = "2025-04-03"
EVERYONE = ["client", "clinician", "labour_expert", "reintegration_coach", "psychologist"]
READY = ("work_talk", "plan_refined", "plan_agreed", "preparation_done")
MINUTES: dict[str, Any] = {
    "successDefinition": "Twee dagen per week met hout, betaald of niet",
    "agreements": [
        {"what": "Werkplek zoeken", "owner": "reintegration_coach", "byWhen": "2025-06-01"}
    ],
    "reviewDates": ["2025-07-03", "2025-10-02", "2026-01-08"],
    "durationMonths": 12,
    "sharing": [{"party": "labour_expert", "categories": ["action_plan"]}],
    "points": ["Start met twee dagdelen."],
}


class Table:
    """The conversation of Alfa and who sits at the table."""

    def __init__(self, stage: Stage, alfa: Situation) -> None:
        self.stage = stage
        self.alfa = alfa
        self.seats: dict[str, str] = {}
        self.id = ""

    @property
    def all(self) -> str:
        return f"{self.alfa.of_trajectory}/start-conversations"

    @property
    def one(self) -> str:
        return f"{self.all}/{self.id}"

    @property
    def mail(self) -> str:
        return f"{self.alfa.of_trajectory}/conversation-invitations"

    def party(self, key: str) -> dict[str, str]:
        who = self.stage.parties[key]
        assert who.role is not None
        return {"role": who.role.value, "organisationId": str(who.organisation)}

    def body(self, *parties: str, kind: str = "four_party") -> dict[str, Any]:
        return {
            "kind": kind,
            "proposals": [
                {"startsAt": "2025-04-03T10:00:00+02:00", "place": "Kamer 4"},
                {"startsAt": "2025-04-08T10:00:00+02:00"},
            ],
            "invitations": [self.party(key) for key in parties],
        }

    async def ask(self, *parties: str, kind: str = "four_party") -> dict[str, Any]:
        made = await self.stage.made("clinician", self.all, self.body(*parties, kind=kind))
        self.id = made["id"]
        for invited in made["invitations"]:
            self.seats[invited["role"]] = invited["id"]
        return made

    async def consent(self, *keys: str) -> None:
        """The client's one act, here as the facts it leaves."""
        for key in keys:
            who = self.stage.parties[key]
            await self.alfa.put(
                Consent,
                trajectory_id=self.alfa.trajectory,
                conversation_id=self.id,
                recipient_organisation_id=who.organisation,
                recipient_role=who.role,
                categories=Category.START_CONVERSATION.bit,
                purposes=Purpose.REINTEGRATION.bit | Purpose.TREATMENT.bit,
            )

    async def prepare(self, *but: str) -> None:
        """What has to be there before the start conversation, except what is named."""
        for minute, milestone in enumerate(READY):
            if milestone not in but:
                await self.alfa.put(
                    TrajectoryEvent,
                    trajectory_id=self.alfa.trajectory,
                    milestone=milestone,
                    occurred_on="2025-03-20",
                    recorded_at=f"2025-03-20T12:0{minute}:00Z",
                    audience=EVERYONE,
                )

    async def meet(self, *present: str) -> dict[str, Any]:
        seats = [self.seats[role] for role in present or self.seats]
        return await self.stage.made(
            "clinician", f"{self.one}/attendance", {"heldOn": HELD, "present": seats}
        )

    async def write(self, by: str = "clinician", **changed: Any) -> str:
        made = await self.stage.made(by, f"{self.one}/minutes", {**MINUTES, **changed})
        minutes: str = made["minutes"]["id"]
        return minutes

    async def milestones(self) -> list[tuple[str, str, str | None]]:
        with self.stage.database.connect_as_superuser() as db:
            found = db.execute(
                "SELECT milestone, occurred_on::text, detail FROM trajectory_event"
                " WHERE trajectory_id = %s ORDER BY recorded_at, milestone",
                [self.alfa.trajectory],
            )
            return [(row[0], row[1], row[2]) for row in found if row[0] not in READY]


async def table_of_four(stage: Stage, day: str = HELD) -> Table:
    """Invited on the day itself; nothing consented, prepared, met or written yet."""
    table = Table(stage, await wgb_at_uwv(stage))
    stage.on(day)
    await table.ask("clinician", "expert", "coach")
    return table
