"""Matters written in bulk: each is what the cards would have written, the ledger holds, and the days are sealed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection, connections
from django.db.models import F
from django.test import override_settings

from hotline.casework import models
from hotline.casework.dossier import MatterDossier
from hotline.config import birth, embedded, loading, pg_cluster, wiring
from hotline.config.locks import wait_until
from hotline.jobs.load import casting, course, days, making, past, staffing
from hotline.jobs.load.days import Loader
from hotline.jobs.load.stamping import Cutter, Unlike, moved
from hotline.network.models import Post, Unit
from hotline.procedure import copying, store
from hotline.procedure.models import ChainHead, DaySerial
from hotline.procedure.perform import raw
from hotline.procedure.verify import verify
from hotline.procedure.world import current
from jobs.test_simulate_command import command, environment, hotline, told
from support import many
from support.line import NOW, rulebook

END = date(2026, 9, 1)
UNSETTLED = ""  # what a rulebook's row says before anything was worked out
SMALL = course.ending("1", END, 40, 160).at(50_000_000)
WORDS = ("--matters", 100, "--days", 20, "--seed", "k", "--until", "2026-04-28", "--processes", 2)


def born(batch: course.Batch, book: str = "suzhou-2018") -> None:
    """The city of a batch, with its people."""
    begins = batch.begins(rulebook(book).tz)
    birth.birth(birth.SIMULATED, begins)
    wiring.wire()
    staffing.staff(begins)


@contextmanager
def loader(batch: course.Batch) -> Iterator[Loader]:
    with raw().transaction(), raw().cursor() as cur:
        yield Loader(batch, cur)


@pytest.mark.parametrize("book", ["suzhou-2018", "example-city"])
@pytest.mark.usefixtures("database")
def test_every_matter_is_what_the_cards_write_and_the_ledger_holds(
    book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two matters of each life, and every one is lived once more by the cards and compared row by row."""
    monkeypatch.setattr(days, "ONE_IN", 1)
    monkeypatch.setattr(days, "LEAST_LIVES", 2)
    proved = count_proofs(monkeypatch)
    with override_settings(HOTLINE_RULEBOOK=book):
        born(SMALL, book)
        with loader(SMALL) as one:
            assert sum(one.load(i) for i in range(SMALL.days)) == SMALL.matters
        assert len(proved) + one.alone == SMALL.matters
        assert one.alone <= SMALL.matters // 10, "nearly all lives can be cast"
        calendar = current().book.calendar
        assert past.seal(tmp_path / "seals", tmp_path / "load", calendar, END, lambda n: None) == SMALL.days
        past.mark()
        found = verify(tmp_path / "seals")
        assert (found.ok, found.broken) == (True, ())
        assert models.Matter.objects.count() == SMALL.matters
        assert not ChainHead.objects.exclude(sealed_seq=F("seq")).exists()
        check_what_is_there()


def count_proofs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    proved: list[int] = []
    real = making.Mould.prove

    def prove(self: making.Mould, own: making.Own, *rest: Any) -> None:
        real(self, own, *rest)
        proved.append(own.first)

    monkeypatch.setattr(making.Mould, "prove", prove)
    return proved


def check_what_is_there() -> None:
    """Many kinds of life, over the whole tree, each caller a person of their own, each day's numbers in a row."""
    statuses = set(models.Matter.objects.values_list("status", flat=True))
    assert {"archived", "in_hand"} <= statuses, statuses
    assert models.Order.objects.values("unit_id").distinct().count() > 5
    indexes = list(models.Citizen.objects.exclude(phone_index=None).values_list("phone_index", flat=True))
    assert len(set(map(bytes, indexes))) == len(indexes) > SMALL.matters * 0.8
    for day, last in DaySerial.objects.values_list("day", "last"):
        numbers = models.Matter.objects.filter(number__startswith=f"{day:%Y%m%d}").order_by("registered_at", "id")
        assert [n.split("-")[1] for n in numbers.values_list("number", flat=True)] == [
            f"{i:04d}" for i in range(1, last + 1)
        ]


@pytest.mark.usefixtures("database")
def test_every_unit_has_its_people_once() -> None:
    born(SMALL)
    handling = Unit.objects.filter(level__in=staffing.HANDLING_LEVELS)
    for unit in handling:
        assert {"clerk", "deputy", "head"} <= set(Post.objects.filter(unit=unit).values_list("role", flat=True))
    assert staffing.staff(SMALL.begins(current().book.tz)) == 0


