"""Drafts as DOCX, PDF and Markdown: whole, in order, and opened by other programs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from portal.domain.draft_naming import with_eids
from portal.domain.draft_parsing import parse
from portal.domain.draft_tree import ParsedDraft, walk
from portal.domain.text import is_harmless
from portal.formats.draft_files.about import FileLanguage
from portal.formats.draft_files.reading import read_draft
from portal.formats.draft_files.shown import shown, storable
from portal.formats.draft_files.writing import FileFormat, write_draft
from tests.domain.test_draft_properties import shape, texts
from tests.factories.drafts import CASES, LAW, OWN, Case
from tests.fixtures import apps
from tests.fixtures.programs import in_order, pdf_text, soffice_text, unseen, words
from tests.formats.drafts import TABLE, K, everything, provision, text_of, translated
from tests.formats.trees import ABOUT, drafts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LANGUAGES: tuple[FileLanguage, ...] = ("ar", "both")
A_FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True, scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The words around a draft are translated, which needs the portal but no database."""
    folder = tmp_path_factory.mktemp("writing")
    with apps.running(folder, "postgresql://nobody@127.0.0.1:1/nothing"):
        yield


def written(draft: ParsedDraft, format: FileFormat, lang: FileLanguage = "ar") -> bytes:
    return write_draft(draft, format, ABOUT, lang)


def docx_text(data: bytes) -> str:
    """The words of a DOCX in the order in which they stand in it."""
    body = Document(io.BytesIO(data)).element.body
    parts = dict.fromkeys((f"{W}p", f"{W}br", f"{W}tab"), "\n")
    return "".join(
        each.text or "" if each.tag == f"{W}t" else parts.get(each.tag, "") for each in body.iter()
    )


@given(drafts())
@A_FEW
def test_any_tree_is_written_whole_as_docx(draft: ParsedDraft) -> None:
    data = written(draft, FileFormat.DOCX)
    for name in ZipFile(io.BytesIO(data)).namelist():
        if name.endswith(".xml"):
            etree.fromstring(ZipFile(io.BytesIO(data)).read(name))
    said = " ".join(f"{node.heading} {node.text}" for node, _depth in walk(draft.provisions))
    wanted = words(shown(said.replace("<br>", " ").replace("\\|", "|")))
    assert in_order(wanted, words(docx_text(data))) == []


@given(drafts(), st.sampled_from(LANGUAGES))
@settings(A_FEW, max_examples=50)
def test_any_tree_is_written_as_pdf(draft: ParsedDraft, lang: FileLanguage) -> None:
    assert written(draft, FileFormat.PDF, lang).startswith(b"%PDF-1.7")


@given(texts)
@settings(A_FEW, max_examples=100)
def test_markdown_reads_back_as_the_same_tree(text: str) -> None:
    draft = parse(text)
    again = parse(written(draft, FileFormat.MD).decode())
    assert shape(again) == shape(draft)
    assert again.title == draft.title


@given(drafts())
@settings(A_FEW, max_examples=100)
def test_markdown_loses_no_word_of_a_tree_shaped_by_hand(draft: ParsedDraft) -> None:
    said = " ".join(f"{node.heading} {node.text}" for node, _depth in walk(draft.provisions))
    assert in_order(words(storable(said)), words(written(draft, FileFormat.MD).decode())) == []


HARMLESS = "".join(filter(is_harmless, map(chr, range(0x10000))))


def test_marks_that_deceive_nobody_come_back_and_others_are_shown_by_code() -> None:
    text = "المادة 1:\nن" + "ص".join(HARMLESS) + "ص\u202e\x07\U000e0041."
    draft = parse(text)
    for format in (FileFormat.MD, FileFormat.AKN):
        again = read_draft(written(draft, format), f"draft.{format.value}").draft
        assert again.provisions[0].text == draft.provisions[0].text, format
        assert [w.params for w in again.warnings] == [w.params for w in draft.warnings]
    docx = read_draft(written(draft, FileFormat.DOCX), "draft.docx").source
    assert "ن" + "ص".join(HARMLESS) + "صU+202EU+0007U+E0041." in docx
    found = pdf_text(written(draft, FileFormat.PDF))
    assert unseen(["202E", "0007", "E0041", "FEFF"], found) == []
    assert "200F" not in found


@pytest.mark.parametrize("case", CASES)
def test_a_real_draft_goes_through_every_format(case: Case) -> None:
    draft = parse(case.source)
    wanted = words(text_of(draft))
    again = parse(written(draft, FileFormat.MD).decode())
    assert (shape(again), again.articles) == (shape(draft), case.articles)
    assert in_order(wanted, words(docx_text(written(draft, FileFormat.DOCX)))) == []
    assert unseen(wanted, pdf_text(written(draft, FileFormat.PDF))) == []


@pytest.mark.parametrize("format", FileFormat)
def test_the_same_draft_gives_the_same_bytes(format: FileFormat) -> None:
    draft = translated(everything())
    assert written(draft, format, "both") == written(draft, format, "both")


