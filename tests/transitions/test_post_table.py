"""Post × verb, walked in full, and how far each post reaches. The tables are written by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.casework.transitions.looking import LookUpDossier
from hotline.network.roles import Role
from hotline.procedure import engine
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.card import REGISTRY, cards_of
from hotline.procedure.case import Case
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import Chain, Head
from hotline.rules.book import Rulebook
from support import line

UNIT = "clerk deputy head"
OFFICE = "operator dispatcher reviewer follow_up supervisor inspector shift_leader"
MAY = {
    "register": "citizen operator shift_leader",
    "accept": "operator shift_leader",
    "decline": "operator shift_leader",
    "ask_for_facts": "operator shift_leader",
    "propose_refusal": "operator shift_leader",
    **dict.fromkeys(("approve_refusal", "reject_refusal", "uphold_refusal", "accept_after_all"), "shift_leader"),
    "ask_to_withdraw": "citizen operator shift_leader",
    **dict.fromkeys(("confirm_withdrawal", "refuse_to_withdraw"), "dispatcher follow_up shift_leader"),
    "propose_end": "operator dispatcher reviewer supervisor inspector shift_leader",
    **dict.fromkeys(("approve_end", "reject_end"), "shift_leader"),
    "end_order": "system",
    "propose_abuse": "operator shift_leader",
    **dict.fromkeys(("approve_abuse", "reject_abuse"), "shift_leader"),
    "lift_abuse": "shift_leader inspector",
    "ask_for_review": "citizen operator shift_leader",
    "record_repeat": "operator shift_leader",
    **dict.fromkeys(("take_up_again", "resume_on_new_facts", "reopen_at_desk", "link_to_first", "note_link", "take_in",
                     "hear_joined", "note_separated", "separate_unlike", "answer_joined"), "system"),
    **dict.fromkeys(("join_matter", "separate_matter"), "operator dispatcher shift_leader"),
    "amend_record": "operator shift_leader",
    "supply_facts": "citizen operator shift_leader",
    "add_material": OFFICE,
    **dict.fromkeys(("record_paper_in", "record_paper_out"), "operator dispatcher reviewer supervisor shift_leader"),
    "report_on_paper": UNIT,
    "dispatch_on_paper": "dispatcher shift_leader",
    **dict.fromkeys(("prepare_publication", "withdraw_publication"), "reviewer follow_up shift_leader"),
    **dict.fromkeys(("publish", "reject_publication"), "reviewer shift_leader"),
    "agree_to_destroy": "inspector", "approve_destruction": "shift_leader", "keep_longer": "inspector shift_leader",
    **dict.fromkeys(("destroy_expired", "retract_publication", "forget_joined", "hold_back_joint_answer"), "system"),
    "anonymise": "inspector",
    "anonymise_again": "system",
    "correct_person": "inspector shift_leader",
    "add_evidence": UNIT,
    "answer_at_once": "operator shift_leader",
    "dispatch": "dispatcher shift_leader",
    "connect": "operator shift_leader",
    "answer_in_call": "system",
    "submit": "dispatcher shift_leader",
    "instruct": "leader",
    "hand_over": "operator shift_leader",
    "leave_to_rescue": "system",
    "recognise_emergency": OFFICE,
    "take_alarm": "operator dispatcher shift_leader",
    "rate_at_once": "operator shift_leader",
    "raise_alarm": "system",
    "report_emergency": "operator dispatcher shift_leader",
    "follow_up_emergency": "operator dispatcher shift_leader",
    "record_source": "operator dispatcher shift_leader",
    "feed_back": "dispatcher reviewer shift_leader",
    "give_back": "leader",
    "withdraw_submission": "dispatcher shift_leader",
    "back_from_leader": "system",
    "dispatch_meanwhile": "dispatcher shift_leader",
    "dispatch_as_instructed": "dispatcher shift_leader",
    "report_to_leader": "dispatcher reviewer shift_leader",
    "inspect": "supervisor inspector shift_leader",
    "change_kind": "dispatcher shift_leader",
    "shift_dates": "head leader",  # which of the two, the rulebook says
    "recompute_due": "system",
    "recompute_promise": "system",
    "urge": f"{OFFICE} {UNIT}",
    "supervise": f"supervisor inspector shift_leader {UNIT}",
    "answer_supervision": UNIT,
    "request_return": "clerk",
    "agree_to_return": "deputy head",
    "disagree_with_return": "deputy head",
    "withdraw_return": UNIT,
    "take_back": "dispatcher shift_leader",
    "refuse_return": "dispatcher shift_leader",
    "record_late_return": UNIT,
    "recall": "dispatcher shift_leader",
    "back_to_desk": "system",
    "name_target": OFFICE,
    **dict.fromkeys(("take_from_target", "take_from_ended"), "system"),
    **dict.fromkeys(("apply_to_withhold", "withdraw_application_to_withhold", "ask_to_relay"), UNIT),
    **dict.fromkeys(("approve_withholding", "refuse_to_withhold"), "reviewer shift_leader"),
    **dict.fromkeys(("hand_down", "accept_from_below", "send_back_below", "look_below"), UNIT),
    **dict.fromkeys(("take_back_below", "refuse_return_below", "extend_below", "refuse_to_extend_below"),
                    "deputy head"),
    "take_over": "system",
    "assign_shares": "system",
    "add_unit": "dispatcher shift_leader",
    **dict.fromkeys(("record_ruling", "revoke_ruling"), "dispatcher shift_leader"),
    "rest_on_ruling": "system",
    "hand_to_lead": "system",
    "end_share": "system",
    "pass_on_praise": "operator dispatcher shift_leader",
    "transfer_elsewhere": "dispatcher shift_leader",
    "relay": "operator follow_up shift_leader",
    "propose_designation": "dispatcher shift_leader",
    "withdraw_designation": "dispatcher shift_leader",
    "designate": "leader",
    "give_way": "system",
    "sign_for": UNIT,
    "record_contact": UNIT,
    "draft_reply": UNIT,
    "answer_citizen": UNIT,
    "sign_off": "deputy head", "hand_back_draft": "deputy head",
    "file": UNIT,
    "approve": "reviewer shift_leader",
    "send_back": "reviewer shift_leader",
    "bounce": "reviewer shift_leader",
    "approve_in_part": "reviewer shift_leader",
    "give_red_for_false_reply": "supervisor inspector",
    "lift_card": "supervisor inspector",
    "record_investigation": UNIT,
    "check_on_site": "supervisor inspector follow_up",
    "mark_false_reply": "system",
    "redo_after_check": "supervisor inspector shift_leader",
    "accept_dissatisfaction": "follow_up shift_leader",
    "reopen_follow_up": "system",
    "mark_send_back": "system",
    "order_redo": "follow_up shift_leader",
    "resume_handling": "system",
    "approve_explained": "reviewer shift_leader",
    "reopen": "system",
    "request_extension": UNIT,
    "agree_to_extension": "deputy head",
    "disagree_with_extension": "deputy head",
    "accept_extension": "supervisor shift_leader",
    "refuse_extension": "supervisor shift_leader",
    "explain_extension": UNIT,
    "inherit_order": "system",
    "settle": "system",
    "close": "system clock",
    "follow_up": "follow_up shift_leader citizen",
    "archive": "reviewer follow_up shift_leader clock",
    **dict.fromkeys(line.FALLEN, "clock"),
}
STANDS_AT = {  # status of the matter, or of its order, in which the verb may be performed
    **dict.fromkeys(("ask_to_withdraw", "confirm_withdrawal", "refuse_to_withdraw", "propose_end", "approve_end",
                     "reject_end"), "in_hand"),
    "end_order": "signed", "lift_abuse": "archived",
    **dict.fromkeys(("propose_abuse", "approve_abuse", "reject_abuse"), "registered"),
    "propose_refusal": "registered", "ask_for_review": "declined",
    **dict.fromkeys(("approve_refusal", "reject_refusal", "note_decision_late"), "refusal_proposed"),
    **dict.fromkeys(("uphold_refusal", "accept_after_all"), "under_review"),
    "accept": "registered", "decline": "registered", "ask_for_facts": "registered",
    "supply_facts": "awaiting_facts", "amend_record": "in_hand", "record_repeat": "in_hand",
    "anonymise": "archived", "anonymise_again": "archived", "correct_person": "archived",
    "add_material": "in_hand", "add_evidence": "signed",
    "record_paper_in": "in_hand", "record_paper_out": "in_hand", "report_on_paper": "signed",
    "dispatch_on_paper": "accepted",
    **dict.fromkeys(("propose_destruction", "agree_to_destroy", "approve_destruction", "keep_longer",
                     "destroy_expired"), "archived"),
    **dict.fromkeys(("prepare_publication", "publish", "reject_publication", "withdraw_publication",
                     "retract_publication", "forget_joined", "hold_back_joint_answer"), "archived"),
    "link_to_first": "registered", "join_matter": "accepted", "separate_matter": "joined",
    **dict.fromkeys(("answer_joined", "separate_unlike"), "joined"),
    **dict.fromkeys(("note_link", "take_in", "hear_joined", "note_separated"), "in_hand"),
    "take_up_again": "approved", "resume_on_new_facts": "closed", "reopen_at_desk": "closed",
    "answer_at_once": "accepted", "dispatch": "accepted",
    "connect": "accepted", "answer_in_call": "accepted", "submit": "accepted", "instruct": "submitted",
    "hand_over": "registered", "pass_on_praise": "accepted", "transfer_elsewhere": "registered",
    "leave_to_rescue": "registered", "record_source": "accepted", "feed_back": "replied",
    **dict.fromkeys(("recognise_emergency", "report_emergency", "follow_up_emergency", "note_emergency_late",
                     "raise_alarm", "repeat_alarm", "take_alarm"), "in_hand"),
    "rate_at_once": "closed",
    "give_back": "in_hand", "withdraw_submission": "submitted", "back_from_leader": "submitted",
    "dispatch_meanwhile": "submitted", "dispatch_as_instructed": "accepted", "report_to_leader": "replied",
    "inspect": "in_hand", "sign_for": "dispatched", "record_contact": "signed", "draft_reply": "signed",
    "answer_citizen": "drafted",
    "sign_off": "drafted", "hand_back_draft": "drafted", "file": "signed_off",
    "approve": "filed", "settle": "in_hand", "close": "replied",
    "follow_up": "replied", "archive": "closed", "inherit_order": "signed",
    "send_back": "filed", "bounce": "filed", "mark_send_back": "sent_back",
    **dict.fromkeys(("order_redo", "redo_after_check"), "approved"), "record_investigation": "signed",
    "check_on_site": "filed", "mark_false_reply": "filed",
    "back_to_desk": "in_hand", "propose_designation": "in_hand", "withdraw_designation": "in_hand",
    "designate": "in_hand", "note_designation_late": "in_hand", "give_way": "signed", "recall": "signed",
    "name_target": "accepted", "take_from_target": "signed", "take_from_ended": "signed",
    "assign_shares": "in_hand", "add_unit": "in_hand", "record_ruling": "in_hand",
    "revoke_ruling": "in_hand", "rest_on_ruling": "in_hand", "hand_to_lead": "filed", "end_share": "signed",
    "accept_from_below": "filed", "send_back_below": "filed",
    **dict.fromkeys(("hand_down", "take_over", "look_below", "take_back_below", "refuse_return_below", "extend_below",
                     "refuse_to_extend_below"), "signed"),
    "ask_to_relay": "signed", "relay": "signed",
    **dict.fromkeys(("apply_to_withhold", "approve_withholding", "refuse_to_withhold",
                     "withdraw_application_to_withhold"), "signed"),
    **dict.fromkeys(("request_return", "agree_to_return", "disagree_with_return", "withdraw_return", "take_back",
                     "refuse_return", "record_late_return", "lapse_return", "note_return_late"), "signed"),
    "change_kind": "in_hand", "shift_dates": "signed", "recompute_due": "signed", "recompute_promise": "accepted",
    "urge": "signed", "supervise": "signed", "answer_supervision": "signed", "note_supervision_late": "signed",
    "note_inner_late": "signed",
    "resume_handling": "replied", "approve_in_part": "filed", "give_red_for_false_reply": "filed",
    "lift_card": "signed", "accept_dissatisfaction": "replied", "reopen_follow_up": "closed",
    "approve_explained": "filed", "call_again": "approved", "reopen": "replied", "remind_leader": "submitted",
    **dict.fromkeys(("request_extension", "agree_to_extension", "disagree_with_extension", "accept_extension",
                     "refuse_extension", "explain_extension", "file_extension_by_silence", "lapse_extension",
                     "void_extension"), "signed"),
    "deem_accept": "dispatched", "remind": "signed",
    "give_yellow": "signed", "give_red": "signed", "note_dispatch_late": "accepted", "note_review_late": "filed",
}  # fmt: skip
REACHES = {
    "register": Reach.OWN, "follow_up": Reach.OWN,
    **dict.fromkeys(("supply_facts", "ask_for_review", "ask_to_withdraw"), Reach.OWN),
    "ask_for_facts": Reach.CITY,
    **dict.fromkeys(("propose_refusal", "approve_refusal", "reject_refusal", "uphold_refusal", "accept_after_all",
                     "confirm_withdrawal", "refuse_to_withdraw", "propose_end", "approve_end", "reject_end",
                     "propose_abuse", "approve_abuse", "reject_abuse", "lift_abuse", "end_order"), Reach.CITY),
    **dict.fromkeys(("record_paper_in", "record_paper_out", "dispatch_on_paper", "prepare_publication", "publish",
                     "reject_publication", "withdraw_publication", "retract_publication", "forget_joined",
                     "hold_back_joint_answer", "agree_to_destroy", "approve_destruction", "keep_longer",
                     "destroy_expired"), Reach.CITY),
    "report_on_paper": Reach.HOLDS,
    **dict.fromkeys(("anonymise", "anonymise_again", "correct_person", "amend_record", "add_material",
                     "record_repeat", "take_up_again", "resume_on_new_facts", "reopen_at_desk"), Reach.CITY),
    **dict.fromkeys(("link_to_first", "note_link", "join_matter", "take_in", "hear_joined", "separate_matter",
                     "note_separated", "separate_unlike", "answer_joined"), Reach.CITY),
    **dict.fromkeys(("accept", "decline", "answer_at_once", "dispatch", "approve", "settle", "close", "archive",
                     "connect", "answer_in_call", "submit", "instruct", "inspect",
                     "hand_over", "pass_on_praise", "transfer_elsewhere", "leave_to_rescue",
                     "recognise_emergency", "report_emergency", "raise_alarm", "take_alarm", "rate_at_once",
                     "follow_up_emergency", "record_source", "feed_back",
                     "give_back", "withdraw_submission", "back_from_leader", "dispatch_meanwhile",
                     "dispatch_as_instructed", "report_to_leader", "inherit_order",
                     "take_back", "refuse_return", "recall", "back_to_desk", "propose_designation", "designate",
                     "withdraw_designation", "record_ruling", "revoke_ruling", "rest_on_ruling",
                     "give_way", "send_back", "bounce", "mark_send_back", "order_redo",
                     "resume_handling",
                     "name_target", "take_from_target", "take_from_ended", "relay",
                     "approve_withholding", "refuse_to_withhold",
                     "assign_shares", "take_over", "add_unit", "hand_to_lead", "end_share",
                     "approve_in_part", "give_red_for_false_reply", "lift_card", "check_on_site",
                     "mark_false_reply", "redo_after_check", "accept_dissatisfaction",
                     "reopen_follow_up", "accept_extension", "refuse_extension", "approve_explained", "reopen",
                     "change_kind", "recompute_due", "recompute_promise", *line.FALLEN),
                    Reach.CITY),
    **dict.fromkeys(("hand_down", "ask_to_relay", "add_evidence", "apply_to_withhold",
                     "withdraw_application_to_withhold",
                     "sign_for", "record_contact", "record_investigation",
                     "draft_reply", "answer_citizen", "sign_off", "hand_back_draft", "file",
                     "request_extension", "agree_to_extension", "disagree_with_extension", "explain_extension",
                     "answer_supervision", "request_return", "agree_to_return", "disagree_with_return",
                     "withdraw_return", "record_late_return"), Reach.HOLDS),
    **dict.fromkeys(("accept_from_below", "send_back_below", "take_back_below", "refuse_return_below", "extend_below",
                     "refuse_to_extend_below"), Reach.BELOW),
    **dict.fromkeys(("urge", "supervise", "look_below"), Reach.OVER), "shift_dates": Reach.ALL,
}  # fmt: skip
UNIT_VERBS = sorted(verb for verb, reach in REACHES.items() if reach is Reach.HOLDS)


def open_for(book: Rulebook, verb: str) -> MatterDossier:
    """A file on which everything but the post lets the verb through."""
    if verb == "register":
        return line.newborn()
    dossier, status = line.fit(book, line.lived(book, "archive"), verb), STANDS_AT[verb]
    if status in set(MatterStatus):
        return line.changed(dossier, dossier.matter, status=MatterStatus(status))
    dossier = line.changed(dossier, dossier.matter, status=line.MATTER_STANDS.get(verb, MatterStatus.IN_HAND))
    held = {"unit_id": line.BELOW.id} if REACHES[verb] is Reach.OVER else {}
    return line.changed(dossier, dossier.orders[-1], status=OrderStatus(status), **held)


def form_for(book: Rulebook, verb: str, role: str) -> dict[str, str]:
    form = line.forms(book)[verb]
    if role != "citizen":
        return form
    return {**form, "means": "rating"} if verb == "follow_up" else {**form, "channel": "web"}


def acting(verb: str, role: str) -> Actor:
    """Somebody who has done nothing on this file, of the unit; where the office's own head decides, of the office."""
    who = line.actor(role, 990)
    if role == "leader":  # whoever acts for the leader acts in the leader's post
        return replace(who, post_id=line.LEADER_POST.id)
    return replace(who, unit_id=line.OFFICE_UNIT.id) if (verb, role) == ("shift_dates", "head") else who


