"""The line in memory: forms, actors and a walk through the pure cards, for any rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import hotline.casework.transitions  # noqa: F401  (registers the cards)
from hotline.casework.dossier import MatterDossier
from hotline.casework.lookups import Call, Ruled
from hotline.casework.records import (
    AbuseMark,
    Designation,
    Extension,
    Inquiry,
    Link,
    Mark,
    Proposal,
    Publication,
    ReturnRequest,
    Ruling,
    Source,
    Submission,
    Supervision,
    Withholding,
)
from hotline.network.records import Post, Unit
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case, Tools
from hotline.procedure.engine import Refused
from hotline.procedure.forms import FormErrors, Problem
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.records import Record
from hotline.procedure.secrets import Keys, SeededRandomness
from hotline.procedure.writeset import WriteSet
from hotline.rules import book as books
from hotline.rules import dating, doors, follow_up, rulings
from hotline.rules.book import Rulebook

ROOT = Path(__file__).parents[2]
BOOKS = ("suzhou-2018", "example-city")
NOW = datetime(2026, 9, 16, 8, 5, tzinfo=UTC)  # a working Wednesday afternoon in both cities
KEYS = Keys(b"m" * 32, b"b" * 32, b"q" * 32)
UNIT = Unit(7001, "open", "T01", "测试局", "测试局", 2, 1, "department", "", "0000-0000001", "")
OTHER = Unit(7002, "open", "T02", "另一局", "另一局", 2, 1, "department", "", "0000-0000002", "")
BELOW = Unit(7003, "open", "T03", "测试所", "测试所", 3, 7001, "township", "", "0000-0000003", "")
CENTRE = Unit(2, "open", "J", "监察中心", "监察中心", 1, 1, "centre", "inspection", "0000-0000004", "")
OFFICE_UNIT = Unit(1, "open", "P", "热线办", "热线办", 1, None, "office", "office", "0000-0000000", "")
MAIN_ID, MAIN_NUMBER = 4_001, "20260916-0042-0"  # a matter that another one may be joined to
CITIZEN_NAME, CITIZEN_PHONE = "测试甲", "13900001234"


def actor(role: str, person: int | None = None, unit: int = 1) -> Actor:
    """Somebody in a role; each role is a person of its own unless said otherwise."""
    if role in ("citizen", "system", "clock"):
        return Actor(role)
    number = person or 100 + sorted(map(str, ROLES)).index(role)
    return Actor(role, number, number + 1000, unit if role not in ("clerk", "deputy", "head") else max(unit, UNIT.id))


ROLES = ("operator", "dispatcher", "reviewer", "follow_up", "supervisor", "inspector", "shift_leader", "leader",
         "clerk", "deputy", "head", "admin")  # fmt: skip


LEADER = actor("leader")
LEADER_POST = Post(LEADER.post_id or 0, "open", LEADER.person_id or 0, 1, "leader", NOW)


class Receiving:
    """What the unit look-up brings."""

    def __init__(self, unit: Unit, roles: Sequence[str] = ("clerk", "deputy", "head")):
        self.unit, self.roles = unit, frozenset(roles)
        self.level2_id = unit.id if unit.level == 2 else unit.parent_id


class Counter:
    """Numbers in a row."""

    def __init__(self, start: int = 10_000):
        self.value = start

    def next(self) -> int:
        self.value += 1
        return self.value


def tools(seed: bytes = b"seed", ids: Counter | None = None, **extra: Any) -> Tools:
    """Tools with seeded randomness."""
    return Tools(ids or Counter(), SeededRandomness(seed), KEYS, {
        "serial": 1, "citizen": None, "secret": False, "unit": Receiving(UNIT), "heir": Receiving(OTHER),
        "inspection": CENTRE, "accused": [], "assisting": {}, "leader_post": LEADER_POST, "files": [],
        "elsewhere": 0, "came_first": None, "looked": (0, None), "first": None, "main": None, "cited": {},
        "ruling": None, "retired": None, "listed": False, "danger_words": (), **extra,
    })  # fmt: skip


def forms(book: Rulebook, kind: str = "complaint") -> dict[str, dict[str, Any]]:
    """A good form for each verb of the line."""
    item = book.provisions("acceptance_item")[0].clause
    truthful = book_options(book, "truthful")
    return {
        "register": {"kind": kind, "gist": "路灯不亮", "words": "楼下的路灯坏了三个月。", "time": "三个月前",
                     "place": "某小区", "people": "住户", "cause": "路灯坏", "course": "报修过两次",
                     "outcome": "仍不亮", "name": CITIZEN_NAME, "phone": CITIZEN_PHONE, "publish_wish": "yes",
                     "channel": "phone"},
        "accept": {"item": item, "category": "市政"},
        "dispatch": {"unit": str(UNIT.id), "kind": kind},
        "connect": {"unit": str(UNIT.id), "means": first(book, "connecting", "means"), "outcome": "answered",
                    "why_not": "要查当年的档案", "answered_by": "窗口甲", "answer": "当场说清了"},
        "answer_in_call": {},
        "submit": {"ground": book.provision("submitting").values["grounds"][0], "opinion": "拟请牵头研究",
                   "leader": str(LEADER_POST.id)},
        "instruct": {"instruction": "请认真办理"},
        "give_back": {"because": "先由职能部门拿出方案"},
        "withdraw_submission": {"because": "单位已经办好"},
        "back_from_leader": {},
        "dispatch_meanwhile": {"unit": str(UNIT.id), "kind": kind},
        "dispatch_as_instructed": {"unit": str(UNIT.id), "kind": kind},
        "hand_over": {"number": next(iter(book.provision("service").values["emergency_numbers"])),
                      "means": first(book, "handing_over", "means"), "outcome": "taken", "taken_by": "3 号席"},
        "leave_to_rescue": {},
        "pass_on_praise": {"unit": str(UNIT.id), "words": "窗口的同志耐心周到"},
        "transfer_elsewhere": {"place": "邻市 12345", "means": first(book, "transfer", "means"), "their_number": "邻 7 号"},
        "recognise_emergency": {"sort": first(book, "urgent_report", "sorts"), "why": "现场已有人受伤"},
        "report_emergency": {"means": first(book, "urgent_report", "means"), "taken_by": "值班员甲", "words": "两人受伤"},
        "follow_up_emergency": {"means": first(book, "urgent_report", "means"), "taken_by": "值班员甲",
                                "words": "火已扑灭"},
        "note_emergency_late": {},
        **dict.fromkeys(("raise_alarm", "repeat_alarm"), {}),
        "take_alarm": {"doing": "已经打 110，正在联系家属"},
        "record_source": {"source": first(book, "sources", "sorts"), "number": "来源 3 号", "due_on": "2026-09-30"},
        "feed_back": {"feedback": "已经办好，诉求人满意"},
        "report_to_leader": {"came_of_it": "已照批示办完，诉求人满意"},
        "inspect": {"finding": "三天没有动静", "demand": "今天报来"},
        "change_kind": {"kind": "help" if kind == "complaint" else "complaint", "category": "供水", "reason": "原来归错了"},
        "shift_dates": {"first_on": "2026-09-16", "last_on": "2026-09-17", "document": "某办〔2026〕3号",
                        "reason": "机房停电"},
        "recompute_due": {},
        "recompute_promise": {},
        "urge": {"words": "请抓紧"},
        "supervise": {"scope": book.provision("supervision").values["scope"][0], "demand": "三日内报进展",
                      "answer_on": "2026-09-18"},
        "answer_supervision": {"answer": "已派人处理"},
        "note_supervision_late": {},
        "request_return": {"reason": "属另一局职责", "basis": basis(book)},
        "agree_to_return": {},
        "disagree_with_return": {"because": "是我们的事"},
        "withdraw_return": {"because": "我们来办"},
        "take_back": {},
        "refuse_return": {"because": "三定规定写明由你局负责"},
        "record_late_return": {"reason": "属另一局职责", "basis": basis(book)},
        "lapse_return": {},
        "note_return_late": {},
        "recall": {"because": "派错了单位"},
        "name_target": {"target": "unit", "unit": str(UNIT.id), "reason": "说的就是他们"},
        "take_from_target": {},
        "take_from_ended": {},
        "assign_shares": {},
        "add_unit": {"unit": str(OTHER.id), "words": "请核实你处的管线"},
        "hand_to_lead": {},
        "end_share": {},
        "hand_down": {"unit": str(BELOW.id), "words": "请你所去看一看"},
        "accept_from_below": {"evaluation": "good"},
        "take_over": {},
        "send_back_below": {"words": "没有写怎么修的"}, "hand_back_draft": {"words": "没有写怎么修的"},
        "look_below": {"what": "visit", "finding": "诉求人说修好了"},
        "take_back_below": {"because": "改派另一个所"},
        "refuse_return_below": {"because": "就是你所的事"},
        "extend_below": {},
        "refuse_to_extend_below": {"because": "来得及"},
        "apply_to_withhold": {"reason": "牵涉正在调查的案件"},
        "approve_withholding": {},
        "refuse_to_withhold": {"because": "没有特殊原因"},
        "withdraw_application_to_withhold": {},
        "ask_to_relay": {"purpose": "contact", "words": "请问是哪一盏灯"},
        "relay": {"outcome": "reached", "means": "phone", "note": "三楼那一盏"},
        "back_to_desk": {},
        "propose_designation": {"unit": str(UNIT.id), "opinion": "两局职责交叉，建议由该局承办"},
        "designate": {"unit": str(UNIT.id), "document": "某政办〔2026〕3号"},
        "withdraw_designation": {"because": "两家已经商量好了"},
        "give_way": {},
        "record_ruling": {"sort": plain_ruling(book), "unit": str(UNIT.id), "category": "市政",
                          "document": "会商纪要〔2026〕1号", "words": "路灯由测试局管到灯杆为止"},
        "revoke_ruling": {"because": "职责已经调整"},
        "rest_on_ruling": {},
        "note_designation_late": {},
        "sign_for": {},
        "record_contact": {"outcome": "reached", "means": "phone", "note": "问清了位置"},
        "draft_reply": {"reply": "已经核实并修复。", "answer": "路灯已经修好。", "publishable": "路灯已修好。",
                        "responds": "1", "citations": "某条例 | 〔2017〕1号", "contact_means": "电话",
                        "contact_summary": "已告知结果", "satisfaction": follow_up.grades(book)[0],
                        "truthful": truthful, "solved": "yes",
                        "publish_opinion": book_options(book, "publish_opinion"), "responsible_unit": "测试局",
                        "responsible_name": "责任甲", "responsible_phone": "05570000001",
                        "handler_name": "承办乙", "handler_unit": "测试局", "handler_phone": "05570000000"},
        "answer_citizen": {"means": "phone"},
        "sign_off": {},
        "file": {},
        "approve": {},
        "send_back": {"because_reply": "1", "words": "没有写怎么修的"},
        "bounce": {"because_responsible_name": "1", "words": "没有写责任人"},
        "mark_send_back": {},
        "give_red_for_false_reply": {"evidence": "现场没有修，照片为证"},
        "record_investigation": {"looked_on": "2026-09-16", "means": first(book, "investigation", "means"),
                                 "who": "调查甲，工程科", "finding": "现场看过，灯罩脱落"},
        "check_on_site": {"looked_on": "2026-09-16", "means": first(book, "spot_check", "means"), "who": "抽查甲",
                          "as_it_is": "yes", "finding": "灯亮着", "evidence": "照片三张"},
        "mark_false_reply": {},
        "redo_after_check": {"words": "灯要真的修好"},
        "lift_card": {"mark": str(MARK), "reason": "牌亮错了"},
        "approve_in_part": {"rest": "还要换灯杆"},
        "accept_dissatisfaction": {"reason": "已经办到头了"},
        "reopen_follow_up": {},
        "order_redo": {"reason": "灯还是不亮"},
        "resume_handling": {},
        "follow_up": {"means": "phone", "reached": "1", "solved": "yes", "result": "1"},
        "archive": {},
        "rate_at_once": {"solved": "yes", "result": "1"},
        "ask_for_facts": {"missing": "请说明是哪个小区", "means": "phone", "outcome": "tried", "note": "通话记录 3 号"},
        "record_repeat": {"channel": "phone", "words": "怎么还没有修？", "facts": "same"},
        "link_to_first": {},
        "note_link": {"other": "9", "number": "20260916-0009-0", "sort": "same_call"},
        "join_matter": {"number": MAIN_NUMBER, "words": "六楼也不亮", "reason": "同一栋楼的灯"},
        "take_in": {"other": "9", "number": "20260916-0009-0", "words": "六楼也不亮"},
        "hear_joined": {"other": "9", "words": "还是不亮"},
        "separate_matter": {"reason": "是另一栋楼的灯"},
        "separate_unlike": {},
        "note_separated": {"other": "9"},
        "answer_joined": {"answer": "路灯已修好。"},
        "take_up_again": {},
        "resume_on_new_facts": {},
        "reopen_at_desk": {},
        "amend_record": {"place": "某小区东门", "words": "楼下的路灯坏了三个月。", "reason": "地点记错了"},
        "record_paper_in": {**paper(book), "party": "某局"},
        "record_paper_out": {**paper(book), "party": "某局"},
        "report_on_paper": paper(book),
        "dispatch_on_paper": {**paper(book), "unit": str(UNIT.id), "kind": kind, "taken_by": "收发员甲"},
        "prepare_publication": {"title": "路灯坏了归谁修", "question": "小区里的公共路灯坏了，该由谁来修？",
                                "answer": "由物业报修，街道督促，已经修好。"},
        "publish": {},
        "reject_publication": {"because": "写得不清楚"},
        "withdraw_publication": {"because": "诉求人来电不愿意"},
        "retract_publication": {},
        "forget_joined": {"other": "9"},
        "propose_destruction": {},
        "agree_to_destroy": {},
        "approve_destruction": {},
        "keep_longer": {"last_day": "2027-09-16", "reason": "正在诉讼"},
        "destroy_expired": {},
        "hold_back_joint_answer": {"answer": "请来电询问"},
        "anonymise": {"reason": "本人当面提出，核对过身份证"},
        "anonymise_again": {},
        "correct_person": {"name": "测试丙", "reason": "本人来电，核对过编号和查询码"},
        "add_material": {"words": "诉求人寄来的照片"},
        "add_evidence": {"words": "现场照片"},
        "supply_facts": {"facts": "是某小区 6 栋。"},
        "decline": {"refusal": plain_refusal(book)},
        "propose_refusal": {"refusal": approved_refusal(book), "reason": "问过三次，说不清是哪里"},
        "approve_refusal": {},
        "reject_refusal": {"because": "地点说清楚了，可以查"},
        "ask_for_review": {"words": "我说清楚了是哪一栋。"},
        "uphold_refusal": {"because": "仍然查不到"},
        "accept_after_all": {"because": "地点说清楚了", "item": item, "category": "市政"},
        "note_decision_late": {},
        "ask_to_withdraw": {"words": "已经修好了，不用办了"},
        "confirm_withdrawal": {"because": "电话核实，录音 5 号"},
        "refuse_to_withdraw": {"ground": "public_safety", "because": "电线裸露，会伤到别人"},
        "propose_abuse": {"sort": first(book, "abuse", "sorts"), "reason": "一天打来三十次", "last_day": "2026-09-30"},
        "approve_abuse": {},
        "reject_abuse": {"because": "只是着急"},
        "lift_abuse": {"reason": "不是同一个人"},
        "propose_end": {"channel": first(book, "ending", "channels"), "evidence": "单位报来受理通知书"},
        "approve_end": {"because": "由某区法院受理"},
        "reject_end": {"because": "只是准备起诉，还没有受理"},
        "end_order": {},
        "answer_at_once": {"answer": "每天八点开门。", "policy": "某办法〔2017〕2号"},
        "close": {},
        "settle": {},
        "inherit_order": {},
        "request_extension": {"working_days": "3", "reason": "须等灯具到货"},
        "agree_to_extension": {},
        "disagree_with_extension": {"because": "来得及"},
        "accept_extension": {},
        "refuse_extension": {"ground": "form", "because": "没有写具体原因"},
        "explain_extension": {"means": "phone", "words": "灯具要从外地调来，请再等几天。"},
        "lapse_extension": {},
        "file_extension_by_silence": {},
        "void_extension": {},
        "approve_explained": {},
        "call_again": {},
        "reopen": {},
        "remind_leader": {},
        "deem_accept": {},
        "remind": {},
        "give_yellow": {"cause": "unsigned"},
        "give_red": {"cause": "overdue"},
        "note_dispatch_late": {},
        "note_review_late": {}, "note_inner_late": {},
    }  # fmt: skip


def paper(book: Rulebook) -> dict[str, str]:
    """What is written down about any paper."""
    return {"means": first(book, "paper", "means"), "number": "某函〔2026〕3号", "sheets": "3", "words": "办理情况的报告"}


def plain_ruling(book: Rulebook) -> str:
    """How it was settled without the government."""
    return next(one for one in rulings.sorts(book) if not rulings.of_government(book, one))


def basis(book: Rulebook) -> str:
    """A legal basis with its document number, as each rulebook wants it."""
    return {"suzhou-2018": "某府发〔2017〕12号", "example-city": "例字 12 号"}[book.id]


def rulebook(name: str) -> Rulebook:
    """A rulebook of the repository."""
    return books.load(ROOT / "rulebooks" / name)


def plain_refusal(book: Rulebook) -> str:
    """A ground for declining that asks for nothing besides."""
    grounds = (p for p in book.provisions("refusal") if p.values["approver"] == "none")
    return next(p.clause for p in grounds if not p.values["hand_over"] and not p.values["lock_text"])


def approved_refusal(book: Rulebook) -> str:
    """A ground for declining that wants approval, and asks for nothing besides."""
    grounds = (p for p in book.provisions("refusal") if p.values["approver"] != "none")
    return next(p.clause for p in grounds if not p.values["ask_first"])


def first(book: Rulebook, provision: str, value: str) -> str:
    """The first id of a table of terms in the rulebook."""
    return str(next(iter(book.provision(provision).values[value])))


def _order_changed(dossier: MatterDossier, **values: Any) -> MatterDossier:
    return changed(dossier, dossier.orders[-1], **values)


def _due_today(book: Rulebook, dossier: MatterDossier) -> MatterDossier:
    """Delivered long ago, due at the end of the day, filed now."""
    due, _ = book.calendar.end_of_calendar_day(NOW, 0)
    return _order_changed(dossier, received_at=NOW - timedelta(days=60), due_at=due)


def supervised(dossier: MatterDossier, until: datetime = NOW) -> MatterDossier:
    """With a notice that waits for an answer."""
    order = dossier.orders[-1]
    other = _order_changed(dossier, supervise_until=until)
    given = NOW - timedelta(days=1)
    other.put(Supervision(9_000_001, order.matter_id, order.id, OFFICE_UNIT.id, "其他", given, 1, until))
    return other


def with_extension(book: Rulebook, dossier: MatterDossier, *, agreed: bool = True, outcome: str = "",
                   explained: bool = False, overdue: bool = False) -> MatterDossier:  # fmt: skip
    """The newest order with an extension of three working days on it, asked for, agreed to or granted; `overdue`: the
    date it extends has come."""
    order = dossier.orders[-1]
    step = dating.delivered(dossier.matter.kind, NOW - timedelta(days=90) if overdue else NOW)
    old = dating.fold(book, (step,))
    assert old is not None
    due = doors.extended(book, old, 3) if outcome else old
    row = Extension(9_001, order.matter_id, order.id, 3, NOW, 9_002, old.at, old.clause, "", False,
                    NOW if agreed else None, outcome, NOW if outcome else None, None, due.at if outcome else None,
                    NOW if explained else None)  # fmt: skip
    steps = (step, *([dating.extended(3, row.id)] if outcome else []))
    other = _order_changed(
        dossier, due_at=due.at, due_basis=dating.written(steps), extended_by=3 if outcome else 0,
        extension_asked_at=None if agreed else NOW,
        extension_filed_at=NOW - timedelta(days=80) if agreed and not outcome else None,
    )  # fmt: skip
    other.put(row)
    return other


def proposed(book: Rulebook, dossier: MatterDossier, what: str) -> MatterDossier:
    """With something proposed that waits for its decision."""
    matter = dossier.matter
    ground = {"ending": first(book, "ending", "channels"), "abuse": first(book, "abuse", "sorts")}.get(
        what, approved_refusal(book))  # fmt: skip
    reviewed = {"refusal": ground, "review_until": NOW + timedelta(days=9)} if what == "review" else {}
    other = changed(dossier, matter, deciding=what, decide_until=NOW + timedelta(days=1), **reviewed)
    other.put(Proposal(9_000_004, matter.id, what, NOW, matter.words_id, ground, until=NOW + timedelta(days=9)))
    return other


def warned(book: Rulebook, dossier: MatterDossier) -> MatterDossier:
    """With a mark on its caller that stands."""
    other = copy(dossier)
    other.put(AbuseMark(9_000_005, dossier.matter.id, b"i" * 32, first(book, "abuse", "sorts"), NOW,
                        NOW + timedelta(days=9)))  # fmt: skip
    return other


def returning(dossier: MatterDossier, *, agreed: bool = True) -> MatterDossier:
    """With a return asked for, and agreed to by the unit's own leader."""
    order = dossier.orders[-1]
    waits = {"return_filed_at": NOW, "return_decide_until": NOW + timedelta(days=1)} if agreed else {}
    other = _order_changed(dossier, **(waits or {"return_asked_at": NOW}))
    other.put(ReturnRequest(9_000_002, order.matter_id, order.id, NOW, 1, 1, NOW if agreed else None))
    return other


