"""Each operation of the contract, called with the example that its documentation prints."""

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from app.demo.alfa import ALFA
from app.platform.postgres import Server
from tests.build.contract import Called, operations
from tests.build.stage import Stage, on_stage
from tests.contract.exploring import Explorer, Ids
from tests.databases import copy_of_template
from tests.facades.web.acting import acts_for, is_trusted
from tests.facades.web.living import DAY, ROLES
from tests.scenarios.playing import playing

MADE = frozenset({200, 201, 202, 204})
STATE = frozenset({403, 404, 409})
MALFORMED = 400
ABOUT_RECORDS = frozenset(
    {
        "unknown_reference",
        "not_allowed_value",
        "role_does_not_fit",
        "wrong_combination",
        "out_of_range",
    }
)
"""An id in the example was filled in with one of another case, or a day in it is over by then."""
MOST = 265
"""Of one trajectory on two days; the others want a record in a state that it is not in."""
ENDING = (
    "ends",
    "stops",
    "withdrawals",
    "lifts",
    "refusals",
    "drops",
    "transitions",
    "hand-overs",
    "decisions",
    "misplaced-records",
)
"""Acts after which others have nothing left to act on: they come last."""
ROUNDS = 4
LATER = "2026-11-30"
"""The days in the examples have come by then."""


def turn_of(op: Called) -> int:
    """First what reads and makes, then what moves that, then what ends it."""
    if op.path.endswith(ENDING):
        return 2
    return 1 if op.verb == "update" else 0


async def tried(stage: Stage, party: Explorer, op: Called, ids: Ids, turn: int) -> tuple[int, str]:
    """What this example gives for this party about these records."""
    headers: dict[str, str] = {}
    about = op.path if op.method == "PATCH" else op.path.rpartition("/")[0]
    if op.method != "GET" and "{" in about:
        read = await stage.get(party.party, "/v1" + about.format(**ids))
        headers = {"if_match": read.headers.get("etag", '"x"')}
    body = None if op.method == "GET" else party.filled(op.body or {}, ids, turn)
    query = urlencode(party.asked(op.path, op.method, ids))
    sent, path = op.file or body, f"{op.at(ids)}?{query}"
    answer = await stage.call(op.method, party.party, path, sent, **headers)
    return answer.status_code, answer.text


async def best(stage: Stage, parties: list[Explorer], op: Called) -> tuple[int, str]:
    """Carried out for somebody, or else what the last one was told."""
    found = [(0, "nobody has such a record")]
    for party in parties:
        if op.roles and party.role not in op.roles:
            continue
        for turn, ids in enumerate(party.ways_to(op.path)):
            found.append(await tried(stage, party, op, ids, turn))
            if found[-1][0] in MADE:
                return found[-1]
    return max(found, key=lambda one: one[0] if one[0] != MALFORMED else 999)


async def test_whoever_sends_an_example_is_refused_for_the_record_at_most_and_never_for_its_form(
    cluster: Server, tmp_path: Path
) -> None:
    with copy_of_template(cluster) as database:
        async with on_stage(database, tmp_path) as stage:
            found = await _run(stage)
    carried_out = [name for name, (status, _) in found.items() if status in MADE]
    assert len(carried_out) > MOST, f"only {len(carried_out)} of {len(found)}"
    assert {status for status, _ in found.values()} <= {0, *MADE, *STATE, MALFORMED}
    malformed = {name: text for name, (status, text) in found.items() if status == MALFORMED}
    codes = {fault["code"] for text in malformed.values() for fault in json.loads(text)["errors"]}
    assert codes <= ABOUT_RECORDS, malformed


async def _run(stage: Stage) -> Mapping[str, tuple[int, str]]:
    here = await playing(stage, ALFA, "alfa", "expert")
    await here.play.until(DAY)
    await acts_for(stage, here.scene.of_client, "representative", "clinician-alfa")
    await is_trusted(stage, here.scene.of_client, "supporter", "alfa")
    roots = {
        "/clients": [here.scene.of_client.rpartition("/")[2]],
        "/trajectories": [here.scene.of_trajectory.rpartition("/")[2]],
    }
    parties = [Explorer(stage, party, roots) for party in ROLES]
    ops = list(operations(acts=False))
    found: dict[str, tuple[int, str]] = {}
    for now in range(ROUNDS):
        for party in parties:
            await party.explore()
        if now == ROUNDS - 1:
            stage.on(LATER)
        for op in sorted(ops, key=turn_of):
            if turn_of(op) <= now and found.get(str(op), (0, ""))[0] not in MADE:
                found[str(op)] = await best(stage, parties, op)
    return found
