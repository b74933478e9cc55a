"""二、网络体系：levels, the office's own dates, and the readings that rest on its standing."""

import pytest

from clauses.cities import at, here, said
from hotline.rules import conflicts, doors, limits, office, redo, shares
from hotline.rules.book import Rulebook


@pytest.mark.clause("二段1")
def test_levels_of_the_network(book: Rulebook) -> None:
    assert book.provision("levels").values["names"] == here(
        book,
        suzhou={1: "一级网络单位", 2: "二级网络单位", 3: "三级网络单位"},
        example={1: "总台", 2: "分台", 3: "站", 4: "点"},
    )


@pytest.mark.clause("二段2", "二段3", "二段4")
def test_acts_of_each_level(book: Rulebook) -> None:
    acts = {p.values["level"]: "、".join(p.values["acts"]) for p in book.provisions("level_duties")}
    assert acts == here(
        book,
        suzhou={
            1: "受理、交办、督查、审核、反馈、回访、承担省级平台交办事项、承担市领导批示办理、指导考核二级网络单位",
            2: "办理、督办、回访、调查、监察、审核、评价、考核三级网络单位",
            3: "办理平台交办、承办二级交办转办督办、按时限反馈、接受二级指导考核",
        },
        example={1: "收件、派件、跟办、查核", 2: "办理、查看", 3: "办理"},
    )


@pytest.mark.clause("二段2")
def test_the_office_keeps_dates_of_its_own(book: Rulebook) -> None:
    now = at(book, "2026-09-24T16:00")  # 星期四；宿州次日中秋放假，虚构城市星期五、六休息、26 日调休上班
    dates = {
        "phone": said(office.dispatch_until(book, now, "phone")),
        "web": said(office.dispatch_until(book, now, "web")),
        "urgent": said(office.dispatch_until(book, now, "web", urgent=True)),
        "review": said(office.review_until(book, now)),
        "return": said(doors.decide_return_until(book, now)),
        "urgent return": said(doors.decide_return_until(book, now, urgent=True)),
        "leaders": said(office.leader_reminder_at(book, now)),
    }
    assert dates == here(
        book,
        suzhou={
            "phone": "2026-09-24T18:00",
            "web": "2026-09-29T00:00",
            "urgent": "2026-09-24T16:30",
            "review": "2026-09-30T00:00",
            "return": "2026-09-29T00:00",
            "urgent return": "2026-09-24T17:00",
            "leaders": "2026-09-30T00:00",
        },
        example={
            "phone": "2026-09-24T16:45",
            "web": "2026-09-28T00:00",
            "urgent": "2026-09-24T16:20",
            "review": "2026-10-05T00:00",
            "return": "2026-09-28T00:00",
            "urgent return": "2026-09-24T17:30",
            "leaders": "2026-09-27T00:00",
        },
    )


@pytest.mark.clause("二段2")
def test_the_office_reminds_leaders(book: Rulebook) -> None:
    due = office.leader_reminder_at(book, at(book, "2026-09-24T16:00"))
    assert said(due) == here(book, suzhou="2026-09-30T00:00", example="2026-09-27T00:00")


@pytest.mark.clause("二段2")
def test_a_change_of_kind_leaves_some_days(book: Rulebook) -> None:
    received = at(book, "2026-11-02T09:00")  # 星期一
    old = limits.due(book, "complaint", received)
    soon = redo.recomputed(book, "help", received, old, at(book, "2026-11-12T09:00"))
    assert said(soon) == here(book, suzhou="2026-11-17T00:00", example="2026-11-18T00:00")
    assert soon is not None
    assert soon.clause == here(book, suzhou="五（二）2", example="第21条第2款")


@pytest.mark.clause("二段2")
def test_a_change_of_kind_never_shortens_below_nor_lengthens_beyond_the_old_date(book: Rulebook) -> None:
    received = at(book, "2026-11-02T09:00")
    old = limits.due(book, "complaint", received)
    assert old is not None
    late = redo.recomputed(book, "help", received, old, old.at)
    assert late is not None
    assert late.at == old.at


@pytest.mark.clause("二段2")
def test_a_first_limit_where_there_was_none_leaves_some_days_too(book: Rulebook) -> None:
    received = at(book, "2026-11-02T09:00")
    soon = redo.recomputed(book, "help", received, None, at(book, "2026-11-12T09:00"))
    assert said(soon) == here(book, suzhou="2026-11-17T00:00", example="2026-11-18T00:00")


@pytest.mark.clause("二段2")
def test_a_change_of_kind_keeps_an_extension_up_to_the_new_cap(book: Rulebook) -> None:
    received = at(book, "2026-11-02T09:00")
    kept = redo.recomputed(book, "help", received, None, received, extended_by=30)
    assert said(kept) == here(book, suzhou="2026-11-17T00:00", example="2026-11-16T00:00")


@pytest.mark.clause("二段2")
def test_a_complaint_against_a_unit_goes_elsewhere(book: Rulebook) -> None:
    targets = ("level_3", "level_2", "hotline", "inspection_centre")
    assert [conflicts.handled_by(book, target).because for target in targets] == here(
        book,
        suzhou=["level_2", "inspection_centre", "inspection_centre", "leader"],
        example=["level_2", "leader", "leader", "leader"],
    )


@pytest.mark.clause("二段2")
def test_a_shift_of_dates_takes_a_document(book: Rulebook) -> None:
    shift = book.provision("date_shift").values
    assert shift["ordered_by"] == here(book, suzhou="head", example="leader")
    assert shift["ordered_at"] == here(book, suzhou="office", example="none")
    assert shift["document_required"] is True


@pytest.mark.clause("二段4")
def test_the_inner_date_lies_before_the_outer(book: Rulebook) -> None:
    received = at(book, "2026-11-02T09:00")
    outer = limits.due(book, "complaint", received)
    assert outer is not None
    inner = shares.inner_due(book, outer, received)
    assert said(inner) == here(book, suzhou="2026-11-21T00:00", example="2026-11-27T00:00")
    assert inner.clause == here(book, suzhou="二段4", example="第6条")


@pytest.mark.clause("二段4")
def test_where_nothing_is_left_the_inner_date_is_the_outer(book: Rulebook) -> None:
    outer = limits.due(book, "complaint", at(book, "2026-11-02T09:00"))
    assert outer is not None
    assert shares.inner_due(book, outer, outer.at).at == outer.at


@pytest.mark.clause("二段2")
def test_sources(book: Rulebook) -> None:
    values = book.provision("sources").values
    assert dict(values["sorts"]) == here(
        book,
        suzhou={"province": "省级平台", "mailbox": "市领导信箱", "merged": "合并的热线", "police": "110", "fire": "119",
                "medical": "120"},
        example={"upper": "上面交来的", "box": "信箱里的", "rescue": "急救台转来的"},
    )  # fmt: skip
    assert list(values["fed_back"]) == here(book, suzhou=["province", "mailbox", "merged"], example=["upper", "box"])
    assert list(values["important"]) == here(book, suzhou=["province"], example=["upper"])
