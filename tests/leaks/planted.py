"""Leaks of every kind that we know of; the hunter must find each of them."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import unquote
from uuid import UUID

import pytest
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.session import Session
from app.access.vocabulary import EVERY_CATEGORY
from app.platform.http.limits import Limiter
from app.platform.http.schemas import UUID_TEXT
from tests.leaks.planting import Answer, Asked, Bend, Plant, around, bent, one
from tests.leaks.sides import Side

PLANTED: dict[str, Plant] = {}
SHOWN: dict[str, tuple[str, str]] = {}
"""In which form of worlds and to whom it is shown: some leaks need a record that one world lacks,
or a viewer who may register clients or read a log."""
USUALLY = "rewritten", "coach"


def planted(name: str, form: str = "rewritten", viewer: str = "coach") -> Callable[[Bend], Bend]:
    def put(bend: Bend) -> Bend:
        PLANTED[name] = bent(bend)
        SHOWN[name] = form, viewer
        return bend

    return put


def named(asked: Asked) -> UUID | None:
    """The id that a path ends with."""
    ids = [part for part in asked.path.split("/") if UUID_TEXT.fullmatch(part)]
    return UUID(ids[-1]) if ids else None


def exists(side: Side, key: UUID | None) -> bool:
    found = "SELECT 1 FROM client WHERE id = %(k)s UNION SELECT 1 FROM trajectory WHERE id = %(k)s"
    return side.system.execute(found, {"k": key}).fetchone() is not None


def clients(side: Side) -> int:
    return int(one(side, "SELECT count(*) FROM client"))


def secret(side: Side) -> str:
    """A digest of all that was ever written down about anybody."""
    told = "SELECT md5(coalesce(string_agg(r::text, '' ORDER BY id), '')) FROM {} r"
    tables = ("insurance_physician_note", "wellbeing", "client_identity", "work_question")
    return "".join(str(one(side, told.format(table))) for table in tables)


# --- lists ---------------------------------------------------------------------------------------


@planted("a total over all there is")
def total(side: Side, _: Asked, answer: Answer) -> None:
    if "items" in answer.json:
        answer.say(total=clients(side))


@planted("a page that says more follows, of what is hidden")
def more(side: Side, asked: Asked, answer: Answer) -> None:
    size = next((part[9:] for part in asked.query.split("&") if part.startswith("pageSize=")), "20")
    if "items" in answer.json and "nextCursor" not in answer.json and clients(side) > int(size):
        answer.say(nextCursor="x")


@planted("a cursor that names the next hidden one", viewer="alfa")
def cursor(side: Side, _: Asked, answer: Answer) -> None:
    if "nextCursor" in answer.json:
        place = str(one(side, "SELECT max(id::text) FROM client"))
        answer.say(nextCursor=base64.urlsafe_b64encode(place.encode()).decode())


@planted("an order by a hidden column", viewer="alfa")
def order(side: Side, _: Asked, answer: Answer) -> None:
    items = answer.json.get("items", [])
    if len(items) > 1:
        key = secret(side)
        digest = lambda item: hashlib.md5(f"{item}{key}".encode()).digest()  # noqa: E731, S324
        answer.say(items=sorted(items, key=digest))


@planted("a filter on a hidden field", viewer="clinician")
def filtering(side: Side, asked: Asked, answer: Answer) -> None:
    name, _, value = unquote(asked.query).partition("=")
    if asked.method == "GET" and name == "familyName":
        found = one(side, "SELECT count(*) FROM client_identity WHERE family_name = %s", value)
        answer.status = 200 if found else 404


@planted("a search that finds the hidden", viewer="clinician")
def searching(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.path.endswith("/_search") and "items" in answer.json and "familyName" in asked.json:
        name = asked.json["familyName"]
        found = one(side, "SELECT count(*) FROM client_identity WHERE family_name = %s", name)
        answer.say(items=[{"found": True}] * found)


@planted("withheld names what is there", form="removed")
def withheld(side: Side, _: Asked, answer: Answer) -> None:
    if answer.json.get("items") == []:
        notes = one(side, "SELECT count(*) FROM insurance_physician_note")
        lives = one(side, "SELECT count(*) FROM life_event")
        answer.say(withheld=["insurancePhysicianNotes"] * notes + ["lifeEvent"] * lives)


# --- one record ----------------------------------------------------------------------------------


@planted("an entity tag over hidden fields")
def tag(side: Side, _: Asked, answer: Answer) -> None:
    if answer.status == 200:
        answer.set("ETag", f'"{hashlib.md5((secret(side)).encode()).hexdigest()}"')  # noqa: S324


@planted("not modified, by a hidden change")
def modified(side: Side, asked: Asked, answer: Answer) -> None:
    if "if-none-match" in asked.headers and clients(side) // 2 % 2:  # two more in one world
        answer.become(304, "")


@planted("403 for hidden, 404 for absent")
def forbidden(side: Side, asked: Asked, answer: Answer) -> None:
    if answer.status == 404 and exists(side, named(asked)):
        answer.become(403, "Not allowed")


@planted("an error text that tells who it is")
def wording(side: Side, asked: Asked, answer: Answer) -> None:
    if answer.status == 404:
        key = named(asked)
        name = one(side, "SELECT family_name FROM client_identity WHERE client_id = %s", key)
        answer.say(detail=f"Not for you: {name}." if name else "Not found.")


@planted("a failure on hidden content")
def failing(side: Side, asked: Asked, answer: Answer) -> None:
    if answer.status == 404 and exists(side, named(asked)):
        answer.become(500, "Internal error")


@planted("another validation under a hidden parent")
def validation(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.method == "POST" and answer.status == 404 and exists(side, named(asked)):
        answer.become(409, "Conflict")


@planted("HEAD answers for hidden")
def head(side: Side, asked: Asked, answer: Answer) -> None:
    if asked.method == "HEAD" and exists(side, named(asked)):
        answer.status = 200


@planted("an enclosed record of another category")
def enclosed(side: Side, _: Asked, answer: Answer) -> None:
    if answer.status == 200 and "id" in answer.json:
        answer.say(wellbeing=one(side, "SELECT max(own_words) FROM wellbeing"))


@planted("when hidden things changed")
def history(side: Side, _: Asked, answer: Answer) -> None:
    if "items" in answer.json:
        answer.say(changedAt=str(one(side, "SELECT sum(extract(epoch FROM recorded_at))"
                                           " FROM work_question")))  # fmt: skip


# --- headers -------------------------------------------------------------------------------------


@planted("a header that counts")
def counting(side: Side, _: Asked, answer: Answer) -> None:
    answer.set("X-Rows", str(clients(side)))


@planted("Last-Modified of the hidden")
def last_modified(side: Side, _: Asked, answer: Answer) -> None:
    answer.set("Last-Modified", str(one(side, "SELECT max(recorded_at) FROM client")))


@planted("Vary where something was left out")
def vary(side: Side, _: Asked, answer: Answer) -> None:
    if clients(side) > 5:
        answer.set("Vary", "Authorization")


@planted("headers in another order")
def header_order(side: Side, _: Asked, answer: Answer) -> None:
    if clients(side) > 5:
        answer.headers.sort()


@planted("numbered ids of requests")
def numbered(side: Side, _: Asked, answer: Answer) -> None:
    looks = one(side, "SELECT count(*) FROM access_log_entry")
    answer.set("X-Request-Id", str(looks))


@planted("the time that the database took")
def timing(side: Side, _: Asked, answer: Answer) -> None:
    answer.set("Server-Timing", f"db;dur={len(secret(side)) * clients(side)}")


@planted("a size that grows with the hidden")
def padding(side: Side, _: Asked, answer: Answer) -> None:
    answer.body += b" " * clients(side)


# --- what is written -----------------------------------------------------------------------------


def _taken(side: Side, asked: Asked) -> UUID | None:
    """Who has this number, in whatever organisation."""
    if asked.method != "POST" or asked.path != "/v1/clients" or "bsn" not in asked.json:
        return None
    index = side.app.state.services.vault.global_index(asked.json["bsn"])
    own = side.stage.parties["clinician"].organisation
    found: UUID | None = one(
        side,
        "SELECT client_id FROM client_bsn WHERE bsn_index = %s"
        " AND controller_organisation_id <> %s ORDER BY id LIMIT 1",
        index,
        own,
    )
    return found


@planted("a conflict over the number of a hidden client", viewer="clinician")
def conflict(side: Side, asked: Asked, answer: Answer) -> None:
    if _taken(side, asked) is not None:
        answer.become(409, "This number is known.")


@planted("Location of the hidden one with the same number", viewer="clinician")
def location(side: Side, asked: Asked, answer: Answer) -> None:
    there = _taken(side, asked)
    if there is not None and answer.status == 201:
        answer.set("Location", f"/v1/clients/{there}")


@planted("a key that another caller used")
def replay(side: Side, asked: Asked, answer: Answer) -> None:
    key = asked.headers.get("idempotency-key")
    mine = str(side.stage.parties["other_clinician"].membership)
    used = "SELECT 1 FROM idempotency_key WHERE key::text = %s AND caller LIKE %s"
    if key is not None and one(side, used, key, f"{mine}%"):
        answer.become(409, "This key was used before.")


@planted("how much others looked, in the log", viewer="alfa")
def log(side: Side, asked: Asked, answer: Answer) -> None:
    if "access-log" in asked.path or asked.path == "/v1/me":
        answer.say(entries=one(side, "SELECT count(*) FROM access_log_entry"))


# --- memory shared between callers ---------------------------------------------------------------


async def _remembering(
    side: Side, app: ASGIApp, scope: Scope, receive: Receive, send: Send
) -> None:
    kept: list[Message] = side.kept.get(scope["path"], [])
    if scope["method"] == "GET" and kept:
        for message in kept:
            await send(message)
        return
    heard: list[Message] = []

    async def keep(message: Message) -> None:
        heard.append(message)
        await send(message)

    await app(scope, receive, keep)
    if scope["method"] == "GET" and heard[0]["status"] == 200:
        side.kept[scope["path"]] = heard


PLANTED["a view that is kept for everybody"] = around(_remembering)


class _Shared(Limiter):
    def allow(self, caller: object) -> float | None:  # noqa: ARG002 - that is the leak
        return super().allow("everybody")


@contextmanager
def _one_limit(*sides: Side) -> Iterator[None]:
    before = [side.app.state.services for side in sides]
    for side in sides:
        shared = _Shared(0.001, 25, clock=lambda: 0.0)
        side.app.state.services = replace(side.app.state.services, limiter=shared)
    try:
        yield
    finally:
        for side, services in zip(sides, before, strict=True):
            side.app.state.services = services


PLANTED["one rate limit for all, and its Retry-After"] = _one_limit


# --- statements and rows -------------------------------------------------------------------------


def _at_the_end(statement: str, when: Callable[[Side], bool]) -> Plant:
    """One more statement in each transaction of a viewer."""

    @contextmanager
    def plant(*sides: Side) -> Iterator[None]:
        settle = Session.settle

        async def settling(session: Session) -> None:
            [side] = [s for s in sides if s.app.state.services is session.services]
            if when(side):
                await session.db.execute(text(statement))
            await settle(session)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Session, "settle", settling)
            yield

    return plant


PLANTED["a statement more where something is hidden"] = _at_the_end(
    "SELECT 1", lambda side: clients(side) > 5
)
PLANTED["rows that are read and thrown away"] = _at_the_end(
    "SELECT count(*) FROM client_identity", lambda _: True
)


# --- the walls -----------------------------------------------------------------------------------


def _grants(change: str, undo: str) -> Plant:
    """What both walls read is too wide, in both worlds."""

    @contextmanager
    def plant(*sides: Side) -> Iterator[None]:
        for side in sides:
            side.system.execute("CREATE TABLE kept_grant AS TABLE access_grant")
            side.system.execute(change)
        try:
            yield
        finally:
            for side in sides:
                side.system.execute(undo)
                side.system.execute("DROP TABLE kept_grant")

    return plant


_BACK = """
UPDATE access_grant g SET categories = k.categories, ungated = k.ungated, reach = k.reach,
       trajectory_id = k.trajectory_id, sender_organisation_id = k.sender_organisation_id,
       valid_until = k.valid_until, client_id = k.client_id, purposes = k.purposes,
       grantee_id = k.grantee_id FROM kept_grant k WHERE k.id = g.id"""
PLANTED["grants for every category"] = _grants(
    f"UPDATE access_grant SET categories = {EVERY_CATEGORY}, ungated = true, reach = 'all'", _BACK
)
PLANTED["grants of the client in the hands of another"] = _grants(
    "UPDATE access_grant SET purposes = 63, grantee_id = (SELECT m.id FROM membership m"
    " JOIN practitioner p ON p.id = m.practitioner_id WHERE p.name = 'Coach-A1')"
    " WHERE basis = 'self'",
    _BACK,
)
PLANTED["an end that is forgotten"] = _grants(
    "UPDATE access_grant SET valid_until = NULL, purposes = 63", _BACK
)
SHOWN["an end that is forgotten"] = "withdrawn", "coach"
PLANTED["a grant for somebody else's client"] = _grants(
    "UPDATE access_grant g SET client_id = (SELECT max(c.id::text)::uuid FROM client c"
    " WHERE c.controller_organisation_id = o.id) FROM organisation o WHERE o.name = 'GGZ Fictie'",
    _BACK,
)
for _name in PLANTED:
    SHOWN.setdefault(_name, USUALLY)
