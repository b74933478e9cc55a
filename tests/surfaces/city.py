"""The demo city for tests of pages: its clock put to a fixed working day, signed-in clients, what a matter is now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connections
from django.test import Client, override_settings

WEDNESDAY = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)  # 11月18日（周三）10:00
PASSWORD = "minsheng"


def put_clock(at: datetime = WEDNESDAY) -> None:
    """Put the simulated city's own clock to an instant, whatever the day of the test; it runs on from there."""
    from hotline.procedure import times

    times.set_simulated(at)


def client_of(login: str, post: str = "", **options: Any) -> Client:
    """A Django client signed in as somebody of the demonstration; the session is made, not typed in."""
    from hotline.network.models import Person, Post
    from hotline.surfaces import sign_in

    who = Person.objects.get(login=login)
    posts = Post.objects.filter(person=who, status="open").order_by("began_at", "id")
    acting = posts.filter(role=post).first() if post else posts.first()
    assert acting is not None, (login, post)
    token, wall = f"test-{login}-{post}", datetime.now(UTC)
    row = (sign_in.token_hash(token), who.id, acting.id, wall, wall, wall + sign_in.IDLE,
           sign_in.password_mark(who.password))  # fmt: skip
    with connections["default"].cursor() as cur:
        cur.execute(
            "INSERT INTO surfaces_session (token_hash, person_id, post_id, created_at, seen_at, expires_at, mark)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            row,
        )
    client = Client(**options)
    client.cookies["minsheng_session"] = token
    return client


def text_of(html: str | bytes) -> str:
    """What a page says, without its tags."""
    said = html.decode() if isinstance(html, bytes) else html
    said = re.sub(r"<(script|style|title)\b.*?</\1>", " ", said, flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", said).split())


def hidden(html: str | bytes, name: str) -> str:
    """The first hidden value of this name on a page."""
    said = html.decode() if isinstance(html, bytes) else html
    found = re.search(rf'name="{name}" value="([^"]*)"', said)
    assert found, f"no {name} on the page"
    return found[1]


def status_of(number: str) -> str:
    """What the matter is now."""
    from hotline.casework.models import Matter

    return str(Matter.objects.values_list("status", flat=True).get(number=number))


QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]


@contextmanager
def quick_passwords() -> Iterator[None]:
    """The demo people's passwords, hashed cheaply: signing in is typed all the same, but costs no half second."""
    from hotline.network import passwords
    from hotline.network.models import Person

    with override_settings(PASSWORD_HASHERS=QUICK):
        Person.objects.update(password=passwords.digest(PASSWORD))
        yield