@pytest.mark.clause("二段2a")
@pytest.mark.parametrize("verb", MAY)
def test_a_verb_is_performed_by_its_posts_and_by_no_other(book: Rulebook, verb: str) -> None:
    lacking, may, ready = ranks_lacking(book), MAY[verb].split(), open_for(book, verb)
    wanted = {role: "guard" if (role, verb) in lacking else "done" if role in may else "post" for role in Role}
    assert {role: tried(book, line.copy(ready), verb, role, wanted[role] == "done") for role in Role} == wanted


def tried(book: Rulebook, dossier: MatterDossier, verb: str, role: str, may: bool) -> str:
    """That the post's act went, or by which check it was refused."""
    who, form = acting(verb, role), form_for(book, verb, role)
    if not may:
        return line.refused(dossier, verb, who, form, line.NOW, book).step
    assert line.act(dossier, verb, who, form, line.NOW, book).lines[0].person_id == who.person_id
    return "done"


def ranks_lacking(book: Rulebook) -> set[tuple[str, str]]:
    """Who holds the post for a verb, but not the rank that this city's rulebook wants of it."""
    return here(book, suzhou={("leader", "shift_dates")},
                example={("deputy", "agree_to_extension"), ("deputy", "agree_to_return"),
                         ("head", "shift_dates")})  # fmt: skip


