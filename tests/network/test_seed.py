"""Setting a city up: fast, by the cards themselves, twice without harm; a real city begins with one administrator."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from hotline.config import birth, keys
from hotline.config.commands import shift
from hotline.network import demo_roster, passwords, rosters, seed
from hotline.network.models import Person, Post, Unit
from hotline.procedure import times
from hotline.procedure.models import LedgerLine
from hotline.procedure.world import current
from network.acts import NOW


def test_a_demonstration_is_set_up_in_two_seconds(database: str) -> None:
    began = time.perf_counter()
    told = birth.birth(birth.SIMULATED)
    assert time.perf_counter() - began < 2
    units, posts = Unit.objects.count(), Post.objects.count()
    assert (units, posts, len(told.accounts)) == (295, 63, 62)
    assert LedgerLine.objects.filter(kind="unit_opened").count() == units
    assert LedgerLine.objects.filter(kind="post_appointed").count() == posts


def test_the_second_city(database: str) -> None:
    with override_settings(HOTLINE_RULEBOOK="example-city"):
        told = birth.birth(birth.SIMULATED)
    assert (Unit.objects.count(), max(Unit.objects.values_list("level", flat=True)), len(told.accounts)) == (22, 4, 28)


@pytest.mark.parametrize(("rulebook", "hour"), [("suzhou-2018", 3), ("suzhou-2018", 21), ("example-city", 23)])
def test_somebody_answers_the_telephones_tonight_and_for_weeks(database: str, rulebook: str, hour: int) -> None:
    """The desks that take what citizens bring are never without anybody; some units have a night duty."""
    with override_settings(HOTLINE_RULEBOOK=rulebook):
        birth.birth(birth.SIMULATED, NOW)
    book = current().book
    local = NOW.astimezone(book.tz)
    tonight = local.replace(hour=hour) + timedelta(days=hour < local.hour)
    assert rosters.uncovered(book, NOW, timedelta(days=demo_roster.TURNS - 2)) == []
    manned = {duty.unit_id for duty in rosters.between(tonight, tonight + timedelta(minutes=1))}
    levels = list(Unit.objects.filter(id__in=manned).values_list("level", "desk"))
    assert {"intake", "web", "office"} <= {desk for _, desk in levels}
    assert {1, 2} == {level for level, _ in levels}
    assert all(duty.until_at > NOW for duty in rosters.between(NOW - timedelta(days=2), NOW + timedelta(days=60)))


def test_a_bad_roster_is_refused_by_row_and_column(database: str, tmp_path: Path) -> None:
    birth.birth(birth.SIMULATED, NOW)
    bad = tmp_path / "duty.csv"
    bad.write_text("unit,name,phone,from,until\nnowhere,甲,110,08:00,20:00\n11,乙,110,八点,20:00\n", "utf-8")
    with pytest.raises(seed.sheet.SheetError) as found:
        demo_roster.load(current(), bad, seed.stored_units(), NOW)
    assert [(fault.row, fault.column) for fault in found.value.faults] == [(2, "unit"), (3, "from")]


@pytest.mark.parametrize(("rulebook", "login"), [("suzhou-2018", "office-head"), ("example-city", "leader")])
def test_the_demonstration_has_somebody_to_order_a_shift_of_dates(database: str, rulebook: str, login: str) -> None:
    with override_settings(HOTLINE_RULEBOOK=rulebook):
        told = birth.birth(birth.SIMULATED, NOW)
    assert {login, "office-head"} <= {account.login for account in told.accounts}
    assert shift._ordering(login).role == current().book.provision("date_shift").values["ordered_by"]
    assert Unit.objects.filter(level=1, phone="").count() == 0


def test_twice_changes_nothing(city: str) -> None:
    before = LedgerLine.objects.count()
    world = current()
    assert seed.load_tree(world, seed.folder(world.book.id) / seed.UNITS, NOW) == 0
    accounts = seed.load_people(world, seed.folder(world.book.id) / seed.DEMO, NOW)
    assert accounts == seed.demo_accounts()
    assert LedgerLine.objects.count() == before


def test_accounts_work_and_are_kept(city: str) -> None:
    account = next(one for one in seed.demo_accounts() if len(one.posts) == 2)
    person = Person.objects.get(login=account.login)
    assert passwords.fits(account.password, person.password)
    assert not person.must_change_password
    assert person.posts.count() == 2
    assert (account.unit, account.post) == ("电话受理中心、督办中心", "班长、派单员")


def test_a_real_city_begins_with_one_administrator(database: str, tmp_path: Path) -> None:
    keys.ensure(tmp_path)
    with override_settings(HOTLINE_KEYS_DIR=tmp_path):
        told = birth.birth(birth.REAL)
    person = Person.objects.get()
    assert passwords.fits(told.password, person.password)
    assert person.must_change_password
    assert not passwords.weakness(told.password, person.login)
    times.forget()
    with pytest.raises(seed.NotForReal):
        seed.load_people(current(), "login,name,unit,role,phone\n", NOW)


def test_a_bad_sheet_leaves_nothing(database: str) -> None:
    times.birth("simulated", "suzhou-2018", NOW)
    birth.wiring.install_world("simulated", "suzhou-2018")
    text = (
        "code,name,short,level,parent,sort,desk,place,phone\n1,市政府,市政府,1,,government,,,\n2,甲,甲,2,9,county,,,\n"
    )
    with pytest.raises(seed.sheet.SheetError):
        seed.load_tree(current(), text, NOW)
    assert not Unit.objects.exists()
