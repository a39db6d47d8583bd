"""Over reports of every arrangement: what goes in comes out, in order, once."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.errors import DomainError
from portal.domain.participation import parse_report
from tests.factories.reports import EXAMPLE_REPORT

ORDINALS = ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن")
MARKS = ("·", "•", "-", "*", "o")

# Invented words: their letters make no heading's, label's or weekday's word.
words = st.text(alphabet="بتجخدرزطفك", min_size=2, max_size=8)
phrases = st.lists(words, min_size=1, max_size=6).map(" ".join)


@dataclass(frozen=True)
class Section:
    """Bullets under a document (axis None) or under an axis with its title."""

    axis: int | None
    title: str
    groups: tuple[tuple[bool, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Made:
    title: str
    sections: tuple[Section, ...]


groups = st.lists(
    st.tuples(st.booleans(), st.lists(phrases, min_size=1, max_size=4).map(tuple)),
    min_size=1,
    max_size=4,
).map(tuple)


@st.composite
def made_documents(draw: st.DrawFn) -> Made:
    numbers = draw(st.lists(st.integers(1, 8), max_size=4, unique=True).map(sorted))
    sections = [
        Section(number, draw(st.one_of(st.just(""), phrases)), draw(groups)) for number in numbers
    ]
    if not numbers or draw(st.booleans()):
        sections.insert(0, Section(None, "", draw(groups)))
    return Made(draw(phrases), tuple(sections))


@dataclass(frozen=True)
class Layout:
    mark: str
    listed: bool
    opened: bool
    spaced: bool
    cells: bool


layouts = st.builds(
    Layout,
    mark=st.sampled_from(MARKS),
    listed=st.booleans(),
    opened=st.booleans(),
    spaced=st.booleans(),
    cells=st.booleans(),
)


def heading(noun: str, number: int, title: str, layout: Layout) -> list[str]:
    label = f"{noun} {ORDINALS[number - 1]}"
    if not title:
        return [label]
    return [f"\t{label}", "\t:", f"\t{title}"] if layout.cells else [f"{label}: {title}"]


def written(documents: list[Made], layout: Layout) -> str:
    lines: list[str] = []
    numbered = list(enumerate(documents, start=1))
    if layout.listed:
        for number, document in numbered:
            lines += [*heading("الالتزام", number, document.title, layout), ""]
        lines += ["مجريات الورشة", f"{layout.mark} رحب القائمون بالحضور", ""]
    if layout.opened or layout.listed:
        lines.append("التوصيات")
    for number, document in numbered:
        lines += heading("الالتزام", number, document.title, layout)
        for section in document.sections:
            lines += section_lines(section, layout)
    return "\n".join(lines)


def section_lines(section: Section, layout: Layout) -> list[str]:
    lines = heading("المحور", section.axis, section.title, layout) if section.axis else []
    indicators = False
    for is_indicators, bullets in section.groups:
        if is_indicators != indicators:
            lines.append("المؤشرات المقترحة" if is_indicators else "التوصيات:")
            indicators = is_indicators
        lines += [f"{layout.mark} {bullet}" for bullet in bullets]
        lines += [""] if layout.spaced else []
    return lines


def expected(section: Section, *, indicators: bool) -> list[str]:
    return [text for kind, texts in section.groups if kind is indicators for text in texts]


@given(st.lists(made_documents(), min_size=1, max_size=5), layouts)
def test_what_goes_in_comes_out(documents: list[Made], layout: Layout) -> None:
    report = parse_report(written(documents, layout))
    assert [(d.number, d.title) for d in report.documents] == [
        (number, document.title) for number, document in enumerate(documents, start=1)
    ]
    for read, document in zip(report.documents, documents, strict=True):
        assert [
            (
                axis.number,
                axis.title,
                [bullet.text for bullet in axis.recommendations],
                [bullet.text for bullet in axis.indicators],
            )
            for axis in read.axes
        ] == [
            (
                section.axis,
                section.title,
                expected(section, indicators=False),
                expected(section, indicators=True),
            )
            for section in document.sections
        ]


_PIECES = [*EXAMPLE_REPORT.split("\n"), "ضباط الارتباط:", "الأطر الزمنية:", ":", "1.", "o", "(3)"]


@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=30)), max_size=40))
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    """No text breaks the reading; every warning has words and a line of the text."""
    text = "\n".join(lines)
    try:
        report = parse_report(text)
    except DomainError:
        return
    assert all(warning.message for warning in report.warnings)
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(warning.line is None or 1 <= warning.line <= last for warning in report.warnings)
