"""What Word files hold beside plain paragraphs, and nothing of it lost."""

from __future__ import annotations

import pytest

from portal.domain.drafts import ProvisionKind, Tracked
from portal.formats.draft_files.docx_in import read_docx
from portal.formats.draft_files.reading import read_draft
from tests.factories.files import docx, para, run

BY = 'w:id="1" w:author="x"'


def paragraphs(body: str, tracked: Tracked = Tracked.ACCEPT, **parts: str) -> list[str]:
    text = read_docx(docx(body, **parts), tracked)[0].text
    return [each for each in text.strip().split("\n\n") if each]


def ins(content: str) -> str:
    return f"<w:ins {BY}>{content}</w:ins>"


def gone(text: str) -> str:
    return f"<w:del {BY}>{run(text).replace('w:t', 'w:delText')}</w:del>"


def mark(change: str, text: str) -> str:
    """A paragraph whose end was put in or taken out."""
    return para(run(text), f"<w:rPr><w:{change} {BY}/></w:rPr>")


CHANGED = para(run("تكون المدة ") + gone("عشرة") + ins(run("خمسة عشر")) + run(" يوماً."))


@pytest.mark.parametrize(
    ("body", "accepted", "rejected", "count"),
    [
        (CHANGED, ["تكون المدة خمسة عشر يوماً."], ["تكون المدة عشرة يوماً."], 2),
        (mark("del", "أول ") + para("ثان"), ["أول ثان"], ["أول", "ثان"], 1),
        (mark("ins", "أول ") + para("ثان"), ["أول", "ثان"], ["أول ثان"], 1),
        (
            para(f"<w:moveFrom {BY}>{run('انتقل')}</w:moveFrom>" + run("بقي"))
            + para(f"<w:moveTo {BY}>{run('انتقل')}</w:moveTo>"),
            ["بقي", "انتقل"],
            ["انتقلبقي"],
            2,
        ),
        (para(ins(run("أ") + gone("ب"))), ["أ"], [], 2),
        (
            para(gone("حذف كله"), f"<w:rPr><w:del {BY}/></w:rPr>") + para("باق"),
            ["باق"],
            ["حذف كله", "باق"],
            2,
        ),
    ],
    ids=["words", "end-deleted", "end-inserted", "moved", "nested", "whole"],
)
def test_tracked_changes_are_taken_as_the_reader_says(
    body: str, accepted: list[str], rejected: list[str], count: int
) -> None:
    assert paragraphs(body, Tracked.ACCEPT) == accepted
    assert paragraphs(body, Tracked.REJECT) == rejected
    assert read_draft(docx(body + para("ن")), "x.docx").tracked == count