def disputed(dossier: MatterDossier, until: datetime = NOW) -> MatterDossier:
    """With a designation proposed."""
    other = changed(dossier, dossier.matter, designate_until=until)
    other.put(Designation(9_000_003, dossier.chain.id, None, NOW - timedelta(days=1), 1, UNIT.id))
    return other


def submitted(dossier: MatterDossier, outcome: str = "", **values: Any) -> MatterDossier:
    """With a matter put before the leader, who has instructed or not."""
    waits = {"before_leader_at": None, "report_owed_at": NOW} if outcome else {"before_leader_at": NOW}
    other = changed(dossier, dossier.matter, submitted_at=NOW, **waits)
    other.put(Submission(9_000_004, dossier.chain.id, LEADER_POST.id, "", NOW, 1, outcome=outcome, **values))
    return other


def with_public_text(dossier: MatterDossier, outcome: str = "") -> MatterDossier:
    """With a text that waits to be published, or is."""
    other = changed(dossier, dossier.matter, to_publish_at=None if outcome else NOW)
    gist = dossier.matter.gist_id
    other.put(Publication(9_000_006, dossier.chain.id, NOW, gist, gist, gist, outcome, NOW if outcome else None))
    return other


def sourced(dossier: MatterDossier) -> MatterDossier:
    """With a source that waits to be told."""
    other = changed(dossier, dossier.matter, source="x", feedback_owed_at=NOW)
    other.put(Source(9_000_005, dossier.chain.id, "x", NOW, 1))
    return other


