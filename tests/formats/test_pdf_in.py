"""PDF: signs put in the order of reading, and the known faults of Arabic pointed out."""

from __future__ import annotations

import pytest

from portal.domain.drafts import DraftFormat
from portal.domain.errors import DomainError
from portal.formats.draft_files.pdf_faults import Faults, without_forms
from portal.formats.draft_files.pdf_glyphs import Glyph
from portal.formats.draft_files.pdf_order import direction, mirrored, reading_order
from portal.formats.draft_files.pdf_pages import draw_page
from portal.formats.draft_files.pdf_running import PageLine, find_running_lines
from portal.formats.draft_files.reading import read_draft
from portal.formats.warnings import warning_words
from tests.factories.files import pdf


def drawn(visual: str) -> list[Glyph]:
    """Signs as they stand on the paper, from left to right."""
    return [Glyph(char, float(at)) for at, char in enumerate(visual)]


@pytest.mark.parametrize(
    ("visual", "read"),
    [
        ("ةداملا", "المادة"),
        (":1 ةداملا", "المادة 1:"),
        ("صن -12", "12- نص"),
        ("6202 ماع", "عام 6202"),
        ("2026/11/25 يف", "في 2026/11/25"),
        ("٪1.5 ةبسن", "نسبة 1.5٪"),
        ("ISO 9001 رايعم", "معيار ISO 9001"),
        ("2016/679 EU قفو", "وفق EU 2016/679"),
    ],
)
def test_a_line_from_right_to_left_is_put_in_order(visual: str, read: str) -> None:
    assert direction(drawn(visual)) != 0
    assert reading_order(drawn(visual), leftwards=True) == read


def test_arabic_words_in_a_line_from_left_to_right() -> None:
    assert reading_order(drawn("The word نوناق means law"), leftwards=False) == (
        "The word قانون means law"
    )


def test_brackets_turned_round_are_turned_back() -> None:
    assert mirrored("المادة )٣( «») [") == "المادة (٣) »«( ]"
    source = read_draft(pdf("المادة (٣)\n\nوفق الفقرة (أ) من المادة (١٢)، [كذا]"))
    assert source.draft.provisions[0].eid == "art_3"
    assert source.draft.provisions[0].text == "وفق الفقرة (أ) من المادة (١٢)، [كذا]"
    (told,) = [w for w in source.draft.warnings if w.code == "pdf_brackets_turned"]
    assert told.params == {
        "count": "2",
        "found": "المادة (٣)، وفق الفقرة (أ) من المادة (١٢)، [كذا]",
    }
    assert warning_words(told)


def test_brackets_of_a_line_from_left_to_right_are_left_as_they_are() -> None:
    source = read_draft(pdf("المادة (٣)\n\nوفق (أ) و (ب).\n\nArticle (5) of the Act")).source
    assert "Article (5) of the Act" in source


def test_a_file_without_turned_brackets_is_not_said_to_have_them() -> None:
    warnings = read_draft(pdf("المادة 3\n\nنص.")).draft.warnings
    assert "pdf_brackets_turned" not in {w.code for w in warnings}


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("عرض االستشارة على الناس", "pdf_lam_alef", "االستشارة"),
        ("وفق األحكام العامة", "pdf_lam_alef", "األحكام"),
        ("استناداً لألحكام", "pdf_lam_alef", "لألحكام"),
        ("واإلعالم خالل مدة", "pdf_lam_alef", "واإلعالم، خالل"),
        ("ال يجوز إال بقرار", "pdf_lam_alef", "إال"),
        ("المادة )٣( من القانون", "pdf_brackets", ")٣("),
        ("وفق الفقرة )أ(، والبند", "pdf_brackets", ")أ("),
        ("قانون رقم 5 لسنة 6202", "pdf_digits", "6202"),
        ("ةداملا ىلوألا", "pdf_backwards", "ةداملا، ىلوألا"),
        ("من تاريخ نشره ف ي", "pdf_parted", "ف ي"),
        ("نص تجريبي كُت ب", "pdf_parted", "كُت ب"),
        ("نص \ue001\ufffd", "pdf_unreadable", "\ue001، \ufffd"),
    ],
)
def test_known_faults_are_pointed_out_with_their_words(text: str, code: str, found: str) -> None:
    faults = Faults()
    faults.look(text, "", page=4, line=17)
    told = {w.code: w for w in faults.warnings}
    assert told[code].params == {"page": "4", "found": found}
    assert told[code].line == 17


