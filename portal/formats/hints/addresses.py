"""E-mail addresses and links, also where their signs are written out: `name (at) example.org`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.domain.hints import HintKind
from portal.formats.hints.plain import Plain

Found = tuple[HintKind, int, int, str]

# Every repetition has an end, and what follows one cannot stand inside it: no place of the text
# is read more than some hundred times.
_LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}$|[\u0621-\u064a0-9._-]{1,64}$")
_AT = re.compile(r"@|\s?[\[({]\s?(?:at|@|آت|ات)\s?[\])}]\s?", re.IGNORECASE)
_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|\.|نقطة)\s?[\])}]\s?)"
_LABEL = r"[A-Za-z0-9\u0621-\u064a](?:[A-Za-z0-9\u0621-\u064a-]{0,61}[A-Za-z0-9\u0621-\u064a])?"
_DOMAIN = re.compile(
    rf"(?:{_LABEL}{_DOT}){{1,6}}(?:[A-Za-z]{{2,24}}|[\u0621-\u064a]{{2,12}})", re.IGNORECASE
)
_ENDINGS = (
    "com|net|org|info|biz|edu|gov|mil|int|jo|io|co|me|ly|app|dev|xyz|site|online|store|shop|link|"
    "live|tv|news|blog|club|top|uk|us|de|fr|eu|ae|sa|eg|ps|sy|iq|lb|kw|qa|om|bh|tr|ru|cn|ai|gg"
)
_LINK = re.compile(
    r"(?<![\w@])(?:(?:https?|hxxps?|ftp)://|www\.)[^\s<>\"«»]{1,2000}"
    rf"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}(?:\.|\[\.\])){{1,5}}(?:{_ENDINGS})(?![\w@-])"
    r"(?:[/?#][^\s<>\"«»]{0,2000})?",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'\"،؛؟…)]}"


def emails(text: Plain) -> Iterator[Found]:
    """Addresses with their local part, in Latin or Arabic letters."""
    reached = 0
    for sign in _AT.finditer(text.text):
        local = _LOCAL.search(text.text[max(reached, sign.start() - 64) : sign.start()])
        domain = _DOMAIN.match(text.text, sign.end(), sign.end() + 400)
        if local is None or domain is None:
            continue
        name = local.group().lstrip("._%+-")
        if not name or name.endswith("."):
            continue
        start, end = sign.start() - len(name), domain.end()
        reached = end
        yield HintKind.EMAIL, start, end, ""


def links(text: Plain) -> Iterator[Found]:
    """Addresses of pages, with their scheme or without."""
    for match in _LINK.finditer(text.text):
        shown = match.group().rstrip(_TRAILING)
        if "(" in shown and match.group()[len(shown) : len(shown) + 1] == ")":
            shown += ")"
        if shown.lower() not in ("www", "http://", "https://"):
            yield HintKind.LINK, match.start(), match.start() + len(shown), ""
