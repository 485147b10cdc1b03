"""What holds for the client's own records; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a wellbeing record is about."""

    OWN_WORDS = "own_words"
    REFLECTION = "reflection"
    POSITIVE_HEALTH = "positive_health"
    GREEN_MECHANISMS = "green_mechanisms"
    FOUR_DIMENSIONS = "four_dimensions"
    MEANINGFUL_DAY = "meaningful_day"
    QUALITY_CRITERIA = "quality_criteria"


class Subject(StrEnum):
    """What a score is about: the client's own scale, or one part of a known wheel."""

    OWN = "own"
    BODILY_FUNCTIONS = "bodily_functions"
    MENTAL_WELLBEING = "mental_wellbeing"
    MEANING = "meaning"
    QUALITY_OF_LIFE = "quality_of_life"
    PARTICIPATION = "participation"
    DAILY_FUNCTIONING = "daily_functioning"
    BIOLOGICAL = "biological"
    PSYCHOLOGICAL = "psychological"
    MENTAL_RECOVERY = "mental_recovery"
    SOCIAL = "social"
    BODY = "body"
    MIND = "mind"
    SOCIETAL = "societal"
    MEANINGFUL_DAY = "meaningful_day"
    OWN_DIRECTION = "own_direction"
    GUIDE_AND_CLINICIAN = "guide_and_clinician"
    TAKING_PART = "taking_part"
    RECOVERY = "recovery"
    CHOICE = "choice"
    REWARD = "reward"
    CLOSE_COOPERATION = "close_cooperation"


POSITIVE_HEALTH = frozenset(
    {
        Subject.BODILY_FUNCTIONS,
        Subject.MENTAL_WELLBEING,
        Subject.MEANING,
        Subject.QUALITY_OF_LIFE,
        Subject.PARTICIPATION,
        Subject.DAILY_FUNCTIONING,
    }
)
"""The six dimensions (source: domain glossary)."""

GREEN_MECHANISMS = frozenset(
    {Subject.BIOLOGICAL, Subject.PSYCHOLOGICAL, Subject.MENTAL_RECOVERY, Subject.SOCIAL}
)
"""The four ways in which green work helps (source: domain, A7)."""

FOUR_DIMENSIONS = frozenset({Subject.BODY, Subject.MIND, Subject.SOCIAL, Subject.SOCIETAL})
"""The 4D-model (source: domain glossary)."""

QUALITY_CRITERIA = frozenset(
    {
        Subject.OWN_DIRECTION,
        Subject.GUIDE_AND_CLINICIAN,
        Subject.TAKING_PART,
        Subject.RECOVERY,
        Subject.CHOICE,
        Subject.REWARD,
        Subject.CLOSE_COOPERATION,
    }
)
"""What makes an activity meaningful, as people with experience see it (source: domain, A7)."""

SUBJECTS = {
    Kind.OWN_WORDS: frozenset({Subject.OWN}),
    Kind.REFLECTION: frozenset({Subject.OWN}),
    Kind.POSITIVE_HEALTH: POSITIVE_HEALTH,
    Kind.GREEN_MECHANISMS: GREEN_MECHANISMS,
    Kind.FOUR_DIMENSIONS: FOUR_DIMENSIONS,
    Kind.MEANINGFUL_DAY: frozenset({Subject.MEANINGFUL_DAY}),
    Kind.QUALITY_CRITERIA: QUALITY_CRITERIA,
}


def fits(kind: Kind, subjects: list[Subject]) -> bool:
    """Scores of this kind only, each part at most once; the client may leave parts out."""
    known = set(subjects) <= SUBJECTS[kind]
    wheel = [subject for subject in subjects if subject is not Subject.OWN]
    return known and len(wheel) == len(set(wheel))


@dataclass(frozen=True)
class Change:
    """One part as it was marked first and last; a lower mark is only a mark."""

    subject: Subject
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


def changes(marks: Sequence[tuple[date, Mapping[Subject, int]]]) -> list[Change]:
    """Each of the four mechanisms that was marked at least twice, first against last."""
    found = []
    for subject in Subject:
        days = [(on, given[subject]) for on, given in marks if subject in given]
        ordered = sorted(days, key=lambda day: day[0])
        if subject in GREEN_MECHANISMS and len(ordered) > 1:
            found.append(Change(subject, ordered[0][1], ordered[-1][1]))
    return found


class RecoveryPhase(StrEnum):
    """Where in recovery somebody sees himself; it goes with falling and getting up (domain A5)."""

    OVERWHELMED = "overwhelmed"
    STRUGGLING = "struggling"
    LIVING_WITH = "living_with"
    LIVING_BEYOND = "living_beyond"


class MeaningElement(StrEnum):
    """The three elements of meaning, to ask by: each person's own answer (source: Versantvoort)."""

    DIRECTION = "direction"
    SIGNIFICANCE = "significance"
    COHERENCE = "coherence"


class Choice(StrEnum):
    """What the client chooses about openness at work (source: Coral, decision aid)."""

    TELL = "tell"
    DO_NOT_TELL = "do_not_tell"
    LATER = "later"


def is_told_to_someone(choice: Choice, to_whom: Sequence[str]) -> bool:
    """Telling is telling someone; what and when may follow, and a no or a later needs nobody."""
    return choice is not Choice.TELL or bool(to_whom)


class LifeEventKind(StrEnum):
    """Moments that make vulnerable, good ones too."""

    BIRTH = "birth"
    DEATH = "death"
    RELATION_BEGINS = "relation_begins"
    RELATION_ENDS = "relation_ends"
    MOVING = "moving"
    NEW_JOB = "new_job"
    JOB_ENDS = "job_ends"
    MONEY = "money"
    ILLNESS = "illness"
    HOLIDAY = "holiday"
    ANNIVERSARY = "anniversary"
    TRANSITION_OF_CARE = "transition_of_care"
    MARRIAGE = "marriage"
    DIPLOMA = "diploma"
    PROMOTION = "promotion"
    OTHER = "other"