def row(cells: list[str], change: str = "") -> str:
    written = "".join(f"<w:tc>{para(cell)}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{change}</w:trPr>{written}</w:tr>"


def test_rows_that_were_put_in_or_taken_out() -> None:
    table = (
        row(["ا", "ب"])
        + row(["جديد", "1"], f"<w:ins {BY}/>")
        + row(["قديم", "2"], f"<w:del {BY}/>")
    )
    body = f"<w:tbl>{table}</w:tbl>"
    assert paragraphs(body) == ["| ا | ب |\n| جديد | 1 |"]
    assert paragraphs(body, Tracked.REJECT) == ["| ا | ب |\n| قديم | 2 |"]


def test_properties_before_a_tracked_change_of_them() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 2"/></w:style>'
    change = f'<w:pStyle w:val="h"/><w:pPrChange {BY}><w:pPr/></w:pPrChange>'
    body = para("نطاق التطبيق", change)
    assert paragraphs(body, styles=styles) == ["## نطاق التطبيق"]
    assert paragraphs(body, Tracked.REJECT, styles=styles) == ["نطاق التطبيق"]


def test_a_table_stays_in_its_article_with_merged_cells_and_what_lies_in_them() -> None:
    cells = (
        "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr>"
        f'<w:gridSpan w:val="2"/></w:tcPr>{para("رأس")}</w:tc>'
        f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{para("طويل")}</w:tc></w:tr>'
        f"<w:tr><w:tc>{para('س|ص')}</w:tc><w:tc>{para('أول')}{para('ثان')}</w:tc>"
        f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{para('')}</w:tc></w:tr>"
        f"<w:tr><w:tc><w:tbl>{row(['د', 'ه'])}</w:tbl>{para('')}</w:tc><w:sdt><w:sdtContent>"
        f"<w:tc>{para('مغلف')}</w:tc></w:sdtContent></w:sdt></w:tr>"
    )
    body = (
        para("المادة 1")
        + para("الرسوم:")
        + f"<w:tbl>{cells}</w:tbl>"
        + para("المادة 2")
        + para("ن.")
    )
    article = read_draft(docx(body)).draft.provisions[0]
    (table,) = article.children
    assert (table.kind, table.eid) == (ProvisionKind.TABLE, "art_1__table_1")
    assert table.text.split("\n") == [
        "| رأس |  | طويل |",
        "| --- | --- | --- |",
        "| س\\|ص | أول<br>ثان |  |",
        "| د \\| ه | مغلف |  |",
    ]


def test_a_table_of_one_cell_is_a_frame() -> None:
    assert paragraphs(
        f"<w:tbl><w:tr><w:tc>{para('المادة 1')}{para('نص.')}</w:tc></w:tr></w:tbl>"
    ) == [
        "المادة 1",
        "نص.",
    ]


NOTE = '<w:r><w:{0}Reference w:id="{1}"/></w:r>'
FOOTNOTES = (
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
    + run(" حاشية أولى.")
    + "</w:p></w:footnote>"
)
ENDNOTES = f'<w:endnote w:id="2">{para("تعليق")}{para("ختامي.")}</w:endnote>'


def test_notes_stand_with_their_mark_at_the_end_of_their_provision() -> None:
    body = (
        para(run("المادة 1"))
        + para(run("نص") + NOTE.format("footnote", 2) + run(" له حاشية."))
        + para("سطر آخر.")
        + para(run("أ- فقرة") + NOTE.format("endnote", 2))
        + para("المادة 2")
        + para("نص.")
    )
    draft = read_draft(docx(body, footnotes=FOOTNOTES, endnotes=ENDNOTES)).draft
    first, second = draft.provisions
    assert first.text == "نص[1] له حاشية."
    assert [child.text for child in first.children] == ["سطر آخر.", "[1] حاشية أولى.", "فقرة[2]"]
    assert first.children[2].children[0].text == "[2] تعليق ختامي."
    assert second.text == "نص."


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{0}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{1}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = f"<w:txbxContent>{para('نص في إطار')}</w:txbxContent>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("كلـ") + run("مة", "<w:b/>") + run(" واحدة"), "كلـمة واحدة"),
        (f'<w:hyperlink w:anchor="x">{run("رابط")}</w:hyperlink>', "رابط"),
        (FIELD.format(" REF a ", run("المادة 3")), "المادة 3"),
        (f'<w:fldSimple w:instr="REF a">{run("حقل")}</w:fldSimple>', "حقل"),
        (f"<w:smartTag>{run('ذكي')}</w:smartTag>", "ذكي"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('مضبوط')}</w:sdtContent></w:sdt>", "مضبوط"),
        ("<w:r><w:t>سطر</w:t><w:br/><w:t>ثان</w:t><w:tab/><w:t>بعد</w:t></w:r>", "سطر\nثان بعد"),
        ("<w:r><w:t>أ</w:t><w:noBreakHyphen/><w:t>ب</w:t></w:r>", "أ\u2011ب"),
        (f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>", "نص في إطار"),
        (
            f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice>"
            f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>",
            "نص في إطار",
        ),
        ("<m:oMath><m:r><m:t>س=2</m:t></m:r></m:oMath>", "س=2"),
        (f'<w:bdo w:val="ltr">{run("abc")}</w:bdo>', "\u202dabc\u202c"),
        ('<w:r><w:sym w:char="2022"/></w:r>', "•"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>ق</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r>",
            "ق",
        ),
    ],
)
def test_words_are_found_wherever_they_lie(content: str, text: str) -> None:
    assert paragraphs(para(content)) == [text]


