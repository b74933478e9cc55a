"""Setting a city up: fast, by the cards themselves, twice without harm; a real city begins with one administrator."""

import time
from pathlib import Path

import pytest
from django.test import override_settings

from hotline.config import birth, keys
from hotline.network import passwords, seed
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
    assert (units, posts, len(told.accounts)) == (295, 60, 59)
    assert LedgerLine.objects.filter(kind="unit_opened").count() == units
    assert LedgerLine.objects.filter(kind="post_appointed").count() == posts


def test_the_second_city(database: str) -> None:
    with override_settings(HOTLINE_RULEBOOK="example-city"):
        told = birth.birth(birth.SIMULATED)
    assert (Unit.objects.count(), max(Unit.objects.values_list("level", flat=True)), len(told.accounts)) == (22, 4, 26)


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
