"""承办 (handling): the unit signs for its order and gets in touch with the citizen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hotline.casework import sharing
from hotline.casework.records import Attempt, Order
from hotline.casework.statuses import OrderStatus as S
from hotline.casework.transitions.base import (
    AnyCase,
    MatterCard,
    OrderCase,
    accepted_by_act,
    clauses_of,
    due_of,
    write_text,
)
from hotline.network.roles import UNIT
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import contacts, limits
from hotline.rules.verdicts import Verdict

MEANS = (("phone", "电话"), ("visit", "见面"), ("sms", "短信"), ("online", "网上"))
# An order whose letter came back, or that was taken up again: there is work to do once more.
AGAIN = (S.SENT_BACK, S.BOUNCED, S.REOPENED)
SECRET = "诉求人要求保密，请用“请热线办联系”。"
OUTCOMES = (("reached", "联系上了"), ("tried", "没有联系上"), ("waived", "不必联系"))


class SignFor(MatterCard):
    """签收: the unit has seen the order (五（一）). It stops no clock, but starts that of the first contact."""

    term = "签收"
    key = "S"
    rests_on = "sign_for"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (S.DISPATCHED,), S.SIGNED)
    form = ()
    deadline = UNCHANGED
    ledger = Line("signed_for", ("in_time", "sign_until", "contact_until"))

    @classmethod
    def clauses(cls, case: OrderCase) -> tuple[str, ...]:
        """Of signing, and of the first contact that counts from it."""
        return clauses_of(case, "sign_for", limits.contact_rests_on(case.book, case.dossier.matter.kind))

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """Whether it was signed in time, and the instant of the first contact as it now stands."""
        order = case.subject
        until = _contact_until(case)
        case.update(order, signed_at=case.now, contact_until=until)
        return {"in_time": case.now < order.sign_until, "sign_until": order.sign_until, "contact_until": until}


def _contact_until(case: OrderCase) -> datetime | None:
    deemed = accepted_by_act(case.subject, case.subject.deemed_at, case.now)
    return contact_counted(case, case.subject, signed=case.now, deemed=deemed)


def contact_counted(case: AnyCase, order: Order, *, signed: datetime | None = None,
                    deemed: datetime | None = None) -> datetime | None:  # fmt: skip
    """Until when the citizen is to be contacted; `deemed` is the instant of deemed acceptance where it is not the
    closing of the door."""
    if sharing.assists(order):  # the lead speaks to the citizen for all
        return None
    found = limits.contact_until(case.book, case.dossier.matter.kind, order.received_at, signed=signed,
                                 urgent=order.urgent, due=due_of(order), deemed=deemed)  # fmt: skip
    return found.at if found else None


def taken_up(case: OrderCase) -> Verdict | None:
    """Work begins with the signature, or with deemed acceptance where nobody signed (R-04)."""
    order = case.subject
    if order.signed_at is not None or order.deemed_at is not None:
        return None
    provision = case.book.provision("sign_for")
    return Verdict(False, provision.clause, "工单还没有签收，请先签收。", provision.readings)


def waiver_choices(case: AnyCase) -> list[tuple[str, str]]:
    """The reasons for which no contact is needed."""
    return list(contacts.waivers(case.book).items())


def phone_known(case: OrderCase) -> bool:
    """Whether the caller left a number."""
    citizen = case.dossier.citizen()
    return citizen is not None and citizen.phone_sealed is not None


class RecordContact(MatterCard):
    """记联系: reached, tried with evidence, or waived with a reason (四（三）段1, 五（二）2)."""

    term = "记联系"
    key = "L"
    rests_on = "first_contact"
    by = UNIT
    not_by = ()
    reach = Reach.HOLDS
    moves = moves(Order, (S.DISPATCHED, S.SIGNED, S.DRAFTED, S.SIGNED_OFF, *AGAIN))
    form = (
        Field("outcome", "结果", "choice", choices=OUTCOMES),
        Field("means", "方式", "choice", choices=MEANS, required=False),
        Field("waiver", "不必联系的原因", "choice", choices=waiver_choices, required=False),
        Field("note", "情况", "textarea", max_length=2000, hint="说了什么；没联系上的写明凭据，如通话记录"),
    )
    deadline = UNCHANGED
    ledger = Line("contact_recorded", ("outcome", "means", "first", "in_time"))
    disturbs = False

    @classmethod
    def guard(cls, case: OrderCase) -> Verdict | None:
        """An order that nobody signed must have been deemed accepted."""
        return taken_up(case)

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """A contact or try needs its means, a waiver its reason; who is kept secret is called by the office."""
        waived = case.form["outcome"] == "waived"
        if waived and not case.form["waiver"]:
            return [Problem("waiver", "请选不必联系的原因。", cls.provision(case.book).clause)]
        if waived and phone_known(case):
            return [Problem("waiver", "诉求人留了电话，请先联系。", cls.provision(case.book).clause)]
        if not waived and case.dossier.matter.secrecy and phone_known(case):
            return [Problem("", SECRET, cls.provision(case.book).clause)]
        if not waived and not case.form["means"]:
            return [Problem("means", "请选联系的方式。", cls.provision(case.book).clause)]
        return ()

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """The first contact reached is kept on the order."""
        form, order = case.form, case.subject
        means = form["waiver"] if form["outcome"] == "waived" else form["means"]
        note = write_text(case, "contact", form["note"])
        case.insert(Attempt(case.tools.ids.next(), order.matter_id, order.id, case.now, form["outcome"], means, note))
        first = form["outcome"] != "tried" and order.contacted_at is None
        if first:
            case.update(order, contacted_at=case.now)
        upper = case.dossier.find(Order, order.parent_id)
        if upper is not None and upper.contacted_at is None and form["outcome"] != "tried":
            case.update(upper, contacted_at=case.now)  # who was contacted below was contacted
        in_time = order.contact_until is None or case.now < order.contact_until
        return {"outcome": form["outcome"], "means": means, "first": first, "in_time": in_time}
