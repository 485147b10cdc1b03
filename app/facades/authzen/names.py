"""The words and shapes of AuthZEN 1.0, and what they are called in our API."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.access.vocabulary import Category, Purpose
from app.domain.consent.rules.deciding import Wish
from app.domain.consent.schemas.deciding import MOST_QUESTIONS
from app.platform.http.schemas import UUID_TEXT, In, ShortText

SUBJECTS = frozenset({"membership", "account_link", "machine"})
RESOURCES = {"client": "clientId", "trajectory": "trajectoryId"}
_SUBJECT: dict[str, Any] = {"type": "membership", "id": "5d1c6a50-1c1c-4b6f-8a53-6c4b7d0e4a01"}
_RESOURCE: dict[str, Any] = {
    "type": "trajectory",
    "id": "5a6f0d3e-6a0e-4a57-8d8f-0b6b6f2f1a02",
    "properties": {"category": "ladder"},
}
_ONE: dict[str, Any] = {"subject": _SUBJECT, "action": {"name": "read"}, "resource": _RESOURCE}
_MANY: dict[str, Any] = {
    "subject": _SUBJECT,
    "resource": _RESOURCE,
    "evaluations": [{"action": {"name": "read"}}, {"action": {"name": "add"}}],
    "options": {"evaluations_semantic": "execute_all"},
}


class _Part(In):
    """In the spelling of the standard. A field that we do not know could change the question."""

    model_config = ConfigDict(alias_generator=None)


class DecisionSubject(_Part):
    """Who wants to; `id` is that of a membership, a link of a person or a client system."""

    type: ShortText
    id: ShortText
    properties: dict[str, Any] | None = None


class DecisionAction(_Part):
    """`read` all of it, `read_any` of it, or `add` to it."""

    name: ShortText
    properties: dict[str, Any] | None = None


class DecisionResource(_Part):
    """A `client` or a `trajectory`; `properties.category` names the kind of data.

    `properties.organisationId` narrows it to the records of one organisation.
    """

    type: ShortText
    id: ShortText
    properties: dict[str, Any] | None = None


class EvaluationIn(_Part):
    """One question. `context.purpose` may name a purpose of use; the rest of it is ignored."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ONE]})

    subject: DecisionSubject
    action: DecisionAction
    resource: DecisionResource
    context: dict[str, Any] | None = None


class PartialIn(_Part):
    """One of many questions: what it lacks stands at the top."""

    subject: DecisionSubject | None = None
    action: DecisionAction | None = None
    resource: DecisionResource | None = None
    context: dict[str, Any] | None = None


class OptionsIn(_Part):
    """`execute_all`, `deny_on_first_deny` or `permit_on_first_permit`; others are ignored."""

    model_config = ConfigDict(extra="ignore")

    evaluations_semantic: ShortText = "execute_all"


class EvaluationsIn(PartialIn):
    """Many questions; without `evaluations` the top is one question by itself."""

    model_config = ConfigDict(json_schema_extra={"examples": [_MANY]})

    evaluations: Annotated[list[PartialIn], Field(max_length=MOST_QUESTIONS)] | None = None
    options: OptionsIn = OptionsIn()


class ContextOut(BaseModel):
    """On what the answer rests, for who may know it; words of our contract, never of persons.

    A word that the contract does not know is a no with `unknown_action`, `unknown_category`,
    `unknown_purpose`, `unknown_resource_type` or `unknown_subject_type` as its `reason`.
    """

    reason: str | None = None
    limits: list[str] | None = None


class EvaluationOut(BaseModel):
    """The decision; a bare no tells nothing, not even whether there is such a client."""

    decision: bool
    context: ContextOut | None = None


class EvaluationsOut(BaseModel):
    """The decisions in the order of the questions, as many as were evaluated."""

    evaluations: list[EvaluationOut]


def not_understood(asked: EvaluationIn) -> str | None:
    """The first part whose word nobody knows: of what the contract lists, and never of an id."""
    category, purpose = (asked.resource.properties or {}).get("category"), _purpose(asked)
    known = {
        "subject_type": asked.subject.type in SUBJECTS,
        "action": _is_word(asked.action.name, Wish),
        "resource_type": asked.resource.type in RESOURCES,
        "category": _is_word(category, Category),
        "purpose": purpose is None or _is_word(purpose, Purpose),
    }
    return next((f"unknown_{part}" for part, is_known in known.items() if not is_known), None)


def question_of(asked: EvaluationIn) -> dict[str, Any] | None:
    """The question in the words of our API; None where an id of it can be nobody's."""
    known = asked.resource.properties or {}
    controller, purpose = known.get("organisationId"), _purpose(asked)
    if not all(_is_id(value) for value in (asked.subject.id, asked.resource.id, controller)):
        return None
    question = {
        "hatId": asked.subject.id,
        "wish": asked.action.name,
        "category": known["category"],
        RESOURCES[asked.resource.type]: asked.resource.id,
    }
    more = {"organisationId": controller, "purpose": purpose}
    return question | {name: value for name, value in more.items() if value is not None}


def _purpose(asked: EvaluationIn) -> Any:
    return (asked.context or {}).get("purpose")


def _is_id(value: Any) -> bool:
    """Whether it can name anything here; what is left out does no harm."""
    return value is None or (isinstance(value, str) and bool(UUID_TEXT.fullmatch(value)))


def _is_word(value: Any, of: type[StrEnum]) -> bool:
    """Whether it is one of these; what the standard leaves open may be a list or an object."""
    return isinstance(value, str) and value in set(of)