def test_the_tables_know_every_verb_on_a_matter() -> None:
    assert {card.name() for card in cards_of("matter")} == set(MAY) == set(REACHES)
    assert {name: REGISTRY[name].reach for name in REACHES} == REACHES


@pytest.mark.clause("一段1a")
def test_a_citizen_registers_supplies_asks_withdraws_and_rates_and_does_nothing_else() -> None:
    own = {"register", "follow_up", "supply_facts", "ask_for_review", "ask_to_withdraw"}
    assert {verb for verb, roles in MAY.items() if "citizen" in roles.split()} == own
    assert {card.name() for card in cards_of("matter") if "citizen" in card.by} == own


@pytest.mark.parametrize(("verb", "role"), [(v, r) for v in UNIT_VERBS for r in MAY[v].split()])
def test_another_unit_does_not_reach_the_order(book: Rulebook, verb: str, role: str) -> None:
    dossier, stranger = open_for(book, verb), line.actor(role, 900, line.OTHER.id)
    no = line.refused(dossier, verb, stranger, line.forms(book)[verb], line.NOW, book)
    assert no.step == "reach"
    assert engine.offers(dossier, stranger, line.NOW, book, line.tools()) == []


@pytest.mark.parametrize("role", UNIT.split())
def test_the_level_above_does_not_act_on_what_the_level_below_holds(book: Rulebook, role: str) -> None:
    below = line.tools(unit=line.Receiving(line.BELOW))
    dossier = line.lived(book, "dispatch", kit=below)
    above = line.actor(role, 900, line.UNIT.id)
    assert line.refused(dossier, "sign_for", above, {}, line.NOW, book).step == "reach"
    line.act(dossier, "sign_for", line.actor(role, 901, line.BELOW.id), {}, line.NOW, book)
    assert dossier.orders[0].status == "signed"


