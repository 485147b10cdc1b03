"""Every entry becomes one leaf, in the order of commits; the sealer learns nothing of them."""

import asyncio
from itertools import pairwise
from uuid import UUID, uuid4

import psycopg
import pytest

from app.access.attribution import ENTRIES_OF_A_SEARCH, attribute
from app.access.log import leaf_of
from app.access.sealed import sealing
from app.access.sealed.proofs import consistency_proof, inclusion_proof, published, tree_of
from app.housekeeping import kept
from app.platform.db import engine
from app.platform.transparency.notes import Checkpoint
from app.platform.transparency.tree import root_of
from app.platform.transparency.verifying import is_consistent, is_included
from tests.build.sealing import PATIENCE, checkpoint, key_of, sealed, turn, unsealed
from tests.build.stage import BSN, Stage
from tests.security.forgotten import in_context_of

ADD = (
    "INSERT INTO access_log_entry (id, at, client_id, grantee_id, role, resource, verb, listed,"
    " outcome, shown, withheld, grounds, policy_version, request_id, salt, leaf_hash)"
    " SELECT gen_random_uuid(), now(), gen_random_uuid(), gen_random_uuid(), 'client', 'Client',"
    " 'read', false, 'allowed', 1, 0, '{}', 1, 'r', 's', sha256(n::text::bytea)"
    " FROM generate_series(1, %s) n"
)


def signed(stage: Stage, note: str | None = None) -> Checkpoint:
    return Checkpoint.parse(key_of(stage).verifier.open(note or checkpoint(stage)))


def leaves(stage: Stage) -> list[bytes]:
    with stage.database.connect_as_superuser() as db:
        rows = db.execute(
            "SELECT e.leaf_hash FROM log_leaf l JOIN access_log_entry e ON e.id = l.entry_id"
            " ORDER BY leaf_index"
        ).fetchall()
    return [row[0] for row in rows]


async def test_each_look_becomes_a_leaf_and_the_checkpoint_signs_their_root(stage: Stage) -> None:
    client = await stage.client("alfa")
    first = signed(stage, await sealed(stage))
    for party in ("clinician", "alfa"):
        await stage.seen(party, f"/v1/clients/{client}")
    found = signed(stage, await sealed(stage))
    assert found.size == first.size + 2
    assert found.root == root_of(leaves(stage))
    assert found.origin == "trede.local/access-log"
    assert await turn(stage) == 0
    with stage.database.connect_as_superuser() as db:
        entries = db.execute("SELECT * FROM access_log_entry")
        names = [column.name for column in entries.description or ()]
        for row in entries.fetchall():
            entry = dict(zip(names, row, strict=True))
            del entry["xid"]
            assert leaf_of(entry) == entry["leaf_hash"]


async def test_a_slow_transaction_is_waited_for_and_never_passed_over(stage: Stage) -> None:
    client = await stage.client("alfa")
    await sealed(stage)
    address = stage.database.server.superuser_dsn(stage.database.name)
    with psycopg.connect(address) as early, psycopg.connect(address) as late:
        early.execute(ADD, [1])  # written, not committed
        late.execute("SELECT pg_current_xact_id()")  # began, and writes only later
        await stage.seen("clinician", f"/v1/clients/{client}")
        assert unsealed(stage) == 1
        for _ in range(3):
            assert await turn(stage) == 0  # newer, committed, and not sealed before the older ones
        early.commit()
        late.execute(ADD, [1])
        late.commit()
    await sealed(stage)
    with stage.database.connect_as_superuser() as db:
        order = db.execute(
            "SELECT e.xid = l.xid, e.role FROM log_leaf l JOIN access_log_entry e"
            " ON e.id = l.entry_id ORDER BY leaf_index DESC LIMIT 3"
        ).fetchall()
    assert order == [(True, "clinician"), (True, "client"), (True, "client")]


async def test_a_look_that_was_rolled_back_leaves_no_leaf(stage: Stage) -> None:
    await stage.client("alfa")
    before = signed(stage, await sealed(stage))
    with psycopg.connect(stage.database.server.superuser_dsn(stage.database.name)) as db:
        db.execute(ADD, [3])
        db.rollback()
    assert signed(stage, await sealed(stage)) == before


