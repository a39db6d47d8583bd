"""What is sent by nobody who means well: values, addresses, and whole bodies of forms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.fuzzing.pages import FILES, Field, Form

LONG = 1_000_000
# Each has broken some program: numbers that are none, signs no database keeps, markup, paths.
VALUES = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800 نص",
    "\u202eنص\u2066",
    "\ufeff\u200b\u00ad",
    "\ufffe\uffff",
    "👩‍👩‍👧‍👧" * 50,
    "ﷺ" * 1_000,
    "e" + "\u0301" * 2_000,
    "\r\nBcc: someone@example.org\r\n\r\n",
    "\x1b[31m\x07",
    "-1",
    "0",
    "1_000",
    "+1",
    " 1",
    "1.5",
    "²",
    "٣",
    "۱۲",
    "Ⅷ",
    "9" * 12,
    "9" * 30,
    "9" * 5_000,
    str(2**31),
    str(2**63),
    "1e999",
    "NaN",
    "0x10",
    "1.1",
    "0.0",
    "1.1.1.1",
    "99999999999.1",
    "null",
    "[]",
    "{}",
    '{"a": ' * 500,
    "[" * 5_000,
    "true",
    "../../../etc/passwd",
    "C:\\con",
    "//example.org/x",
    "javascript:alert(1)",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "%s%n%(x)s{0}{x.__class__}",
    "' OR 1=1 --",
    '" NEAR ( * ^',
    "art_1__para_a__point_1__" * 40,
    "gone__art_1",
    "d1:art_1",
    "theme:1",
    "group:99999999999999999999",
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "2026-02-30",
    "2026-13-01T25:61",
    "2026-11-01T10:00+14:00",
    "a@b",
    "a@" + "b." * 200 + "example",
    '"a b"@example.org',
    "x" * 300,
    "س" * 21_000,
    "\n" * 30_000,
    "1," * 10_000,
)
TYPED = {
    "email": "person@example.org",
    "date": "2026-11-05",
    "datetime-local": "2026-12-20T10:00",
    "number": "1",
    "textarea": "نص كافٍ للتجربة (مثال)",
    "text": "كلمات (مثال)",
    "password": "olive-thyme-and-stone",
    FILES: "",
}


@dataclass(frozen=True)
class Part:
    """One field as it is sent; with the name of a file where it is one."""

    name: str
    value: bytes
    file: str | None = None


def raw(text: str) -> bytes:
    """Its bytes, half a character with the rest."""
    return text.encode("utf-8", "surrogatepass")


def values() -> st.SearchStrategy[str]:
    """Mostly what has done harm before, and sometimes whatever there is; the longest are rare."""
    anything = st.text(st.characters(exclude_categories=()), max_size=40)
    longest = st.sampled_from(["x" * LONG, "م " * (LONG // 2), "\x00" * LONG])
    return st.integers(0, 19).flatmap(
        lambda n: longest if n == 19 else anything if n > 14 else st.sampled_from(VALUES)
    )


@st.composite
def honest(draw: st.DrawFn, form: Form) -> list[Part]:
    """What somebody with good will sends: one button, some of the boxes, every field filled in."""
    sent: list[Part] = []
    buttons = [each for each in form.fields if each.kind in ("submit", "button")]
    if buttons:
        button = draw(st.sampled_from(buttons))
        sent.append(Part(button.name, raw(button.values[0])))
    radios: set[str] = set()
    for each in form.fields:
        if each.kind == "checkbox" and not draw(st.booleans()):
            continue
        if each.kind == "radio":
            if each.name in radios:
                continue
            radios.add(each.name)
            alike = [f for f in form.fields if f.name == each.name]
            each = draw(st.sampled_from(alike))
        if each in buttons:
            continue
        sent.append(draw(_filled(each)))
    return sent


def _filled(field: Field) -> st.SearchStrategy[Part]:
    if field.kind == FILES:
        return st.just(Part(field.name, b"", ""))
    usual = TYPED.get(field.kind, "") if field.kind != "hidden" else ""
    offered = [each or usual for each in field.values] or [usual]
    return st.sampled_from(offered).map(lambda value: Part(field.name, raw(value)))


@st.composite
def spoilt(draw: st.DrawFn, sent: Sequence[Part]) -> list[Part]:
    """The same with one or a few fields as they never come from a browser; the token stays."""
    parts = list(sent)
    for _time in range(draw(st.integers(1, 3))):
        places = [n for n, each in enumerate(parts) if each.name != "csrf_token"]
        if not places:
            return [*parts, Part(draw(values())[:100], raw(draw(values())))]
        at = draw(st.sampled_from(places))
        part = parts[at]
        how = draw(
            st.sampled_from(
                (
                    "value",
                    "value",
                    "value",
                    "gone",
                    "twice",
                    "many",
                    "file",
                    "renamed",
                    "number",
                    "swapped",
                )
            )
        )
        if how == "value":
            parts[at] = Part(part.name, raw(draw(values())))
        elif how == "gone":
            del parts[at]
        elif how == "twice":
            parts.insert(draw(st.integers(0, at)), Part(part.name, raw(draw(values()))))
        elif how == "many":
            parts += [Part(part.name, part.value[:100], part.file)] * 1_500
        elif how == "file":
            name = draw(st.sampled_from(("", "a.docx", "../../a.pdf", "\x00.xlsx", "x" * 500)))
            parts[at] = Part(part.name, raw(draw(values())), None if part.file else name)
        elif how == "renamed":
            parts[at] = Part(draw(values())[:200], part.value, part.file)
        elif how == "number":
            number = draw(st.sampled_from(("-1", "49", "99999999", "x", "", "٣", "0-0")))
            name = "-".join(number if w.isdigit() else w for w in part.name.split("-"))
            parts.append(Part(name, raw(draw(values()))))
        else:
            other = draw(st.sampled_from(places))
            parts[at] = Part(part.name, parts[other].value)
    return parts


@st.composite
def bodies(draw: st.DrawFn, form: Form) -> tuple[str, bytes]:
    """A body and its content type for a form; now and then one that is no form at all."""
    parts = draw(spoilt(draw(honest(form))))
    how = draw(st.sampled_from(("as", "as", "as", "other", "cut", "json", "nonsense")))
    if how == "nonsense":
        kind = draw(
            st.sampled_from(
                (
                    "multipart/form-data",
                    "multipart/form-data; boundary=",
                    "text/plain",
                    "application/json; charset=utf-7",
                    "\xff",
                    "",
                )
            )
        )
        return kind, multipart(parts)[1]
    if how == "json":
        given = {p.name: p.value.decode("utf-8", "surrogatepass") for p in parts}
        return "application/json", json.dumps(given).encode()
    packed = form.multipart != (how == "other") or any(p.file is not None for p in parts)
    kind, body = multipart(parts) if packed else urlencoded(parts)
    return kind, body[: len(body) // 2] if how == "cut" else body


def urlencoded(parts: Sequence[Part]) -> tuple[str, bytes]:
    pairs = (f"{quote_from_bytes(raw(p.name))}={quote_from_bytes(p.value)}" for p in parts)
    return "application/x-www-form-urlencoded", "&".join(pairs).encode()


def multipart(parts: Sequence[Part]) -> tuple[str, bytes]:
    """As a browser sends files, but for names, which are sent as they are."""
    lines = []
    for part in parts:
        file = b"" if part.file is None else b'; filename="' + raw(part.file) + b'"'
        head = b'Content-Disposition: form-data; name="' + raw(part.name) + b'"' + file
        lines.append(b"--limit\r\n" + head + b"\r\n\r\n" + part.value + b"\r\n")
    return "multipart/form-data; boundary=limit", b"".join(lines) + b"--limit--\r\n"
