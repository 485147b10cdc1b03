"""The records under a trajectory: a list of each kind, a form to add one, and what may follow."""

from app.facades.web.about import about
from app.facades.web.answers import Shown
from app.facades.web.contract import Operation
from app.facades.web.forms.pages import Form, Ids, Values, add_form
from app.facades.web.operations import Json
from app.facades.web.pages.trajectories import choices
from app.facades.web.pages.trajectories.kinds import KINDS, OWNER, Kind
from app.facades.web.site import Pages
from app.facades.web.telling import Record, record, records, withheld
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words

pages = Pages()
Ways = list[tuple[str, str]]


def _add(kind: Kind) -> None:
    @pages.get(kind.collection)
    async def listed(visit: Visit, trajectory_id: str) -> Shown:
        return await _listed(visit, kind, trajectory_id)

    @pages.get(kind.record)
    async def read(visit: Visit, trajectory_id: str, **ids: str) -> Shown:
        return await _read(visit, kind, trajectory_id, ids[kind.item])

    form = Form(
        f"POST {kind.collection}",
        then=OWNER if kind.quick else kind.collection,
        choices=choices.OF.get(kind.name, {}),
        begins=_today(kind.day) if kind.day else None,
        order=kind.order,
        note=kind.note,
    )
    add_form(pages, f"{kind.collection}/new", form)
    for act in kind.acts:
        path = f"{kind.record}/{act}"
        chosen = choices.OF.get(f"{kind.name}/{act}", {})
        then = OWNER if kind.quick else kind.collection
        add_form(pages, path, Form(f"POST {path}", then=then, choices=chosen))


def _today(day: str) -> Values:
    """Most of what is recorded happened today."""

    async def begins(visit: Visit, _: Ids) -> Json:
        return {day: (await visit.today()).isoformat()}

    return begins


async def _listed(visit: Visit, kind: Kind, trajectory_id: str) -> Shown:
    path = kind.collection.format(trajectory_id=trajectory_id)
    told = await visit.see(path, pageSize=50, cursor=visit.query.get("cursor"))
    found = records(visit.contract, _reading(visit, kind).answer or "", told["items"])
    return Shown(
        "trajectories/records.html",
        title=words.act(f"GET {kind.collection}").title,
        standing=[(each, followups(visit, kind, each)) for each in found if not each.earlier],
        earlier=[each for each in found if each.earlier],
        more=told.get("nextCursor"),
        withheld=withheld(told),
        collection=kind.collection,
        addable=visit.may(f"POST {kind.collection}"),
        corrects=corrects(visit, kind),
        about=await about(visit, {"trajectory_id": trajectory_id}),
        base=path,
    )


async def _read(visit: Visit, kind: Kind, trajectory_id: str, record_id: str) -> Shown:
    path = kind.collection.format(trajectory_id=trajectory_id)
    told = await visit.see(f"{path}/{record_id}")
    found = record(visit.contract, _reading(visit, kind).answer or "", told)
    return Shown(
        "trajectories/record.html",
        title=words.act(f"GET {kind.record}").title,
        collection_title=words.act(f"GET {kind.collection}").title,
        each=found,
        followups=followups(visit, kind, found),
        corrects=corrects(visit, kind),
        about=await about(visit, {"trajectory_id": trajectory_id}),
        base=path,
    )


def _reading(visit: Visit, kind: Kind) -> Operation:
    return visit.contract.operation(f"GET {kind.record}")


def corrects(visit: Visit, kind: Kind) -> bool:
    """Whether a later record of this kind may take the place of an earlier one."""
    adding = f"POST {kind.collection}"
    body = visit.contract.operation(adding).body or ""
    return visit.may(adding) and "supersedes" in visit.contract.schema(body)["properties"]


def followups(visit: Visit, kind: Kind, found: Record) -> Ways:
    """What this role may still do with a record: the way behind its address, and the words."""
    return [
        (act, words.act(f"POST {kind.record}/{act}").title)
        for act, still in kind.acts.items()
        if visit.may(f"POST {kind.record}/{act}") and still(found.told)
    ]


for _kind in KINDS:
    _add(_kind)
