"""What an operator, or whoever gets hold of the database, can do to the log: an outsider sees it.

Each attack is made on the real tables after real requests; the outsider has the export, a
checkpoint kept before, and the public key.
"""

import asyncio
import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from app import audit
from app.__main__ import main
from app.access.log import leaf_of
from app.access.sealed.auditing import Kind, verify
from app.access.sealed.exporting import ExportRefusedError
from app.platform.postgres import Database
from app.platform.postgres.addresses import parse
from app.platform.transparency.notes import Checkpoint, NoteKey, new_note_key
from app.startup import Ready
from tests.build.sealing import audited, auditors, checkpoint, exported, key_of, sealed
from tests.build.stage import Stage

Attack = Callable[[psycopg.Connection], None]
FIRST = "(SELECT entry_id FROM log_leaf WHERE leaf_index = 0)"
LAST = "(SELECT max(leaf_index) FROM log_leaf)"


async def looked_at(stage: Stage) -> str:
    """Looks at two clients by several parties; the checkpoint that the auditor keeps."""
    auditors(stage)
    alfa = await stage.client("alfa")
    await stage.client("echo", by="other_clinician")
    await sealed(stage)
    for _ in range(3):
        await stage.seen("clinician", f"/v1/clients/{alfa}")
        await stage.seen("alfa", f"/v1/clients/{alfa}")
    kept = await sealed(stage)
    await stage.seen("clinician", f"/v1/clients/{alfa}")
    await sealed(stage)
    return kept


def edited(db: psycopg.Connection) -> None:
    db.execute(f"UPDATE access_log_entry SET role = 'psychologist' WHERE id = {FIRST}")


def edited_with_its_hash(db: psycopg.Connection) -> None:
    edited(db)
    rehash(db)


def deleted(db: psycopg.Connection) -> None:
    db.execute(f"DELETE FROM access_log_entry WHERE id = {FIRST}")


def deleted_with_its_leaf(db: psycopg.Connection) -> None:
    deleted(db)
    db.execute("DELETE FROM log_leaf WHERE leaf_index = 0")
    db.execute("DELETE FROM log_node WHERE level = 0 AND position = 0")
    for table, column in (("log_leaf", "leaf_index"), ("log_node", "position")):
        db.execute(f"UPDATE {table} SET {column} = -{column}")
        db.execute(f"UPDATE {table} SET {column} = -{column} - 1")


def swapped(db: psycopg.Connection) -> None:
    one, other = db.execute(
        "SELECT entry_id FROM log_leaf WHERE leaf_index < 2 ORDER BY leaf_index"
    ).fetchall()
    db.execute("DELETE FROM log_leaf WHERE leaf_index < 2")
    for index, (entry,) in enumerate((other, one)):
        db.execute("INSERT INTO log_leaf VALUES (%s, %s, '1')", [index, entry])


def swapped_with_their_hashes(db: psycopg.Connection) -> None:
    swapped(db)
    db.execute("UPDATE log_node SET position = -1 - position WHERE level = 0 AND position < 2")
    db.execute("UPDATE log_node SET position = 2 + position WHERE level = 0 AND position < 0")


def cut_off(db: psycopg.Connection) -> None:
    """The end is taken off; the checkpoints before it still hold, and are signed."""
    row = db.execute("SELECT min(size) FROM log_checkpoint").fetchone()
    db.execute("DELETE FROM log_checkpoint WHERE size > %s", row)
    db.execute("DELETE FROM log_leaf WHERE leaf_index >= %s", row)
    db.execute("DELETE FROM log_node WHERE level = 0 AND position >= %s", row)


def leaves_cut_off(db: psycopg.Connection) -> None:
    db.execute(f"DELETE FROM log_node WHERE level = 0 AND position = {LAST}")


def rehash(db: psycopg.Connection) -> None:
    """Every entry gets the leaf hash of what it says now."""
    rows = db.execute("SELECT * FROM access_log_entry")
    names = [column.name for column in rows.description or ()]
    for row in rows.fetchall():
        entry = dict(zip(names, row, strict=True))
        del entry["xid"]
        db.execute(
            "UPDATE access_log_entry SET leaf_hash = %s WHERE id = %s",
            [leaf_of(entry), entry["id"]],
        )


