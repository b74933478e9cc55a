"""编号与查询码: the check digit finds wrong digits; a query code cannot be guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hotline.casework import numbers
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
