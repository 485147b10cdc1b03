"""What is wrong with dates and parties, before anyone is asked."""

from collections.abc import Sequence

from app.access.session import Session
from app.access.vocabulary import Role
from app.domain.startconversation import queries
from app.domain.startconversation.rules.conversation import may_attend, moments_differ
from app.domain.startconversation.schemas.incoming import PartyIn, ProposalIn
from app.domain.trajectory.rules.medical import looks_medical
from app.platform.http.problems import Fault


def faults_of_dates(proposals: Sequence[ProposalIn]) -> list[Fault]:
    faults = []
    if not moments_differ([proposal.starts_at for proposal in proposals]):
        faults.append(Fault("body", "#/proposals", "duplicate", "Each moment once."))
    for at, proposal in enumerate(proposals):
        if proposal.place is not None and looks_medical(proposal.place):
            faults.append(medical(f"#/proposals/{at}/place"))
    return faults


def medical(pointer: str) -> Fault:
    """All parties read this, so nothing medical is written in it."""
    return Fault("body", pointer, "medical_content", "Describe it without medical words.")


async def faults_of_parties(session: Session, invited: Sequence[PartyIn]) -> list[Fault]:
    faults, seen = [], set()
    for at, party in enumerate(invited):
        pointer, key = f"#/invitations/{at}", (party.role, party.organisation_id)
        if key in seen and party.membership_id is None:
            faults.append(Fault("body", pointer, "duplicate", "This party stands here twice."))
        seen.add(key)
        faults += await _faults_of_party(session, party, pointer)
    return faults


async def _faults_of_party(session: Session, party: PartyIn, pointer: str) -> list[Fault]:
    if not may_attend(party.role):
        detail = "This role takes no part in conversations."
        return [Fault("body", f"{pointer}/role", "not_a_party", detail)]
    if party.role is Role.CLIENT:
        if party.organisation_id is None and party.membership_id is None:
            return []
        return [Fault("body", pointer, "wrong_combination", "The client has no organisation.")]
    if party.organisation_id is None:
        return [Fault("body", f"{pointer}/organisationId", "required", "This is required.")]
    where = (party.role, party.organisation_id, party.membership_id)
    if not await queries.party_exists(session, *where):
        return [Fault("body", pointer, "unknown_reference", "There is no such party.")]
    return []
