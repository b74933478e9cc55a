"""编号与查询码: the check digit finds wrong digits; a query code cannot be guessed."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import psycopg
import pytest
from django.db import IntegrityError, connections
from hypothesis import given
from hypothesis import strategies as st

from hotline.casework import lookups, numbers
from hotline.jobs.load.days import SERIALS
from hotline.procedure.secrets import Randomness, SeededRandomness

BODIES = [f"{date(2018, 3, 30) + timedelta(days=97 * n):%Y%m%d}{n * 7 % 10_000:04d}" for n in range(60)]


def number(body: str) -> str:
    return body + str(numbers.check_digit(body))


@pytest.mark.parametrize(("body", "digit"), [("0794", 5), ("6943515153", 0), ("8609574271", 9)])
def test_the_check_digit_is_that_of_iso_7064_mod_11_10(body: str, digit: int) -> None:
    """The standard's own example, and two numbers printed in countries that use it; then the sum that defines it."""
    assert numbers.check_digit(body) == digit
    product = 10
    for figure in body:
        product = ((product + int(figure)) % 10 or 10) * 2 % 11
    assert (product + digit) % 10 == 1


def test_every_single_wrong_digit_is_found() -> None:
    for body in BODIES:
        right = number(body)
        for place, digit in enumerate(right):
            for other in set("0123456789") - {digit}:
                assert not numbers.well_formed(right[:place] + other + right[place + 1 :])


def test_nearly_every_swap_of_neighbours_is_found() -> None:
    swaps = missed = 0
    for body in BODIES:
        right = number(body)
        for place in range(len(right) - 1):
            one, two = right[place], right[place + 1]
            if one != two:
                swaps += 1
                missed += numbers.well_formed(right[:place] + two + one + right[place + 2 :])
    assert missed / swaps < 0.03


def test_a_number_is_the_day_the_serial_and_the_digit() -> None:
    printed = numbers.matter_number(date(2026, 9, 16), 42)
    assert printed.startswith("20260916-0042-")
    assert numbers.well_formed(printed)
    assert numbers.well_formed(f"  {printed}  ")
    assert numbers.well_formed(printed.replace("-", ""))


def test_the_ten_thousandth_matter_of_a_day_has_a_number_too() -> None:
    printed = numbers.matter_number(date(2026, 9, 16), 123_456)
    assert printed.startswith("20260916-123456-")
    assert numbers.well_formed(printed)


@pytest.mark.parametrize("typed", ["", "abc", "-", "2026", "20260916-0042", "２０２６０９１６００４２１", "20260916004²1"])
def test_what_is_no_number_is_not_well_formed(typed: str) -> None:
    assert not numbers.well_formed(typed)


def test_a_number_typed_without_its_strokes_is_the_printed_one() -> None:
    number = numbers.matter_number(date(2026, 11, 18), 233)
    assert numbers.printed(number.replace("-", "")) == numbers.printed(number) == number
    assert numbers.printed("12") == "12"
    assert numbers.printed(number[:-1] + str((int(number[-1]) + 1) % 10)) != number


def test_a_query_code_holds_sixty_bits() -> None:
    assert len(set(numbers.CODE_LETTERS)) == 32
    assert not set("01IO") & set(numbers.CODE_LETTERS)
    assert numbers.CODE_LENGTH * 5 >= 50


def test_every_letter_of_a_code_comes_up_equally_often() -> None:
    class Every(Randomness):
        def __init__(self) -> None:
            self.at = 0

        def take(self, count: int) -> bytes:
            self.at += count
            return bytes(n % 256 for n in range(self.at - count, self.at))

    source = Every()
    letters = "".join(numbers.query_code(source) for _ in range(256))  # twelve times every byte
    assert {letters.count(letter) for letter in numbers.CODE_LETTERS} == {len(letters) // 32}


def test_real_codes_differ_and_seeded_ones_repeat() -> None:
    assert numbers.query_code(Randomness()) != numbers.query_code(Randomness())
    assert numbers.query_code(SeededRandomness(b"s")) == numbers.query_code(SeededRandomness(b"s"))
    assert numbers.query_code(SeededRandomness(b"s")) != numbers.query_code(SeededRandomness(b"t"))


@given(st.lists(st.tuples(st.dates(date(2018, 1, 1), date(2099, 12, 31)), st.integers(1, 10**7)), max_size=50))
def test_two_numbers_are_alike_only_where_day_and_serial_are(drawn: list[tuple[date, int]]) -> None:
    """Only this and the drawing of serials make a number stand once: no index can, in tables that are spread."""
    assert len({numbers.matter_number(day, serial) for day, serial in drawn}) == len(set(drawn))
    assert len({numbers.printed(numbers.matter_number(*one).replace("-", "")) for one in drawn}) == len(set(drawn))


def test_a_days_serial_is_given_out_once_however_many_draw(database: str) -> None:
    target, found, begin = connections["default"].settings_dict, list[int](), threading.Barrier(6)

    def draw() -> None:
        words = {"host": target["HOST"], "port": target["PORT"], "user": target["USER"], "dbname": database}
        with psycopg.connect(**words, autocommit=True) as mine:
            begin.wait()
            found.extend(mine.execute(lookups.SERIAL, (date(2026, 9, 16),)).fetchone()[0] for _ in range(40))

    people = [threading.Thread(target=draw) for _ in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(found) == list(range(1, 241))


@pytest.mark.usefixtures("database")
def test_a_lot_of_serials_is_refused_on_a_day_on_which_one_was_drawn() -> None:
    """A load takes a day's serials at once, and none that somebody has."""
    with connections["default"].cursor() as cur:
        cur.execute(lookups.SERIAL, (date(2026, 9, 16),))
        with pytest.raises(IntegrityError, match="procedure_dayserial"):
            cur.execute(SERIALS, (date(2026, 9, 16), 500))
        cur.execute(SERIALS, (date(2026, 9, 17), 500))
        cur.execute(lookups.SERIAL, (date(2026, 9, 17),))
        assert cur.fetchone() == (501,)
