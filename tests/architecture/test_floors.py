"""What each floor may know, beyond the import contracts that `make check` keeps."""

from __future__ import annotations

import ast
import re
import sys

from tests.architecture.tree import files, imports, name, read

OF_A_REQUEST = {"request", "session", "g", "current_user", "flash", "url_for"}
BELOW_THE_EDGE = ("portal/domain", "portal/models", "portal/queries", "portal/services")


def test_the_domain_is_the_standard_library_and_itself() -> None:
    allowed = sys.stdlib_module_names | {"portal.domain"}
    found = [
        f"{name(file)}: {module}"
        for file in files(".py", under=("portal/domain",))
        for module, _ in imports(file)
        if module.split(".")[0] not in allowed and not module.startswith("portal.domain")
    ]
    assert found == []


def test_nothing_below_the_edge_reads_a_request() -> None:
    found = [
        f"{name(file)}: {module}.{what}"
        for file in files(".py", under=(*BELOW_THE_EDGE, "portal/policies"))
        for module, what in imports(file)
        if module.split(".")[0] in ("flask", "flask_login") and what in OF_A_REQUEST
    ]
    assert found == []


def test_only_the_edge_commits() -> None:
    found = [
        f"{name(file)}:{node.lineno}"
        for file in files(".py", under=BELOW_THE_EDGE)
        for node in ast.walk(ast.parse(read(file)))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert found == []


def test_whoever_changes_what_the_public_sees_of_a_comment_indexes_it() -> None:
    """Search finds what is public: whatever sets a publication status tells the index."""
    changing, indexing = set(), set()
    for file in files(".py", under=("portal/services", "portal/models", "portal/queries")):
        for node in ast.walk(ast.parse(read(file))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(
                isinstance(each, ast.Attribute) and each.attr == "publication" for each in targets
            ):
                changing.add(name(file))
            if isinstance(node, ast.Call) and _sets_publication(node):
                changing.add(name(file))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "index_comments":
                indexing.add(name(file))
    assert changing
    assert changing - indexing == set()


def _sets_publication(call: ast.Call) -> bool:
    """`update(…).values(publication=…)`."""
    named = {each.arg for each in call.keywords}
    return getattr(call.func, "attr", "") == "values" and "publication" in named


def test_only_the_ledger_adds_to_the_record() -> None:
    """An entry without its leaf could never be proved."""
    adds = re.compile(
        r"RecordEntry\(|(?:insert|_add|table_of)\((?:RecordEntry|RecordLeaf)\b|RecordLeaf\("
    )
    found = {
        name(file)
        for file in files(".py", under=("portal",))
        if adds.search(
            read(file).replace("class RecordEntry(", "").replace("class RecordLeaf(", "")
        )
    }
    assert found == {"portal/models/ledger.py"}