def unsealed(db: psycopg.Connection) -> None:
    for table in ("log_leaf", "log_node", "log_checkpoint"):
        db.execute(f"TRUNCATE {table}")


def inserted_before(db: psycopg.Connection) -> None:
    """A forged entry before all others, and the whole tree made anew and signed."""
    db.execute(
        "INSERT INTO access_log_entry SELECT (jsonb_populate_record(e, jsonb_build_object("
        f"'id', gen_random_uuid(), 'xid', '1'))).* FROM access_log_entry e WHERE id = {FIRST}"
    )
    rehash(db)
    unsealed(db)


def edited_and_rechained(db: psycopg.Connection) -> None:
    edited_with_its_hash(db)
    unsealed(db)


def deleted_and_rechained(db: psycopg.Connection) -> None:
    deleted(db)
    unsealed(db)


def reordered_and_rechained(db: psycopg.Connection) -> None:
    db.execute(
        "UPDATE access_log_entry SET xid = '1' WHERE id ="
        f" (SELECT entry_id FROM log_leaf WHERE leaf_index = {LAST} - 1)"
    )
    unsealed(db)


def truncated_and_rechained(db: psycopg.Connection) -> None:
    db.execute(
        "DELETE FROM access_log_entry WHERE id IN"
        " (SELECT entry_id FROM log_leaf WHERE leaf_index > 2)"
    )
    unsealed(db)


ATTACKS: list[tuple[Attack, set[Kind]]] = [
    (edited, {Kind.EDITED}),
    (edited_with_its_hash, {Kind.EDITED}),
    (edited_and_rechained, {Kind.REWRITTEN}),
    (deleted, {Kind.MISSING}),
    (deleted_with_its_leaf, {Kind.REWRITTEN, Kind.TRUNCATED}),
    (deleted_and_rechained, {Kind.REWRITTEN}),
    (swapped, {Kind.EDITED}),
    (swapped_with_their_hashes, {Kind.REWRITTEN}),
    (reordered_and_rechained, {Kind.REWRITTEN}),
    (cut_off, {Kind.TRUNCATED}),
    (leaves_cut_off, {Kind.TRUNCATED}),
    (truncated_and_rechained, {Kind.TRUNCATED}),
    (inserted_before, {Kind.REWRITTEN}),
]


async def test_a_log_that_nobody_touched_holds(stage: Stage) -> None:
    kept = await looked_at(stage)
    report = await audited(stage, kept)
    assert report.findings == []
    assert report.agreed == 1
    assert report.size == report.opened > 8
    await sealed(stage)
    assert (await audited(stage, kept, checkpoint(stage))).agreed == 2


@pytest.mark.parametrize(("attack", "kinds"), ATTACKS, ids=lambda a: getattr(a, "__name__", ""))
async def test_a_log_that_was_tampered_with_is_found_out(
    stage: Stage, attack: Attack, kinds: set[Kind]
) -> None:
    kept = await looked_at(stage)
    with stage.database.connect_as_superuser() as db:
        attack(db)
        sealer_runs = db.execute("SELECT count(*) = 0 FROM log_leaf").fetchone() == (True,)
    if sealer_runs:
        await sealed(stage)
    report = await audited(stage, kept)
    assert kinds <= report.kinds


async def test_two_logs_shown_to_two_parties_are_found_out_when_they_compare(stage: Stage) -> None:
    """Each looks sound to itself: same key, same size, and a valid signature on both."""
    await looked_at(stage)
    shown_to_one, size = checkpoint(stage), checkpoint(stage).split("\n")[1]
    with stage.database.connect_as_superuser() as db:
        edited_and_rechained(db)
    await sealed(stage)
    export = await exported(stage)
    key = key_of(stage).verifier
    assert verify(export, [], key).findings == []
    assert checkpoint(stage).split("\n")[1] == size
    assert verify(export, [shown_to_one], key).kinds == {Kind.SPLIT_VIEW, Kind.REWRITTEN}
    both = verify(export, [shown_to_one, checkpoint(stage)], key)
    assert Kind.SPLIT_VIEW in both.kinds


