"""事项成形: one matter, whole, as its page shows it."""

from __future__ import annotations

from datetime import datetime

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Contact, Letter, Order
from hotline.casework.statuses import MATTER_TERMS, ORDER_TERMS, MatterStatus, OrderStatus
from hotline.casework.transitions.base import letter_facts_of, signature_of
from hotline.casework.transitions.intake import ELEMENTS, record_of
from hotline.network import desks as network
from hotline.procedure.engine import Offer
from hotline.rules import elements as element_rules
from hotline.rules import letters
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due
from hotline.surfaces.clauses import link, sure
from hotline.surfaces.ui import marking, said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.desk import due_mark
from hotline.surfaces.workbench.shaping.timeline import timeline
from hotline.surfaces.workbench.shaping.verbs import verb_views

CHANNELS = {"phone": "电话", "web": "网络"}
LOCKED = "文字涉密，已封存。"


def order_due(order: Order) -> Due | None:
    """An order's due date as a rule's answer."""
    if order.due_at is None or order.due_clause is None:
        return None
    return Due(order.due_at, order.due_clause, tuple(order.due_readings.split()), order.due_provisional)


def _mark(book: Rulebook, dossier: MatterDossier, order: Order, now: datetime) -> s.DueMark | None:
    due = order_due(order)
    if due is None:
        return None
    return due_mark(book, due, order.received_at, now, urgent=dossier.matter.urgent, short=False,
                    settled_at=order.filed_at if order.status in (OrderStatus.FILED, OrderStatus.APPROVED) else None)  # fmt: skip


def _clocks(book: Rulebook, order: Order) -> tuple[s.Fact, ...]:
    rows = (("签收", order.sign_until, order.signed_at, "sign_for"),
            ("首次联系", order.contact_until, order.contacted_at, "first_contact"),
            ("可退回至", order.return_until, None, "return_of_orders"),
            ("审核", order.review_until, order.approved_at, "office_dates"))  # fmt: skip
    return tuple(
        s.Fact(label, f"{said.limit(until, book.tz)} 前", f"已于 {said.instant(done, book.tz)}" if done else "",
               link(book.provision(name).clause))
        for label, until, done, name in rows if until is not None
    )  # fmt: skip


def _order(book: Rulebook, dossier: MatterDossier, order: Order, now: datetime) -> s.OrderView:
    unit = network.unit(order.unit_id)
    return s.OrderView("牵头" if order.lead else "协办", unit.name if unit else "", ORDER_TERMS[OrderStatus(order.status)],
                       _mark(book, dossier, order, now), (), _clocks(book, order))  # fmt: skip


def _signed(dossier: MatterDossier, letter: Letter) -> str:
    who = signature_of(dossier.body(letter.signature_id))
    parts = (who["responsible_unit"], f"责任人 {who['responsible_name']}" if who["responsible_name"] else "",
             f"承办人 {who['handler_name']}" if who["handler_name"] else "", who["handler_phone"])  # fmt: skip
    return "，".join(p for p in parts if p)


def _elements(book: Rulebook, dossier: MatterDossier, letter: Letter) -> tuple[s.Element, ...]:
    missing = {m.field: m for m in letters.missing(book, letter_facts_of(dossier, letter))}
    rows = ((f, e["term"], p.clause) for p in book.provisions("letter_elements") for f, e in p.values["elements"].items())
    return tuple(s.Element(term, field not in missing, "", sure(clause)) for field, term, clause in rows)


def _letter(book: Rulebook, dossier: MatterDossier, order: Order) -> s.LetterView | None:
    letter = dossier.letter_of(order)
    if letter is None:
        return None
    body = dossier.body
    texts = (s.LetterText("给平台的反馈", body(letter.reply_id)), s.LetterText("给诉求人的答复", body(letter.answer_id)),
             s.LetterText("供公开的文本", body(letter.publishable_id)))  # fmt: skip
    return s.LetterView(f"{network.name(order.unit_id)}的反馈件", ORDER_TERMS[OrderStatus(order.status)], texts,
                        _signed(dossier, letter), _elements(book, dossier, letter))  # fmt: skip


def _weeks(book: Rulebook, order: Order) -> tuple[tuple[s.WhyDay, ...], ...]:
    assert order.due_at is not None
    event = order.received_at.astimezone(book.tz).date()
    return marking.why_weeks(event, said.limit_day(order.due_at, book.tz), book.calendar)


