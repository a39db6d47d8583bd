"""The record for programs, at `/record/…`: checkpoints, keys, tiles, proofs; no language.

The addresses of the checkpoint and the tiles are those of C2SP's tlog-tiles, so that what was
written for other logs can read this one.
"""

from __future__ import annotations

import re
from dataclasses import asdict

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.domain.tiles import WIDTH
from portal.formats.record_files.receipts import proof_text
from portal.policies.table import Act
from portal.queries.key_changes import Announced, announcements
from portal.queries.proofs import (
    CheckpointView,
    checkpoints,
    find_checkpoint,
    leaves,
    newest_checkpoint,
    prove_consistency,
    prove_inclusion,
    public_keys,
    signed_size,
    signed_tile,
    stamp_of,
)
from portal.web.gate import act
from portal.web.numbers import asked

bp = Blueprint("record", __name__, url_prefix="/record")
PLACE = re.compile(r"((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
FOR_EVER = "public, max-age=31536000, immutable"
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"


@bp.get("/checkpoint")
@act(Act.BROWSE)
def checkpoint() -> ResponseReturnValue:
    newest = newest_checkpoint()
    if newest is None:
        raise DomainError("not_found", status=404)
    return Response(newest.note, content_type=TEXT, headers={"Cache-Control": "no-cache"})


@bp.get("/keys.json")
@act(Act.BROWSE)
def keys() -> ResponseReturnValue:
    announced = announcements()
    return {
        "keys": [
            {
                "key": each.verifier,
                "since": each.made_at.isoformat(),
                "announced": _announced(announced.get(each.verifier)),
            }
            for each in public_keys()
        ]
    }


def _announced(found: Announced | None) -> dict[str, object] | None:
    return {**asdict(found), "proof": proof_text(found.proof)} if found else None


@bp.get("/checkpoints.json")
@act(Act.BROWSE)
def list_checkpoints() -> ResponseReturnValue:
    found = checkpoints(below=asked("below"))
    return {"checkpoints": [_told(each) for each in found]}


def _told(each: CheckpointView) -> dict[str, object]:
    stamp = f"/record/checkpoints/{each.size}.tsr" if each.stamped_by else None
    return {"size": each.size, "at": each.at.isoformat(), "note": each.note, "stamp": stamp}


@bp.get("/checkpoints/<int:number>.txt")
@act(Act.BROWSE)
def checkpoint_of(number: int) -> ResponseReturnValue:
    found = find_checkpoint(number)
    if found is None:
        raise DomainError("not_found", status=404)
    return _for_ever(found.note.encode(), TEXT)


@bp.get("/checkpoints/<int:number>.tsr")
@act(Act.BROWSE)
def stamp(number: int) -> ResponseReturnValue:
    token = stamp_of(number)
    if token is None:
        raise DomainError("not_found", status=404)
    return _for_ever(token, "application/timestamp-reply")


@bp.get("/tile/<int:number>/<path:name>")
@act(Act.BROWSE)
def tile(number: int, name: str) -> ResponseReturnValue:
    at, width = _place(name)
    return _for_ever(signed_tile(number, at, width), BYTES)


@bp.get("/tile/entries/<path:name>")
@act(Act.BROWSE)
def entries(name: str) -> ResponseReturnValue:
    """Leaves of a tile, each after its length in two bytes."""
    at, width = _place(name)
    first = at * WIDTH
    if not 0 < width <= min(signed_size() - first, WIDTH):
        raise DomainError("not_found", status=404)
    found = (each.encode() for each in leaves(first, first + width))
    return _for_ever(b"".join(len(each).to_bytes(2) + each for each in found), BYTES)


@bp.get("/proofs/inclusion")
@act(Act.BROWSE)
def inclusion() -> ResponseReturnValue:
    index, size = asked("index"), asked("size") or signed_size()
    proof = prove_inclusion(-1 if index is None else index, size)
    (leaf,) = leaves(index or 0, (index or 0) + 1)
    return {"index": index, "size": size, "leaf": leaf, "proof": proof_text(proof)}


@bp.get("/proofs/consistency")
@act(Act.BROWSE)
def consistency() -> ResponseReturnValue:
    first, size = asked("first") or 0, asked("size") or signed_size()
    proof = prove_consistency(first, size)
    return {"first": first, "size": size, "proof": proof_text(proof)}


def _place(name: str) -> tuple[int, int]:
    """The number of a tile, `x001/x234/067` for 1234067, and how many of its hashes are meant."""
    found = PLACE.fullmatch(name)
    if found is None or request.path.endswith(".p/256"):
        raise DomainError("not_found", status=404)
    number = int(found[1].replace("x", "").replace("/", ""))
    return number, int(found[2] or WIDTH)


def _for_ever(data: bytes, media_type: str) -> Response:
    return Response(data, content_type=media_type, headers={"Cache-Control": FOR_EVER})
