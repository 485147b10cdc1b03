"""What goes in and out about contacts with an employer that are about nobody, and about scans."""

from typing import Self
from uuid import UUID

from pydantic import model_validator

from app.domain.employer.rules.contacts import (
    OF_A_CLIENT,
    ContactOutcome,
    ContactPurpose,
    DeclinedReason,
    EmployerContactMode,
    told_well,
)
from app.domain.employer.rules.scans import Aspect, ScanColour
from app.domain.employer.schemas.employers import example
from app.platform.http.schemas import Day, Id, In, Moment, Out, ShortText, Text, refuse


class EmployerContactIn(In):
    """A contact about the employer itself; one for a client is recorded at that trajectory."""

    model_config = example(
        happenedOn="2024-11-05",
        mode="face_to_face",
        purpose="acquaintance",
        outcome="keep_in_touch",
        note="Zoekt in het voorjaar mensen voor de ochtendploeg.",
    )

    site_id: Id | None = None
    happened_on: Day
    mode: EmployerContactMode
    purpose: ContactPurpose
    outcome: ContactOutcome
    declined_reason: DeclinedReason | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _about_nobody(self) -> Self:
        if self.outcome in OF_A_CLIENT:
            raise refuse("not_allowed", "This came of a contact for someone; record it there.")
        if not told_well(self.outcome, self.declined_reason):
            raise refuse("wrong_combination", "A declined match has its reason, and no other.")
        return self


class EmployerContactOut(Out):
    id: UUID
    employer_id: UUID
    recorded_at: Moment
    author_id: UUID
    site_id: UUID | None = None
    happened_on: Day
    mode: EmployerContactMode
    purpose: ContactPurpose
    outcome: ContactOutcome
    declined_reason: DeclinedReason | None = None
    note: str | None = None
    withdrawn_on: Day | None = None


class WorkplaceScanIn(In):
    """Five aspects, each with a colour; what is not green is told in a word."""

    model_config = example(
        scannedOn="2024-11-26",
        stimuli="green",
        teamCohesion="green",
        colleagues="green",
        supervisor="green",
        customer="orange",
        customerWhy="Op zaterdag staat de winkel vol.",
    )

    site_id: Id | None = None
    scanned_on: Day
    stimuli: ScanColour
    stimuli_why: ShortText | None = None
    team_cohesion: ScanColour
    team_cohesion_why: ShortText | None = None
    colleagues: ScanColour
    colleagues_why: ShortText | None = None
    supervisor: ScanColour
    supervisor_why: ShortText | None = None
    customer: ScanColour
    customer_why: ShortText | None = None

    @model_validator(mode="after")
    def _told(self) -> Self:
        for aspect in Aspect:
            colour, why = getattr(self, aspect), getattr(self, f"{aspect}_why")
            if colour is not ScanColour.GREEN and why is None:
                raise refuse("required", "Say in a word why an aspect is not green.")
        return self


class WorkplaceScanOut(Out):
    """`verdict` is the worst of the five."""

    id: UUID
    employer_id: UUID
    recorded_at: Moment
    author_id: UUID
    site_id: UUID | None = None
    scanned_on: Day
    stimuli: ScanColour
    stimuli_why: str | None = None
    team_cohesion: ScanColour
    team_cohesion_why: str | None = None
    colleagues: ScanColour
    colleagues_why: str | None = None
    supervisor: ScanColour
    supervisor_why: str | None = None
    customer: ScanColour
    customer_why: str | None = None
    withdrawn_on: Day | None = None
    verdict: ScanColour