PARENT = 7  # the number of a level-2 order


def handed_down(dossier: MatterDossier) -> MatterDossier:
    """The newest order came from a level-2 order of the same unit's, whose date is far off."""
    order = dossier.orders[-1]
    upper = replace(order, id=PARENT, status="signed", due_at=NOW + timedelta(days=90), approved_at=None, filed_at=None,
                    on_time=None, extension_asked_at=None, extension_filed_at=None, return_asked_at=None,
                    return_filed_at=None)  # fmt: skip
    other = changed(dossier, order, parent_id=PARENT, lead=False)
    other.put(upper)
    return other


def explained(dossier: MatterDossier) -> MatterDossier:
    """Its newest letter proposes to end with an explanation, to be looked at again in a month."""
    letter = dossier.letter_of(dossier.orders[-1])
    return changed(dossier, letter, solved=False, understanding="gained", approved_at=None,
                   review_on=(NOW + timedelta(days=30)).date())  # fmt: skip


# What must have come to pass for each of the clock's verbs.
FALLEN: dict[str, Callable[[Rulebook, MatterDossier], MatterDossier]] = {
    "deem_accept": lambda _, d: _order_changed(d, signed_at=None, deemed_at=None, return_until=NOW),
    "remind": _due_today,
    "give_yellow": lambda _, d: _order_changed(d, signed_at=None, sign_until=NOW),
    "give_red": lambda _, d: _order_changed(d, due_at=NOW),
    "lapse_extension": lambda b, d: with_extension(b, d, agreed=False, overdue=True),
    "file_extension_by_silence": lambda b, d: with_extension(b, d, overdue=True),
    "void_extension": lambda b, d: with_extension(b, d, outcome="filed", overdue=True),
    "call_again": lambda _, d: _order_changed(d, explained_review_at=NOW),
    "propose_destruction": lambda _, d: changed(d, d.matter, retain_until=NOW),
    "remind_leader": lambda _, d: changed(d, d.matter, before_leader_at=NOW - timedelta(days=30)),
    "note_dispatch_late": lambda _, d: changed(d, d.matter, dispatch_until=NOW),
    "note_supervision_late": lambda _, d: supervised(d),
    "lapse_return": lambda _, d: _order_changed(d, return_asked_at=NOW, return_until=NOW),
    "note_return_late": lambda _, d: _order_changed(d, return_filed_at=NOW, return_decide_until=NOW),
    "note_decision_late": lambda _, d: changed(d, d.matter, decide_until=NOW),
    "note_designation_late": lambda _, d: changed(d, d.matter, designate_until=NOW),
    "note_review_late": lambda _, d: _order_changed(d, review_until=NOW),
    "note_inner_late": lambda _, d: _order_changed(d, inner_at=NOW, filed_at=None),
    "note_emergency_late": lambda _, d: changed(d, d.matter, urgent_sort="x", urgent_report_until=NOW),
    "repeat_alarm": lambda _, d: changed(d, d.matter, alarm_at=NOW, alarm_next_at=NOW),
}


