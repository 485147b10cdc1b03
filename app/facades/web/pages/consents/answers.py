"""What was answered so far on the way to a consent: on our side, so that every step has a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.facades.web import drafts
from app.facades.web.forms.reading import gathered
from app.facades.web.visits import Visit

FIELDS = (
    "party",
    "sender",
    "trajectory",
    "category",
    "record",
    "purpose",
    "person",
    "validFrom",
    "validUntil",
    "givenHow",
    "givenBy",
    "evidence",
    "reason",
    "step",
)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers by the name of their field."""

    given: Mapping[str, list[str]]

    def one(self, name: str) -> str:
        return next(iter(self.given.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        return list(self.given.get(name, ()))

    def with_these(self, names: Iterable[str], other: "Answers") -> "Answers":
        """These fields as they were answered now; one that was left empty is empty again."""
        changed = {name: other.all(name) for name in names}
        return Answers({**self.given, **changed})

    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name in FIELDS for value in self.all(name)]


def sent(visit: Visit) -> Answers:
    """What this form sent."""
    return _of(visit.form)


async def kept(visit: Visit, base: str) -> Answers:
    """What was answered on this way before, by this person with this hat.

    A step that was typed while the session ended lies at its own address, and counts as well.
    """
    found = _of(await drafts.recalled(visit, base) or [])
    here = await drafts.recalled(visit) if visit.request.url.path != base else None
    return found.with_these({name for name, _ in here}, _of(here)) if here else found


async def keep(visit: Visit, base: str, answers: Answers) -> None:
    """For a day, or until it is sent."""
    await drafts.keep(visit.request, visit.session, base, answers.pairs())
    if visit.request.url.path != base:
        await drafts.forgotten(visit)


def _of(pairs: Iterable[tuple[str, str]]) -> Answers:
    found = gathered(pairs)
    return Answers({name: [v for v in found[name] if v] for name in FIELDS if name in found})
