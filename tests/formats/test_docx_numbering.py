"""Automatic numbering becomes the text that a reader of the page sees."""

from __future__ import annotations

import pytest

from portal.domain.drafts import Tracked
from portal.formats.draft_files.docx_in import read_docx
from portal.formats.draft_files.reading import read_draft
from tests.factories.files import docx, item, levels, num, para


def shown(body: str, **parts: str) -> list[str]:
    """The paragraphs as they are read."""
    text = read_docx(docx(body, **parts), Tracked.ACCEPT)[0].text
    return [line for line in text.split("\n") if line]


def start(level: int, value: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


@pytest.mark.parametrize(
    ("kind", "text", "seen"),
    [
        ("arabicAbjad", "%1-", "أ- ب- ج- د- ه-"),
        ("arabicAlpha", "(%1)", "(أ) (ب) (ت) (ث) (ج)"),
        ("hindiNumbers", "%1-", "١- ٢- ٣- ٤- ٥-"),
        ("decimal", "%1.", "1. 2. 3. 4. 5."),
        ("decimalZero", "%1)", "01) 02) 03) 04) 05)"),
        ("lowerLetter", "%1)", "a) b) c) d) e)"),
        ("upperRoman", "%1.", "I. II. III. IV. V."),
        ("bullet", "\uf0b7", "• • • • •"),
        ("bullet", "-", "- - - - -"),
    ],
)
def test_a_number_is_written_in_the_form_of_its_list(kind: str, text: str, seen: str) -> None:
    found = shown("".join(item("نص") for _ in range(5)), numbering=levels((kind, text)) + num(1))
    assert found == [f"{label} نص" for label in seen.split()]


def test_levels_count_within_one_another_and_begin_again() -> None:
    numbering = levels(
        ("decimal", "%1."), ("lowerLetter", "%1.%2)"), ("decimal", "%1.%2.%3")
    ) + num(1)
    depths = [0, 1, 1, 2, 2, 1, 0, 1]
    assert shown("".join(item("x", level=depth) for depth in depths), numbering=numbering) == [
        "1. x",
        "1.a) x",
        "1.b) x",
        "1.b.1 x",
        "1.b.2 x",
        "1.c) x",
        "2. x",
        "2.a) x",
    ]


def test_lists_of_one_definition_count_on_unless_one_says_where_it_starts() -> None:
    numbering = levels(("decimal", "%1-")) + num(1) + num(2) + num(3, overrides=start(0, 7))
    body = "".join(item("x", number) for number in (1, 2, 1, 3, 3, 1))
    assert shown(body, numbering=numbering) == ["1- x", "2- x", "3- x", "7- x", "8- x", "9- x"]


def test_an_override_may_define_the_level_anew() -> None:
    level = (
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
        '<w:numFmt w:val="arabicAbjad"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride>'
    )
    numbering = levels(("decimal", "%1.")) + num(1, overrides=level)
    assert shown(item("x") + item("y"), numbering=numbering) == ["ج) x", "د) y"]


def test_a_level_that_never_restarts_goes_on() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="المادة %2:"/>'
        '<w:lvlRestart w:val="0"/></w:lvl></w:abstractNum>' + num(1)
    )
    body = "".join(item("x", level=depth) for depth in (0, 1, 1, 0, 1))
    assert shown(body, numbering=numbering)[-1] == "المادة 3: x"


def test_legal_levels_show_all_counts_as_digits() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/>'
        '<w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>' + num(1)
    )
    assert shown(item("x") + item("y", level=1), numbering=numbering) == ["I x", "1.1 y"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="article"/><w:pPr><w:numPr>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="p"><w:basedOn w:val="a"/></w:style>'
)
BOUND = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '<w:pStyle w:val="a"/><w:lvlText w:val="المادة %1"/></w:lvl><w:lvl w:ilvl="1">'
    '<w:numFmt w:val="arabicAbjad"/><w:pStyle w:val="p"/><w:lvlText w:val="%2-"/></w:lvl>'
    "</w:abstractNum>" + num(1)
)


def test_numbering_comes_from_styles_and_those_they_are_based_on() -> None:
    body = (
        para("يسمى هذا النظام.", '<w:pStyle w:val="a"/>')
        + para("نص.", '<w:pStyle w:val="p"/>')
        + para("نص.", '<w:pStyle w:val="p"/>')
        + para("يعمل به.", '<w:pStyle w:val="b"/>')
        + para("بلا رقم.", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    draft = read_draft(docx(body, styles=STYLES, numbering=BOUND)).draft
    assert [node.eid for node in draft.provisions] == ["art_1", "art_2"]
    assert [node.text for node in draft.provisions] == ["يسمى هذا النظام.", "يعمل به."]
    assert [node.marker for node in draft.provisions[0].children] == ["أ-", "ب-"]
    assert draft.provisions[1].children[0].text == "بلا رقم."


def test_a_list_that_is_a_style_is_followed_to_its_definition() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + levels(("arabicAbjad", "%1-"), number=6)
        + num(1, 5)
        + num(2, 6)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    assert shown(item("x") + item("y"), styles=styles, numbering=numbering) == ["أ- x", "ب- y"]


def test_numbering_that_contradicts_itself_is_read_and_pointed_out() -> None:
    """Styles based on each other, lists without a definition, levels that are not there."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    )
    numbering = levels(("decimal", "%9 %1-")) + num(1) + num(2, 99) + num(3, overrides=start(0, -4))
    body = "".join(
        [
            para("نص", '<w:pStyle w:val="x"/>'),
            *(item("نص", number, level) for number in (1, 2, 3, 77) for level in (0, 5, 8, 12)),
            item("نص", level=-3),
        ]
    )
    found = shown(body, styles=styles, numbering=numbering)
    assert len(found) == 18
    assert all(line.endswith("نص") for line in found)
    contrary = "المادة 1\n\nب- ن.\n\n3- ن.\n\nأ- ن.\n\n1- ن.\n\nأ- ن.\n\nج- ن.\n\nالمادة 1\n\nن."
    codes = {warning.code for warning in read_draft(contrary.encode()).draft.warnings}
    assert {"number_start", "number_repeat"} <= codes
