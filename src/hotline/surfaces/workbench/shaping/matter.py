"""事项成形: one matter, whole, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hotline.casework import conflicts, submissions
from hotline.casework.dossier import MatterDossier
from hotline.casework.people import Revealed
from hotline.casework.records import Contact, Mark, Matter, Order
from hotline.casework.statuses import ORDER_TERMS, MatterStatus, OrderStatus, stage
from hotline.casework.transitions.base import due_of
from hotline.casework.transitions.deciding import AnswerAtOnce
from hotline.casework.transitions.intake import CHANNELS as OF_INTAKE
from hotline.casework.transitions.intake import record_of
from hotline.casework.transitions.ways import Connect
from hotline.network import desks as network
from hotline.network.records import Duty
from hotline.procedure.actor import Actor
from hotline.procedure.engine import Offer
from hotline.rules import abuse
from hotline.rules import elements as element_rules
from hotline.rules.book import Rulebook
from hotline.rules.callers import ANONYMOUS, ENTERPRISE
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s
from hotline.surfaces.workbench.shaping.clocks import clock_facts
from hotline.surfaces.workbench.shaping.contacts import contact_facts
from hotline.surfaces.workbench.shaping.desk import card_mark, due_mark
from hotline.surfaces.workbench.shaping.extensions import extension_facts, review_facts
from hotline.surfaces.workbench.shaping.inquiries import inquiry_facts
from hotline.surfaces.workbench.shaping.letters import letter_views
from hotline.surfaces.workbench.shaping.links import link_facts, link_tags
from hotline.surfaces.workbench.shaping.outside import outside_groups
from hotline.surfaces.workbench.shaping.papers import paper_groups
from hotline.surfaces.workbench.shaping.places import place_facts
from hotline.surfaces.workbench.shaping.publishing import publication_groups
from hotline.surfaces.workbench.shaping.returns import return_facts
from hotline.surfaces.workbench.shaping.rulings import ruling_groups
from hotline.surfaces.workbench.shaping.submissions import submission_groups
from hotline.surfaces.workbench.shaping.timeline import timeline
from hotline.surfaces.workbench.shaping.verbs import verb_views
from hotline.surfaces.workbench.shaping.why import looked_at, why_view

CHANNELS = dict(OF_INTAKE)
LOCKED = "文字涉密，已封存。"
OPEN = "公开"
FILED = (OrderStatus.FILED, OrderStatus.APPROVED)
TO_BE_DISPATCHED = (MatterStatus.REGISTERED, MatterStatus.ACCEPTED)


def _mark(book: Rulebook, dossier: MatterDossier, order: Order, now: datetime) -> s.DueMark | None:
    due = due_of(order)
    if due is None or order.ended_at is not None:
        return None
    mark = due_mark(book, due, order.received_at, now, urgent=order.urgent, short=False,
                    settled_at=order.filed_at if order.status in FILED else None,
                    reminded=order.reminded_round == order.round)  # fmt: skip
    return replace(mark, readings=())  # they stand in "为什么是这一天"


def _no_due(book: Rulebook, matter: Matter) -> str:
    """What stands where the date would: the kind has none, or its limit has not begun."""
    kind = book.kind(matter.kind)
    if not kind.limited:
        return f"{kind.term}没有办理期限。"
    if matter.status == MatterStatus.JOINED:
        return "和主件一并办理，期限看主件。"
    return "还没有转办，办理期限从送达单位起算。" if matter.status in TO_BE_DISPATCHED else ""


def _cards(book: Rulebook, dossier: MatterDossier, order: Order) -> tuple[s.CardMark, ...]:
    """The order's cards, those lifted among them."""

    def lifted(at: datetime | None) -> str:
        return f"{said.instant(at, book.tz)} 已撤" if at else ""

    return tuple(card_mark(book, m.colour, m.cause, lifted(m.lifted_at)) for m in dossier.marks_of(order))


Rosters = Mapping[int, Sequence[Duty]]  # who is on duty now, by unit


def _on_duty(book: Rulebook, turns: Sequence[Duty]) -> tuple[s.Fact, ...]:
    """Who answers the unit's telephone now; nothing where no roster says."""
    return tuple(s.Fact("值班", f"{turn.name} {turn.phone}", f"到 {said.limit(turn.until_at, book.tz)}")
                 for turn in turns)  # fmt: skip


def _standing(book: Rulebook, dossier: MatterDossier) -> tuple[s.CardMark, ...]:
    """The cards that stand on any of its orders."""
    return tuple(card_mark(book, m.colour, m.cause) for m in dossier.all(Mark) if m.lifted_at is None)


def _order(
    book: Rulebook, dossier: MatterDossier, order: Order, mark: s.DueMark | None, turns: Sequence[Duty], now: datetime
) -> s.OrderView:
    unit = network.unit(order.unit_id)
    part = "牵头" if order.lead else "下派" if order.parent_id else "协办"
    return s.OrderView(part, unit.name if unit else "", ORDER_TERMS[OrderStatus(order.status)],
                       mark, _cards(book, dossier, order),
                       (*clock_facts(book, order, dossier.matter.kind, now),
                        *contact_facts(book, dossier, order), *return_facts(book, dossier, order, now),
                        *extension_facts(book, dossier, order, now), *review_facts(book, order),
                        *inquiry_facts(book, dossier, order),
                        *_on_duty(book, turns)))  # fmt: skip


