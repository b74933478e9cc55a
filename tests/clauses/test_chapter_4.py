"""四、工作程序。"""

from datetime import date, timedelta

import pytest

from clauses.cities import MINUTE, at, here, said
from hotline.rules import (
    abuse,
    callers,
    contacts,
    elements,
    endings,
    follow_up,
    inquiries,
    joining,
    knowledge,
    limits,
    marks,
    office,
    outside,
    receiving,
    redo,
    retention,
    rulings,
    shares,
    ways,
)
from hotline.rules.book import Rulebook
from hotline.rules.contacts import Attempt
from hotline.rules.verdicts import Due

RECEIVED = "2026-11-02T09:00"  # 星期一，前后没有节假日


def complaint(book: Rulebook) -> Due:
    """A complaint's date: 15 (20) working days after RECEIVED."""
    due = limits.due(book, "complaint", at(book, RECEIVED))
    assert due is not None
    return due


@pytest.mark.clause("四（一）段1")
def test_six_elements_each_given_or_explained(book: Rulebook) -> None:
    terms = here(
        book,
        suzhou={
            "time": "时间",
            "place": "地点",
            "people": "人物",
            "cause": "事由",
            "course": "经过",
            "outcome": "结果",
        },
        example={"time": "何时", "place": "何地", "cause": "何事", "course": "怎样", "outcome": "如何了结"},
    )
    assert elements.terms(book) == terms
    assert elements.missing(book, dict.fromkeys(terms, "有"), {}) == []
    lacking = elements.missing(
        book, dict.fromkeys(terms, "有") | {"place": " ", "outcome": ""}, {"outcome": "尚无结果"}
    )
    assert [(m.field, m.clause) for m in lacking] == [("place", here(book, suzhou="四（一）段1", example="第10条"))]
    assert terms["place"] in lacking[0].because
    assert [m.field for m in elements.missing(book, {}, {})] == list(terms)


@pytest.mark.clause("四（一）段1")
def test_calling_again(book: Rulebook) -> None:
    assert dict(book.provision("repeat_contact").values) == here(
        book,
        suzhou={
            "open_same_facts": "join",
            "closed_same_facts": "repeat_answer",
            "closed_new_facts": "reopen",
            "archived_new_facts": "linked_matter",
            "one_kind_per_matter": True,
        },
        example={
            "open_same_facts": "join",
            "closed_same_facts": "reopen",
            "closed_new_facts": "linked_matter",
            "archived_new_facts": "linked_matter",
            "one_kind_per_matter": True,
        },
    )


@pytest.mark.clause("四（一）段1", "R-25")
def test_joining(book: Rulebook) -> None:
    assert joining.shows_publishable(book) is here(book, suzhou=True, example=False)
    assert joining.promise_kept(book) is here(book, suzhou=True, example=False)


@pytest.mark.clause("四（二）段1")
def test_four_ways_in_order(book: Rulebook) -> None:
    assert [way.term for way in ways.ways(book)] == here(
        book, suzhou=["直接答复", "直办", "转办", "呈办"], example=["派办", "当场答", "接通", "上呈"]
    )


def lacks(book: Rulebook, way: str) -> list[str]:
    """What an empty form lacks for this way, clause first."""
    found = ways.lacks(book, way, {})
    return [found[0].clause, *(m.because for m in found)]


@pytest.mark.clause("四（二）1")
def test_answering_at_once_names_the_policy(book: Rulebook) -> None:
    assert lacks(book, "answer_at_once") == here(
        book, suzhou=["四（二）1", "直接答复须写明所依据的政策"], example=["第11条第2款", "当场答须写明依据"]
    )
    assert ways.lacks(book, "answer_at_once", {"policy": "某条例第三条"}) == []


@pytest.mark.clause("四（二）2")
def test_connecting_by_transfer_or_three_party_call(book: Rulebook) -> None:
    assert lacks(book, "connect") == here(
        book,
        suzhou=["四（二）2", "直办须写明转接或三方通话", "直办须写明接听单位"],
        example=["第11条第3款", "接通须写明谁来接"],
    )
    means = here(book, suzhou={"transfer": "电话转接", "three_party": "三方通话"}, example={"transfer": "转过去"})
    assert book.provision("connecting").values["means"] == means


