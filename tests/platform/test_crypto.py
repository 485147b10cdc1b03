"""What is sealed opens in its own place only; what is private stays private on disk."""

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from app.platform.security.crypto import Context, SealBrokenError, Vault, derive_key
from app.platform.security.issuer import SigningKey, new_signing_key
from app.platform.security.secrets import (
    Secrets,
    UnsafeSecretError,
    load_or_create,
    new_root_secret,
    read_private,
)

MASTER = bytes(range(32))
PLACE = Context(UUID(int=1), "identity", "client", "bsn", row=UUID(int=9), key_version=1)
VAULT = Vault(MASTER)


@settings(max_examples=50)
@given(plaintext=st.binary(max_size=300))
def test_what_is_sealed_opens_again_and_never_looks_the_same(plaintext: bytes) -> None:
    wrapped = VAULT.new_data_key()
    first, second = (VAULT.seal(wrapped, plaintext, PLACE) for _ in range(2))
    assert first != second
    assert VAULT.open(wrapped, first, PLACE) == VAULT.open(wrapped, second, PLACE) == plaintext
    assert Vault(MASTER).open(wrapped, first, PLACE) == plaintext


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, owner=UUID(int=2)),
        replace(PLACE, category="medical"),
        replace(PLACE, table="referral"),
        replace(PLACE, column="name"),
        replace(PLACE, row=UUID(int=8)),
        replace(PLACE, row=None),
        replace(PLACE, key_version=2),
        replace(PLACE, table="clien", column="tbsn"),
        replace(PLACE, table="client|bsn", column=""),
    ],
    ids=str,
)
def test_a_sealed_value_moved_elsewhere_does_not_open(elsewhere: Context) -> None:
    wrapped = VAULT.new_data_key()
    sealed = VAULT.seal(wrapped, b"999911120", PLACE)
    with pytest.raises(SealBrokenError):
        VAULT.open(wrapped, sealed, elsewhere)


def test_another_data_key_or_another_master_key_does_not_open() -> None:
    wrapped = VAULT.new_data_key()
    sealed = VAULT.seal(wrapped, b"text", PLACE)
    with pytest.raises(SealBrokenError):
        VAULT.open(VAULT.new_data_key(), sealed, PLACE)
    with pytest.raises(SealBrokenError):
        Vault(bytes(32)).open(wrapped, sealed, PLACE)


def test_no_byte_of_a_sealed_value_or_wrapped_key_can_be_changed() -> None:
    wrapped = VAULT.new_data_key()
    sealed = VAULT.seal(wrapped, b"text", PLACE)
    flips: list[tuple[bytes, bytes]] = [(wrapped, part) for part in _altered(sealed)]
    flips += [(part, sealed) for part in _altered(wrapped)]
    for key, value in flips:
        with pytest.raises(SealBrokenError):
            VAULT.open(key, value, PLACE)


def _altered(content: bytes) -> list[bytes]:
    flipped = [
        content[:n] + bytes([content[n] ^ 1]) + content[n + 1 :] for n in range(len(content))
    ]
    return [*flipped, *(content[:n] for n in range(len(content)))]


def test_a_new_master_key_takes_over_and_the_old_one_is_no_longer_needed() -> None:
    wrapped = VAULT.new_data_key()
    sealed = VAULT.seal(wrapped, b"text", PLACE)
    both = Vault(bytes(32), previous=[MASTER])
    assert both.open(wrapped, sealed, PLACE) == b"text"
    assert Vault(bytes(32)).open(both.rewrap(wrapped), sealed, PLACE) == b"text"


def test_an_index_finds_equals_within_one_organisation_and_nowhere_else() -> None:
    here, there = uuid4(), uuid4()
    index = VAULT.blind_index("999911120", here)
    assert index == Vault(MASTER).blind_index("999911120", here)
    assert len(index) == 32
    others = {
        VAULT.blind_index("999990342", here),
        VAULT.blind_index("999911120", there),
        VAULT.global_index("999911120"),
        Vault(bytes(32)).blind_index("999911120", here),
    }
    assert len(others | {index}) == 5


def test_each_use_has_its_own_key_and_the_root_is_none_of_them() -> None:
    held = Secrets(MASTER)
    keys = {getattr(held, name) for name in Secrets.__slots__}
    assert len(keys | {MASTER}) == len(Secrets.__slots__) + 1
    with pytest.raises(ValueError, match="32 bytes"):
        derive_key(b"short", "master")


def test_the_root_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "var" / "root-secret"
    first = Secrets.load_or_create(path)
    assert Secrets.load_or_create(path).master_key == first.master_key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [found.name for found in path.parent.iterdir()] == ["root-secret"]
    assert Secrets.from_text(path.read_text()).etag_key == first.etag_key


def test_processes_that_start_together_agree_on_one_secret(tmp_path: Path) -> None:
    path = tmp_path / "root-secret"
    with ThreadPoolExecutor(8) as starting:
        contents = list(starting.map(lambda _: load_or_create(path, new_root_secret), range(32)))
    assert len(set(contents)) == 1
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_secret_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "root-secret"
    Secrets.load_or_create(path)
    path.chmod(mode)
    with pytest.raises(UnsafeSecretError):
        Secrets.load_or_create(path)
    path.chmod(0o400)
    Secrets.load_or_create(path)


def test_a_folder_in_the_place_of_a_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSecretError):
        read_private(tmp_path)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe", b"%%%", b"QUFB" * 11])
def test_a_damaged_secret_stops_the_start_and_is_not_replaced(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "root-secret"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(UnsafeSecretError) as caught:
        Secrets.load_or_create(path)
    assert path.read_bytes() == content
    assert caught.value.__cause__ is None
    assert "QUFB" not in str(caught.value)


def test_the_signing_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "signing-key.pem"
    made = SigningKey.load_or_create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SigningKey.load(path).kid == made.kid
    path.chmod(0o644)
    with pytest.raises(UnsafeSecretError):
        SigningKey.load(path)


@pytest.mark.parametrize(
    "pem",
    [
        lambda: b"",
        lambda: b"-----BEGIN PRIVATE KEY-----",
        lambda: _pem(rsa.generate_private_key(65537, 1024)),  # noqa: S505 - weak is the point
        lambda: _pem(ec.generate_private_key(ec.SECP256R1())),
    ],
    ids=["empty", "cut", "small", "curve"],
)
def test_a_weak_or_broken_signing_key_stops_the_start(pem: Callable[[], bytes]) -> None:
    with pytest.raises(UnsafeSecretError):
        SigningKey(pem())


def test_the_kind_of_key_decides_the_algorithm() -> None:
    assert SigningKey(new_signing_key()).algorithm == "PS256"
    assert SigningKey(_pem(ec.generate_private_key(ec.SECP384R1()))).algorithm == "ES384"


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
