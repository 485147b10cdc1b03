"""Giving a consent, or asking for one, step by step; nothing is chosen before a person chooses."""

from http import HTTPStatus

from app.facades.operations import Json, RefusedError, Told
from app.facades.web import drafts
from app.facades.web.answers import Onward, Shown, problem_of
from app.facades.web.forms.showing import faults_by_name
from app.facades.web.pages.consents import answers as said
from app.facades.web.pages.consents import steps
from app.facades.web.pages.consents.chosen import act, choice
from app.facades.web.pages.consents.going import ASKING, GIVING, STEP_OF, Going, Way, going
from app.facades.web.site import Pages, Place
from app.facades.web.visits import NOWHERE, Visit
from app.facades.web.words import reading as words

pages = Pages()
DONE = {
    GIVING.collection: "Vastgelegd. De toestemming geldt, en kan altijd worden ingetrokken.",
    ASKING.collection: "De vraag staat klaar voor de cliënt. Er wordt nog niets gedeeld.",
}


def _add(way: Way) -> None:
    """The pages of one way: the party, the steps after it, and the last one, which does it."""

    async def first(visit: Visit, client_id: str) -> Shown:
        """Begins anew: what was answered before is offered, and ticks nothing here."""
        at = await going(visit, way, client_id, said.Answers({}))
        before = await drafts.recalled(visit)
        return await steps.shown(visit, at, "party", unfinished=bool(before))

    async def choose(visit: Visit, client_id: str) -> Shown | Onward:
        at = await going(visit, way, client_id, said.sent(visit))
        return await _kept(visit, at, "party")

    async def look(visit: Visit, client_id: str, step: str) -> Shown | Onward:
        at = await going(visit, way, client_id, await said.kept(visit, way.base(client_id)))
        _require(step)
        first_open = at.open_step
        if at.party is None or (step == "look" and first_open != "look"):
            return Onward(at.path(first_open))
        return await steps.shown(visit, at, step)

    async def answer(visit: Visit, client_id: str, step: str) -> Shown | Onward:
        _require(step)
        if step == "look":
            return await _done(visit, await going(visit, way, client_id, said.sent(visit)))
        before = await said.kept(visit, way.base(client_id))
        now = before.with_these(steps.FIELDS[step], said.sent(visit))
        return await _kept(visit, await going(visit, way, client_id, now), step)

    base = way.base("{client_id}")
    pages.add(Place("GET", base, first, of=way.operation))
    pages.add(Place("POST", base, choose, of=way.operation))
    pages.add(Place("GET", f"{base}/{{step}}", look, of=way.operation))
    pages.add(Place("POST", f"{base}/{{step}}", answer, of=way.operation))


def _require(step: str) -> None:
    """Raises RefusedError for a step that there is not."""
    if step not in steps.FIELDS:
        raise RefusedError(NOWHERE)


async def _kept(visit: Visit, at: Going, step: str) -> Shown | Onward:
    lacks = at.lacks(step)
    if lacks:
        return await steps.shown(visit, at, step, faults=lacks)
    await said.keep(visit, at.base, at.answers)
    return Onward(at.after(step))


async def _done(visit: Visit, at: Going) -> Shown | Onward:
    """Exactly what stood on the last page; that page sends it all."""
    lacking = at.open_step
    if lacking != "look":
        return await steps.shown(visit, at, lacking, faults=at.lacks(lacking))
    body = {**await choice(visit, at), **act(at)}
    path = f"{at.of.href}/{at.way.collection}"
    told = await visit.sent("POST", path, body, key=visit.field("key"))
    if not told.ok:
        return await refused(visit, at, told)
    await drafts.forgotten(visit, at.base)
    return Onward(_then(at, told.json), DONE[at.way.collection])


def _then(at: Going, made: Json) -> str:
    if at.way.asks:
        return f"{at.of.href}/consent-requests/{made['id']}"
    return f"/consents/{made['id']}"


async def refused(visit: Visit, at: Going, told: Told) -> Shown:
    """The step where it is put right, with what is wrong. Raises RefusedError for the rest."""
    if told.status != HTTPStatus.BAD_REQUEST:
        raise RefusedError(told)
    faults = faults_by_name(told)
    steps_of = [
        STEP_OF[name] for name in (each.partition(".")[0] for each in faults) if name in STEP_OF
    ]
    step = steps_of[0] if steps_of else "party"
    shown = {
        steps.FIELD_OF.get(name.partition(".")[0], name): each for name, each in faults.items()
    }
    detail = words.refusal(str(problem_of(told).get("detail", "")))
    return await steps.shown(visit, at, step, faults=shown or {"party": detail or ""})


for _way in (GIVING, ASKING):
    _add(_way)
