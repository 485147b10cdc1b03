"""A page for one operation: asks what it takes, sends it, and says what is wrong."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from app.facades.contract import Operation
from app.facades.operations import Json, RefusedError, Told
from app.facades.web import drafts
from app.facades.web.about import About, about
from app.facades.web.answers import Onward, Shown, problem_of
from app.facades.web.forms.fields import Field, fields_of
from app.facades.web.forms.reading import gathered, read
from app.facades.web.forms.sending import tried
from app.facades.web.forms.showing import Options, Showing, faults_by_name, in_order, labels_of
from app.facades.web.rendering import typed_day
from app.facades.web.site import Pages, Place
from app.facades.web.visits import NOWHERE, Visit
from app.facades.web.words import reading as words
from app.platform.http.schemas import UUID_TEXT

Ids = Mapping[str, str]
Chooser = Callable[[Visit, Ids], Awaitable[Options]]
Values = Callable[[Visit, Ids], Awaitable[Json]]
Whose = Callable[[Visit, Ids], Awaitable[About]]
LOST = "Iemand heeft dit net veranderd. Kijk of het nog klopt en verstuur het opnieuw."


@dataclass(frozen=True)
class Form:
    """How one operation is asked on a page.

    `then` is where one goes after it, with the ids of the path and what the operation told.
    `choices` give an id something to choose from, by the name of its field. `begins` fills in
    what is likely; `fixed` is sent as it is and not asked. `without` is not asked either, `order`
    comes first. `note` is a template above the questions, `template` another page around them.
    `known` gives ids that stand in no address, `back` the way back where the ids do not tell it,
    `whose` tells whom the act is about where that is no client and no trajectory. `lacking` names
    what the page asks more than the operation needs, and was left empty.
    """

    operation: str
    then: str
    choices: Mapping[str, Chooser] = field(default_factory=dict)
    begins: Values | None = None
    fixed: Values | None = None
    without: frozenset[str] = frozenset()
    order: Sequence[str] = ()
    title: str | None = None
    note: str | None = None
    done: str | None = None
    template: str = "forms/page.html"
    known: Callable[[Visit], Ids] | None = None
    back: About | None = None
    lacking: Callable[[Json], Iterable[str]] | None = None
    whose: Whose = about


def add_form(pages: Pages, path: str, form: Form) -> None:
    """The page of a form at this address: one to look at and one to send."""

    async def look(visit: Visit, **ids: str) -> Shown:
        return await _looked(visit, form, _with_known(visit, form, ids))

    async def send(visit: Visit, **ids: str) -> Shown | Onward:
        return await _sent(visit, form, _with_known(visit, form, ids))

    pages.add(Place("GET", path, look, of=form.operation))
    pages.add(Place("POST", path, send, of=form.operation))


def _with_known(visit: Visit, form: Form, ids: Ids) -> Ids:
    return {**ids, **form.known(visit)} if form.known else ids


async def _looked(visit: Visit, form: Form, ids: Ids) -> Shown:
    operation = visit.contract.operation(form.operation)
    tag, values = await _begun(visit, form, ids)
    corrected = visit.query.get("supersedes")
    if corrected is not None:
        values = await _corrected(visit, operation, ids, corrected)
    kept = await drafts.recalled(visit)
    if kept is not None:
        values = read(_fields(visit, form), gathered(kept))
    return await _page(visit, form, ids, Showing(values), tag, recalled=kept is not None)


async def _sent(visit: Visit, form: Form, ids: Ids) -> Shown | Onward:
    operation = visit.contract.operation(form.operation)
    fields = _fields(visit, form)
    values = read(fields, gathered(visit.form))
    if visit.field("more"):
        await _begun(visit, form, ids)
        return await _page(
            visit, form, ids, Showing(values, more=visit.field("more")), visit.field("match")
        )
    body = {**values, **(await form.fixed(visit, ids) if form.fixed else {})}
    corrected = visit.query.get("supersedes")
    if corrected is not None:
        body["supersedes"] = corrected
    sent = body if operation.body is not None or operation.method == "POST" else None
    path = operation.path.format(**ids)
    told = _lacking(form, values) or await tried(visit, path, sent, operation.method)
    if told.ok:
        await drafts.forgotten(visit)
        done = form.done or words.act(form.operation).done
        return Onward(form.then.format(**{**told.json, **ids}), done)
    return await _again(visit, form, ids, values, told)


def _lacking(form: Form, values: Json) -> Told | None:
    """As the operation would refuse it: what the page asks more than the operation needs."""
    names = list(form.lacking(values)) if form.lacking else []
    if not names:
        return None
    pointers = ("#/" + name.replace(".", "/") for name in names)
    said = {"in": "body", "code": "required", "detail": ""}
    faults = [{**said, "pointer": pointer} for pointer in pointers]
    return Told(HTTPStatus.BAD_REQUEST, {}, json.dumps({"errors": faults}).encode())


async def _again(visit: Visit, form: Form, ids: Ids, values: Json, told: Told) -> Shown:
    """The same form with what is wrong."""
    problem = problem_of(told)
    faults = faults_by_name(told)
    tag, _ = await _begun(visit, form, ids)
    whole = faults.pop("", None)
    said = whole or words.refusal(str(problem.get("detail", "")))
    if told.status == HTTPStatus.PRECONDITION_FAILED:
        said = LOST
    showing = Showing(values, faults)
    shown = await _page(visit, form, ids, showing, tag, said=None if faults else said)
    return Shown(shown.template, HTTPStatus.UNPROCESSABLE_ENTITY, **shown.values)


async def _page(
    visit: Visit,
    form: Form,
    ids: Ids,
    showing: Showing,
    match: str,
    *,
    said: str | None = None,
    recalled: bool = False,
) -> Shown:
    choices = {name: await choose(visit, ids) for name, choose in form.choices.items()}
    asked = Showing(showing.values, showing.faults, choices, showing.more)
    questions = asked.asked(_fields(visit, form))
    act = words.act(form.operation)
    place: About = form.back or await form.whose(visit, ids)
    return Shown(
        form.template,
        title=form.title or act.title,
        button=act.button,
        asked=questions,
        labels=labels_of(questions),
        faults=in_order(showing.faults, questions),
        example=f"Bijvoorbeeld {typed_day(await visit.today())}",
        said=said,
        match=match,
        about=place,
        note=form.note,
        recalled=recalled,
        corrects=visit.query.get("supersedes"),
        ids=ids,
    )


def _fields(visit: Visit, form: Form) -> list[Field]:
    body = visit.contract.operation(form.operation).body
    found = fields_of(visit.contract, body) if body else ()
    asked = [each for each in found if each.name not in form.without | {"supersedes"}]
    first = {name: at for at, name in enumerate(form.order)}
    return sorted(asked, key=lambda each: first.get(each.name, len(first)))


async def _begun(visit: Visit, form: Form, ids: Ids) -> tuple[str, Json]:
    """The tag of what the act is about, and what is likely: hidden means that there is no form."""
    operation, tag = visit.contract.operation(form.operation), ""
    above = visit.contract.readable(operation.resource)
    if above is not None:
        told = await visit.told(above.format(**ids))
        tag = told.etag if above == operation.resource else ""
    visit.require(form.operation)
    return tag, await form.begins(visit, ids) if form.begins else {}


async def _corrected(visit: Visit, operation: Operation, ids: Ids, record: str) -> Json:
    """What stands there now, to be put right. Raises RefusedError, also for what is no id."""
    if not UUID_TEXT.fullmatch(record):
        raise RefusedError(NOWHERE)
    found = await visit.see(f"{operation.path.format(**ids)}/{record}")
    known = {each.name for each in fields_of(visit.contract, operation.body or "")}
    return {name: value for name, value in found.items() if name in known and value is not None}
