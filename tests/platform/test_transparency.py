"""Trees and checkpoints as others read them: RFC 6962 by its definition, C2SP notes by examples."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from app.platform.security.issuer import new_signing_key
from app.platform.security.secrets import UnsafeSecretError
from app.platform.transparency.notes import (
    Checkpoint,
    NoteError,
    NoteKey,
    VerifierKey,
    new_note_key,
)
from app.platform.transparency.tree import (
    EMPTY_ROOT,
    Growing,
    Subtree,
    complete,
    consistency,
    inclusion,
    joined,
    leaf_hash,
    node_hash,
    root_of,
)
from app.platform.transparency.verifying import is_consistent, is_included

LEAVES = [leaf_hash(bytes([n])) for n in range(40)]
ORIGIN = "trede.example/access-log"
KEY = NoteKey(ORIGIN, new_note_key())


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_the_root_is_that_of_the_definition_at_every_size(size: int) -> None:
    assert root_of(LEAVES[:size]) == by_definition(LEAVES[:size])
    parts = [by_definition(LEAVES[s.position << s.level :][: 1 << s.level]) for s in whole(size)]
    assert joined(parts) == by_definition(LEAVES[:size])


def test_a_leaf_tells_which_subtrees_it_completes() -> None:
    tree, made = Growing(), dict[Subtree, bytes]()
    for leaf in LEAVES[:24]:
        made |= dict(tree.add(leaf))
    for subtree, root in made.items():
        first = subtree.position << subtree.level
        assert root == root_of(LEAVES[first : first + (1 << subtree.level)])
    assert {s for size in range(25) for s in whole(size)} <= set(made)
    assert len(made) == 24 + 12 + 6 + 3 + 1


def whole(size: int) -> list[Subtree]:
    return complete(range(size))


@pytest.mark.parametrize("size", range(1, 34))
def test_a_proof_holds_for_its_own_leaf_and_sizes_and_no_other(size: int) -> None:
    root = root_of(LEAVES[:size])
    for index in range(size):
        proof = [root_of(LEAVES[p.start : p.stop]) for p in inclusion(index, size)]
        assert is_included(LEAVES[index], index, size, proof, root)
        assert not is_included(LEAVES[index + 1], index, size, proof, root)
        assert not is_included(LEAVES[index], index + 1, size, proof, root)
    for old in range(1, size + 1):
        proof = [root_of(LEAVES[p.start : p.stop]) for p in consistency(old, size)]
        before = root_of(LEAVES[:old])
        assert is_consistent(old, size, before, root, proof)
        assert not is_consistent(old, size, LEAVES[39], root, proof)
        assert not is_consistent(old, size, before, LEAVES[39], proof)


def test_there_is_no_proof_of_what_is_not_there() -> None:
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no such leaf"):
            inclusion(index, size)
    for old, new in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="one leaf or more"):
            consistency(old, new)
    assert Growing().root() == EMPTY_ROOT


def test_a_note_of_another_implementation_is_opened() -> None:
    """The example in the documentation of Go's `note` package."""
    key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signature = (
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFY"
        "C2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert key.open(f"{text}\n\u2014 PeterNeumann {signature}\n") == text
    assert str(key).startswith("PeterNeumann+c74f20a3+")


def test_a_checkpoint_goes_out_and_comes_back_the_same() -> None:
    note = KEY.signed(40, root_of(LEAVES))
    found = Checkpoint.parse(VerifierKey.parse(str(KEY.verifier)).open(note))
    assert found == Checkpoint(ORIGIN, 40, root_of(LEAVES))
    assert note.split("\n")[:4] == [ORIGIN, "40", b64encode(root_of(LEAVES)).decode(), ""]


def test_signatures_of_witnesses_are_left_alone() -> None:
    note = KEY.signed(40, root_of(LEAVES))
    other = NoteKey("witness.example", new_note_key()).signed(40, root_of(LEAVES))
    both = note + other.rpartition("\n\n")[2]
    assert Checkpoint.parse(KEY.verifier.open(both)).size == 40


@pytest.mark.parametrize("what", ["size", "root", "origin", "signature", "name", "nothing"])
def test_a_checkpoint_that_was_touched_is_refused(what: str) -> None:
    note = KEY.signed(40, root_of(LEAVES))
    touched = {
        "size": note.replace("\n40\n", "\n41\n"),
        "root": note.replace(b64encode(root_of(LEAVES)).decode(), b64encode(LEAVES[0]).decode()),
        "origin": note.replace(ORIGIN, "trede.example/other"),
        "signature": note[:-3] + "=\n",
        "name": note.replace(f"\u2014 {ORIGIN}", "\u2014 trede.example/other"),
        "nothing": "",
    }
    with pytest.raises(NoteError):
        KEY.verifier.open(touched[what])


@pytest.mark.parametrize(
    "key",
    ["", "a", "a+b+c", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
)
def test_a_verifier_key_that_does_not_fit_its_id_is_refused(key: str) -> None:
    with pytest.raises(NoteError):
        VerifierKey.parse(key)


@pytest.mark.parametrize("text", ["", "a\n", "a\n01\n", "\n1\n", "a\n1\nAAAA\n"])
def test_a_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


def test_the_key_is_made_once_and_read_after_that(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "log.pem"
    made = NoteKey.load_or_create(ORIGIN, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert NoteKey.load_or_create(ORIGIN, path).verifier == made.verifier
    assert NoteKey.load(ORIGIN, path).verifier == made.verifier


def test_another_kind_of_key_or_an_origin_with_a_space_is_refused() -> None:
    for pem in (b"none", new_signing_key()):
        with pytest.raises(UnsafeSecretError):
            NoteKey(ORIGIN, pem)
    with pytest.raises(NoteError):
        NoteKey("two words", new_note_key())
