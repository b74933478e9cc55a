"""第二步验证: codes by the vectors of RFC 6238, recovery codes good once, and nothing of either kept in clear."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from hotline.network import factors, passwords
from hotline.procedure.secrets import Keys

RFC = base64.b32encode(b"12345678901234567890").decode()
KEYS = Keys(b"m" * 16, b"b" * 32, b"q" * 32)
ME = 700


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


# RFC 6238, appendix B, SHA-1; the last six of its eight digits.
@pytest.mark.parametrize(("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"),
                                               (1234567890, "005924"), (2000000000, "279037")])  # fmt: skip
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert factors.fitting(RFC, code, at(seconds)) == seconds // 30
    assert factors.fitting(RFC, f" {code[:3]} {code[3:]} ", at(seconds + 30)) == seconds // 30
    assert factors.fitting(RFC, code, at(seconds + 60)) is None
    assert seconds < 60 or factors.fitting(RFC, code, at(seconds - 60)) is None


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "28708x", "２８７０８２"])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert factors.fitting(RFC, typed, at(59)) is None


def test_a_secret_is_sealed_to_its_person_and_these_keys() -> None:
    secret = factors.new_secret()
    body = factors.sealed(KEYS, ME, secret)
    assert secret.encode() not in body
    assert factors.opened(KEYS, ME, body) == secret
    assert factors.opened(KEYS, ME + 1, body) == ""
    assert factors.proves(KEYS, ME + 1, body, factors.code(secret, 1), at(59)) is None
    assert factors.opened(Keys(b"m" * 16, b"b" * 32, b"x" * 32), ME, body) == ""
    assert secret != factors.new_secret()


def test_each_recovery_code_is_good_once_and_for_its_own_person() -> None:
    codes = factors.recovery_codes()
    kept = factors.digests(KEYS, ME, codes)
    assert len(set(codes)) == len(factors.split(kept)) == factors.RECOVERY_CODES
    left = factors.without(KEYS, ME, kept, codes[3].upper().replace("-", " "))
    assert left is not None
    assert len(factors.split(left)) == factors.RECOVERY_CODES - 1
    assert factors.without(KEYS, ME, left, codes[3]) is None
    assert factors.without(KEYS, ME, left, codes[4]) is not None
    assert factors.without(KEYS, ME + 1, kept, codes[0]) is None
    assert factors.without(KEYS, ME, kept, "") is None


@pytest.mark.parametrize(("password", "because"), [
    ("太短了", "至少 10 个字符"), ("12345678901", "全是数字"), ("abababababab", "几个字符重复"),
    ("my-zhu.guang-word", "登录名"), ("qwertyuiop", "太常见"), ("1q2w3e4r5t", "太常见"),
])  # fmt: skip
def test_why_a_password_is_too_weak(password: str, because: str) -> None:
    assert because in passwords.weakness(password, "zhu.guang")


def test_a_good_password_and_another_length_by_setting() -> None:
    assert passwords.weakness("清风明月照大江东去也", "zhu.guang") == ""
    with override_settings(HOTLINE_PASSWORD_LENGTH=14):
        assert "至少 14 个字符，现在有 10 个" in passwords.weakness("清风明月照大江东去也", "zhu.guang")
