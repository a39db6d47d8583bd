"""Addresses nobody is led to: parameters that are none, queries of every name the portal reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import quote_from_bytes, urlsplit

from hypothesis import strategies as st
from werkzeug.routing import Rule

from config import ROOT
from tests.fuzzing.hostile import raw, values

READS = re.compile(r"(?:args\.(?:get|getlist)|asked)\(\s*\"(\w+)\"")
# What the wire may carry in a head: no line break, and letters of one byte.
HEADERS = (
    ("Accept-Language", "x" * 7_000),
    ("Accept-Language", "ar;q=NaN, *;q=-1, en-" + "x-" * 200),
    ("Accept", "*/*;q=" + "9" * 400),
    ("Accept-Encoding", "br;q=x, gzip;;;, \xff"),
    ("Cookie", "radd=" + "A" * 4_000 + "; " + "; ".join(f"c{n}=x" for n in range(300))),
    ("Cookie", "radd=\xff.\x80.x; =; ;; radd"),
    ("Cookie", 'radd="eyJfaWQiOiIuIn0.x.x'),
    ("Host", "[::1"),
    ("Host", "x" * 5_000 + ":99999999"),
    ("If-None-Match", '"' * 500),
    ("If-Modified-Since", "Thu, 99 Foo 99999 99:99:99 GMT"),
    ("If-Range", "W/"),
    ("Range", "bytes=" + ",".join("0-1" for _ in range(1_000))),
    ("Range", "bytes=-9" + "9" * 30),
    ("Content-Length", "-1"),
    ("Content-Type", "\xff/;;;charset=\x80"),
    ("X-Forwarded-For", "1.2.3.4, " * 500 + "[::"),
    ("X-Request-Id", "x" * 5_000),
    ("Referer", "http://[::1"),
    ("User-Agent", "\xff" * 3_000),
)


@cache
def names() -> tuple[str, ...]:
    """Every name that a view reads from a query, from its source."""
    sources = (file.read_text(encoding="utf-8") for file in (ROOT / "portal").rglob("*.py"))
    return tuple(sorted({name for source in sources for name in READS.findall(source)}))


def encoded(value: str) -> str:
    """As it stands in an address; half a character as the bytes it has no right to."""
    return quote_from_bytes(raw(value), safe="")


def short_values() -> st.SearchStrategy[str]:
    """Values that fit an address."""
    return values().map(lambda value: value[:6_000])


def queries() -> st.SearchStrategy[str]:
    """A few parameters, some of them again, some as arrays, now and then very many."""
    name = st.sampled_from(names()) | st.sampled_from(("", "lang", "x", "\x00"))
    pair = st.tuples(name, st.sampled_from(("", "", "[]", "[0]", ".x")), short_values())
    few = st.lists(pair, min_size=1, max_size=5)
    query = few.map(lambda all_: "&".join(f"{encoded(n)}{m}={encoded(v)}" for n, m, v in all_))
    odd = st.sampled_from(("&" * 3_000, "=", "%", "%zz=%f", ";" * 100, "page=1&" * 2_000))
    return query | query | query | odd


def headers() -> st.SearchStrategy[dict[str, str]]:
    """Mostly none; else one that no browser sends."""
    return st.just(dict[str, str]()) | st.sampled_from(HEADERS).map(lambda pair: dict([pair]))


def paths(rule: Rule, usual: Mapping[str, object]) -> st.SearchStrategy[str]:
    """Addresses of a route: its parameters as usual, but for some that never were."""
    pieces = [trace for trace in rule._trace if trace[1] != "|"]

    def one(is_parameter: bool, word: str) -> st.SearchStrategy[str]:
        if not is_parameter:
            return st.just(word)
        known = st.just(str(usual.get(word, "1")))
        return known if word == "lang" else known | short_values().map(lambda v: encoded(v[:2_000]))

    return st.tuples(*(one(*piece) for piece in pieces)).map("".join)


def with_query(path: str, query: str) -> str:
    """The same page asked for with something else."""
    return f"{urlsplit(path).path}?{query}"
