"""Checkpoints in C2SP's form, held against notes that others have signed."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.adapters.signing import Keys, verified
from portal.domain.signed_notes import body, key_id, read, read_key, verifier_key, written

# The example of the form's specification (and of Go's package note).
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    b"If you think cryptography is the answer to your problem,\n"
    b"then you don't know what your problem is.\n"
)
SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
# RFC 8032, 7.1, test 2.
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNED = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
ORIGIN, ROOT = "consult.example.org/record", bytes(range(32))


def test_a_known_key_and_its_signature_are_read() -> None:
    name, public = read_key(KEY)
    line = b64decode(SIGNATURE)
    assert name == "PeterNeumann"
    assert key_id(name, public).hex() == "c74f20a3"
    assert line[:4] == key_id(name, public)
    assert verified(public, line[4:], TEXT)
    assert not verified(public, line[4:], TEXT + b" ")
    assert verifier_key(name, public) == KEY


def test_signatures_are_those_of_rfc_8032() -> None:
    assert verified(bytes.fromhex(PUBLIC), bytes.fromhex(SIGNED), b"\x72")
    assert not verified(bytes.fromhex(PUBLIC), bytes.fromhex(SIGNED), b"\x73")


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """A signed checkpoint, and its key."""
    keys = Keys(tmp_path_factory.mktemp("keys"))
    public = keys.make()
    signature = keys.sign(public, body(ORIGIN, 7, ROOT).encode())
    return written(ORIGIN, 7, ROOT, key_id(ORIGIN, public), signature), public


def test_what_was_written_is_read(note: tuple[str, bytes]) -> None:
    text, public = note
    found = read(text)
    assert (found.origin, found.size, found.root) == (ORIGIN, 7, ROOT)
    assert found.key_id == key_id(ORIGIN, public)
    assert verified(public, found.signature, found.signed)
    assert text.splitlines()[:2] == [ORIGIN, "7"]


@given(at=st.integers(min_value=0), other=st.characters(codec="utf-8"))
def test_a_changed_character_is_found(note: tuple[str, bytes], at: int, other: str) -> None:
    text, public = note
    at %= len(text)
    changed = text[:at] + other + text[at + 1 :]
    if changed == text:
        return
    try:
        found = read(changed)
    except ValueError:
        return
    known = found.origin == ORIGIN and found.key_id == key_id(ORIGIN, public)
    assert not (known and verified(public, found.signature, found.signed))


def test_a_key_is_kept_for_its_owner_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("keys")
    keys = Keys(folder)
    public = keys.make()
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    keys.forget(public)
    assert not keys.has(public)
    with pytest.raises(OSError, match="record-key"):
        keys.sign(public, b"x")
