"""Where a talk stands: what comes next, whom it waits for, and what this person can do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.facades.operations import Json
from app.facades.web.pages.startconversations.parties import Chair
from app.facades.web.rendering import local_day, moment


class Stage(StrEnum):
    """The parts of a talk, in their order."""

    DATES = "dates"
    HELD = "held"
    MINUTES = "minutes"
    CONFIRMED = "confirmed"
    DONE = "done"


@dataclass(frozen=True)
class Now:
    """What comes next; `waits` names for whom, `mine` says that this person can do it."""

    stage: Stage
    words: str
    waits: list[str] = field(default_factory=list)
    mine: bool = False


@dataclass(frozen=True)
class Talk:
    """A talk as one person sees it: the answer of the API, and the table that it tells of."""

    told: Json
    chairs: Sequence[Chair]
    today: date
    organises: bool
    role: str

    @cached_property
    def own(self) -> Chair | None:
        return next((chair for chair in self.chairs if chair.own), None)

    @cached_property
    def proposals(self) -> list[Json]:
        return list(self.told.get("proposals") or ())

    @cached_property
    def chosen(self) -> Json | None:
        """The moment that was chosen."""
        wanted = self.told.get("chosenProposalId")
        return next((each for each in self.proposals if each["id"] == wanted), None)

    @cached_property
    def arranges(self) -> bool:
        """A professional of this talk: who was asked to it, or asked the others."""
        return self.organises and (self.own is not None or self.told["authorRole"] == self.role)

    @cached_property
    def closed(self) -> bool:
        """The client confirmed it: it stays as it is."""
        return self.told.get("confirmedAt") is not None

    @cached_property
    def minutes(self) -> Json | None:
        return self.told.get("minutes")

    @cached_property
    def attendance(self) -> Json | None:
        return self.told.get("attendance")

    @cached_property
    def confirmed(self) -> dict[str, Json]:
        """The confirmations of the newest minutes by the role of the party."""
        return {each["party"]: each for each in self.told.get("confirmations", ())}

    @cached_property
    def unconfirmed(self) -> list[Chair]:
        return [chair for chair in self.chairs if chair.role not in self.confirmed]

    @cached_property
    def unanswered(self) -> list[Chair]:
        return [chair for chair in self.chairs if chair.reply == "open"]

    @cached_property
    def empty_chairs(self) -> list[Chair]:
        """Who was not there, and whose absence the client did not accept."""
        told = self.attendance or {"absent": (), "acceptedAbsences": ()}
        missing = set(told["absent"]) - set(told["acceptedAbsences"])
        return [chair for chair in self.chairs if chair.invitation in missing]

    def fits(self, proposal: Json) -> int:
        """For how many this moment suits."""
        return sum(proposal["id"] in chair.accepts for chair in self.chairs)

    @cached_property
    def best(self) -> list[str]:
        """The moments that suit more people than the others do."""
        most = max((self.fits(each) for each in self.proposals), default=0)
        found = [each["id"] for each in self.proposals if self.fits(each) == most]
        return found if most and len(found) < len(self.proposals) else []

    @cached_property
    def nothing_fits(self) -> bool:
        """Everyone answered, and no moment suits all who come."""
        coming = [chair for chair in self.chairs if chair.reply == "accepted"]
        all_suit = any(self.fits(each) == len(coming) for each in self.proposals)
        return not self.unanswered and not (coming and all_suit)

    @cached_property
    def now(self) -> Now:
        if self.minutes is not None:
            return self._confirming()
        if self.attendance is not None:
            return self._of_writers(Stage.MINUTES, "het verslag schrijven")
        if self.chosen is not None:
            return self._meeting(self.chosen)
        return self._choosing()

    def _choosing(self) -> Now:
        if self.unanswered:
            mine = any(chair.own for chair in self.unanswered)
            said = "zeggen welke momenten passen"
            return Now(Stage.DATES, said, _named(self.unanswered), mine)
        return self._of_writers(Stage.DATES, "een moment kiezen")

    def _meeting(self, chosen: Json) -> Now:
        at = local_day(chosen["startsAt"])
        if at > self.today:
            return Now(Stage.HELD, f"het gesprek op {moment(chosen['startsAt'])}", ["de dag zelf"])
        return self._of_writers(Stage.HELD, "vastleggen wie er waren")

    def _of_writers(self, stage: Stage, said: str) -> Now:
        """What any professional of the talk may do; one does it for all."""
        others = [c for c in self.chairs if not (c.is_client or c.own or c.reply == "declined")]
        waits = ["u, of een ander die meedoet"] if self.arranges else _named(others)
        return Now(stage, said, waits or ["wie het gesprek regelt"], self.arranges)

    def _confirming(self) -> Now:
        if not self.unconfirmed:
            return Now(Stage.DONE, "alle partijen bevestigden het verslag")
        mine = any(chair.own for chair in self.unconfirmed)
        return Now(Stage.CONFIRMED, "het verslag bevestigen", _named(self.unconfirmed), mine)


def _named(found: Iterable[Chair]) -> list[str]:
    """Oneself first, as that is what can be done now."""
    return [chair.mid for chair in sorted(found, key=lambda chair: not chair.own)]
