"""Forms' tokens: drawn at one stroke, and Django takes them as its own."""

from __future__ import annotations

import re
import secrets
from collections import Counter

import pytest
from django.middleware import csrf
from django.test import Client, RequestFactory

from hotline.surfaces.ui import tokens


def test_letters_are_djangos_and_each_as_likely() -> None:
    drawn = [tokens.new_string() for _ in range(4000)]
    assert {len(one) for one in drawn} == {csrf.CSRF_SECRET_LENGTH}
    assert len(set(drawn)) == len(drawn)
    counted = Counter("".join(drawn))
    assert set(counted) == set(csrf.CSRF_ALLOWED_CHARS)
    each = sum(counted.values()) / len(counted)  # about 2,065, give or take 45
    assert all(abs(n - each) < 6 * each**0.5 for n in counted.values())


def test_too_few_fair_bytes_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter([bytes([255] * 40), bytes([0] * 40)])
    monkeypatch.setattr(secrets, "token_bytes", lambda count: next(given))
    assert tokens.new_string() == csrf.CSRF_ALLOWED_CHARS[0] * csrf.CSRF_SECRET_LENGTH


def test_django_draws_and_masks_with_it() -> None:
    assert csrf._get_new_csrf_string is tokens.new_string
    request = RequestFactory().get("/")
    one, two = csrf.get_token(request), csrf.get_token(request)
    assert one != two
    assert {csrf._unmask_cipher_token(token) for token in (one, two)} == {request.META["CSRF_COOKIE"]}


def test_a_page_s_form_is_taken_and_a_strange_one_is_not(city: str) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/follow/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)
    assert token
    asked = {"number": "20260101-0001-1", "code": "abcdefgh"}
    assert client.post("/follow/", {**asked, "csrfmiddlewaretoken": token[1]}).status_code != 403
    assert client.post("/follow/", {**asked, "csrfmiddlewaretoken": "x" * 64}).status_code == 403
