"""谁的时间: the wall's in a real database, an own one, only forward, in a simulated one; births and rulebooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.db import connections

from hotline.procedure import times

THEN = datetime(2018, 3, 30, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def afresh(database: str) -> Any:
    """Nothing known from another database."""
    times.forget()
    yield
    times.forget()


class TestReal:
    """正式库."""

    @pytest.fixture(autouse=True)
    def born(self, database: str) -> None:
        """Born real."""
        times.birth("real", "suzhou-2018", THEN)

    def test_now_is_the_wall_clock(self) -> None:
        before = datetime.now(UTC)
        assert before <= times.now() <= datetime.now(UTC)
        assert not times.simulated()

    def test_its_clock_cannot_be_set(self) -> None:
        with pytest.raises(times.ClockError, match="正式库"):
            times.set_simulated(THEN)

    @pytest.mark.parametrize("alias", ["default", "owner"])
    def test_not_even_in_the_table(self, alias: str) -> None:
        with connections[alias].cursor() as cur, pytest.raises(Exception, match="real_time"):
            cur.execute("UPDATE procedure_installation SET simulated_now = now()")

    def test_it_asks_the_database_once(self, statements: Any) -> None:
        times.now()
        with statements:
            for _ in range(10):
                times.now()
        assert statements.count == 0


class TestSimulated:
    """模拟库."""

    @pytest.fixture(autouse=True)
    def born(self, database: str) -> None:
        """Born simulated, in 2018."""
        times.birth("simulated", "suzhou-2018", THEN)

    def test_it_runs_on_from_its_birth(self) -> None:
        first, second = times.now(), times.now()
        assert THEN <= first <= second < THEN + timedelta(minutes=1)

    def test_it_moves_forward_only(self) -> None:
        times.set_simulated(THEN + timedelta(days=5))
        assert timedelta(days=5) <= times.now() - THEN < timedelta(days=5, minutes=1)
        with pytest.raises(times.ClockError, match="只能向前"):
            times.set_simulated(THEN + timedelta(days=4))
        assert times.now() >= THEN + timedelta(days=5)

    def test_other_processes_follow_after_a_while(self, monkeypatch: pytest.MonkeyPatch) -> None:
        times.now()
        with connections["default"].cursor() as cur:
            cur.execute("UPDATE procedure_installation SET simulated_now = simulated_now + interval '1 day'")
        assert times.now() < THEN + timedelta(hours=1)
        monkeypatch.setattr(times, "REFRESH_SECONDS", 0.0)
        assert times.now() > THEN + timedelta(hours=23)

    def test_it_never_runs_backwards_when_the_wall_does(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first = times.now()
        monkeypatch.setattr(times, "wall", lambda: datetime.now(UTC) - timedelta(hours=1))
        assert times.now() == first

    def test_the_table_refuses_a_step_back(self) -> None:
        with connections["owner"].cursor() as cur, pytest.raises(Exception, match="只能向前"):
            cur.execute("UPDATE procedure_installation SET simulated_now = simulated_now - interval '1 day'")


class TestBirth:
    """建库: once."""

    def test_the_same_birth_again_changes_nothing(self) -> None:
        first = times.birth("real", "suzhou-2018", THEN)
        assert times.birth("real", "suzhou-2018", THEN + timedelta(days=1)) == first

    @pytest.mark.parametrize("again", [("simulated", "suzhou-2018"), ("real", "example-city")])
    def test_another_birth_is_refused(self, again: tuple[str, str]) -> None:
        times.birth("real", "suzhou-2018", THEN)
        with pytest.raises(times.BornOtherwise, match="已建为正式库（规则 suzhou-2018）"):
            times.birth(*again, THEN)

    def test_before_the_birth_there_is_no_time(self) -> None:
        assert times.read() is None
        with pytest.raises(RuntimeError):
            times.now()

    def test_the_same_birth_with_other_keys_is_refused(self) -> None:
        assert times.birth("real", "suzhou-2018", THEN, b"a").key_check == b"a"
        with pytest.raises(times.BornOtherwise, match="另一套密钥"):
            times.birth("real", "suzhou-2018", THEN, b"b")

    @pytest.mark.parametrize(
        "sql",
        ["born = 'simulated'", "rulebook = 'other'", "born_at = now()", "id = 2", "key_check = NULL",
         "key_check = 'b'"],
    )  # fmt: skip
    def test_the_birth_columns_never_change(self, sql: str) -> None:
        times.birth("real", "suzhou-2018", THEN, b"a")
        with connections["owner"].cursor() as cur, pytest.raises(Exception, match="建库记录不能更改"):
            cur.execute(f"UPDATE procedure_installation SET {sql}")


@dataclass
class Book:
    """A rulebook as far as its publication is concerned."""

    id: str
    content_hash: str


def test_a_published_rulebook_may_not_change() -> None:
    first, second = cast("Any", Book("suzhou-2018", "aa")), cast("Any", Book("suzhou-2026", "bb"))
    times.check_rulebooks([first])
    times.check_rulebooks([first, second])
    second.content_hash = "cc"
    with pytest.raises(times.RulebookChanged, match="suzhou-2026"):
        times.check_rulebooks([first, second])
