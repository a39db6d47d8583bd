"""Columns that hold details of people: sealed on the way in, opened on the way out.

The database has only what is sealed; the keys lie outside it (`adapters.personal_keys`). An empty
text stays empty, so that `email <> ''` can be asked of the database. Nothing else can be: equal
details are found by a digest under a key (`blind`).
"""

from __future__ import annotations

import json
from typing import Any, Protocol, cast

from flask import current_app
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator


class Keys(Protocol):
    """What `portal.application` gives: `adapters.personal_keys.Keyring`."""

    def seal(self, text: str, about: str) -> str: ...
    def open(self, sealed: str, about: str) -> str: ...
    def blind(self, text: str) -> str: ...


def keys() -> Keys:
    """The keys of the portal that is running."""
    return cast(Keys, current_app.extensions["personal_keys"])


def blind(digest: str) -> str:
    """A digest of somebody's details as it is kept: without the key it tells of nobody."""
    return keys().blind(digest)


class Sealed(TypeDecorator[str]):
    """A text that is sealed; `about` names its column, and what was sealed opens nowhere else."""

    impl = Text
    cache_ok = True

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return keys().seal(value, self.about) if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return keys().open(value, self.about) if value else value


class SealedJSON(TypeDecorator[Any]):
    """The same for what JSON can say. Never compared in the database."""

    impl = Text
    cache_ok = True

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return keys().seal(json.dumps(value, ensure_ascii=False), self.about)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(keys().open(value, self.about))
