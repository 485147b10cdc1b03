"""A case manager with two trajectories, played until the coach is linked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from app.demo.alfa_municipal import MUNICIPAL
from app.demo.script import Play, Scene
from tests.build.stage import Stage, on_stage
from tests.databases import TestDatabase
from tests.scenarios.playing import playing
from tests.zgw.connecting import registered

TROUPE = ("clinician", "psychologist", "manager", "coach")


@dataclass
class World:
    """A case manager with two trajectories, in a served Trede."""

    address: str
    stage: Stage
    alfa: Scene
    delta: Scene
    trede: dict[str, Any]

    def act(self, persona: str, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.stage.token(persona)}"}
        url = f"{self.address}{path}"
        if path.endswith(("/stops", "/ends")):
            tag = httpx.get(url.rpartition("/")[0], headers=headers).headers["etag"]
            headers["If-Match"] = tag
        answer = httpx.request(method, url, json=body, headers=headers, timeout=60)
        assert answer.is_success, answer.text
        return answer


async def played(database: TestDatabase, folder: Path, address: str) -> World:
    async with on_stage(database, folder) as stage:
        m = await playing(stage, MUNICIPAL, "alfa", "manager")
        casting = {role: f"{role}-alfa" for role in TROUPE}
        delta = Scene(stage, m.scene.cast, "delta", "manager", casting=casting)
        m.play = Play(stage, [(MUNICIPAL, m.scene), (MUNICIPAL, delta)])
        await m.play.until("2025-03-11")
        return World(address, stage, m.scene, delta, await registered(m, address))