@pytest.mark.clause("四（二）2")
def test_connecting_in_office_hours_only(book: Rulebook) -> None:
    opens, closes = here(
        book,
        suzhou=(["08:00", "14:30"], ["12:00", "17:30"]),
        example=(["07:30"], ["14:00"]),
    )
    for start, end in zip(opens, closes, strict=True):
        first, last = at(book, f"2026-11-02T{start}"), at(book, f"2026-11-02T{end}") - MINUTE
        assert ways.may_connect(book, "consultation", first).ok
        assert ways.may_connect(book, "consultation", last).ok
        assert not ways.may_connect(book, "consultation", first - MINUTE).ok
        assert not ways.may_connect(book, "consultation", last + MINUTE).ok
    assert not ways.may_connect(book, "complaint", at(book, "2026-11-02T09:00")).ok
    assert ways.may_connect(book, "help", at(book, "2026-11-02T09:00")).ok is here(book, suzhou=False, example=True)
    assert ways.in_office_hours(book, at(book, "2026-11-02T12:30")) is here(book, suzhou=False, example=True)
    assert not ways.in_office_hours(book, at(book, "2026-11-07T09:00"))  # 星期六


@pytest.mark.clause("四（二）3")
def test_dispatching_names_unit_and_kind(book: Rulebook) -> None:
    assert lacks(book, "dispatch") == here(
        book,
        suzhou=["四（二）3", "转办须写明责任单位", "转办须写明事项类别"],
        example=["第11条第1款", "派办须写明单位", "派办须写明类别"],
    )


@pytest.mark.clause("四（二）4")
def test_submitting_names_grounds_and_opinion(book: Rulebook) -> None:
    assert lacks(book, "submit") == here(
        book,
        suzhou=["四（二）4", "呈办须写明呈报的理由", "呈办须写明拟办意见", "呈办须写明呈报的领导"],
        example=["第11条第4款", "上呈须写明缘由", "上呈须写明意见", "上呈须写明负责人"],
    )
    assert "、".join(book.provision("submitting").values["grounds"]) == here(
        book, suzhou="跨地区、跨部门、紧急性、典型性、疑难性、特殊性、政策性强、社会影响大", example="要紧、难办"
    )


@pytest.mark.clause("四（二）4")
def test_emergencies_are_reported_within_minutes(book: Rulebook) -> None:
    assert said(outside.report_until(book, at(book, "2026-11-07T23:50"))) == here(
        book, suzhou="2026-11-08T00:20", example="2026-11-08T00:15"
    )
    values = book.provision("urgent_report").values
    assert dict(values["sorts"]) == here(
        book,
        suzhou={"disaster": "自然灾害", "accident": "事故灾难", "health": "公共卫生事件", "security": "社会安全事件",
                "mass": "群体性事件"},
        example={"fire": "大火", "crowd": "人多闹事"},
    )  # fmt: skip
    means = here(book, suzhou={"phone": "电话", "fax": "传真", "system": "值班系统"}, example={"phone": "打电话"})
    assert dict(values["means"]) == means


@pytest.mark.clause("四（二）3")
def test_assisting_units_answer_before_the_lead(book: Rulebook) -> None:
    received, lead = at(book, RECEIVED), complaint(book)
    assert said(shares.assisting_due(book, lead, received)) == here(
        book, suzhou="2026-11-20T00:00", example="2026-11-30T00:00"
    )
    short = limits.due(book, "help", received)
    assert short is not None
    handed_on = at(book, here(book, suzhou="2026-11-05T09:00", example=RECEIVED))
    assert said(shares.assisting_due(book, short, handed_on)) == here(
        book, suzhou="2026-11-07T00:00", example="2026-11-05T00:00"
    )


@pytest.mark.clause("四（二）3")
def test_an_assisting_unit_is_never_due_after_the_lead_and_urgent_ones_with_it(book: Rulebook) -> None:
    lead = complaint(book)
    assert shares.assisting_due(book, lead, lead.at).at == lead.at
    assert shares.assisting_due(book, lead, at(book, RECEIVED), urgent=True).at == lead.at


