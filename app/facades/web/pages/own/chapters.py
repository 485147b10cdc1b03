"""The chapters of a client's file: every list of the contract that a client may have a part in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.facades.contract import Contract, Operation
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

OF_CLIENT = "/clients/{client_id}"
OF_TRAJECTORY = "/trajectories/{trajectory_id}"
_CLIENTS: Mapping[str, Sequence[str]] = {
    "Zorg en werk": (
        "work-questions",
        "treatment-team",
        "treatment-plans",
        "treatment-work-goals",
        "early-warning-plans",
        "incapacities",
    ),
    "Contact en toestemming": (
        "particulars",
        "contact-preferences",
        "consents",
        "consent-requests",
        "blocks",
        "restrictions",
        "representatives",
        "supporters",
        "misplaced-records",
        "discussion-wishes",
    ),
}
_TRAJECTORIES: Mapping[str, Sequence[str]] = {
    "Verloop": (
        "transitions",
        "participants",
        "coordinators",
        "responsibilities",
        "pauses",
        "applications",
        "transfers",
        "aftercare",
    ),
    "Gesprekken en verslagen": (
        "conversation-invitations",
        "start-conversations",
        "contacts",
        "progress-reports",
        "questions",
        "feedback",
        "concerns",
    ),
    "Plannen en werk": (
        "action-plans",
        "career-profiles",
        "job-search-plans",
        "employer-contacts",
        "placements",
        "accommodations",
        "supports",
        "provisions",
        "retained-jobs",
        "day-activities",
        "green-contracts",
        "transition-support",
    ),
    "Hoe het gaat": (
        "ladder-measurements",
        "wellbeing",
        "meaning-views",
        "peer-support-attendances",
        "life-events",
        "disclosure-decisions",
    ),
    "Onderzoek en uitkering": (
        "work-history",
        "work-capacity",
        "work-advice",
        "insurance-physician-notes",
        "psychological-anamneses",
        "benefit",
        "benefits-counselling",
        "target-group-statuses",
    ),
}
HEAVY = frozenset(
    {
        "treatment-plans",
        "incapacities",
        "concerns",
        "insurance-physician-notes",
        "psychological-anamneses",
        "work-capacity",
        "work-advice",
    }
)
"""What may be hard to read alone: told before it is opened, and never kept from the client."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One list of the file, by the name that it has in the contract."""

    name: str
    owner: str
    group: str

    @property
    def collection(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def title(self) -> str:
        return words.act(f"GET {self.collection}").title

    @property
    def heavy(self) -> bool:
        return self.name in HEAVY

    def reading(self, contract: Contract) -> Operation:
        """The operation that gives it."""
        return contract.operation(f"GET {self.collection}")

    def schema(self, contract: Contract) -> str:
        """What one record of it looks like."""
        page = self.reading(contract).answer or ""
        return str(contract.schema(page)["properties"]["items"]["items"]["$ref"]).rpartition("/")[2]


def chapters(visit: Visit, owner: str) -> list[Chapter]:
    """Those of the client, or of one trajectory, that this role may read at all."""
    return [each for each in _chapters(owner) if visit.may(f"GET {each.collection}")]


def _chapters(owner: str) -> Iterator[Chapter]:
    groups = _CLIENTS if owner == OF_CLIENT else _TRAJECTORIES
    return (Chapter(name, owner, group) for group, names in groups.items() for name in names)
