"""A play: dated steps in plain words, each a few requests, in the order of the days."""

import asyncio
import heapq
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.demo.cast import Cast
from app.demo.player import Player, patiently


@dataclass
class Scene:
    """One client's play: who plays, in which parts, and the ids of what was made so far."""

    player: Player
    cast: Cast
    client: str
    seat: str = "expert"
    """Who sits for the responsible body: UWV's labour expert, or a municipal case manager."""
    kept: dict[str, str] = field(default_factory=dict)
    care: tuple[str, ...] = ("clinician",)
    """Who of care sits at the table; nobody where the client wishes that."""
    casting: Mapping[str, str] = field(default_factory=dict)
    """By role, who plays in more than one client's play; others are `role-client`."""

    def __getitem__(self, key: str) -> str:
        return self.kept[key]

    def keep(self, key: str, made: dict[str, Any]) -> str:
        """Remember the id of what was made."""
        self.kept[key] = made["id"]
        return self.kept[key]

    @property
    def of_client(self) -> str:
        return f"/v1/clients/{self.kept['client']}"

    @property
    def of_trajectory(self) -> str:
        return f"/v1/trajectories/{self.kept['trajectory']}"

    @property
    def parties(self) -> list[str]:
        """Who sits at the start conversation beside the client."""
        return [*self.care, self.seat, "coach"]

    def part(self, role: str) -> str:
        """The persona who plays this role for this client, as `coach-alfa` if not cast else."""
        return self.casting.get(role, f"{role}-{self.client}")

    def member(self, role: str) -> str:
        return self.cast.memberships[self.part(role)]

    def organisation(self, role: str) -> str:
        """The organisation where this client's coach, expert, clinician works."""
        return self.cast.employers[self.part(role)]


Act = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True)
class Step:
    """What happens on a day, told in plain words."""

    day: str
    words: str
    act: Act


class Script(list[Step]):
    """Collects steps in the order in which they stand in a module."""

    def on(self, day: str, words: str) -> Callable[[Act], Act]:
        """Put a function into the script as the event of this day."""

        def put(act: Act) -> Act:
            self.append(Step(day, words, act))
            return act

        return put


class Play:
    """Several scripts side by side on one clock, which only ever goes forward."""

    def __init__(self, player: Player, parts: Iterable[tuple[Iterable[Step], Scene]]) -> None:
        self._player = player
        lines = [[(step.day, step, scene) for step in script] for script, scene in parts]
        self._left = list(heapq.merge(*lines, key=lambda line: line[0]))
        self._today = ""

    async def through(self, day: str = "9999-12-31") -> AsyncIterator[tuple[Step, Scene]]:
        """Play everything up to and including this day; each step when its day is done.

        On one day the clients play side by side, each in the order of the own script.
        """
        while self._left and self._left[0][0] <= day:
            on = self._left[0][0]
            todays = [line for line in self._left if line[0] == on]
            del self._left[: len(todays)]
            await self._stand(on)
            async with asyncio.TaskGroup() as together:
                for scene in {id(scene): scene for _, _, scene in todays}.values():
                    steps = [step for _, step, whose in todays if whose is scene]
                    together.create_task(_one_by_one(steps, scene))
            for _, step, scene in todays:
                yield step, scene

    async def until(self, day: str) -> None:
        """Play everything up to and including this day, and stand at that day."""
        async for _ in self.through(day):
            pass
        await self._stand(day)

    async def _stand(self, day: str) -> None:
        if day > self._today:
            await patiently(lambda: self._player.on(day))
            self._today = day


async def _one_by_one(steps: Iterable[Step], scene: Scene) -> None:
    for step in steps:
        await step.act(scene)
