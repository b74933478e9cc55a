"""编号 (numbers): the printable matter number with its check digit, and the citizen's query code."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from hotline.procedure.secrets import Randomness

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12
# A unified social credit code: these letters, each worth its place, weighed by powers of three; the last one checks.
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_LENGTH = 18
SHORT = re.compile(r"(\d\d)(\d\d)-(\d{4,6})", re.ASCII)  # a number without year and check digit


def check_digit(digits: str) -> int:
    """ISO 7064 MOD 11,10 over decimal digits: finds every single wrong digit and nearly all swaps."""
    carry = 10
    for digit in digits:
        carry = (carry + int(digit)) % 10 or 10
        carry = carry * 2 % 11
    return (11 - carry) % 10


def matter_number(day: date, serial: int) -> str:
    """The number printed and read out: date, serial of the day, check digit."""
    body = f"{day:%Y%m%d}{serial:04d}"
    return f"{body[:8]}-{body[8:]}-{check_digit(body)}"


def well_formed(number: str) -> bool:
    """Whether a typed number carries the right check digit."""
    digits = number.replace("-", "").strip()
    return len(digits) > 12 and digits.isascii() and digits.isdigit() and check_digit(digits[:-1]) == int(digits[-1])


def printed(typed: str) -> str:
    """A number as it is printed, also when typed without its strokes; anything else as it was typed."""
    digits = typed.replace("-", "").strip()
    return f"{digits[:8]}-{digits[8:-1]}-{digits[-1:]}" if well_formed(digits) else typed


def meant(typed: str, today: date) -> tuple[str, ...]:
    """The whole numbers that one as lists say it (1118-0233) may mean, the newest first; none for anything else."""
    short = SHORT.fullmatch(typed.strip())
    if short is None:
        return ()
    month, day, serial = map(int, short.groups())
    found = []
    for year in (today.year, today.year - 1):
        with suppress(ValueError):  # no such day in that year
            found.append(matter_number(date(year, month, day), serial))
    return tuple(found)


def query_code(random: Randomness) -> str:
    """Twelve letters of 32: 60 random bits, without letters that are mistaken for one another."""
    return "".join(CODE_LETTERS[byte & 31] for byte in random.take(CODE_LENGTH))


def credit_check(body: str) -> str:
    """The check character of a unified social credit code (GB 32100), from the seventeen before it."""
    size = len(CREDIT_LETTERS)
    total = sum(CREDIT_LETTERS.index(letter) * pow(3, place, size) for place, letter in enumerate(body))
    return CREDIT_LETTERS[-total % size]


def credit_code(typed: str) -> str:
    """A unified social credit code as it is written, without gaps and in capitals; empty for what is none."""
    code = "".join(typed.split()).upper()
    known = len(code) == CREDIT_LENGTH and all(letter in CREDIT_LETTERS for letter in code)
    return code if known and credit_check(code[:-1]) == code[-1] else ""
