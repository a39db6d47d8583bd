"""The list of insults that hints are given for, kept by moderators: who changed what, when."""

from __future__ import annotations

from datetime import datetime

from portal.domain.accounts import Actor
from portal.domain.errors import DomainError
from portal.domain.text import check_words
from portal.formats.hints.insults import LONGEST, key_of
from portal.models import InsultWord, db
from portal.models.hinting import listed_insults


def set_listed(actor: Actor, now: datetime, word: str, *, listed: bool) -> InsultWord:
    """Add a word to the list, or take it from it. It is taken literally, whatever signs it has.

    Raises `insult_empty`, `text_long`, and (409) `insult_listed`, `insult_unlisted` where nothing
    would change.
    """
    word = " ".join(word.split())
    for error in check_words(word, "word", LONGEST):
        raise error
    if not key_of(word).strip():
        raise DomainError("insult_empty", field="word")
    there = key_of(word) in {key_of(each) for each in listed_insults()}
    if there is listed:
        code = "insult_listed" if listed else "insult_unlisted"
        raise DomainError(code, field="word", status=409, word=word)
    row = InsultWord(
        word=word, key=key_of(word), listed=listed, changed_by=actor.user_id, changed_at=now
    )
    db.session.add(row)
    db.session.flush()
    return row
