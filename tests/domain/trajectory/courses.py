"""Trajectories brought to a chosen point over HTTP; only consents are put into the tables."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.facts import Consent
from app.access.vocabulary import Category, Purpose, Role, mask_of
from tests.build.situations import Situation
from tests.build.stage import Stage

TOLD = (Category.EXISTENCE, Category.IDENTITY, Category.START_CONVERSATION)


@dataclass
class Course(Situation):
    """One trajectory that was started over HTTP."""

    async def consent_to(self, party: str, *categories: Category, **more: Any) -> str:
        """From the clinician's organisation to a party's organisation and role; the id."""
        recipient = self.stage.parties[party]
        values: dict[str, Any] = {
            "trajectory_id": self.trajectory,
            "kind": "secrecy_waiver",
            "given_how": "paper",
            "given_by": "client",
            "sender_organisation_id": self.stage.organisations["ggz"],
            "recipient_organisation_id": recipient.organisation,
            "recipient_role": recipient.role,
            "categories": mask_of(set(categories)),
            "purposes": Purpose.REINTEGRATION.bit | Purpose.TREATMENT.bit,
            **more,
        }
        await self.put(Consent, **values)
        with self.stage.database.connect_as_superuser() as db:
            row = db.execute(
                "SELECT id FROM consent WHERE client_id = %s ORDER BY ctid DESC", [self.client]
            ).fetchone()
        assert row is not None
        return str(row[0])

    async def refer(self, party: str = "expert", **more: Any) -> dict[str, Any]:
        """The clinician refers to the party's organisation, on a consent of the client."""
        consent = more.pop("consentId", None) or await self.consent_to(party, *TOLD)
        return await self.stage.made("clinician", "/v1/referrals", self.referral(party, consent))

    def referral(self, party: str, consent: str, **more: Any) -> dict[str, Any]:
        to = self.stage.parties[party]
        assert to.role is not None
        return {
            "trajectoryId": str(self.trajectory),
            "toOrganisationId": str(to.organisation),
            "role": to.role.value,
            "goal": "Weer iets met hout doen.",
            "clientAgreedOn": "2025-01-14",
            "consentId": consent,
            "uwvBenefitConfirmed": True,
            **more,
        }

    async def accepted(self) -> None:
        """Referred to UWV and accepted by the labour expert, with the physician beside him."""
        sent = await self.refer()
        colleague = str(self.stage.parties["physician"].membership)
        await self.stage.act(
            "expert", f"/v1/referrals/{sent['id']}", "acceptances", {"participants": [colleague]}
        )

    async def with_coach(self) -> None:
        await self.accepted()
        await self.stage.made("expert", f"{self.of_trajectory}/participants", self.coach())

    def coach(self) -> dict[str, Any]:
        return {
            "membershipId": str(self.stage.parties["coach"].membership),
            "assignmentNumber": "TEST-0001",
            "clientAgreement": {"agreedOn": "2025-01-14", "how": "spoken"},
        }

    async def move(self, party: str, to: str, **more: Any) -> dict[str, Any]:
        """A transition with the ETag that this party holds."""
        body = {"to": to, "on": "2025-01-14", **more}
        return await self.stage.act(party, self.of_trajectory, "transitions", body)

    async def try_move(self, party: str, to: str, **more: Any) -> tuple[int, list[str]]:
        """Status and codes of a transition that may be refused."""
        body = {"to": to, "on": "2025-01-14", **more}
        tag = (await self.stage.get(party, self.of_trajectory)).headers["etag"]
        path = f"{self.of_trajectory}/transitions"
        answer = await self.stage.post(party, path, body, if_match=tag)
        return answer.status_code, [fault["code"] for fault in answer.json().get("errors", [])]

    async def milestones(self, party: str) -> list[str]:
        found = await self.stage.seen(party, f"{self.of_trajectory}/transitions?pageSize=100")
        return [item["milestone"] for item in found["items"]]


async def started(stage: Stage, **more: Any) -> Course:
    """Alfa, with a WGB trajectory that the clinician started."""
    client = await stage.client("alfa")
    body = {
        "clientId": str(client),
        "kind": "wgb",
        "workQuestionAskedOn": "2025-01-14",
        **more,
    }
    made = await stage.made("clinician", "/v1/trajectories", body)
    return Course(stage, client, UUID(made["id"]))


async def ips_approved(stage: Stage) -> Course:
    """An IPS trajectory with its coach and an approved application."""
    day = "2025-01-14"
    stage.member("ips", Role.IPS_COACH, "ggz", "IPS-coach-A1")
    found = await started(stage, kind="ips")
    await found.treat("ips")
    seat = {"membershipId": str(stage.parties["ips"].membership)}
    await stage.made("clinician", f"{found.of_trajectory}/participants", seat)
    await found.accepted()
    asked = {"scheme": "uwv_36_months", "appliedOn": day, "signedOn": day}
    made = await stage.made("ips", f"{found.of_trajectory}/applications", asked)
    path = f"{found.of_trajectory}/applications/{made['id']}"
    await stage.act("expert", path, "decisions", {"datedOn": day, "outcome": "approved"})
    return found


async def ips_searching(stage: Stage) -> Course:
    """The same after the first talk, with a profile and a plan to search by."""
    day, found = "2025-01-14", await ips_approved(stage)
    await found.move("ips", "program_entered")
    told = {"sessions": [day], "preferences": ["Bakken."]}
    profile = await stage.made("ips", f"{found.of_trajectory}/career-profiles", told)
    plan = {"madeOn": day, "profileId": profile["id"], "kindsOfWork": ["bakkerij"]}
    await stage.made("ips", f"{found.of_trajectory}/job-search-plans", plan)
    return found
