"""五、网络单位承办要求。"""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from clauses.cities import MINUTE, at, here, letter, said
from hotline.rules import (
    doors,
    explained,
    extending,
    grounds,
    letters,
    limits,
    office,
    own_notices,
    papers,
    redo,
    rosters,
    signing,
    ways,
)
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Due, Verdict

RECEIVED = "2026-09-30T10:00"  # 宿州：国庆前一天；虚构城市：丰收节当中


def due(book: Rulebook, kind: str, *, urgent: bool = False) -> Due:
    """The date of a matter delivered at RECEIVED."""
    found = limits.due(book, kind, at(book, RECEIVED), urgent=urgent)
    assert found is not None
    return found


@pytest.mark.clause("四（二）3", "五（二）")
def test_every_kind_has_a_limit_or_a_reason_for_none(book: Rulebook) -> None:
    assert [kind.id for kind in book.kinds.values() if not kind.limited] == ["praise"]
    assert all(bool(kind.none_because) != kind.limited for kind in book.kinds.values())
    assert limits.due(book, "praise", at(book, RECEIVED)) is None


@pytest.mark.clause("五（二）1")
def test_consultation_is_due(book: Rulebook) -> None:
    found = due(book, "consultation")
    assert said(found) == here(book, suzhou="2026-10-10T00:00", example="2026-09-30T11:30")
    assert found.clause == here(book, suzhou="五（二）1", example="第21条第1款")
    assert found.readings == here(book, suzhou=("R-01", "R-02"), example=())


@pytest.mark.clause("五（二）2")
def test_help_is_due(book: Rulebook) -> None:
    found = due(book, "help")
    assert said(found) == here(book, suzhou="2026-10-14T00:00", example="2026-10-07T00:00")
    assert found.clause == here(book, suzhou="五（二）2", example="第21条第2款")


@pytest.mark.clause("五（二）2")
def test_help_is_contacted_after_signing(book: Rulebook) -> None:
    received = at(book, RECEIVED)
    found = limits.contact_until(book, "help", received, signed=received + timedelta(hours=1))
    assert said(found) == here(book, suzhou="2026-10-09T00:00", example="2026-10-06T00:00")
    assert found is not None
    assert found.clause == here(book, suzhou="五（二）2", example="第21条第2款")
    other = limits.contact_until(book, "suggestion", received)
    assert other is not None
    assert other.clause != found.clause


@pytest.mark.clause("五（二）2", "五（六）")
def test_help_nobody_signed_for_is_contacted_after_deemed_acceptance(book: Rulebook) -> None:
    received = at(book, RECEIVED)
    deemed = limits.contact_until(book, "help", received)
    assert said(deemed) == here(book, suzhou="2026-10-10T00:00", example="2026-10-08T00:00")
    late = limits.contact_until(book, "help", received, signed=at(book, "2026-10-12T09:00"))
    assert late == deemed, "补签不重新起算"
    refused = limits.contact_until(book, "help", received, deemed=at(book, "2026-10-09T15:00"))
    assert said(refused) == here(book, suzhou="2026-10-11T00:00", example="2026-10-13T00:00")


@pytest.mark.clause("五（二）3")
def test_suggestion_is_due(book: Rulebook) -> None:
    found = due(book, "suggestion")
    assert said(found) == here(book, suzhou="2026-10-14T00:00", example="2026-10-12T00:00")
    assert found.clause == here(book, suzhou="五（二）3", example="第21条第3款")


@pytest.mark.clause("五（二）4")
def test_complaint_and_report_are_due(book: Rulebook) -> None:
    found = due(book, "complaint")
    assert said(found) == here(book, suzhou="2026-10-28T00:00", example="2026-10-29T00:00")
    assert found.clause == here(book, suzhou="五（二）4", example="第21条第4款")
    assert due(book, "report") == found


@pytest.mark.clause("五（二）5")
def test_urgent_matters_are_due_the_same_day(book: Rulebook) -> None:
    found = due(book, "complaint", urgent=True)
    assert said(found) == here(book, suzhou="2026-10-01T00:00", example="2026-10-02T00:00")
    assert found.clause == here(book, suzhou="五（二）5", example="第21条第5款")
    contact = limits.contact_until(book, "help", at(book, RECEIVED), urgent=True)
    assert contact is not None
    assert contact.at == found.at