@pytest.mark.clause("四（二）3")
def test_a_designation_is_escalated_when_late(book: Rulebook) -> None:
    due = office.designation_until(book, at(book, RECEIVED))
    assert said(due) == here(book, suzhou="2026-11-05T00:00", example="2026-11-06T00:00")
    assert due.clause == here(book, suzhou="四（二）3", example="第12条")


@pytest.mark.clause("四（二）3e", "R-39")
def test_how_it_may_have_been_settled(book: Rulebook) -> None:
    assert list(rulings.sorts(book).values()) == here(book, suzhou=["会商纪要", "政府指定"], example=["碰头会定", "市里定"])
    assert [one for one in rulings.sorts(book) if rulings.of_government(book, one)] == here(
        book, suzhou=["designated"], example=["city"])  # fmt: skip
    assert book.provision("rulings").clause == here(book, suzhou="四（二）3", example="第12条")


@pytest.mark.clause("四（三）段1")
def test_who_may_be_given_orders(book: Rulebook) -> None:
    signers = here(book, suzhou=("deputy", "head"), example=("head", "deputy"))
    assert receiving.lacks(book, {"clerk", "deputy"}, "1") == receiving.lacks(book, {"clerk", "head"}, "1") == ()
    assert receiving.lacks(book, {"head"}, "1") == (("clerk",),)
    assert receiving.lacks(book, {"clerk"}, "1") == (signers,)
    assert receiving.lacks(book, {"clerk", "head"}, " ") == (("duty_phone",),)
    assert receiving.lacks(book, (), "") == (("clerk",), signers, ("duty_phone",))
    assert book.provision("receiving").clause == here(book, suzhou="四（三）段1", example="第13条")


@pytest.mark.clause("四（三）段1")
def test_first_contact_in_time(book: Rulebook) -> None:
    due = limits.contact_until(book, "complaint", at(book, RECEIVED))
    assert said(due) == here(book, suzhou="2026-11-05T00:00", example="2026-11-04T00:00")
    assert due is not None
    assert due.clause == here(book, suzhou="四（三）段1", example="第13条")


@pytest.mark.clause("四（三）段1")
def test_no_filing_without_contact_tries_or_waiver(book: Rulebook) -> None:
    start = at(book, "2026-11-02T09:10")
    tries = [Attempt(start + timedelta(hours=h), reached=False, evidence="录音") for h in range(5)]
    needed = here(book, suzhou=3, example=2)
    assert not contacts.may_file(book, [], None).ok
    assert not contacts.may_file(book, tries[: needed - 1], None).ok
    assert contacts.may_file(book, tries[:needed], None).ok
    assert not contacts.may_file(book, tries[: needed - 1] * 3, None).ok, "同一钟点只算一次"
    assert not contacts.may_file(book, [Attempt(t.at, reached=False, evidence=" ") for t in tries], None).ok
    assert contacts.may_file(book, [Attempt(start, reached=True, evidence="")], None).ok
    allowed = here(book, suzhou={"anonymous": "匿名", "no_number": "没有联系方式"}, example={"anonymous": "不留名"})
    assert contacts.waivers(book) == allowed
    assert all(contacts.may_file(book, [], waiver).ok for waiver in allowed)
    assert not contacts.may_file(book, [], "没空").ok


@pytest.mark.clause("四（三）段1")
def test_in_time_means_before_the_limit_ends(book: Rulebook) -> None:
    due = complaint(book).at
    assert limits.on_time(due, due - MINUTE)
    assert not limits.on_time(due, due)
    assert not limits.on_time(due, due + MINUTE)


@pytest.mark.clause("四（四）段1")
def test_some_are_drawn_and_some_always_followed_up(book: Rulebook) -> None:
    numbers = [str(number) for number in range(2000)]
    share = sum(follow_up.drawn(book, "种子", number, {}).ok for number in numbers) / len(numbers)
    assert here(book, suzhou=0.17, example=0.32) < share < here(book, suzhou=0.23, example=0.38)
    lucky = next(number for number in numbers if not follow_up.drawn(book, "种子", number, {}).ok)
    always = [f for f in FACTS if follow_up.drawn(book, "种子", lucky, {f: True}).ok]
    assert always == here(book, suzhou=list(FACTS), example=["dissatisfied", "major"])
    assert follow_up.drawn(book, "种子", lucky, dict.fromkeys(FACTS, True)).because == here(
        book,
        suzhou="必须回访：诉求人不满意、曾退回重办、领导批示、重大事项、已解释未解决",
        example="必须回访：不满意、要紧的事",
    )
    assert "种子" in follow_up.drawn(book, "种子", lucky, {}).because


