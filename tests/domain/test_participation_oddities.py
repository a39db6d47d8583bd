"""Forms that reports take, and what is odd in them: small texts, one thing each."""

from __future__ import annotations

import json
from datetime import date

import pytest

from portal.domain.ordinals import ordinal
from portal.domain.participation import WorkshopReport, as_json, parse_report
from portal.domain.participation_times import odd_times, read_date

FACTS = """\
التاريخ: 12/3/2024
المكان: قاعة البيدر
عدد الحضور: 31 (16 إناث / 15 ذكور)
المحافظات: عمان - جرش
"""
BODY = """\
التوصيات
الالتزام الأول: الحدائق
· زراعة الأشجار
"""


def found(text: str) -> list[tuple[str, int | None]]:
    return [(warning.code, warning.line) for warning in parse_report(text).warnings]


def texts(report: WorkshopReport) -> list[tuple[int | None, int | None, list[str], list[str]]]:
    return [
        (
            document.number,
            axis.number,
            [bullet.text for bullet in axis.recommendations],
            [bullet.text for bullet in axis.indicators],
        )
        for document in report.documents
        for axis in document.axes
    ]


def test_a_plain_report_gives_no_warning() -> None:
    assert found(FACTS + BODY) == []


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("12/3/2024", "الأربعاء 12/3/2024", "weekday_differs"),
        ("12/3/2024", "31/2/2024", "date_not_understood"),
        ("التاريخ: 12/3/2024", "", "date_missing"),
        ("المكان: قاعة البيدر", "", "place_missing"),
        ("16 إناث", "17 إناث", "attendance_does_not_add_up"),
        ("عدد الحضور: 31 (16", "عدد الحضور: (16", "attendance_total_missing"),
        ("عدد الحضور: 31 (16 إناث / 15 ذكور)", "", "attendance_missing"),
        ("عمان - جرش", "عمان - وادي القمر", "governorate_unknown"),
        ("عمان - جرش", "عمّان - عمان", "governorate_repeated"),
        ("المحافظات: عمان - جرش", "", "governorates_missing"),
        ("المكان:", "الوقت: 19:00 صباحًا\nالمكان:", "time_implausible"),
        ("المكان:", "الوقت: 3:00 مساءً - 10:00 صباحاً\nالمكان:", "time_order"),
        ("الالتزام الأول", "الالتزام الثالث", "document_missing"),
        ("زراعة", "[bookmark: _Ref1]زراعة", "bookmark_in_text"),
        ("الأشجار", "الأشجار https://example.org/a", "link_in_text"),
        ("زراعة", 'زراعة "', "quote_not_closed"),
        ("الأشجار", "الأشجار\n·\n", "empty_bullet"),
        ("الأشجار", "الأشجار\n· زراعه  الاشجار.", "bullet_repeated"),
        ("الأشجار", "الأشجار في المحور الثاني", "axis_not_found"),
        ("الأشجار", "الأشجار\nفي الساحات", "lines_joined"),
        ("الأشجار", "الأشجار\n\nشكر المشاركون القائمين.", "text_left_out"),
        ("الأشجار", "الأشجار\nالمحور الأول\n· بند\nالمحور الثالث\n· ثان", "axis_missing"),
        ("الأشجار", "الأشجار\nالمحور الأول\n· بند\nالمحور الأول\n· ثان", "axis_repeated"),
        ("الأشجار", "الأشجار\nالمحور الأول", "axis_empty"),
        ("الأشجار", "الأشجار\nالالتزام الأول\n· بند", "document_repeated"),
        ("· زراعة الأشجار", "1. زراعة\n2. ري\n4. تقليم", "bullet_number_unexpected"),
        ("التوصيات\n", "أسماء المشاركين:\n· س ص\n\nالتوصيات\n", "people_left_out"),
        ("التوصيات\nالالتزام الأول: الحدائق", "التوصيات", "bullets_without_document"),
        ("التوصيات\n", "تضمنت الخطة التزامات:\nالالتزام 1: المياه\nالتوصيات\n", "title_differs"),
        (
            "التوصيات\n",
            "وهي ثلاثة التزامات:\nالالتزام 1: الحدائق\nالتوصيات\n",
            "document_count_differs",
        ),
        ("الأشجار", "الأشجار\nالأطر الزمنية: شهر", "time_frames_left_out"),
    ],
)
def test_one_oddity_gives_its_warning_alone(before: str, after: str, code: str) -> None:
    text = FACTS + BODY
    assert before in text
    assert [each for each, _ in found(text.replace(before, after))] == [code]


