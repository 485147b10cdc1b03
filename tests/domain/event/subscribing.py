"""What the tests of events have in common: a client system that subscribed, and its receiver."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from app.access.vocabulary import Role
from tests.build.machines import System, system_of
from tests.build.receivers import URL, Post, Receiver, Road, post_office, receiving
from tests.build.situations import Situation, wgb_at_uwv
from tests.build.stage import Stage
from tests.domain.consent.asking import QUESTION

PATH = "/v1/webhook-subscriptions"
RECORDED = "nl.trede.work-questions.recorded"


@dataclass
class Subscriber:
    """A client system that acts for one colleague, and what it subscribed to."""

    system: System
    on_behalf_of: str
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{PATH}/{self.made['id']}"

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return await self.system.call(method, path, body, on_behalf_of=self.on_behalf_of, **headers)

    async def subscribe(self, url: str | None = URL, *types: str, **more: Any) -> dict[str, Any]:
        body = {"types": list(types) or ["*"], **more}
        answer = await self.call("POST", PATH, body if url is None else {**body, "url": url})
        assert answer.status_code == 201, answer.text
        self.made = answer.json()
        return self.made

    async def seen(self, path: str = "") -> dict[str, Any]:
        answer = await self.call("GET", path or self.path)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def act(self, act: str, body: Any = None, *, status: int = 200) -> dict[str, Any]:
        tag = (await self.call("GET", self.path)).headers["etag"]
        answer = await self.call("POST", f"{self.path}/{act}", body, if_match=tag)
        assert answer.status_code == status, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def feed(self, cursor: str | None = None, size: int = 20) -> dict[str, Any]:
        more = "" if cursor is None else f"&cursor={cursor}"
        of = self.made["id"]
        return await self.seen(f"/v1/events?subscriptionId={of}&pageSize={size}{more}")


async def subscriber(
    stage: Stage, party: str = "clinician", admin: str = "ggz_admin"
) -> Subscriber:
    """A system of the organisation of this colleague, registered by its administrator."""
    if admin not in stage.parties:
        organisation = admin.removesuffix("_admin")
        stage.member(admin, Role.ORGANISATION_ADMIN, organisation, "Beheerder-A9")
    system = await system_of(stage, admin)
    return Subscriber(system, str(stage.parties[party].membership))


@dataclass
class Told:
    """One client, one subscriber with a receiver that agreed, one worker."""

    stage: Stage
    alfa: Situation
    who: Subscriber
    receiver: Receiver
    post: Post

    async def happen(self) -> str:
        """Something that the clinician records; the id of it."""
        made = await self.stage.made("clinician", f"{self.alfa.of_client}/work-questions", QUESTION)
        return str(made["id"])


@asynccontextmanager
async def telling(
    stage: Stage, party: str = "clinician", admin: str = "ggz_admin", *types: str, **more: Any
) -> AsyncIterator[Told]:
    """Agreed and ready: what happens from now on is told."""
    alfa = await wgb_at_uwv(stage)
    async with receiving() as receiver, post_office(stage, partial(Road, receiver.port)) as post:
        who = await subscriber(stage, party, admin)
        await post.round()
        await who.subscribe(URL, *types, **more)
        await post.ask()
        yield Told(stage, alfa, who, receiver, post)
