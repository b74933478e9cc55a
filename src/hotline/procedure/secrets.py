"""密与摘要 (secrets): SM3, SM4-GCM, wrapped person keys, the blind index and the two sources of randomness."""

from __future__ import annotations

import hashlib
import hmac
import secrets as system_secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC

NONCE, TAG, KEY = 12, 16, 16
BLOCK = 64  # bytes that BLAKE2b gives at once


if "sm3" in hashlib.algorithms_available:
    _EMPTY = hashlib.new("sm3")  # copied: the algorithm is not looked up by its name each time

    def sm3(*parts: bytes) -> bytes:
        """SM3 digest (GB/T 32905) of the parts, one after the other; 32 bytes."""
        digest = _EMPTY.copy()
        digest.update(b"".join(parts))
        return digest.digest()

    def _hmac(key: bytes, message: bytes) -> bytes:
        return hmac.digest(key, message, "sm3")

else:  # a Python whose OpenSSL was built without it

    def sm3(*parts: bytes) -> bytes:
        """SM3 digest (GB/T 32905) of the parts, one after the other; 32 bytes."""
        digest = hashes.Hash(hashes.SM3())
        digest.update(b"".join(parts))
        return digest.finalize()

    def _hmac(key: bytes, message: bytes) -> bytes:
        mac = HMAC(key, hashes.SM3())
        mac.update(message)
        return mac.finalize()


def keyed(key: bytes, *parts: bytes) -> bytes:
    """HMAC-SM3 over length-prefixed parts, so that no two lists of parts look alike."""
    return _hmac(key, b"".join([len(part).to_bytes(8, "big") + part for part in parts]))


def text_hash(salt: bytes, text: str) -> bytes:
    """What a line holds instead of free text: SM3(salt ‖ text)."""
    return sm3(salt, text.encode())


class Unreadable(Exception):
    """密文打不开: wrong key, moved or altered ciphertext, or a destroyed key."""


def encrypt(key: bytes, plain: bytes, aad: bytes, nonce: bytes) -> bytes:
    """SM4-GCM: nonce ‖ ciphertext ‖ tag. `aad` names table, row and field, so a value cannot be moved elsewhere."""
    enc = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    enc.authenticate_additional_data(aad)
    return nonce + enc.update(plain) + enc.finalize() + enc.tag


def decrypt(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The reverse of `encrypt`. Raises Unreadable."""
    nonce, body, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
    dec = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
    dec.authenticate_additional_data(aad)
    try:
        return dec.update(body) + dec.finalize()
    except InvalidTag:
        raise Unreadable("密文与它的位置或密钥不符") from None


def place(table: str, row: int, field: str) -> bytes:
    """The additional data of one encrypted field."""
    return f"{table}/{row}/{field}".encode()


class Randomness:
    """随机源: bytes for salts, keys, nonces and codes; a real installation's come from the operating system."""

    def take(self, count: int) -> bytes:
        """`count` fresh bytes."""
        return system_secrets.token_bytes(count)

    def of(self, *label: object) -> Randomness:
        """The source for one act; a real one is always the same."""
        return self


class SeededRandomness(Randomness):
    """模拟随机源: the same seed and labels give the same bytes, whatever the order in which processes work. BLAKE2b, which
    draws by one call: these bytes protect nothing, and a loaded city draws forty times a matter."""

    def __init__(self, seed: bytes, label: tuple[object, ...] = ()):
        self._seed, self._label, self._count = seed, label, 0

    def take(self, count: int) -> bytes:
        """`count` bytes, a function of the seed, the labels and how often this source was asked."""
        self._count += 1
        seed, asked = self._own(), self._count.to_bytes(8, "big")
        if count <= BLOCK:
            return hashlib.blake2b(asked, key=seed, digest_size=BLOCK).digest()[:count]
        blocks = (asked + i.to_bytes(8, "big") for i in range(-(-count // BLOCK)))
        return b"".join(hashlib.blake2b(block, key=seed).digest() for block in blocks)[:count]

    def of(self, *label: object) -> SeededRandomness:
        """A source of its own for one act."""
        return SeededRandomness(self._own(), label)

    def _own(self) -> bytes:
        """This source's own seed, worked out when first needed: most acts take nothing."""
        if self._label:
            said = "".join(f"{len(part)}:{part}" for part in map(str, self._label))
            self._seed, self._label = hashlib.blake2b(said.encode(), key=self._seed, digest_size=32).digest(), ()
        return self._seed


def _national(phone: str) -> str:
    """The digits of a number without the country's code: +86 139…, 0086139… and 139… are one; +86 557… is 0557…"""
    digits = "".join(c for c in phone if c.isascii() and c.isdigit()).removeprefix("00")
    abroad = phone.strip().startswith(("+", "00"))
    if digits.startswith("86") and (abroad or len(digits) == 13):
        rest = digits[2:]
        return rest if rest.startswith(("0", "1")) else "0" + rest
    return digits


class NoMaster(Exception):
    """主密钥不在: a key was wrapped by a master that this machine does not have; nothing is lost, it must be brought."""


def _no_other(master_id: str) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True)
class Keys:
    """主密钥: kept outside the database. `master` wraps person keys, `blind` finds people by phone,
    `query` hides query codes; `master_id` is kept beside what the master wrapped."""

    master: bytes
    blind: bytes
    query: bytes
    master_id: str = "1"
    find: Callable[[str], bytes | None] = field(default=_no_other, compare=False)  # earlier and later masters

    def wrap(self, owner: int, person_key: bytes, nonce: bytes) -> bytes:
        """A person's key, sealed under the master key and bound to its owner."""
        return encrypt(self.master[:KEY], person_key, place("person_key", owner, self.master_id), nonce)

    def unwrap(self, owner: int, wrapped: bytes, master_id: str | None = None) -> bytes:
        """The reverse of `wrap`, by the master that wrapped it. Raises Unreadable, NoMaster."""
        by = master_id or self.master_id
        master = self.master if by == self.master_id else self.find(by)
        if master is None:
            raise NoMaster(f"主密钥 {by} 不在这台机器上")
        return decrypt(master[:KEY], wrapped, place("person_key", owner, by))

    def phone_index(self, phone: str) -> bytes:
        """Blind index of a phone number: equal numbers, however written, give equal 16 bytes."""
        return keyed(self.blind, b"phone", _national(phone).encode())[:16]

    def code_index(self, code: str) -> bytes:
        """A query code as stored; compared with `hmac.compare_digest`."""
        return keyed(self.query, b"code", code.upper().encode())[:16]
