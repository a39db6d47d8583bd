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
_BETWEEN_NAMES = re.compile(r"[-–—،,/؛\n·•]+")


def governorate(name: str) -> Governorate | None:
    """The governorate that `name` says in any usual spelling, or None."""
    folded = " ".join(fold(name).split()).strip(" .:")
    return _BY_FOLDED.get(folded.removeprefix("محافظه ").removeprefix("ال"))


def split_names(text: str) -> list[str]:
    """The names in a list, as written: apart by dashes, commas, slashes, lines, or "and"."""
    names: list[str] = []
    for piece in _BETWEEN_NAMES.split(text):
        name = squeeze(piece).strip(" .")
        apart = [word.removeprefix("و") for word in name.split()]
        if len(apart) > 1 and governorate(name) is None and all(map(governorate, apart)):
            names += apart
        elif name.startswith("و") and governorate(name[1:]):
            names.append(name[1:])
        elif name:
            names.append(name)
    return names
