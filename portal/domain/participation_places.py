"""The governorates by their Arabic names, in the spellings that reports use."""

from __future__ import annotations

import re

from portal.domain.submissions import Governorate
from portal.domain.text import fold, squeeze

GOVERNORATE_NAMES = {
    Governorate.AMMAN: "عمان",
    Governorate.IRBID: "إربد",
    Governorate.ZARQA: "الزرقاء",
    Governorate.BALQA: "البلقاء",
    Governorate.MADABA: "مأدبا",
    Governorate.MAFRAQ: "المفرق",
    Governorate.JERASH: "جرش",
    Governorate.AJLOUN: "عجلون",
    Governorate.KARAK: "الكرك",
    Governorate.TAFILAH: "الطفيلة",
    Governorate.MAAN: "معان",
    Governorate.AQABA: "العقبة",
}
_BY_FOLDED = {fold(name).removeprefix("ال"): code for code, name in GOVERNORATE_NAMES.items()}
_BY_FOLDED["عاصمه"] = Governorate.AMMAN
_AND = re.compile(r"\s+و(?=\S)")
_BETWEEN_NAMES = re.compile(r"[-–—،,/؛\n·•]+")


def governorate(name: str) -> Governorate | None:
    """The governorate that `name` says in any usual spelling, or None."""
    folded = " ".join(fold(name).split()).strip(" .:")
    return _BY_FOLDED.get(folded.removeprefix("محافظه ").removeprefix("ال"))


def split_names(text: str) -> list[str]:
    """The names in a list, as written: apart by dashes, commas, slashes, lines, or "and"."""
    return [name for piece in _BETWEEN_NAMES.split(text) for name in _apart(squeeze(piece))]


def _apart(piece: str) -> list[str]:
    """The names joined by "and" or by spaces alone, where each of them is a governorate."""
    whole = piece.strip(" .")
    for names in (_AND.split(whole), [name.removeprefix("و") for name in whole.split()]):
        if governorate(whole) is None and names and all(map(governorate, names)):
            return names
    return [whole] if whole else []
