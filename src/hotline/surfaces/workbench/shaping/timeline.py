"""经过成形: ledger lines as sentences, each with who, post, when and clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.casework.transitions.asking import OUTCOMES
from hotline.casework.transitions.repeating import SAYS
from hotline.network import desks as network
from hotline.network.roles import TERMS, Role
from hotline.procedure.card import LINES
from hotline.procedure.ledger import LineMeta, Read
from hotline.rules import grounds
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import CardMark, TimelineLine
from hotline.surfaces.workbench.shaping import papers, publishing
from hotline.surfaces.workbench.shaping.desk import card_mark
from hotline.surfaces.workbench.shaping.links import SAID as LINKS_SAID
from hotline.surfaces.workbench.shaping.rulings import LABELLED as RULINGS_LABELLED
from hotline.surfaces.workbench.shaping.rulings import SAID as RULINGS_SAID
from hotline.surfaces.workbench.shaping.said_of_proposals import PROPOSALS
from hotline.surfaces.workbench.shaping.said_of_units import LABELLED as UNITS_LABELLED
from hotline.surfaces.workbench.shaping.said_of_units import UNITS

SEALED_TERMS = (("name", "姓名"), ("phone", "电话"), ("contact", "企业联系人"), ("credit_code", "信用代码"))
Facts = Mapping[str, Any]
Body = Callable[[int], str]
# Lines that gave a card, and of which colour; empty: the line says so itself.
GAVE = {"yellow_given": "yellow", "red_given": "red", "false_reply_found": "red",
        **dict.fromkeys(("send_back_marked", "false_reply_marked"), "")}
WENT_BACK = ("sent_back", "bounced", "draft_handed_back")
# Lines whose texts stand elsewhere on the page; what was written on any other occasion is quoted in its line.
ELSEWHERE = ("registered", "accepted", "declined", "answered_at_once", "reply_drafted",
             "anonymised_again", "joined_forgotten",
             "personal_data_destroyed")

# Of whose texts one alone is quoted: the others stand elsewhere.
QUOTED = {**dict.fromkeys(("record_amended", "anonymised", "person_corrected"), "reason_id"),
          **dict.fromkeys(("refusal_approved", "accepted_after_all", "end_approved"), "because_id")}  # fmt: skip

# Texts that need a word before them to be understood, by the facts that name them.
LABELLED = {
    "connected": (("why_id", "不能直接答复："), ("answered_by_id", "接听人："), ("answer_id", "答复：")),
    "handed_over": (("taken_by_id", "接的人："), ("their_number_id", "对方单号："), ("words_id", "")),
    **dict.fromkeys(("emergency_reported", "emergency_followed_up"), (("taken_by_id", "接的人："), ("words_id", ""))),
    "source_recorded": (("number_id", "编号："),),
    **papers.LABELLED, **publishing.LABELLED, **UNITS_LABELLED, **RULINGS_LABELLED,
}


def _late(facts: Facts, key: str = "in_time") -> str:
    return "" if facts[key] else "，超过时限"


def _contact(facts: Facts) -> str:
    outcome = {"reached": "与诉求人取得联系", "tried": "联系诉求人，未接通", "waived": "免予联系"}[facts["outcome"]]
    return ("首次" if facts["first"] and facts["outcome"] == "reached" else "") + outcome


def _followed(facts: Facts) -> str:
    if not facts["reached"]:
        return "回访，没有联系上"
    return "回访：" + ("满意" if facts["satisfied"] else "不满意") + ("，已解决" if facts["solved"] else "，没有解决")


def _connected(facts: Facts) -> str:
    said = "接通" if facts["outcome"] == "answered" else "没有接通或没有答复"
    return f"直办{network.name(facts['unit_id'])}，{said}"


def _by_silence(facts: Facts) -> str:
    if not facts["working_days"] or facts["due_at"] == facts["old_due_at"]:
        return "到期未备案，已没有可延长的天数"
    return f"到期未表态，延期 {facts['working_days']} 个工作日视为已备案"


def _kind_changed(facts: Facts) -> str:
    return "改种类" + ("，期限随之重算" if facts["orders"] else "") if facts["old_kind"] != facts["kind"] else "改类别"


def _shifted(f: dict[str, Any]) -> str:
    moved, lifted = f["old_due_at"] != f["due_at"], len(f.get("lifted") or ())
    days = f"停机{said.day_of(f['first_on'])}至{said.day_of(f['last_on'])}"
    how = f"顺延 {f['working_days']} 个工作日" if moved else "现在的期限不受影响"
    return f"{days}，{how}" + (f"，撤 {lifted} 张牌" if lifted else "")


def _target(facts: Facts) -> str:
    if not (facts["against"] or facts["person_id"]):
        return "写明没有要回避的"
    to = network.name(facts["goes_to_unit_id"])
    return "写明反映的对象，须回避" + (f"，交{to}" if to else "")


_SAID: dict[str, Callable[[Facts], str]] = {
    "registered": lambda f: "登记" + ("（补录旧件）" if f["entered_late"] else ""),
    "accepted": lambda f: "受理",
    "record_amended": lambda f: "修改记录" + ("，诉求人的话也改了" if f["words_id"] != f["old_words_id"] else ""),
    "material_added": lambda f: "补充材料" + (f"，附件 {f['count']} 个" if f["count"] else ""),
    "evidence_added": lambda f: "补充证据" + (f"，附件 {f['count']} 个" if f["count"] else ""),
    "repeat_recorded": lambda f: f"再次来电，{'有新的事实' if f['new_facts'] else '没有新的事实'}：{SAYS[f['action']]}",
    **LINKS_SAID,
    **RULINGS_SAID,
    "taken_up_again": lambda f: "有新的情况，续办",
    "resumed_on_new_facts": lambda f: "恢复办理",
    "reopened_at_desk": lambda f: "有新的情况，重开，等待决定怎样办",
    "facts_asked": lambda f: f"第 {f['tries']} 次请诉求人补充：{dict(OUTCOMES)[f['outcome']]}",
    "facts_supplied": lambda f: "诉求人补充了情况",
    "declined": lambda f: "不予受理" + (f"，已转接 {f['handed_to']}" if f["handed_to"] else ""),
    "connected": _connected,
    "answered_in_call": lambda f: "直办，单位当即答复",
    "submitted": lambda f: f"呈报市领导：{f['ground']}",
    "submission_withdrawn": lambda f: "撤回呈办",
    "came_from_leader": lambda f: "等待决定怎样办",
    "instructed": lambda f: "市领导批示" + ("" if f["as_proposed"] else "，承办单位与拟办不同"),
    "given_back": lambda f: "市领导退回呈件",
    "reported_to_leader": lambda f: "向市领导报告办理结果" + _late(f),
    "handed_over": lambda f: f"移交 {f['number']}，" + ("对方接下了" if f["taken"] else "对方没有接下，热线接着办")
    + ("，其余的热线接着办" if f["taken"] and f["goes_on"] else ""),
    "left_to_rescue": lambda f: "已移交，热线不再办",
    "emergency_recognised": lambda f: "认定紧急信息",
    "emergency_reported": lambda f: "紧急信息报总值班室" + _late(f),
    "emergency_followed_up": lambda f: "紧急信息续报",
    "emergency_report_late": lambda f: "紧急信息超过时限没有报送",
    "alarm_raised": lambda f: "写的话里有危及生命的词，已发短信提醒班长",
    "alarm_repeated": lambda f: "还没有人接手险情，再次提醒班长",
    "alarm_taken": lambda f: "接手险情",
    "source_recorded": lambda f: "记来源" + (f"，要求 {said.day_of(f['due_on'])} 以前" if f["due_on"] else ""),
    "fed_back": lambda f: "向来源反馈" + _late(f),
    "dispatched_meanwhile": lambda f: f"等批示期间先行交{network.name(f['unit_id'])}办，起算",
    "dispatched_as_instructed": lambda f: f"{'没有照批示，' if f['departs'] else '照批示'}交{network.name(f['unit_id'])}办，起算",
    "dispatched": lambda f: f"转办{network.name(f['unit_id'])}，起算",
    "signed_for": lambda f: "签收" + _late(f),
    "contact_recorded": _contact,
    "reply_drafted": lambda f: "写反馈件" + (f"，还缺 {len(f['missing'])} 项" if f["missing"] else "，要素齐全"),
    "citizen_answered": lambda f: "答复诉求人",
    "filed": lambda f: "报送反馈件，" + ("按时" if f["on_time"] else "逾期"),
    "approved": lambda f: "审核通过" + ("" if f["review_in_time"] else "（审核超过时限）"),
    "sent_back": lambda f: f"第 {f['send_backs']} 次退回重办" if f["send_backs"] > 1 else "退回重办",
    "bounced": lambda f: "退单，等于没有报送",
    "send_back_marked": lambda f: "亮红牌" if f["colour"] == "red" else "亮黄牌",
    "false_reply_found": lambda f: "查实反馈不实，亮红牌",
    "card_lifted": lambda f: "撤红牌" if f["colour"] == "red" else "撤黄牌",
    "approved_in_part": lambda f: "同意当天答复，余下续办",
    "dissatisfaction_accepted": lambda f: "诉求人不满意，认可不再重办",
    "follow_up_reopened": lambda f: f["because"],
    "redo_ordered": lambda f: "诉求人不满意，重办",
    "handling_resumed": lambda f: "重新办理",
    "explained_approved": lambda f: "同意按已解释办结" + ("" if f["review_in_time"] else "（审核超过时限）"),
    "called_again": lambda f: "到复查日，请承办单位再办一次",
    "reopened": lambda f: "复查续办",
    "leader_reminded": lambda f: "提醒市领导批示",
    "extension_requested": lambda f: f"申请延期 {f['working_days']} 个工作日",
    "extension_agreed": lambda f: f"同意延期 {f['working_days']} 个工作日并报备",
    "extension_disagreed": lambda f: "本单位不同意延期",
    "extension_lapsed": lambda f: "到期本单位没有同意，延期申请失效，仍按原期限",
    "extension_filed": lambda f: f"延期 {f['working_days']} 个工作日，已备案",
    "extension_filed_by_silence": _by_silence,
    "extension_refused": lambda f: "延期不予备案",
    "extension_explained": lambda f: "向诉求人解释延期",
    "extension_void": lambda f: "没有向诉求人解释，延期无效，仍按原期限",
    "settled": lambda f: f["because"],
    "followed_up": _followed,
    "rated_at_once": lambda f: _followed({**f, "reached": True}).replace("回访", "当场评价", 1),
    "order_inherited": lambda f: f"{network.name(f['from_unit_id'])}已撤销，由{network.name(f['unit_id'])}承接，期限不变",
    "deemed_accepted": lambda f: "期内没有退回，视同已接受",
    "reminded": lambda f: "提醒：临近期限",
    "yellow_given": lambda f: "亮黄牌",
    "red_given": lambda f: "亮红牌",
    "dispatch_late": lambda f: "热线办派单超过时限",
    "review_late": lambda f: "热线办审核超过时限",
    "return_requested": lambda f: "申请退回，等本单位负责同志同意",
    "return_agreed": lambda f: "本单位同意申请退回，已报热线办",
    "return_disagreed": lambda f: "本单位不同意申请退回",
    "return_withdrawn": lambda f: "撤回退回申请",
    "return_lapsed": lambda f: "到期本单位没有同意，退回申请失效",
    "return_granted": lambda f: "同意退回，收回工单" + _late(f),
    "return_refused": lambda f: "不同意退回，由原单位办理" + _late(f),
    "late_return_recorded": lambda f: "逾期申请退回，不予退回，记录在案",
    "return_decision_late": lambda f: "热线办决定退回超过时限",
    "recalled": lambda f: "收回改派",
    **UNITS,
    "target_named": _target,
    "taken_from_target": lambda f: "反映的就是承办单位，收回工单",
    "taken_from_ended": lambda f: "承办单位已撤销，收回工单",
    "came_back": lambda f: "等待重新派单",
    "designation_proposed": lambda f: f"提请指定，建议由{network.name(f['unit_id'])}承办",
    "designation_withdrawn": lambda f: "撤回提请，不再请市政府指定",
    "designated": lambda f: f"指定由{network.name(f['unit_id'])}承办",
    "designation_late": lambda f: "指定超过时限，已上报",
    "gave_way": lambda f: "另行指定，让出工单",
    "kind_changed": _kind_changed,
    "dates_shifted": _shifted,
    "due_recomputed": lambda f: "按新发布的日历重算" + ("" if f["old_due_at"] != f["due_at"] else "，办理期限不变")
    + (f"（{f['notices']}）" if f["notices"] else ""),
    "promise_recomputed": lambda f: "按新发布的日历重算答应的日期",
    "supervised": lambda f: f"督办（{f['scope']}），要求答复",
    "supervision_answered": lambda f: "答复督办" + _late(f),
    "supervision_late": lambda f: "督办到期没有答复",
    "archived": lambda f: "归档，台账定稿",
    "anonymised": lambda f: "匿名诉求人" + ("，密钥已销毁" if f["key_destroyed"] else ""),
    "person_corrected": lambda f: "更正诉求人的" + "、".join(t for n, t in SEALED_TERMS if f.get(n)),
    **PROPOSALS,
    **papers.SAID, **publishing.SAID,
}


def facts_of(read: Read) -> dict[str, Any]:
    """A line's facts by name, as its card declared them."""
    card = LINES[read.kind]
    return dict(zip(card.ledger.facts, read.facts, strict=False))