def test_libreoffice_opens_the_docx_and_finds_all_words_in_order(tmp_path: Path) -> None:
    law = LAW if LAW.file.exists() else OWN
    made = {"own": parse(OWN.source), "law": parse(law.source), "everything": everything()}
    files = []
    for name, draft in made.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(written(draft, FileFormat.DOCX))
    both = tmp_path / "both.docx"
    both.write_bytes(written(translated(made["own"]), FileFormat.DOCX, "both"))
    found = soffice_text(tmp_path, [*files, both])
    for name, draft in made.items():
        assert in_order(words(shown(text_of(draft))), words(found[name])) == [], name
    assert in_order(words(text_of(made["own"])), words(found["both"])) == []
    assert (
        found["both"].count("Translation of")
        == sum(bool(node.text_en) for node, _depth in walk(translated(made["own"]).provisions)) - 1
    ), "all but that of the title"


def test_the_docx_runs_from_right_to_left() -> None:
    data = written(everything(), FileFormat.DOCX)
    opened = Document(io.BytesIO(data))
    body = opened.element.body
    law = opened.styles["Law"].element
    assert law.find(f"{W}pPr/{W}bidi") is not None
    assert law.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ar-JO"
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in body.iter(f"{W}tbl"))
    assert body.find(f"{W}sectPr/{W}bidi") is not None
    runs = {run.findtext(f"{W}t"): run.find(f"{W}rPr/{W}rtl") for run in body.iter(f"{W}r")}
    assert runs["Open Government"].get(f"{W}val") == "0"
    assert runs["079 000 0000"].get(f"{W}val") == "0"
    assert runs["ولا ترد الرسوم."].get(f"{W}val") == "1"


def test_the_docx_has_headings_a_foot_and_properties() -> None:
    draft = everything()
    opened = Document(io.BytesIO(written(draft, FileFormat.DOCX)))
    heads = {each.text: each.style.name for each in opened.paragraphs if each.style}
    assert heads["الفصل الأول: أحكام عامة"] == "Heading 1"
    assert heads["المادة 1: التسمية والنفاذ"] == "Heading 2"
    assert heads["الملحق رقم (1)\nنموذج الطلب"] == "Heading 1"
    assert heads[draft.title] == "Title"
    foot = opened.sections[0].footer.paragraphs[0]
    assert "النسخة 2، نُشرت في 1 تشرين الثاني 2026" in foot.text
    fields = {each.get(f"{W}instr") for each in foot._p.iter(f"{W}fldSimple")}
    assert fields == {" PAGE ", " NUMPAGES "}
    assert opened.core_properties.title == draft.title
    assert opened.core_properties.language == "ar-JO"
    (head, *_rows) = opened.tables[0].rows
    assert head._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert [cell.text for cell in opened.tables[0].rows[2].cells] == [
        *("2", "خدمة Cloud (SaaS)", "12\nدينار")
    ]


def test_the_pdf_is_tagged_and_says_what_it_is() -> None:
    draft = everything()
    reader = PdfReader(io.BytesIO(written(draft, FileFormat.PDF)))
    catalogue: Any = reader.root_object
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "ar-JO"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == draft.title
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == ABOUT.day
    tags = _tags(catalogue["/StructTreeRoot"])
    assert {"/H1", "/H2", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TH", "/TD", "/P"} <= tags
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]


def _tags(element: object) -> set[str]:
    """The tags of a structure tree."""
    if isinstance(element, list):
        return {tag for each in element for tag in _tags(each.get_object())}
    if not isinstance(element, dict):
        return set()
    own = {str(element["/S"])} if "/S" in element else set()
    kids = element.get("/K")
    return own | (_tags(kids.get_object()) if kids is not None else set())


def test_the_pdf_shows_by_its_code_what_no_font_can_draw() -> None:
    text = pdf_text(written(everything(), FileFormat.PDF))
    for code in ("U+202E", "U+0007", "U+1F600"):
        assert code in text


def test_the_pdf_has_all_words_of_tables_and_annexes_and_the_translation() -> None:
    draft = everything()
    text = pdf_text(written(draft, FileFormat.PDF))
    assert unseen(words("إصدار الترخيص ولا ترد الرسوم حالات خاصة بند أول على سطرين"), text) == []
    assert unseen(words("نموذج الطلب يملأ النموذج الاسم العنوان بند ملحق"), text) == []
    both = pdf_text(written(translated(draft), FileFormat.PDF, "both"))
    assert "Translation of" in both
    assert "Translation of" not in pdf_text(written(translated(draft), FileFormat.PDF))


@pytest.mark.parametrize("lang", ["ar", "both"])
@pytest.mark.parametrize("depth", [1, 30])
def test_an_annex_within_a_list_and_a_list_without_end_are_printed(
    depth: int, lang: FileLanguage
) -> None:
    annex = provision(K.ANNEX, "الملحق", "1", "جدول", "نص", (provision(K.TABLE, text=TABLE),))
    node = provision(K.POINT, "1-", "1", "", "نهاية", (annex,))
    for _ in range(depth):
        node = provision(K.POINT, "1-", "1", "", "بند", (node,))
    draft = ParsedDraft("", with_eids((node,)), ())
    assert unseen(words("بند نهاية الملحق"), pdf_text(written(draft, FileFormat.PDF, lang))) == []
    assert (
        in_order(
            words("بند نهاية الملحق الخدمة"),
            words(docx_text(written(draft, FileFormat.DOCX, lang))),
        )
        == []
    )


@pytest.mark.parametrize("case", CASES)
def test_a_docx_of_ours_comes_back_as_the_same_tree(case: Case) -> None:
    draft = parse(case.source)
    again = read_draft(written(draft, FileFormat.DOCX), "draft.docx").draft
    assert shape(again) == shape(draft)
    assert again.title == draft.title
