"""口令 (passwords): digests by Django's hashers (PBKDF2; the auth application is not needed), and what is too weak."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.crypto import get_random_string

ONE_TIME_LETTERS = 16
CHANCE_ITERATIONS = 1000
ONE_TIME_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def digest(plain: str) -> str:
    """The salted digest of a password; empty for an empty one, which no password fits."""
    return make_password(plain) if plain else ""


def digest_of_chance(plain: str) -> str:
    """The digest of a password that chance has made: nobody can guess through it, so that it need not be slow, and a
    whole city's can be made at once. A wrong try at it takes as long as at any other (`check_password` sees to it)."""
    return PBKDF2PasswordHasher().encode(plain, get_random_string(22), CHANCE_ITERATIONS)


@cache
def _nobody() -> str:
    return make_password("nobody has this password")


def fits(plain: str, stored: str | None) -> bool:
    """Whether the password fits. Without a stored digest the same work is done and the answer is no."""
    nobody = _nobody()  # made at the first question of all, whoever is asked about
    right = check_password(plain, stored or nobody)
    return right and bool(stored)


def asked() -> str:
    """What is asked of a password, said before it is typed."""
    return f"至少 {settings.HOTLINE_PASSWORD_LENGTH} 个字符，汉字也可以；不能全是数字，不能含登录名，也不能是常见的口令"


def weakness(plain: str, login: str) -> str:
    """Why a password is too weak, in Chinese; empty when it is not."""
    shortest = settings.HOTLINE_PASSWORD_LENGTH
    if len(plain) < shortest:
        return f"口令至少 {shortest} 个字符，现在有 {len(plain)} 个。"
    if plain.isdigit() or len(set(plain)) < shortest // 2:
        return "口令不能全是数字，也不能只用几个字符重复。"
    if login and login.lower() in plain.lower():
        return "口令里不能含有登录名。"
    return "这个口令太常见，在外泄的口令表里就有，请换一个。" if _common(plain) else ""


@cache
def _list() -> CommonPasswordValidator:
    return CommonPasswordValidator()


def _common(plain: str) -> bool:
    """Whether it stands in Django's list of the twenty thousand commonest."""
    try:
        _list().validate(plain)
    except ValidationError:
        return True
    return False


def one_time(random: bytes) -> str:
    """A password for one sign-in, easy to read aloud: four groups of four."""
    letters = "".join(ONE_TIME_ALPHABET[b % len(ONE_TIME_ALPHABET)] for b in random)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
