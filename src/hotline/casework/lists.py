"""清单 (lists): what each post's lists hold, as data. `desks` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hotline.casework import submissions
from hotline.casework.falling_due import DECIDING
from hotline.casework.statuses import DONE, OPEN_ORDERS, WORKING, MatterStatus, OrderStatus
from hotline.network.roles import Role
from hotline.procedure.card import REGISTRY
from hotline.rules.conflicts import TARGETS

# In the place of the instant at which a list is asked for, and of the end of that day.
NOW, TONIGHT = (datetime(1, 1, day, tzinfo=UTC) for day in (2, 3))
FIRST = "first_at"  # the first of several dates, as `narrowing.dated` puts it beside a row
UNDATED = ("due_at", "inner_at", FIRST)  # columns to sort by that may be empty: such rows come last


@dataclass(frozen=True, slots=True)
class DeskSpec:
    """一张清单: its name in URLs, its title, the statuses it lists, whether of orders or of matters, and what else must
    hold of a row, as Django's filters. `by`: the date that it is listed by, where that is another than the
    order's due date or the matter's registration, with the provision that this date rests on; `begins`: it is
    the beginning of a day, not the end of a limit; `aged`: the instant since which its rows wait, longest first,
    where no clause gives a limit and that is not their registration; `below`: only what units below one's own
    hold; `own`: only what one's own unit holds; `mine`: only what was put before this very post, with what must
    hold of the submission; `known`: only what still tells who brought it; `across`: its rows stand in other
    lists of the post too, so that they are not counted twice; `waits`: the verbs, by their cards' names, for one
    of which its rows wait: a post that has none of them looks at the list and does not count it as its own;
    `beside`: a date of a matter that is shown beside its status, with the column of its clause; `told`: the
    column that says why a matter is on the list; `filed`: what is filed has met the date that it is listed by,
    too; `alone`: nothing of it is handed down; `first`: the dates of which the first is the one that it is
    listed by; `by_hand`: only what the clock does not archive, and may be archived now; `signs`: only letters
    that this post may sign off, or only those that it may not (R-10)."""

    name: str
    title: str
    statuses: tuple[str, ...]
    orders: bool = True
    where: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    rests_on: str = "office_dates"
    begins: bool = False
    aged: str = ""
    below: bool = False
    own: bool = False
    across: bool = False
    mine: Mapping[str, Any] | None = None
    known: bool = False
    filed: bool = False
    alone: bool = False
    signs: bool | None = None
    first: tuple[str, ...] = ()
    by_hand: bool = False
    waits: tuple[str, ...] = ()
    told: str = ""
    beside: tuple[str, str | None] | None = None

    def awaits(self, role: str) -> bool:
        """Whether its rows wait for something that this sort of post does."""
        return not self.across and any(role in REGISTRY[verb].by for verb in self.waits)

    @property
    def sorted_by(self) -> str:
        """The column by which the list is sorted and paged, before the row's number."""
        return self.by or self.aged or (FIRST if self.first else "") or ("due_at" if self.orders else "registered_at")

    @property
    def owed(self) -> tuple[str, str]:
        """By when something is owed of its rows: the column, and the provision where that is not an order's own date.
        Nothing where no clause gives a limit: a list shows of a row, and a home counts, this and nothing else."""
        if self.begins or self.aged:
            return "", ""
        if self.by:
            return self.by, self.rests_on
        if self.first:  # each rests on a clause of its own
            return FIRST, ""
        return ("due_at", "") if self.orders and set(self.statuses) & set(WORKING) else ("", "")


TO_ACCEPT = DeskSpec("to-accept", "待受理", (MatterStatus.REGISTERED,), orders=False, waits=("accept",),
                     first=("dispatch_until", "source_due_at", "promised_at"),
                     beside=("promised_at", "promised_clause"))  # fmt: skip
