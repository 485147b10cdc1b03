"""Whatever is done over HTTP, and in whatever order: every answer is what the oracle says.

So is what subscribers are told, and what FHIR, exports and statuses show.
"""

from uuid import UUID

import pytest

from app.access.session import Session
from app.domain.event.actions import calling
from app.domain.event.actions.viewing import Letter
from tests.build.stage import Stage
from tests.oracle.elsewhere import CHANNELS
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
    assert counted.told["delivered"] > 30
    assert counted.told["withheld at the last moment"] > 0
    assert counted.told["fetched"] > 50
    assert counted.told["withheld from the feed"] > 10
    for channel in CHANNELS:
        assert counted.elsewhere[channel] > 0, channel
        assert counted.elsewhere[f"nothing by {channel}"] > 0, channel
    done = {act for act in ACTS if counted.acts[act]}
    assert len(done) > len(ACTS) * 0.8, set(ACTS) - done


async def test_a_subscriber_who_is_told_what_was_decided_before_is_found_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def letter(_: object, __: UUID, delivery: UUID) -> Letter:
        """To whom it was given is told of it, whatever happened since."""
        with stage.straight() as db:
            found = db.execute(
                "SELECT s.url, d.client_id, d.event_id FROM event_delivery d"
                " JOIN event_subscription s ON s.id = d.subscription_id WHERE d.id = %s",
                [delivery],
            ).fetchone()
        assert found is not None
        url, client, event = found
        return Letter(url, client, event, f'{{"id": "{event}"}}'.encode(), ())

    async def released(*_: object) -> None:
        """And nobody looks again."""

    monkeypatch.setattr(calling, "letter_for", letter)
    monkeypatch.setattr(calling, "release", released)
    counted = await run(stage, SEED, steps=2 * len(ACTS), until_wrong=True)
    assert any("is called: too many" in wrong for wrong in counted.wrong)


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
