"""The records under a trajectory: a list of each kind, a form to add one, and what may follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.facades.web.about import about
from app.facades.web.answers import Shown
from app.facades.web.contract import Contract
from app.facades.web.forms.pages import Form, Values, add_form
from app.facades.web.pages.trajectories import choices
from app.facades.web.site import Pages
from app.facades.web.telling import records
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

OWNER = "/trajectories/{trajectory_id}"


@dataclass(frozen=True)
class Kind:
    """One kind of record; `acts` are what may be done with one, as a form of its own."""

    name: str
    acts: Sequence[str] = ()
    order: Sequence[str] = ()
    without: frozenset[str] = frozenset()
    begins: Values | None = None
    note: str | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def collection(self) -> str:
        return f"{OWNER}/{self.name}"

    def item(self, contract: Contract) -> str:
        """The path of one record, with the name of its id as the contract has it."""
        return contract.item(self.collection)


KINDS = (
    Kind("contacts", order=("happenedOn", "mode", "place", "kind", "minutes", "note")),
    Kind("employer-contacts"),
    Kind("ladder-measurements", acts=("agreements",), note="trajectories/rungs.html"),
    Kind("placements", acts=("agreements", "ends")),
    Kind("accommodations"),
    Kind("provisions"),
    Kind("supports"),
    Kind("retained-jobs"),
    Kind("action-plans", acts=("agreements", "statements")),
    Kind("career-profiles"),
    Kind("job-search-plans", acts=("agreements",)),
    Kind("disclosure-decisions"),
    Kind("benefits-counselling"),
    Kind("benefit"),
    Kind("target-group-statuses"),
    Kind("aftercare"),
    Kind("transition-support"),
    Kind("transfers", acts=("agreements",)),
    Kind("day-activities"),
    Kind("green-contracts"),
    Kind("work-history"),
    Kind("work-capacity", acts=("releases",)),
    Kind("work-advice", acts=("releases",)),
    Kind("insurance-physician-notes"),
    Kind("psychological-anamneses"),
    Kind("life-events"),
    Kind("wellbeing"),
    Kind("feedback"),
    Kind("questions", acts=("answers",)),
    Kind("progress-reports", acts=("readings",)),
    Kind("concerns", acts=("reports", "follow-ups")),
    Kind("meaning-views"),
    Kind("peer-support-attendances"),
    Kind("pauses", acts=("resumptions",)),
    Kind("participants", acts=("ends",)),
    Kind("coordinators"),
    Kind("transitions"),
    Kind(
        "applications",
        acts=(
            "cost-requests",
            "decisions",
            "final-determinations",
            "stop-notices",
            "stop-notices/forwards",
        ),
    ),
    Kind("reminders", acts=("completions", "drops")),
)
"""Those with pages of their own are not here: consents, referrals and start conversations."""
pages = Pages()


def _add(kind: Kind) -> None:
    @pages.get(kind.collection)
    async def listed(visit: Visit, trajectory_id: str) -> Shown:
        return await _listed(visit, kind, trajectory_id)

    form = Form(
        f"POST {kind.collection}",
        then=kind.collection,
        choices=choices.OF.get(kind.name, {}),
        begins=kind.begins or choices.today_in(kind.name),
        order=kind.order,
        without=kind.without,
        note=kind.note,
    )
    add_form(pages, f"{kind.collection}/new", form)


async def _listed(visit: Visit, kind: Kind, trajectory_id: str) -> Shown:
    path = kind.collection.format(trajectory_id=trajectory_id)
    told = await visit.see(path, pageSize=50, cursor=visit.query.get("cursor"))
    contract = visit.contract
    schema = contract.operation(f"GET {kind.item(contract)}").answer or ""
    return Shown(
        "trajectories/records.html",
        title=words.act(f"GET {kind.collection}").title,
        records=records(contract, schema, told["items"]),
        more=told.get("nextCursor"),
        withheld=told.get("withheld", []),
        kind=kind,
        addable=visit.may(f"POST {kind.collection}"),
        about=await about(visit, {"trajectory_id": trajectory_id}),
        address=path,
    )


for _kind in KINDS:
    _add(_kind)