@pytest.mark.clause("五（二）5")
def test_urgent_orders_go_out_and_are_signed_within_minutes(book: Rulebook) -> None:
    received = at(book, RECEIVED)
    assert said(office.dispatch_until(book, received, "phone", urgent=True)) == here(
        book, suzhou="2026-09-30T10:30", example="2026-09-30T10:20"
    )
    assert said(limits.sign_until(book, received, urgent=True)) == here(
        book, suzhou="2026-09-30T10:30", example="2026-09-30T10:15"
    )


@pytest.mark.clause("五（一）")
def test_signing_in_time(book: Rulebook) -> None:
    received = at(book, RECEIVED)
    found = limits.sign_until(book, received)
    assert said(found) == here(book, suzhou="2026-10-09T00:00", example="2026-10-06T00:00")
    assert found.clause == here(book, suzhou="五（一）", example="第20条")
    urgent = due(book, "help", urgent=True)
    late = urgent.at - MINUTE
    assert limits.sign_until(book, late, urgent=True, due=urgent).at == urgent.at
    assert said(limits.sign_until(book, received, urgent=True)) == here(
        book, suzhou="2026-09-30T10:30", example="2026-09-30T10:15"
    )


@pytest.mark.clause("五（一）")
def test_paper_goes_back_as_paper(book: Rulebook) -> None:
    assert papers.means(book) == here(
        book, suzhou={"fax": "传真", "post": "邮寄", "delivery": "送达"}, example={"delivery": "当面送回"}
    )


@pytest.mark.clause("五段1")
def test_being_on_duty_means(book: Rulebook) -> None:
    assert rosters.duties(book) == here(book, suzhou=("电话有人接", "事情有人办"), example=("值守有人",))


@pytest.mark.clause("五段1c", "R-40")
def test_when_a_duty_telephone_is_tried_again(book: Rulebook) -> None:
    """A call on the 18th of November: again from the beginning of a day."""
    trial = rosters.trial(book)
    called = datetime(2026, 11, 18, 9, 0, tzinfo=book.tz)
    good = here(book, suzhou=datetime(2026, 12, 18, tzinfo=book.tz), example=datetime(2027, 1, 2, tzinfo=book.tz))
    bad = here(book, suzhou=datetime(2026, 11, 19, tzinfo=book.tz), example=datetime(2026, 11, 20, tzinfo=book.tz))
    assert trial.due_at(called, "answered", book.tz) == good
    assert {trial.due_at(called, one, book.tz) for one in trial.outcomes if one != "answered"} == {bad}
    assert trial.outcomes == here(
        book, suzhou={"answered": "接了，说得清单位和谁值班", "unclear": "接了，说不清", "no_answer": "没人接", "unreachable": "打不通"},
        example={"answered": "有人接", "no_answer": "没人接"})  # fmt: skip
    assert trial.good == {"answered"}


@pytest.mark.clause("五段1d", "R-44")
def test_what_people_are_told_on_their_own_telephone(book: Rulebook) -> None:
    """By telephone and by mail, of the office, of a unit, a leader."""
    sorts = ("office", "unit", "leader")
    told = {way: [own_notices.default(book, way, sort) for sort in sorts] for way in ("sms", "mail")}
    usual = ("arrived", "pressing")
    assert told == here(
        book, suzhou={"sms": [("pressing",), usual, usual], "mail": [(), (), ()]},
        example={"sms": [("arrived",), ("pressing", "due"), ()], "mail": [(), (), ("arrived", "left")]})  # fmt: skip
    assert book.provision("own_notices").values["mail"] == here(
        book, suzhou={"unit": [], "leader": [], "office": []}, example={"leader": ["arrived", "left"]})  # fmt: skip


