"""The ring wraps with its first key, unwraps with all, and a key that is taken off is gone."""

import asyncio
from pathlib import Path

import pytest

from app.platform.security.crypto import SealBrokenError
from app.platform.security.keyring import KeyRing, add_key, keep_newest
from app.platform.security.secrets import UnsafeSecretError

ROOT, DATA_KEY = bytes(range(32)), b"d" * 32


def wrap(ring: KeyRing, bound: bytes = b"alfa") -> bytes:
    return asyncio.run(ring.wrap(DATA_KEY, bound))


def unwrap(ring: KeyRing, wrapped: bytes, bound: bytes = b"alfa") -> bytes:
    return asyncio.run(ring.unwrap(wrapped, bound))


def test_a_wrapped_key_is_of_one_ring_and_one_owner(tmp_path: Path) -> None:
    ring = KeyRing.load_or_create(tmp_path / "ring", ROOT)
    wrapped = wrap(ring)
    assert DATA_KEY not in wrapped
    assert unwrap(ring, wrapped) == DATA_KEY
    other = KeyRing.load_or_create(tmp_path / "other", bytes(32))
    altered = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
    for keeper, given, bound in (
        (ring, wrapped, b"echo"),
        (other, wrapped, b"alfa"),
        (ring, altered, b"alfa"),
        (ring, b"\x02" + wrapped[1:], b"alfa"),
        (ring, b"", b"alfa"),
    ):
        with pytest.raises(SealBrokenError):
            unwrap(keeper, given, bound)


def test_machines_that_share_the_root_secret_begin_with_the_same_ring(tmp_path: Path) -> None:
    one, other = (KeyRing.load_or_create(tmp_path / name, ROOT) for name in ("one", "other"))
    assert unwrap(other, wrap(one)) == DATA_KEY


def test_an_old_key_unwraps_until_it_is_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    old = wrap(KeyRing.load_or_create(path, ROOT))
    add_key(path)
    both = KeyRing.load_or_create(path, ROOT)
    new = wrap(both)
    assert (unwrap(both, old), unwrap(both, new)) == (DATA_KEY, DATA_KEY)
    assert both.wraps_with_newest(new)
    assert not both.wraps_with_newest(old)
    keep_newest(path)
    left = KeyRing.load_or_create(path, ROOT)
    assert unwrap(left, new) == DATA_KEY
    with pytest.raises(SealBrokenError):
        unwrap(left, old)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "[]", '{"keys": []}', '{"keys": ["AAAA"]}', '{"keys": 1}'])
def test_a_ring_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ring"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(UnsafeSecretError):
        KeyRing.load_or_create(path, ROOT)


def test_a_ring_in_use_follows_its_file_so_that_nothing_is_wrapped_by_a_key_taken_off(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ring"
    running, beside = (KeyRing.load_or_create(path, ROOT) for _ in range(2))
    old = wrap(running)
    add_key(path)
    by_another = wrap(KeyRing.load_or_create(path, ROOT))
    assert unwrap(running, by_another) == DATA_KEY
    keep_newest(path)
    new = wrap(beside)
    after_a_restart = KeyRing.load_or_create(path, ROOT)
    assert unwrap(after_a_restart, new) == DATA_KEY
    with pytest.raises(SealBrokenError):
        unwrap(after_a_restart, old)


def test_a_ring_whose_file_is_gone_wraps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    ring = KeyRing.load_or_create(path, ROOT)
    wrapped = wrap(ring)
    path.unlink()
    assert unwrap(ring, wrapped) == DATA_KEY
    with pytest.raises(FileNotFoundError):
        wrap(ring)