@pytest.mark.parametrize(
    "text",
    [
        "لا تسري أحكام الاستشارة إلا خلال المدة (أ) من سنة 2026",
        "الأحكام والإعلام والآثار للأشخاص في الألعاب",
        "المادة (٣): كذا (وكذا)، ثم [كذا].",
        "الله والآن وكلاهما وألاّ",
        "سنة 1999 وعام ٢٠٢٦",
        "الأول و",
        "الفقرة أ",
    ],
)
def test_sound_text_is_no_fault(text: str) -> None:
    faults = Faults()
    faults.look(text, "", page=1, line=1)
    assert faults.warnings == []


def test_only_forms_of_letters_are_normalised() -> None:
    assert without_forms("\ufedf\ufe8e ½ ﬁ ²") == ("لا ½ ﬁ ²", "\ufedf\ufe8e")
    faults = Faults()
    faults.look("لا", "\ufedf\ufe8e", page=1, line=2)
    assert faults.warnings[0].code == "pdf_forms"


def test_faults_without_number_are_told_as_a_number() -> None:
    faults = Faults()
    for line in range(1, 500):
        faults.look("االستشارة", "", page=1, line=line)
    assert [w.code for w in faults.warnings].count("pdf_lam_alef") == 200
    assert faults.warnings[-1].code == "pdf_more_faults"


def page(*lines: str) -> list[PageLine]:
    return [PageLine(line, apart=False) for line in lines]


def test_running_heads_and_page_numbers_are_found_and_nothing_else() -> None:
    texts = ["ألف.", "باء.", "جيم.", "دال."]
    pages = [
        page("الجريدة الرسمية", f"المادة {n}", text, f"- {n} -")
        for n, text in enumerate(texts, start=1)
    ]
    left_out = {line.text for _page, line in find_running_lines(pages)}
    assert left_out == {"الجريدة الرسمية", "- 1 -", "- 2 -", "- 3 -", "- 4 -"}
    two = [page("المادة 1", "نص."), page("المادة 2", "نص.", "صفحة 2 من 2")]
    assert {line.text for _page, line in find_running_lines(two)} == {"صفحة 2 من 2"}


def test_a_page_without_text_is_told() -> None:
    source = read_draft(pdf("المادة 1\n\nنص.\n#pagebreak()\n#rect()\n#pagebreak()\nتتمة."), "a.pdf")
    told = [(w.code, w.params) for w in source.draft.warnings]
    assert ("pdf_page_without_text", {"page": "2"}) in told
    assert (source.format, source.to_confirm) == (DraftFormat.PDF, True)
    assert len(source.page_lines) == 3


def test_a_pdf_without_any_text_says_what_to_do_instead() -> None:
    with pytest.raises(DomainError, match="pdf_without_text"):
        read_draft(pdf("#rect(width: 5cm)"))


def test_pages_are_drawn() -> None:
    data = pdf("نص #pagebreak() آخر")
    picture = draw_page(data, 2, 400)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 400
    with pytest.raises(DomainError, match="not_found"):
        draw_page(data, 3, 400)
    assert int.from_bytes(draw_page(data, 1, 100_000)[16:20], "big") == 2_400


def test_a_page_out_of_all_measure_is_not_drawn() -> None:
    long = pdf("#set page(width: 1cm, height: 500cm)\nن")
    with pytest.raises(DomainError, match="reading_too_large"):
        draw_page(long, 1, 2_000)
