"""What is done and read is tested on both databases."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()
