"""Broken glass: taking it, working under it, stopping, and looking back at it."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from app.access.vocabulary import Purpose
from app.facades.operations import Call, Json, RefusedError, Told
from app.facades.web import drafts, flashes
from app.facades.web.about import About
from app.facades.web.answers import Shown, onward, problem_of
from app.facades.web.forms.fields import Field, fields_of
from app.facades.web.forms.pages import Form, Ids, add_form
from app.facades.web.forms.reading import gathered, read
from app.facades.web.forms.sending import RETRIED
from app.facades.web.forms.showing import Showing, faults_by_name
from app.facades.web.login.browser import carry_session
from app.facades.web.people import GONE, names
from app.facades.web.site import Pages
from app.facades.web.telling import record
from app.facades.web.visits import Visit
from app.facades.web.words import reading as words
from app.platform.http.schemas import UUID_TEXT
from app.platform.security.browser_sessions import BrowserSessions

pages = Pages()
LIST = "/emergency-accesses"
ONE = f"{LIST}/{{access_id}}"
BREAK = f"POST {LIST}"
STATED = {"purpose-of-use": Purpose.EMERGENCY.value}


@pages.get(LIST)
async def emergencies(visit: Visit) -> Shown:
    state = visit.query.get("state") or None
    asked = {"state": state, "cursor": visit.query.get("cursor")}
    told = await visit.see(LIST, pageSize=50, **asked)
    people = await names(visit)
    return Shown(
        "privacy/emergencies.html",
        lines=[_line(each, people) for each in reversed(told["items"])],
        more=told.get("nextCursor"),
        state=state,
        states=list(words.values("ReviewState").items()),
    )


def _line(told: Json, people: dict[str, str]) -> Json:
    return {**told, "who": people.get(told.get("membershipId", ""), GONE)}


@pages.get(f"{LIST}/new")
async def asked(visit: Visit) -> Shown:
    visit.require(BREAK)
    return await _page(visit, {}, {})


@pages.post(f"{LIST}/new")
async def broken(visit: Visit) -> Shown | Response:
    """It is open from now on; what follows is done in its name, until one stops."""
    client = visit.query.get("client")
    values = read(_fields(visit), gathered(visit.form))
    if not client and not values.get("bsn"):
        return await _page(visit, values, {"bsn": words.fault("required", "")})
    body = {**values, "clientId": client} if client else values
    headers = {**STATED, "idempotency-key": visit.field("key") or str(uuid4())}
    told = await visit.call(Call("POST", LIST, body=body, headers=headers))
    if told.status in RETRIED:
        return await _again(visit, values, told)
    if not told.ok:
        raise RefusedError(told)
    await drafts.forgotten(visit)
    return await _worn(visit, f"/clients/{told.json['clientId']}", Purpose.EMERGENCY.value)


async def _again(visit: Visit, values: Json, told: Told) -> Shown:
    faults = faults_by_name(told)
    said = None if faults else words.refusal(str(problem_of(told).get("detail", "")))
    shown = await _page(visit, values, faults, said)
    is_open = told.status == HTTPStatus.CONFLICT
    return Shown(shown.template, shown.status, **shown.values, is_open=is_open)


async def _page(
    visit: Visit, values: Json, faults: dict[str, str], said: str | None = None
) -> Shown:
    shown: dict[str, Any] = {
        "asked": Showing(values, faults).asked(_fields(visit)),
        "faults": faults,
        "said": said,
        "client": visit.query.get("client"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults or said else HTTPStatus.OK
    return Shown("privacy/breaking.html", status, **shown)


def _fields(visit: Visit) -> list[Field]:
    """The number is asked where no client was chosen, and then it is needed."""
    found = fields_of(visit.contract, "EmergencyAccessIn")
    if visit.query.get("client"):
        return [each for each in found if each.name != "bsn"]
    return [replace(each, required=each.required or each.name == "bsn") for each in found]


@pages.post(f"{LIST}/resumptions")
async def resumed(visit: Visit) -> Response:
    """Under one that is still open: after another login, or after one stopped too soon."""
    visit.require(BREAK)
    client = visit.field("client")
    path = f"/clients/{client}" if UUID_TEXT.fullmatch(client) else LIST
    return await _worn(visit, path, Purpose.EMERGENCY.value)


@pages.post(f"{LIST}/stops")
async def stopped(visit: Visit) -> Response:
    """Back to one's own work; what was looked at stays on the log."""
    return await _worn(visit, "/", None)


async def _worn(visit: Visit, path: str, purpose: str | None) -> Response:
    """The same hat for another purpose, under a new token, as with any other change of it."""
    sessions: BrowserSessions = visit.request.app.state.sessions
    async with visit.request.app.state.services.engines.writer.begin() as db:
        token = await sessions.wear(db, visit.session.token, visit.session.hat, purpose)
    if token is None:
        return onward("/login")
    answer = onward(path)
    carry_session(answer, token)
    return flashes.told(visit, answer)


@pages.get(ONE)
async def emergency(visit: Visit, access_id: str) -> Shown:
    found = await visit.see(ONE.format(access_id=access_id))
    line = _line(found, await names(visit))
    return Shown(
        "privacy/emergency.html",
        each=record(visit.contract, "EmergencyAccessOut", found),
        emergency_access=line,
        now=(await visit.now()).isoformat(),
    )


async def _whose(visit: Visit, ids: Ids) -> About:
    """Who broke the glass; of whom it was is not told here."""
    found = await visit.maybe(ONE.format(**ids))
    named = None if found is None else _line(found, await names(visit))["who"]
    return About(named, ONE.format(**ids), "Noodtoegang")


add_form(
    pages,
    f"{ONE}/reviews",
    Form(
        f"POST {ONE}/reviews",
        then=ONE,
        note="privacy/reviewing.html",
        whose=_whose,
    ),
)