def test_documents_of_the_list_are_compared_with_those_discussed() -> None:
    text = (
        FACTS
        + "الالتزام الأول: الحدائق.\nالالتزام الثاني: المياه\n\n"
        + BODY
        + "الالتزام الثالث: الطرق\n· رصف الشارع\n"
    )
    assert found(text) == [
        ("document_without_recommendations", 6),
        ("document_not_listed", 11),
    ]
    assert [(d.number, d.title) for d in parse_report(text).documents] == [
        (1, "الحدائق"),
        (2, "المياه"),
        (3, "الطرق"),
    ]


def test_an_oddity_in_the_text_is_kept_in_the_text() -> None:
    report = parse_report(FACTS + BODY.replace("زراعة", "[bookmark: _Ref1]زراعة  كل"))
    assert texts(report) == [(1, None, ["[bookmark: _Ref1]زراعة  كل الأشجار"], [])]


@pytest.mark.parametrize("mark", ["·", "•", "-", "*", "o", "–", "▪", "\uf0b7", "\u200f·", "\t· "])
def test_bullet_marks(mark: str) -> None:
    report = parse_report(f"التوصيات\nالالتزام الأول: س\n{mark} أول\n{mark} ثان\n")
    assert texts(report) == [(1, None, ["أول", "ثان"], [])]


@pytest.mark.parametrize("form", ["{}.", "{})", "({})", "{}-"])
def test_numbered_bullets(form: str) -> None:
    rows = "\n".join(f"{form.format(number)} بند {number}" for number in "١٢3")
    report = parse_report(f"{FACTS}التوصيات\nالالتزام الأول: س\n{rows}\n")
    assert texts(report) == [(1, None, ["بند ١", "بند ٢", "بند 3"], [])]
    assert report.warnings == ()


@pytest.mark.parametrize(
    "heading",
    [
        "المحور الثاني: الري",
        "المحور ٢ - الري",
        "المحور (2): الري",
        "المحور الثّاني (الري)",
        "2- المحور الثاني: الري",
        "المحور الثاني\n:\nالري",
        "المحور الثاني\nالري",
        "المحور رقم 2 / الري",
    ],
)
def test_axis_headings(heading: str) -> None:
    report = parse_report(f"التوصيات\nالالتزام الأول: س\n{heading}\n· بند\n")
    (axis,) = report.documents[0].axes
    assert (axis.number, axis.title, axis.recommendations[0].text) == (2, "الري", "بند")


@pytest.mark.parametrize(
    "bullet", ["المحور الأول: يحتاج إلى تفصيل", "الالتزام الأول: يحتاج إلى تفصيل", "المحور والهدف"]
)
def test_a_recommendation_may_begin_like_a_heading(bullet: str) -> None:
    report = parse_report(f"التوصيات\nالالتزام الأول: س\nالمحور الأول\n· {bullet}\n")
    assert texts(report) == [(1, 1, [bullet], [])]


def test_a_wrapped_bullet_is_one() -> None:
    report = parse_report("التوصيات\nالالتزام الأول: س\n- زراعة\n  الأشجار\n\tفي الساحات \n- ري\n")
    assert texts(report) == [(1, None, ["زراعة الأشجار في الساحات", "ري"], [])]


def test_time_frames_are_no_recommendations() -> None:
    text = (
        "التوصيات\nالالتزام الأول: س\nالمحور الأول\n· بند\nالأطر الزمنية لأنشطة المحور الأول:\n"
        "\tالنشاط الأول\n\t:\n\t3 أشهر\n\n· النشاط الثاني: شهر\n· بند آخر\n"
    )
    assert texts(parse_report(text)) == [(1, 1, ["بند", "بند آخر"], [])]