@pytest.mark.usefixtures("city")
def test_copy_writes_what_store_writes() -> None:
    """The same whole chain, by either way: equal row for row, but for when it came to the database."""
    world = current()
    with raw().transaction(), raw().cursor() as cur:
        world.ids.refill(cur, many.IDS_EACH)
    _, entry = many.lived(world, many.a_unit(), 1, NOW, "complaint", "archive")

    def by_store(cur: Any) -> None:
        entry.out.messages.clear()
        store.write(cur, [entry])

    def by_copy(cur: Any) -> None:
        columns = copying.names(MatterDossier.RECORDS)
        for table, text in sorted(copying.rows(entry).items(), key=lambda one: list(columns).index(one[0])):
            copying.copy(cur, table, columns[table], [text])

    assert _undone(by_store) == _undone(by_copy)


class _Undo(Exception):
    pass


def _undone(write: Any) -> dict[str, list[str]]:
    """Everything that a way of writing puts into the tables, then taken back."""
    found: dict[str, list[str]] = {}
    try:
        with raw().transaction(), raw().cursor() as cur:
            write(cur)
            for table in copying.names(MatterDossier.RECORDS):
                rows = cur.execute(f"SELECT (to_jsonb(t) - 'recorded_at')::text FROM {table} t ORDER BY 1").fetchall()
                found[table] = [row[0] for row in rows]
            raise _Undo
    except _Undo:
        return found


def test_copy_refuses_what_is_no_whole_chain() -> None:
    with pytest.raises(copying.Partial):
        copying.rows(store.Entry(many.Chain("matter", 1), many.WriteSet(), True))


def test_an_instant_that_neither_stays_nor_moves_is_not_cast() -> None:
    cutter = Cutter(timedelta(minutes=40), {}, {}, {})
    assert cutter.cut("until 2026-09-01T00:00:00Z", "until 2026-09-01T00:00:00Z").holes == ()
    assert cutter.cut("at 2026-09-01T00:00:00Z", "at 2026-09-01T00:40:00Z").holes == (0,)
    for later in ("at 2026-09-01T00:39:00Z", "on 2026-09-01T00:40:00Z", "at 2026-09-01T00:40:00Z and"):
        with pytest.raises(Unlike):
            cutter.cut("at 2026-09-01T00:00:00Z", later)


def test_an_instant_moves_in_the_way_it_is_said() -> None:
    a_minute = timedelta(minutes=1)
    assert moved("2026-09-01T23:59:30+08:00", a_minute) == "2026-09-02T00:00:30+08:00"
    assert moved("2026-08-31T23:59:30.000001Z", a_minute) == "2026-09-01T00:00:30.000001Z"
    assert (moved("1785340800", a_minute), moved("1785340800000001", a_minute)) == ("1785340860", "1785340860000001")


class _Life(NamedTuple):
    name: str
    castable: bool


def test_few_matters_have_a_life_that_cannot_be_cast() -> None:
    """Living one by itself costs as much as a hundred that are cast."""
    moulds: Any = [_Life("a", True), _Life("b", False), _Life("c", True)]
    assert "".join(one.name for one in days.shared(moulds, 12)) == "bbacacacacac"
    assert "".join(one.name for one in days.shared(moulds, 5)) == "abcab", "where there are few, each life has some"
    assert "".join(one.name for one in days.shared(moulds[1:2], 3)) == "bbb"
    assert days.shared(moulds, 0) == []


@pytest.mark.usefixtures("database")
def test_a_life_is_cast_in_each_way_its_lots_fall_within_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the other way leaves less time until somebody's act would pass a mark."""
    rooms = iter((1200, 70, 600))
    monkeypatch.setattr(making, "room_of", lambda acts: timedelta(seconds=next(rooms, 900)))
    born(SMALL)
    with loader(SMALL) as one:
        plots_ = (plot for i in range(SMALL.days) for plot in one._plots(i))
        with_a_lot = (m for m in (making.Mould(one.world, one.look_ups, one.city, p, one.end) for p in plots_)
                      if len(m.ways) > 1)  # fmt: skip
        mould = next(with_a_lot)
    assert (mould.castable, mould.span) == (True, min(way.room for way in mould.ways.values()))
    assert all(mould.casts[lots] for lots in mould.ways)
    assert mould.span < casting.SPAN


