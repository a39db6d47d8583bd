"""Nothing that people type becomes SQL, a command, a template, a pattern of words, or code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT
from tests.architecture.tree import files, imports, name, read

SOURCES = [*files(".py", under=("portal",)), ROOT / "config.py", ROOT / "wsgi.py"]
RUNS_CODE = {"eval", "exec", "compile", "__import__", "import_module"}
MAKES_TEMPLATES = {"from_string", "render_template_string"}
# Statements written out as text. Two take names of the module's own for their words.
AS_TEXT = {"text", "literal_column", "exec_driver_sql", "DDL", "with_hint", "prefix_with"}
OWN_WORDS = {
    ("portal/adapters/database.py", "'BEGIN IMMEDIATE' if writes else 'BEGIN'"),
    ("portal/models/tree.py", "made"),
    ("portal/queries/queue.py", "wanted.hint"),
}
SAYS = {"_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext", "pgettext"}
STARTS = {"run", "Popen", "call", "check_call", "check_output"}
SHELLS = {"system", "popen", "execl", "execv", "spawnl", "spawnv", "getoutput"}
READS_OBJECTS = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"}
NOT_FOR_SECRETS = {"random", "uuid"}
WEAK = {"md5", "sha1", "new"}
# Of other packages than those that are named in docs/security.md none makes or checks secrets.
OTHER_CRYPTOGRAPHY = {"Crypto", "Cryptodome", "rsa", "ecdsa", "nacl", "jwt", "jose", "passlib"}


def is_fixed(node: ast.AST) -> bool:
    """True for what stands in the source: constants, names in capitals, and words made of these."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=word) | ast.Attribute(attr=word):
            return word.lstrip("_").isupper()
        case ast.Subscript(value=value) | ast.FormattedValue(value=value):
            return is_fixed(value)
        case ast.JoinedStr(values=values):
            return all(map(is_fixed, values))
        case ast.BinOp(left=left, right=right):
            return is_fixed(left) and is_fixed(right)
    return False


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def calls(wanted: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """(file, call) of each call of one of these names."""
    for file in having(wanted, r"\s*\("):
        for node in ast.walk(ast.parse(read(file))):
            if isinstance(node, ast.Call) and called(node) in wanted:
                yield name(file), node


def having(words: set[str], then: str = "") -> list[Path]:
    """The sources in which one of these words stands at all: only they are read as code."""
    found = re.compile(rf"\b(?:{'|'.join(words)})\b{then}")
    return [file for file in SOURCES if found.search(read(file))]


def imported(words: set[str]) -> list[str]:
    return [
        f"{name(file)}: {module}"
        for file in having(words)
        for module, _name in imports(file)
        if module.partition(".")[0] in words
    ]


def is_of_sql(file: str, node: ast.Call) -> bool:
    """False for a `text` of somebody else's."""
    return called(node) != "text" or ("sqlalchemy", "text") in set(imports(ROOT / file))


def test_sql_that_is_written_by_hand_is_fixed() -> None:
    made = {
        (file, ast.unparse(node.args[0]))
        for file, node in calls(AS_TEXT)
        if node.args and not is_fixed(node.args[0]) and is_of_sql(file, node)
    }
    assert made == OWN_WORDS


def test_a_statement_is_never_a_text_put_together() -> None:
    run = {"execute", "executemany", "executescript", "scalar", "scalars"}
    made = [
        f"{file}: {ast.unparse(node)}"
        for file, node in calls(run)
        if node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        if not is_fixed(node.args[0])
    ]
    assert made == []


def test_programs_are_started_by_a_list_of_words() -> None:
    assert [file for file, _node in calls(SHELLS)] == []
    for file, node in calls(STARTS):
        if getattr(getattr(node.func, "value", None), "id", "") != "subprocess":
            continue
        assert isinstance(node.args[0], ast.List | ast.Tuple | ast.IfExp), file
        assert "shell" not in {each.arg for each in node.keywords}, file


def test_paths_in_xml_are_fixed_words() -> None:
    assert [file for file, _node in calls({"xpath", "XPath", "ETXPath", "XSLT"})] == []


def test_no_text_becomes_code_or_a_template() -> None:
    found = [
        f"{file}: {ast.unparse(node)}"
        for file, node in calls(RUNS_CODE | MAKES_TEMPLATES)
        if getattr(getattr(node.func, "value", None), "id", "") not in ("re", "compiler", "typst")
    ]
    assert found == []
    assert [name(f) for f in having({"jinja2"}) if ("jinja2", "Template") in set(imports(f))] == []


def test_what_people_type_is_a_parameter_of_a_sentence_and_never_the_sentence() -> None:
    patterns = [
        f"{file}: {ast.unparse(node)}"
        for file, node in calls({"format", "format_map"})
        if isinstance(node.func, ast.Attribute) and not is_fixed(node.func.value)
    ]
    assert patterns == []
    said = [ast.unparse(node) for _file, node in calls(SAYS) if not is_fixed(node.args[0])]
    assert said == []


def test_nothing_is_read_back_that_could_be_any_object() -> None:
    # The queue's own rows lie in PORTAL_DATA and hold numbers that the portal put there.
    assert imported(READS_OBJECTS) == []


@pytest.mark.parametrize("words", [NOT_FOR_SECRETS, OTHER_CRYPTOGRAPHY], ids=["chance", "other"])
def test_secrets_come_from_where_nobody_can_guess_them(words: set[str]) -> None:
    # Comments made up for a trial may be guessed.
    made_up = {"portal/jobs/seeding.py: random"}
    assert set(imported(words)) <= made_up


def test_no_hash_is_taken_that_is_broken() -> None:
    used = [
        f"{file}: {ast.unparse(node)}"
        for file, node in calls(WEAK)
        if getattr(getattr(node.func, "value", None), "id", "") == "hashlib"
    ]
    assert used == []