TO_SUPPLY = DeskSpec("to-supply", "待补充", (MatterStatus.AWAITING_FACTS,), orders=False)
TO_DECIDE = DeskSpec("to-decide", "待派单", (MatterStatus.ACCEPTED,), orders=False, by="dispatch_until",
                     where={"dispatch_until__isnull": False}, waits=("dispatch",))  # fmt: skip
TO_APPROVE = DeskSpec("to-approve", "待批准与复核", (MatterStatus.REFUSAL_PROPOSED, MatterStatus.UNDER_REVIEW), orders=False,
                      by="decide_until", where={"decide_until__isnull": False},
                      rests_on="refusal_review", waits=("approve_refusal", "uphold_refusal"))  # fmt: skip
UNTIL_FILED = tuple(status for status in MatterStatus if status != MatterStatus.ARCHIVED)
TO_WITHDRAW, TO_END, TO_MARK = (
    DeskSpec(f"to-{name}", title, statuses, orders=False, by="decide_until", rests_on=what,
             where={"decide_until__isnull": False, "deciding": what}, waits=(verb,))
    for name, title, statuses, what, verb in (("withdraw", "待定撤诉", DECIDING, "withdrawal", "confirm_withdrawal"),
                                              ("end", "待定终止", DECIDING, "ending", "approve_end"),
                                              ("mark", "待定标记", UNTIL_FILED, "abuse", "approve_abuse")))  # fmt: skip
WITH_LEADER = (MatterStatus.SUBMITTED, MatterStatus.ACCEPTED, MatterStatus.IN_HAND, MatterStatus.REPLIED,
               MatterStatus.CLOSED)  # fmt: skip
SINCE = (*WITH_LEADER, MatterStatus.WITHDRAWN, MatterStatus.ENDED)  # a leader who instructed hears of any end
TO_INSTRUCT = DeskSpec("to-instruct", "待批示", WITH_LEADER, orders=False, where={"before_leader_at__isnull": False},
                       mine={"outcome": ""}, aged="before_leader_at", waits=("instruct",))  # fmt: skip
INSTRUCTED = DeskSpec("instructed", "批示在办", SINCE, orders=False, where={"report_owed_at__isnull": False},
                      mine={"outcome": submissions.INSTRUCTED, "reported_at__isnull": True})  # fmt: skip
REPORTED = DeskSpec("reported", "办结报告", SINCE, orders=False, where={"instructed_at__isnull": False},
                    mine={"outcome": submissions.INSTRUCTED, "reported_at__isnull": False})  # fmt: skip
SUBMITTED = DeskSpec("submitted", "呈报待批示", WITH_LEADER, orders=False, where={"before_leader_at__isnull": False},
                     aged="before_leader_at")  # fmt: skip
TO_CARRY_OUT = DeskSpec("to-carry-out", "批示待落实", (MatterStatus.ACCEPTED, MatterStatus.IN_HAND), orders=False,
                        where={"carry_out_at__isnull": False}, waits=("dispatch_as_instructed",))  # fmt: skip
TO_REPORT = DeskSpec("to-report", "待报告领导", SINCE[3:], orders=False,
                     where={"report_owed_at__isnull": False}, waits=("report_to_leader",))  # fmt: skip
UNREPORTED = DeskSpec("unreported", "紧急信息待报", tuple(MatterStatus), orders=False, by="urgent_report_until",
                      where={"urgent_report_until__isnull": False, "urgent_reported_at__isnull": True},
                      rests_on="urgent_report", waits=("report_emergency",))  # fmt: skip
ALARMS = DeskSpec("alarms", "险情待接手", tuple(MatterStatus), orders=False, aged="alarm_next_at",
                  where={"alarm_next_at__isnull": False}, across=True)  # fmt: skip
SOURCED = DeskSpec("sourced", "有来源期限的", tuple(MatterStatus), orders=False, by="source_due_at", rests_on="sources",
                   where={"source_due_at__isnull": False, "feedback_owed_at__isnull": False})  # fmt: skip
