"""What the tests of pages share: the demo city on a fixed Wednesday, and a matter lived up to any step over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from harness import databases
from surfaces.city import WEDNESDAY, put_clock
from surfaces.walk import Walk


@pytest.fixture
def walk(city: str) -> Walk:
    """A matter to be lived by Django's test client, each step by whose job it is."""
    put_clock()
    return Walk()


TEMPLATES = {"suzhou-2018": "city_template", "example-city": "second_template"}


@pytest.fixture(scope="module", params=TEMPLATES)
def place(request: pytest.FixtureRequest, server: Any) -> Iterator[Any]:
    """A city of either rulebook, whose time stands still, for all tests of a module."""
    from hotline.config import wiring
    from hotline.procedure import times
    from surfaces.planting import PLACES

    born = request.getfixturevalue(TEMPLATES[request.param])
    here = override_settings(HOTLINE_RULEBOOK=request.param)
    with here, databases.fresh(server, born), pytest.MonkeyPatch.context() as patch:
        wiring.wire()
        times.set_simulated(WEDNESDAY)
        patch.setattr(times, "now", lambda: WEDNESDAY)
        patch.setattr(times, "wall", lambda: WEDNESDAY)
        yield PLACES[request.param]
