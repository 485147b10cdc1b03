"""Who looked, when, at what, and why (NEN 7513, chapter 9)."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, OrganisationKind, Purpose, Role, Verb
from app.domain.consent.schemas.overview import SeenCategory
from app.platform.http.schemas import Moment, Out


class EntryKind(StrEnum):
    """Seen in a list and opened are two things; a refusal is a third."""

    SEEN_IN_LIST = "seen_in_list"
    OPENED = "opened"
    ADDED = "added"
    CHANGED = "changed"
    SEARCHED = "searched"
    REFUSED = "refused"


class GroundOut(Out):
    """Why it was allowed, in words, with the article it rests on."""

    basis: str
    words: str
    article: str | None
    consent_id: UUID | None


class Nen7513Out(Out):
    """The same in the terms of NEN 7513 (codes of DICOM and of FHIR AuditEvent)."""

    source_id: Annotated[str, Field(description="Which log this is: the origin of checkpoints.")]
    event_code: Annotated[str, Field(examples=["DCM#110110"])]
    action_code: Annotated[str, Field(examples=["R"], description="C, R, U, or E for a search.")]
    outcome: Annotated[str, Field(examples=["0"], description="0 done, 4 refused.")]
    authorisation: bool
    treatment_relation: bool
    client_consent: bool
    emergency_button: bool
    authorisation_protocol: Annotated[str, Field(examples=["urn:trede:policy:1"])]
    consent_profile: Annotated[list[UUID], Field(description="The consents it rests on.")]


class LogEntryOut(Disclosed, category=Category.ACCESS_LOG):
    """One look at this client's record."""

    id: UUID
    at: Moment
    kind: EntryKind
    verb: Verb
    words: str
    role: Role
    role_label: str
    organisation_id: UUID | None
    organisation_name: str | None
    organisation_kind: OrganisationKind | None
    name: Annotated[str | None, Field(description="Only with `names=true`.")]
    system: Annotated[str | None, Field(description="The client system that was used, if any.")]
    purpose: Purpose | None
    purpose_label: str | None
    what: Annotated[str, Field(alias="resource")]
    record_id: UUID | None
    trajectory_id: UUID | None
    shown: list[SeenCategory]
    not_shown: list[SeenCategory]
    grounds: list[GroundOut]
    nen7513: Nen7513Out