async def test_one_seals_while_others_leave_at_once(stage: Stage) -> None:
    with stage.database.connect_as_superuser() as db:
        db.execute(ADD, [300])
        with psycopg.connect(stage.database.server.superuser_dsn(stage.database.name)) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.ONE_SEALS])
            assert await turn(stage) == 0
    for _ in range(100):
        await asyncio.gather(*(turn(stage) for _ in range(4)))
        if not unsealed(stage):
            break
        await asyncio.sleep(0.05)
    assert signed(stage).size == 300
    assert signed(stage).root == root_of(leaves(stage))


async def test_proofs_hold_over_many_batches_and_levels(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sizes around the stored levels: 256 leaves are one stored node, and 65 536 one above it."""
    monkeypatch.setattr(sealing, "BATCH", 97)
    checkpoints = []
    for count in (1, 254, 1, 1, 300):
        with stage.database.connect_as_superuser() as db:
            db.execute(ADD, [count])
        checkpoints.append(signed(stage, await sealed(stage)))
    new = checkpoints[-1]
    all_leaves = leaves(stage)
    assert [c.size for c in checkpoints] == [1, 255, 256, 257, 557]
    async with stage.app.state.services.engines.reader.begin() as db:
        for old in checkpoints:
            proof = await consistency_proof(db, old.size, new.size)
            assert is_consistent(old.size, new.size, old.root, new.root, proof)
            assert (await tree_of(db, old.size)).root() == old.root
        for index in (0, 1, 254, 255, 256, 511, 512, 556):
            proof = await inclusion_proof(db, index, new.size)
            assert is_included(all_leaves[index], index, new.size, proof, new.root)
    with stage.database.connect_as_superuser() as db:
        kept = db.execute("SELECT level, count(*) FROM log_node GROUP BY 1 ORDER BY 1").fetchall()
    assert kept == [(0, 557), (8, 2)]


async def test_after_a_restore_into_another_cluster_nothing_is_passed_over(stage: Stage) -> None:
    """Transaction ids begin anew there; sealed and unsealed entries bear ids of the future."""
    with stage.database.connect_as_superuser() as db:
        db.execute(ADD, [5])
    before = signed(stage, await sealed(stage))
    with stage.database.connect_as_superuser() as db:
        db.execute(ADD, [2])  # not sealed before the backup
        for table in ("access_log_entry", "log_leaf"):
            db.execute(f"UPDATE {table} SET xid = (xid::text::bigint + 1000000000)::text::xid8")
    await sealed(stage)
    assert signed(stage).size == 7
    for _ in range(2):
        with stage.database.connect_as_superuser() as db:
            db.execute(ADD, [2])
        await sealed(stage)
    after = signed(stage)
    assert after.size == 11
    async with stage.app.state.services.engines.reader.begin() as db:
        proof = await consistency_proof(db, before.size, after.size)
    assert is_consistent(before.size, after.size, before.root, after.root, proof)


async def test_the_worker_reads_hashes_and_ids_and_changes_nothing(stage: Stage) -> None:
    await stage.client("alfa")
    await sealed(stage)
    refused = [
        "SELECT membership_id FROM access_log_entry",
        "SELECT record_id FROM access_log_entry",
        "SELECT role FROM access_log_entry",
        "SELECT salt FROM access_log_entry",
        "SELECT grantee_id FROM access_log_entry",
        "UPDATE access_log_entry SET role = 'client'",
        "UPDATE log_leaf SET leaf_index = 0",
        "UPDATE log_node SET hash = ''",
        "UPDATE log_checkpoint SET note = ''",
        "DELETE FROM log_leaf",
        "DELETE FROM log_node",
        "DELETE FROM log_checkpoint",
        "TRUNCATE log_checkpoint",
    ]
    with stage.database.connect("trede_worker") as db:
        assert db.execute("SELECT id, xid, leaf_hash FROM access_log_entry").fetchall()
        for statement in refused:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(statement)
    for login in ("trede_reader", "trede_api"):
        with stage.database.connect(login) as db:
            assert db.execute("SELECT entry_id FROM log_leaf").fetchall() == []
            for table in ("log_leaf", "log_node", "log_checkpoint"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    db.execute(f"INSERT INTO {table} DEFAULT VALUES")


async def test_no_entry_pretends_to_be_of_an_older_transaction(stage: Stage) -> None:
    """The sealer would pass it over."""
    refused = (
        "INSERT INTO access_log_entry (id, xid, at, client_id, grantee_id, role, resource, verb,"
        " listed, outcome, shown, withheld, grounds, policy_version, request_id, salt, leaf_hash)"
        " VALUES (gen_random_uuid(), {}, now(), gen_random_uuid(), gen_random_uuid(), 'client',"
        " 'Client', 'read', false, 'refused', 0, 0, '{{}}', 1, 'r', 's', 's')"
    )
    with stage.database.connect("trede_worker") as db:
        db.execute(refused.format("pg_current_xact_id()"))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(refused.format("'1'"))


async def test_a_checkpoint_becomes_public_when_the_next_hour_begins(stage: Stage) -> None:
    await stage.client("alfa")
    await sealed(stage)
    aged = "UPDATE log_checkpoint SET sealed_at = date_trunc('hour', now()) - interval '{}'"
    for age, size in (("1 second", 1), ("1 hour", 1), ("0 seconds", None)):
        with stage.database.connect_as_superuser() as db:
            db.execute("DELETE FROM log_checkpoint WHERE size > 1")
            db.execute(aged.format(age))
        async with stage.app.state.services.engines.reader.begin() as db:
            found = await published(db, 3600)
        assert (None if found is None else found.size) == size, age


async def test_a_refusal_grows_the_log_alike_whether_the_asked_exists_or_not(stage: Stage) -> None:
    """The size of the log is public: it must not tell whether a BSN is known elsewhere."""
    client = await stage.client("alfa")
    worker, sizes = engine(stage.database.worker, pool_size=1), [unsealed(stage)]
    try:
        for bsn in (BSN["alfa"], BSN["bravo"]):
            await stage.post("other_clinician", "/v1/clients/_search", {"bsn": bsn})
            await attribute(worker)
            sizes.append(unsealed(stage))
        for asked in (client, uuid4(), UUID(int=0)):
            await stage.get("other_clinician", f"/v1/clients/{asked}")
            await attribute(worker)
            sizes.append(unsealed(stage))
    finally:
        await worker.dispose()
    growth = [after - before for before, after in pairwise(sizes)]
    assert growth == [ENTRIES_OF_A_SEARCH] * 2 + [1] * 3


async def test_the_place_of_an_entry_is_seen_by_who_sees_the_entry(stage: Stage) -> None:
    alfa = await stage.client("alfa")
    echo = await stage.client("echo", by="other_clinician")
    await sealed(stage)
    query = "SELECT client_id FROM log_leaf l JOIN access_log_entry e ON e.id = l.entry_id"
    for party, told in (("alfa", {alfa}), ("echo", {echo}), ("clinician", set())):
        with in_context_of(stage, party) as db:
            leaves_seen = db.execute("SELECT 1 FROM log_leaf").fetchall()
            clients = [client for (client,) in db.execute(query).fetchall()]
        assert set(clients) == told, party
        assert len(leaves_seen) == len(clients), party


async def test_even_the_owner_reads_the_log_for_an_export_only_and_writes_only_of_that(
    stage: Stage,
) -> None:
    await stage.client("alfa")
    await sealed(stage)
    ggz, uwv = str(stage.organisations["ggz"]), str(stage.organisations["uwv"])
    with stage.database.connect("trede_owner") as db:
        for scope, count in (("", 0), (uwv, 0), (ggz, 1), ("all", 1)):
            db.execute("SELECT set_config('trede.exporting', %s, false)", [scope])
            assert len(db.execute("SELECT 1 FROM access_log_entry").fetchall()) == count, scope
            assert bool(db.execute("SELECT 1 FROM log_leaf").fetchall()) is (scope != "")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute(ADD, [1])
        db.execute(ADD.replace("'Client'", "'AccessLogExport'"), [1])


async def test_the_log_is_sealed_beside_the_requests_without_being_asked(stage: Stage) -> None:
    await stage.client("alfa")
    worker = engine(stage.database.worker, pool_size=1)
    writer = stage.app.state.services.engines.writer
    async with kept(worker, writer, 0.05, key_of(stage), stage.app.state.services.ledger):
        for _ in range(PATIENCE):
            if not unsealed(stage):
                break
            await asyncio.sleep(0.05)
    assert signed(stage).size == 1
