"""`hints_in`: everything that a machine saw in one text, with its place."""

from __future__ import annotations

from portal.domain.hints import MOST, Hint, HintKind, Script, other_script
from portal.formats.hints.addresses import Found, emails, links
from portal.formats.hints.ibans import ibans
from portal.formats.hints.insults import NONE, Insults
from portal.formats.hints.numbers import numbers
from portal.formats.hints.plain import Plain, plain


def hints_in(text: str, insults: Insults = NONE, draft: Script | None = None) -> tuple[Hint, ...]:
    """Hints by their place in `text`, `MOST` at most; none of the personal kinds over another.

    `draft` is the script of the text that is commented on; without it no script is another one.
    """
    seen = plain(text)
    found = [_hint(seen, each) for each in _personal(seen)]
    found += [Hint(HintKind.INSULT, a, b, text[a:b], word) for a, b, word in insults.find(text)]
    if draft is not None:
        whole = other_script(_without(text, found), draft)
        if whole:
            found.append(whole._replace(shown=text[whole.start : whole.end]))
    return tuple(sorted(found, key=lambda hint: (hint.start, hint.end, hint.kind))[:MOST])


def _personal(text: Plain) -> list[Found]:
    """The surer kinds first; what one of them took is not taken for something else as well."""
    taken = bytearray(len(text.text))
    kept: list[Found] = []
    for finder in (emails, links, ibans, numbers):
        for each in finder(text):
            _kind, start, end, _detail = each
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                kept.append(each)
    return kept


def _without(text: str, found: list[Hint]) -> str:
    """`text` with blanks where an address stands: it is Latin in any language."""
    for hint in found:
        if hint.kind in (HintKind.EMAIL, HintKind.LINK):
            text = text[: hint.start] + " " * (hint.end - hint.start) + text[hint.end :]
    return text


def _hint(text: Plain, found: Found) -> Hint:
    kind, first, last, detail = found
    start, end = text.span(first, last)
    return Hint(kind, start, end, text.original[start:end], detail)
