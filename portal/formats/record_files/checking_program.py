#!/usr/bin/env python3
"""Check a bundle of the record, and receipts, without trusting the portal that made them.

    python3 verify.py [FOLDER] [--receipt FILE] [--witness FILE] [--key KEY] [--lang ar|en]

FOLDER is where this file lies unless another is named. --receipt and --witness may be given more
than once; a witness's file holds a checkpoint that somebody else has kept. --key is the key that
you know the log by. Needs Python 3.11 and the package `cryptography`, and no network. Status 0:
all of it holds.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.formats.record_files.checking import Finding
from portal.formats.record_files.checking_bundle import BAD, Bundle
from portal.formats.record_files.checking_receipt import against

Words = dict[str, dict[str, list[str]]]
# Code -> language -> what holds, what fails, what cannot be told. Filled in by who makes this file.
WORDS: Words = {}
SIGNS = {True: "✓", False: "✗", None: "–"}
LAST = ("cannot_invented", "cannot_split", "cannot_time", "cannot_withheld")


def look(
    folder: Path, receipts: Iterable[Path] = (), witnesses: Iterable[Path] = (), key: str = ""
) -> Iterator[Finding]:
    """All findings of a bundle and of receipts that are held against it."""
    try:
        bundle = Bundle(folder)
        notes = [file.read_text(encoding="utf-8") for file in witnesses]
        found = list(bundle.findings(key, notes))
    except BAD as error:
        yield Finding("files", False, {"what": str(error)})
        return
    yield from found
    for file in receipts:
        yield from against(file.read_bytes(), bundle)


def sentence(words: Words, code: str, holds: bool | None, lang: str) -> str:
    """The sentence of a finding, to be filled in."""
    forms = words.get(code, {}).get(lang, [code] * 3)
    return forms[{True: 0, False: 1, None: 2}[holds]]


def say(found: Iterable[Finding], words: Words, lang: str) -> bool:
    """Print every finding and what cannot be proved; whether all that could be told holds."""
    good = True
    for each in found:
        params = {name: _plain(value) for name, value in each.params.items()}
        print(SIGNS[each.holds], sentence(words, each.code, each.holds, lang) % params)
        good = good and each.holds is not False
    print("\n" + sentence(words, "verdict", good, lang))
    print("\n" + sentence(words, "cannot", True, lang))
    for code in LAST:
        print("–", sentence(words, code, True, lang))
    return good


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    reader = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    reader.formatter_class = argparse.RawDescriptionHelpFormatter
    reader.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    reader.add_argument("--receipt", action="append", type=Path, default=[])
    reader.add_argument("--witness", action="append", type=Path, default=[])
    reader.add_argument("--key", default="")
    spoken = "ar" if os.environ.get("LANG", "").startswith("ar") else "en"
    reader.add_argument("--lang", choices=("ar", "en"), default=spoken)
    asked = reader.parse_args(arguments)
    found = look(asked.folder, asked.receipt, asked.witness, asked.key)
    return 0 if say(found, WORDS, asked.lang) else 1


if __name__ == "__main__":
    sys.exit(main())
