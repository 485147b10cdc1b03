"""What `check` says of a file: each fault in one line, by its setting, and no secret."""

import argparse
import re
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import ECKey

from app.zgw import add_commands, run
from app.zgw.reaching import not_reached
from app.zgw.reading import read
from app.zgw.settings import UnfitError
from tests.platform.forging import ec_key
from tests.zgw.connecting import jwks, put, told
from tests.zgw.server import SECRET, CaseSystem
from tests.zgw.world import World

pytestmark = pytest.mark.xdist_group("zgw-bounds")
DEAD = "http://127.0.0.1:9"


def checked(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """How `check` ends, and all that it says."""
    parser = argparse.ArgumentParser()
    add_commands(parser)
    capsys.readouterr()
    end = run(parser.parse_args(["check", str(path)]))
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err
    return end, (said.out + said.err).splitlines()


def table(**trede: Any) -> dict[str, Any]:
    named = {"address": DEAD, "client_id": str(uuid4()), "memberships": [str(uuid4())]}
    return told(CaseSystem("https://zgw.example.nl"), {**named, **trede})


def refused(path: Path) -> list[str]:
    with pytest.raises(UnfitError) as words:
        read(path)
    return str(words.value).splitlines()


def test_a_file_that_fits_both_sides_fits(
    world: World, system: CaseSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, told(system, world.trede))
    assert checked(path, capsys) == (0, ["Everything fits."])
    assert system.written == []


def test_a_trede_that_is_not_there_is_named(
    world: World, system: CaseSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, told(system, {**world.trede, "address": DEAD}))
    assert checked(path, capsys) == (2, ["trede.address: 127.0.0.1:9: refuses the connection"])


def test_an_address_of_something_else_is_named(
    world: World, system: CaseSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = f"{world.address}/v1"
    path = put(tmp_path, told(system, {**world.trede, "address": there}))
    end, lines = checked(path, capsys)
    assert end == 2
    assert lines == [f"trede.address: {there.partition('//')[2][:-3]}: gives no tokens there (404)"]


@pytest.mark.parametrize("wrong", [{"client_id": str(uuid4())}, {"kid": "k2"}])
def test_a_system_that_trede_does_not_know_is_named(
    world: World,
    system: CaseSystem,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    wrong: dict[str, str],
) -> None:
    end, [line] = checked(put(tmp_path, told(system, {**world.trede, **wrong})), capsys)
    assert end == 2
    assert line == (
        "trede: no token for this client_id, kid, algorithm, key_file and audience"
        " (401 invalid_client)"
    )


@pytest.mark.parametrize("pem", ["no key at all", "another curve", "another kind"])
def test_a_key_that_cannot_sign_is_named(
    world: World,
    system: CaseSystem,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    pem: str,
) -> None:
    given = told(system, world.trede)
    if pem == "another kind":
        given["trede"]["algorithm"] = "PS256"
    path = put(tmp_path, given)
    if pem == "no key at all":
        (tmp_path / "key.pem").write_text("{}", encoding="utf-8")
    elif pem == "another curve":
        (tmp_path / "key.pem").write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    end, [line] = checked(path, capsys)
    assert end == 2
    assert line.startswith("trede.key_file: is not a private key in PEM that signs with ")


def test_another_key_is_named(
    world: World, system: CaseSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, told(system, world.trede))
    other = ec_key("another").private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(other)
    end, [line] = checked(path, capsys)
    assert (end, "invalid_client" in line) == (2, True)


def test_each_membership_that_is_not_in_force_is_named(
    world: World, system: CaseSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memberships = [*world.trede["memberships"], str(uuid4())]
    path = put(tmp_path, told(system, {**world.trede, "memberships": memberships}))
    words = "trede.memberships.1: is no membership in force of the organisation of this system"
    assert checked(path, capsys) == (2, [words])


def test_a_registration_that_may_not_subscribe_is_named(
    world: World, system: CaseSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = {"name": "Alleen lezen", "jwks": jwks(), "scope": ["trede.read"]}
    machine = world.act("admin-gemeente", "POST", "/v1/machines", body).json()
    path = put(tmp_path, told(system, {**world.trede, "client_id": machine["id"]}))
    words = "trede.client_id: is registered without trede.write, which its subscription needs"
    assert checked(path, capsys) == (2, [words])


def test_both_sides_are_tried_also_when_one_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], system: CaseSystem
) -> None:
    given = told(system, {**table()["trede"]})
    given["zgw"]["zaken"] = f"{DEAD}/zaken"
    end, lines = checked(put(tmp_path, given), capsys)
    assert end == 2
    assert lines == [
        "zgw.zaken: 127.0.0.1:9: refuses the connection",
        "trede.address: 127.0.0.1:9: refuses the connection",
    ]


def test_a_case_system_that_does_not_let_us_in_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], system: CaseSystem, world: World
) -> None:
    path = put(tmp_path, told(system, world.trede))
    (tmp_path / "secret").write_text("another-secret-of-ours-0123456789-abcdef", encoding="utf-8")
    end, lines = checked(path, capsys)
    assert end == 2
    assert [line.partition(": ")[0] for line in lines] == ["zgw.catalogi", "zgw.zaken"]
    assert all("403" in line and "another-secret" not in line for line in lines)


