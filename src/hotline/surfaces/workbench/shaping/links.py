"""关联成形: the other matters that one has to do with, as whoever looks may see them, and registering one beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Link
from hotline.casework.records.links import FOLLOWED, FOLLOWS, JOINED, MAIN, SAME_CALL
from hotline.casework.statuses import MATTER_TERMS, MatterStatus
from hotline.casework.transitions.linking import stands
from hotline.rules import repeats
from hotline.rules.book import Rulebook
from hotline.surfaces.ui.shapes import Fact, FactGroup, VerbView

TERMS = {SAME_CALL: "同一次来电", FOLLOWS: "接着这一件", FOLLOWED: "后来另登记", MAIN: "并入", JOINED: "并入的"}
ENDED = "已经分开"
SAID: dict[str, Callable[[Mapping[str, Any]], str]] = {  # what the timeline says of their lines
    "linked_to_first": lambda f: "和前一件是同一次来电" if f["sort"] == SAME_CALL else "前一件不再重开，另登记这一件",
    "link_noted": lambda f: "同一次来电另登记一件" if f["sort"] == SAME_CALL else "另登记了一件，接着这一件",
    "joined": lambda f: "并入另一件，一并办理",
    "taken_in": lambda f: "又有人反映同一件事，并入",
    "joined_called": lambda f: "并入的一件再次来电",
    "separated": lambda f: "分开，单独办理",
    "separated_unlike": lambda f: "不能再并，分开，单独办理",
    "separation_noted": lambda f: "并入的一件分开，另行办理",
    "joint_answer_held_back": lambda f: "主件不公开，一并答复的文字收回",
    "answered_jointly": lambda f: f"随主件答复，{f['because']}",
}
Seen = Mapping[int, str]  # what one may see, with what it is now


def _fact(link: Link, seen: Seen) -> Fact:
    """One that is not for whoever looks has neither number nor status here."""
    term = TERMS[link.sort]
    if link.other_id not in seen:
        return Fact(term, "另一件事项", ENDED if link.ended_at else "")
    status = MatterStatus(seen[link.other_id])
    now = ENDED if link.ended_at else "" if status == MatterStatus.JOINED else MATTER_TERMS[status]
    return Fact(term, link.other_number, now, url=f"/staff/m/{link.other_number}/")


def link_facts(dossier: MatterDossier, seen: Seen) -> tuple[FactGroup, ...]:
    """What a matter has to do with; nothing where there is nothing."""
    rows = tuple(_fact(link, seen) for link in dossier.all(Link))
    return (FactGroup("关联的事项", rows),) if rows else ()


def link_tags(dossier: MatterDossier) -> tuple[str, ...]:
    """How many are joined to it."""
    joined = len(dossier.joined())
    return (f"并入 {joined} 件",) if joined else ()


def beside_verbs(book: Rulebook, dossier: MatterDossier) -> tuple[VerbView, ...]:
    """Registering beside this matter: what else was told in the call; what is new of one that is not reopened."""
    matter, found = dossier.matter, []
    url = "/staff/register/?{}=" + matter.number
    if repeats.what(book, stands(matter.status), new_facts=True).action == repeats.LINKED:
        found.append(VerbView("register_after", "另登记一件，接着这件", url.format(FOLLOWS), True))
    if matter.status != MatterStatus.ARCHIVED:
        found.append(VerbView("register_beside", "本次来电另有一事", url.format(SAME_CALL), True))
    return tuple(found)
