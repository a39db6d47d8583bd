"""Arabic ordinals and small cardinals, as drafts and reports write them, as numbers."""

from __future__ import annotations

from portal.domain.text import fold

_UNITS = {
    name: number
    for number, names in enumerate(
        (
            "اول اولي حادي حاديه",
            "ثاني ثانيه",
            "ثالث ثالثه",
            "رابع رابعه",
            "خامس خامسه",
            "سادس سادسه",
            "سابع سابعه",
            "ثامن ثامنه",
            "تاسع تاسعه",
            "عاشر عاشره",
        ),
        start=1,
    )
    for name in names.split()
}
_TENS = {
    stem + ending: number
    for number, stem in (
        (20, "عشر"),
        (30, "ثلاث"),
        (40, "اربع"),
        (50, "خمس"),
        (60, "ست"),
        (70, "سبع"),
        (80, "ثمان"),
        (90, "تسع"),
    )
    for ending in ("ون", "ين")
}
_CARDINALS = {
    name: number
    for number, names in enumerate(
        (
            "واحد واحده",
            "اثنان اثنين اثنتان اثنتين",
            "ثلاث ثلاثه",
            "اربع اربعه",
            "خمس خمسه",
            "ست سته",
            "سبع سبعه",
            "ثمان ثماني ثمانيه",
            "تسع تسعه",
            "عشر عشره",
        ),
        start=1,
    )
    for name in names.split()
}
_HUNDREDS = {
    "مئه": 100,
    "مائه": 100,
    "مئتان": 200,
    "مئتين": 200,
    "مائتان": 200,
    "مائتين": 200,
}
CARDINAL_WORDS = tuple(sorted(_CARDINALS, key=len, reverse=True))


def cardinal(word: str) -> int | None:
    """The number that a folded word or its digits say (1-10 in words), or None."""
    return int(word) if word.isdecimal() else _CARDINALS.get(word)


def ordinal(text: str) -> int | None:
    """The number that `text` says, whole: الأول، الثانية عشرة، الحادي والعشرون، 3، (٣)، رقم 3.

    Words go to 299 (`الأولى بعد المئة`), digits to 999; None for anything else.
    """
    words = fold(text).strip("() ").split()
    if words and words[0] == "رقم":
        words = words[1:]
    if len(words) > 2 and words[-2] == "بعد":
        hundreds = _HUNDREDS.get(words[-1].removeprefix("ال"))
        below = _below_hundred(words[:-2])
        return hundreds + below if hundreds and below else None
    if len(words) == 1 and (hundreds := _HUNDREDS.get(words[0].removeprefix("ال"))):
        return hundreds
    return _below_hundred(words)


def _below_hundred(words: list[str]) -> int | None:
    if len(words) == 1:
        return _single(words[0].strip("()"))
    if len(words) == 2:
        return _compound(*words)
    return None


def _single(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) <= 3 else None
    bare = word.removeprefix("ال")
    return _UNITS.get(bare) or _TENS.get(bare)


def _compound(first: str, second: str) -> int | None:
    unit = _UNITS.get(first.removeprefix("ال"))
    if unit is None or unit > 9:
        return None
    if second in ("عشر", "عشره"):
        return 10 + unit
    tens = _TENS.get(second.removeprefix("و").removeprefix("ال")) if second[0] == "و" else None
    return tens + unit if tens else None
