"""Submissions: who sends, for whom, by which way; what a submission must be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.anchor_words import Position
from portal.domain.attachments import MAX_FILES
from portal.domain.comments import TEXT_LIMIT, CommentType
from portal.domain.errors import DomainError, Refusals
from portal.domain.text import check_words, fold, squeeze

MAX_COMMENTS = 50
NAME_LIMIT = 200
ORGANISATION_LIMIT = 300
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
CODE_LENGTH = 16


class Channel(StrEnum):
    PORTAL = "portal"
    WORKSHOP = "workshop"
    LETTER = "letter"
    EMAIL = "email"
    IMPORT = "import"


class SenderClass(StrEnum):
    CITIZEN = "citizen"
    CIVIL_SOCIETY = "civil_society"
    PRIVATE_SECTOR = "private_sector"
    ACADEMIC = "academic"
    GOVERNMENT = "government"


class Governorate(StrEnum):
    """The twelve governorates of the Kingdom."""

    AMMAN = "amman"
    IRBID = "irbid"
    ZARQA = "zarqa"
    BALQA = "balqa"
    MADABA = "madaba"
    MAFRAQ = "mafraq"
    JERASH = "jerash"
    AJLOUN = "ajloun"
    KARAK = "karak"
    TAFILAH = "tafilah"
    MAAN = "maan"
    AQABA = "aqaba"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends. `email` is for news of the comment only and is never published."""

    sender_class: SenderClass = SenderClass.CITIZEN
    name: str = ""
    name_public: bool = False
    organisation: str = ""
    governorate: Governorate | None = None
    email: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What a comment is about: all None is the consultation; ids are the database's."""

    document_id: int | None = None
    version_id: int | None = None
    eid: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One comment as it is sent.

    `quoted` are the words it is about; `at`, `prefix` and `suffix` say where in the words of the
    provision they stand, None and empty where nobody said (`domain.quoting` finds out). `files`
    are the tokens of files kept for it.
    """

    target: Target
    text: str
    type: CommentType = CommentType.SUBSTANTIVE
    proposed: str = ""
    grounds: str = ""
    quoted: str = ""
    place: str = ""
    at: Position | None = None
    prefix: str = ""
    suffix: str = ""
    files: tuple[str, ...] = ()


def check_sender(sender: Sender) -> list[DomainError]:
    """What is wrong with the sender's details, each about its field."""
    found: list[DomainError] = []
    if sender.name_public and not sender.name.strip():
        found.append(DomainError("name_missing", field="name"))
    if sender.sender_class is not SenderClass.CITIZEN and not sender.organisation.strip():
        found.append(DomainError("organisation_missing", field="organisation"))
    for field, limit in (("name", NAME_LIMIT), ("organisation", ORGANISATION_LIMIT)):
        found += check_words(getattr(sender, field), field, limit)
    return found


def check_point(point: Point, prefix: str = "") -> list[DomainError]:
    """What is wrong with a comment; `prefix` goes before the names of its fields."""
    found: list[DomainError] = []
    if not point.text.strip() and not point.proposed.strip():
        found.append(DomainError("comment_empty", field=f"{prefix}text"))
    # Words that were found in the text are the text's own, whatever signs are among them.
    own = () if point.at else ("quoted",)
    for field in ("text", "proposed", "grounds", *own):
        found += check_words(getattr(point, field), f"{prefix}{field}", TEXT_LIMIT)
    if point.quoted.strip() and point.target.eid is None:
        found.append(DomainError("quoted_without_provision", field=f"{prefix}quoted"))
    return found


def check_submission(sender: Sender, points: tuple[Point, ...]) -> None:
    """Raise `Refusals` with all that is wrong, so that nothing has to be sent twice."""
    found: list[DomainError] = []
    if not points:
        found.append(DomainError("comment_empty", field="comments-0-text"))
    if len(points) > MAX_COMMENTS:
        found.append(DomainError("too_many_comments", maximum=MAX_COMMENTS))
    if sum(len(point.files) for point in points) > MAX_FILES:
        found.append(DomainError("attachments_many", maximum=MAX_FILES))
    for index, point in enumerate(points):
        found += check_point(point, f"comments-{index}-")
    found += check_sender(sender)
    if found:
        raise Refusals(found)


def text_key(text: str, proposed: str) -> str:
    """Equal for texts that differ only in spelling variants and white space."""
    return hashlib.sha256(fold(squeeze(f"{text}\n{proposed}")).encode()).hexdigest()


def sender_key(slug: str, sender: Sender, code: str) -> str:
    """What distinct senders are counted by, in one consultation.

    The address where one was left, else name and organisation, else the submission itself: a
    person who sends twice without a name counts twice, and the page says how it is counted.
    """
    if sender.email:
        who = fold(sender.email.strip())
    elif sender.name.strip() or sender.organisation.strip():
        who = fold(squeeze(f"{sender.name}\n{sender.organisation}"))
    else:
        who = code
    return hashlib.sha256(f"{slug}\n{who}".encode()).hexdigest()


def clean_code(typed: str) -> str:
    """A receipt's code as it was made, from how people type it (O for 0, I and L for 1)."""
    plain = "".join(char for char in typed.upper() if char.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))


def shown_code(code: str) -> str:
    """A receipt's code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
