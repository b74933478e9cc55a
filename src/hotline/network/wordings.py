"""用语 (wordings): how messages and letter lines read now. A message is written when it is delivered, in the words that
hold then: whatever waits for a gateway is bettered by a better wording, too (ADR 0030)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.network.as_of import AsOf
from hotline.network.look_ups import listed
from hotline.network.records import MessageText
from hotline.network.wording_kinds import kinds
from hotline.procedure.world import current

_ROWS = (
    f"SELECT {listed(MessageText, 'm')}, t.body FROM network_messagetext m"
    " JOIN network_networktext t ON t.id = m.text_id ORDER BY m.id"
)


@dataclass(frozen=True, slots=True)
class Version:
    """用语的一版: a wording that the office gave to a kind, since when, and until when if it holds no more."""

    row: MessageText
    body: str

    @property
    def ended_at(self) -> datetime | None:
        """Since when another one holds."""
        return self.row.ended_at


_VERSIONS = AsOf(_ROWS, lambda row: Version(MessageText(*row[:-1]), row[-1]))


def versions() -> tuple[Version, ...]:
    """Every version of every kind, the first one first; as old as the tree of units may be."""
    return _VERSIONS.rows()


def version(name: str) -> Version | None:
    """What the office says instead of the first wording of a kind, if it does."""
    return next((one for one in versions() if one.row.name == name and one.row.status == "open"), None)


def text(name: str) -> str:
    """How a kind reads now, with its gaps."""
    found = version(name)
    return found.body if found else kinds()[name].text


def part(name: str, *, day: str) -> str:
    """A phrase about a day; nothing where there is none."""
    return text(name).format(day=day, hotline=current().book.hotline) if day else ""


def line(name: str, /, **gaps: str) -> str:
    """A line of a letter."""
    return text(name).format(hotline=current().book.hotline, **gaps)


def composed(name: str, body: str, /, **gaps: str) -> str:
    """A whole message of a kind with this wording: signature, a greeting and who to ask where it goes to a citizen."""
    to_citizen = kinds()[name].to == "citizen"
    whole = (text("signature"), text("greeting") if to_citizen else "", body, text("contact") if to_citizen else "")
    filled = {gap: "" for gap in kinds()[name].allowed} | gaps | {"hotline": current().book.hotline}
    return "".join(whole).format(**filled)


def written(name: str, /, **gaps: str) -> str:
    """A message of a kind as it is delivered."""
    return composed(name, text(name), **gaps)
