"""Everything that is asked of a placement before it is recorded, all faults at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from app.access.session import Session
from app.domain.employer import queries as employers
from app.domain.employer.rules.words import tells_of_care
from app.domain.placement.actions.refusals import refuse_faults
from app.domain.placement.queries import placements as queries
from app.domain.placement.rules.placements import (
    Trial,
    Wrong,
    faults_of_participation_place,
    faults_of_period,
    faults_of_trial,
)
from app.domain.placement.rules.scans import Scan, faults_of_scan
from app.domain.placement.schemas.placements import PlacementIn


@dataclass(frozen=True)
class Employer:
    """Where one with an account is reached, and the name of one of the own directory."""

    organisation_id: UUID | None = None
    inbox_id: UUID | None = None
    name: str | None = None


async def checked(session: Session, trajectory_id: UUID, body: PlacementIn) -> Employer:
    """The employer of a placement that can be recorded. Raises BadRequest with all its faults."""
    inbox, name, faults = None, None, [*_of_words(body)]
    faults += faults_of_period(body.starts_on, body.planned_end_on)
    if body.workplace_organisation_id is not None:
        inbox = await queries.employer_inbox(session, body.workplace_organisation_id)
        if inbox is None:
            text = "There is no such employer in the directory."
            faults.append(("#/workplaceOrganisationId", "unknown_reference", text))
    if body.employer_id is not None:
        name = await named(session, body.employer_id)
        faults += await _of_scan(session, body.employer_id, body) if name else _UNKNOWN
    trial = None if body.trial is None else Trial(**body.trial.model_dump())
    variant = await queries.variant(session, trajectory_id)
    period = (body.starts_on, body.planned_end_on, variant)
    faults += faults_of_trial(body.kind, trial, *period)
    faults += faults_of_participation_place(body.kind, *period)
    refuse_faults(faults)
    return Employer(body.workplace_organisation_id, inbox, None if inbox else name)


_UNKNOWN: list[Wrong] = [
    ("#/employerId", "unknown_reference", "There is no such employer in your directory.")
]


def _of_words(body: PlacementIn) -> Iterator[Wrong]:
    told = {"title": body.title, "schedule": body.schedule, "scanReason": body.scan_reason}
    for name, words in told.items():
        if tells_of_care(words):
            text = "A workplace may read this: nothing about care or health."
            yield f"#/{name}", "tells_of_care", text


async def named(session: Session, employer_id: UUID) -> str | None:
    """The name of an employer of the own directory; None for another's and for none alike."""
    row = await employers.one(session, employer_id)
    return None if row is None else row.name


async def _of_scan(session: Session, employer_id: UUID, body: PlacementIn) -> list[Wrong]:
    scan = None
    if body.workplace_scan_id is not None:
        row = await employers.scan(session, employer_id, body.workplace_scan_id)
        if row is None:
            text = "There is no such scan of a workplace of this employer."
            return [("#/workplaceScanId", "unknown_reference", text)]
        scan = Scan(employers.verdict_of(row), row.scanned_on)
    return [*faults_of_scan(body.kind, body.starts_on, scan, body.scan_reason)]
