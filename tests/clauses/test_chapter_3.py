"""三、受理范围。"""

from datetime import timedelta

import pytest

from clauses.cities import at, here, said
from hotline.rules import asking, danger, endings, refusals
from hotline.rules.book import Rulebook
from hotline.rules.contacts import Attempt
from hotline.rules.refusals import Refusal


def declined(book: Rulebook, number: int) -> Refusal:
    """The ground for declining that stands at this place in either city's text."""
    return refusals.item(book, here(book, suzhou=f"三（二）{number}", example=f"第9条第{number}款"))


def facts(refusal: Refusal) -> tuple[str | None, bool, bool, bool]:
    """Approver, asked first, handed over, locked."""
    return refusal.approver, refusal.ask_first, refusal.hand_over, refusal.lock_text


@pytest.mark.clause("三（一）1", "三（一）2", "三（一）3", "三（一）4", "三（一）5", "三（一）6")
def test_each_item_of_acceptance(book: Rulebook) -> None:
    assert refusals.acceptance_items(book) == here(
        book,
        suzhou={
            "三（一）1": "政务信息咨询",
            "三（一）2": "对部门和人员作风、质量、效率、效能的意见和投诉",
            "三（一）3": "对经济发展、公共管理、公共服务、社会事业的投诉、意见和建议",
            "三（一）4": "对全市各项建设的意见和建议",
            "三（一）5": "对政府工作的意见建议",
            "三（一）6": "影响正常生产生活的诉求",
        },
        example={"第8条第1款": "问", "第8条第2款": "说"},
    )
    assert all(refusals.may_accept(book, item).ok for item in refusals.acceptance_items(book))
    assert not refusals.may_accept(book, "没有这一项").ok


@pytest.mark.clause("三（二）1")
def test_declining_what_cannot_be_verified(book: Rulebook) -> None:
    refusal = declined(book, 1)
    assert facts(refusal) == ("shift_leader", True, False, False)
    assert refusal.term == here(book, suzhou="无实质内容、事实不清且无法核实", example="说不清")
    assert here(book, suzhou="补充时间、地点", example="说清楚") in refusal.told
    assert here(book, suzhou="补充事实", example="再打") in refusal.channel
    assert refusal.numbers == here(book, suzhou=("12345",), example=("31415",))


@pytest.mark.clause("三（二）1")
def test_facts_are_asked_for_so_often_before_declining(book: Rulebook) -> None:
    start, needed = at(book, "2026-09-16T09:10"), here(book, suzhou=3, example=2)
    tries = [Attempt(start + timedelta(hours=h), reached=False, evidence="录音") for h in range(needed)]
    assert asking.asked_enough(book, tries).ok
    assert not asking.asked_enough(book, tries[1:]).ok
    assert not asking.asked_enough(book, [tries[0]] * needed).ok


@pytest.mark.clause("三（二）2")
def test_declining_what_other_organs_decide(book: Rulebook) -> None:
    refusal = declined(book, 2)
    assert facts(refusal) == (None, False, False, False)
    assert refusal.term == here(book, suzhou="人大、政协、纪委监委、法院、检察院、军队和武警职能", example="法庭议会")
    assert here(book, suzhou="向有权机关反映", example="议会") in refusal.told
    assert here(book, suzhou="12388", example="888") in refusal.channel
    assert refusal.numbers == here(book, suzhou=("12388", "12309", "12368"), example=("888",))


@pytest.mark.clause("三（二）3")
def test_declining_secrets_and_locking_the_text(book: Rulebook) -> None:
    refusal = declined(book, 3)
    assert facts(refusal) == (None, False, False, True)
    assert refusal.term == here(book, suzhou="国家秘密、工作秘密、商业秘密和个人隐私", example="秘密")
    assert "秘密" in refusal.told
    assert "当面" in refusal.channel
    assert refusal.numbers == ()


@pytest.mark.clause("三（二）4")
def test_declining_what_has_a_legal_channel(book: Rulebook) -> None:
    refusal = declined(book, 4)
    assert facts(refusal) == (None, False, False, False)
    assert refusal.term == here(book, suzhou="应通过诉讼、仲裁、行政复议或信访渠道解决", example="法律程序")
    assert here(book, suzhou="法定途径", example="法律程序") in refusal.told
    assert here(book, suzhou="12348", example="666") in refusal.channel
    assert refusal.numbers == here(book, suzhou=("12348", "12368"), example=("666",))


@pytest.mark.clause("三（二）5")
def test_emergencies_are_handed_over_never_only_declined(book: Rulebook) -> None:
    refusal = declined(book, 5)
    assert facts(refusal) == (None, False, True, False)
    assert refusal.term == here(book, suzhou="110、119、120 等紧急救助", example="火情急病")
    assert here(book, suzhou="立即为您转接", example="马上") in refusal.told
    assert here(book, suzhou="110", example="777") in refusal.channel
    assert refusal.numbers == tuple(book.provision("service").values["emergency_numbers"])
    assert [r.id for r in refusals.items(book).values() if r.hand_over] == [refusal.id]


@pytest.mark.clause("三（二）5")
def test_how_emergencies_are_handed_over(book: Rulebook) -> None:
    assert dict(book.provision("handing_over").values["means"]) == here(
        book, suzhou={"one_key": "一键转接", "three_party": "三方通话", "order": "工单移交"}, example={"one_key": "直接接过去"}
    )
    kind = book.provision("handing_over").values["kind"]  # of what there was no time to ask about
    assert kind == here(book, suzhou="help", example="complaint")


