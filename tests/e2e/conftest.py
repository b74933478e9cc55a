"""The walks: everyone shares one browser, as on a desk in a village hall; scripts on, then off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from e2e.people import People
from surfaces.city import put_clock, quick_passwords


@pytest.fixture(params=["page", "page_without_scripts"], ids=["scripts", "no-scripts"])
def people(request: pytest.FixtureRequest, city: str) -> Iterator[People]:
    """Whoever sits down at the browser. Complaints of the browser and broken answers fail the walk."""
    put_clock()
    page: Any = request.getfixturevalue(request.param)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 500 else None)
    with quick_passwords():
        yield People(page)
    assert [one for one in wrong if "status of 4" not in one] == []
