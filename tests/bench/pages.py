"""How long a page takes, on data of real size: asked within the process, one after the other."""

import statistics
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx

from app.facades.web.login.guard import SESSION_COOKIE
from tests.bench.data import bsn_of, sample, uid

TIMES = 40


@dataclass(frozen=True)
class PageCase:
    """One page, of one kind of member; `{trajectory}` is one of theirs."""

    name: str
    member: str
    path: str
    search: bool = False


PAGES = (
    PageCase("caseload", "coach", "/caseload"),
    PageCase("tasks", "coach", "/tasks"),
    PageCase("trajectory", "coach", "/trajectories/{trajectory}"),
    PageCase("form of a contact", "coach", "/trajectories/{trajectory}/contacts/new"),
    PageCase("status by BSN", "expert", "/trajectory-statuses", search=True),
)


async def timed(ground: Any, case: PageCase) -> dict[str, float]:
    """Milliseconds of this page over a sample of people: median, and 95 of 100."""
    app = ground.app()
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ground.settings.url) as http:
        spent = [
            await _one(app, http, ground, case, number) for number in sample(ground.size, TIMES + 5)
        ]
    await app.state.services.engines.dispose()
    warm = sorted(spent[5:])
    return {"p50_ms": statistics.median(warm), "p95_ms": warm[int(len(warm) * 0.95) - 1]}


async def _one(
    app: Any, http: httpx.AsyncClient, ground: Any, case: PageCase, client: int
) -> float:
    population, sessions = ground.population, app.state.sessions
    who = population.whose(case.member, client)
    hat: UUID = population.member(case.member, who)
    async with app.state.services.engines.writer.begin() as db:
        subject = population.subject(case.member, who)
        token = await sessions.begin(db, ground.issuer.url, subject, hat=hat)
    path = case.path.format(trajectory=uid("trajectory", client))
    headers = {"cookie": f"{SESSION_COOKIE}={token}", "accept": "text/html"}
    began = time.perf_counter()
    if case.search:
        headers["content-type"] = "application/x-www-form-urlencoded"
        form = {"csrf": sessions.csrf(token), "bsn": bsn_of(client)}
        answer = await http.post(path, headers=headers, content=urlencode(form))
    else:
        answer = await http.get(path, headers=headers)
    spent = (time.perf_counter() - began) * 1000
    assert answer.status_code in {200, 422}, (path, answer.status_code)
    return spent
