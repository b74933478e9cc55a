"""What was asked and not decided before the matter was answered or ended another way comes to nothing, for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Designation
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.rules.book import Rulebook
from support import line

HOUR = timedelta(hours=1)
ASKED = {"withdrawal": ("ask_to_withdraw", "confirm_withdrawal"), "ending": ("propose_end", "approve_end"),
         "designation": ("propose_designation", "designate")}  # fmt: skip
WHO = {"ask_to_withdraw": "operator", "propose_end": "operator", "propose_designation": "dispatcher",
       "confirm_withdrawal": "dispatcher", "approve_end": "shift_leader", "designate": "leader", "approve": "reviewer",
       "decline": "operator", "answer_at_once": "operator"}  # fmt: skip
ENDS = [("file", "approve", asked) for asked in ASKED] + [
    ("register", "decline", "withdrawal"), ("accept", "answer_at_once", "withdrawal")]  # fmt: skip


def act(book: Rulebook, dossier: MatterDossier, verb: str, hours: int) -> Any:
    kit = line.tools(ids=line.Counter(10_000 * (dossier.head.seq + 1)))
    form = line.forms(book).get(verb, {})
    return line.act(dossier, verb, line.actor(WHO[verb], 950 + hours), form, line.NOW + hours * HOUR, book, kit)


@pytest.mark.clause("R-20", "R-28", "R-29")
@pytest.mark.parametrize(("until", "ends", "asked"), ENDS)
def test_it_is_set_aside(book: Rulebook, until: str, ends: str, asked: str) -> None:
    dossier = line.lived(book, until)
    asks, decides = ASKED[asked]
    act(book, dossier, asks, 1)
    assert dossier.matter.deciding or dossier.matter.designate_until
    act(book, dossier, ends, 2)
    assert (dossier.matter.deciding, dossier.matter.decide_until, dossier.matter.designate_until) == ("", None, None)
    row = dossier.all(Designation)[-1] if asked == "designation" else dossier.proposed(asked)
    assert row is not None
    assert row.decided_at == line.NOW + 2 * HOUR
    assert not getattr(row, "granted", None)
    dossier = line.changed(dossier, dossier.matter, status=MatterStatus.IN_HAND, replied_at=None)  # taken up anew
    for order in dossier.orders:
        dossier = line.changed(dossier, order, status=OrderStatus.REOPENED)
    assert not {one.card for one in dossier.decisions(book)} & {"note_decision_late", "note_designation_late"}
    form = line.forms(book)[decides]
    line.refused(dossier, decides, line.actor(WHO[decides], 960), form, line.NOW + 3 * HOUR, book)