@pytest.mark.clause("五段1d", "R-44")
def test_nothing_is_sent_by_night(book: Rulebook) -> None:
    """A Friday at 23:30: on Saturday morning; on the next working day for whoever wants it at work. What comes at work
    waits for the evening, where somebody wants it after work."""
    night, noon = datetime(2026, 11, 20, 23, 30, tzinfo=book.tz), datetime(2026, 11, 18, 10, 0, tzinfo=book.tz)
    begins, ends = here(book, suzhou=(time(7), time(22)), example=(time(6, 30), time(21, 30)))
    first, last = ways.office_hours(book)[0][0], ways.office_hours(book)[-1][1]
    morning = datetime.combine(date(2026, 11, 21), begins, book.tz)
    assert own_notices.next_at(book, "day", night) == own_notices.next_at(book, "outside", night) == morning
    at_work = date(2026, 11, here(book, suzhou=23, example=22))  # there one works on Sundays
    assert own_notices.next_at(book, "office", night) == datetime.combine(at_work, first, book.tz)
    assert own_notices.next_at(book, "day", noon) == own_notices.next_at(book, "office", noon) == noon
    assert own_notices.may_send(book, "outside", datetime.combine(noon.date(), last, book.tz))
    evening = datetime.combine(noon.date(), ends, book.tz)
    assert own_notices.may_send(book, "day", evening - timedelta.resolution)
    assert not own_notices.may_send(book, "day", evening)


@pytest.mark.clause("五段1")
def test_every_letter_has_a_person_and_a_sign_off(book: Rulebook) -> None:
    responsible = book.provision("responsibility").values["levels"]
    assert responsible == here(book, suzhou=[2, 3], example=[2, 3, 4])
    asked_for = letters.fields(book)
    assert {"responsible_name", "responsible_unit", "handler_name"} <= asked_for.keys()
    assert signing.level(book).role == "deputy"


def extension(book: Rulebook, until: str, **changes: Any) -> Verdict:
    """A complaint's extension asked for one minute before `until`, good in every way but for `changes`."""
    asked: dict[str, Any] = {"working_days": 3, "already": 0, "reason": "须现场勘验", "agreed": True, "urgent": False}
    now = changes.pop("now", at(book, until) - MINUTE)
    return doors.may_extend(book, "complaint", at(book, RECEIVED), due(book, "complaint"), now, **(asked | changes))


ASK_UNTIL = "2026-10-27T00:00"


@pytest.mark.clause("五（二）段1")
def test_extension_needs_written_reasons(book: Rulebook) -> None:
    assert extension(book, ASK_UNTIL).ok
    assert not extension(book, ASK_UNTIL, reason="  ").ok


@pytest.mark.clause("五（二）段1")
def test_extension_needs_agreement(book: Rulebook) -> None:
    refused = extension(book, ASK_UNTIL, agreed=False)
    assert (refused.ok, refused.clause) == (False, here(book, suzhou="五（二）段1", example="第22条"))
    may = [role for role in ("clerk", "deputy", "head") if doors.may_agree_to_extension(book, role)]
    assert may == here(book, suzhou=["deputy", "head"], example=["head"])


@pytest.mark.clause("五（二）段1")
def test_extension_is_filed_before_the_due_day(book: Rulebook) -> None:
    until = doors.extension_ask_until(book, due(book, "complaint"))
    assert said(until) == ASK_UNTIL
    assert extension(book, ASK_UNTIL).ok
    assert not extension(book, ASK_UNTIL, now=at(book, ASK_UNTIL)).ok
    assert not extension(book, ASK_UNTIL, now=at(book, ASK_UNTIL) + MINUTE).ok


def refusable(book: Rulebook, ground: str, filed: str = "2026-10-26T23:59", **facts: int) -> Verdict:
    """Whether a complaint's extension may be refused on a ground."""
    days = {"working_days": 3, "already": 0} | facts
    return extending.may_refuse(book, "complaint", due(book, "complaint"), at(book, filed), ground=ground, **days)


@pytest.mark.clause("五（二）段1", "R-07")
def test_extension_is_refused_for_form_lateness_or_cap_alone(book: Rulebook) -> None:
    terms = here(
        book,
        suzhou={"form": "形式不符合要求", "late": "迟报", "cap": "超过上限"},
        example={"form": "手续不全", "late": "报晚了", "cap": "天数太多"},
    )
    assert extending.grounds(book) == terms
    assert [ground for ground in (*terms, "merits") if refusable(book, ground).ok] == ["form"]
    assert refusable(book, "late", ASK_UNTIL).ok
    cap = here(book, suzhou=15, example=40)
    assert [refusable(book, "cap", already=cap - 2 - n).ok for n in (0, 1)] == [True, False]
    assert extending.granted_by_silence(book, "complaint", working_days=3, already=cap - 2) == 2
    assert extending.granted_by_silence(book, "complaint", working_days=3, already=cap + 2) == 0


