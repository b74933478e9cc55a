"""Fixtures for all tests.

`database`  a fresh clone of the migrated template under Django's `default` (application) and `owner` aliases
`made_ready` makes a path a data folder with server and tables, for a command of its own
`city`      the same, of a born simulated city with its demo accounts, the world installed
`statements` counts what the application asks of the test's database: `with statements: …; statements.count`
`live`      the address of the site serving the test's database
`page`, `page_without_scripts`  Chromium on the live site

Tests without these need no database; Django is set up all the same, so that models may be imported.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harness import alone, begun, databases
from harness import browser as chrome

SETUP_FAILED: list[BaseException] = []
TOO_LONG = "要一分钟以上：./hotline test --long 才运行"
BORN = datetime(2026, 9, 1, tzinfo=UTC)  # the demo city's first instant, so that no test depends on today's date


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up once; while a room is half-written, tests that need no database still run."""
    databases.prepare_environment()
    try:
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()
        databases.switch(databases.NONE)
    except Exception as error:
        SETUP_FAILED.append(error)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: leave nothing out for its length."""
    parser.addoption("--long", action="store_true", help="连同标记为 long 的测试（要一分钟以上）一起运行")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that uses the browser is marked so; a long one is left out unless asked for.

    Browser tests come last: their driver leaves threads in the process, and others fork it to kill the child."""
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason=TOO_LONG))
        if chrome.FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
    items.sort(key=_late)


def _late(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None or "/e2e/" in str(item.path)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A test that forks runs in a process of its own where this one has already driven a browser."""
    if pyfuncitem.get_closest_marker("forks") is None or not chrome.driven():
        return None
    alone.run(pyfuncitem.nodeid)
    return True


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many browser tests were left out."""
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if chrome.MISSING in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(f"浏览器测试跳过 {len(skipped)} 个：{chrome.MISSING}（apt install chromium）")


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """The run's PostgreSQL."""
    if SETUP_FAILED:
        raise SETUP_FAILED[0]
    with databases.server() as one:
        yield one


@pytest.fixture(scope="session")
def made_ready() -> Iterator[Callable[[Path], Path]]:
    """Makes a path a data folder whose server and tables are there already, for tests that are not about the making."""
    with begun.copies() as copied:
        yield copied


@pytest.fixture(scope="session")
def template(server: Any) -> str:
    """The name of the migrated template database."""
    from hotline.config import boot, pg_cluster

    return databases.template(server, "template_migrated", pg_cluster.DATABASE, boot.migrate)


@pytest.fixture(scope="session")
def city_template(server: Any, template: str) -> str:
    """The name of the template with a born simulated city."""
    from hotline.config import birth

    return databases.template(server, "template_city", template, lambda: birth.birth(birth.SIMULATED, BORN))


@pytest.fixture(scope="session")
def second_template(server: Any, template: str) -> str:
    """The same of the second city, by the other rulebook."""
    from django.test import override_settings

    from hotline.config import birth

    with override_settings(HOTLINE_RULEBOOK="example-city"):
        return databases.template(server, "template_second", template, lambda: birth.birth(birth.SIMULATED, BORN))


@pytest.fixture
def database(server: Any, template: str) -> Iterator[str]:
    """A fresh, migrated, empty database; its name."""
    with databases.fresh(server, template) as name:
        yield name


@pytest.fixture
def city(server: Any, city_template: str) -> Iterator[str]:
    """A fresh simulated city; the database's name."""
    from hotline.config import wiring

    with databases.fresh(server, city_template) as name:
        wiring.wire()
        yield name


def _open_database(request: pytest.FixtureRequest) -> str:
    """The database this test works on: `city` if it asked for one, else `database`."""
    wanted = "city" if "city" in request.fixturenames else "database"
    return str(request.getfixturevalue(wanted))


@pytest.fixture
def statements(request: pytest.FixtureRequest, server: Any) -> Any:
    """A counter of SQL statements."""
    from harness.statements import Statements

    return Statements(server, _open_database(request))


@pytest.fixture
def live(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the live site."""
    from harness.site import site

    _open_database(request)
    with site() as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium."""
    return chrome.insist()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """One Chromium a worker."""
    yield from chrome.launch(chromium)


@pytest.fixture
def page(live: str, browser: Any) -> Iterator[Any]:
    """A browser page on the live site."""
    yield from chrome.open_page(browser, live, scripts=True)


@pytest.fixture
def page_without_scripts(live: str, browser: Any) -> Iterator[Any]:
    """The same with scripts switched off."""
    yield from chrome.open_page(browser, live, scripts=False)
