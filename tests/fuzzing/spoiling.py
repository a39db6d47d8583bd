"""Good bytes spoilt: cut, turned, spliced, repeated; members of packages and values of JSON too."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.fuzzing.hostile import VALUES, raw

ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 1_000 + b'"><!ENTITY b "' + b"&a;" * 1_000 + b'">'
    b'<!ENTITY c "' + b"&b;" * 1_000 + b'">]><a>&c;</a>'
)
HARMFUL = (
    ENTITIES,
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    b"<a>" * 5_000,
    b"[" * 5_000,
    b"\x00" * 64,
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xff" * 8,
    b"9" * 5_000,
    b"-1",
    b"4294967295",
    b"<w:tbl><w:tr><w:tc>" * 300,
    b"\xd9\xa3" * 3_000,
    "المادة ".encode() + b"9" * 5_000 + b"\n",
)


@st.composite
def bytes_of(draw: st.DrawFn, good: Sequence[bytes]) -> bytes:
    """One of the good ones with a few things done to it."""
    data = draw(st.sampled_from(good))
    if data.startswith(b"PK") and draw(st.booleans()):
        return draw(_member(data))
    for _time in range(draw(st.integers(1, 4))):
        data = draw(_once(data, good))
    return data


def _once(data: bytes, good: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    at = st.integers(0, max(len(data) - 1, 0))
    return st.one_of(
        at.map(lambda n: data[:n]),
        at.map(lambda n: data[n:]),
        st.tuples(at, st.integers(0, 255)).map(
            lambda t: data[: t[0]] + bytes([t[1]]) + data[t[0] + 1 :]
        ),
        st.tuples(at, st.sampled_from(HARMFUL)).map(lambda t: data[: t[0]] + t[1] + data[t[0] :]),
        st.tuples(at, at, at).map(
            lambda t: data[: t[0]] + data[min(t[1:]) : max(t[1:])] + data[t[0] :]
        ),
        st.tuples(at, st.sampled_from(good), at).map(lambda t: data[: t[0]] + t[1][t[2] :]),
    )


@st.composite
def _member(draw: st.DrawFn, package: bytes) -> bytes:
    """A package that opens well, with something in one of its members."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    how = draw(st.integers(0, 3))
    if how == 0:
        del members[name]
    elif how == 1:
        other = raw(draw(st.sampled_from(VALUES)))[:50].decode("utf-8", "replace")
        members[other or "/"] = members[name]
    else:
        members[name] = draw(_once(members[name], list(members.values())))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
    return written.getvalue()


def plain_values() -> st.SearchStrategy[Any]:
    """What JSON can say where something else was meant."""
    return st.sampled_from(
        (None, True, 0, -1, 2**63, 10**400, 1.5, float("inf"), float("nan"), "", [], {}, [[]])
    ) | st.sampled_from(VALUES)


@st.composite
def json_of(draw: st.DrawFn, good: Sequence[Any]) -> bytes:
    """A good document with values of the wrong kind at a few places, or without them."""
    document = json.loads(json.dumps(draw(st.sampled_from(good))))
    for _time in range(draw(st.integers(1, 3))):
        places = list(_places(document))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        if draw(st.booleans()):
            holder[key] = draw(plain_values())
        elif isinstance(holder, dict):
            del holder[key]
        else:
            holder.append(holder[key])
    if draw(st.integers(0, 9)) == 0:
        document = draw(plain_values())
    return json.dumps(document).encode()


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    if isinstance(value, dict):
        return [p for k, v in value.items() for p in ((value, k), *_places(v))]
    if isinstance(value, list):
        return [p for k, v in enumerate(value) for p in ((value, k), *_places(v))]
    return []


def words_of(pieces: Sequence[str], most: int = 60) -> st.SearchStrategy[str]:
    """Texts made of pieces that mean something to a reader, and of what does harm."""
    piece = st.sampled_from(pieces) | st.sampled_from(VALUES).map(lambda v: v[:6_000])
    return st.lists(piece, max_size=most).map(
        lambda all_: raw("".join(all_)).decode("utf-8", "replace")
    )