@pytest.mark.clause("五（二）段1")
def test_extension_is_explained_before_the_old_date(book: Rulebook) -> None:
    old = due(book, "complaint").at
    assert doors.explanation_counts(book, old, old - MINUTE).ok
    assert not doors.explanation_counts(book, old, old).ok
    assert not doors.explanation_counts(book, old, None).ok


@pytest.mark.clause("五（二）段1")
def test_extension_never_exceeds_the_limit(book: Rulebook) -> None:
    cap = here(book, suzhou=15, example=40)
    assert doors.cap(book, "complaint") == cap
    assert extension(book, ASK_UNTIL, working_days=cap).ok
    assert not extension(book, ASK_UNTIL, working_days=cap + 1).ok
    assert not extension(book, ASK_UNTIL, working_days=cap - 4, already=5).ok
    assert not extension(book, ASK_UNTIL, working_days=0).ok
    longer = doors.extended(book, due(book, "complaint"), 5)
    assert said(longer) == here(book, suzhou="2026-11-04T00:00", example="2026-11-05T00:00")


@pytest.mark.clause("五（二）段1", "五（二）5")
def test_urgent_orders_and_limits_in_minutes_know_no_extension(book: Rulebook) -> None:
    received = at(book, RECEIVED)
    assert doors.extension_ask_until(book, due(book, "help", urgent=True), urgent=True) is None
    refused = extension(book, ASK_UNTIL, urgent=True)
    assert (refused.ok, refused.clause) == (False, here(book, suzhou="五（二）5", example="第21条第5款"))
    until = doors.extension_ask_until(book, due(book, "consultation"), kind="consultation", received=received)
    assert said(until) == here(book, suzhou="2026-10-09T00:00", example=None)


@pytest.mark.clause("五（二）段2")
def test_explained_not_solved_is_reviewed_later(book: Rulebook) -> None:
    now = at(book, "2026-10-08T09:00")
    last = explained.latest_review_on(book, now)
    assert last.isoformat() == here(book, suzhou="2027-04-08", example="2027-01-08")
    assert explained.may_review_on(book, last, now).ok
    assert not explained.may_review_on(book, last + timedelta(days=1), now).ok
    assert not explained.may_review_on(book, now.date(), now).ok
    assert [m.because for m in explained.lacks(book, {})] == here(
        book,
        suzhou=["须写明与诉求人的联系", "须写明是否取得理解", "须写明复查日期"],
        example=["须写明怎样说的", "须写明哪天再看"],
    )


def lacks(book: Rulebook, **changes: Any) -> list[tuple[str, str, str]]:
    """What a letter with these changes lacks: field, clause, consequence."""
    return [(m.field, m.clause, m.consequence) for m in letters.missing(book, letter(**changes))]


def lack(book: Rulebook, field: str, clauses: tuple[str, str], consequence: str) -> list[tuple[str, str, str]]:
    """One missing element as `lacks` tells it; `clauses` are those of the two cities."""
    return [(field, here(book, suzhou=clauses[0], example=clauses[1]), consequence)]


MERITS = ("五（三）", "第24条")


@pytest.mark.clause("五（三）", "五（四）", "五（五）")
def test_a_whole_letter_lacks_nothing(book: Rulebook) -> None:
    assert lacks(book) == []
    assert [m.field for m in letters.missing(book, {}, only={"reply"})] == ["reply"]


@pytest.mark.clause("五（三）")
def test_a_letter_answers_head_on(book: Rulebook) -> None:
    assert lacks(book, reply=" ") == lack(book, "reply", MERITS, "send_back")
    assert lacks(book, answer="") == lack(book, "answer", MERITS, "send_back")
    assert lacks(book, responds_to_request=False) == lack(book, "responds_to_request", MERITS, "send_back")
    assert [m.because for m in letters.missing(book, {}, only={"reply", "answer", "responds_to_request"})] == here(
        book,
        suzhou=["缺少反馈件正文", "缺少给诉求人的答复", "缺少对诉求的正面回应"],
        example=["缺少怎么办的", "缺少对来电人怎么说", "缺少正面的回答"],
    )


