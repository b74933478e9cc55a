"""一、平台职能。"""

from datetime import timedelta

import pytest

from clauses.cities import MINUTE, at, here
from hotline.rules import rosters
from hotline.rules.book import Rulebook


@pytest.mark.clause("一段1")
def test_four_kinds_are_taken(book: Rulebook) -> None:
    terms = [book.kinds[kind].term for kind in book.provision("service").values["kinds"]]
    assert terms == here(book, suzhou=["咨询", "求助", "建议", "投诉"], example=["问询", "帮助", "主意", "不满"])


@pytest.mark.clause("一段1")
def test_one_number_and_the_emergency_numbers_beside_it(book: Rulebook) -> None:
    service = book.provision("service").values
    assert service["number"] == here(book, suzhou="12345", example="31415")
    assert service["emergency_numbers"] == here(
        book,
        suzhou={"110": "报警", "119": "火警", "120": "急救"},
        example={"777": "火情和急病"},
    )


@pytest.mark.clause("一段1")
def test_round_the_clock_somebody_is_on_duty(book: Rulebook) -> None:
    begin, hour = at(book, "2026-11-02T00:00"), timedelta(hours=1)
    end = begin + 24 * hour
    day, night = (begin + 8 * hour, begin + 20 * hour), (begin + 20 * hour, begin + 32 * hour)
    early = (begin - 4 * hour, begin + 8 * hour)
    found = rosters.holes(book, [night, day], begin, end)
    assert [(hole.begin, hole.end) for hole in found] == [(begin, begin + 8 * hour)]
    assert {hole.clause for hole in found} == {here(book, suzhou="一段1", example="第1条")}
    assert rosters.holes(book, [day, early, night], begin, end) == []
    assert [(h.begin, h.end) for h in rosters.holes(book, [], begin, end)] == [(begin, end)]
    late = (day[0] + MINUTE, day[1] - MINUTE)
    gaps = [(h.begin, h.end) for h in rosters.holes(book, [early, late, night], begin, end)]
    assert gaps == [(day[0], day[0] + MINUTE), (day[1] - MINUTE, day[1])]


@pytest.mark.clause("一段2")
def test_centres_in_front_and_behind(book: Rulebook) -> None:
    centres = book.provision("centres").values
    front = here(book, suzhou=["电话受理中心", "网络受理中心"], example=["电话台", "网络台"])
    assert list(centres["front"].values()) == front
    assert list(centres["back"].values()) == here(book, suzhou=["督办中心", "监察中心"], example=["跟办室", "查核室"])
    assert list(centres["front"]) == ["phone_intake", "web_intake"]
    assert list(centres["back"]) == ["supervision_centre", "inspection_centre"]


@pytest.mark.clause("一段2")
def test_acts_of_the_platform(book: Rulebook) -> None:
    assert "、".join(book.provision("centres").values["acts"]) == here(
        book, suzhou="受理、交办、督办、回访、调查、审核、监察、公开", example="收件、派件、跟办、查核"
    )


@pytest.mark.clause("一段1")
def test_only_the_confidential_kind_is_confidential(book: Rulebook) -> None:
    assert [kind.id for kind in book.kinds.values() if kind.confidential] == ["report"]


@pytest.mark.clause("一段1", "R-37")
def test_praise_is_passed_on(book: Rulebook) -> None:
    values = book.provision("passing_on").values
    assert list(values["kinds"]) == ["praise"]
    assert not book.kind("praise").limited
    assert values["told"] == here(book, suzhou="谢谢您，您的表扬已经转告被表扬的单位", example="谢意带到了")