TO_FEED_BACK = DeskSpec("to-feed-back", "待反馈来源", DONE, orders=False, where={"feedback_owed_at__isnull": False},
                        waits=("feed_back",))  # fmt: skip
TO_DESIGNATE = DeskSpec("to-designate", "待指定", (MatterStatus.ACCEPTED, MatterStatus.IN_HAND), orders=False,
                        where={"designate_until__isnull": False}, by="designate_until",
                        rests_on="designation", waits=("designate",))  # fmt: skip
TO_FOLLOW_UP = DeskSpec("to-follow-up", "待回访", (MatterStatus.REPLIED,), orders=False,
                        where={"satisfied__isnull": True}, waits=("follow_up",), told="drawn_because")  # fmt: skip
DISSATISFIED = DeskSpec("dissatisfied", "不满意待定", (MatterStatus.REPLIED,), orders=False, where={"satisfied": False},
                        waits=("order_redo", "accept_dissatisfaction"), told="drawn_because")  # fmt: skip
TO_ARCHIVE = DeskSpec("to-archive", "待归档", (MatterStatus.DECLINED, MatterStatus.WITHDRAWN, MatterStatus.ENDED,
                                               MatterStatus.CLOSED), orders=False, by_hand=True,
                      waits=("archive",))  # fmt: skip
# What is closed and rated until a day the clock archives when that day has come.
TO_LAPSE = DeskSpec("to-lapse", "到日自动归档", (MatterStatus.CLOSED,), orders=False,
                    where={"rating_until__isnull": False}, beside=("rating_until", None), across=True)  # fmt: skip
REDOING = (OrderStatus.SENT_BACK, OrderStatus.BOUNCED, OrderStatus.REOPENED)
HANDLING = (OrderStatus.SIGNED, *REDOING)
TO_SIGN = DeskSpec("to-sign", "待签收", (OrderStatus.DISPATCHED,), own=True, by="sign_until", rests_on="sign_for",
                   waits=("sign_for",))  # fmt: skip
# What waits for a unit's own hands: what it handed down waits for the hands of others, and stands in a list of its own.
TO_HANDLE = DeskSpec("to-handle", "办理中", (OrderStatus.SIGNED,), own=True, where={"handed_back_at__isnull": True},
                     waits=("draft_reply",))  # fmt: skip
TO_MEND = DeskSpec("to-mend", "发回修改", (OrderStatus.SIGNED,), own=True, where={"handed_back_at__isnull": False},
                   waits=("draft_reply",))  # fmt: skip
TO_REDO = DeskSpec("to-redo", "待重办", REDOING, own=True, waits=("draft_reply",))
TO_SIGN_OFF = DeskSpec("to-sign-off", "待签批", (OrderStatus.DRAFTED,), own=True, signs=True,
                       waits=("sign_off",))  # fmt: skip
FOR_HEAD = DeskSpec("for-head", "待主要负责人签批", (OrderStatus.DRAFTED,), own=True, signs=False, across=True)
DUE_TODAY = DeskSpec("due-today", "今天到期", WORKING, where={"due_at__gt": NOW, "due_at__lte": TONIGHT}, across=True)
OVERDUE = DeskSpec("overdue", "已逾期", WORKING, where={"due_at__lte": NOW}, across=True)
HANDED_DOWN = DeskSpec("handed-down", "已下派", OPEN_ORDERS, where={"parent_id__isnull": False}, below=True,
                       by="inner_at", rests_on="handed_down", filed=True, across=True)  # fmt: skip
# What a unit may hand down of its own; a list that no post has, looked at on the page that hands several down at once.
TO_HAND_DOWN = DeskSpec("to-hand-down", "可下派", HANDLING, alone=True, where={"return_asked_at__isnull": True,
                        "return_filed_at__isnull": True}, own=True)  # fmt: skip