@pytest.mark.parametrize("role", OFFICE.split())
def test_the_office_reaches_the_whole_city_but_holds_no_order(book: Rulebook, role: str) -> None:
    dossier, who = line.lived(book, "dispatch"), line.actor(role)
    assert dossier.within(Reach.CITY, dossier.matter, who)
    assert dossier.within(Reach.OWN, dossier.matter, who)
    assert not dossier.within(Reach.HOLDS, dossier.orders[0], who)


@pytest.mark.parametrize(("role", "unit", "reaches"), [
    ("clerk", line.UNIT.id, {Reach.BELOW, Reach.OVER}),
    ("clerk", line.BELOW.id, {Reach.HOLDS}),
    ("clerk", line.OTHER.id, set()),
    ("leader", 1, {Reach.ALL}),
    ("admin", 1, set()),
    ("citizen", 1, {Reach.OWN}),
    ("system", 1, set(Reach)),
    ("clock", 1, set(Reach)),
])  # fmt: skip
def test_how_far_each_post_reaches_an_order_of_level_3(
    book: Rulebook, role: str, unit: int, reaches: set[Reach]
) -> None:
    dossier = line.lived(book, "dispatch", kit=line.tools(unit=line.Receiving(line.BELOW)))
    who = line.actor(role, 900, unit)
    assert {reach for reach in Reach if dossier.within(reach, dossier.orders[0], who)} == reaches