def _why(book: Rulebook, dossier: MatterDossier, order: Order, now: datetime) -> s.WhyDate | None:
    due = order_due(order)
    if due is None:
        return None
    kind = book.kind(dossier.matter.kind)
    when, last = said.instant(order.received_at, book.tz), said.limit(due.at, book.tz)
    days = f"{kind.term}，{kind.working_days} 个工作日。" if kind.working_days and not dossier.matter.urgent else f"{kind.term}。"
    weeks = () if dossier.matter.urgent or kind.working_days is None else _weeks(book, order)
    notice = book.calendar.notice(said.limit_day(due.at, book.tz).year)
    notice_said = "日历待定，放假通知发布后重算" if due.provisional else (f"日历：正式，{notice}" if notice else "日历：正式")
    mark = _mark(book, dossier, order, now)
    return s.WhyDate(f"为什么是 {last}", f"{days}{when} 送达，当天不算，到 {last} 为止。",
                     tuple(sure(c) for c in (due.clause, *due.readings)), weeks, (), notice_said,
                     mark.state if mark else "ontime", open=not order.filed_at)  # fmt: skip


def _masked(book: Rulebook, dossier: MatterDossier, reveal_url: str, shown: tuple[str, str] | None) -> s.FactGroup:
    citizen = dossier.citizen()
    if citizen is None:
        return s.FactGroup("诉求人", (s.Fact("姓名", "匿名"),))
    name, phone = shown or ("＊＊＊", "＊＊＊＊")
    url = "" if shown else reveal_url
    rows = (s.Fact("姓名", name, reveal_url=url), s.Fact("电话", phone or "未留", reveal_url=url if citizen.phone_sealed else ""))
    return s.FactGroup("诉求人", rows)


def _facts(book: Rulebook, dossier: MatterDossier) -> s.FactGroup:
    m = dossier.matter
    item = next((p.values["term"] for p in book.provisions("acceptance_item") if p.clause == m.item), "")
    rows = [s.Fact("类别", m.category), s.Fact("受理项", item, clause=link(m.item)),
            s.Fact("不受理", dossier.body(m.told_id), clause=link(m.refusal)) if m.refusal else s.Fact(""),
            s.Fact("登记于", said.instant(m.registered_at, book.tz)),
            s.Fact("受理于", said.instant(m.accepted_at, book.tz) if m.accepted_at else ""),
            s.Fact("答应", f"{said.limit(m.promised_at, book.tz)} 前答复" if m.promised_at else "", clause=link(m.promised_clause)),
            s.Fact("回访", m.drawn_because or ""),
            s.Fact("规则", book.title)]  # fmt: skip
    return s.FactGroup("事项", tuple(r for r in rows if r.said))


def _record(book: Rulebook, dossier: MatterDossier) -> s.FactGroup:
    given, absent = record_of(dossier.body(dossier.all(Contact)[0].record_id))
    terms = element_rules.terms(book)
    rows = [s.Fact(terms[n], given.get(n) or "缺", f"原因：{absent[n]}" if absent.get(n) else "") for n in ELEMENTS if n in terms]
    return s.FactGroup("六要素", tuple(rows))


def _tags(dossier: MatterDossier) -> tuple[str, ...]:
    m = dossier.matter
    pairs = ((m.major, "重要办理件"), (m.urgent, "紧急"), (m.entered_late, "补录旧件"))
    return tuple(term for is_so, term in pairs if is_so)


def matter_view(book: Rulebook, dossier: MatterDossier, now: datetime, offers: list[Offer],
                shown: tuple[str, str] | None = None) -> s.MatterView:  # fmt: skip
    """The page of one matter. `shown` is the citizen's name and phone, only after a reveal that left its line."""
    m, url = dossier.matter, f"/staff/m/{dossier.matter.number}/"
    lead = next((o for o in dossier.orders if o.lead), None)
    verbs, more = verb_views(dossier, offers, url)
    letters_ = (_letter(book, dossier, order) for order in dossier.orders)
    wishes = book.provision("publication_wishes").values["wishes"]
    return s.MatterView(
        m.number, LOCKED if m.locked else dossier.body(m.gist_id), book.kind(m.kind).term, MATTER_TERMS[MatterStatus(m.status)],
        url, _tags(dossier), "保密" if m.secrecy else "不保密", wishes[m.publish_wish],
        _mark(book, dossier, lead, now) if lead else None, (),
        (_masked(book, dossier, f"{url}reveal/", shown), _facts(book, dossier), *(() if m.locked else (_record(book, dossier),))),
        s.Words(LOCKED if m.locked else dossier.body(m.words_id),
                f"{CHANNELS[m.channel]} · {said.instant(m.registered_at, book.tz)}"),
        (), timeline(dossier, book), "最新在下", tuple(_order(book, dossier, o, now) for o in dossier.orders),
        tuple(one for one in letters_ if one), verbs, more, _why(book, dossier, lead, now) if lead else None,
    )  # fmt: skip