MARK = 77  # the number of a card that stands on an order


def marked(dossier: MatterDossier, **values: Any) -> MatterDossier:
    """A yellow card for not signing stands on the newest order."""
    order, other = dossier.orders[-1], copy(dossier)
    mark = Mark(MARK, order.matter_id, order.id, order.unit_id, "yellow", "unsigned", order.round, NOW)
    other.put(replace(mark, **values))
    return other


# In which status the matter stands where a verb on its order is performed while it is not in hand.
MATTER_STANDS = {**dict.fromkeys(("order_redo", "redo_after_check"), "replied"), "take_up_again": "closed"}
def joined_to(dossier: MatterDossier, **values: Any) -> MatterDossier:
    """Joined to another matter."""
    other = changed(dossier, dossier.matter, **values)
    other.put(Link(9_000_004, dossier.chain.id, MAIN_ID, MAIN_NUMBER, "main", NOW))
    return other


def withholding(dossier: MatterDossier, **values: Any) -> MatterDossier:
    """The newest order's unit has applied to keep the matter from the site; the answer was given by telephone."""
    order, other = dossier.orders[-1], _order_changed(dossier, withhold_asked_at=NOW)
    other.put(replace(Withholding(MARK + 1, order.matter_id, order.id, order.unit_id, NOW, 0), **values))
    return other