MASKS = {"phone": "＊＊＊＊"}
SECRET = s.FactGroup("诉求人", (s.Fact("姓名", "要求保密", "须联系的，请热线办联系"),))


def _masked(book: Rulebook, dossier: MatterDossier, reveal_url: str, shown: Revealed | None) -> s.FactGroup:
    citizen = dossier.citizen()
    if citizen is None:
        return s.FactGroup("诉求人", (s.Fact("姓名", "匿名"),))
    enterprise, url = citizen.sort == ENTERPRISE, "" if shown else reveal_url
    rows = (("企业名称" if enterprise else "姓名", "name", citizen.name_sealed, True),
            ("联系人", "contact", citizen.contact_sealed, enterprise),
            ("信用代码", "credit_code", citizen.credit_code_sealed, enterprise),
            ("电话", "phone", citizen.phone_sealed, True))  # fmt: skip
    nothing = {"name": "匿名"} if citizen.sort == ANONYMOUS else {}
    facts = (s.Fact(label, getattr(shown, name) if shown else MASKS.get(name, "＊＊＊"), reveal_url=url) if sealed
             else s.Fact(label, nothing.get(name, "没有留")) for label, name, sealed, asked in rows if asked)  # fmt: skip
    return s.FactGroup("诉求人", tuple(facts))


def _target(book: Rulebook, m: Matter) -> tuple[s.Fact, ...]:
    """Whom the matter complains about, and who takes care of it instead (R-21)."""
    if not (m.against or m.against_person_id):
        return ()
    who = network.name(m.against_unit_id) or ("某位工作人员" if m.against_person_id else "热线本身")
    note = f"须交{conflicts.handler_said(book, m)}办理" if m.against else "本人回避"
    return (s.Fact("反映的是", who, note, clause=link(book.provision("complaint_against").clause)),)


def _facts(book: Rulebook, dossier: MatterDossier) -> s.FactGroup:
    m, calls = dossier.matter, book.provision("follow_up")
    item = next((p.values["term"] for p in book.provisions("acceptance_item") if p.clause == m.item), "")
    rows = [s.Fact("类别", m.category), s.Fact("受理项", item, clause=link(m.item)),
            s.Fact("不受理", dossier.body(m.told_id), clause=link(m.refusal)) if m.refusal else s.Fact(""),
            s.Fact("终止", dossier.body(m.told_id), clause=link(book.provision("ending").clause))
            if m.status == MatterStatus.ENDED and dossier.proposed("ending") else s.Fact(""),
            s.Fact("登记于", said.instant(m.registered_at, book.tz)),
            s.Fact("受理于", said.instant(m.accepted_at, book.tz) if m.accepted_at else ""),
            _promise(book, dossier), *_answered(book, dossier), *_target(book, m), _retained(book, m),
            s.Fact("回访", m.drawn_because or "", clause=link(calls.clause)), s.Fact("规则", book.title)]  # fmt: skip
    return s.FactGroup("事项", tuple(r for r in rows if r.said))


def _promise(book: Rulebook, dossier: MatterDossier) -> s.Fact:
    """By when an answer was promised; also after it was given."""
    m = dossier.matter
    if m.promised_at is None or m.promised_at == m.replied_at:  # as it was written when an answer rewrote it
        return s.Fact("答应", "")
    note = "" if dossier.orders or m.replied_at else "含转办的时间"
    return s.Fact("答应", f"{said.limit(m.promised_at, book.tz)} 前答复", note, clause=link(m.promised_clause))


def _answered(book: Rulebook, dossier: MatterDossier) -> tuple[s.Fact, ...]:
    """When the desk itself answered, or the unit in the call."""
    at = dossier.matter.replied_at
    way = next((DIRECT[one.kind] for one in dossier.lines if one.kind in DIRECT and one.at == at), None)
    if at is None or way is None:
        return ()
    return (s.Fact("已答复", said.instant(at, book.tz), clause=link(way.provision(book).clause)),)


def _retained(book: Rulebook, m: Matter) -> s.Fact:
    """Until when an archived file keeps who brought it."""
    rule = book.provision("retention")
    until = f"到 {said.limit(m.retain_until, book.tz)}" if m.retain_until else ""
    waits = "两人已同意销毁" if m.dispose_at else "期满，等两人同意销毁" if m.dispose_asked_at else ""
    return s.Fact("个人信息保管", until, "，".join(filter(None, (rule.values["classes"].get(m.retention, ""), waits))),
                  link(rule.clause))  # fmt: skip


def _elements(book: Rulebook, body: str) -> tuple[s.Fact, ...]:
    given, absent = record_of(body)
    return tuple(s.Fact(term, given.get(id_) or "缺", f"原因：{absent[id_]}" if absent.get(id_) else "")
                 for id_, term in element_rules.terms(book).items())  # fmt: skip


