"""A play on the stage of the tests: played once, with every promise checked on its own day."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.demo import ground
from app.demo.cast import EVERYONE, OPENING, SYSTEM, assemble, subject
from app.demo.script import Play, Scene, Step
from tests.build.stage import Party, Stage, on_stage
from tests.databases import TestDatabase

OF_CLIENT = {"work-questions", "early-warning-plans"}


@dataclass
class Playing:
    """One client's play, and questions about who finds what at this moment."""

    stage: Stage
    scene: Scene
    play: Play

    def path(self, of: str) -> str:
        """`action-plans/plan1` as an address; the key becomes its id."""
        collection, _, key = of.partition("/")
        within = self.scene.of_client if collection in OF_CLIENT else self.scene.of_trajectory
        return f"{within}/{collection}/{self.scene[key]}" if key else f"{within}/{collection}"

    def who(self, role: str) -> str:
        """The persona of a role here; who is named fully is taken as named."""
        return role if role in EVERYONE else self.scene.part(role)

    async def seen(self, role: str, of: str = "") -> dict[str, Any]:
        """What this role reads; it must be there. Nothing named: the trajectory itself."""
        path = self.path(of) if of else self.scene.of_trajectory
        return await self.stage.seen(self.who(role), path)

    async def items(self, role: str, of: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.seen(role, of))["items"]
        return found

    async def status(self, role: str, path: str) -> int:
        return (await self.stage.get(self.who(role), path)).status_code

    async def text(self, role: str, *of: str) -> str:
        """All that this role reads at these places, as sent; for words that must not be there."""
        paths = [self.path(one) if one else self.scene.of_trajectory for one in of]
        answers = [await self.stage.get(self.who(role), path) for path in paths]
        assert {answer.status_code for answer in answers} == {200}
        return " ".join(answer.text for answer in answers)

    async def readers(self, of: str, roles: Iterable[str]) -> set[str]:
        """Who of these finds this record.

        "Not found" is one thing: by id 404, and in a list absent; both are asked for everyone.
        """
        collection = of.partition("/")[0]
        found = set()
        for role in roles:
            by_id = await self.stage.get(self.who(role), self.path(of))
            listed = await self.stage.get(self.who(role), self.path(collection))
            assert by_id.status_code in {200, 404}, by_id.text
            assert listed.status_code in {200, 404}, listed.text
            items = listed.json()["items"] if listed.status_code == 200 else []
            here = by_id.status_code == 200
            assert here == (self.path(of).rpartition("/")[2] in {item["id"] for item in items})
            found |= {role} if here else set()
        return found


Check = Callable[[Playing], Awaitable[None]]


class Promises(list[tuple[str, Check]]):
    """Promises by the day on which they are checked, after everything of that day was played."""

    def on(self, day: str) -> Callable[[Check], Check]:
        def put(check: Check) -> Check:
            self.append((day, check))
            return check

        return put

    @property
    def names(self) -> list[str]:
        return [check.__name__ for _, check in self]

    def kept(
        self,
        database: TestDatabase,
        folder: Path,
        script: Iterable[Step],
        client: str,
        seat: str = "expert",
        *,
        opening: str = OPENING,
    ) -> dict[str, Exception | None]:
        """Play once and check each promise on its day: by name, what was wrong, or None."""
        return asyncio.run(self._kept(database, folder, script, client, seat, opening=opening))

    async def _kept(
        self,
        database: TestDatabase,
        folder: Path,
        script: Iterable[Step],
        client: str,
        seat: str,
        *,
        opening: str,
    ) -> dict[str, Exception | None]:
        found: dict[str, Exception | None] = {}
        async with on_stage(database, folder) as stage:
            here = await playing(stage, script, client, seat, opening)
            for day, check in sorted(self, key=lambda promise: promise[0]):
                await here.play.until(day)
                try:
                    await check(here)
                except Exception as wrong:  # noqa: BLE001 - told by the test of this promise
                    found[check.__name__] = wrong
                else:
                    found[check.__name__] = None
        return found


async def playing(
    stage: Stage, script: Iterable[Step], client: str, seat: str, opening: str = OPENING
) -> Playing:
    """The cast registered over HTTP, ready to begin."""
    for persona in EVERYONE:
        stage.parties[persona] = Party(persona, subject(persona))
    stage.on(opening)
    await ground.let_in(stage.database.owner, stage.issuer.url, subject(SYSTEM))
    cast = await assemble(stage, stage.issuer.url)
    scene = Scene(stage, cast, client, seat)
    return Playing(stage, scene, Play(stage, [(script, scene)]))