APART = (TO_HAND_DOWN,)
TO_FILE = DeskSpec("to-file", "待报送", (OrderStatus.SIGNED_OFF,), own=True, waits=("file",))
TO_REVIEW = DeskSpec("to-review", "待审核", (OrderStatus.FILED,), where={"parent_id__isnull": True}, by="review_until",
                     waits=("approve",))  # fmt: skip
FROM_BELOW = DeskSpec("from-below", "下级反馈", (OrderStatus.FILED,), where={"parent_id__isnull": False}, below=True,
                      waits=("accept_from_below",))  # fmt: skip
BELOW = ("returns-below", "下级申请退回"), ("extensions-below", "下级申请延期")
BELOW_WAIT = "take_back_below", "extend_below"
RETURNS_BELOW, EXTENSIONS_BELOW = (
    DeskSpec(*said, OPEN_ORDERS, where={"parent_id__isnull": False, f"{asked}_filed_at__isnull": False}, below=True,
             waits=(verb,))
    for said, asked, verb in zip(BELOW, ("return", "extension"), BELOW_WAIT, strict=True))  # fmt: skip
SUPERVISED = DeskSpec("supervised", "督办中", OPEN_ORDERS, where={"supervise_until__isnull": False},
                      by="supervise_until", rests_on="supervision", waits=("answer_supervision",))  # fmt: skip
ESCALATED = DeskSpec("escalated", "紧急未签收", OPEN_ORDERS,
                     where={"escalated_at__isnull": False, "signed_at__isnull": True},
                     waits=("supervise",))  # fmt: skip
TO_EXTEND = DeskSpec("to-extend", "待本单位同意延期", WORKING, own=True, where={"extension_asked_at__isnull": False},
                     waits=("agree_to_extension",))  # fmt: skip
EXTENSIONS = DeskSpec("extensions", "延期待备案", OPEN_ORDERS,
                      where={"extension_filed_at__isnull": False, "parent_id__isnull": True},
                      waits=("accept_extension",))  # fmt: skip
TO_AGREE_RETURN = DeskSpec("returns-to-agree", "退回待同意", OPEN_ORDERS, own=True,
                           where={"return_asked_at__isnull": False}, waits=("agree_to_return",))  # fmt: skip
TO_DECIDE_RETURN = DeskSpec("returns", "待决退回", OPEN_ORDERS, by="return_decide_until",
                            where={"return_filed_at__isnull": False, "parent_id__isnull": True},
                            waits=("take_back",))  # fmt: skip
TO_CALL_AGAIN = DeskSpec("to-call-again", "待复查", (OrderStatus.APPROVED,), by="explained_review_at",
                         where={"explained_review_at__isnull": False}, rests_on="explained", begins=True)  # fmt: skip
TO_WITHHOLD = DeskSpec("to-withhold", "不公开申请", (*OPEN_ORDERS, OrderStatus.APPROVED), aged="withhold_asked_at",
                       where={"withhold_asked_at__isnull": False}, waits=("approve_withholding",))  # fmt: skip
TO_PUBLISH = DeskSpec("to-publish", "待公开", (MatterStatus.REPLIED, MatterStatus.CLOSED, MatterStatus.ARCHIVED),
                      orders=False, aged="to_publish_at", where={"to_publish_at__isnull": False},
                      waits=("publish",))  # fmt: skip
TO_DESTROY = DeskSpec("to-destroy", "保管期满", (MatterStatus.ARCHIVED,), orders=False, aged="dispose_asked_at",
                      where={"dispose_asked_at__isnull": False, "dispose_at__isnull": True}, known=True,
                      waits=("agree_to_destroy", "approve_destruction"))  # fmt: skip
RELAYS = DeskSpec("relays", "待代为联系", OPEN_ORDERS, where={"relay_asked_at__isnull": False},
                  waits=("relay",))  # fmt: skip
JOINED = DeskSpec("joined", "已并入", (MatterStatus.JOINED,), orders=False)
AVOIDED = DeskSpec("avoided", "须回避的", DECIDING,
                   orders=False, where={"against__in": TARGETS}, waits=("name_target",))  # fmt: skip
