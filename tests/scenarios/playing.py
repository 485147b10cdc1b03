"""A play on the stage of the tests: the cast assembled over HTTP, played up to a day, probed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.demo import ground
from app.demo.cast import EVERYONE, OPENING, SYSTEM, assemble, subject
from app.demo.script import Play, Scene, Step
from tests.build.stage import Party, Stage


@dataclass
class Playing:
    """One client's play, and questions about who finds what."""

    stage: Stage
    scene: Scene
    play: Play

    async def until(self, day: str) -> None:
        """Play everything through this day, and stand there."""
        await self.play.until(day)

    def path(self, of: str) -> str:
        """`action-plans/plan1` as an address under the trajectory; the key becomes its id."""
        collection, _, key = of.partition("/")
        base = f"{self.scene.of_trajectory}/{collection}"
        return base if not key else f"{base}/{self.scene[key]}"

    def who(self, role: str) -> str:
        """The persona of a role; the client and who is named fully are themselves."""
        return role if role in self.stage.parties else self.scene.part(role)

    async def seen(self, role: str, of: str) -> dict[str, Any]:
        return await self.stage.seen(self.who(role), self.path(of))

    async def status(self, role: str, path: str) -> int:
        return (await self.stage.get(self.who(role), path)).status_code

    async def readers(self, of: str, roles: Iterable[str]) -> set[str]:
        """Who of these finds this record of the trajectory, by its id and in its list alike.

        Everyone else gets 404 by id, and a list without it.
        """
        collection = of.partition("/")[0]
        found = set()
        for role in roles:
            answer = await self.stage.get(self.who(role), self.path(of))
            assert answer.status_code in {200, 404}, answer.text
            listed = await self.stage.get(self.who(role), self.path(collection))
            items = listed.json()["items"] if listed.status_code == 200 else []
            ids = {item["id"] for item in items}
            assert (answer.status_code == 200) == (self.path(of).rpartition("/")[2] in ids), role
            if answer.status_code == 200:
                found.add(role)
        return found


async def playing(
    stage: Stage, script: Iterable[Step], client: str, seat: str = "expert"
) -> Playing:
    """The cast, ready to begin."""
    for persona in EVERYONE:
        stage.parties[persona] = Party(persona, subject(persona))
    stage.on(OPENING)
    await ground.let_in(stage.database.owner, stage.issuer.url, subject(SYSTEM))
    cast = await assemble(stage, stage.issuer.url)
    scene = Scene(stage, cast, client, seat)
    return Playing(stage, scene, Play(stage, [(script, scene)]))
