"""An entry of the log in the terms of NEN 7513; derived, so that nothing is stored twice; pure.

Codes of DICOM (PS3.16, CID 400) and of FHIR AuditEvent. The source of each entry is the log itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.access.vocabulary import Basis, Purpose, Verb

PATIENT_RECORD, QUERY = "DCM#110110", "DCM#110112"
ACTIONS = {Verb.CREATE: "C", Verb.READ: "R", Verb.UPDATE: "U", Verb.SEARCH: "E"}
DONE, REFUSED = "0", "4"
BY_CONSENT = frozenset({Basis.CONSENT, Basis.CONFIRMATION, Basis.REFERRAL})
"""Grounds that rest on a yes of the client: to sharing, to minutes, to a referral."""


@dataclass(frozen=True)
class Event:
    """The event, the four checks, the authorisation protocol and the consent profile."""

    event_code: str
    action_code: str
    outcome: str
    authorisation: bool
    treatment_relation: bool
    client_consent: bool
    emergency_button: bool
    authorisation_protocol: str
    consent_profile: tuple[UUID, ...]


def event_of(
    verb: Verb, purpose: Purpose | None, grounds: Iterable[str], policy: int, *, allowed: bool
) -> Event:
    """`grounds` as they stand on the log: a basis and what it rests on."""
    found = [(Basis(name), UUID(basis_id)) for name, _, basis_id in map(_parts, grounds)]
    return Event(
        event_code=QUERY if verb is Verb.SEARCH else PATIENT_RECORD,
        action_code=ACTIONS[verb],
        outcome=DONE if allowed else REFUSED,
        authorisation=allowed,
        treatment_relation=any(basis is Basis.TREATMENT for basis, _ in found),
        client_consent=any(basis in BY_CONSENT for basis, _ in found),
        emergency_button=purpose is Purpose.EMERGENCY,
        authorisation_protocol=f"urn:trede:policy:{policy}",
        consent_profile=tuple(ground for basis, ground in found if basis is Basis.CONSENT),
    )


def _parts(ground: str) -> tuple[str, str, str]:
    return ground.partition(":")
