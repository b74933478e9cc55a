"""What the tests of pages share: the demo city on a fixed Wednesday, and a matter lived up to any step over HTTP."""

from __future__ import annotations

import pytest

from surfaces.city import put_clock
from surfaces.walk import Walk


@pytest.fixture
def walk(city: str) -> Walk:
    """A matter to be lived by Django's test client, each step by whose job it is."""
    put_clock()
    return Walk()