@pytest.mark.clause("三（二）6")
def test_declining_what_is_purely_personal(book: Rulebook) -> None:
    refusal = declined(book, 6)
    assert facts(refusal) == ("shift_leader", False, False, False)
    assert refusal.term == here(book, suzhou="纯属个人问题，与政府职责无关", example="自家的事")
    assert here(book, suzhou="个人问题", example="自家") in refusal.told
    assert "调解" in refusal.channel
    assert refusal.numbers == here(book, suzhou=("12348",), example=())


@pytest.mark.clause("三（二）7")
def test_declining_for_another_reason(book: Rulebook) -> None:
    refusal = declined(book, 7)
    assert facts(refusal) == ("shift_leader", False, False, False)
    assert refusal.term == here(book, suzhou="其他不予受理", example="别的")
    assert "范围" in refusal.told
    assert here(book, suzhou="复核", example="再问") in refusal.channel
    assert refusal.numbers == here(book, suzhou=("12345",), example=("31415",))


@pytest.mark.clause("三（二）7", "R-26")
def test_dates_of_a_refusal_and_its_review(book: Rulebook) -> None:
    """A Wednesday afternoon; rest days in between."""
    now = at(book, "2026-09-16T16:05")
    assert said(refusals.decide_until(book, now)) == here(book, suzhou="2026-09-18T00:00", example="2026-09-21T00:00")
    assert said(refusals.ask_until(book, now)) == here(book, suzhou="2026-10-02T00:00", example="2026-10-07T00:00")
    assert said(refusals.review_until(book, now)) == here(book, suzhou="2026-09-21T00:00", example="2026-09-24T00:00")
    assert refusals.ask_until(book, now).clause == here(book, suzhou="三（二）7", example="第9条第7款")


@pytest.mark.clause("三（二）4", "R-29")
def test_ending_what_another_channel_has(book: Rulebook) -> None:
    assert endings.channels(book) == here(
        book,
        suzhou={"litigation": "诉讼", "arbitration": "仲裁", "reconsideration": "行政复议", "petition": "信访"},
        example={"court": "打官司", "mediation": "请人调解"},
    )
    until = endings.ending_until(book, at(book, "2026-09-16T16:05"))
    assert said(until) == here(book, suzhou="2026-09-18T00:00", example="2026-09-22T00:00")
    assert until.clause == here(book, suzhou="三（二）4", example="第9条第4款")


def test_no_other_ground_is_known(book: Rulebook) -> None:
    with pytest.raises(ValueError, match="没有不予受理事项"):
        refusals.item(book, "五（二）1")


@pytest.mark.clause("三（二）7", "R-37")
def test_what_another_city_must_see_to(book: Rulebook) -> None:
    values = book.provision("transfer").values
    assert dict(values["means"]) == here(
        book,
        suzhou={"platform": "省级平台", "phone": "电话转接", "letter": "发函", "other": "其他方式"},
        example={"rider": "托人带去"},
    )
    assert values["told"] == here(book, suzhou="这件事不归本市管，已经转到", example="这是别处的事，带到")


@pytest.mark.clause("三（二）5", "R-41")
def test_words_of_danger_are_told_every_few_minutes(book: Rulebook) -> None:
    words = here(
        book,
        suzhou="自杀 轻生 不想活 活不下去 跳楼 跳河 割腕 服毒 喝农药 上吊 救命 着火 起火 失火 爆炸 煤气泄漏 燃气泄漏 天然气泄漏 "
        "煤气中毒 触电 溺水 落水 坠楼 昏迷 砍人 持刀",
        example="救命 大水 掉进井里",
    ).split()
    assert book.provision("danger").values["words"] == words
    assert danger.found(book, ["没有这样的话", f"他说{words[1][0]} {words[1][1:]}了"]) == (words[1],)
    assert danger.found(book, [f"没有{words[0]}"]) == (words[0],)  # too often rather than not
    assert danger.found(book, [words[0][0], words[0][1:]]) == ()
    assert danger.found(book, [f"他要寻 短见，{words[0]}"], ["寻短见"]) == (words[0], "寻短见")  # the city's own besides
    assert danger.covered(book, f"真的{words[0]}") == words[0]
    assert (danger.covered(book, "寻短见"), danger.covered(book, "要寻短见", ["寻短见"])) == ("", "寻短见")
    since, minutes = at(book, "2026-11-07T23:58"), here(book, suzhou=5, example=4)
    due = danger.again_at(book, since, since)
    assert (due.at, due.clause) == (since + timedelta(minutes=minutes), here(book, suzhou="三（二）5", example="第9条第5款"))
    assert danger.again_at(book, since, since + timedelta(minutes=minutes)).at == since + 2 * timedelta(minutes=minutes)
    assert danger.again_at(book, since, since + timedelta(hours=1)).at == since + timedelta(hours=1, minutes=here(
        book, suzhou=5, example=4))  # fmt: skip


@pytest.mark.clause("三（二）7d", "R-42")
def test_advertising_is_refused_for_a_reason(book: Rulebook) -> None:
    ground, because = refusals.advertising(book)
    assert ground == declined(book, 7)
    assert because == here(book, suzhou="内容是广告推销，没有要政府办理的诉求", example="只是兜售东西的话")
