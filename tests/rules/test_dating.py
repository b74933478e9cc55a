"""期限的由来: what a date was made of, written down and worked out again, under both cities."""

from datetime import UTC, datetime

import pytest

from clauses.cities import at, here, said
from hotline.rules import dating, doors, limits, redo, shifts
from hotline.rules.book import Rulebook


def test_a_date_comes_out_as_the_rules_say_step_by_step(book: Rulebook) -> None:
    """Each step is the rule of its door, applied to what the steps before came to."""
    received, asked, decided, back = (
        at(book, day) for day in ("2026-10-12T09:00", "2026-10-13T09:00", "2026-10-19T09:00", "2026-11-04T09:00")
    )
    steps = [dating.delivered("complaint", received)]
    due = limits.due(book, "complaint", received)
    assert due is not None
    assert dating.fold(book, steps) == due
    for step, then in (
        (dating.extended(2, 7), lambda d: doors.extended(book, d, 2)),
        (dating.excess(asked, decided), lambda d: doors.with_office_excess(book, d, asked, decided)),
        (dating.sent_back(back), lambda d: redo.after_send_back(book, d, back)),
        (dating.bounced(back), lambda d: redo.after_bounce(book, d, back)),
        (
            dating.changed("help", back, extended_by=2),
            lambda d: redo.recomputed(book, "help", received, d, back, extended_by=2,
                                      carry=lambda fresh: doors.with_office_excess(book, fresh, asked, decided)),
        ),
        (dating.dissatisfied(back), lambda d: redo.after_dissatisfied(book, back)),
    ):
        steps.append(step)
        due = then(due)
        assert dating.fold(book, steps) == due, step.how


def test_an_outage_holds_under_another_kind_too(book: Rulebook) -> None:
    """R-24 moved the date, whatever the kind turns out to be (R-22)."""
    received, told = at(book, "2026-10-12T09:00"), at(book, "2026-10-13T09:00")
    turned = dating.changed("complaint", told)
    plain = dating.fold(book, (dating.delivered("help", received), turned))
    shifted = dating.fold(book, (dating.delivered("help", received), dating.shifted(2, 5), turned))
    assert plain is not None
    assert shifted is not None
    assert shifted.at == shifts.shifted(book, plain, 2).at > plain.at


def test_an_extension_that_is_void_never_counted(book: Rulebook) -> None:
    received, back = at(book, "2026-10-12T09:00"), at(book, "2026-10-28T09:00")
    first, second = dating.extended(1, 7), dating.extended(2, 8)
    with_both = (dating.delivered("complaint", received), first, dating.sent_back(back), second)
    without = (dating.delivered("complaint", received), first, dating.sent_back(back))
    assert dating.fold(book, (*with_both, dating.void(8))) == dating.fold(book, without)
    assert dating.fold(book, (*with_both, dating.void(7))) != dating.fold(book, with_both)


def test_what_can_be_promised_before_dispatch(book: Rulebook) -> None:
    due = dating.fold(book, [dating.registered("complaint", at(book, "2026-11-02T09:00"), "web")])
    assert said(due) == here(book, suzhou="2026-11-25T00:00", example="2026-12-03T00:00")


@pytest.mark.clause("二段2")
def test_dates_are_shifted_for_an_outage(book: Rulebook) -> None:
    """A working-day limit by working days; a limit in calendar time by as many calendar days (R-24)."""
    received = at(book, "2026-11-02T09:00")
    normal = [dating.delivered("complaint", received), dating.shifted(2, 1)]
    assert said(dating.fold(book, normal)) == here(book, suzhou="2026-11-26T00:00", example="2026-12-03T00:00")
    urgent = [dating.delivered("complaint", received, urgent=True), dating.shifted(2, 1)]
    assert said(dating.fold(book, urgent)) == here(book, suzhou="2026-11-05T00:00", example="2026-11-06T00:00")
    due = dating.fold(book, normal)
    assert due is not None
    assert set(book.provision("date_shift").readings) <= set(due.readings)


def test_a_kind_without_a_limit_stays_without(book: Rulebook) -> None:
    received = at(book, "2026-11-02T09:00")
    steps = (dating.delivered("praise", received), dating.sent_back(received), dating.shifted(1, 1))
    assert dating.fold(book, steps) is None