def test_blocks_are_found_in_their_wrappers() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{para('أول')}</w:sdtContent></w:sdt>"
        f"<w:customXml>{para('ثان')}</w:customXml>"
        f"<w:ins {BY}>{para('ثالث')}</w:ins>"
    )
    assert paragraphs(body) == ["أول", "ثان", "ثالث"]


def test_hidden_words_are_shown_and_told() -> None:
    source = read_draft(docx(para("المادة 1") + para(run("ظاهر ") + run("مخفي", "<w:vanish/>"))))
    assert source.draft.provisions[0].text == "ظاهر مخفي"
    told = [(w.code, w.line, w.params["found"]) for w in source.draft.warnings]
    assert told == [("hidden_words", 3, "مخفي")]


def test_a_table_of_contents_is_left_out_and_told() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        "<w:instrText> TOC </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{para('المادة 1 ... 3')}"
        "</w:sdtContent></w:sdt>"
        + para(begin + run("المادة 1 ... 3"))
        + para(run("المادة 2 ... 4"))
        + para(end)
        + para("المادة 1")
        + para("نص.")
    )
    source = read_draft(docx(body))
    assert (source.draft.articles, source.source.count("المادة")) == (1, 1)
    assert source.draft.warnings[0].code == "contents_left_out"


def test_an_open_field_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
    assert paragraphs(para(begin) + para("باق")) == ["باق"]
    deleted = f'<w:del {BY}><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>'
    assert paragraphs(para(begin + deleted + run("بعده"))) == ["بعده"]


@pytest.mark.parametrize(
    ("content", "article"),
    [
        (run("المادة الأولى", "<w:b/>") + run(" يسمى هذا النظام."), "art_1"),
        (run("المادة ", "<w:b/>") + run("(٣)", "<w:b/>") + run(" يسمى هذا النظام."), "art_3"),
        ("<w:r><w:t>المادة 4</w:t><w:tab/><w:t>يسمى هذا النظام.</w:t></w:r>", "art_4"),
        ("<w:r><w:t>المادة 5</w:t><w:br/><w:t>يسمى هذا النظام.</w:t></w:r>", "art_5"),
    ],
)
def test_a_marker_is_parted_from_its_text_as_the_page_shows(content: str, article: str) -> None:
    found = read_draft(docx(para(content))).draft.provisions[0]
    assert (found.eid, found.text) == (article, "يسمى هذا النظام.")


def test_headings_begin_sections_and_divisions() -> None:
    styles = (
        "".join(
            f'<w:style w:type="paragraph" w:styleId="h{n}"><w:name w:val="heading {n}"/></w:style>'
            for n in (1, 2)
        )
        + '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>'
    )
    body = (
        para("سياسة الحدائق", '<w:pStyle w:val="t"/>')
        + para("الغاية", '<w:pStyle w:val="h1"/>')
        + para("نص الغاية.")
        + para("الفصل الأول", '<w:pStyle w:val="h1"/>')
        + para("المادة 1 التعريفات", '<w:pStyle w:val="h2"/>')
        + para("نص.")
    )
    draft = read_draft(docx(body, styles=styles)).draft
    assert draft.title == "سياسة الحدائق"
    kinds = [(node.kind, node.heading) for node in draft.provisions[1:]]
    assert kinds == [(ProvisionKind.SECTION, "الغاية"), (ProvisionKind.CHAPTER, "")]
    article = draft.provisions[2].children[0]
    assert (article.eid, article.heading, article.text) == ("art_1", "التعريفات", "نص.")


def test_the_strict_variant_of_the_standard_is_read_too() -> None:
    strict = docx(para("نص"), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_docx(strict, Tracked.ACCEPT)[0].text == "نص\n"
