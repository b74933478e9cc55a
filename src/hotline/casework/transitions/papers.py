"""纸质文件 (papers): what comes in and goes out on paper, by which means, with its scan; and an order that a unit gets on
paper, whose dates run from the recorded receipt (五（一）, R-02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from hotline.casework.records import Matter, Order, PaperDocument
from hotline.casework.records.outside import PAPER_IN, PAPER_OUT
from hotline.casework.statuses import MatterStatus as S
from hotline.casework.statuses import OrderStatus as O
from hotline.casework.transitions.attaching import AGAIN, FILES, attach, unusable
from hotline.casework.transitions.base import AnyCase, MatterCard, MatterCase, OrderCase, first_contact, write_text
from hotline.casework.transitions.deciding import Dispatch
from hotline.network.roles import UNIT, Role
from hotline.procedure.actor import Reach
from hotline.procedure.card import UNCHANGED, Line, moves
from hotline.procedure.forms import Field, Problem
from hotline.rules import dating, papers

MOST_SHEETS = 5000  # more on one form is a slip of the finger
AT_DESK = (S.REGISTERED, S.AWAITING_FACTS, S.ACCEPTED, S.SUBMITTED, S.IN_HAND, S.REPLIED, S.CLOSED)
OFFICE_POSTS = (Role.OPERATOR, Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR, Role.SHIFT_LEADER)
FACTS = ("paper_id", "means", "at", "sheets", "order_id", "party_id", "number_id", "words_id", "files")
NO_NAME = "诉求人寄来的写“诉求人”，不写姓名"


def means_choices(case: AnyCase) -> list[tuple[str, str]]:
    """The means that the rulebook knows."""
    return list(papers.means(case.book).items())


def order_choices(case: AnyCase) -> list[tuple[str, str]]:
    """The orders there are, in the order in which they went out."""
    return [(str(order.id), f"第 {n} 张工单") for n, order in enumerate(case.dossier.orders, 1)]


MEANS = Field("means", "方式", "choice", choices=means_choices)
NUMBER = Field("number", "文号", required=False, max_length=60, hint="没有文号的空着")
SHEETS = Field("sheets", "页数", "number", max_length=4)
WORDS = Field("words", "是什么文件", "textarea", max_length=1000)
SENT = Field("at", "发出的时刻", "instant", required=False, max_length=32, hint="空着就是现在")
SCAN = replace(FILES, label="扫描件")


def instant(case: AnyCase, name: str) -> datetime:
    """An instant from the form, to the minute; one without a zone is the city's local time; empty: now."""
    typed: datetime | str = case.form[name]
    if not isinstance(typed, datetime):
        return case.now
    return typed if typed.tzinfo else typed.replace(tzinfo=case.book.tz)


def wrong_paper(case: AnyCase, name: str, since: datetime | None = None, because: str = "") -> list[Problem]:
    """What no paper can be: received before there was anything, or yet to come; of no sheet; a scan that is gone."""
    at, clause = instant(case, name), case.book.provision("paper").clause
    found = list(unusable(case))
    if at > case.now:
        found.append(Problem(name, "还没有到的时刻不能登记。", clause))
    elif since is not None and at < since.replace(second=0, microsecond=0):
        found.append(Problem(name, because, clause))
    sheets = case.form["sheets"]
    if isinstance(sheets, int) and not 1 <= sheets <= MOST_SHEETS:
        found.append(Problem("sheets", f"页数从 1 到 {MOST_SHEETS}。", clause))
    return found


def enter(case: AnyCase, direction: str, at: datetime, order: Order | None, party: str) -> dict[str, Any]:
    """The paper's row, its texts and its scans; the facts of the line."""
    form = case.form
    said, number = write_text(case, "paper_party", party), form.get("number") or ""
    number_id = write_text(case, "paper_number", number) if number else None
    words_id = write_text(case, "paper_words", form["words"]) if form.get("words") else None
    row = PaperDocument(case.tools.ids.next(), case.dossier.chain.id, order.id if order else None, direction,
                        form["means"], at, case.now, form["sheets"], said, number_id, words_id)  # fmt: skip
    case.insert(row)
    attach(case, order)
    return {"paper_id": row.id, "means": row.means, "at": at, "sheets": row.sheets, "order_id": row.order_id,
            "party_id": said, "number_id": number_id, "words_id": words_id,
            "files": len(case.tools.extra.get("files", ()))}  # fmt: skip


class PaperCard(MatterCard, abstract=True):
    """What is written down about a paper."""

    rests_on = "paper"
    not_by = ()
    needs = ("files",)
    disturbs = False

    @classmethod
    def besides(cls, case: AnyCase) -> Sequence[Problem]:
        """The same as of a whole one."""
        return cls.accepts(case)