def ruled(book: Rulebook, dossier: MatterDossier) -> MatterDossier:
    """It was settled in this matter who answers for its category."""
    other = copy(dossier)
    other.put(Ruling(MARK + 3, dossier.chain.id, plain_ruling(book), "市政", "", UNIT.id, 101, NOW, 0, 0))
    return other


def found_untrue(dossier: MatterDossier) -> MatterDossier:
    """The office checked the newest letter and found that it is not so."""
    order, other = dossier.orders[-1], copy(dossier)
    letter = other.letter_of(order)
    other.put(Inquiry(MARK + 2, order.matter_id, order.id, "office", NOW, NOW.date(), "x", 0, 0,
                      letter.id if letter else None, False))  # fmt: skip
    return other


def unfiled(dossier: MatterDossier) -> MatterDossier:
    """As if no letter had been filed yet."""
    other = copy(dossier)
    other.lines = [one for one in other.lines if one.kind != "filed"]
    return other


def answered_here(dossier: MatterDossier) -> MatterDossier:
    """As if the desk itself had given the answer now standing."""
    at = NOW + timedelta(seconds=1)
    other = changed(dossier, dossier.matter, replied_at=at)
    other.lines = [*other.lines, replace(other.lines[-1], kind="answered_at_once", at=at)]
    return other