def sentence(read: Read) -> str:
    """What happened, in one phrase."""
    say = _SAID.get(read.kind)
    return say(facts_of(read)) if say else LINES[read.kind].term


def names_of(lines: Iterable[LineMeta]) -> dict[int, str]:
    """The names of everybody in these lines, in one statement."""
    return network.names({p for line in lines for p in line.persons()})


@lru_cache(maxsize=4096)
def read_once(line: LineMeta) -> Read:
    """A line taken apart, once: it never changes."""
    return line.read()


def _line(
    line: LineMeta, book: Rulebook, names: Mapping[int, str], before: datetime | None, body: Body
) -> TimelineLine:
    read = read_once(line)
    at, role = line.at.astimezone(book.tz), Role(read.role)
    fresh = before is None or before.astimezone(book.tz).date() != at.date()
    who = names.get(line.person_id, "") if line.person_id else TERMS[role]
    who += f"（代{names.get(line.for_person_id, '')}）" if line.for_person_id else ""
    unit = network.name(read.unit_id) if read.unit_id else ""
    post = f"{unit}{TERMS[role]}" if line.person_id else ""
    return TimelineLine(
        said.day(at.date()) if fresh else "", said.clock(at, book.tz), sentence(read), who, post,
        link(read.clauses[0]) if read.clauses else None, (*_reasons(read, book), *_written(read, body)),
        _card(read, book),
        at.isoformat(timespec="minutes"), line.seq,
    )  # fmt: skip


