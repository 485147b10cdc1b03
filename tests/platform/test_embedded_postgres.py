"""The embedded server starts again whatever was killed, and lets nobody in without a password."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.platform.postgres import PostgresError, Server, binaries, postmaster, remove, start
from app.platform.postgres.places import Place, place_of, socket_folder

ROOT = Path(__file__).parents[2]
AS_ROOT = os.geteuid() == 0
LOOK = "SELECT pid, pg_postmaster_start_time()::text FROM pg_stat_activity LIMIT 1"
APP = """
import sys
from pathlib import Path
from app.platform.postgres import start
server = start(Path(sys.argv[1]))
print("started" if server.started_here else "attached", flush=True)
sys.stdin.readline()
server.stop()
"""


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """A folder in which no cluster was made yet."""
    yield tmp_path / "var" / "postgres"
    assert remove(tmp_path / "var" / "postgres"), "a test left its server in use"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("made") / "postgres"
    start(folder).stop()
    yield folder
    assert remove(folder), "a test left its server in use"


@pytest.fixture
def folder(made: Path) -> Iterator[Path]:
    """The folder of a cluster that does not run; shared, as it has to survive each test."""
    yield made
    start(made).stop()


@pytest.fixture
def server(folder: Path) -> Server:
    return start(folder)


def app_process(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", APP, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def pid_of(folder: Path) -> int:
    found = postmaster.read(place_of(folder))
    assert found is not None
    return found.pid


def is_alive(folder: Path, pid: int) -> bool:
    return postmaster.is_running(place_of(folder), pid)


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def ask(server: Server, query: str) -> tuple[object, ...]:
    with psycopg.connect(server.superuser_dsn("postgres"), autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return tuple(row)


def test_a_first_start_gives_a_durable_utf8_server_without_a_network_address(
    server: Server,
) -> None:
    assert ask(
        server,
        "SELECT current_setting('listen_addresses'), current_setting('fsync'),"
        " current_setting('full_page_writes'), current_setting('data_checksums'),"
        " current_setting('password_encryption')",
    ) == ("", "on", "on", "on", "scram-sha-256")
    assert ask(
        server,
        "SELECT datlocprovider::text, datlocale, pg_encoding_to_char(encoding),"
        " current_setting('server_version_num')::int / 10000"
        " FROM pg_database WHERE datname = 'postgres'",
    ) == ("b", "C.UTF-8", "UTF8", 18)


def test_nobody_enters_without_the_password(server: Server, folder: Path) -> None:
    wrong = server.superuser_dsn("postgres").replace(server.passwords["postgres"], "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    assert server.socket.stat().st_mode & 0o777 == 0o700
    assert place_of(folder).passwords.stat().st_mode & 0o777 == 0o600
    assert place_of(folder).log.stat().st_mode & 0o777 == 0o600


def test_starting_twice_in_one_process_is_one_server(server: Server, folder: Path) -> None:
    assert start(folder) is server


def test_committed_rows_are_there_after_the_server_was_killed(folder: Path) -> None:
    before = start(folder)
    with psycopg.connect(before.superuser_dsn("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")
        os.kill(pid_of(folder), signal.SIGKILL)
    after = start(folder)
    assert after is not before
    assert ask(after, "SELECT n FROM kept") == (7,)
    after.stop()


def test_a_killed_app_leaves_a_server_that_the_next_start_uses_and_may_end(folder: Path) -> None:
    app = app_process(folder)
    assert first_line(app) == "started"
    pid = pid_of(folder)
    kill(app)
    server = start(folder)
    assert (server.started_here, pid_of(folder)) == (False, pid)
    server.stop()
    assert not is_alive(folder, pid)


def test_processes_that_start_at_once_share_a_server_until_the_last_one_leaves(
    empty: Path,
) -> None:
    apps = [app_process(empty) for _ in range(3)]
    assert sorted(first_line(app) for app in apps) == ["attached", "attached", "started"]
    pid = pid_of(empty)
    alive = []
    for app in apps:
        app.communicate("stop\n")
        alive.append(is_alive(empty, pid))
    assert alive == [True, True, False]


@pytest.mark.parametrize("stage", ["making", "making/data/global", "data", "data/postmaster.pid"])
def test_an_app_killed_at_any_stage_of_its_first_start_can_start_again(
    empty: Path, stage: str
) -> None:
    home = place_of(empty).home
    app = app_process(empty)
    until = (home / stage, home / "data" / "postmaster.pid")  # the last one: it went too fast
    while not any(path.exists() for path in until):
        assert app.poll() is None
        time.sleep(0.001)
    kill(app)
    server = start(empty)
    assert ask(server, "SELECT 1") == (1,)
    assert not (home / "making").exists()
    server.stop()


def test_a_server_killed_while_it_recovers_can_start_again(folder: Path) -> None:
    start(folder)
    first = pid_of(folder)
    os.kill(first, signal.SIGKILL)
    app = app_process(folder)
    while (found := postmaster.read(place_of(folder))) is None or found.pid == first:
        time.sleep(0.001)
    os.kill(found.pid, signal.SIGKILL)
    app.communicate("stop\n")
    server = start(folder)
    assert ask(server, "SELECT 1") == (1,)
    server.stop()


def test_a_pid_file_that_names_another_living_process_is_stale(folder: Path) -> None:
    start(folder).stop()
    pid_file = place_of(folder).data / "postmaster.pid"
    pid_file.write_text(f"{os.getppid()}\n{pid_file.parent}\n1\n5432\n/nowhere\n\n1 1\nready\n")
    server = start(folder)
    assert server.started_here
    server.stop()


def test_a_half_made_data_folder_is_set_aside_and_made_anew(empty: Path) -> None:
    place = place_of(empty)
    (place.making / "data").mkdir(parents=True)
    (place.data / "base").mkdir(parents=True)
    server = start(empty)
    assert ask(server, "SELECT 1") == (1,)
    assert len(list(place.home.glob("data.incomplete-*"))) == 1
    server.stop()


def test_a_socket_swept_from_the_temporary_folder_is_made_again(folder: Path) -> None:
    app = app_process(folder)
    assert first_line(app) == "started"
    found = postmaster.read(place_of(folder))
    assert found is not None
    for left in found.socket.iterdir():
        left.unlink()
    found.socket.rmdir()
    server = start(folder)
    assert ask(server, "SELECT 1") == (1,)
    app.communicate("stop\n")
    server.stop()


def test_long_paths_do_not_make_the_socket_unreachable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("l" * 100) / ("m" * 100)
    long.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    socket = socket_folder(Place(tmp_path, None))
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 107
    socket.rmdir()
    server = start(long / "postgres")
    assert ask(server, "SELECT 1") == (1,)
    server.stop()
    assert remove(long / "postgres")


def test_a_socket_folder_laid_ready_by_someone_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    place = Place(tmp_path, None)
    socket_folder(place).rename(tmp_path / "elsewhere")
    trap = socket_folder(place)
    trap.rmdir()
    trap.symlink_to(tmp_path / "elsewhere")
    try:
        with pytest.raises(PostgresError, match="someone else"):
            socket_folder(place)
    finally:
        trap.unlink()


@pytest.mark.skipif(not AS_ROOT, reason="only root needs another user for the server")
def test_roots_server_runs_as_another_user_and_no_folder_is_opened_for_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    folder = home / "checkout" / "var" / "postgres"
    server = start(folder)
    owner = Path("/proc", str(pid_of(folder))).stat().st_uid
    modes = [path.stat().st_mode & 0o077 for path in (home, folder)]
    server.stop()
    assert owner != 0
    assert modes == [0, 0]
    assert remove(folder)


def test_another_version_is_refused() -> None:
    for said in ("postgres (PostgreSQL) 16.14", "postgres (PostgreSQL) 19.1", "nonsense"):
        with pytest.raises(PostgresError, match="Expected PostgreSQL 18"):
            binaries.check_embedded_version(said)
    with pytest.raises(PostgresError, match="16 or newer"):
        binaries.check_server_version(150012)
    binaries.check_server_version(160000)


def test_a_cluster_of_another_version_is_left_as_it_is(empty: Path) -> None:
    start(empty).stop()
    version = place_of(empty).data / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(PostgresError, match="of PostgreSQL 17"):
        start(empty)
    assert version.read_text() == "17\n"


def test_the_log_of_the_server_holds_no_data(server: Server, folder: Path) -> None:
    with psycopg.connect(server.superuser_dsn("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE person (bsn text UNIQUE)")
        connection.execute("INSERT INTO person VALUES ('999990019')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('999990019')")
    log = place_of(folder).log.read_text()
    assert "duplicate key" in log
    assert "999990019" not in log