# And for each verb of people that is about something pending.
PENDING: dict[str, Callable[[Rulebook, MatterDossier], MatterDossier]] = {
    "answer_supervision": lambda _, d: supervised(d),
    "agree_to_extension": lambda b, d: with_extension(b, d, agreed=False),
    "disagree_with_extension": lambda b, d: with_extension(b, d, agreed=False),
    "accept_extension": with_extension,
    "refuse_extension": with_extension,
    "explain_extension": with_extension,
    **dict.fromkeys(("approve_refusal", "reject_refusal"), lambda b, d: proposed(b, d, "refusal")),
    **dict.fromkeys(("uphold_refusal", "accept_after_all"), lambda b, d: proposed(b, d, "review")),
    **dict.fromkeys(("confirm_withdrawal", "refuse_to_withdraw"), lambda b, d: proposed(b, d, "withdrawal")),
    **dict.fromkeys(("approve_abuse", "reject_abuse"), lambda b, d: proposed(b, d, "abuse")),
    "lift_abuse": lambda b, d: warned(b, d),
    **dict.fromkeys(("approve_end", "reject_end"), lambda b, d: proposed(b, d, "ending")),
    "ask_for_review": lambda b, d: changed(d, d.matter, refusal=approved_refusal(b),
                                           review_until=NOW + timedelta(days=9)),
    **dict.fromkeys(("designate", "withdraw_designation"), lambda _, d: disputed(d)),
    "revoke_ruling": lambda b, d: ruled(b, d),
    "record_late_return": lambda _, d: _order_changed(d, return_until=NOW),
    **dict.fromkeys(("agree_to_return", "disagree_with_return"), lambda _, d: returning(d, agreed=False)),
    **dict.fromkeys(("take_back", "refuse_return", "withdraw_return"), lambda _, d: returning(d)),
    "approve_explained": lambda _, d: explained(d),
    "look_below": lambda _, d: _order_changed(d, unit_id=BELOW.id),
    **dict.fromkeys(("accept_from_below", "send_back_below"), lambda _, d: handed_down(d)),
    **dict.fromkeys(("take_back_below", "refuse_return_below"), lambda _, d: returning(handed_down(d))),
    **dict.fromkeys(("extend_below", "refuse_to_extend_below"), lambda b, d: handed_down(with_extension(b, d))),
    **dict.fromkeys(("approve_withholding", "refuse_to_withhold", "withdraw_application_to_withhold"),
                    lambda _, d: withholding(d)),
    "ask_to_relay": lambda _, d: changed(d, d.matter, secrecy=True),
    "relay": lambda _, d: _order_changed(d, relay_asked_at=NOW, relay_for="contact"),
}


