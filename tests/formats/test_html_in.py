"""HTML: its text and structure, and nothing that could run."""

from __future__ import annotations

import pytest

from portal.domain.drafts import ProvisionKind, Tracked
from portal.domain.errors import DomainError
from portal.formats.draft_files.html_in import read_html
from portal.formats.draft_files.reading import read_draft


def paragraphs(page: str, tracked: Tracked = Tracked.ACCEPT) -> list[str]:
    return read_html(page.encode(), tracked)[0].text.strip().split("\n\n")


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<ol><li>أ<li>ب</ol>", ["1. أ", "2. ب"]),
        ("<ol start=4><li>أ<li value=9>ب<li>ت</ol>", ["4. أ", "9. ب", "10. ت"]),
        ("<ol type=a><li>x<li>y</ol>", ["a. x", "b. y"]),
        ("<ol type=I><li>x<li>y</ol>", ["I. x", "II. y"]),
        ("<ol reversed><li>x<li>y</ol>", ["2. x", "1. y"]),
        ('<ol style="list-style-type: arabic-indic"><li>x</ol>', ["١. x"]),
        ("<ol><li>أ<ol type=a><li>ب</ol><li>ت</ol>", ["1. أ", "a. ب", "2. ت"]),
        ("<ol><li><p>أ</p><p>ب</p></ol>", ["1. أ", "ب"]),
        ("<ul><li>أ</ul>", ["• أ"]),
        ("<p>سطر<br>ثان\nمتصل", ["سطر\nثان متصل"]),
        ("<pre>سطر\nثان</pre>", ["سطر\nثان"]),
        ("<p>قبل <!-- x --><script>evil()</script><style>p{}</style>بعد", ["قبل بعد"]),
        ("<div>أ<div>ب</div>ت</div>", ["أ", "ب", "ت"]),
        ("<p>&lt;b&gt; &amp; &nbsp;", ["<b> &"]),
        ("<b>المادة الأولى</b> يسمى هذا النظام", ["المادة الأولى\nيسمى هذا النظام"]),
        ("<h2>الباب الأول</h2><h3>التعريفات</h3>", ["الباب الأول", "### التعريفات"]),
        (
            "<table><caption>ق</caption><tr><th>أ<th>ب<tr><td rowspan=2>1<td>2<tr><td>3|4</table>",
            ["ق", "| أ | ب |\n| --- | --- |\n| 1 | 2 |\n|  | 3\\|4 |"],
        ),
        ("<table><tr><td colspan=2>1<tr><td>2<td><p>3<p>4</table>", ["| 1 |  |\n| 2 | 3<br>4 |"]),
    ],
)
def test_a_page_is_read_as_it_is_seen(page: str, seen: list[str]) -> None:
    assert paragraphs(page) == seen


def test_marked_changes_are_taken_as_the_reader_says() -> None:
    page = "<p>المدة <del>عشرة</del><ins>خمسة</ins> أيام"
    assert paragraphs(page) == ["المدة خمسة أيام"]
    assert paragraphs(page, Tracked.REJECT) == ["المدة عشرة أيام"]
    assert read_html(page.encode(), Tracked.ACCEPT)[1] == 2


def test_a_page_becomes_a_tree_with_its_table_in_its_article() -> None:
    page = (
        "<!doctype html><title>لا</title><h1>مشروع نظام</h1><h3>المادة 1: الرسوم</h3><p>كما يلي:"
        "<table><tr><td>1<td>2</table><ol type=1><li>بند</ol><img src=x>"
    )
    source = read_draft(page.encode(), "law.html")
    article = source.draft.provisions[1]
    assert source.draft.title == "مشروع نظام"
    assert [child.kind for child in article.children] == [ProvisionKind.TABLE, ProvisionKind.POINT]
    assert [warning.code for warning in source.draft.warnings] == ["pictures_left_out"]


@pytest.mark.parametrize(
    "data",
    [
        "<html><meta charset=windows-1256><p>المادة".encode("cp1256"),
        "<html><p>المادة".encode("cp1256"),
        "<html><p>المادة".encode("utf-8-sig"),
        "<html><p>المادة".encode("utf-16"),
        "<html><meta charset=windows-1256><p>المادة".encode("utf-16"),
    ],
)
def test_the_encoding_is_found(data: bytes) -> None:
    assert read_html(data, Tracked.ACCEPT)[0].text == "المادة\n"


def test_what_is_nested_too_deeply_is_refused_and_not_lost() -> None:
    page = "<html>" + "<div>" * 3_000 + "نص"
    with pytest.raises(DomainError, match="nested_too_deep"):
        read_draft(page.encode())
