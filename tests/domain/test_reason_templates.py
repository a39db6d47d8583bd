"""Templates of reasons: placeholders of either name, filled where there is something to say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.reason_templates import (
    NAMES,
    Placeholder,
    fill,
    left_open,
    template_faults,
)

VALUES = {Placeholder.PROVISION: "المادة 4/ب", Placeholder.REFERENCE: ""}


def test_both_names_of_a_placeholder_mean_the_same() -> None:
    assert fill("عُدّلت {الحكم} كما ورد.", VALUES) == "عُدّلت المادة 4/ب كما ورد."
    assert fill("{ provision } was changed", VALUES) == "المادة 4/ب was changed"


def test_what_has_nothing_to_stand_for_stays_and_is_noticed() -> None:
    filled = fill("الملاحظة {المرجع} و{body}", VALUES)
    assert filled == "الملاحظة {المرجع} و{body}"
    assert left_open(filled) == "{المرجع}"
    assert left_open("a set {1, 2} and {x}") == ""


def test_a_template_says_something_and_names_known_placeholders_only() -> None:
    assert [e.code for e in template_faults(" ", " ", "")] == [
        "template_title_missing",
        "template_empty",
    ]
    (error,) = template_faults("اسم", "راجع {المادة}", "")
    assert (error.code, error.params["name"]) == ("placeholder_unknown", "{المادة}")
    assert template_faults("اسم", "", "see {provision}") == []
    assert [e.field for e in template_faults("اسم", "a\u202eb", "x" * 5001)] == [
        "text_ar",
        "text_en",
    ]


names = st.sampled_from([each.value for each in Placeholder] + list(NAMES.values()))
pieces = st.lists(
    st.one_of(st.text(alphabet="ab {}،", max_size=5), names.map(lambda n: f"{{{n}}}"))
)


@given(pieces.map("".join))
def test_a_text_that_is_filled_wholly_has_nothing_open_and_all_else_kept(text: str) -> None:
    values = dict.fromkeys(Placeholder, "X")
    filled = fill(text, values)
    assert left_open(filled) == ""
    assert fill(filled, values) == filled
    assert fill(text, {}) == text
