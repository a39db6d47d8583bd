"""Submissions: who sends, for whom, by which way."""

from __future__ import annotations

from enum import StrEnum


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
