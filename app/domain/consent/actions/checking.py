"""Whether a choice can be made at all: every fault at once, and never the value that was sent."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.access.ceilings import roles_of
from app.access.collection import Parent
from app.access.session import Session
from app.access.vocabulary import PERSONS, OrganisationKind, Period
from app.domain.consent.queries import consents
from app.domain.consent.rules import giving
from app.domain.consent.schemas.consents import ConsentChoice, RecipientIn
from app.domain.party.queries import memberships, organisations
from app.domain.trajectory import queries as trajectories
from app.platform.clock import day_of, start_of
from app.platform.http.problems import BadRequest, Fault, NotFound

UNKNOWN = "There is nothing here that you may refer to."


@dataclass
class Faults:
    """What is wrong with a body so far."""

    found: list[Fault] = field(default_factory=list)

    def add(self, pointer: str, code: str, detail: str) -> None:
        self.found.append(Fault("body", f"#/{pointer}", code, detail))

    def unknown(self, pointer: str) -> None:
        """Hidden, absent and another client's are one answer."""
        self.add(pointer, "unknown_reference", UNKNOWN)

    def done(self) -> None:
        if self.found:
            raise BadRequest(errors=self.found)


async def check_choice(
    session: Session, parent: Parent, choice: ConsentChoice, faults: Faults
) -> None:
    """All that holds for a consent, a request for one and a preview of one alike."""
    if choice.all_trajectories == (choice.trajectory_id is not None):
        detail = "Name one trajectory, or say that all are meant with allTrajectories."
        faults.add("trajectoryId", "wrong_combination", detail)
    elif choice.trajectory_id is not None:
        await check_trajectory(session, parent, choice.trajectory_id, faults)
    sender = choice.sender_organisation_id
    if sender is not None and await organisations.one(session, sender) is None:
        faults.unknown("senderOrganisationId")
    version = await check_recipient(session, choice.recipient, "recipient", faults)
    if version is not None:
        check_data(choice, version, faults)
    if choice.record_id is not None and not await consents.names_record(
        session, parent.client_id, choice.record_id, frozenset(choice.categories)
    ):
        faults.unknown("recordId")


async def check_trajectory(
    session: Session, parent: Parent, trajectory_id: UUID, faults: Faults
) -> None:
    """A trajectory of this very client, that the viewer may know of."""
    try:
        found = await trajectories.parent(session, trajectory_id)
    except NotFound:
        found = None
    if found is None or found.client_id != parent.client_id:
        faults.unknown("trajectoryId")


async def check_recipient(
    session: Session, recipient: RecipientIn, pointer: str, faults: Faults
) -> int | None:
    """The policy version of the recipient's organisation; None when something is wrong."""
    organisation = await organisations.one(session, recipient.organisation_id)
    if organisation is None:
        faults.unknown(f"{pointer}/organisationId")
        return None
    fitting = roles_of(OrganisationKind(organisation.kind))
    if recipient.role in PERSONS or recipient.role not in fitting:
        detail = "This role does not exist in an organisation of this kind."
        faults.add(f"{pointer}/role", "role_does_not_fit", detail)
        return None
    if recipient.membership_id is not None:
        member = await memberships.anywhere(session, recipient.membership_id)
        wanted = (recipient.organisation_id, recipient.role)
        if member is None or (member.organisation_id, member.role) != wanted:
            faults.unknown(f"{pointer}/membershipId")
    return int(organisation.policy_version)


def check_data(choice: ConsentChoice, policy_version: int, faults: Faults) -> None:
    """Ceiling before consent: what can never be shared is refused, not silently dropped."""
    role = choice.recipient.role
    closed = giving.never_shared(choice.categories, role, policy_version)
    if closed:
        names = ", ".join(closed)
        detail = f"No consent can share this with the role {role}: {names}."
        faults.add("categories", "never_shared", detail)
    whole = giving.needs_record(choice.categories, role, policy_version)
    if whole and choice.record_id is None:
        names = ", ".join(whole)
        detail = f"Name the one record: for the role {role} these open per item only: {names}."
        faults.add("recordId", "needs_record", detail)
    unfit = giving.unfit(choice.purposes, role)
    if unfit:
        detail = f"Not a purpose of the role {role}: {', '.join(unfit)}."
        faults.add("purposes", "does_not_fit", detail)


def period_of(
    session: Session, valid_from: date | None, valid_until: date | None, faults: Faults
) -> Period:
    """Dutch days, half-open; from this very moment where no later day is named."""
    today = day_of(session.viewer.moment)
    wrong = giving.days_in_order(valid_from, valid_until, today)
    if wrong is not None:
        detail = "Begins today or later, and ends after it begins."
        faults.add(wrong, "out_of_range", detail)
    later = valid_from is not None and valid_from > today
    start = start_of(valid_from) if valid_from and later else session.viewer.moment
    return Period(start, None if valid_until is None else start_of(valid_until))
