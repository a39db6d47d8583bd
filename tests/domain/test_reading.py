"""The words of a version as one text: positions in it and in a provision say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.reading import Chosen, Provision, read

ARTICLE = (
    Provision("art_1", 0, "التعريفات", "يقصد بهذه الكلمات:"),
    Provision("art_1__para_a", 1, "", "المستخدِم"),
    Provision("art_1__para_b", 1, "", "المزوِّد"),
    Provision("art_2", 0, "", "تسري أحكام هذا النظام."),
)


def test_words_of_a_provision_are_its_own_and_those_below() -> None:
    reading = read(ARTICLE)
    assert reading.words("art_1") == "التعريفات\nيقصد بهذه الكلمات:\nالمستخدِم\nالمزوِّد"
    assert reading.words("art_1__para_b") == "المزوِّد"
    assert reading.words("art_2") == "تسري أحكام هذا النظام."


def test_chosen_words_belong_to_the_smallest_provision_that_holds_them() -> None:
    reading = read(ARTICLE)
    at = reading.text.index("المزوِّد")
    assert reading.choose(at, at + 3) == Chosen("art_1__para_b", 0, 3)
    across = reading.text.index("المستخدِم")
    assert reading.choose(across, at + 3) == Chosen("art_1", across, at + 3)
    assert reading.choose(at, len(reading.text)) is None
    assert reading.choose(3, 3) is None


texts = st.text("اب ت\n", max_size=6)


@given(st.lists(st.tuples(st.integers(0, 3), texts, texts), max_size=12))
def test_every_stretch_is_what_the_provision_says(rows: list[tuple[int, str, str]]) -> None:
    depth = 0
    provisions: list[Provision] = []
    for number, (wanted, heading, text) in enumerate(rows):
        depth = min(wanted, depth + 1) if provisions else 0
        provisions.append(Provision(f"text_{number}", depth, heading, text))
    reading = read(provisions)
    said = {
        (each.eid, each.field): reading.text[each.start : each.end] for each in reading.stretches
    }
    for each in provisions:
        for field in ("heading", "text"):
            assert said.get((each.eid, field), "") == getattr(each, field)
        start, end = reading.spans[each.eid]
        assert 0 <= start <= end <= len(reading.text)
        own = "\n".join(part for part in (each.heading, each.text) if part)
        assert reading.words(each.eid).startswith(own)