def _record(book: Rulebook, dossier: MatterDossier) -> tuple[s.FactGroup, ...]:
    """The record as it is now, and as it was at first where it was amended since."""
    contact, first_words = dossier.all(Contact)[0], dossier.body(dossier.matter.first_words_id)
    now = (*_elements(book, dossier.body(contact.record_id)), *place_facts(dossier))
    first = _elements(book, dossier.body(contact.first_record_id)) if contact.first_record_id else ()
    words = (s.Fact("诉求人的话", first_words),) if first_words else ()
    groups = s.FactGroup(element_rules.title(book), now), s.FactGroup("最初的记录", (*first, *words))
    return groups if first or words else groups[:1]


BRIEF = ("姓名", "企业名称", "联系人", "电话", "受理项", "不受理", "终止", "答应", "已答复")
DIRECT = {one.ledger.kind: one for one in (AnswerAtOnce, Connect)}  # answered without an order


def brief(book: Rulebook, groups: Iterable[s.FactGroup]) -> tuple[s.FactGroup, ...]:
    """The few facts that stand beside a list; the place among them, where the rulebook asks for it."""
    wanted = (*BRIEF, element_rules.terms(book).get("place"))
    found: dict[str, s.Fact] = {}  # of a record that was amended, as it is now
    for fact in (fact for group in groups for fact in group.facts if fact.label in wanted):
        found.setdefault(fact.label, fact)
    return (s.FactGroup("", tuple(found.values())),)


def _tags(book: Rulebook, dossier: MatterDossier, warned: tuple[str, datetime] | None) -> tuple[str, ...]:
    m = dossier.matter
    calls = len(dossier.all(Contact))
    pairs = ((m.major, "重要办理件"), (m.urgent, "紧急"), (m.entered_late, "补录旧件"), (calls > 1, f"来电来信 {calls} 次"))
    return (*_warning(book, warned), *(term for is_so, term in pairs if is_so), *link_tags(dossier))


def _warning(book: Rulebook, warned: tuple[str, datetime] | None) -> tuple[str, ...]:
    """That the caller is marked, until when, and that it stops nothing."""
    if warned is None:
        return ()
    sort, until = warned
    return (f"{abuse.sorts(book).get(sort, sort)}，标记到 {said.day(said.limit_day(until, book.tz))}，紧急的照常受理",)


def _wished(wish: str) -> str:
    """Whether it may be published, in words that stand alone."""
    return wish if OPEN in wish else f"{wish}是否{OPEN}"


def matter_view(book: Rulebook, dossier: MatterDossier, now: datetime, offers: Iterable[Offer],
                shown: Revealed | None = None, desk: str = "",
                reveals: bool = False, duty: Rosters | None = None, hidden: bool = False,
                actor: Actor | None = None, warned: tuple[str, datetime] | None = None,
                seen: Mapping[int, str] | None = None) -> s.MatterView:  # fmt: skip
    """The page of one matter. `shown` is what the citizen left, only after a reveal that left its line; `desk`
    is the list beside which it stands; `reveals`: whether this post may ask for name and phone; `duty`: who is on duty
    now at the units of its open orders; `hidden`: not even what the caller left is to be seen; `actor`: who looks, so
    that what lies before a leader is read by those alone whom it concerns; `warned`: the mark on the caller, at
    intake; `seen`: which of the matters it is linked to this post may see."""
    m, url = dossier.matter, f"/staff/m/{dossier.matter.number}/"
    order = looked_at(dossier, actor)
    verbs, more = verb_views(book, dossier, offers, url, desk)
    marks = {o.id: _mark(book, dossier, o, now) for o in dossier.orders}
    wishes = book.provision("publication_wishes").values["wishes"]
    return s.MatterView(
        m.number, LOCKED if m.locked else dossier.body(m.gist_id), book.kind(m.kind).term,
        stage(m.status, (o.status for o in dossier.open_orders())), url, _tags(book, dossier, warned),
        "保密" if m.secrecy else "不保密", _wished(wishes[m.publish_wish]),
        marks[order.id] if order else None, _standing(book, dossier),
        (SECRET if hidden else _masked(book, dossier, f"{url}reveal/" if reveals else "", shown), _facts(book, dossier),
         *outside_groups(book, dossier), *submission_groups(book, dossier, actor),
         *link_facts(dossier, seen or {}), *ruling_groups(book, dossier, actor), *paper_groups(book, dossier, actor),
         *publication_groups(book, dossier), *(() if m.locked else _record(book, dossier))),
        s.Words(LOCKED if m.locked else dossier.body(m.words_id),
                f"{CHANNELS[m.channel]} · {said.instant(m.registered_at, book.tz)}"),
        (), timeline(dossier, book, submissions.readable(dossier, actor)), "最新在下",
        tuple(_order(book, dossier, o, marks[o.id], (duty or {}).get(o.unit_id, ()), now) for o in dossier.orders),
        letter_views(book, dossier), verbs, more, why_view(book, dossier, order, marks[order.id]) if order else None,
        no_due_said=_no_due(book, m),
    )  # fmt: skip


