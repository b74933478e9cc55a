"""封存 (sealing): what a surface keeps of somebody's typing, unreadable without the city's keys, and bound to its row."""

from __future__ import annotations

import json
import os
from typing import Any

from hotline.procedure.secrets import KEY, NONCE, Unreadable, decrypt, encrypt
from hotline.procedure.world import current


def sealed(value: Any, table: str, row: object) -> bytes:
    """A value for a row's `body`."""
    return encrypt(_key(), json.dumps(value, ensure_ascii=False).encode(), _place(table, row), os.urandom(NONCE))


def unsealed(body: bytes, table: str, row: object) -> Any:
    """The reverse; None where it was sealed under keys that are gone."""
    try:
        return json.loads(decrypt(_key(), bytes(body), _place(table, row)))
    except Unreadable:
        return None


def _key() -> bytes:
    return current().keys.query[:KEY]


def _place(table: str, row: object) -> bytes:
    return f"{table}/{row}/body".encode()
