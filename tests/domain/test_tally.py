"""The honest numbers of an edition: comments, texts and senders are three counts."""

from __future__ import annotations

from portal.domain.matrices import Place
from portal.domain.responses import Disposition
from portal.domain.tally import Tally

PLACE = Place(2, "art_4")
ROWS = (
    # comment, text, sender, disposition, class, place, cited
    (1, "a", "x", Disposition.NOTED, "citizen", (1, "art_4"), ()),
    (2, "a", "y", Disposition.NOTED, "citizen", (1, "art_2"), (PLACE,)),
    (3, "b", "y", Disposition.ACCEPTED, "academic", (1, "art_4"), (PLACE,)),
    (3, "b", "y", None, "academic", (None, ""), ()),
)


def tally() -> Tally:
    found = Tally()
    for comment, text, sender, disposition, sender_class, place, cited in ROWS:
        found.add(
            comment_id=comment,
            text=text,
            sender=sender,
            disposition=disposition,
            sender_class=sender_class,
            place=place,
            cited=cited,
        )
    return found


def test_the_three_numbers_are_three() -> None:
    counts = tally().counts()
    numbers = (counts.received, counts.distinct_texts, counts.distinct_senders)
    assert numbers == (3, 2, 2)
    assert counts.provisions_changed == 1


def test_rows_are_counted_by_what_was_decided_and_those_under_study_apart() -> None:
    counts = tally().counts()
    assert counts.dispositions == {"noted": 2, "accepted": 1}
    assert (counts.under_study, counts.answered) == (1, 2)
    assert counts.classes == {"citizen": 2, "academic": 2}


def test_places_come_once_in_the_order_of_the_rows() -> None:
    assert list(tally().places) == [(1, "art_4"), (1, "art_2"), (None, "")]