FACTS = ("dissatisfied", "sent_back", "instructed", "major", "explained_not_solved")


@pytest.mark.clause("四（四）段1")
def test_grades_and_aspects(book: Rulebook) -> None:
    assert "、".join(follow_up.grades(book)) == here(
        book, suzhou="非常满意、满意、基本满意、不满意、非常不满意", example="好、行、差"
    )
    assert follow_up.aspects(book) == here(
        book,
        suzhou={"attitude": "态度", "speed": "速度", "result": "结果"},
        example={"attitude": "态度", "result": "结果"},
    )


@pytest.mark.clause("四（四）段1")
def test_tries_before_not_reached(book: Rulebook) -> None:
    start, needed = at(book, "2026-11-02T09:10"), here(book, suzhou=3, example=4)
    tries = [Attempt(start + timedelta(hours=h), reached=False, evidence="录音") for h in range(needed)]
    assert follow_up.not_reached(book, tries).ok
    assert not follow_up.not_reached(book, tries[:-1]).ok
    assert not follow_up.not_reached(book, [*tries, Attempt(start, reached=True, evidence="录音")]).ok


@pytest.mark.clause("四（四）段1")
def test_the_rating_stays_open(book: Rulebook) -> None:
    until = follow_up.rating_until(book, at(book, RECEIVED))
    assert said(until) == here(book, suzhou="2026-11-18T00:00", example="2026-11-12T00:00")


@pytest.mark.clause("四（四）段1")
def test_one_redo_for_dissatisfaction(book: Rulebook) -> None:
    due = redo.after_dissatisfied(book, at(book, RECEIVED))
    assert said(due) == here(book, suzhou="2026-11-06T00:00", example="2026-11-09T00:00")
    assert [follow_up.may_redo(book, redos).ok for redos in range(3)] == here(
        book, suzhou=[True, False, False], example=[True, True, False]
    )


@pytest.mark.clause("四（五）段1")
def test_reminder_before_the_due_day(book: Rulebook) -> None:
    due = complaint(book)
    above = book.provision("cards").values["reminder_above_working_days"]
    assert above == here(book, suzhou=2, example=4)
    assert said(marks.reminder_at(book, "complaint", due)) == here(
        book, suzhou="2026-11-20T00:00", example="2026-11-26T00:00"
    )
    assert marks.reminder_at(book, "complaint", due, urgent=True) is None
    with_reminder = [k for k in book.kinds if k != "praise" and marks.reminder_at(book, k, due) is not None]
    assert with_reminder == here(
        book,
        suzhou=["help", "suggestion", "complaint", "report"],
        example=["suggestion", "complaint", "report"],
    )


@pytest.mark.clause("四（五）段1")
def test_yellow_on_the_due_day(book: Rulebook) -> None:
    received, due = at(book, RECEIVED), complaint(book)
    assert said(marks.yellow_at(book, due, received)) == here(
        book, suzhou="2026-11-23T00:00", example="2026-11-29T00:00"
    )
    urgent = limits.due(book, "help", received, urgent=True)
    assert urgent is not None
    assert said(marks.yellow_at(book, urgent, received, urgent=True)) == here(
        book, suzhou="2026-11-02T22:00", example="2026-11-03T23:10"
    )
    last_minute = urgent.at - MINUTE
    assert marks.yellow_at(book, urgent, last_minute, urgent=True).at == last_minute


@pytest.mark.clause("四（五）段1")
def test_red_when_overdue(book: Rulebook) -> None:
    due = complaint(book)
    red = marks.red_at(book, due)
    assert (red.at, red.clause) == (due.at, here(book, suzhou="四（五）段1", example="第15条"))


