"""The walks: everyone shares one browser, as on a desk in a village hall; scripts on, then off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from e2e.people import People
from surfaces.city import put_clock, quick_passwords

# Walked both ways every time, with people who sign in by the form: the citizen's message and answer, a decline, a redo.
# The others without scripts by `--long` alone (their pages are the same generated forms), and signed in without looking
# at the form: CI waits for a quarter of an hour, no longer.
BOTH_WAYS = {"test_line", "test_decline", "test_redo"}
# Walked by keys that scripts give (lists by initials): there is nothing of it to be walked without them.
BY_KEYS = {"test_kept_lists"}


def _among(names: set[str], module: Any) -> bool:
    return module.__name__.rpartition(".")[2] in names


def _often(module: Any) -> bool:
    return _among(BOTH_WAYS, module)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """With scripts, then without."""
    if "people" in metafunc.fixturenames:
        bare = pytest.param(
            "page_without_scripts", id="no-scripts", marks=() if _often(metafunc.module) else pytest.mark.long
        )
        ways = [pytest.param("page", id="scripts"), *([] if _among(BY_KEYS, metafunc.module) else [bare])]
        metafunc.parametrize("people", ways, indirect=True)


@pytest.fixture
def people(request: pytest.FixtureRequest, city: str) -> Iterator[People]:
    """Whoever sits down at the browser. Complaints of the browser and broken answers fail the walk."""
    put_clock()
    page: Any = request.getfixturevalue(request.param)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 500 else None)
    with quick_passwords():
        yield People(page, by_the_form=_often(request.module))
    assert [one for one in wrong if "status of 4" not in one] == []
