"""What a party can be shown by consent, in the frozen words that a client reads, and what never."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.access.ceilings import ceiling
from app.access.vocabulary import FITTING_PURPOSES, Category, Ground, Role
from app.domain.consent.rules import giving
from app.facades.operations import Json
from app.facades.web.forms.showing import Options
from app.facades.web.pages.consents.whom import Whom
from app.facades.web.visits import Visit

NOT_ASKED = frozenset({Role.SUPERVISOR})
"""Sees what the people see whom it supervises; a consent to it would open nothing."""
BY_ITSELF = frozenset({Category.CONSENT, Category.ACCESS_LOG})
"""Not data that parties share."""
GROUPS: Mapping[str, Sequence[Category]] = {
    "Persoon en traject": (
        Category.IDENTITY,
        Category.EXISTENCE,
        Category.STATUS,
        Category.LADDER,
        Category.LADDER_NOTES,
        Category.START_CONVERSATION,
        Category.CONTACT_LOG,
        Category.PROGRESS_REPORT,
        Category.FEEDBACK,
    ),
    "Werk en inkomen": (
        Category.WORK_QUESTION,
        Category.ACTION_PLAN,
        Category.WORK_HISTORY,
        Category.WORK_CAPACITY,
        Category.WORK_ADVICE,
        Category.PLACEMENT,
        Category.ACCOMMODATION,
        Category.DISCLOSURE_CHOICE,
        Category.BENEFIT,
    ),
    "Gezondheid en leven": (
        Category.WELLBEING,
        Category.EARLY_WARNING_PLAN,
        Category.LIFE_EVENT,
        Category.MEDICAL,
        Category.PSYCHOLOGICAL_ANAMNESIS,
        Category.INSURANCE_PHYSICIAN_NOTES,
    ),
}


@dataclass(frozen=True, slots=True)
class Text:
    """The version that is shown now: what each role may see after a yes, sentence by sentence."""

    version: str
    introduction: str
    closing: list[str]
    sentences: dict[str, dict[str, str]]

    @property
    def roles(self) -> frozenset[str]:
        """Those to whom something can be opened at all."""
        return frozenset(self.sentences) - NOT_ASKED

    def lead(self, role: str) -> str:
        """How each sentence of this role begins: who may see."""
        return next(iter(self.sentences[role].values())).partition(": ")[0]


@dataclass(frozen=True, slots=True)
class Shareable:
    """What may be ticked for one role: groups of (code, words), and what may not.

    `per_item` opens by the document only, `never` by no consent.
    """

    groups: dict[str, Options]
    per_item: dict[str, str]
    never: list[str]
    by_law: list[str]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for options in self.groups.values() for code, _ in options)


async def current_text(visit: Visit) -> Text:
    """The latest version that holds today."""
    today = (await visit.today()).isoformat()
    held = [
        each["version"]
        for each in (await visit.see("/consent-texts"))["items"]
        if each["validFrom"] <= today
    ]
    return text_of(await visit.see(f"/consent-texts/{held[-1]}"))


def text_of(told: Json) -> Text:
    sentences: dict[str, dict[str, str]] = {}
    for each in told["sentences"]:
        sentences.setdefault(each["role"], {})[each["category"]] = each["text"]
    return Text(told["version"], told["introduction"], told["closing"], sentences)


def shareable(of: Whom, text: Text, role: str) -> Shareable:
    """For one role; what opens by the document only is not ticked among the rest."""
    open_to = text.sentences[role]
    whole = giving.needs_record([Category(each) for each in open_to], Role(role), 1)
    shut = [each for each in Category if each not in open_to and each not in BY_ITSELF]
    freely = frozenset(open_to) - frozenset(whole)
    never = [each for each in shut if ceiling()[each, Role(role)].ground is Ground.NEVER]
    return Shareable(
        groups={
            name: options
            for name, kinds in GROUPS.items()
            if (options := [_option(of, open_to, e) for e in kinds if e in freely])
        },
        per_item={each.value: of.what(each) for each in whole},
        never=[of.what(each) for each in never],
        by_law=[of.what(each) for each in shut if each not in never],
    )


def _option(of: Whom, open_to: Mapping[str, str], category: Category) -> tuple[str, str]:
    """The client reads the words of the text, which are what the yes will be to."""
    read = open_to[category].partition(": ")[2].rstrip(".") if of.own else of.what(category)
    return category.value, read[:1].upper() + read[1:]


def purposes_of(role: str) -> list[str]:
    """What for this role may use data at all."""
    return [each.value for each in FITTING_PURPOSES[Role(role)]]
