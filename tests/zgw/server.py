"""A small case system on a real socket: refuses what the standard refuses, and can be made ill."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.zgw.standard import KNOWN, QUERIES, Wrong, faults, fout, invalid, is_let_in

CLIENT, SECRET = "trede-test", "a-secret-that-both-sides-share-0123456789"
OWN_TYPE = {"statussen": "statustype", "rollen": "roltype", "resultaten": "resultaattype"}
ONLY_ONE = {"initiator", "zaakcoordinator"}
PAGE = 3
Ill = Callable[["Got"], Response | None]


@dataclass(frozen=True)
class Got:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    body: Any
    headers: dict[str, str]

    @property
    def writes(self) -> bool:
        return self.method != "GET"


@dataclass
class CaseSystem:
    """What stands there, what was asked, and what goes wrong before or after an act."""

    address: str
    kept: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {w: [] for w in KNOWN})
    types: dict[str, dict[str, Any]] = field(default_factory=dict)
    got: list[Got] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    before: Ill | None = None
    after: Ill | None = None

    @property
    def zaken(self) -> str:
        return f"{self.address}/zaken/api/v1"

    @property
    def catalogi(self) -> str:
        return f"{self.address}/catalogi/api/v1"

    @property
    def written(self) -> list[tuple[str, str, str]]:
        """What was asked to be written, as text, in order."""
        return [
            (got.method, got.path, json.dumps(got.body, sort_keys=True))
            for got in self.got
            if got.writes
        ]

    def type(self, what: str, key: str, **more: Any) -> str:
        """Put into the catalogue; its address."""
        url = f"{self.catalogi}/{what}/{key}"
        self.types[url] = {"url": url, **more}
        return url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        raw = await request.body()
        url = request.url
        got = Got(
            request.method, url.path, url.query, json.loads(raw or b"null"), dict(request.headers)
        )
        self.got.append(got)
        answer = (self.before and self.before(got)) or self._answer(request, got)
        answer = (self.after and self.after(got)) or answer
        await answer(scope, receive, send)

    def _answer(self, request: Request, got: Got) -> Response:
        if not is_let_in(got.headers.get("authorization", ""), CLIENT, SECRET):
            return fout(403, "not_authenticated")
        if got.path.startswith("/catalogi/"):
            found = self.types.get(f"{self.address}{got.path}")
            return fout(404, "not_found") if found is None else JSONResponse(found)
        if got.headers.get("accept-crs") != "EPSG:4326":
            return fout(406, "not_acceptable")
        return self._zaken(request, got)

    def _zaken(self, request: Request, got: Got) -> Response:
        what, _, one = got.path.removeprefix("/zaken/api/v1/").partition("/")
        if what not in KNOWN:
            return fout(404, "not_found")
        if got.method == "GET":
            return self._list(what, dict(request.query_params))
        if got.method == "DELETE" and what == "rollen" and one:
            return self._delete(f"{self.zaken}/{what}/{one}")
        if got.method != "POST":
            return fout(405, "method_not_allowed")
        if what == "zaken" and got.headers.get("content-crs") != "EPSG:4326":
            return fout(412, "crs-missing")
        return self._create(what, got.body)

    def _list(self, what: str, query: dict[str, str]) -> Response:
        if unknown := set(query) - QUERIES[what]:
            return invalid([(name, "unknown-parameters") for name in sorted(unknown)])
        page = int(query.pop("page", 1))
        found = [one for one in self.kept[what] if all(one.get(n) == v for n, v in query.items())]
        shown = found[(page - 1) * PAGE : page * PAGE]
        more = "&".join([*(f"{n}={v}" for n, v in query.items()), f"page={page + 1}"])
        following = f"{self.zaken}/{what}?{more}" if page * PAGE < len(found) else None
        body = {"count": len(found), "next": following, "previous": None, "results": shown}
        return JSONResponse(body)

    def _delete(self, url: str) -> Response:
        self.kept["rollen"] = [one for one in self.kept["rollen"] if one["url"] != url]
        return Response(status_code=204)

    def _create(self, what: str, body: dict[str, Any]) -> Response:
        wrong = list(faults(what, body)) or list(self._against_what_stands(what, body))
        if wrong:
            return invalid(wrong)
        made = {**body, "url": f"{self.zaken}/{what}/{next(self.numbers)}"}
        self.kept[what].append(made)
        if what == "zaken":
            made |= {"einddatum": None, "status": None, "resultaat": None}
        elif what == "statussen" and self.types[body["statustype"]].get("isEindstatus"):
            self._zaak(body["zaak"])["einddatum"] = body["datumStatusGezet"][:10]
        return JSONResponse(made, status_code=201)

    def _zaak(self, url: str) -> dict[str, Any]:
        return next((one for one in self.kept["zaken"] if one["url"] == url), {})

    def _against_what_stands(self, what: str, body: dict[str, Any]) -> Iterator[Wrong]:
        if what == "zaken":
            yield from self._new_zaak(body)
            return
        zaak, name = self._zaak(body["zaak"]), OWN_TYPE[what]
        kind = self.types.get(body[name])
        if not zaak or kind is None or kind.get("zaaktype") != zaak["zaaktype"]:
            yield name, "zaaktype-mismatch"
            return
        if zaak["einddatum"] is not None:
            yield "zaak", "zaak-closed"
        standing = [one for one in self.kept[what] if one["zaak"] == body["zaak"]]
        yield from {"statussen": self._status, "rollen": self._rol, "resultaten": _result}[what](
            body, kind, standing
        )

    def _new_zaak(self, body: dict[str, Any]) -> Iterator[Wrong]:
        key = ("identificatie", "bronorganisatie")
        if any(all(one.get(n) == body.get(n) for n in key) for one in self.kept["zaken"]):
            yield "identificatie", "identificatie-niet-uniek"
        if self.types.get(body["zaaktype"], {}).get("concept", True):
            yield "zaaktype", "not-published"

    def _status(
        self, body: dict[str, Any], kind: dict[str, Any], standing: list[dict[str, Any]]
    ) -> Iterator[Wrong]:
        moments = {datetime.fromisoformat(one["datumStatusGezet"]) for one in standing}
        if datetime.fromisoformat(body["datumStatusGezet"]) in moments:
            yield "nonFieldErrors", "unique"
        results = [one for one in self.kept["resultaten"] if one["zaak"] == body["zaak"]]
        if kind.get("isEindstatus") and not results:
            yield "nonFieldErrors", "resultaat-does-not-exist"

    def _rol(
        self, _: dict[str, Any], kind: dict[str, Any], standing: list[dict[str, Any]]
    ) -> Iterator[Wrong]:
        generic = kind["omschrijvingGeneriek"]
        held = {self.types[one["roltype"]]["omschrijvingGeneriek"] for one in standing}
        if generic in ONLY_ONE & held:
            yield "roltype", "max-occurences"


def _result(
    _: dict[str, Any], __: dict[str, Any], standing: list[dict[str, Any]]
) -> Iterator[Wrong]:
    if standing:
        yield "zaak", "unique"


@contextmanager
def case_system() -> Iterator[CaseSystem]:
    """In a thread of its own for the time being."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        system = CaseSystem(f"http://127.0.0.1:{listening.getsockname()[1]}")
        config = uvicorn.Config(system, log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield system
        finally:
            server.should_exit = server.force_exit = True
            thread.join()