# What a verb asks of the matter besides its status: a kind that may be connected, a matter submitted, a date that has
# come, a request that is pending.
ASKS: dict[str, Callable[[Rulebook, MatterDossier], MatterDossier]] = {
    **FALLEN,
    **PENDING,
    "recompute_due": lambda _, d: _order_changed(d, due_at=NOW + timedelta(days=90)),
    "recompute_promise": lambda _, d: changed(d, d.matter, promised_at=NOW + timedelta(days=90)),
    "lift_card": lambda _, d: marked(d),
    "request_return": lambda _, d: unfiled(d),
    "approve_in_part": lambda _, d: _order_changed(d, urgent=True),
    "order_redo": lambda _, d: changed(d, d.matter, satisfied=False),
    "accept_dissatisfaction": lambda _, d: changed(d, d.matter, satisfied=False),
    "pass_on_praise": lambda _, d: changed(d, d.matter, kind="praise"),
    "redo_after_check": lambda _, d: found_untrue(d),
    "mark_send_back": lambda b, d: _order_changed(d, send_backs=int(b.provision("cards").values["yellow_send_backs"])),
    "connect": lambda b, d: changed(d, d.matter, kind=b.provision("connecting").values["kinds"][0]),
    **dict.fromkeys(("instruct", "give_back", "withdraw_submission"), lambda _, d: submitted(d)),
    "dispatch_as_instructed": lambda _, d: submitted(d, "instructed", instructed_units=str(UNIT.id)),
    "report_to_leader": lambda _, d: submitted(d, "instructed"),
    "report_emergency": lambda _, d: changed(d, d.matter, urgent_sort="x", urgent_report_until=NOW),
    "follow_up_emergency": lambda _, d: changed(d, d.matter, urgent_sort="x", urgent_reported_at=NOW),
    "take_alarm": lambda _, d: changed(d, d.matter, alarm_at=NOW, alarm_next_at=NOW),
    "feed_back": lambda _, d: sourced(d),
    **dict.fromkeys(("agree_to_destroy", "keep_longer"), lambda _, d: changed(d, d.matter, dispose_asked_at=NOW)),
    "approve_destruction": lambda _, d: changed(d, d.matter, dispose_asked_at=NOW, dispose_agreed_at=NOW),
    "destroy_expired": lambda _, d: changed(d, d.matter, dispose_asked_at=NOW, dispose_agreed_at=NOW, dispose_at=NOW),
    **dict.fromkeys(("publish", "reject_publication"), lambda _, d: with_public_text(d)),
    **dict.fromkeys(("withdraw_publication", "retract_publication"), lambda _, d: with_public_text(d, "published")),
    "separate_matter": lambda _, d: joined_to(d, satisfied=False),
    "separate_unlike": lambda _, d: joined_to(d),
    "rate_at_once": lambda _, d: answered_here(d),
}


def fit(book: Rulebook, dossier: MatterDossier, verb: str) -> MatterDossier:
    """The file with everything a verb asks for besides its status."""
    return ASKS[verb](book, dossier) if verb in ASKS else dossier


def book_options(book: Rulebook, field: str) -> str:
    """The first answer that a rulebook offers for a letter element, if it asks for it at all."""
    from hotline.rules import letters

    try:
        return (letters.options(book, field) or ("",))[0]
    except KeyError:
        return ""


LINE = (("register", "operator"), ("accept", "operator"), ("dispatch", "dispatcher"), ("sign_for", "clerk"),
        ("record_contact", "clerk"), ("draft_reply", "clerk"), ("answer_citizen", "clerk"), ("sign_off", "deputy"),
        ("file", "clerk"), ("approve", "reviewer"), ("follow_up", "follow_up"), ("archive", "reviewer"))  # fmt: skip


def newborn(chain_id: int = 1) -> MatterDossier:
    """A matter that is not there yet."""
    return MatterDossier(Chain("matter", chain_id), Head())


class Unborn(Record):
    """The subject of a creating card."""

    def __init__(self, row_id: int):
        self.id = row_id


