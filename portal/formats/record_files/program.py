"""The verifier as one Python file and as one page, the words of both languages put in."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.formats.record_words import spoken

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "static" / "js"
PARTS = ("checking", "checking_bundle", "checking_receipt", "checking_program")
IN_PAGE = ("record", "record-receipt", "record-bundle", "record-page")


def program() -> str:
    """`verify.py`: it imports nothing of the portal's."""
    bodies = [_without_own_imports(HERE / f"{part}.py") for part in PARTS]
    head = ast.get_docstring(ast.parse(_read(HERE / f"{PARTS[-1]}.py"))) or ""
    whole = "\n\n\n".join(bodies).replace("WORDS: Words = {}", f"WORDS: Words = {_words()}")
    top = f'#!/usr/bin/env python3\n"""{head}\n"""\n\nfrom __future__ import annotations\n'
    return f"{top}\n{whole}\n"


def page() -> str:
    """`verify.html`: it loads nothing; a folder is chosen in it."""
    frame = _read(HERE / "verify.html")
    scripts = "\n".join(_read(SCRIPTS / f"{name}.js") for name in IN_PAGE)
    # Nothing in a word or a script may end the element that holds it.
    words = _words().replace("<", "\\u003c")
    return frame.replace("{WORDS}", words).replace("{SCRIPTS}", scripts)


def readme(slug: str, edition: int) -> str:
    """`README.txt`: what the files are, in both languages."""
    said = []
    for lang in ("ar", "en"):
        with force_locale(lang):
            said.append(_readme(slug, edition))
    return "\n\n".join(said)


def _readme(slug: str, edition: int) -> str:
    files = (
        ("bundle.json", _("whose bundle this is")),
        ("leaves.jsonl", _("all leaves of the record, one a line, up to the last checkpoint")),
        ("checkpoints.json", _("the signed checkpoints")),
        ("keys.json", _("the public keys of the record, oldest first")),
        ("openings.jsonl", _("what the leaves of this consultation commit to")),
        ("matrix.json", _("the rows of the matrix")),
        ("comments.jsonl", _("the texts that the matrix shows whole, with their salts")),
        ("stamp-….tsr", _("time stamps of checkpoints, where there are any (RFC 3161)")),
        ("verify.html", _("checks all of it in a browser; open it from this folder")),
        ("verify.py", _("checks all of it; needs Python 3.11 and the package cryptography")),
    )
    title = _(
        "Record of the consultation %(slug)s, edition %(edition)s", slug=slug, edition=edition
    )
    rows = "\n".join(f"  {name:18} {words}" for name, words in files)
    return f"{title}\n\n{rows}\n\n  python3 verify.py --receipt FILE\n"


def _words() -> str:
    return json.dumps(spoken(), ensure_ascii=False, indent=1)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _without_own_imports(file: Path) -> str:
    """The source but for its docstring and what it imports from `__future__` or the portal."""
    source = _read(file)
    lines, tree = source.splitlines(), ast.parse(source)
    if lines[0].startswith("#!"):
        lines[0] = ""
    for node in tree.body:
        own = isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            ("portal", "__future__")
        )
        if own or node is tree.body[0]:
            for at in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[at] = ""
    return "\n".join(lines).strip()
