"""Fixtures of the network's tests: both cities' rulebooks, hashing that costs nothing, an administrator."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from clauses.cities import CITIES, RULEBOOKS
from hotline.procedure.actor import Actor
from hotline.rules import book as books
from hotline.rules.book import Rulebook

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def pytest_configure(config: pytest.Config) -> None:
    """The mark by which a test cites the clauses of the regulation it executes."""
    config.addinivalue_line("markers", "clause(*ids): 本测试执行的条款")


@pytest.fixture(params=CITIES)
def book(request: pytest.FixtureRequest) -> Rulebook:
    """One city's rulebook."""
    return books.load(RULEBOOKS / request.param)


@pytest.fixture(autouse=True)
def quick_hashing() -> Iterator[None]:
    """New digests are cheap; the demo accounts' were made dearly."""
    with override_settings(PASSWORD_HASHERS=QUICK):
        from hotline.network import desks

        desks.forget()
        yield


@pytest.fixture
def admin(city: str) -> Actor:
    """The demo city's administrator."""
    from hotline.network.models import Post

    post = Post.objects.get(role="admin")
    return Actor("admin", post.person_id, post.id, post.unit_id)