async def test_a_log_signed_anew_with_another_key_is_found_out(stage: Stage) -> None:
    """Without a trusted key the one in the export must have signed the earlier checkpoints too."""
    kept = await looked_at(stage)
    export = await exported(stage)
    header, own = json.loads(export[0]), key_of(stage)
    assert verify(export, [kept]).findings == []
    thief = NoteKey(own.origin, new_note_key())
    root = Checkpoint.parse(own.verifier.open(header["checkpoint"])).root
    note = thief.signed(len(export) - 1, root)
    forged = {**header, "verifierKey": str(thief.verifier), "checkpoint": note}
    lines = [json.dumps(forged), *export[1:]]
    assert verify(lines, [kept], own.verifier).kinds == {Kind.FORGED, Kind.MALFORMED}
    assert Kind.FORGED in verify(lines, [kept]).kinds
    other = NoteKey("elsewhere.example/access-log", new_note_key()).signed(1, bytes(32))
    assert verify(export, [other]).kinds == {Kind.FORGED}


async def test_an_export_that_was_touched_is_found_out(stage: Stage) -> None:
    kept = await looked_at(stage)
    export, key = await exported(stage), key_of(stage).verifier
    header, leaf = json.loads(export[0]), json.loads(export[2])
    opened = {name: leaf[name] for name in ("index", "leaf")}

    def found(*lines: str) -> set[Kind]:
        return verify(lines, [kept], key).kinds

    assert found(export[0], export[2], export[1], *export[3:]) >= {Kind.REORDERED, Kind.REWRITTEN}
    assert found(*export[:-1]) == {Kind.TRUNCATED}
    gap = verify([*export[:2], *export[3:]], [kept], key).findings
    assert {finding.kind for finding in gap} == {Kind.MISSING, Kind.REWRITTEN, Kind.TRUNCATED}
    assert gap[0].words == "1 leaves are not there, from leaf 1"
    assert len(gap) == 3
    assert Kind.MALFORMED in found(*export, export[-1])
    assert found(*export[:2], json.dumps(opened), *export[3:]) == {Kind.MISSING}
    assert found(*export[:2], json.dumps({**leaf, "salt": "?"}), *export[3:]) == {Kind.EDITED}
    unnumbered = json.dumps({**leaf, "index": None})
    for broken in ("", "[]", "{", unnumbered, json.dumps({**leaf, "leaf": "AAAA"})):
        assert found(*export[:2], broken, *export[3:]) == {Kind.MALFORMED}, broken
    for wrong in ("", "{}", json.dumps({**header, "format": "other"})):
        assert found(wrong, *export[1:]) == {Kind.MALFORMED}, wrong
    own = json.dumps({**header, "verifierKey": "none"})
    assert verify([own, *export[1:]]).kinds == {Kind.FORGED, Kind.MALFORMED}


async def test_a_checkpoint_of_another_log_is_not_mistaken_for_an_earlier_one(stage: Stage) -> None:
    await looked_at(stage)
    own, export = key_of(stage), await exported(stage)
    text = own.signed(1, bytes(32)).replace(own.origin, "elsewhere.example/log", 1)
    signature = own.verifier.key_id + own._private.sign(text.partition("\n\n")[0].encode() + b"\n")
    note = (
        f"{text.partition(chr(10) * 2)[0]}\n\n\u2014 {own.origin} {b64encode(signature).decode()}\n"
    )
    assert verify(export, [note], own.verifier).kinds == {Kind.FOREIGN}


async def test_an_officer_gets_the_looks_of_the_own_organisation_and_proof_of_the_whole(
    stage: Stage,
) -> None:
    kept = await looked_at(stage)
    lines = await exported(stage, "officer")
    report = verify(lines, [kept], key_of(stage).verifier)
    assert report.findings == []
    assert 0 < report.opened < report.size
    entries = [json.loads(line).get("content") for line in lines[1:]]
    own = str(stage.organisations["ggz"])
    assert {entry["organisation_id"] for entry in entries if entry} == {own}
    header = json.loads(lines[0])
    strange = json.dumps({**header, "organisationId": str(stage.organisations["uwv"])})
    found = verify([strange, *lines[1:]], [kept], key_of(stage).verifier)
    assert found.kinds == {Kind.FOREIGN}


async def test_an_export_stands_on_the_log_of_every_client_in_it(stage: Stage) -> None:
    await looked_at(stage)
    await exported(stage, "officer")
    assert await exports_on_the_log_of(stage, "alfa") == ["data_protection_officer"]
    assert await exports_on_the_log_of(stage, "echo") == []
    await exported(stage, "system")
    assert await exports_on_the_log_of(stage, "alfa") == ["data_protection_officer", "system_admin"]
    assert await exports_on_the_log_of(stage, "echo") == ["system_admin"]


