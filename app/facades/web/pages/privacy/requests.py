"""Requests of clients about their data at the privacy desk: what is held, deciding, answering."""

from dataclasses import dataclass, field
from itertools import groupby

from app.facades.operations import Json
from app.facades.web.about import About
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.showing import Options
from app.facades.web.pages.privacy.desk import clients
from app.facades.web.site import Pages
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
LIST = "/data-subject-requests"
ONE = f"{LIST}/{{request_id}}"
HELD = f"POST {ONE}/records/_search"
DECIDED = frozenset({"erasure", "restriction"})
"""Kinds of requests on which something is decided; any other is answered."""
GOES_WITH = {
    "erasure": ("destroy", "restrict", "refuse"),
    "restriction": ("restrict", "refuse"),
}


@dataclass(frozen=True)
class Held:
    """All records of one kind that the organisation answers for."""

    category: str
    records: list[Json]
    decided: set[str | None] = field(default_factory=set)

    @property
    def first(self) -> Json:
        return self.records[0]

    @property
    def several(self) -> bool:
        """Whether one may be decided on apart from the others."""
        return len(self.records) > 1


@pages.get(LIST)
async def requests(visit: Visit) -> Shown:
    """Those that are open, the first that is due on top."""
    told = await visit.see(LIST, pageSize=50, cursor=visit.query.get("cursor"))
    found = told["items"]
    return Shown(
        "privacy/requests.html",
        requests=sorted(found, key=lambda each: (each["state"] != "open", str(each["dueOn"]))),
        clients=await clients(visit, (each["clientId"] for each in found)),
        more=told.get("nextCursor"),
        today=(await visit.today()).isoformat(),
    )


@pages.get(ONE)
async def request(visit: Visit, request_id: str) -> Shown:
    found = await visit.see(ONE.format(request_id=request_id))
    still = found["state"] == "open"
    decides = still and visit.may(HELD) and found["kind"] in DECIDED
    held = await _held(visit, request_id) if still and visit.may(HELD) else []
    known = await clients(visit, [found["clientId"]])
    return Shown(
        "privacy/request.html",
        request=found,
        name=known.get(found["clientId"]),
        decides=decides,
        held=held,
        undecided=[each for each in held if None in each.decided],
        desk=visit.may(HELD),
        today=(await visit.today()).isoformat(),
    )


async def _held(visit: Visit, request_id: str) -> list[Held]:
    """By kind; what is there, how long it is kept, and what was decided, without any content."""
    told = await visit.search(f"{ONE.format(request_id=request_id)}/records/_search", {})
    in_order = sorted(told["items"], key=lambda each: (each["category"], each["recordedAt"]))
    return [
        Held(category, found, {each["decided"] for each in found})
        for category, found in (
            (name, list(each)) for name, each in groupby(in_order, lambda one: one["category"])
        )
    ]


async def _whose(visit: Visit, ids: Ids) -> About:
    found = await visit.maybe(ONE.format(**ids)) or {}
    known = await clients(visit, [found["clientId"]] if found else [])
    return About(next(iter(known.values()), None), ONE.format(**ids), "Verzoek")


async def _about_what(visit: Visit, _: Ids) -> Json:
    """The kind that was chosen on the page of the request, or one record of it."""
    record = visit.query.get("record")
    of = {"category": visit.query.get("category")}
    return {**of, "recordId": record} if record else of


async def _outcomes(visit: Visit, ids: Ids) -> Options:
    """What this kind of request can lead to."""
    found = await visit.see(ONE.format(**ids))
    fitting = GOES_WITH.get(found["kind"], GOES_WITH["erasure"])
    return [(each, words.value("DecisionOutcome", each)) for each in fitting]


add_form(
    pages,
    f"{ONE}/decisions/new",
    Form(
        f"POST {ONE}/decisions",
        then=ONE,
        choices={"outcome": _outcomes},
        fixed=_about_what,
        without=frozenset({"category", "recordId"}),
        note="privacy/deciding.html",
        whose=_whose,
    ),
)
add_form(
    pages,
    f"{ONE}/answers/new",
    Form(f"POST {ONE}/answers", then=LIST, note="privacy/answering.html", whose=_whose),
)
