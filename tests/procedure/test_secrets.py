"""密与摘要: the published vectors, what a moved ciphertext is worth, and reproducible chance."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from hotline.procedure.secrets import (
    Keys,
    Randomness,
    SeededRandomness,
    Unreadable,
    decrypt,
    encrypt,
    keyed,
    place,
    sm3,
    text_hash,
)

KEY, NONCE = b"k" * 16, b"n" * 12
KEYS = Keys(b"m" * 32, b"b" * 32, b"q" * 32)


def test_sm3_of_the_standard() -> None:
    """GB/T 32905-2016, appendix A, both examples."""
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    assert sm3(b"ab", b"c") == sm3(b"abc")


def test_sm4_of_the_standard() -> None:
    """GB/T 32907-2016, appendix A: the cipher under our GCM is the real one."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    block = Cipher(algorithms.SM4(key), modes.ECB()).encryptor().update(key)  # noqa: S305
    assert block.hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_of_the_rfc() -> None:
    """RFC 8998, appendix A.1."""
    key, nonce = bytes.fromhex("0123456789abcdeffedcba9876543210"), bytes.fromhex("00001234567800000000abcd")
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = bytes.fromhex("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
                          "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa")  # fmt: skip
    assert encrypt(key, plain, aad, nonce)[12:].hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


def test_what_was_encrypted_is_read_in_its_place_only() -> None:
    aad = place("casework_citizen", 7, "phone")
    sealed = encrypt(KEY, b"13912345678", aad, NONCE)
    assert decrypt(KEY, sealed, aad).decode() == "13912345678"
    assert b"139" not in sealed
    moved = [place("casework_citizen", 8, "phone"), place("casework_citizen", 7, "name"), place("other", 7, "phone")]
    for elsewhere in moved:
        with pytest.raises(Unreadable):
            decrypt(KEY, sealed, elsewhere)


@pytest.mark.parametrize("index", [0, 12, -1])
def test_an_altered_ciphertext_is_refused(index: int) -> None:
    sealed = bytearray(encrypt(KEY, b"13912345678", b"here", NONCE))
    sealed[index] ^= 1
    with pytest.raises(Unreadable):
        decrypt(KEY, bytes(sealed), b"here")


def test_a_person_key_opens_under_its_owner_and_master_only() -> None:
    wrapped = KEYS.wrap(7, KEY, NONCE)
    assert KEYS.unwrap(7, wrapped) == KEY
    with pytest.raises(Unreadable):
        KEYS.unwrap(8, wrapped)
    with pytest.raises(Unreadable):
        Keys(b"x" * 32, KEYS.blind, KEYS.query).unwrap(7, wrapped)
    with pytest.raises(Unreadable):
        Keys(KEYS.master, KEYS.blind, KEYS.query, "2").unwrap(7, wrapped)


@pytest.mark.parametrize("written", ["139 1234 5678", "+86 13912345678", "0086-139-1234-5678", "8613912345678"])
def test_one_number_however_written(written: str) -> None:
    assert KEYS.phone_index(written) == KEYS.phone_index("13912345678")


@pytest.mark.parametrize("other", ["13912345679", "8613912345", "", "12345"])
def test_other_numbers_differ(other: str) -> None:
    assert KEYS.phone_index(other) != KEYS.phone_index("13912345678")


def test_a_local_number_that_begins_with_86_keeps_it() -> None:
    assert KEYS.phone_index("8612345") != KEYS.phone_index("12345")
    assert KEYS.phone_index("+86 557 8612345") == KEYS.phone_index("0557-8612345")


def test_indexes_of_different_keys_and_uses_differ() -> None:
    assert KEYS.phone_index("139") != Keys(b"m" * 32, b"x" * 32, b"q" * 32).phone_index("139")
    assert KEYS.code_index("ab12") == KEYS.code_index("AB12")
    assert keyed(KEY, b"ab", b"c") != keyed(KEY, b"a", b"bc")


def test_a_salt_hides_equal_texts() -> None:
    assert text_hash(b"1" * 16, "同一句话") != text_hash(b"2" * 16, "同一句话")


def test_seeded_chance_is_a_function_of_seed_and_labels() -> None:
    one, two = SeededRandomness(b"seed"), SeededRandomness(b"seed")
    assert [one.of("matter", 1, 0).take(16), one.of("matter", 2, 0).take(48)] == [
        two.of("matter", 1, 0).take(16),
        two.of("matter", 2, 0).take(48),
    ]
    act = one.of("matter", 1, 0)
    assert act.take(16) != act.take(16)
    assert one.of("matter", 1, 0).take(16) != one.of("matter", 1, 1).take(16)
    assert SeededRandomness(b"other").of("matter", 1, 0).take(16) != two.of("matter", 1, 0).take(16)


def test_real_chance_is_not() -> None:
    assert Randomness().of("matter", 1, 0).take(16) != Randomness().of("matter", 1, 0).take(16)
