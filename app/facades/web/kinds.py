"""The collections of the API as pages: a list of each kind, a form to add, and what may follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.facades.contract import Operation
from app.facades.operations import Json
from app.facades.web.about import about
from app.facades.web.answers import Shown
from app.facades.web.forms.pages import Chooser, Form, Ids, Values, add_form
from app.facades.web.site import Pages
from app.facades.web.telling import Record, record, records, withheld
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

Possible = Callable[[Json, datetime], bool]
Choices = Mapping[str, Mapping[str, Chooser]]
Ways = list[tuple[str, str]]


def is_open(name: str) -> Possible:
    """Whether that was not done yet."""
    return lambda told, _: told.get(name) is None


def always(_: Json, __: datetime) -> bool:
    """For an act that may come again."""
    return True


@dataclass(frozen=True)
class Kind:
    """One collection: the name of its id in the contract, and the acts on one of its records.

    Each act says of which records it is still possible. `order` is what the form asks first, `day`
    the field that is today unless said otherwise. `note` is a template above the questions. One
    that is not `addable` has a form elsewhere, or none. What is `quick` is recorded on the page of
    its `owner`, which it lies under, and one stays there.
    """

    owner: str
    name: str
    item: str
    acts: Mapping[str, Possible] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    day: str | None = None
    note: str | None = None
    addable: bool = True
    quick: bool = False

    @property
    def collection(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def then(self) -> str:
        """Where one goes after recording one."""
        return self.owner if self.quick else self.collection

    @property
    def record(self) -> str:
        return f"{self.collection}/{{{self.item}}}"


def add_kind(pages: Pages, kind: Kind, choices: Choices) -> None:
    """The pages of one kind; `choices` are by kind or act, and then by field."""

    @pages.get(kind.collection)
    async def listed(visit: Visit, **ids: str) -> Shown:
        return await _listed(visit, kind, ids)

    @pages.get(kind.record)
    async def read(visit: Visit, **ids: str) -> Shown:
        return await _read(visit, kind, ids)

    if kind.addable:
        form = Form(
            f"POST {kind.collection}",
            then=kind.then,
            choices=choices.get(kind.name, {}),
            begins=_today(kind.day) if kind.day else None,
            order=kind.order,
            note=kind.note,
        )
        add_form(pages, f"{kind.collection}/new", form)
    for act in kind.acts:
        path = f"{kind.record}/{act}"
        chosen = choices.get(f"{kind.name}/{act}", {})
        add_form(pages, path, Form(f"POST {path}", then=kind.then, choices=chosen))


def _today(day: str) -> Values:
    """Most of what is recorded happened today."""

    async def begins(visit: Visit, _: Ids) -> Json:
        return {day: (await visit.today()).isoformat()}

    return begins


async def _listed(visit: Visit, kind: Kind, ids: Ids) -> Shown:
    path = kind.collection.format(**ids)
    told = await visit.see(path, pageSize=50, cursor=visit.query.get("cursor"))
    found = records(visit.contract, _reading(visit, kind).answer or "", told["items"])
    now = await visit.now()
    return Shown(
        "trajectories/records.html",
        title=words.act(f"GET {kind.collection}").title,
        standing=[(each, followups(visit, kind, each, now)) for each in found if not each.earlier],
        earlier=[each for each in found if each.earlier],
        more=told.get("nextCursor"),
        withheld=withheld(told),
        collection=kind.collection,
        addable=_may_add(visit, kind),
        corrects=corrects(visit, kind),
        about=await about(visit, ids),
        base=path,
    )


async def _read(visit: Visit, kind: Kind, ids: Ids) -> Shown:
    path = kind.collection.format(**ids)
    told = await visit.see(kind.record.format(**ids))
    found = record(visit.contract, _reading(visit, kind).answer or "", told)
    return Shown(
        "trajectories/record.html",
        title=words.act(f"GET {kind.record}").title,
        collection_title=words.act(f"GET {kind.collection}").title,
        each=found,
        followups=followups(visit, kind, found, await visit.now()),
        corrects=corrects(visit, kind),
        about=await about(visit, ids),
        base=path,
    )


def _reading(visit: Visit, kind: Kind) -> Operation:
    return visit.contract.operation(f"GET {kind.record}")


def _may_add(visit: Visit, kind: Kind) -> bool:
    adding = f"POST {kind.collection}"
    return visit.contract.knows(adding) and visit.may(adding)


def corrects(visit: Visit, kind: Kind) -> bool:
    """Whether a later record of this kind may take the place of an earlier one."""
    adding = f"POST {kind.collection}"
    if not _may_add(visit, kind):
        return False
    body = visit.contract.operation(adding).body or ""
    return "supersedes" in visit.contract.schema(body)["properties"]


def followups(visit: Visit, kind: Kind, found: Record, now: datetime) -> Ways:
    """What this role may still do with a record: the way behind its address, and the words."""
    return [
        (act, words.act(f"POST {kind.record}/{act}").title)
        for act, is_possible in kind.acts.items()
        if visit.may(f"POST {kind.record}/{act}") and is_possible(found.told, now)
    ]
