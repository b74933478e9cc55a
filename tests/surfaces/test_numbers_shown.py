"""一段1: one number, and 110, 119, 120 beside it on every page where a citizen could still be about to write."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hotline.procedure.world import current

BEFORE_WRITING = ("/", "/submit/", "/refused/")
EVERYWHERE = (*BEFORE_WRITING, "/follow/")


@pytest.mark.clause("一段1c")
def test_the_number_and_the_emergency_numbers_stand_on_every_citizens_page(city: Any) -> None:
    service, browser = current().book.provision("service").values, Client()
    for url in EVERYWHERE:
        page = browser.get(url, HTTP_HOST="localhost").content.decode()
        assert f'href="tel:{service["number"]}"' in page, url
    for url in BEFORE_WRITING:
        page = browser.get(url, HTTP_HOST="localhost").content.decode()
        assert all(f'href="tel:{number}"' in page for number in service["emergency_numbers"]), url