def test_the_steps_are_read_as_they_were_written(book: Rulebook) -> None:
    one, two = at(book, "2026-11-02T09:00"), at(book, "2026-11-03T09:00:00.000001")
    steps = (
        dating.registered("help", one, "phone"), dating.delivered("help", one, urgent=True), dating.extended(3, 9),
        dating.void(9), dating.excess(one, two), dating.sent_back(two), dating.bounced(two),
        dating.dissatisfied(two), dating.changed("complaint", two, extended_by=3), dating.shifted(2, 5),
    )  # fmt: skip
    whole = (*steps, dating.assisting(one, (*steps, dating.handed_down(two, steps, urgent=True))))
    assert dating.read(dating.written(whole)) == whole
    assert dating.read(whole[-1].of)[-1].of == dating.written(steps)
    assert dating.read("") == ()
    assert dating.written(()) == ""


def test_steps_kept_before_are_read_and_what_has_an_odd_name_is_kept_so() -> None:
    one = datetime(2026, 11, 2, 1, 0, 0, 1, tzinfo=UTC)
    before = ('[{"how":"delivered","at":"2026-11-02T01:00:00.000001+00:00","kind":"help","urgent":true},'
              '{"how":"void","ref":9}]')  # fmt: skip
    steps = (dating.delivered("help", one, urgent=True), dating.void(9))
    assert dating.read(before) == steps
    assert dating.written(steps) == "delivered a1793581200000001 khelp g;void r9;"
    odd = (dating.delivered("a b;", one), dating.handed_down(one, [dating.delivered("(", one)]))
    assert dating.read(dating.written(odd)) == odd
    for text in ("nonsense", "delivered", "delivered x9;", "delivered a;"):
        with pytest.raises((ValueError, KeyError)):
            dating.read(text)


def test_a_date_has_seen_what_belongs_to_its_own_steps(book: Rulebook) -> None:
    """Not what those of another date have, on which it depends."""
    one = at(book, "2026-11-02T09:00")
    shifted = (dating.delivered("help", one), dating.shifted(1, 12))
    now, before = dating.seen(12)
    assert now in dating.written(shifted)
    assert before in '[{"how":"shifted","working_days":1,"ref":12}]'
    for other in (dating.assisting(one, shifted), dating.assisting(one, [dating.handed_down(one, shifted)])):
        assert now not in dating.written([other])
    assert dating.seen(1)[0] not in dating.written(shifted)


def test_an_instant_is_written_one_way_whatever_its_zone(book: Rulebook) -> None:
    """What is read back from the database bears another zone than what a page was given."""
    here = at(book, "2026-09-16T16:05")
    assert dating.written([dating.sent_back(here)]) == dating.written([dating.sent_back(here.astimezone(UTC))])


def test_a_round_opened_by_dissatisfaction_lasts_until_a_limit_begins_anew(book: Rulebook) -> None:
    """Whatever moves its date meanwhile (R-12)."""
    first, later = at(book, "2026-10-12T09:00"), at(book, "2026-11-02T09:00")
    steps = [dating.delivered("complaint", first)]
    assert not dating.redone(dating.written(steps))
    for step in (dating.dissatisfied(later), dating.sent_back(later), dating.extended(1, 7), dating.shifted(1, 8)):
        steps.append(step)
        assert dating.redone(dating.written(steps)), step.how
    assert not dating.redone(dating.written([*steps, dating.delivered("complaint", later)]))


def test_what_an_extension_extends_moves_with_what_moves_all_dates(book: Rulebook) -> None:
    """An outage moves it; what the unit has to do over does not (R-06, R-07)."""
    steps = (dating.delivered("help", at(book, "2026-10-12T09:00")), dating.extended(2, 7))
    old = dating.fold(book, steps[:1])
    assert dating.before(book, steps, 7) == old
    for step in (dating.sent_back, dating.bounced):
        assert dating.before(book, (*steps, step(at(book, "2026-10-19T09:00"))), 7) == old
    shifted = dating.before(book, (*steps, dating.shifted(2, 5)), 7)
    assert old is not None
    assert shifted == shifts.shifted(book, old, 2)
