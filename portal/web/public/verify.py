"""Checking a receipt: by reference, by file, or by what its QR code holds. Works without scripts.

With scripts the file is checked in the browser and is not sent (`static/js/verify.js`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.errors import DomainError
from portal.formats.canonical import canonical
from portal.formats.messages import message
from portal.formats.record_files.checking import Finding, Key
from portal.formats.record_files.checking_bundle import BAD
from portal.formats.record_files.checking_receipt import check_receipt, hashes_of, read_receipt
from portal.formats.record_files.receipts import in_one_form
from portal.formats.record_words import WORDS
from portal.policies.table import Act
from portal.queries.proofs import public_keys
from portal.queries.receipts import counted_rows, find_receipt
from portal.web.gate import act
from portal.web.public.blueprint import bp
from portal.web.public.submissions import private

LARGEST = 1024 * 1024
NUMBERS = 1_000
CANNOT = ("cannot_invented", "cannot_split", "cannot_time", "cannot_withheld")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words."""

    holds: bool | None
    words: str


@bp.get("/verify")
@act(Act.FOLLOW)
def verify() -> ResponseReturnValue:
    return _page()


@bp.post("/verify", endpoint="verify_sent")
@act(Act.FOLLOW)
def check() -> ResponseReturnValue:
    try:
        found = list(_findings(_sent()))
    except DomainError as error:
        return private(_page(error=error), error.status if error.status >= 400 else 422)
    return private(_page(found=found))


@bp.get("/verify/rows.json")
@act(Act.FOLLOW)
def verify_rows() -> ResponseReturnValue:
    """For a browser that checks a receipt: the hashes of comments that have their row."""
    numbers = request.args.getlist("number", type=int)[:NUMBERS]
    numbers = [each for each in numbers if 0 < each < 2**31]
    rows = counted_rows(request.args.get("consultation", ""), numbers)
    if rows is None:
        return {"rows": None}
    return {"rows": {str(number): hashes for number, hashes in rows.items()}}


def _page(*, found: list[Finding] | None = None, error: DomainError | None = None) -> str:
    return render_template(
        "public/verify.html",
        told=[Told(each.holds, sentence(each)) for each in found or ()],
        good=bool(found) and all(each.holds is not False for each in found or ()),
        checked=found is not None,
        error=message(error) if error else "",
        typed=request.form.get("code", "")[:60],
        words={code: [str(each) for each in forms] for code, forms in WORDS.items()},
        cannot=[str(WORDS[code][0]) for code in CANNOT],
    )


def sentence(found: Finding) -> str:
    """A finding in the reader's language."""
    params = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in found.params.items()
    }
    return str(WORDS[found.code][{True: 0, False: 1, None: 2}[found.holds]]) % params


def _sent() -> bytes:
    """The receipt that is to be checked. Raises `receipt_missing`, `code_unknown`, `…_large`."""
    file = request.files.get("receipt")
    data = file.read(LARGEST + 1) if file else b""
    text = request.form.get("text", "").strip()
    if len(data) > LARGEST or len(text) > LARGEST:
        raise DomainError("receipt_large", field="receipt", status=413)
    if data:
        return data
    if text:
        return _from_code(text)
    if not request.form.get("code", "").strip():
        raise DomainError("receipt_missing", field="code", status=422)
    receipt = find_receipt(request.form["code"][:60])
    if receipt is None:
        raise DomainError("code_unknown", field="code", status=404)
    return in_one_form(receipt)


def _from_code(text: str) -> bytes:
    """What a QR code holds is the receipt in its shortest form; as it is, where it is not."""
    try:
        said = json.loads(text)
        if canonical(said) == text.encode():
            return in_one_form(said)
    except (ValueError, RecursionError):
        pass
    return text.encode()


def _findings(data: bytes) -> list[Finding]:
    keys = [Key(each.verifier) for each in public_keys()]
    about = _about(data)
    if about is None:
        return list(check_receipt(data, keys))
    rows = counted_rows(*about)
    found = list(check_receipt(data, keys, rows))
    return found if rows is not None else [*found, Finding("receipt_rows", None)]


def _about(data: bytes) -> tuple[str, list[int]] | None:
    """The consultation and the numbers of the comments that a receipt speaks of."""
    try:
        entry: Any = read_receipt(data)["entries"][0]
        numbers = [int(each) for each in hashes_of(entry) if 0 < int(each) < 2**31]
        return str(entry["content"]["consultation"]), numbers[:NUMBERS]
    except BAD:  # `check_receipt` will say so
        return None
