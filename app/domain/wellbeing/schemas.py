"""What goes in and out about the client's own records; each field carries its category."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from app.access.disclosure import Disclosed
from app.access.versions import SharedLine, SharedText, Stamp
from app.access.vocabulary import Category
from app.domain.wellbeing.rules import (
    Choice,
    Kind,
    LifeEventKind,
    RecoveryPhase,
    Subject,
    fits,
    is_told_to_someone,
)
from app.platform.http.schemas import Day, Id, In, Out, ShortText, Text, refuse

MANY = 20
OneToTen = Annotated[int, Field(ge=1, le=10)]


class Score(In):
    """One mark from 1 to 10; `label` names it on the client's own scale."""

    subject: Subject
    label: ShortText | None = None
    score: OneToTen

    @model_validator(mode="after")
    def own_scale_has_a_name(self) -> Self:
        if (self.subject is Subject.OWN) != (self.label is not None):
            raise refuse("wrong_combination", "A label is for marks on an own scale, and needed.")
        return self


class WellbeingIn(In):
    """How it goes, in the client's own words and marks."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "own_words",
                    "measuredOn": "2025-05-06",
                    "ownWords": "Ik slaap beter sinds ik buiten werk.",
                    "scores": [{"subject": "own", "label": "zin in de dag", "score": 7}],
                }
            ]
        }
    )
    kind: Kind
    measured_on: Day
    own_words: Text | None = None
    scores: list[Score] = Field(default=[], max_length=MANY)
    recovery_phase: Annotated[
        RecoveryPhase | None, Field(description="As the client sees it; no order is kept.")
    ] = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def scores_fit(self) -> Self:
        if not fits(self.kind, [score.subject for score in self.scores]):
            raise refuse("wrong_combination", "These marks do not belong to this kind.")
        if self.own_words is None and not self.scores and self.recovery_phase is None:
            raise refuse("wrong_combination", "Give own words, marks or a phase.")
        return self


class WellbeingOut(Stamp, Disclosed, category=Category.WELLBEING):
    """How it went that day, for the client and whom the client lets see it."""

    kind: Kind
    measured_on: Day
    own_words: Text | None
    scores: list[Score]
    recovery_phase: RecoveryPhase | None


class ChangeOut(Out):
    """One of the four mechanisms, first and last mark."""

    subject: Subject
    before: int
    after: int
    change: int


class MechanismsOut(Out):
    """The four green mechanisms before and after, out of the marks that you may see."""

    first_on: Day | None
    last_on: Day | None
    changes: list[ChangeOut]


class DisclosureDecisionIn(In):
    """What the client chooses to tell, after talking about it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "discussedOn": ["2025-09-11"],
                    "choice": "tell",
                    "toWhom": ["mijn leidinggevende"],
                    "what": "Dat ik een rustige plek nodig heb.",
                    "whenToTell": "In de tweede week.",
                }
            ]
        }
    )
    discussed_on: list[Day] = Field(default=[], max_length=MANY)
    choice: Choice
    to_whom: list[SharedLine] = Field(default=[], max_length=MANY)
    what: SharedText | None = None
    when_to_tell: SharedLine | None = None
    considerations: Text | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def says_to_whom(self) -> Self:
        if not is_told_to_someone(self.choice, self.to_whom):
            raise refuse("wrong_combination", "Who chooses to tell names to whom.")
        return self


class DisclosureDecisionOut(Stamp, Disclosed, category=Category.DISCLOSURE_CHOICE):
    """The client's choice; it is never shown to an employer."""

    discussed_on: list[Day]
    choice: Choice
    to_whom: list[SharedLine]
    what: SharedText | None
    when_to_tell: SharedLine | None
    considerations: Text | None


class LifeEventIn(In):
    """Something in life, past or to come, and from when until when extra support helps."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "moving",
                    "happensOn": "2025-10-01",
                    "extraSupportFrom": "2025-09-15",
                    "extraSupportUntil": "2025-11-01",
                }
            ]
        }
    )
    kind: LifeEventKind
    happens_on: Day
    note: SharedText | None = None
    extra_support_from: Day | None = None
    extra_support_until: Day | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def in_order(self) -> Self:
        begin, end = self.extra_support_from, self.extra_support_until
        if end is not None and (begin is None or end < begin):
            raise refuse("wrong_order", "Extra support ends on or after the day it begins.")
        return self


class LifeEventOut(Stamp, Disclosed, category=Category.LIFE_EVENT):
    """A life event, for the client and whom the client lets see it; never for a funder."""

    kind: LifeEventKind
    happens_on: Day
    note: SharedText | None
    extra_support_from: Day | None
    extra_support_until: Day | None
