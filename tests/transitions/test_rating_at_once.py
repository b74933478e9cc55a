"""当场评价 (四（四）段1, R-12): whoever was answered on the telephone says at once how satisfied they are; recorded like a
follow-up's, and who is not content is followed up. Under both rulebooks."""

from __future__ import annotations

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Revisit
from hotline.network.roles import CITIZEN
from hotline.procedure.forms import FormErrors
from hotline.rules import follow_up
from hotline.rules.book import Rulebook
from support import line

OPERATOR = line.actor("operator")
GOOD = {"solved": "yes", "result": "1"}


def answered(book: Rulebook) -> MatterDossier:
    dossier = line.lived(book, "accept")
    line.act(dossier, "answer_at_once", OPERATOR, {"answer": "每天八点开门。", "policy": "某办法"}, line.NOW, book)
    return dossier


@pytest.mark.clause("四（四）段1", "R-12")
def test_asked_right_after_the_answer_it_is_recorded_like_a_follow_up(book: Rulebook) -> None:
    dossier, worst = answered(book), len(follow_up.grades(book))
    aspects = {name: "2" for name in follow_up.aspects(book)}
    out = line.act(dossier, "rate_at_once", OPERATOR, {**GOOD, **aspects, "opinion": "说得很清楚"}, line.NOW, book)
    (row,) = dossier.all(Revisit)
    assert (row.means, row.reached, row.solved, row.result) == ("at_once", True, True, 2)
    assert (dossier.matter.satisfied, dossier.matter.status, dossier.body(row.opinion_id)) == (True, "closed", "说得很清楚")
    assert [one.kind for one in out.lines] == ["rated_at_once"]
    assert line.refused(dossier, "rate_at_once", OPERATOR, GOOD, line.NOW, book).step == "status"  # once
    bad = answered(book)
    out = line.act(bad, "rate_at_once", OPERATOR, {**GOOD, "result": str(worst)}, line.NOW, book)
    assert [one.kind for one in out.lines] == ["rated_at_once", "follow_up_reopened"]
    assert (bad.matter.satisfied, bad.matter.status) == (False, "replied")


def test_only_where_the_desk_answered_itself_and_the_result_is_graded(book: Rulebook) -> None:
    handled = line.lived(book, "follow_up")
    assert line.refused(handled, "rate_at_once", OPERATOR, GOOD, line.NOW, book).step == "status"
    with pytest.raises(FormErrors):
        line.act(answered(book), "rate_at_once", OPERATOR, {"solved": "yes"}, line.NOW, book)
    later = answered(book)
    line.act(later, "rate_at_once", OPERATOR, GOOD, line.NOW, book)
    line.act(later, "follow_up", CITIZEN, {**line.forms(book)["follow_up"], "means": "rating"}, line.NOW, book)
    assert [one.means for one in later.all(Revisit)] == ["at_once", "rating"]
