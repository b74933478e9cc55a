"""Entries are proposed, confirmed, revised, asked about and end; of their words only hashes stand in the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clauses.cities import at, here
from hotline.rules.book import Rulebook
from knowledge import entries
from knowledge.entries import CLERK, OTHER_CLERK, REVIEWER, SHIFT_LEADER, act, forms, good, lived, refused, sweep
from support import line

NOW, DAY = line.NOW, timedelta(days=1)


@pytest.mark.clause("四（一）段1", "R-38")
def test_a_unit_proposes_and_another_person_of_the_office_confirms(book: Rulebook) -> None:
    dossier = entries.born()
    out = act(dossier, "propose_entry", CLERK, good(book), NOW, book)
    assert (dossier.entry.number, dossier.entry.unit_id, dossier.entry.version) == ("Z00001", line.UNIT.id, 0)
    assert dossier.versions[0].decide_until == here(
        book, suzhou=at(book, "2026-09-21T00:00"), example=at(book, "2026-09-23T00:00")
    )
    assert {t.field for t in out.inserts if hasattr(t, "salt")} == {"title", "body", "source", "document"}
    assert not any(word in repr(one) for one in out.lines for word in ("居住证", "派出所", "某办"))
    assert refused(dossier, "confirm_entry", CLERK, {}, NOW, book) == "post"
    act(dossier, "confirm_entry", REVIEWER, {}, NOW, book)
    assert (dossier.entry.version, dossier.versions[0].status) == (1, "confirmed")
    assert dossier.entry.valid_until == here(
        book, suzhou=at(book, "2027-09-17T00:00"), example=at(book, "2026-12-26T00:00")
    )


@pytest.mark.clause("R-38")
def test_who_wrote_it_does_not_confirm_it_and_no_other_unit_touches_it(book: Rulebook) -> None:
    dossier = entries.born()
    act(dossier, "propose_entry", REVIEWER, good(book), NOW, book)
    assert refused(dossier, "confirm_entry", REVIEWER, {}, NOW, book) == "not_by"
    act(dossier, "confirm_entry", SHIFT_LEADER, {}, NOW, book)
    mine = lived(book, "propose_entry", "confirm_entry")
    for verb in ("revise_entry", "reconfirm_entry", "withdraw_entry"):
        assert refused(mine, verb, OTHER_CLERK, forms(book)[verb], NOW, book) == "reach"


@pytest.mark.clause("R-38")
def test_the_old_version_stays_in_force_until_the_new_one_is_confirmed(book: Rulebook) -> None:
    dossier = lived(book, "propose_entry", "confirm_entry", "revise_entry")
    assert (dossier.entry.version, [v.status for v in dossier.versions]) == (1, ["confirmed", "proposed"])
    assert refused(dossier, "revise_entry", CLERK, good(book), NOW, book) == "guard"
    act(dossier, "send_entry_back", REVIEWER, {"reason": "没有写要带什么"}, NOW, book)
    assert (dossier.entry.version, dossier.said(2, "sent_back")) == (1, "没有写要带什么")
    act(dossier, "revise_entry", CLERK, good(book, body="都写上了"), NOW, book)
    act(dossier, "confirm_entry", REVIEWER, {}, NOW, book)
    assert (dossier.entry.version, dossier.said(3, "body")) == (3, "都写上了")
    assert dossier.said(1, "body") == good(book)["body"]  # the old one stays readable


@pytest.mark.clause("R-38")
def test_it_is_good_until_a_day_that_may_be(book: Rulebook) -> None:
    longest = here(book, suzhou=365, example=100)
    today = NOW.astimezone(book.tz).date()
    for days, ok in ((-1, False), (0, True), (longest, True), (longest + 1, False)):
        form = good(book, last_day=str(today + days * DAY))
        if ok:
            dossier = entries.born()
            act(dossier, "propose_entry", CLERK, form, NOW, book)
            act(dossier, "confirm_entry", REVIEWER, {}, NOW, book)
            until = dossier.entry.valid_until
            assert until is not None
            assert until.astimezone(book.tz).date() == today + (days + 1) * DAY
        else:
            assert entries.problems(entries.born(), "propose_entry", CLERK, form, NOW, book) == ["last_day"]
    dossier = entries.born()
    act(dossier, "propose_entry", CLERK, good(book, last_day=str(today)), NOW, book)
    assert entries.problems(dossier, "confirm_entry", REVIEWER, {}, NOW + DAY, book) == [""]


@pytest.mark.clause("R-38", "四（一）段1")
def test_it_is_asked_in_time_and_ends_by_itself(book: Rulebook) -> None:
    dossier = lived(book, "propose_entry", "confirm_entry")
    ask = here(book, suzhou=at(book, "2027-08-18T00:00"), example=at(book, "2026-12-14T00:00"))
    end = here(book, suzhou=at(book, "2027-09-17T00:00"), example=at(book, "2026-12-26T00:00"))
    assert dossier.entry.next_decision_at == ask
    second = timedelta(seconds=1)
    assert [sweep(dossier, ask - second, book), sweep(dossier, ask, book), sweep(dossier, ask, book)] == [
        [], ["reconfirmation_asked"], [],
    ]  # fmt: skip
    assert dossier.entry.next_decision_at == end
    assert refused(dossier, "reconfirm_entry", CLERK, {}, end, book) == "guard"  # the clock may be late, the end is not
    assert [sweep(dossier, end - second, book), sweep(dossier, end, book)] == [[], ["entry_expired"]]
    assert (dossier.entry.expired_at, dossier.entry.next_decision_at) == (end, None)
    act(dossier, "revise_entry", CLERK, good(book), end, book)
    act(dossier, "confirm_entry", REVIEWER, {}, end, book)
    assert (dossier.entry.version, dossier.entry.expired_at, dossier.entry.asked_at) == (2, None, None)


@pytest.mark.clause("R-38")
def test_said_again_in_time_it_holds_and_is_asked_again_before_the_next_end(book: Rulebook) -> None:
    dossier = lived(book, "propose_entry", "confirm_entry")
    asked = dossier.entry.next_decision_at
    assert asked is not None
    sweep(dossier, asked, book)
    act(dossier, "reconfirm_entry", CLERK, {}, asked, book)
    entry = dossier.entry
    assert (entry.version, entry.asked_at, entry.expired_at) == (1, None, None)
    assert entry.valid_until is not None
    assert entry.valid_until > asked
    short = str(asked.astimezone(book.tz).date() + DAY)
    act(dossier, "reconfirm_entry", CLERK, {"last_day": short}, asked, book)
    assert [one.card for one in dossier.decisions(book)] == ["expire_entry"]  # nobody is asked at once


@pytest.mark.clause("R-38")
def test_withdrawn_nothing_more_is_done_with_it(book: Rulebook) -> None:
    dossier = lived(book, "propose_entry", "confirm_entry", "revise_entry")
    out = act(dossier, "withdraw_entry", SHIFT_LEADER, {"reason": "政策取消了"}, NOW, book)
    assert [message.template for message in out.messages] == ["entry_withdrawn"]
    assert refused(dossier, "confirm_entry", REVIEWER, {}, NOW, book) == "guard"
    assert (dossier.entry.next_decision_at, dossier.said(2, "withdrawn")) == (None, "政策取消了")
    assert sweep(dossier, NOW + 1000 * DAY, book) == []
