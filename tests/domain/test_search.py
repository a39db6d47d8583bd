"""From typed words to terms, and back to where they stand in a text as it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.search import LENGTH_LIMIT, WORDS_LIMIT, Term, forms, hits, parse, words_in
from portal.domain.text import fold
from tests.shared import WORKSHOP_REPORT, needs_shared

# Letters, marks, tatweel, joiners, digits of three kinds, and letters that fold to more or fewer.
CHARACTERS = st.sampled_from("ابتجحأإآٱةهىيلوفك ءؤًٌَُِّْٰـ١۲3 .،-\u200f\u200c\n\"«»aÉİßﷺﻻé\u0301²§¶_'*")
TEXTS = st.text(CHARACTERS, max_size=60)
ONE = st.text(st.sampled_from("ابجدهوليأة"), min_size=1, max_size=5)


def found(text: str, typed: str) -> list[str]:
    return [text[start:end] for start, end in hits(text, parse(typed))]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("الجهات", [Term(("الجهات",))]),
        ("  حماية \n البيانات ", [Term(("حمايه",)), Term(("البيانات",))]),
        ('"حماية البيانات"', [Term(("حمايه", "البيانات"), exact=True)]),
        ("«حماية البيانات» شخصية", [Term(("حمايه", "البيانات"), exact=True), Term(("شخصيه",))]),
        ("“one Two”", [Term(("one", "two"), exact=True)]),
        ('"إلى"', [Term(("الي",), exact=True)]),
        ('"لم تغلق', [Term(("لم",)), Term(("تغلق",))]),
        ('"" كلمة', [Term(("كلمه",))]),
        ("مدة مُدّة مـدة", [Term(("مده",))]),
        ("١٥ يوم", [Term(("15",)), Term(("يوم",))]),
        ("a_b* OR -c NEAR(d)", [Term((w,)) for w in ("ab", "or", "c", "near", "d")]),
        ("x' & !y | z:*", [Term((w,)) for w in "xyz"]),
    ],
)
def test_what_is_typed_becomes_terms(typed: str, terms: list[Term]) -> None:
    assert sorted(parse(typed)) == sorted(terms)


@pytest.mark.parametrize(
    "typed", ["", "   ", "؟!", '""', "«»", "ـ", "ًٌ", "\u200f", "😀", "§ ¶", "\x00"]
)
def test_what_has_no_word_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match="search_empty"):
        parse(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "ن" * (LENGTH_LIMIT + 1),
        " ".join(f"كلمة{number}" for number in range(WORDS_LIMIT + 1)),
        '"' + " ".join("ن" * (WORDS_LIMIT + 1)) + '"',
    ],
)
def test_what_is_too_much_is_refused(typed: str) -> None:
    with pytest.raises(DomainError, match="search_too_long") as refused:
        parse(typed)
    assert refused.value.field == "q"


def test_the_most_that_may_be_typed_is_taken() -> None:
    assert len(parse(" ".join(f"كلمة{number}" for number in range(WORDS_LIMIT)))) == WORDS_LIMIT
    assert parse("ن" * LENGTH_LIMIT)


FINDS = {
    "جهات": "جهات الجهات وجهات بجهات لجهات كجهات بالجهات للجهات والجهات وللجهات فبالجهات كالجهات",
    "الجهات": "الجهات بالجهات للجهات والجهات وللجهات فبالجهات كالجهات",
    "لجنة": "لجنة اللجنة للجنة وللجنة باللجنة ولجنة",
    "اللجنة": "اللجنة للجنة وللجنة باللجنة",
    "التزام": "التزام الالتزام بالالتزام للالتزام والالتزام بالتزام والتزام",
    "إلكترونية": "إلكترونية الكترونية الإلكترونيّة والإلكترونيه",
    "قانون": "قانون القانون للقانون بقانون",
}
FINDS_NOT = {
    "الجهات": "جهات لجهات",
    "جهات": "جهة اتجاهات توجهات الجهة",
    "لجنة": "جنة الجنة لجان",
    "قانون": "قانونية القانوني قوانين",
    "في": "فيها ففيها صافي",
}


@pytest.mark.parametrize("typed", FINDS)
def test_a_word_is_found_with_what_is_attached_before_it(typed: str) -> None:
    assert found(FINDS[typed], typed) == FINDS[typed].split()


@pytest.mark.parametrize("typed", FINDS_NOT)
def test_nothing_else_is_guessed(typed: str) -> None:
    assert found(FINDS_NOT[typed], typed) == []


@pytest.mark.parametrize(
    ("text", "typed", "spans"),
    [
        ("مُدَّةٌ كافية", "مدة", ["مُدَّةٌ"]),
        ("المـــدة", "مدة", ["المـــدة"]),
        ("في ١٥ يوماً", "15", ["١٥"]),
        ("İstanbul ve", "i̇stanbul", ["İstanbul"]),
        ("Straße", "STRASSE", ["Straße"]),
        ("ﻻ يجوز", "لا", ["ﻻ"]),
        ("حماية البيانات وحماية بيانات", '"حماية البيانات"', ["حماية البيانات"]),
        ("حماية، البيانات", '"حماية البيانات"', ["حماية، البيانات"]),
        ("أ ب أ ب أ", '"أ ب أ"', ["أ ب أ ب أ"]),
        ("أ ب", '"أ ب" أ', ["أ ب"]),
        ("بالبيانات", '"البيانات"', []),
        ("", "مدة", []),
    ],
)
def test_hits_stand_in_the_text_as_it_is_written(text: str, typed: str, spans: list[str]) -> None:
    assert found(text, typed) == spans


@needs_shared
@pytest.mark.parametrize("typed", ["الإلكترونية", "الالكترونية", '"الإلكترونية"'])
def test_the_word_of_the_workshop_report_is_found_seven_times(typed: str) -> None:
    report = WORKSHOP_REPORT.read_text(encoding="utf-8")
    assert len(hits(report, parse(typed))) == 7


@given(TEXTS, ONE)
def test_hits_are_exactly_the_words_that_fold_to_a_form(text: str, typed: str) -> None:
    terms = parse(typed)
    wanted = {form for term in terms for form in term.forms}
    words = list(words_in(text))
    assert [(word.start, word.end) for word in words if word.form in wanted] == list(
        hits(text, terms)
    )


@given(TEXTS)
def test_every_word_of_a_text_finds_itself(text: str) -> None:
    for word in words_in(text):
        assert word.form.isalnum()
        if len(word.form) <= LENGTH_LIMIT:
            spans = hits(text, parse(f'"{word.form}"'))
            assert any(start <= word.start and word.end <= end for start, end in spans)


@given(TEXTS, TEXTS)
def test_hits_are_in_order_apart_and_inside(text: str, typed: str) -> None:
    try:
        spans = hits(text, parse(typed))
    except DomainError:
        return
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text(st.sampled_from("ابجدهوليأةإىمنًّ"), min_size=1, max_size=8))
def test_spelling_variants_of_a_word_find_one_another(word: str) -> None:
    assert hits(word, [Term((fold(word),), exact=True)]) or not fold(word)


def test_the_forms_of_a_word_begin_with_itself_and_never_repeat() -> None:
    for word in ("جهات", "الجهات", "لجنه", "law", "15", "و"):
        made = forms(word)
        assert made[0] == word
        assert len(made) == len(set(made)) <= 27
    assert forms("law") == ("law",)