@pytest.mark.clause("四（五）段1")
def test_cards_for_being_sent_back(book: Rulebook) -> None:
    assert [marks.card_for_send_backs(book, times) for times in range(4)] == here(
        book, suzhou=[None, "yellow", "red", "red"], example=[None, None, "yellow", "red"]
    )


@pytest.mark.clause("四（五）段1")
def test_causes_of_cards(book: Rulebook) -> None:
    assert marks.causes(book, "yellow") == here(
        book,
        suzhou={
            "unsigned": "超过时间未签收",
            "no_contact": "未按时联系诉求人",
            "due_day": "到期日",
            "send_back": "退回重办",
        },
        example={"unsigned": "没有签收", "send_back": "重写"},
    )
    assert marks.causes(book, "red") == here(
        book,
        suzhou={"overdue": "逾期", "send_back_again": "连续退回重办", "false_reply": "查实反馈不实"},
        example={"overdue": "迟了", "send_back_again": "连着重写", "false_reply": "说假话"},
    )


@pytest.mark.clause("四（五）段1")
def test_scope_of_supervision(book: Rulebook) -> None:
    assert "、".join(book.provision("supervision").values["scope"]) == here(
        book, suzhou="临近时限或逾期、退回重办、涉及多个地区或部门、重大事项、其他", example="快到期、重写"
    )


@pytest.mark.clause("四（六）段1")
def test_papers_of_the_archive(book: Rulebook) -> None:
    assert "、".join(book.provision("archive").values["papers"]) == here(
        book,
        suzhou="来电留言办理记录、转办工单、领导批示、反馈件、综合分析报告、简报、专报、其他有保存价值的资料",
        example="记录、派办单、回件",
    )


@pytest.mark.clause("四（七）段1")
def test_weights_of_the_assessment(book: Rulebook) -> None:
    assert book.provision("assessment").values["weights"] == here(
        book,
        suzhou={"on_time": 40, "satisfaction": 25, "solved": 20, "signed_in_time": 5, "quality": 10},
        example={"on_time": 55, "satisfaction": 45},
    )


@pytest.mark.clause("四（一）段1", "R-28")
def test_withdrawing(book: Rulebook) -> None:
    until = endings.withdrawal_until(book, at(book, "2026-09-16T16:05"))
    assert said(until) == here(book, suzhou="2026-09-18T00:00", example="2026-09-21T00:00")
    assert endings.keeps_alive(book) == here(
        book,
        suzhou={"other_callers": "还有别的诉求人", "public_safety": "涉及公共安全"},
        example={"public_safety": "大家会受害"},
    )
    assert [endings.may_withdraw(book, callers).ok for callers in (1, 2)] == here(
        book, suzhou=[True, False], example=[True, True]
    )


@pytest.mark.clause("四（一）段1", "R-33")
def test_marking_a_caller(book: Rulebook) -> None:
    now = at(book, "2026-09-16T16:05")
    assert abuse.sorts(book) == here(
        book, suzhou={"malicious": "恶意来电", "harassing": "骚扰来电"}, example={"pranks": "打来闹着玩"}
    )
    assert said(abuse.decide_until(book, now)) == here(book, suzhou="2026-09-18T00:00", example="2026-09-21T00:00")
    assert said(abuse.longest(book, now)) == here(book, suzhou="2026-12-16T00:00", example="2026-10-17T00:00")


@pytest.mark.clause("四（一）段1", "R-38")
def test_entries_of_the_knowledge_base(book: Rulebook) -> None:
    now, last = at(book, "2026-09-16T16:05"), here(book, suzhou=date(2027, 9, 16), example=date(2026, 12, 25))
    assert knowledge.sorts(book) == here(
        book,
        suzhou={"policy": "政策解读", "guide": "办事指南", "question": "常见问答", "script": "规范话术"},
        example={"saying": "答话", "notice": "告示"},
    )
    assert knowledge.proposing_kinds(book) == here(book, suzhou={"consultation"}, example={"consultation", "help"})
    assert said(knowledge.decide_until(book, now)) == here(book, suzhou="2026-09-21T00:00", example="2026-09-23T00:00")
    assert knowledge.last_day(book, now) == last
    days = (now.date() - timedelta(1), now.date(), last, last + timedelta(1))
    assert [knowledge.may_be_good(book, day, now).ok for day in days] == [False, True, True, False]
    until = knowledge.through(book, last)
    assert knowledge.ask_at(book, until) == here(
        book, suzhou=at(book, "2027-08-18T00:00"), example=at(book, "2026-12-14T00:00")
    )