def test_nobody_holds_a_matter_that_is_no_order(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    assert not dossier.within(Reach.HOLDS, dossier.matter, line.actor("clerk"))
    assert not dossier.within(Reach.BELOW, dossier.matter, line.actor("clerk"))


def reveal(book: Rulebook, who: Actor, chain_id: int, matter_id: str = "1") -> None:
    dossier = LookUpDossier(Chain("lookup", chain_id), Head())
    case = Case(REGISTRY["reveal"], dossier, line.Unborn(chain_id), who, line.NOW, book, line.tools())
    engine.live(case, {"matter_id": matter_id})


@pytest.mark.parametrize("role", [r for r in Role if r not in ("citizen", "system", "clock")])
def test_office_and_units_reveal_personal_data_each_into_their_own_chain(book: Rulebook, role: str) -> None:
    who = line.actor(role)
    assert who.person_id is not None
    if role in (OFFICE + " " + UNIT).split():
        reveal(book, who, who.person_id)
        with pytest.raises(Refused) as no:
            reveal(book, who, who.person_id + 1)
        assert no.value.step == "reach"
        return
    with pytest.raises(Refused) as no:
        reveal(book, who, who.person_id)
    assert no.value.step == "post"


@pytest.mark.parametrize("matter_id", ["", "abc", "1 OR 1", "１２", "-1", "1.5"])
def test_a_reveal_names_a_matter_by_its_number(book: Rulebook, matter_id: str) -> None:
    with pytest.raises(FormErrors):
        reveal(book, line.actor("clerk"), line.actor("clerk").person_id or 0, matter_id)