@pytest.mark.clause("五（三）")
def test_a_letter_says_true_or_not_and_solved_or_not(book: Rulebook) -> None:
    assert lacks(book, truthful="不好说") == lack(book, "truthful", MERITS, "send_back")
    assert lacks(book, solved=None) == lack(book, "solved", MERITS, "send_back")
    assert lacks(book, solved=False) == []
    assert "、".join(letters.options(book, "truthful")) == here(
        book, suzhou="属实、部分属实、不属实、不适用", example="属实、不属实、不适用"
    )
    assert [m.because for m in letters.missing(book, {}, only={"truthful", "solved"})] == here(
        book,
        suzhou=["缺少是否属实（属实、部分属实、不属实、不适用）", "缺少是否解决"],
        example=["缺少真假（属实、不属实、不适用）", "缺少办成没有"],
    )


@pytest.mark.clause("五（三）")
def test_a_letter_cites_number_and_source(book: Rulebook) -> None:
    without = lack(book, "citations", MERITS, "send_back")
    assert lacks(book) == []
    assert lacks(book, citations=[]) == without
    assert lacks(book, citations=[{"title": "某条例", "number": " "}]) == without
    assert lacks(book, citations=[{"title": "", "number": "1号"}]) == without
    assert lacks(book, citations=[], no_citation_reason="事实问题，不涉及政策") == []
    because = letters.missing(book, {}, only={"citations"})[0].because
    assert because == here(book, suzhou="缺少政策法规引用的文号和出处", example="缺少依据的文件")


@pytest.mark.clause("五（三）")
def test_a_letter_tells_of_the_contact(book: Rulebook) -> None:
    assert lacks(book, contact_means="") == lack(book, "contact_means", MERITS, "send_back")
    for field in ("contact_summary", "satisfaction"):
        expected = here(book, suzhou=lack(book, field, MERITS, "send_back"), example=[])
        assert lacks(book, **{field: ""}) == expected
    wanted = {"contact_means", "contact_summary", "satisfaction"}
    assert [m.because for m in letters.missing(book, {}, only=wanted)] == here(
        book,
        suzhou=["缺少与诉求人沟通的联系方式", "缺少与诉求人沟通反馈的情况", "缺少诉求人的满意程度"],
        example=["缺少怎样联系"],
    )


@pytest.mark.clause("五（四）")
def test_a_letter_names_unit_and_responsible_person(book: Rulebook) -> None:
    clauses = ("五（四）", "第25条")
    assert lacks(book, responsible_unit="") == lack(book, "responsible_unit", clauses, "bounce")
    assert lacks(book, responsible_name=None) == lack(book, "responsible_name", clauses, "bounce")
    phone = here(book, suzhou=[], example=lack(book, "responsible_phone", clauses, "bounce"))
    assert lacks(book, responsible_phone="不知道") == phone
    wanted = {"responsible_unit", "responsible_name", "responsible_phone"}
    assert [m.because for m in letters.missing(book, {}, only=wanted)] == here(
        book,
        suzhou=["缺少办理责任单位名称", "缺少责任人姓名"],
        example=["缺少责任单位", "缺少责任人", "缺少责任人电话"],
    )


@pytest.mark.clause("五（四）")
def test_an_ordinary_letter_is_signed_by_the_deputy(book: Rulebook) -> None:
    found = signing.level(book)
    assert (found.role, found.clause) == ("deputy", here(book, suzhou="五（四）", example="第25条"))
    assert [role for role in ("clerk", "deputy", "head") if signing.may_sign(found, role)] == ["deputy", "head"]


@pytest.mark.clause("五（四）")
def test_an_important_letter_is_signed_by_the_head(book: Rulebook) -> None:
    levels = {
        "major": signing.level(book, major=True),
        "instructed": signing.level(book, instructed=True),
        "submitted": signing.level(book, submitted=True),
        "provincial": signing.level(book, provincial=True),
    }
    important = {fact: found.because for fact, found in levels.items() if found.role == "head"}
    assert important == here(
        book,
        suzhou={
            "major": "重大事项",
            "instructed": "领导批示",
            "submitted": "呈报市领导",
            "provincial": "省级平台交办",
        },
        example={"major": "要紧的", "submitted": "上呈的"},
    )
    assert [role for role in ("clerk", "deputy", "head") if signing.may_sign(levels["major"], role)] == ["head"]


@pytest.mark.clause("五（四）")
def test_a_letter_without_name_or_unit_is_bounced(book: Rulebook) -> None:
    assert [m.field for m in letters.bounces(book, letter(responsible_name="", handler_name=""))] == [
        "responsible_name"
    ]
    assert letters.bounces(book, letter(reply="")) == []


