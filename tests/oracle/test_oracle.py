"""Oracle, policy, stored grants, WHERE, row security, explanation and HTTP give one answer."""

from tests.build.stage import Stage
from tests.oracle.comparing import agreement, layers, reach
from tests.oracle.invariants import INVARIANTS, hold

LAYERS = {
    "stored grants",
    "policy",
    "grounds",
    "WHERE",
    "row security",
    "HTTP",
    "explanation",
    "decisions",
    "events",
    "events, who is told",
}


async def test_every_layer_gives_the_answer_of_the_oracle(stage: Stage) -> None:
    tally = await agreement(stage, worlds=2)
    assert tally.wrong == []
    assert set(tally.checks) == LAYERS
    wishes = {"read True", "read False", "read_any True", "read_any False"}
    assert set(tally.decided) == wishes
    assert tally.told > 30


async def test_each_ground_and_each_reason_of_refusal_is_reached(stage: Stage) -> None:
    tally = await reach(stage, worlds=16)
    assert tally.rare() == {}


async def test_the_invariants_hold(stage: Stage) -> None:
    tally = await hold(stage)
    assert tally.wrong == []
    assert set(INVARIANTS) <= set(tally.checks)


async def test_a_grant_that_is_missing_or_too_wide_is_noticed(stage: Stage) -> None:
    async with layers(stage) as every:
        world = await every.put(0)
        every.plain.execute("DELETE FROM access_grant WHERE basis = 'treatment'")
        every.plain.execute("UPDATE access_grant SET sender_organisation_id = NULL")
        await every.compare(world)
        assert {wrong.split(": ")[1] for wrong in every.tally.wrong} == {
            "stored grants",
            "WHERE",
            "row security",
        }
