"""Which passwords are guessed first: words of this place, walks over the keys, repetition."""

from __future__ import annotations

from collections.abc import Iterable

from portal.domain.text import fold

# Not to be a password's whole substance (ASVS 6.1.2); docs/operators.md names them.
WORDS = (
    *("radd", "portal", "consult", "consultation", "participation", "matrix", "password"),
    *("admin", "administrator", "moderator", "drafter", "approver", "committee", "welcome"),
    *("jordan", "amman", "government", "ministry", "bureau", "kingdom"),
    *("بوابة", "استشارة", "استشارات", "مشاركة", "مصفوفة", "كلمة", "المرور", "السر", "مرحبا"),
    *("مدير", "مشرف", "معتمد", "لجنة", "الأردن", "عمان", "حكومة", "وزارة", "جهة", "المملكة"),
)
# Neighbours on the keyboards of Jordan's computers, as one runs a finger along them.
ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "qazwsxedcrfvtgbyhnujm"),
    *("1q2w3e4r5t6y7u8i9o0p", "abcdefghijklmnopqrstuvwxyz"),
    *("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرلاىةوزظ", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
)
WALK = 4  # keys in a row
FEWEST = 5  # different letters, figures or signs in any password
LEFT = 6  # and in what is left of one without all this


def is_guessable(password: str, own: Iterable[str] = ()) -> bool:
    """True where little is left without words of the place, `own` (names of bodies) and walks."""
    whole = plain = "".join(fold(password).split())
    if len(set(plain)) < FEWEST or _repeats(plain):
        return True
    words = {fold(part) for word in (*WORDS, *own) for part in word.replace("-", " ").split()}
    for word in sorted((each for each in words if len(each) >= WALK), key=len, reverse=True):
        plain = plain.replace(word, " ")
    left = _without_walks(plain)
    # Where nothing of the kind is in it, any letters, figures or signs will do.
    return left != whole and len(set(left) - {" "}) < LEFT


def _repeats(plain: str) -> bool:
    """True for one and the same thing over and over: `olive-olive-olive-`."""
    return plain in (plain + plain)[1:-1]


def _without_walks(plain: str) -> str:
    kept, at = [], 0
    rows = [fold(row) for row in ROWS]
    ways = [*rows, *(row[::-1] for row in rows)]
    while at < len(plain):
        end = at + WALK
        if not any(plain[at:end] in way for way in ways) or end > len(plain):
            kept.append(plain[at])
            at += 1
            continue
        while end < len(plain) and any(plain[at : end + 1] in way for way in ways):
            end += 1
        at = end
    return "".join(kept)
