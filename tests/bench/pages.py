"""How long a page takes, on data of real size: asked within the process, one after the other."""

import statistics
import time
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx

from app.facades.web.login.guard import SESSION_COOKIE
from tests.bench.data import bsn_of, is_real, sample, uid

TIMES, COLD = 40, 5


@dataclass(frozen=True)
class PageCase:
    """One page, of one kind of member; `{trajectory}` and `{client}` are of theirs."""

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
    PageCase("consents", "clinician", "/clients/{client}/consents"),
    PageCase("own trajectory", "client", "/my-trajectory"),
    PageCase("own access", "client", "/my-access"),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one page: until it was there, and of the processor by this process."""

    wall: float
    cpu: float


async def timed(ground: Any, case: PageCase) -> dict[str, float]:
    """Milliseconds of this page over a sample of people: median, and 95 of 100; of the processor.

    The processor's time is that of this process alone, so it tells the same on a busy machine.
    """
    app = ground.app()
    async with browser(app, ground) as http:
        numbers = (n for n in sample(ground.size, 2 * TIMES) if is_real(bsn_of(n)))
        asked = list(islice(numbers, TIMES + COLD))
        found = [await visited(app, http, ground, case, number) for number in asked]
    await app.state.services.engines.dispose()
    walls = sorted(each.wall for each in found[COLD:])
    return {
        "first_ms": found[0].wall,
        "p50_ms": statistics.median(walls),
        "p95_ms": walls[int(len(walls) * 0.95) - 1],
        "cpu_ms": statistics.median(each.cpu for each in found[COLD:]),
    }


def browser(app: Any, ground: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    return httpx.AsyncClient(transport=transport, base_url=ground.settings.url)


async def visited(
    app: Any, http: httpx.AsyncClient, ground: Any, case: PageCase, client: int
) -> Spent:
    """One look at the page, by whoever of this kind has this client."""
    population, sessions = ground.population, app.state.sessions
    who = population.whose(case.member, client)
    hat: UUID = population.member(case.member, who)
    async with app.state.services.engines.writer.begin() as db:
        subject = population.subject(case.member, who)
        token = await sessions.begin(db, ground.issuer.url, subject, hat=hat)
    path = case.path.format(trajectory=uid("trajectory", client), client=uid("client", client))
    headers = {"cookie": f"{SESSION_COOKIE}={token}", "accept": "text/html"}
    began, worked = time.perf_counter(), time.process_time()
    if case.search:
        headers["content-type"] = "application/x-www-form-urlencoded"
        form = {"csrf": sessions.csrf(token), "bsn": bsn_of(client)}
        answer = await http.post(path, headers=headers, content=urlencode(form))
    else:
        answer = await http.get(path, headers=headers)
    spent = Spent((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000)
    assert answer.status_code in {200, 422}, (path, answer.status_code)
    return spent
