"""The data protection officer sees whether the log is still what was signed."""

from typing import Any

from tests.build.sealing import public_at_once, sealed
from tests.build.stage import Stage
from tests.domain.consent.asking import with_question
from tests.domain.privacy.officers import DESK, officers

PATH = f"{DESK}/access-log/verification"


async def looked_at(stage: Stage) -> None:
    public_at_once(stage)
    _, question = await with_question(stage)
    await stage.seen("psychologist", question)
    officers(stage)


async def verified(stage: Stage) -> dict[str, Any]:
    return await stage.seen("officer", PATH)


def tampered(stage: Stage, statement: str) -> list[str]:
    with stage.database.connect_as_superuser() as db:
        db.execute("SET session_replication_role = replica")  # past the triggers too
        return [str(key) for (key,) in db.execute(statement).fetchall()]


async def test_before_anything_is_signed_the_officer_is_told_so(stage: Stage) -> None:
    await looked_at(stage)
    told = await verified(stage)
    assert (told["state"], told["size"], told["sealedAt"]) == ("nothing_yet", 0, None)
    assert told["waiting"] == told["examined"] > 0


async def test_a_log_that_nobody_touched_holds(stage: Stage) -> None:
    await looked_at(stage)
    await sealed(stage)
    told = await verified(stage)
    assert (told["state"], told["checkpointHolds"], told["broken"]) == ("holds", True, [])
    assert (told["examined"] > 0, told["waiting"]) == (True, 0)
    assert told["size"] >= told["examined"]
    later = await verified(stage)
    assert (later["state"], later["waiting"]) == ("holds", 1)


async def test_a_line_that_was_edited_is_named(stage: Stage) -> None:
    await looked_at(stage)
    await sealed(stage)
    edited = tampered(
        stage,
        "UPDATE access_log_entry SET role = 'clinician' WHERE role = 'psychologist' RETURNING id",
    )
    told = await verified(stage)
    assert told["state"] == "broken"
    assert sorted(told["broken"]) == sorted(edited)
    assert (await stage.seen("other_officer", PATH))["broken"] == []


async def test_a_tree_or_a_checkpoint_that_was_changed_is_noticed(stage: Stage) -> None:
    await looked_at(stage)
    await sealed(stage)
    note = "UPDATE log_checkpoint SET note = replace(note, chr(10) || size || chr(10), chr(10)"
    tampered(stage, f"{note} || size + 1 || chr(10)) RETURNING size")
    told = await verified(stage)
    assert (told["state"], told["checkpointHolds"]) == ("broken", False)


async def test_a_part_of_the_tree_that_is_gone_is_noticed(stage: Stage) -> None:
    await looked_at(stage)
    await sealed(stage)
    tampered(stage, "DELETE FROM log_node WHERE position = 0 RETURNING level")
    assert (await verified(stage))["state"] == "broken"


async def test_only_the_officer_asks_and_no_client_is_told_of(stage: Stage) -> None:
    await looked_at(stage)
    for party in ("desk", "clinician", "ggz_admin", "alfa"):
        assert (await stage.get(party, PATH)).status_code == 403, party
    answer = await stage.get("officer", PATH)
    assert b"clientId" not in answer.content
