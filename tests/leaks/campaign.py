"""A whole hunt: the clean application for many viewers and forms, then every planted leak."""

import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from tests.build.stage import on_stage
from tests.databases import TestDatabase
from tests.leaks import endings
from tests.leaks.chance import falling
from tests.leaks.hunting import Leak, Tally, hunt
from tests.leaks.planted import PLANTED, SHOWN
from tests.leaks.planted_elsewhere import ELSEWHERE as APART
from tests.leaks.sides import Side, grown, stop, two_sides
from tests.leaks.twins import Pair, Source, twins, two_sources
from tests.leaks.world import NOW, World

VIEWERS: Mapping[str, tuple[str, ...]] = {
    "rewritten": ("expert", "coach", "clinician", "alfa", "physician", "psychologist",
                  "employer", "desk", "other_expert"),
    "removed": ("expert", "coach", "clinician", "physician"),
    "withdrawn": endings.RECIPIENTS,
    **dict.fromkeys(endings.ENDINGS, ("coach", "expert", "clinician")),
}  # fmt: skip
"""Who looks at the worlds of each form."""


ELSEWHERE = 0.75
"""So many requests of the other channels for one at the API itself."""


@dataclass
class Campaign:
    """Two applications, the databases that all worlds are copied from, and what came of it."""

    sides: tuple[Side, Side]
    source: Source
    tally: Tally = field(default_factory=Tally)
    leaks: list[Leak] = field(default_factory=list)
    planted: dict[str, Leak | None] = field(default_factory=dict)

    async def clean(
        self, form: str, viewer: str, seeds: Iterable[int], requests: int, until: float = 0
    ) -> None:
        """The application as it is; the first leak of each script is kept."""
        seeds = list(seeds)
        async with twins(form, viewer, self.sides, self.source, seeds[0]) as pair:
            self.tally.worlds += 2
            for seed in seeds:
                if until and time.monotonic() > until:
                    return
                first = seed == seeds[0]
                found = await hunt(
                    pair,
                    seed,
                    self.tally,
                    opening=first,
                    requests=requests,
                    elsewhere=int(ELSEWHERE * requests),
                )
                if found is not None:
                    self.leaks.append(found)
                    return  # from here on the worlds differ in more than what is hidden

    async def prove(
        self, seed: int, requests: int, scripts: int = 6, *, control: bool = False
    ) -> None:
        """Each planted leak, in worlds of the form and for the viewer that it is shown to.

        One of another channel by requests there. `control`: without the plant the same script
        must find nothing.
        """
        quiet = Tally()
        for form, viewer in dict.fromkeys(SHOWN.values()):
            names = [name for name, shown in SHOWN.items() if shown == (form, viewer)]
            async with twins(form, viewer, self.sides, self.source, seed) as pair:
                for name in names:
                    for again in range(scripts):
                        with PLANTED[name](*self.sides):
                            salt = crc32(f"{name} {again}".encode())
                            found = await self._once(pair, name, seed + salt, requests, quiet)
                        self.planted[name] = found
                        if found is not None:
                            if control:
                                await self._control(pair, name, seed + salt, found.number + 1)
                            break

    @staticmethod
    async def _once(  # noqa: PLR0917 - as a hunt takes
        pair: Pair, leak: str, seed: int, requests: int, tally: Tally, again: str = ""
    ) -> Leak | None:
        if channel := APART.get(leak):
            return await hunt(pair, seed, tally, elsewhere=requests, channel=channel, name=again)
        return await hunt(pair, seed, tally, requests=requests, name=again)

    async def _control(self, pair: Pair, leak: str, seed: int, requests: int) -> None:
        found = await self._once(pair, leak, seed, requests, self.tally, " again")
        if found is not None:
            self.leaks.append(found)

    @property
    def missed(self) -> list[str]:
        return [name for name in PLANTED if self.planted.get(name) is None]


@asynccontextmanager
async def campaign(database: TestDatabase, folder: Path) -> AsyncIterator[Campaign]:
    """The world is made anew over HTTP; then its hour stands still."""
    with falling(1) as chance:
        chance.turn("world")
        with database.connect_as_superuser() as system:
            grown(system)
        async with on_stage(database, folder) as stage:
            await World(stage).put()
            with database.connect_as_superuser() as system:
                stop(system, NOW)
        chance.turn()
        async with (
            two_sides(database, folder, chance) as sides,
            two_sources(stage, sides) as source,
        ):
            yield Campaign(sides, source)
