"""The six rungs by their official names, and the suggestion that follows from the criteria."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

LOWEST, HIGHEST = 1, 6


class Occasion(StrEnum):
    """Why it was measured now; there is no occasion that a measurement can miss or fail."""

    START = "start"
    SIX_MONTHLY = "six_monthly"
    CHANGE = "change"
    MONTH_12 = "month_12"
    MONTH_18 = "month_18"
    END = "end"


class Agrees(StrEnum):
    """What the client says of a measurement; a rung that one party saw alone is `not_asked`."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class Scheme(StrEnum):
    """How another system counts. Five levels merge rungs 3 and 4, so level 3 is either."""

    SIX_RUNGS = "six_rungs"
    FIVE_LEVELS = "five_levels"


class Instrument(StrEnum):
    """Support in paid work that makes it rung 5; it becomes 6 when support and supplement end."""

    WAGE_COST_SUBSIDY = "wage_cost_subsidy"
    WAGE_DISPENSATION = "wage_dispensation"
    JOB_COACH = "job_coach"
    IPS_COACHING = "ips_coaching"
    SHELTERED_WORK = "sheltered_work"
    WORKPLACE_ADJUSTMENT = "workplace_adjustment"
    OTHER = "other"


class Reason(StrEnum):
    """Why a rung is suggested: the criterion that decided, and what was left unanswered."""

    CONTRACT_OR_OWN_BUSINESS = "contract_or_own_business"
    SUPPORT_OR_SUPPLEMENT = "support_or_supplement"
    NO_SUPPORT_NO_SUPPLEMENT = "no_support_no_supplement"
    RESPONSIBILITY_WEEKLY_IN_PERSON = "responsibility_weekly_in_person"
    ORGANISED_WEEKLY = "organised_weekly"
    WEEKLY_CONTACT = "weekly_contact"
    NONE_OF_THESE = "none_of_these"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Rung:
    """`client_label_nl` is the softer word that may stand beside a hard official one."""

    rung: int
    name_nl: str
    name_en: str
    definition: str
    criterion: str
    client_label_nl: str | None = None


RUNGS = (
    Rung(
        1,
        "Geïsoleerd",
        "Isolated",
        "Hardly any contact outside the household other than functional (shop, doctor).",
        "None of the other criteria.",
        "Vooral thuis",
    ),
    Rung(
        2,
        "Sociale contacten buitenshuis",
        "Social contacts outside the home",
        "At least weekly contact with people outside the household, not organised.",
        "Weekly contact.",
    ),
    Rung(
        3,
        "Deelname aan georganiseerde activiteiten",
        "Taking part in organised activities",
        "An organised activity at least weekly, without responsibility toward others.",
        "Organised and weekly.",
    ),
    Rung(
        4,
        "Onbetaald werk",
        "Unpaid work",
        "Tasks with responsibility toward others, without an employment contract, in person.",
        "Responsibility toward others, weekly and in person.",
    ),
    Rung(
        5,
        "Betaald werk met ondersteuning",
        "Paid work with support",
        "Paid work with support instruments or a supplementary benefit.",
        "Employment contract or own business, and support or a supplement.",
    ),
    Rung(
        6,
        "Betaald werk",
        "Paid work",
        "Paid work without support instruments or supplementary benefit; self-employed too.",
        "Employment contract or own business, no support and no supplement.",
    ),
)


@dataclass(frozen=True)
class Answers:
    """Answers to the criteria; None = not asked. They stay beside the rung, to recompute it."""

    has_contract: bool | None = None
    self_employed: bool | None = None
    support_instruments: tuple[Instrument, ...] = field(default=())
    supplementary_benefit: bool | None = None
    responsibility_to_others: bool | None = None
    organised: bool | None = None
    weekly: bool | None = None
    in_person: bool | None = None

    @property
    def given(self) -> bool:
        """Whether anything was answered at all."""
        return bool(self.support_instruments) or any(answer is not None for answer in self._asked())

    def _asked(self) -> tuple[bool | None, ...]:
        return (
            self.has_contract,
            self.self_employed,
            self.supplementary_benefit,
            self.responsibility_to_others,
            self.organised,
            self.weekly,
            self.in_person,
        )


def suggest(answers: Answers) -> tuple[int, tuple[Reason, ...]]:
    """The highest rung that the answers bear out, and why; a person confirms or differs.

    An unanswered criterion counts as not met and is named. Source: the decision order of the
    domain description, part C2.
    """
    if answers.has_contract or answers.self_employed:
        if answers.support_instruments or answers.supplementary_benefit:
            return 5, (Reason.CONTRACT_OR_OWN_BUSINESS, Reason.SUPPORT_OR_SUPPLEMENT)
        found = (Reason.CONTRACT_OR_OWN_BUSINESS, Reason.NO_SUPPORT_NO_SUPPLEMENT)
        return 6, found + _unanswered(answers.supplementary_benefit)
    open_above = [answers.has_contract, answers.self_employed, answers.responsibility_to_others]
    if answers.responsibility_to_others and answers.weekly and answers.in_person:
        return 4, (Reason.RESPONSIBILITY_WEEKLY_IN_PERSON, *_unanswered(*open_above[:2]))
    open_above.append(answers.in_person if answers.responsibility_to_others else False)
    if answers.organised and answers.weekly:
        return 3, (Reason.ORGANISED_WEEKLY, *_unanswered(*open_above))
    if answers.weekly:
        return 2, (Reason.WEEKLY_CONTACT, *_unanswered(*open_above, answers.organised))
    return 1, (Reason.NONE_OF_THESE, *_unanswered(*open_above, answers.weekly))


def _unanswered(*answers: bool | None) -> tuple[Reason, ...]:
    return (Reason.UNANSWERED,) if None in answers else ()


def rungs_of(scheme: Scheme | None, level: int) -> frozenset[int]:
    """Which rungs a level of another system may be; none when it does not say how it counts."""
    if scheme is Scheme.SIX_RUNGS:
        return frozenset({level} & set(range(LOWEST, HIGHEST + 1)))
    if scheme is Scheme.FIVE_LEVELS:
        return frozenset({1: {1}, 2: {2}, 3: {3, 4}, 4: {5}, 5: {6}}.get(level, set()))
    return frozenset()


def instruments_of(values: Iterable[str]) -> tuple[Instrument, ...]:
    """Stored words as instruments."""
    return tuple(Instrument(value) for value in values)