class RecordPaperIn(PaperCard):
    """收文登记: a paper has come in by fax, post or hand, perhaps a unit's answer. One that brought the matter itself
    counts from its receipt: so does what was promised to the citizen (R-02)."""

    term = "收文登记"
    by = OFFICE_POSTS
    reach = Reach.CITY
    moves = moves(Matter, AT_DESK)
    form = (
        MEANS,
        Field("party", "来文单位", max_length=60, hint=NO_NAME),
        NUMBER, SHEETS,
        Field("at", "收到的时刻", "instant", required=False, max_length=32, hint="回执上的；空着就是现在"),
        Field("order", "哪张工单的", "choice", choices=order_choices, required=False, hint="单位以纸质反馈的才选"),
        Field("brought", "这件事由它而来", "flag", required=False, hint="答应的日期从收到时起算"),
        WORDS, SCAN,
    )  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("paper_received", (*FACTS, "promised_at"))

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Received by now; only what is not yet looked at was brought by a paper."""
        found = wrong_paper(case, "at")
        matter, at = case.subject, instant(case, "at")
        if case.form["brought"] and (matter.status != S.REGISTERED or at > matter.registered_at):
            clause = cls.provision(case.book).clause
            found.append(Problem("brought", "只有还没有受理、登记以前收到的，才能从收到时起算。", clause))
        return found

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row; where it brought the matter, the promise from the receipt."""
        matter, at, promised = case.subject, instant(case, "at"), case.subject.promised_at
        if case.form["brought"] and matter.promise_basis:
            basis = (dating.registered(matter.kind, at, matter.channel),)
            due = dating.fold(case.book, basis)
            promised = due.at if due else None
            case.update(matter, promised_at=promised, promised_clause=due.clause if due else None,
                        promise_basis=dating.written(basis))  # fmt: skip
        order = case.dossier.find(Order, int(case.form["order"])) if case.form["order"] else None
        return {**enter(case, PAPER_IN, at, order, case.form["party"]), "promised_at": promised}


class RecordPaperOut(PaperCard):
    """发文登记: the office has sent a paper about the matter: to a unit, to who assigned it, to the citizen."""

    term = "发文登记"
    by = OFFICE_POSTS
    reach = Reach.CITY
    moves = moves(Matter, AT_DESK)
    form = (
        MEANS,
        Field("party", "收文单位", max_length=60, hint="寄给诉求人的写“诉求人”，不写姓名"),
        NUMBER, SHEETS,
        SENT, WORDS, SCAN,
    )  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("paper_sent", FACTS)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """Sent by now, and after there was a matter."""
        return wrong_paper(case, "at", case.subject.registered_at, "登记以前不会有发文。")

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """A row."""
        return enter(case, PAPER_OUT, instant(case, "at"), None, case.form["party"])


class ReportOnPaper(PaperCard):
    """纸质反馈: the unit has sent what it reports on paper, by fax, post or hand; its letter with all elements is still
    filed in the system."""

    term = "纸质反馈"
    by = UNIT
    reach = Reach.HOLDS
    moves = moves(Order, (O.SIGNED, O.DRAFTED, O.SIGNED_OFF, *AGAIN, O.FILED))
    form = (
        MEANS, NUMBER, SHEETS,
        SENT, WORDS, SCAN,
    )  # fmt: skip
    deadline = UNCHANGED
    ledger = Line("reported_on_paper", FACTS)

    @classmethod
    def accepts(cls, case: OrderCase) -> Sequence[Problem]:
        """Sent by now, and after the order came."""
        return wrong_paper(case, "at", case.subject.received_at, "工单送达以前不会有反馈。")

    @classmethod
    def change(cls, case: OrderCase) -> Mapping[str, Any]:
        """A row, with its order."""
        return enter(case, PAPER_OUT, instant(case, "at"), case.subject, "热线办")


RECEIPT = (
    MEANS,
    replace(NUMBER, hint="交办件的文号；没有的空着"), SHEETS,
    Field("received_at", "单位收到的时刻", "instant", required=False, max_length=32,
          hint="回执上的，期限从这时起算；空着就是现在"),
    Field("taken_by", "单位谁收的", max_length=60, hint="回执上签收的人"), SCAN,
)  # fmt: skip


class DispatchOnPaper(Dispatch):
    """纸质转办: a unit has the order on paper, and its receipt is here: signed for, and every date runs from that instant
    (R-02). Who took it stands in a text, never in the line."""

    term = "纸质转办"
    key = ""
    form: ClassVar[tuple[Field, ...]] = (*Dispatch.form, *RECEIPT)
    ledger = Line("dispatched_on_paper", (*Dispatch.ledger.facts, *(name for name in FACTS if name != "order_id")))
    needs: ClassVar[tuple[str, ...]] = (*Dispatch.needs, "files")

    @classmethod
    def clauses(cls, case: MatterCase) -> tuple[str, ...]:
        """As any order's, and that of papers."""
        return tuple(dict.fromkeys((*super().clauses(case), case.book.provision("paper").clause)))

    @classmethod
    def received(cls, case: MatterCase) -> datetime:
        """As the receipt says, not before the matter was at the desk."""
        return max(instant(case, "received_at"), _at_the_desk(case))

    @classmethod
    def besides(cls, case: MatterCase) -> Sequence[Problem]:
        """A receipt of this turn at the desk."""
        early = "单位收到的时刻早于这件事等待派单的时候。"
        return wrong_paper(case, "received_at", _at_the_desk(case), early)

    @classmethod
    def accepts(cls, case: MatterCase) -> Sequence[Problem]:
        """As any order's, and that."""
        return [*super().accepts(case), *cls.besides(case)]

    @classmethod
    def made(cls, case: MatterCase, order: Order) -> Order:
        """Signed for by the receipt."""
        signed = replace(order, status=O.SIGNED, signed_at=order.received_at)
        return replace(signed, contact_until=first_contact(case.book, case.form["kind"], signed))

    @classmethod
    def change(cls, case: MatterCase) -> Mapping[str, Any]:
        """The order, and the paper with its receipt."""
        said = super().change(case)
        order = next(row for row in case.out.inserts if isinstance(row, Order))
        return {**enter(case, PAPER_OUT, order.received_at, order, case.form["taken_by"]), **said}


def _at_the_desk(case: MatterCase) -> datetime:
    """Since when the matter waits for a unit."""
    matter, ended = case.subject, [order.ended_at for order in case.dossier.orders]
    return max(filter(None, (matter.accepted_at, matter.reopened_at, *ended)), default=matter.registered_at)
