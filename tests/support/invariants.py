"""What must hold of any matter at any time, whoever did what. Written by hand, not read from the cards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise
from typing import Any

from hotline.casework import extensions
from hotline.casework.dossier import MatterDossier
from hotline.casework.jointly import unlike
from hotline.casework.records import Mark, Order, Text
from hotline.casework.statuses import OPEN_ORDERS
from hotline.casework.transitions import recomputing
from hotline.procedure.ledger import GENESIS, line_hash, read
from hotline.rules import doors
from hotline.rules.book import Rulebook
from hotline.rules.errors import UncoveredYear

FORGOT = ("anonymised", "anonymised_again", "joined_forgotten", "personal_data_destroyed")
OVER = ("closed", "withdrawn", "ended", "archived")
ONCE_AN_ORDER = ("unsigned", "no_contact")
# What one person did another must decide: kind of the later line -> kinds before it on the same subject.
ASKED_TO_RETURN, ASKED_FOR_TIME = ("return_requested", "return_agreed"), ("extension_requested", "extension_agreed")
OF_THE_LETTER = ("reply_drafted", "citizen_answered", "signed_off", "filed")
FOUR_EYES = {"signed_off": ("reply_drafted",), "extension_agreed": ("extension_requested",),
             **dict.fromkeys(("return_agreed", "return_disagreed"), ("return_requested",)),
             **dict.fromkeys(("return_granted", "return_refused", "inner_return_granted", "inner_return_refused"),
                             ASKED_TO_RETURN),
             **dict.fromkeys(("extension_filed", "extension_refused", "inner_extension_granted",
                              "inner_extension_refused"), ASKED_FOR_TIME),
             **dict.fromkeys(("approved", "explained_approved", "approved_in_part", "accepted_from_below"),
                             OF_THE_LETTER),
             **dict.fromkeys(("refusal_approved", "refusal_rejected"), ("refusal_proposed",)),
             **dict.fromkeys(("refusal_upheld", "accepted_after_all"), ("refusal_proposed", "refusal_approved")),
             **dict.fromkeys(("withdrawn", "withdrawal_refused"), ("withdrawal_asked",)),
             **dict.fromkeys(("abuse_marked", "abuse_rejected"), ("abuse_proposed",)),
             "abuse_lifted": ("abuse_proposed", "abuse_marked"),
             **dict.fromkeys(("end_approved", "end_rejected"), ("end_proposed",)),
             "destruction_approved": ("destruction_agreed",),
             **dict.fromkeys(("published", "publication_rejected"), ("publication_prepared",)),
             "dissatisfaction_accepted": ("followed_up", *OF_THE_LETTER),
             "card_lifted": ("false_reply_found", "checked_on_site", "sent_back", "signed_for", "contact_recorded",
                             "investigation_recorded", *ASKED_TO_RETURN, *ASKED_FOR_TIME, *OF_THE_LETTER)}  # fmt: skip
DATES = ("due_at", "sign_until", "return_until", "contact_until", "review_until")
FIXED = ("received_at", "dispatched_at", "previous_id", "matter_id")  # once an order is there


def check(book: Rulebook, dossier: MatterDossier) -> None:
    """All of it."""
    check_chain(dossier)
    check_texts(dossier)
    check_responsible(dossier)
    check_dates(book, dossier)
    check_settled_dates(book, dossier)
    check_marks(dossier)
    check_timeliness(dossier)
    check_four_eyes(dossier)
    check_avoided(dossier)


def check_joined(dossier: MatterDossier, matters: Mapping[int, MatterDossier]) -> None:
    """What is joined knows its main matter, and that knows it; nothing waits with what is answered already. A main
    matter that is archived is frozen, whatever becomes of the others."""
    main = dossier.main()
    assert dossier.matter.status != "joined" or main is not None
    if dossier.matter.status == "joined" and main is not None:
        other = matters[main.other_id]
        assert other.matter.status in ("accepted", "submitted", "in_hand")
        assert dossier.chain.id in [link.other_id for link in other.joined()]
        assert dossier.open_orders() == []
        assert dossier.matter.dispatch_until is None
        assert not unlike(dossier.matter, other.matter), "of one kind, and about the same"
    if dossier.matter.status != "archived":
        for link in dossier.joined():
            back = matters[link.other_id].main()
            assert back is not None
            assert back.other_id == dossier.chain.id


def check_avoided(dossier: MatterDossier) -> None:
    """The target of a complaint holds none of its orders, nor does anybody below it."""
    target = dossier.matter.against_unit_id
    assert target is None or all(target not in (o.unit_id, o.level2_unit_id) for o in dossier.open_orders())


def check_chain(dossier: MatterDossier) -> None:
    """Numbers without a gap, instants that never go back, hashes that chain."""
    assert [li.seq for li in dossier.lines] == list(range(1, len(dossier.lines) + 1))
    assert all(one.at <= two.at for one, two in pairwise(dossier.lines))
    before = GENESIS
    for li in dossier.lines:
        before = line_hash(before, li.text)
    assert before == dossier.head.hash
    assert (dossier.head.seq, dossier.head.at) == (dossier.lines[-1].seq, dossier.lines[-1].at)


def check_texts(dossier: MatterDossier) -> None:
    """Every free text is vouched for by one line."""
    reads = [read(li.text) for li in dossier.lines]
    vouched = [text_id for one in reads if one.kind not in FORGOT for text_id, _ in one.texts]
    replaced = {text_id for one in reads if one.kind in FORGOT for text_id, _ in one.texts}
    known = [text.id for text in dossier.all(Text)]
    assert sorted({*vouched, *replaced}) == known  # each by one line, and again where somebody was forgotten
    assert len(set(vouched)) == len(vouched)


def check_responsible(dossier: MatterDossier) -> None:
    """While a matter is in hand somebody is responsible; and nobody is once it is not."""
    matter = dossier.matter
    assert (matter.status == "in_hand") == any(o.lead for o in dossier.open_orders()), matter.status
    assert all(order.unit_id and order.level2_unit_id for order in dossier.orders)
    assert (matter.closed_at is not None) == (matter.status in OVER and matter.refusal is None)
    assert all(order.ended_at is None for order in dossier.open_orders())


def check_dates(book: Rulebook, dossier: MatterDossier) -> None:
    """No date lies before delivery, no order is extended beyond the cap, a filed letter has its review date."""
    for order in dossier.orders:
        dates = {name: getattr(order, name) for name in DATES}
        early = [(name, at, dossier.lines[-1].kind) for name, at in dates.items() if at and at < order.received_at]
        assert early == [], order
        assert order.due_at is None or order.due_clause in book.clauses
        assert 0 <= order.extended_by <= max(doors.cap(book, kind) for kind in _kinds(dossier, order))
        assert (order.filed_at is None) or order.review_until is not None
        assert (order.approved_at is not None) == (order.status == "approved")


def check_settled_dates(book: Rulebook, dossier: MatterDossier) -> None:
    """Under the calendar under which everything was done, nothing comes out otherwise when it is worked out anew."""
    with suppress(UncoveredYear):
        for order in dossier.orders:
            assert recomputing.order_changes(book, dossier, order) == {}
            assert list(extensions.changes(book, dossier, order)) == []
        assert recomputing.matter_changes(book, dossier) == {}


def _kinds(dossier: MatterDossier, order: Order) -> set[str]:
    """The kinds under which an order was extended: what is open follows the matter's, what was done before it was
    corrected does not."""
    now = {dossier.matter.kind}
    anew = any(li.kind in ("redo_ordered", "redone_after_check") for li in dossier.lines)
    if order.status in OPEN_ORDERS and not anew:
        return now
    return now | {read(li.text).figures[1] for li in dossier.lines if li.subject_id == order.id}


def check_marks(dossier: MatterDossier) -> None:
    """A card falls once for a unit, its cause and round; for not signing and not contacting once for the order."""
    marks = dossier.all(Mark)
    each = Counter((m.order_id, m.colour, m.cause, None if m.cause in ONCE_AN_ORDER else (m.round, m.unit_id))
                   for m in marks)  # fmt: skip
    assert not [what for what, times in each.items() if times > 1]
    lines = [li for li in dossier.lines if li.kind in ("yellow_given", "red_given")]
    given = [read(li.text).facts[0] for li in lines]
    assert set(given) <= {m.id for m in marks}
    assert len(set(given)) == len(given)
    last = {order.id: order.round for order in dossier.orders}
    assert all(1 <= m.round <= last[m.order_id] for m in marks)


def check_timeliness(dossier: MatterDossier) -> None:
    """What was settled stands; else a filed letter is in time only strictly before its date, if it has one."""
    for order in dossier.orders:
        if order.filed_at is None or order.status == "ended":
            assert order.on_time is None
        elif order.settled is not None:
            assert order.on_time is order.settled
        else:
            assert order.on_time is (None if order.due_at is None else order.filed_at < order.due_at)


def check_four_eyes(dossier: MatterDossier) -> None:
    """Whoever decides is another person than whoever asked or had a part in it, at any time before, acting for others
    included. An order is made of what was handed down of it, a matter of its orders."""
    earlier = defaultdict[tuple[str, int | None], set[int]](set)
    parts = {order.id: {order.parent_id, dossier.chain.id} for order in dossier.orders}
    for li in dossier.lines:
        made_of = (li.subject_id, *(one for one, uppers in parts.items() if li.subject_id in uppers))
        for kind in FOUR_EYES.get(li.kind, ()):
            assert not any(earlier[kind, one] & li.persons() for one in made_of), (kind, li.kind)
        earlier[li.kind, li.subject_id] |= li.persons()


def check_step(before: MatterDossier | None, after: MatterDossier) -> None:
    """From one state to the next: lines are only added, rounds count the dates, what is settled stays."""
    if before is None:
        return
    assert after.lines[: len(before.lines)] == before.lines
    now = {order.id: order for order in after.orders}
    new = {(li.kind, li.subject_id) for li in after.lines[len(before.lines) :]}
    for order in before.orders:
        anew = any((kind, order.id) in new for kind in ("called_again", "taken_up_again"))  # judged by its own date
        _check_order_step(order, now[order.id], shifted=("dates_shifted", order.id) in new, anew=anew)
        earned = order.settled is None and now[order.id].settled is True
        assert not earned or ("redo_ordered", order.id) in new, "timeliness is earned for good by an approval alone"


def _check_order_step(before: Order, after: Order, *, shifted: bool, anew: bool) -> None:
    def same(*names: str) -> list[tuple[Any, Any]]:
        return [(getattr(before, n), getattr(after, n)) for n in names if getattr(before, n) != getattr(after, n)]

    assert same(*FIXED) == []
    assert after.designated or not before.designated
    assert after.round >= before.round
    assert after.due_at == before.due_at or after.round > before.round
    unsettled = (shifted and before.settled is False) or (anew and before.settled is True)
    assert before.settled is None or after.settled is before.settled or unsettled
    assert after.send_backs >= before.send_backs or after.status == "approved"
    assert before.signed_at is None or after.signed_at == before.signed_at
    assert before.deemed_at is None or after.deemed_at == before.deemed_at
