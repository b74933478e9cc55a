"""健康 (health): what the doctor finds, as a page shows it. Who looks is named by the settings, which alone
know the machine."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Found:
    """一项发现: what was looked at, how it stands (`ok`, `hint`, `wrong`), and what to do where it does not stand well."""

    name: str
    state: str
    said: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """一个循环: what it is for, how many seconds ago it last turned, how many lie between turns, whether it is late."""

    term: str
    ago: float
    every: float
    late: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """一次体检: everything that was found, and the loops of this machine."""

    found: tuple[Found, ...]
    turns: tuple[Turn, ...]


def look() -> Looked:
    """How the installation stands now."""
    looked: Looked = import_string(settings.HOTLINE_LOOKS)()
    return looked
