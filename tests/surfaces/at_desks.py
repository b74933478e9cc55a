"""Pressing what stands on a desk at which one thing after the other opens by itself."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from surfaces.city import hidden


def action(page: str) -> str:
    """Where the desk's form goes."""
    found = re.search(r'id="review" method="post" action="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


def pressed(client: Client, do: str, page: str = "", *, desk: str, **typed: str) -> Any:
    """Press a button of the desk as it stands."""
    page = page or client.get(desk).content.decode()
    given = {name: hidden(page, name) for name in ("act_id", "seen_seq")}
    return client.post(action(page), {**given, "do": do, **typed})