def _card(read: Read, book: Rulebook) -> CardMark | None:
    """The card that a line gave, with its cause."""
    facts = facts_of(read)
    colour = GAVE[read.kind] or facts["colour"] if read.kind in GAVE else None
    return card_mark(book, colour, facts["cause"]) if colour else None


def _reasons(read: Read, book: Rulebook) -> tuple[str, ...]:
    """For what a letter went back, by the rulebook's names."""
    if read.kind not in WENT_BACK:
        return ()
    terms = {g.id: g.term for g in (*grounds.elements(book, "send_back"), *grounds.merits(book),
                                    *grounds.bounces(book))}  # fmt: skip
    found = facts_of(read)["reasons"]
    return ("、".join(terms.get(id_, id_) for id_ in found),) if found else ()


def _written(read: Read, body: Body) -> tuple[str, ...]:
    """What was written down on the occasion: what was said on the phone, an opinion, a remark."""
    if read.kind in QUOTED:
        found = (body(facts_of(read)[QUOTED[read.kind]] or 0),)
        return tuple(text for text in found if text)
    if read.kind in LABELLED:
        facts = facts_of(read)
        return tuple(label + body(facts[name]) for name, label in LABELLED[read.kind] if facts.get(name))
    found = (body(text_id) for text_id, _ in read.texts) if read.kind not in ELSEWHERE else ()
    return tuple(text for text in found if text)


def timeline(dossier: MatterDossier, book: Rulebook, body: Body) -> tuple[TimelineLine, ...]:
    """All lines of a matter, newest last, with those of its texts that `body` gives."""
    return lines(dossier.lines, book, body)


def _unsaid(text_id: int) -> str:
    return ""


def lines(found: Sequence[LineMeta], book: Rulebook, body: Body = _unsaid) -> tuple[TimelineLine, ...]:
    """Some lines as sentences; `body` gives the texts they speak of."""
    names, before = names_of(found), None
    rows = []
    for one in found:
        rows.append(_line(one, book, names, before, body))
        before = one.at
    return tuple(rows)
