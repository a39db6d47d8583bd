"""One article of a version, to stand beside a comment."""

from __future__ import annotations

from portal.queries.drafts import ProvisionView, read_tree


def read_article(version_id: int | None, eid: str) -> ProvisionView | None:
    """The provision of that id with all under it; None where there is none. One query."""
    if version_id is None or not eid:
        return None
    stack = list(read_tree(version_id))
    while stack:
        node = stack.pop()
        if node.eid == eid:
            return node
        stack.extend(node.children)
    return None