@pytest.mark.clause("四（一）段1", "R-43")
def test_when_a_record_was_left(book: Rulebook) -> None:
    assert elements.left_after(book) == timedelta(minutes=here(book, suzhou=20, example=45))


@pytest.mark.clause("四（三）段1")
def test_by_what_means_a_unit_looks_into_it(book: Rulebook) -> None:
    assert inquiries.means(book, "investigation") == here(
        book,
        suzhou={"site": "现场查看", "papers": "查阅资料", "ask": "询问当事人", "test": "检测鉴定", "other": "其他方式"},
        example={"look": "去看", "ask": "去问"},
    )


@pytest.mark.clause("四（四）段1")
def test_by_what_means_the_office_checks(book: Rulebook) -> None:
    assert inquiries.means(book, "spot_check") == here(
        book,
        suzhou={"site": "现场查看", "call": "电话核实", "papers": "调阅材料", "online": "网上核查"},
        example={"look": "再去看一次"},
    )


@pytest.mark.clause("R-34")
def test_what_was_looked_into_lies_between_delivery_and_now(book: Rulebook) -> None:
    since, now = at(book, "2026-11-02T23:00"), at(book, "2026-11-04T00:30")
    days = [since.date() + timedelta(days=n) for n in range(-1, 4)]
    may = [inquiries.may_be_on(book, "investigation", day, since, now) for day in days]
    assert [one.ok for one in may] == [False, True, True, True, False]
    assert {one.clause for one in may} == {here(book, suzhou="四（三）段1", example="第13条")}


@pytest.mark.clause("四（一）段1", "R-35")
def test_sorts_of_callers(book: Rulebook) -> None:
    assert callers.sorts(book) == here(
        book,
        suzhou={"person": "个人", "enterprise": "企业", "anonymous": "匿名"},
        example={"person": "街坊", "enterprise": "商号", "anonymous": "不留名"},
    )
    clause = here(book, suzhou="四（一）段1", example="第10条")
    for means, numbered, ok in (("phone", False, False), ("sms", False, False), ("online", False, True),
                                ("visit", False, True), ("phone", True, True)):  # fmt: skip
        told = callers.may_be_told(book, means, numbered=numbered)
        assert (told.ok, told.clause) == (ok, clause), means
    assert [callers.may_be_phoned(book, numbered=one).ok for one in (True, False)] == [True, False]


@pytest.mark.clause("四（六）段1", "R-36")
def test_how_long_a_file_keeps_who_brought_it(book: Rulebook) -> None:
    usual = retention.kept(book, "complaint", {})
    assert (usual.term, usual.years, usual.because) == here(book, suzhou=("一般", 5, ""), example=("短期", 2, ""))
    for archived, ends in (("2026-11-28T10:00", ("2031-11-29", "2028-11-29")),
                           ("2026-12-31T23:59", ("2032-01-01", "2029-01-01")),
                           ("2028-02-29T00:00", ("2033-03-01", "2030-03-01"))):  # fmt: skip
        end = retention.ends(book, usual.years, at(book, archived))
        assert end == at(book, f"{here(book, suzhou=ends[0], example=ends[1])}T00:00")
    facts = ("major", "submitted", "false_reply", "redone")
    found = {fact: retention.kept(book, "complaint", {fact: True}) for fact in facts}
    longer = {fact: (one.term, one.years, one.because) for fact, one in found.items() if one.id != usual.id}
    assert longer == here(
        book,
        suzhou={"major": ("重要", 15, "重要办理件"), "submitted": ("重要", 15, "呈报过市领导"),
                "false_reply": ("重要", 15, "查实反馈不实"), "redone": ("重要", 15, "重办过")},
        example={"major": ("长期", 8, "要紧的事")},
    )  # fmt: skip
    of_kinds = {kind for kind in book.kinds if retention.kept(book, kind, {}).id != usual.id}
    assert of_kinds == here(book, suzhou={"report"}, example=set())
