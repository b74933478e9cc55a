"""外框的材料 (frame): city, time and strip, for staff and citizens alike."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http.request import split_domain_port

from hotline.procedure import times
from hotline.procedure.case import Tools
from hotline.procedure.dossier import Dossier
from hotline.procedure.secrets import KEY, NONCE, Unreadable, decrypt, encrypt
from hotline.procedure.world import current
from hotline.rules.book import Rulebook
from hotline.surfaces.ui import said


def book() -> Rulebook:
    """The current rulebook."""
    return current().book


def book_of(dossier: Dossier) -> Rulebook:
    """The rulebook a dossier is pinned to."""
    return current().book_of(dossier)


def now() -> datetime:
    """The instant at which this request acts: the wall clock's, or a simulated city's own."""
    return times.now()


def act_id(data: Mapping[str, Any]) -> UUID | None:
    """The number a form carries, which makes a repeated POST harmless; none where it is missing or malformed."""
    try:
        return UUID(str(data.get("act_id", "")))
    except ValueError:
        return None


class NotOurs(ValueError):
    """不是我们的: a cookie that is forged, altered or too old."""


def hidden(value: Any, purpose: str) -> str:
    """A value for a cookie, unreadable to whoever else opens the browser: encrypted, signed and dated."""
    sealed = encrypt(current().keys.query[:KEY], json.dumps(value).encode(), purpose.encode(), os.urandom(NONCE))
    return signing.dumps(b64encode(sealed).decode(), salt=purpose)


def unhidden(text: str, purpose: str, max_age: int) -> Any:
    """The reverse of `hidden`, no older than `max_age` seconds. Raises NotOurs."""
    try:
        sealed = b64decode(signing.loads(text, salt=purpose, max_age=max_age))
        return json.loads(decrypt(current().keys.query[:KEY], sealed, purpose.encode()))
    except (signing.BadSignature, Unreadable, ValueError) as error:
        raise NotOurs(purpose) from error


def tools() -> Tools:
    """What offers and forms need to look at cards; nothing is drawn from it."""
    world = current()
    return Tools(world.ids, world.random, world.keys)


def push_url(host: str) -> str:
    """Where a page of this host is told that something is new: behind a proxy the same origin, else a port of its own;
    empty where there is no push."""
    if not settings.HOTLINE_PUSH_PORT:
        return ""
    domain, _ = split_domain_port(host)
    return "/push/" if settings.HOTLINE_PROXIED else f"http://{domain}:{settings.HOTLINE_PUSH_PORT}/push/"


def brand() -> str:
    """宿州 12345"""
    return f"{book().city.removesuffix('市')} {book().provision('service').values['number']}"


def strip(at: datetime) -> str:
    """The banner that a simulated city wears on every page."""
    if not times.simulated():
        return ""
    return f"演示库 · 人物、单位往来、事项均为虚构 · 模拟时间 {said.instant(at, book().tz)}"
