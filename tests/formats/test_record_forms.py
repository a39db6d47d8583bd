"""The forms of the record: the example in the guide, canonical JSON as the standard has it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from config import ROOT
from portal.domain.merkle import leaf_hash
from portal.domain.record import Entry, commitment, leaf
from portal.formats.canonical import canonical as rfc8785
from portal.formats.record_files.checking import canonical, committed


def test_the_example_of_the_guide_is_right() -> None:
    guide = (ROOT / "docs" / "integrators.md").read_text(encoding="utf-8")
    _before, _mark, rest = guide.partition("to test a program with:\n\n```json\n")
    said = json.loads(rest.partition("\n```")[0])
    comment, reference, entry = said["comment"], said["reference"], said["entry"]
    for salted, content, wanted in (
        (comment, comment["content"], comment["hash"]),
        (reference, reference["code"], reference["commitment"]),
        (entry, entry["content"], entry["commitment"]),
    ):
        assert committed(salted["salt"], content) == wanted
        assert commitment(bytes.fromhex(salted["salt"]), rfc8785(content)) == wanted
    assert entry["content"]["comments"] == [{"number": 7, "hash": comment["hash"]}]
    assert entry["content"]["reference"] == reference["commitment"]
    at = datetime(2026, 11, 4, 8, tzinfo=UTC)
    assert leaf(Entry.RECEIVED, at, entry["commitment"], "gardens") == entry["leaf"]
    assert leaf_hash(entry["leaf"].encode()).hex() == entry["leaf_hash"]


@given(st.recursive(st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans(), st.lists))
def test_the_verifier_writes_json_as_rfc_8785_has_it(content: object) -> None:
    assert canonical(content) == rfc8785(content)


def test_canonical_json_is_that_of_the_rfc() -> None:
    """The sample of RFC 8785, 3.2.2 and 3.2.4."""
    sample = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '\u20ac$\u000f\u000aA\'B"\\"/',
        "literals": [None, True, False],
    }
    wanted = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\"/"}'
    )
    assert rfc8785(sample).decode() == wanted