@pytest.mark.clause("五（四）")
def test_after_a_bounce(book: Rulebook) -> None:
    old = due(book, "complaint")
    soon = redo.after_bounce(book, old, at(book, "2026-10-27T09:00"))
    assert said(soon) == here(book, suzhou="2026-10-29T00:00", example="2026-10-30T00:00")
    assert redo.after_bounce(book, old, at(book, "2026-10-12T09:00")) == old


@pytest.mark.clause("五（三）")
def test_redo_after_a_send_back(book: Rulebook) -> None:
    old = due(book, "complaint")
    soon = redo.after_send_back(book, old, at(book, "2026-10-27T09:00"))
    assert said(soon) == here(book, suzhou="2026-10-31T00:00", example="2026-10-30T00:00")
    assert redo.after_send_back(book, old, at(book, "2026-10-12T09:00")) == old
    urgent = redo.after_send_back(book, due(book, "help", urgent=True), at(book, "2026-10-02T09:00"), urgent=True)
    assert said(urgent) == here(book, suzhou="2026-10-04T00:00", example="2026-10-05T00:00")


@pytest.mark.clause("五（三）")
def test_for_what_a_letter_is_sent_back(book: Rulebook) -> None:
    found = {ground.id: ground.term for ground in grounds.merits(book)}
    assert found == here(
        book,
        suzhou={"thin": "内容不详实", "unclear": "事实不清楚", "incomplete": "叙述不完整", "disordered": "条理不清晰", "illogical": "不合逻辑"},
        example={"vague": "说得含糊", "off_point": "答非所问"},
    )
    assert {ground.clause for ground in grounds.merits(book)} == {here(book, suzhou="五（三）", example="第24条")}
    asked = {ground.clause for ground in grounds.elements(book, "send_back")}
    assert asked == set(here(book, suzhou=("五（三）", "五（五）", "六（三）段1"), example=("第24条", "第26条", "第32条")))


@pytest.mark.clause("五（四）")
def test_for_what_a_letter_is_bounced(book: Rulebook) -> None:
    assert [ground.id for ground in grounds.bounces(book)] == here(
        book,
        suzhou=["responsible_unit", "responsible_name", "sign_off"],
        example=["responsible_unit", "responsible_name", "responsible_phone", "sign_off"],
    )
    assert {ground.clause for ground in grounds.bounces(book)} == {here(book, suzhou="五（四）", example="第25条")}


@pytest.mark.clause("五（五）")
def test_a_letter_ends_with_name_unit_and_telephone(book: Rulebook) -> None:
    clauses = ("五（五）", "第26条")
    assert lacks(book, handler_name="") == lack(book, "handler_name", clauses, "send_back")
    assert lacks(book, handler_phone="打不通") == lack(book, "handler_phone", clauses, "send_back")
    unit = here(book, suzhou=lack(book, "handler_unit", clauses, "send_back"), example=[])
    assert lacks(book, handler_unit="") == unit
    wanted = {"handler_name", "handler_unit", "handler_phone"}
    assert [m.because for m in letters.missing(book, {}, only=wanted)] == here(
        book,
        suzhou=["缺少承办责任人姓名", "缺少承办责任人所在单位", "缺少承办责任人联系电话"],
        example=["缺少经办人", "缺少经办人电话"],
    )


def returning(book: Rulebook, now: str, *, designated: bool = False) -> Verdict:
    """Whether a return may be asked for at `now`."""
    until = doors.return_until(book, at(book, RECEIVED)).at
    return doors.return_door(book, until, at(book, now), designated=designated)


@pytest.mark.clause("五（六）")
def test_the_return_door(book: Rulebook) -> None:
    door = doors.return_until(book, at(book, RECEIVED))
    assert said(door) == here(book, suzhou="2026-10-09T00:00", example="2026-10-06T00:00")
    assert door.clause == here(book, suzhou="五（六）", example="第27条")
    assert doors.return_until(book, at(book, RECEIVED), urgent=True) == door


@pytest.mark.clause("五（六）")
def test_a_return_in_time_and_too_late(book: Rulebook) -> None:
    before, at_end, after = here(
        book,
        suzhou=("2026-10-08T23:59", "2026-10-09T00:00", "2026-10-09T00:01"),
        example=("2026-10-05T23:59", "2026-10-06T00:00", "2026-10-06T00:01"),
    )
    assert returning(book, before).ok
    assert not returning(book, at_end).ok
    assert "视同已接受" in returning(book, after).because