ALL_OPEN = DeskSpec("open", "全部未结", OPEN_ORDERS, across=True)

DESKS: dict[str, tuple[DeskSpec, ...]] = {
    Role.OPERATOR: (TO_ACCEPT, TO_SUPPLY, TO_DECIDE, ALARMS, UNREPORTED, RELAYS, JOINED, ALL_OPEN),
    Role.DISPATCHER: (TO_DECIDE, TO_DECIDE_RETURN, TO_DESIGNATE, TO_WITHDRAW, TO_CARRY_OUT, SUBMITTED, TO_REPORT,
                      ALARMS, UNREPORTED, SOURCED, TO_FEED_BACK, JOINED, ALL_OPEN),
    Role.REVIEWER: (TO_REVIEW, TO_WITHHOLD, TO_CALL_AGAIN, TO_REPORT, TO_FEED_BACK, TO_PUBLISH, TO_ARCHIVE,
                    TO_LAPSE, ALL_OPEN),
    Role.FOLLOW_UP: (TO_FOLLOW_UP, RELAYS, DISSATISFIED, TO_WITHDRAW, TO_ARCHIVE, TO_LAPSE, ALL_OPEN),
    Role.SUPERVISOR: (ALL_OPEN, OVERDUE, ESCALATED, EXTENSIONS, SUPERVISED, TO_REVIEW),
    Role.INSPECTOR: (ALL_OPEN, OVERDUE, AVOIDED, TO_DESTROY, SUPERVISED, TO_REVIEW),
    Role.SHIFT_LEADER: (TO_ACCEPT, TO_SUPPLY, TO_APPROVE, TO_WITHDRAW, TO_END, TO_MARK,
                        TO_DECIDE, TO_DECIDE_RETURN, TO_DESIGNATE, TO_REVIEW, EXTENSIONS,
                        TO_FOLLOW_UP, DISSATISFIED,
                        ESCALATED, ALARMS, TO_CARRY_OUT, SUBMITTED, TO_REPORT, UNREPORTED, SOURCED, TO_FEED_BACK,
                        SUPERVISED, TO_CALL_AGAIN, TO_WITHHOLD, TO_PUBLISH, TO_DESTROY, AVOIDED, RELAYS,
                        JOINED, OVERDUE, ALL_OPEN),
    Role.LEADER: (TO_INSTRUCT, TO_DESIGNATE, INSTRUCTED, REPORTED),
    Role.CLERK: (TO_SIGN, TO_HANDLE, TO_MEND, TO_REDO, TO_FILE, DUE_TODAY, OVERDUE, HANDED_DOWN, FROM_BELOW, SUPERVISED,
                 TO_CALL_AGAIN, ALL_OPEN),
    Role.DEPUTY: (TO_SIGN_OFF, TO_AGREE_RETURN, TO_EXTEND, DUE_TODAY, OVERDUE, HANDED_DOWN, FROM_BELOW,
                  RETURNS_BELOW, EXTENSIONS_BELOW, FOR_HEAD, ALL_OPEN),
    Role.HEAD: (TO_SIGN_OFF, TO_AGREE_RETURN, TO_EXTEND, DUE_TODAY, OVERDUE, HANDED_DOWN, FROM_BELOW,
                  RETURNS_BELOW, EXTENSIONS_BELOW, ALL_OPEN),
}

# 全市各队: what the head of the hotline's office is told of the whole city, in numbers; its rows are others' to open.
WATCHED = (TO_ACCEPT, TO_APPROVE, TO_DECIDE, TO_DECIDE_RETURN, TO_DESIGNATE, EXTENSIONS, TO_REVIEW, TO_CALL_AGAIN,
           TO_WITHHOLD, TO_PUBLISH, TO_FOLLOW_UP, DISSATISFIED, SUBMITTED, UNREPORTED, ALARMS, ESCALATED, SUPERVISED,
           OVERDUE, ALL_OPEN)  # fmt: skip
