"""The JSON Schema of a matrix as JSON (draft 2020-12), made of the same columns and codes.

It is served at an address that stays; a file of another shape would get another number.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.domain.comments import CommentType, Publication
from portal.domain.editions import REMOVED, Difference
from portal.domain.grounds import Ground
from portal.domain.matrices import COLUMNS
from portal.domain.responses import Disposition
from portal.domain.submissions import Channel, SenderClass
from portal.formats.matrix_files.key import LISTS as KEY_LISTS

VERSION = 1
TEXT: dict[str, Any] = {"type": "string"}
LINES: dict[str, Any] = {"type": "array", "items": TEXT}
MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0}
DIGEST: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _object(
    properties: dict[str, Any], optional: Iterable[str] = (), **more: object
) -> dict[str, Any]:
    required = [name for name in properties if name not in set(optional)]
    return {"type": "object", "properties": properties, "required": required, **more}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _codes(codes: Iterable[str]) -> dict[str, Any]:
    return {"enum": [str(code) for code in codes]}


BILINGUAL = _object({"ar": TEXT, "en": TEXT}, additionalProperties=False)
MASK = _object(
    {"mask": _ref("ground"), "also": {"type": "array", "items": _ref("ground")}},
    optional=["also"],
    additionalProperties=False,
)
PLACE = _object({"document": NUMBER, "version": NUMBER, "eid": TEXT})
SPECIAL: dict[str, dict[str, Any]] = {
    "ref": {"type": "string", "pattern": "^[1-9][0-9]*([.][1-9][0-9]*)?$"},
    "document": {"anyOf": [_ref("bilingual"), {"type": "null"}]},
    "version": {"type": ["integer", "null"]},
    **dict.fromkeys(("quoted_text", "comment", "proposed_text", "grounds"), _ref("pieces")),
    "comment_type": _codes(CommentType),
    "submitter_class": _codes(SenderClass),
    "channel": _codes(Channel),
    "received": MOMENT,
    "publication": _codes(Publication),
    # Of an edition of before files were counted it is not there; of a comment without any, empty.
    "files": _object(
        {
            "shown": NUMBER,
            "withheld": {"type": "object", "additionalProperties": NUMBER},
            "not_shown": NUMBER,
        },
        optional=("shown", "withheld", "not_shown"),
        additionalProperties=False,
    ),
    # Empty in an interim edition, where the comment is still under study.
    "disposition": _codes(["", *Disposition]),
    "response": _ref("bilingual"),
    "place_of_change": {"type": "array", "items": PLACE},
    **dict.fromkeys(("text_before", "text_after", "committee_opinion"), LINES),
    "decided": {"anyOf": [MOMENT, {"const": ""}]},
}
CELLS = {
    **{column: SPECIAL.get(column, TEXT) for column in COLUMNS},
    "place": TEXT,
    "late": {"type": "boolean"},
    # Its words and its author were erased at their request, then.
    "erased": MOMENT,
}
ROW = _object(CELLS, optional=["files", "erased"])
# A file that was downloaded before keeps to the schema of that number too.
BEFORE_FILES = [column for column in COLUMNS if column != "files"]
# Of a changed row the cells that differ; the whole of one that was added or removed.
SOME_CELLS = {"anyOf": [_object(CELLS, optional=CELLS), {"type": "null"}]}
DIFFERENCE = _object(
    {
        "ref": SPECIAL["ref"],
        "kind": _codes([*Difference, REMOVED]),
        "columns": {"type": "array", "items": _codes(COLUMNS)},
        "before": SOME_CELLS,
        "after": SOME_CELLS,
    }
)
ENTRY = _object({"code": TEXT, "words": _ref("bilingual"), "meaning": _ref("bilingual")})
LISTS = ("columns", *(name for name, _codes_of in KEY_LISTS))


def schema(address: str) -> dict[str, Any]:
    """The schema, which names itself by the address it is served at."""
    counts = {"received": NUMBER, "distinct_texts": NUMBER, "distinct_senders": NUMBER}
    shares = {"type": "object", "additionalProperties": NUMBER}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "Response matrix of a public consultation",
        "description": (
            "One published edition. `digest` is the SHA-256 of the canonical JSON (RFC 8785) of "
            "`rows`. Texts are lists of pieces: words, or a mask with its ground."
        ),
        **_object(
            {
                "schema": {"const": address},
                "consultation": TEXT,
                "title": _ref("bilingual"),
                "body": _ref("bilingual"),
                "edition": {"type": "integer", "minimum": 1},
                "interim": {"type": "boolean"},
                "corrects": {"type": ["integer", "null"]},
                "reason": TEXT,
                "published": MOMENT,
                "address": {"type": "string", "format": "uri"},
                "digest": DIGEST,
                "counts": _object({**counts, "dispositions": shares, "classes": shares}),
                "columns": {"enum": [list(COLUMNS), BEFORE_FILES]},
                "key": _object({name: {"type": "array", "items": ENTRY} for name in LISTS}),
                "rows": {"type": "array", "items": ROW},
                # Against the edition that it corrects; other editions have none.
                "differences": {"type": "array", "items": DIFFERENCE},
            },
            optional=["differences"],
        ),
        "$defs": {
            "bilingual": BILINGUAL,
            "ground": _codes(Ground),
            "pieces": {"type": "array", "items": {"anyOf": [TEXT, MASK]}},
        },
    }
