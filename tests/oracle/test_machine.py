"""Whatever is done over HTTP, and in whatever order: every answer is what the oracle says."""

import pytest

from app.access.session import Session
from tests.build.stage import Stage
from tests.oracle.machine import Machine, run
from tests.oracle.machine_acts import ACTS

SEED = 6
GROUNDS = {
    "self",
    "treatment",
    "assignment",
    "statutory",
    "consent",
    "referral",
    "author",
    "own",
    "controller",
    "supervision",
    "break_glass",
    "review",
    "mandate",
}


async def test_after_each_act_everybody_sees_what_the_oracle_says(stage: Stage) -> None:
    counted = await run(stage, SEED, steps=2 * len(ACTS))
    assert counted.wrong == []
    assert counted.checks > 1000
    assert counted.shown > 200
    assert set(counted.grounds) >= GROUNDS
    done = {act for act in ACTS if counted.acts[act]}
    assert len(done) > len(ACTS) * 0.8, set(ACTS) - done


async def test_a_machine_whose_acts_change_no_grants_is_found_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgotten(*_: object) -> None:
        """A fact changes, and nobody compiles."""

    machine = Machine(stage, SEED, acts=("refer", "treat", "unassign"))
    await machine.begin()
    monkeypatch.setattr(Session, "recompile", forgotten)
    for _ in range(3):
        await machine.step(looks=8)
    assert machine.counted.wrong
