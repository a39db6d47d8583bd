"""How the list of what is to be answered is narrowed: what its address says, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from enum import StrEnum

from portal.domain.comments import CommentType, Publication
from portal.domain.studying import Assigned, Order, Shown
from portal.domain.submissions import Channel, SenderClass
from portal.queries.drafts import DocumentView
from portal.queries.studying import Wanted
