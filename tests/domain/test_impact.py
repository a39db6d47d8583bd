"""The report of stakeholders' input: grouped by class and article, a campaign told once."""

from __future__ import annotations

from typing import Any

from portal.domain.impact import gather
from portal.domain.submissions import SenderClass


def row(ref: str, **more: Any) -> dict[str, Any]:
    return {
        "ref": ref,
        "document": {"ar": "تعليمات (مثال)", "en": ""},
        "provision": "art_4__para_b",
        "submitter_class": "citizen",
        "on_behalf_of": "",
        "channel": "portal",
        "group": "",
        "disposition": "noted",
        "response": {"ar": "رد", "en": ""},
        "comment": ["كلام"],
        "proposed_text": [],
        "place_of_change": [],
        "text_before": [],
        "text_after": [],
        **more,
    }


def test_rows_stand_by_class_and_article() -> None:
    change = {"document": 1, "version": 2, "eid": "art_4"}
    found = gather(
        [
            row("1", submitter_class="academic", on_behalf_of="مركز (مثال)", channel="letter"),
            row(
                "2",
                provision="art_5",
                disposition="accepted",
                place_of_change=[change],
                text_before=["قبل"],
                text_after=["بعد"],
            ),
            row("3"),
            row(
                "4",
                disposition="accepted",
                place_of_change=[change],
                text_before=["قبل"],
                text_after=["بعد"],
            ),
        ]
    )
    assert list(found.classes) == [SenderClass.CITIZEN, SenderClass.ACADEMIC]
    citizens = found.classes[SenderClass.CITIZEN]
    assert [each.article for each in citizens.articles.values()] == ["art_5", "art_4"]
    assert list(found.classes[SenderClass.ACADEMIC].organisations) == ["مركز (مثال)"]
    assert found.channels == {"letter": 1, "portal": 3}
    assert [each.refs for each in found.changes.values()] == [["2", "4"]]


def test_a_comment_that_was_split_counts_once() -> None:
    found = gather([row("7.1"), row("7.2"), row("7.11"), row("8")])
    assert found.classes[SenderClass.CITIZEN].comments == 2
    assert found.channels == {"portal": 2}
    (article,) = found.classes[SenderClass.CITIZEN].articles.values()
    assert len(article.told) == 4


def test_a_campaign_is_told_once_with_all_its_references() -> None:
    campaign = [row("1"), row("2", group="1"), row("3", group="1"), row("4")]
    other_answer = row("5", group="1", disposition="clarified")
    found = gather([*campaign, other_answer])
    (article,) = found.classes[SenderClass.CITIZEN].articles.values()
    assert [told.refs for told in article.told] == [["1", "2", "3"], ["4"], ["5"]]
