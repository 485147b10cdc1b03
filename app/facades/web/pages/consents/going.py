"""The way to a consent, or to a request for one: which step is next, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.facades.operations import RefusedError
from app.facades.web.pages.consents.answers import Answers
from app.facades.web.pages.consents.parties import Around, Party, around, party_of
from app.facades.web.pages.consents.sharing import Text, current_text, purposes_of, shareable
from app.facades.web.pages.consents.whom import Whom, whom
from app.facades.web.visits import NOT_ALLOWED, Visit

ALL = "all"
STEP_OF: Mapping[str, str] = {
    "recipient": "party",
    "senderOrganisationId": "from",
    "trajectoryId": "from",
    "categories": "data",
    "recordId": "data",
    "purposes": "terms",
    "validFrom": "terms",
    "validUntil": "terms",
    "givenHow": "evidence",
    "givenBy": "evidence",
    "evidence": "evidence",
    "reason": "terms",
    "step": "terms",
}
"""Where a fault of the operation is put right, by the first name of what it points to."""


@dataclass(frozen=True, slots=True)
class Way:
    """`collection` is where it ends; asking has a reason in the place of a period."""

    collection: str
    asks: bool = False

    @property
    def operation(self) -> str:
        return f"POST /clients/{{client_id}}/{self.collection}"

    def base(self, client_id: str) -> str:
        return f"/clients/{client_id}/{self.collection}/new"


GIVING = Way("consents")
ASKING = Way("consent-requests", asks=True)


@dataclass(frozen=True, slots=True)
class Going:
    """One person on this way, with what was answered so far and what there is to choose from."""

    way: Way
    of: Whom
    place: Around
    text: Text
    answers: Answers
    party: Party | None
    own: str | None

    @property
    def base(self) -> str:
        return self.way.base(self.of.client_id)

    @property
    def purposes(self) -> list[str]:
        """A role with one purpose leaves nothing to choose."""
        fitting = purposes_of(self.party.role) if self.party else []
        return fitting if len(fitting) == 1 else self.answers.all("purpose")

    @property
    def sender(self) -> str:
        """Who tells: an organisation, the client, or nobody yet."""
        receives = self.party is None or self.party.organisation_id == self.own
        if self.of.acts or (self.way.asks and receives):
            return self.answers.one("sender")
        return self.own or ""

    @property
    def trajectory(self) -> str:
        """Where there is but one, it is that one."""
        known = self.place.trajectories
        return str(known[0]["id"]) if len(known) == 1 else self.answers.one("trajectory")

    @property
    def steps(self) -> list[str]:
        """Those that ask something of this person."""
        asked = ["party"]
        if self.sender != self.own or len(self.place.trajectories) != 1:
            asked.append("from")
        asked += ["data", "terms"]
        if not self.of.acts and not self.way.asks:
            asked.append("evidence")
        return [*asked, "look"]

    def path(self, step: str) -> str:
        return self.base if step == "party" else f"{self.base}/{step}"

    def after(self, step: str) -> str:
        at = self.steps.index(step) if step in self.steps else 0
        return self.path(self.steps[min(at + 1, len(self.steps) - 1)])

    def before(self, step: str) -> str | None:
        at = self.steps.index(step) if step in self.steps else 0
        return self.path(self.steps[at - 1]) if at else None

    @property
    def open_step(self) -> str:
        """The first step that is not answered."""
        return next((step for step in self.steps if self.lacks(step)), "look")

    def lacks(self, step: str) -> dict[str, str]:
        """What a step still asks, by field; the rest is said by the operation."""
        wanted: dict[str, dict[str, tuple[bool, str]]] = {
            "party": {"party": (self.party is None, "Kies wie iets mag zien.")},
            "from": {
                "sender": (not self.sender, "Kies wie het vertelt."),
                "trajectory": (not self.trajectory, "Kies om welk traject het gaat."),
            },
            "data": {
                "category": (not self.categories, "Kies minstens één ding."),
                "record": (bool(self.record and self.answers.all("category")), _ONE_DOCUMENT),
            },
            "terms": {
                "purpose": (not self.purposes, "Kies waarvoor."),
                "person": (bool(self.answers.one("person")) and not self.person, _WHO),
                "reason": (self.way.asks and not self.answers.one("reason"), _WHY),
            },
            "evidence": {
                "givenHow": (not self.answers.one("givenHow"), "Kies hoe de cliënt ja zei."),
                "givenBy": (not self.answers.one("givenBy"), "Kies wie ja zei."),
                "evidence": (not self.answers.one("evidence"), "Schrijf op wat het bewijs is."),
            },
            "look": {},
        }
        return {name: said for name, (lacking, said) in wanted[step].items() if lacking}

    @property
    def categories(self) -> list[str]:
        """What was ticked and can be shared with this role."""
        if self.party is None:
            return []
        known = shareable(self.of, self.text, self.party.role)
        ticked = [each for each in self.answers.all("category") if each in known.codes]
        return ticked or [each for each in known.per_item if self.record and each == self._kind]

    @property
    def record(self) -> str:
        """The one document that is all of it; empty where whole kinds of data are chosen."""
        return self.answers.one("record").partition("|")[2]

    @property
    def people(self) -> dict[str, str]:
        """Whom of the party one can name: who works with the client now."""
        return self.place.people.get(self.party, {}) if self.party else {}

    @property
    def person(self) -> str:
        """The one person it is for; empty where it is for all in this role.

        Who was chosen and works with the client no more is asked again (`lacks`): a yes for one
        person never becomes a yes for all.
        """
        chosen = self.answers.one("person")
        return chosen if chosen in self.people else ""

    @property
    def _kind(self) -> str:
        return self.answers.one("record").partition("|")[0]


_ONE_DOCUMENT = "Kies soorten gegevens of één document. Geef voor de rest daarna toestemming."
_WHO = "Deze persoon werkt hier nu niet. Kies opnieuw voor wie het is."
_WHY = "Schrijf op waarom u dit vraagt. De cliënt leest het."


async def going(visit: Visit, way: Way, client_id: str, answers: Answers) -> Going:
    """Raises RefusedError for who may not know of this client or may not do this at all."""
    visit.require(way.operation)
    of = await whom(visit, client_id)
    if of.near and not of.acts:
        raise RefusedError(NOT_ALLOWED)
    text = await current_text(visit)
    party = await party_of(visit, answers.one("party"))
    if party is not None and party.role not in text.roles:
        party = None
    place = await around(visit, of)
    return Going(way, of, place, text, answers, party, visit.organisation_id)
