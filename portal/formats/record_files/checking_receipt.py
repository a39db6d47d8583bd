"""The verifier, third part: a receipt, alone and against a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portal.formats.record_files.checking import (
    Checkpoint,
    Finding,
    Key,
    committed,
    exactly,
    from_base64,
    need,
    read_leaf,
    root_by_proof,
    roots,
)
from portal.formats.record_files.checking_bundle import BAD, Bundle

RECEIPT = {"format", "reference", "reference_salt", "entries"}
ENTRY = {"content", "salt", "leaf", "index", "proof", "checkpoint", "comments"}


def check_receipt(
    data: bytes, keys: Iterable[Key], rows: Mapping[int, Sequence[str]] | None = None
) -> Iterator[Finding]:
    """Everything that can be told of a receipt.

    `rows`: for each comment with a row in the matrix, the hashes that the record has of it, the
    latest last; None where no matrix is at hand.
    """
    try:
        receipt = read_receipt(data)
    except BAD:
        yield Finding("receipt_form", False)
        return
    entries = receipt["entries"]
    yield Finding("receipt_form", True, {"reference": receipt["reference"]})
    yield Finding("receipt_words", _words(entries), {"comments": len(entries[0]["comments"])})
    yield Finding("receipt_leaf", _leaf(receipt), {"entries": len(entries)})
    placed = [each for each in entries if each["index"] is not None]
    if len(placed) < len(entries):
        yield Finding("receipt_waiting", None, {"entries": len(entries) - len(placed)})
    if placed:
        keys = list(keys)
        signed, good = _signed(placed, keys)
        yield Finding("receipt_signed", signed)
        where = {"index": placed[0]["index"]}
        yield Finding("receipt_tree", good if signed else None, where)
    if rows is not None:
        known = {number: each for entry in entries for number, each in hashes_of(entry).items()}
        odd = [number for number, each in known.items() if each not in rows.get(number, ())]
        yield Finding("receipt_rows", not odd, {"comments": sorted(known), "odd": odd})
        later = [number for number, each in known.items() if each in rows.get(number, ())[:-1]]
        if later:
            yield Finding("receipt_changed", None, {"odd": later})


def against(data: bytes, bundle: Bundle) -> Iterator[Finding]:
    """A receipt held against a bundle that was found good."""
    rows = {number: bundle.history.get(number, ()) for number in bundle.numbers}
    yield from check_receipt(data, bundle.keys, rows)
    try:
        entries = read_receipt(data)["entries"]
        yield Finding("receipt_bundle", all(_stands(each, bundle) for each in entries))
    except BAD:
        return


def _stands(entry: Any, bundle: Bundle) -> bool:
    """Whether the bundle has the entry at its place, opened, under the same checkpoint."""
    index = entry["index"]
    if index is None or index >= len(bundle.leaves):
        return False
    try:
        checkpoint = Checkpoint(entry["checkpoint"], bundle.keys)
    except BAD:
        return False
    size = checkpoint.size
    told = roots(bundle.leaves[:size], {size}).get(size)
    same = size > len(bundle.leaves) or told == checkpoint.root
    opened = bundle.opened.get(index, ("", None))[1]
    return same and bundle.leaves[index].decode() == entry["leaf"] and opened == entry["content"]


def read_receipt(data: bytes) -> Any:
    """A receipt in its one form. Raises what is in `BAD`."""
    receipt = exactly(data, "receipt")
    need(set(receipt) == RECEIPT and receipt["format"] == "radd-receipt-1", "receipt")
    need(receipt["entries"] and all(set(each) == ENTRY for each in receipt["entries"]), "receipt")
    for each in receipt["entries"]:
        placed = [each[name] is not None for name in ("index", "proof", "checkpoint")]
        need(all(placed) or not any(placed), "receipt")
        need(each["index"] is None or type(each["index"]) is int, "receipt")
        need(all(set(said) == {"content", "salt"} for said in each["comments"]), "receipt")
        said = hashes_of(each)
        need(all(type(number) is int for number in said), "receipt")
        need(all(isinstance(hashed, str) for hashed in said.values()), "receipt")
    need(isinstance(receipt["reference"], str), "receipt")
    return receipt


def hashes_of(entry: Any) -> dict[int, str]:
    """Number and hash of the comments that an entry speaks of."""
    content = entry["content"]
    if "comments" in content:
        return {each["number"]: each["hash"] for each in content["comments"]}
    return {content["comment"]: content["hash"]}


def _words(entries: list[Any]) -> bool | None:
    """Whether the texts are those that the hashes commit to; None where the receipt has none."""
    if not any(each["comments"] for each in entries):
        return None
    try:
        return all(
            hashes_of(entry)
            == {
                each["content"]["number"]: committed(each["salt"], each["content"])
                for each in entry["comments"]
            }
            for entry in entries
        )
    except BAD:
        return False


def _leaf(receipt: Any) -> bool:
    """Whether each leaf commits to what the receipt says, and the first to its reference."""
    first, *others = receipt["entries"]
    try:
        reference = committed(receipt["reference_salt"], receipt["reference"])
        need(first["content"]["reference"] == reference, "reference")
        need(all(set(hashes_of(each)) <= set(hashes_of(first)) for each in others), "comment")
        for each in receipt["entries"]:
            leaf, slug, kind = read_leaf(each["leaf"])
            need(kind == ("received" if each is first else "edited"), "kind")
            need(slug in ("", each["content"]["consultation"]), "consultation")
            need(committed(each["salt"], each["content"]) == leaf, "leaf")
    except BAD:
        return False
    return True


def _signed(entries: list[Any], keys: list[Key]) -> tuple[bool, bool]:
    """Whether a key of the log signed the checkpoints, and the proofs lead to their roots."""
    signed = good = True
    for each in entries:
        try:
            checkpoint = Checkpoint(each["checkpoint"], keys)
        except BAD:
            signed = False
            continue
        try:
            proof = [from_base64(part) for part in each["proof"]]
            leaf = each["leaf"].encode()
            top = root_by_proof(leaf, each["index"], checkpoint.size, proof)
            good = good and top == checkpoint.root
        except BAD:
            good = False
    return signed, good
