"""表单令牌 (tokens): every page masks its forms' token anew. Django draws the mask letter by letter, each with a call
to the system of its own: a fifteenth of what a page costs. Here it is one draw; the letters are as likely."""

from __future__ import annotations

import secrets

from django.middleware import csrf

LETTERS, LENGTH = csrf.CSRF_ALLOWED_CHARS.encode(), csrf.CSRF_SECRET_LENGTH
_FAIR = 256 - 256 % len(LETTERS)  # bytes above would make some letters likelier
_TABLE = bytes(LETTERS[byte % len(LETTERS)] for byte in range(256))
_UNFAIR = bytes(range(_FAIR, 256))


def new_string() -> str:
    """As many letters as a token's secret has, nobody can say which."""
    found = b""
    while len(found) < LENGTH:
        found += secrets.token_bytes(LENGTH + 8).translate(_TABLE, _UNFAIR)
    return found[:LENGTH].decode()


def install() -> None:
    """In the place of Django's own."""
    csrf._get_new_csrf_string = new_string  # type: ignore[attr-defined]
