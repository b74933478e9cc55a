"""Status × transition, walked in full: the table below is written by hand, not read from the cards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Matter, Order
from hotline.casework.statuses import MATTER_TERMS, ORDER_TERMS, MatterStatus, OrderStatus
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY, cards_of
from hotline.rules.book import Rulebook
from support import line

# verb: {status in which it may be performed: status in which the matter or order is afterwards, consequences included}
ON_MATTERS: dict[str, dict[str, str]] = {
    "register": {},  # creates the matter
    "accept": {"registered": "accepted"},
    "decline": {"registered": "declined", "awaiting_facts": "declined"},
    "ask_for_facts": {"registered": "awaiting_facts", "awaiting_facts": "awaiting_facts"},
    "propose_refusal": {"registered": "refusal_proposed", "awaiting_facts": "refusal_proposed"},
    "approve_refusal": {"refusal_proposed": "declined"},
    "reject_refusal": {"refusal_proposed": "registered"},
    "ask_for_review": {"declined": "under_review"},
    "uphold_refusal": {"under_review": "declined"},
    "accept_after_all": {"under_review": "accepted"},
    "note_decision_late": {s: s for s in ("refusal_proposed", "under_review", "declined", "registered",
                                          "awaiting_facts", "accepted", "submitted", "in_hand")},
    **{verb: {s: s for s in ("registered", "awaiting_facts", "accepted", "submitted", "in_hand")}
       for verb in ("ask_to_withdraw", "refuse_to_withdraw")},
    "confirm_withdrawal": dict.fromkeys(("registered", "awaiting_facts", "accepted", "submitted", "in_hand"),
                                        "withdrawn"),
    "propose_abuse": {s: s for s in ("registered", "awaiting_facts", "accepted", "declined")},
    **{verb: {s: s for s in MatterStatus if s != "archived"} for verb in ("approve_abuse", "reject_abuse")},
    "lift_abuse": {s: s for s in MatterStatus},
    "propose_end": {"in_hand": "in_hand"},
    "approve_end": {"in_hand": "ended"},
    "reject_end": {"in_hand": "in_hand"},
    "supply_facts": {"awaiting_facts": "registered"},
    "record_repeat": {},  # each city's own way: test_repeating walks it
    "link_to_first": {"registered": "registered"},
    "note_link": {s: s for s in MatterStatus},
    "join_matter": {"accepted": "joined"},
    **{verb: {s: s for s in ("accepted", "submitted", "in_hand")} for verb in ("take_in", "hear_joined")},
    "separate_matter": {"joined": "accepted", "replied": "accepted"},
    "separate_unlike": {"joined": "accepted"},
    "note_separated": {s: s for s in MatterStatus if s != "archived"},
    "answer_joined": {"joined": "replied", "replied": "replied", "closed": "replied"},
    "resume_on_new_facts": {"replied": "in_hand", "closed": "in_hand"},
    "reopen_at_desk": {"replied": "accepted", "closed": "accepted"},
    "amend_record": {s: s for s in ("registered", "awaiting_facts", "accepted", "submitted", "in_hand", "replied",
                                    "closed")},
    "add_material": {s: s for s in ("registered", "awaiting_facts", "accepted", "submitted", "in_hand", "replied",
                                    "closed")},
    **{verb: {s: s for s in ("registered", "awaiting_facts", "accepted", "submitted", "in_hand", "replied", "closed")}
       for verb in ("record_paper_in", "record_paper_out")},
    "dispatch_on_paper": {"accepted": "in_hand"},
    **{verb: {s: s for s in ("replied", "closed", "archived")}
       for verb in ("prepare_publication", "publish", "reject_publication")},
    **{verb: {s: s for s in MatterStatus} for verb in ("withdraw_publication", "retract_publication", "forget_joined")},
    **{verb: {"archived": "archived"} for verb in ("propose_destruction", "agree_to_destroy", "approve_destruction",
                                                   "keep_longer", "destroy_expired")},
    "hold_back_joint_answer": {s: s for s in ("replied", "closed", "archived")},
    "anonymise": {s: s for s in ("declined", "closed", "archived")},
    "anonymise_again": {s: s for s in MatterStatus},
    "correct_person": {s: s for s in MatterStatus if s != "answered"},
    "answer_at_once": {"accepted": "closed"},
    "connect": {"accepted": "closed"},
    "answer_in_call": {"accepted": "closed"},
    "submit": {"accepted": "submitted"},
    **{verb: {"submitted": "accepted", **{s: s for s in ("accepted", "in_hand", "replied", "closed")}}
       for verb in ("instruct", "give_back", "withdraw_submission")},
    "hand_over": {"registered": "declined", "awaiting_facts": "declined", "accepted": "declined",
                  "submitted": "submitted", "in_hand": "in_hand"},
    "pass_on_praise": {"accepted": "closed"},
    "transfer_elsewhere": dict.fromkeys(("registered", "awaiting_facts", "accepted"), "ended"),
    "leave_to_rescue": {s: "declined" for s in ("registered", "awaiting_facts", "accepted")},
    **{verb: {s: s for s in ("registered", "awaiting_facts", "accepted", "submitted", "in_hand")}
       for verb in ("recognise_emergency", "record_source")},
    **{verb: {s: s for s in MatterStatus if s not in ("answered", "archived")}
       for verb in ("report_emergency", "follow_up_emergency", "note_emergency_late")},
    **{verb: {s: s for s in MatterStatus if s != "archived"} for verb in ("raise_alarm", "repeat_alarm", "take_alarm")},
    "feed_back": {s: s for s in ("replied", "closed", "declined", "withdrawn", "ended")},
    "back_from_leader": {"submitted": "accepted"},
    "dispatch_meanwhile": {"submitted": "in_hand"},
    "dispatch_as_instructed": {"accepted": "in_hand"},
    "report_to_leader": {s: s for s in ("replied", "closed", "withdrawn", "ended")},
    "change_kind": {s: s for s in ("accepted", "submitted", "in_hand")},
    "recompute_promise": {s: s for s in ("registered", "awaiting_facts", "refusal_proposed", "under_review", "accepted",
                                       "joined", "submitted", "in_hand")},
    "inspect": {"in_hand": "in_hand"},
    "record_ruling": {s: s for s in ("accepted", "in_hand", "replied", "closed")},
    "revoke_ruling": {s: s for s in MatterStatus},
    "rest_on_ruling": {"in_hand": "in_hand"},
    "dispatch": {"accepted": "in_hand"},
    "back_to_desk": {"in_hand": "accepted"},
    "propose_designation": {"accepted": "accepted", "in_hand": "in_hand"},
    "designate": {"accepted": "in_hand", "in_hand": "in_hand"},
    "withdraw_designation": {"accepted": "accepted", "in_hand": "in_hand"},
    "note_designation_late": {"accepted": "accepted", "in_hand": "in_hand"},
    "name_target": {s: "accepted" if s == "joined" else s for s in MatterStatus if s != "answered"},
    "assign_shares": {"in_hand": "in_hand"},
    "add_unit": {"in_hand": "in_hand"},
    "settle": {"in_hand": "replied"},
    "reopen": {"replied": "in_hand", "closed": "in_hand"},
    "remind_leader": {s: s for s in ("submitted", "accepted", "in_hand", "replied", "closed")},
    "accept_dissatisfaction": {"replied": "closed"},
    "reopen_follow_up": {"closed": "replied"},
    "resume_handling": {"replied": "in_hand", "closed": "in_hand"},
    "close": {"answered": "closed", "replied": "closed"},
    "follow_up": {"replied": "closed", "closed": "closed"},
    "rate_at_once": {"closed": "closed"},
    "archive": dict.fromkeys(("declined", "closed", "withdrawn", "ended"), "archived"),
    "note_dispatch_late": {s: s for s in ("registered", "refusal_proposed", "accepted", "submitted", "in_hand",
                                          "replied", "closed")},
}
AGAIN = ("sent_back", "bounced", "reopened")
RETURNABLE = ("dispatched", "signed", "drafted", "signed_off")
WITH_UNIT = (*RETURNABLE, *AGAIN)
ON_ORDERS: dict[str, dict[str, str]] = {
    **{verb: {s: s for s in RETURNABLE} for verb in ("request_return", "agree_to_return", "disagree_with_return",
                                                     "withdraw_return", "refuse_return")},
    "take_back": dict.fromkeys(RETURNABLE, "returned"),
    "record_late_return": {s: s for s in WITH_UNIT},
    "lapse_return": {s: s for s in (*WITH_UNIT, "filed")},
    **{verb: dict.fromkeys((*WITH_UNIT, "filed"), "recalled")
       for verb in ("recall", "give_way", "take_from_target", "take_from_ended")},
    "note_return_late": {s: s for s in OrderStatus},
    "add_evidence": {s: s for s in (*WITH_UNIT, "filed")},
    "report_on_paper": {s: s for s in ("signed", "drafted", "signed_off", *AGAIN, "filed")},
    "sign_for": {"dispatched": "signed"},
    "hand_to_lead": {"filed": "approved"},
    "end_order": dict.fromkeys((*WITH_UNIT, "filed"), "ended"),
    "end_share": dict.fromkeys((*WITH_UNIT, "filed"), "recalled"),
    "hand_down": {s: s for s in ("signed", "drafted", *AGAIN)},
    "accept_from_below": {"filed": "approved"},
    "take_over": dict.fromkeys(("signed", "drafted", *AGAIN), "drafted"),
    "send_back_below": {"filed": "sent_back"},
    "hand_back_draft": {"drafted": "signed"},
    "look_below": {s: s for s in OrderStatus if s not in ("returned", "recalled", "ended")},
    "take_back_below": dict.fromkeys(RETURNABLE, "returned"),
    "refuse_return_below": {s: s for s in RETURNABLE},
    **{verb: {s: s for s in (*WITH_UNIT, "filed")} for verb in ("extend_below", "refuse_to_extend_below")},
    **{verb: {s: s for s in (*WITH_UNIT, "filed", "approved")}
       for verb in ("apply_to_withhold", "approve_withholding", "refuse_to_withhold",
                    "withdraw_application_to_withhold")},
    "ask_to_relay": {s: s for s in WITH_UNIT},
    "relay": {s: s for s in (*WITH_UNIT, "filed")},
    "record_contact": {s: s for s in ("dispatched", "signed", "drafted", "signed_off", *AGAIN)},
    "draft_reply": {s: "drafted" for s in ("dispatched", "signed", "drafted", *AGAIN)},
    "answer_citizen": {"drafted": "drafted", "signed_off": "signed_off"},
    "sign_off": {"drafted": "signed_off"},
    "file": {"signed_off": "filed"},
    "approve": {"filed": "approved"},
    "approve_explained": {"filed": "approved"},
    "call_again": {"approved": "reopened"},
    "send_back": {"filed": "sent_back"},
    "bounce": {"filed": "bounced"},
    "approve_in_part": {"filed": "reopened"},
    "give_red_for_false_reply": {s: s for s in ("filed", "approved", "sent_back", "reopened")},
    "lift_card": {s: s for s in OrderStatus},
    "mark_send_back": {"sent_back": "sent_back"},
    "order_redo": {"approved": "reopened"},
    "redo_after_check": {"approved": "reopened"},
    "record_investigation": {s: s for s in WITH_UNIT},
    **{verb: {s: s for s in ("filed", "approved")} for verb in ("check_on_site", "mark_false_reply")},
    "take_up_again": {"approved": "reopened"},
    "inherit_order": {s: s for s in ("dispatched", "signed", "drafted", "signed_off", "filed", *AGAIN)},
    **{verb: {s: s for s in ("dispatched", "signed", "drafted", "signed_off", *AGAIN)}
       for verb in ("request_extension", "agree_to_extension", "disagree_with_extension")},
    **{verb: {s: s for s in ("dispatched", "signed", "drafted", "signed_off", "filed", *AGAIN)}
       for verb in ("accept_extension", "refuse_extension", "explain_extension", "file_extension_by_silence",
                    "lapse_extension", "void_extension")},
    "deem_accept": {"dispatched": "dispatched"},
    **{verb: {s: s for s in OrderStatus} for verb in ("remind", "give_yellow", "give_red")},
    "recompute_due": {s: s for s in (*WITH_UNIT, "filed")},
    "shift_dates": {s: s for s in OrderStatus},
    "urge": {s: s for s in ("dispatched", "signed", "drafted", "signed_off", *AGAIN)},
    **{verb: {s: s for s in ("dispatched", "signed", "drafted", "signed_off", "filed", *AGAIN)}
       for verb in ("supervise", "answer_supervision", "note_supervision_late", "note_inner_late")},
    "note_review_late": {"filed": "filed", "approved": "approved"},
}
WHO = {**dict(line.LINE), "decline": "operator", "ask_for_facts": "operator", "supply_facts": "citizen",
       "propose_abuse": "operator", "lift_abuse": "inspector",
       **dict.fromkeys(("approve_abuse", "reject_abuse"), "shift_leader"),
       "ask_to_withdraw": "citizen", "propose_end": "reviewer", "end_order": "system",
       **dict.fromkeys(("confirm_withdrawal", "refuse_to_withdraw", "approve_end", "reject_end"), "shift_leader"),
       "propose_refusal": "operator", "ask_for_review": "citizen",
       **dict.fromkeys(("approve_refusal", "reject_refusal", "uphold_refusal", "accept_after_all"), "shift_leader"),
       "amend_record": "operator", "add_material": "operator", "add_evidence": "clerk",
       "record_paper_in": "operator", "record_paper_out": "operator", "report_on_paper": "clerk",
       "dispatch_on_paper": "dispatcher",
       "prepare_publication": "reviewer", "withdraw_publication": "reviewer", "retract_publication": "system",
       "agree_to_destroy": "inspector", "approve_destruction": "shift_leader", "keep_longer": "inspector",
       "destroy_expired": "system",
       "forget_joined": "system", "hold_back_joint_answer": "system",
       **dict.fromkeys(("publish", "reject_publication"), "shift_leader"),
       "anonymise": "inspector", "anonymise_again": "system", "correct_person": "inspector",
       **dict.fromkeys(("take_up_again", "resume_on_new_facts", "reopen_at_desk", "link_to_first", "note_link",
                        "take_in", "hear_joined", "note_separated", "separate_unlike", "answer_joined"), "system"),
       "join_matter": "operator", "separate_matter": "dispatcher",
       "answer_at_once": "operator", "settle": "system", "close": "system",
       "connect": "operator", "answer_in_call": "system", "submit": "dispatcher", "instruct": "leader",
       "hand_over": "operator", "pass_on_praise": "operator", "transfer_elsewhere": "dispatcher",
       "leave_to_rescue": "system", "record_source": "operator", "feed_back": "reviewer",
       **dict.fromkeys(("recognise_emergency", "report_emergency", "follow_up_emergency", "take_alarm",
                        "rate_at_once"), "operator"),
       "raise_alarm": "system",
       "give_back": "leader", "withdraw_submission": "dispatcher", "back_from_leader": "system",
       "dispatch_meanwhile": "dispatcher", "dispatch_as_instructed": "dispatcher", "report_to_leader": "reviewer",
       "inspect": "supervisor", "inherit_order": "system", "send_back": "reviewer", "bounce": "reviewer",
       "record_investigation": "clerk", "check_on_site": "supervisor", "mark_false_reply": "system",
       "redo_after_check": "inspector", "mark_send_back": "system",
       "order_redo": "follow_up", "resume_handling": "system",
       "request_return": "clerk", "agree_to_return": "head", "disagree_with_return": "deputy",
       "withdraw_return": "clerk", "take_back": "dispatcher", "refuse_return": "dispatcher",
       "record_late_return": "clerk", "recall": "dispatcher", "back_to_desk": "system",
       "propose_designation": "dispatcher", "withdraw_designation": "dispatcher",
       "record_ruling": "dispatcher", "revoke_ruling": "dispatcher", "rest_on_ruling": "system",
       "designate": "leader", "give_way": "system",
       "name_target": "operator", "take_from_target": "system", "take_from_ended": "system",
       "assign_shares": "system", "add_unit": "dispatcher", "hand_to_lead": "system", "end_share": "system",
       **dict.fromkeys(("hand_down", "accept_from_below", "send_back_below", "look_below"), "head"),
       **dict.fromkeys(("take_back_below", "refuse_return_below", "extend_below", "refuse_to_extend_below"), "head"),
       "take_over": "system",
       "apply_to_withhold": "clerk", "withdraw_application_to_withhold": "clerk",
       "approve_withholding": "reviewer", "refuse_to_withhold": "shift_leader",
       "ask_to_relay": "clerk", "relay": "follow_up",
       "change_kind": "dispatcher", "recompute_due": "system", "recompute_promise": "system",
       "urge": "operator", "supervise": "inspector", "answer_supervision": "clerk",
       "approve_in_part": "reviewer", "give_red_for_false_reply": "inspector", "lift_card": "supervisor",
       "accept_dissatisfaction": "shift_leader", "reopen_follow_up": "system",
       "approve_explained": "reviewer", "reopen": "system",
       "request_extension": "clerk", "agree_to_extension": "head", "disagree_with_extension": "deputy",
       "accept_extension": "supervisor", "refuse_extension": "supervisor", "explain_extension": "clerk",
       **dict.fromkeys(line.FALLEN, "clock"),
       "sign_off": "head", "hand_back_draft": "head"}  # fmt: skip

TRIED = {verb: list(MatterStatus) for verb in ON_MATTERS if verb not in ("register", "record_repeat")}
TRIED |= {verb: list(OrderStatus) for verb in ON_ORDERS}


def shifting(book: Rulebook) -> Actor:
    """Whoever may order that dates are shifted."""
    return replace(line.actor(book.provision("date_shift").values["ordered_by"]), unit_id=line.OFFICE_UNIT.id)


def file_in(book: Rulebook, verb: str, status: str) -> MatterDossier:
    """A file with everything in it (a major matter, so that it is always followed up), put into a status."""
    dossier = line.fit(book, line.lived(book, "archive", dispatch={"major": "1"}), verb)
    if verb in ON_MATTERS:
        return line.changed(dossier, dossier.matter, status=MatterStatus(status))
    dossier = line.changed(dossier, dossier.matter, status=line.MATTER_STANDS.get(verb, MatterStatus.IN_HAND))
    return line.changed(dossier, dossier.orders[-1], status=OrderStatus(status))


NEWCOMERS = {"accept_from_below": 990}  # a person who had no part in the letter


def actor(book: Rulebook, verb: str) -> Actor:
    return shifting(book) if verb == "shift_dates" else line.actor(WHO[verb], NEWCOMERS.get(verb))


def status_of(dossier: MatterDossier, verb: str) -> str:
    if verb in ON_MATTERS:
        return dossier.matter.status
    return next(order.status for order in dossier.orders if order.id != line.PARENT)


@pytest.mark.parametrize("verb", TRIED)
def test_a_verb_is_performed_in_its_statuses_and_refused_in_all_others(book: Rulebook, verb: str) -> None:
    moves = {**ON_MATTERS, **ON_ORDERS}[verb]
    wanted = {status: moves.get(status, "refused") for status in TRIED[verb]}
    assert {status: tried(book, verb, status, status in moves) for status in TRIED[verb]} == wanted


def tried(book: Rulebook, verb: str, status: str, open_to_it: bool) -> str:
    """The status in which a verb leaves its matter or order; or that it was refused, for the status alone."""
    dossier = file_in(book, verb, status)
    who, form = actor(book, verb), line.forms(book)[verb]
    if not open_to_it:
        assert line.refused(dossier, verb, who, form, line.NOW, book).step == "status"
        return "refused"
    out = line.act(dossier, verb, who, form, line.NOW, book)
    assert out.lines[0].kind == REGISTRY[verb].ledger.kind
    return status_of(dossier, verb)


def test_the_table_knows_every_verb_on_a_matter() -> None:
    assert {card.name() for card in cards_of("matter")} == {*ON_MATTERS, *ON_ORDERS}
    for verb in ON_MATTERS:
        assert REGISTRY[verb].moves.record is Matter
    for verb in ON_ORDERS:
        assert REGISTRY[verb].moves.record is Order


def test_every_status_is_reached_by_a_verb_and_has_a_term() -> None:
    def reached(table: dict[str, dict[str, str]], first: str) -> set[str]:
        return {first, *(after for moved in table.values() for after in moved.values())}

    passed_through = {MatterStatus.ANSWERED}  # a direct answer closes in the same breath
    assert reached(ON_MATTERS, "registered") | passed_through == set(MatterStatus) == set(MATTER_TERMS)
    assert reached(ON_ORDERS, "dispatched") == set(OrderStatus) == set(ORDER_TERMS)


@pytest.mark.parametrize(("verb", "matter", "order"), [
    ("register", "registered", None), ("accept", "accepted", None), ("dispatch", "in_hand", "dispatched"),
    ("sign_for", "in_hand", "signed"), ("record_contact", "in_hand", "signed"), ("draft_reply", "in_hand", "drafted"),
    ("answer_citizen", "in_hand", "drafted"), ("sign_off", "in_hand", "signed_off"), ("file", "in_hand", "filed"),
    ("approve", "replied", "approved"), ("follow_up", "closed", "approved"), ("archive", "archived", "approved"),
])  # fmt: skip
def test_the_line_passes_through_its_statuses(book: Rulebook, verb: str, matter: str, order: Any) -> None:
    dossier = line.lived(book, verb, dispatch={"major": "1"})
    assert dossier.matter.status == matter
    assert [o.status for o in dossier.orders] == ([order] if order else [])


def test_a_matter_is_registered_once(book: Rulebook) -> None:
    dossier = line.newborn()
    line.act(dossier, "register", line.actor("operator"), line.forms(book)["register"], line.NOW, book)
    assert dossier.matter.status == "registered"
    assert len(dossier.lines) == 1
