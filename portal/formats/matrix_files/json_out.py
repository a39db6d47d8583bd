"""JSON for programs: the rows exactly as they were frozen, so that the digest can be computed.

Codes stay codes and the file carries their words in both languages. Characters by which a text can
read as another are written as escapes: no editor is deceived, no program reads another text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from portal.domain.bilingual import LANGUAGES
from portal.domain.editions import RowDifference
from portal.domain.matrices import COLUMNS
from portal.domain.text import UNSEEN
from portal.formats.links import link
from portal.formats.matrix_files.edition import Edition, FileLanguage, Rows
from portal.formats.matrix_files.key import key_in

PORTION = 500  # rows
_ESCAPED = re.compile(f"[{UNSEEN}\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def stream_json(edition: Edition, rows: Rows, _language: FileLanguage) -> Iterator[bytes]:
    """One object, by the published schema; the same whatever language is asked for."""
    head = json.dumps(_head(edition), ensure_ascii=False, indent=1)
    yield _safe(head.removesuffix("\n}") + ',\n "rows": [').encode()
    yield from _list(rows())
    if edition.corrigendum:
        yield b'\n ],\n "differences": ['
        yield from _list(map(_difference, edition.changes()))
    yield b"\n ]\n}\n"


def _difference(row: RowDifference) -> dict[str, Any]:
    """Of a changed row the cells that differ, of one added or removed the whole."""
    return {
        "ref": row.ref,
        "kind": row.kind,
        "columns": list(row.columns),
        "before": row.cells(row.before),
        "after": row.cells(row.after),
    }


def _list(entries: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The inside of an array, in portions."""
    portion: list[str] = []
    between = "\n  "
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    for entry in entries:
        portion.append(_safe(encode(entry)))
        if len(portion) == PORTION:
            yield (between + ",\n  ".join(portion)).encode()
            portion.clear()
            between = ",\n  "
    if portion:
        yield (between + ",\n  ".join(portion)).encode()


def _safe(text: str) -> str:
    return text if text.isprintable() else _ESCAPED.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def _head(edition: Edition) -> dict[str, Any]:
    return {
        "schema": link("ar")("schemas.response_matrix"),
        "consultation": edition.slug,
        "title": edition.title._asdict(),
        "body": edition.body._asdict(),
        "edition": edition.number,
        "interim": edition.interim,
        "corrects": edition.corrects,
        "reason": edition.reason,
        "published": edition.published_at.isoformat(),
        "address": edition.address(),
        "digest": edition.digest,
        "counts": edition.counts,
        "columns": list(COLUMNS),
        "key": _key(),
    }


def _key() -> dict[str, list[dict[str, Any]]]:
    """Every column and code: its words and its meaning in both languages."""
    return {
        same[0].name: [
            {
                "code": one[0].code,
                "words": {tongue: each.words for tongue, each in zip(LANGUAGES, one, strict=True)},
                "meaning": {
                    tongue: each.meaning for tongue, each in zip(LANGUAGES, one, strict=True)
                },
            }
            for one in zip(*(each.entries for each in same), strict=True)
        ]
        for same in zip(*map(key_in, LANGUAGES), strict=True)
    }