@pytest.mark.usefixtures("database")
def test_a_matter_that_is_not_what_the_cards_write_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof compares: a salt that is not the matter's own does not go by."""
    monkeypatch.setattr(days, "ONE_IN", 1)
    real = making._drawn

    def drawn(world: Any, cast_: casting.Cast, first: int) -> Any:
        found = real(world, cast_, first)
        return {at: bytes(len(value)) if at == min(found) else value for at, value in found.items()}

    monkeypatch.setattr(making, "_drawn", drawn)
    born(SMALL)
    with pytest.raises(making.NotTheSame), loader(SMALL) as one:
        one.load(0)
    assert not models.Matter.objects.exists()


@pytest.mark.usefixtures("database")
def test_text_indexes_are_made_last(tmp_path: Path) -> None:
    """One that was there is gone while it is loaded, and there again afterwards, also after a kill in between."""
    made = "CREATE INDEX told_words ON casework_text USING gin (to_tsvector('simple', body))"
    with connections["owner"].cursor() as cur:
        cur.execute(made)
    loading.put_off(tmp_path)
    loading.put_off(tmp_path)
    assert not _there("told_words")
    loading.take_up(tmp_path)
    assert _there("told_words")
    assert not (tmp_path / loading.LATE).exists()


def _there(name: str) -> bool:
    with connection.cursor() as cur:
        cur.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        return bool(cur.fetchone()[0])


@pytest.mark.slow
@pytest.mark.xdist_group("embedded")
def test_it_goes_on_after_a_kill_and_gives_the_same_city(tmp_path: Path, made_ready: Callable[[Path], Path]) -> None:
    """Killed while it writes, with its database: the same command goes on, and the seals are those of a city that was
    loaded undisturbed, byte for byte."""
    whole, broken = made_ready(tmp_path / "whole"), made_ready(tmp_path / "broken")
    undisturbed = told(whole, "load", *WORDS)
    assert (undisturbed["found"], undisturbed["written"], undisturbed["sealed"]) == (0, 100, 20)
    process = subprocess.Popen(command(broken, "load", *WORDS), env=environment(), stderr=subprocess.PIPE)
    assert process.stderr is not None
    os.set_blocking(process.stderr.fileno(), False)
    seen = bytearray()
    assert wait_until(lambda: b"%|" in _more(process, seen) and b"| 0/100" not in seen[-200:], 120)
    os.kill(int((broken / "pg" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    process.kill()
    process.communicate()
    rest = told(broken, "load", *WORDS)
    assert rest["found"] + rest["written"] == rest["matters_in_all"] == 100
    assert rest["lines"] == undisturbed["lines"]
    names = [sorted(path.name for path in (data / "seals").iterdir()) for data in (whole, broken)]
    assert names[0] == names[1], "a seal's name holds the hash of what it seals"
    verified = [told(broken, "verify", "--seals", broken / "seals", "--processes", several) for several in (1, 3)]
    assert verified[0] == verified[1]
    assert verified[0]["broken"] == []
    again = hotline(broken, "load", *WORDS)
    assert (again.returncode, "已经装完" in again.stderr) == (2, True)
    other = hotline(broken, "load", "--matters", 3)
    assert (other.returncode, "已经装完" in other.stderr) == (2, True)


def _more(process: Any, seen: bytearray) -> bytearray:
    seen += process.stderr.read() or b""
    return seen


@pytest.mark.xdist_group("embedded")
def test_it_loads_into_a_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "load.json").write_text(json.dumps({
        "seed": "1", "first": "2026-04-20", "end": "2026-04-21", "matters": 5, "numbers": 0,
        "done": False}))  # fmt: skip
    refused = hotline(tmp_path, "load", "--matters", 4)
    assert (refused.returncode, "没有装完" in refused.stderr) == (2, True)
    done = hotline(tmp_path, "load", "--matters", 5)
    assert done.returncode == 0, done.stderr
    assert UNSETTLED not in settled(tmp_path), "its open dates are of the calendars there are: no loop need look at all"
    (tmp_path / "load.json").unlink()
    there = hotline(tmp_path, "load", "--matters", 5)
    assert (there.returncode, "已有一座城市" in there.stderr) == (2, True)


def settled(data: Path) -> set[str]:
    """Under which calendars all open dates of a city are known to have been worked out."""
    with embedded.server(data) as server, embedded.superuser(server.socket, pg_cluster.DATABASE) as asked:
        return {row[0] for row in asked.execute("SELECT calendar_hash FROM procedure_rulebookversion")}