async def exports_on_the_log_of(stage: Stage, party: str) -> list[str]:
    client = (await stage.seen(party, "/v1/clients"))["items"][0]["id"]
    log = (await stage.seen(party, f"/v1/clients/{client}/access-log?pageSize=100"))["items"]
    return [item["role"] for item in log if item["resource"] == "AccessLogExport"]


async def test_an_export_is_for_an_auditor_and_of_what_is_sealed(stage: Stage) -> None:
    auditors(stage)
    with pytest.raises(ExportRefusedError, match="nothing is sealed"):
        await exported(stage, "officer")
    await stage.client("alfa")
    await sealed(stage)
    for party in ("clinician", "ggz_admin", "alfa"):
        with pytest.raises(ExportRefusedError, match="data protection officer"):
            await exported(stage, party)


async def test_when_an_export_cannot_be_put_on_the_log_it_fails(stage: Stage) -> None:
    await looked_at(stage)
    with stage.database.connect_as_superuser() as db:
        db.execute("REVOKE INSERT ON access_log_entry FROM trede_owner")
    with pytest.raises(Exception, match="permission denied"):
        await exported(stage, "officer")


async def test_the_command_needs_only_the_export_and_an_earlier_checkpoint(
    stage: Stage,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = await looked_at(stage)
    export, note = tmp_path / "export.jsonl", tmp_path / "kept.txt"
    export.write_text("".join(await exported(stage)), encoding="utf-8")
    note.write_text(kept, encoding="utf-8")
    monkeypatch.setenv("TREDE_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("TREDE_VAR", str(tmp_path / "none"))
    verifier = ["audit", "verify", str(export)]
    key = str(key_of(stage).verifier)
    assert main([*verifier, "--checkpoint", str(note), "--key", key]) == 0
    assert "1 earlier checkpoints agree" in capsys.readouterr().out
    (tmp_path / "key").write_text(f"{key}\n", encoding="utf-8")
    assert main([*verifier, "--checkpoint", str(note), "--key", str(tmp_path / "key")]) == 0
    assert "Compare the key" not in capsys.readouterr().out
    assert main(verifier) == 0
    told = capsys.readouterr().out
    assert key in told
    assert "No earlier checkpoint" in told
    lines = export.read_text(encoding="utf-8").splitlines(keepends=True)
    export.write_text("".join(lines[:-1]), encoding="utf-8")
    assert main([*verifier, "--checkpoint", str(note)]) == 1
    assert "truncated" in capsys.readouterr().out
    assert main([*verifier, "--checkpoint", str(tmp_path / "absent")]) == 2
    assert main([*verifier, "--key", "none"]) == 2
    assert not (tmp_path / "none").exists()


def left_over(folder: Path) -> list[Path]:
    return list(folder.glob(".*.part"))


async def test_the_operator_exports_and_prints_checkpoints_by_command(
    stage: Stage,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await looked_at(stage)
    server = stage.database.server
    database = Database(parse(server.superuser_dsn(stage.database.name)), server.passwords)
    monkeypatch.setattr(audit, "make_ready", lambda _: Ready(database, None, tmp_path))
    monkeypatch.setenv("TREDE_VAR", str(tmp_path))
    to = tmp_path / "export.jsonl"

    async def run(*arguments: str) -> tuple[int, str]:
        code = await asyncio.to_thread(main, ["audit", *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    assert await run("checkpoint") == (0, checkpoint(stage))
    officer, coach = (str(stage.parties[name].membership) for name in ("officer", "coach"))
    code, told = await run("export", "--for", coach, "--to", str(to))
    assert (code, to.exists()) == (1, False)
    assert "data protection officer" in told
    assert (await run("export", "--for", officer, "--to", str(to)))[0] == 0
    assert to.stat().st_mode & 0o777 == 0o600
    assert (await run("verify", str(to)))[0] == 0
    assert left_over(tmp_path) == []
    with stage.database.connect_as_superuser() as db:
        db.execute("TRUNCATE log_checkpoint")
    code, told = await run("checkpoint")
    assert (code, told) == (1, "Nothing is sealed yet in trede.\n")
