"""What a reading process says, as lines of JSON: nothing that could be executed is exchanged."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from portal.domain.draft_sources import SourceDraft
from portal.domain.draft_tree import DraftWarning, ParsedDraft, ParsedProvision
from portal.domain.drafts import DraftFormat, ProvisionKind
from portal.domain.sheets import Sheet


def pack(draft: SourceDraft) -> dict[str, Any]:
    """A draft as what JSON can hold."""
    return asdict(draft)


def unpack(content: dict[str, Any]) -> SourceDraft:
    """The draft again. Raises KeyError, TypeError or ValueError for anything else."""
    draft = content["draft"]
    return SourceDraft(
        format=DraftFormat(content["format"]),
        source=content["source"],
        draft=ParsedDraft(
            title=draft["title"],
            provisions=tuple(map(_provision, draft["provisions"])),
            warnings=tuple(DraftWarning(**warning) for warning in draft["warnings"]),
        ),
        page_lines=tuple(content["page_lines"]),
        to_confirm=content["to_confirm"],
        tracked=content["tracked"],
    )


def _provision(content: dict[str, Any]) -> ParsedProvision:
    kind, children = ProvisionKind(content["kind"]), tuple(map(_provision, content["children"]))
    return ParsedProvision(**{**content, "kind": kind, "children": children})


def pack_sheets(sheets: tuple[Sheet, ...]) -> list[dict[str, Any]]:
    """Sheets as what JSON can hold."""
    return [{**asdict(sheet), "formulas": sorted(sheet.formulas)} for sheet in sheets]


def unpack_sheets(content: list[dict[str, Any]]) -> tuple[Sheet, ...]:
    """The sheets again. Raises KeyError, TypeError or ValueError for anything else."""
    return tuple(
        Sheet(
            name=str(each["name"]),
            rows=tuple(tuple(map(str, row)) for row in each["rows"]),
            formulas=frozenset(each["formulas"]),
            merged=tuple((a, b, c, d) for a, b, c, d in each["merged"]),
        )
        for each in content
    )


def line(**content: Any) -> bytes:
    """One message."""
    return json.dumps(content).encode() + b"\n"
