"""The harness itself: clones are fresh, roles are kept apart, statements are counted."""

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections

from hotline.config.headers import fixed
from hotline.config.paths import REPO


def ask(text: str, alias: str = "default") -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchone()


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_a_clone_of_its_own(database: str, turn: int) -> None:
    assert ask("SELECT current_database()") == (database,)
    assert ask("SELECT to_regclass('left_behind')") == (None,)
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE left_behind (n int)")


def test_the_application_may_not_define_tables(database: str) -> None:
    assert ask("SELECT current_user") == ("hotline_app",)
    assert ask("SELECT current_user", "owner") == ("hotline_owner",)
    with pytest.raises(ProgrammingError):
        ask("CREATE TABLE mine (n int)")


def test_statements_are_counted_in_the_server(database: str, statements: Any) -> None:
    with statements, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.connection.execute("SELECT %s::bigint", [2**40])
    assert statements.count == 2


def test_integers_travel_as_int8(database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_typeof(%s)::text, pg_typeof(%s)::text", [1, 2**40])
        assert cursor.fetchone() == ("bigint", "bigint")


def test_the_site_answers(city: str, live: str) -> None:
    with urllib.request.urlopen(live + "/-/alive") as answer:
        assert answer.read() == b"ok"
        found = {name: answer.headers[name] for name in fixed()}
    assert found == fixed()
    assert found["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert not re.search("unsafe|nonce", found["Content-Security-Policy"])
    assert (found["X-Frame-Options"], found["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.browser
def test_chromium_opens_the_site(city: str, page: Any) -> None:
    page.goto("/-/alive")
    assert page.inner_text("body") == "ok"


@pytest.mark.parametrize(("insisting", "word"), [("", "1 skipped"), ("1", "1 error")])
def test_without_chromium_browser_tests_are_counted_or_fail(insisting: str, word: str, tmp_path: Path) -> None:
    sample = tmp_path / "test_sample.py"
    sample.write_text("def test_it(chromium): pass\n")
    environment = {**os.environ, "PATH": str(tmp_path), "HOTLINE_CHROMIUM": "", "HOTLINE_REQUIRE_BROWSER": insisting}
    environment = {name: value for name, value in environment.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-c", str(REPO / "pyproject.toml"), "--rootdir"]
    command += [str(REPO), "--confcutdir", str(REPO), "-p", "conftest", str(sample)]
    told = subprocess.run(command, env=environment, cwd=REPO / "tests", capture_output=True, text=True, timeout=60)
    assert word in told.stdout, told.stdout + told.stderr
    assert ("浏览器测试跳过 1 个" in told.stdout) is (insisting == "")