@pytest.mark.clause("五（六）")
def test_a_return_needs_approval(book: Rulebook) -> None:
    may = [role for role in ("clerk", "deputy", "head") if doors.may_approve_return(book, role)]
    assert may == here(book, suzhou=["deputy", "head"], example=["head"])


@pytest.mark.clause("五（六）")
def test_a_return_needs_a_basis_with_its_number(book: Rulebook) -> None:
    good = here(book, suzhou="某府发〔2017〕12号", example="例字 12 号")
    assert doors.basis_holds(book, good).ok
    assert "文号" in doors.basis_holds(book, "按惯例").because
    assert doors.basis_holds(book, "某条例第十二条").ok is here(book, suzhou=True, example=False)


@pytest.mark.clause("五（六）", "四（二）3")
def test_a_second_return_goes_to_designation(book: Rulebook) -> None:
    designated = [doors.designates(book, n) for n in (1, 2, 3)]
    assert designated == here(book, suzhou=[False, True, True], example=[False, False, True])
    refused = returning(book, "2026-09-30T11:00", designated=True)
    assert (refused.ok, refused.clause) == (False, here(book, suzhou="四（二）3", example="第12条"))


@pytest.mark.clause("五（六）")
def test_the_office_decides_on_returns(book: Rulebook) -> None:
    asked = at(book, RECEIVED)
    assert said(doors.decide_return_until(book, asked)) == here(
        book, suzhou="2026-10-09T00:00", example="2026-10-06T00:00"
    )
    assert said(doors.decide_return_until(book, asked, urgent=True)) == here(
        book, suzhou="2026-09-30T11:00", example="2026-09-30T11:30"
    )


@pytest.mark.clause("五（六）")
def test_what_the_office_takes_too_long_is_added_to_the_units_date(book: Rulebook) -> None:
    asked, old = at(book, RECEIVED), due(book, "complaint")
    assert doors.with_office_excess(book, old, asked, asked + timedelta(hours=1)) == old
    slow = doors.with_office_excess(book, old, asked, at(book, "2026-10-12T09:00"))
    assert said(slow) == here(book, suzhou="2026-10-31T00:00", example="2026-11-06T00:00")
    urgent = due(book, "help", urgent=True)
    later = doors.with_office_excess(book, urgent, asked, at(book, "2026-09-30T12:00"), urgent=True)
    assert said(later) == here(book, suzhou="2026-10-01T01:00", example="2026-10-02T00:30")


@pytest.mark.clause("五（七）1", "五（七）2", "五（七）3", "五（七）4", "五（七）5", "五（七）6", "五（七）7")
def test_findings_that_call_to_account(book: Rulebook) -> None:
    found = {p.clause: (p.values["id"], p.values["term"]) for p in book.provisions("finding")}
    ids = ["refused_to_handle", "overdue", "sent_back_again", "false_feedback", "stalling", "leaking", "bad_attitude"]
    terms = here(
        book,
        suzhou="无正当理由拒不办理 逾期未办或逾期不按规定延期 连续退回重办 弄虚作假致再次投诉 "
        "牵头或协办单位推诿扯皮 向被投诉人透露信息 态度恶劣、打击报复",
        example="不肯办 办迟了 连着重写 说假话 互相推 泄露 态度坏",
    ).split()
    clauses = [here(book, suzhou=f"五（七）{n}", example=f"第28条第{n}款") for n in range(1, 8)]
    assert found == dict(zip(clauses, zip(ids, terms, strict=True), strict=True))
    consecutive = [p.values["consecutive"] for p in book.provisions("finding") if "consecutive" in p.values]
    assert consecutive == here(book, suzhou=[2], example=[3])


@pytest.mark.clause("五（七）段1")
def test_measures_of_accountability(book: Rulebook) -> None:
    measures = book.provision("measures").values
    own = here(book, suzhou=["通报批评", "警告", "约谈", "效能告诫"], example=["提醒", "通报"])
    assert measures["own"] == own
    assert measures["handed_over"] == here(book, suzhou=["组织处理、纪律处分", "按有关法律规定处理"], example=["移送"])