def test_indicators_end_with_the_next_heading() -> None:
    text = (
        "التوصيات\nالالتزام الأول: س\nالمؤشرات:\n· مؤشر\nالتوصيات:\n· بند\n"
        "مؤشرات القياس المقترحة\n· مؤشر ثان\nالمحور الأول\n· بند ثان\n"
    )
    assert texts(parse_report(text)) == [
        (1, None, ["بند"], ["مؤشر", "مؤشر ثان"]),
        (1, 1, ["بند ثان"], []),
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "",
        "التوصيات\n",
        "خلص المشاركون إلى التوصيات التالية:\n",
        "الوثيقة الأولى: س\nالوثيقة الثانية: ص\n\nمجريات\n· رحب القائمون بالحضور\n\n",
        "الوثيقة الأولى: س\nالوثيقة الثانية: ص\n· رحب القائمون بالحضور\nالتوصيات:\n",
        "الجهات المنفذة هي:\n\nالوثيقة الأولى\n:\nوزارة\n\nالوثيقة الثانية\n:\nهيئة\n\n",
    ],
)
@pytest.mark.parametrize("inner", ["", "التوصيات:\n"])
def test_what_stands_before_the_recommendations_is_not_taken(opening: str, inner: str) -> None:
    body = f"الوثيقة الأولى: س\n{inner}· بند\nالوثيقة الثانية: ص\n{inner}· ثان\n"
    assert texts(parse_report(f"{FACTS}{opening}{body}")) == [
        (1, None, ["بند"], []),
        (2, None, ["ثان"], []),
    ]


@pytest.mark.parametrize(
    ("people", "count"),
    [
        ("ضباط الارتباط الذين حضروا:\n· زيزفون مثال\t: جهة\n· ريحان مثال\t: جهة\n", 2),
        ("أسماء المشاركين\nزيزفون مثال\nريحان مثال\n", 2),
        ("فريق التيسير: زيزفون مثال، ريحان مثال\n", 2),
        ("إعداد: زيزفون مثال\n", 1),
        ("ضباط الارتباط:\nالالتزام الأول\n:\nزيزفون مثال\n\nالالتزام الثاني\n:\nريحان مثال\n", 2),
    ],
)
def test_names_of_people_are_left_out_wherever_they_stand(people: str, count: int) -> None:
    body = BODY + "الالتزام الثاني: المياه\n· إصلاح الشبكة\n"
    for text in (f"{FACTS}\n{people}\n{body}", f"{FACTS}\n{body}\n{people}"):
        report = parse_report(text)
        shown = json.dumps(as_json(report), ensure_ascii=False)
        assert "زيزفون" not in shown
        assert "ريحان" not in shown
        assert [w.params for w in report.warnings] == [{"count": count}]
        assert texts(report) == [
            (1, None, ["زراعة الأشجار"], []),
            (2, None, ["إصلاح الشبكة"], []),
        ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23/6/2022", date(2022, 6, 23)),
        ("٢٣-٦-٢٠٢٢", date(2022, 6, 23)),
        ("2022/06/23", date(2022, 6, 23)),
        ("الخميس الموافق 23 حزيران 2022", date(2022, 6, 23)),
        ("1 تشرين الثاني 2023", date(2023, 11, 1)),
        ("13/13/2022", None),
        ("قريباً", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "10:00 صباحًا - 1:00 ظهرًا",
        "9:30 - 12:00",
        "19:00 مساءً - 21:00",
        "11:00 ظهرا - 2 بعد الظهر",
        "الثلاثاء 12/3/2024",
        "12:00 ظهرًا - 3:00 عصرًا",
    ],
)
def test_usual_times_raise_no_alarm(text: str) -> None:
    assert odd_times(text, 1) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الأول", 1),
        ("الاولى", 1),
        ("العاشرة", 10),
        ("الحادي عشر", 11),
        ("التاسعة عشرة", 19),
        ("العشرون", 20),
        ("الحادية والعشرين", 21),
        ("رقم ٧", 7),
        ("(12)", 12),
        ("العام", None),
        ("الأول من نوعه", None),
    ],
)
def test_ordinals(text: str, expected: int | None) -> None:
    assert ordinal(text) == expected


def test_governorates_in_every_usual_spelling() -> None:
    facts = FACTS.replace("عمان - جرش", "العاصمة، محافظة اربد والزرقاء\nمادبا")
    report = parse_report(facts + BODY)
    assert report.governorates == ("العاصمة", "محافظة اربد", "الزرقاء", "مادبا")
    assert as_json(report)["governorates"] == ["عمان", "إربد", "الزرقاء", "مأدبا"]