def _chain(*errors: BaseException) -> httpx.HTTPError:
    found = httpx.ConnectError("x")
    at: BaseException = found
    for error in errors:
        at.__cause__ = error
        at = error
    return found


UNTRUSTED = ssl.SSLCertVerificationError(1, "certificate verify failed")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (_chain(OSError(), socket.gaierror(-2, "x")), "this name is not found"),
        (_chain(ConnectionRefusedError()), "refuses the connection"),
        (_chain(UNTRUSTED), "its certificate is not trusted"),
        (_chain(ssl.SSLError(1, "x")), "does not speak TLS here"),
        (httpx.ConnectTimeout("x"), "does not answer in time"),
        (httpx.RemoteProtocolError("x"), "breaks off"),
        (httpx.ConnectError("x"), "is not reached"),
    ],
)
def test_why_a_side_is_not_reached_is_told_in_plain_words(
    error: httpx.HTTPError, words: str
) -> None:
    assert not_reached("https://a.example:1/b", error) == f"a.example:1: {words}"


def _broken(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files with one fault each, and the line that tells it."""
    one = folder / "absent.toml"
    yield one, f"{one}: there is no such file"
    one = folder / "folder.toml"
    one.mkdir()
    yield one, f"{one}: cannot be read"
    one = folder / "broken.toml"
    one.write_text(f'[zgw]\nsecret = "{SECRET}\n', encoding="utf-8")
    yield one, f"{one}: is no TOML at line 2, column {len(SECRET) + 11}"
    one = folder / "bytes.toml"
    one.write_bytes(b"\xff")
    yield one, f"{one}: is not in UTF-8"
    for name, words in (("key_file", "trede.key_file"), ("secret_file", "zgw.secret_file")):
        given = table()
        given[words.partition(".")[0]][name] = f"{SECRET}.absent"
        yield put(folder / name, given), f"{words}: there is no such file"


def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    for path, line in _broken(tmp_path):
        assert refused(path) == [line]


def test_settings_that_do_not_fit_are_told_without_words_of_a_library(tmp_path: Path) -> None:
    given = table(client_id="x-7", memberships=[], address="ftp://x.example", algorithm="none")
    given["statustypen"] |= {"uwv_medical_talk": given["statustypen"]["ended"]}
    given["zgw"] |= {"timeout_seconds": 0.0, "extra": SECRET}
    del given["trede"]["kid"]
    given["zaak"]["bronorganisatie"] = 7
    lines = refused(put(tmp_path, given))
    assert set(lines) == {
        "trede.address: must be an https address",
        "trede.client_id: must be a UUID",
        "trede.memberships: is too short",
        "trede.algorithm: must be one of 'ES384', 'RS384', 'PS256' or 'RS256'",
        "trede.kid: is missing",
        "statustypen.uwv_medical_talk: is not a moment that may be told",
        "zgw.timeout_seconds: is out of bounds",
        "zgw.extra: is not a setting",
        "zaak.bronorganisatie: must be text",
    }


def test_nothing_of_pydantic_is_left_in_what_is_told_of_a_whole(tmp_path: Path) -> None:
    given = table()
    del given["resultaattypen"]["ended"]
    assert refused(put(tmp_path, given)) == ["file: resultaattypen must name a type for `ended`"]
    given = table()
    given["zgw"]["secret_env"] = "X"
    assert refused(put(tmp_path, given)) == ["zgw: give either secret_env or secret_file"]


def test_an_empty_secret_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = table()
    del given["zgw"]["secret_file"]
    given["zgw"]["secret_env"] = "TREDE_TEST_NOT_THERE"
    monkeypatch.delenv("TREDE_TEST_NOT_THERE", raising=False)
    [line] = refused(put(tmp_path, given))
    assert re.fullmatch(r"zgw\.secret_env or zgw\.secret_file: is empty", line)