def subject_of(dossier: MatterDossier, card: Any) -> Record:
    """The row a card is about: the matter, or its newest order."""
    if card.creates:
        return Unborn(dossier.chain.id)
    return [s for s in dossier.subjects() if isinstance(s, card.moves.record)][-1]


def around(name: str) -> dict[str, Any]:
    """What a verb about two matters finds: the other one."""
    if name == "link_to_first":
        return {"first": Call(MAIN_ID, MAIN_NUMBER, "in_hand", 7, 8, "phone", NOW), "relation": "same_call"}
    if name == "rest_on_ruling":
        return {"ruling": Ruled(7, MAIN_ID, MAIN_NUMBER, UNIT.id)}
    return {"main": MAIN_ID} if name == "join_matter" else {}


def a_main(book: Rulebook, dossier: MatterDossier) -> MatterDossier:
    """A matter in hand, of the same kind and as urgent as this one."""
    matter, other = dossier.matter, newborn(MAIN_ID)
    other.put(replace(matter, id=MAIN_ID, number=MAIN_NUMBER, status="in_hand"))
    return other


def act(dossier: MatterDossier, name: str, who: Actor, form: dict[str, Any], now: datetime, book: Rulebook,
        kit: Tools | None = None) -> WriteSet:  # fmt: skip
    """Perform one verb on the dossier in memory."""
    card = REGISTRY[name]
    kit = kit or tools(ids=Counter(10_000 + 1000 * (dossier.head.seq + 1)), own_unit=OFFICE_UNIT,
                       unit=Receiving(BELOW if name == "hand_down" else UNIT), **around(name),
                       **({"heir": None} if name == "take_from_ended" else {}))  # fmt: skip
    if name == "join_matter" and not kit.beside:
        kit.beside = {MAIN_ID: a_main(book, dossier)}
    return engine.live(Case(card, dossier, subject_of(dossier, card), who, now, book, kit), form)


def walk(book: Rulebook, now: datetime, until: str = "archive", kind: str = "complaint") -> Iterator[Any]:
    """Live the line up to a verb; yields (verb, dossier, write-set)."""
    dossier, good = newborn(), forms(book, kind)
    for name, role in LINE:
        out = act(dossier, name, actor(role), good[name], now, book)
        yield name, dossier, out
        if name == until:
            return


def lived(book: Rulebook, until: str, now: datetime = NOW, kind: str = "complaint", skip: Sequence[str] = (),
          kit: Tools | None = None, **changed: dict[str, Any]) -> MatterDossier:  # fmt: skip
    """A dossier on which the line was lived up to and including a verb. `skip` leaves verbs out; `changed` overrides
    fields of a verb's form, e.g. `dispatch={"urgent": "1"}`; a major matter is signed off by the head."""
    dossier, good = newborn(), forms(book, kind)
    for name, role in LINE:
        if name not in skip:
            head = name == "sign_off" and bool(changed.get("dispatch", {}).get("major"))
            form = {**good[name], **changed.get(name, {})}
            act(dossier, name, actor("head" if head else role), form, now, book, kit)
        if name == until:
            break
    return dossier


def copy(dossier: MatterDossier) -> MatterDossier:
    """The same dossier again, so that an act on one leaves the other alone."""
    return MatterDossier(dossier.chain, dossier.head, rows(dossier), dossier.lines)


def rows(dossier: MatterDossier) -> list[Record]:
    """All rows of a dossier, table by table."""
    return [row for record in dossier.RECORDS for row in dossier.all(record)]


def changed(dossier: MatterDossier, row: Any, **values: Any) -> MatterDossier:
    """The dossier with one row replaced, whatever the verbs would say."""
    other = copy(dossier)
    other.put(replace(row, **values))
    return other


def state(dossier: MatterDossier) -> tuple[Any, ...]:
    """Everything a refused act must leave as it was."""
    return rows(dossier), list(dossier.lines), dossier.head


def refused(dossier: MatterDossier, name: str, who: Actor, form: dict[str, Any], now: datetime, book: Rulebook,
            kit: Tools | None = None) -> Refused:  # fmt: skip
    """The refusal of a verb; nothing was written."""
    before = state(dossier)
    with pytest.raises(Refused) as caught:
        act(dossier, name, who, form, now, book, kit)
    no = caught.value
    assert state(dossier) == before
    assert no.verdict.because, "a refusal says why"
    assert no.verdict.clause in book.clauses, "a refusal names its clause"
    return no


def problems(dossier: MatterDossier, name: str, who: Actor, form: dict[str, Any], now: datetime, book: Rulebook,
             kit: Tools | None = None) -> tuple[Problem, ...]:  # fmt: skip
    """What is wrong with a form; nothing was written."""
    before = state(dossier)
    with pytest.raises(FormErrors) as caught:
        act(dossier, name, who, form, now, book, kit)
    assert state(dossier) == before
    assert all(p.because for p in caught.value.problems)
    return caught.value.problems


def said(found: Sequence[Problem]) -> list[tuple[str, str]]:
    """Field and clause of each problem."""
    return [(p.field, p.clause) for p in found]
