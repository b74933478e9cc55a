"""What is read of the knowledge base: what is in force is found, what waits only by whom it concerns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from hotline.knowledge import clock, desks, inheriting, seeking
from hotline.knowledge.seeking import Wanted, words_of
from hotline.procedure import outbox
from hotline.procedure.actor import Actor
from hotline.procedure.verify import verify
from hotline.rules import knowledge
from support.entries import GOOD, NOW, do, somebody


def found(who: Actor, typed: str, now: datetime = NOW, **more: str) -> list[str]:
    return [one.title for one in desks.search(who, Wanted(words_of(typed), **more), now)]  # type: ignore[arg-type]


@pytest.mark.usefixtures("city")
def test_a_long_list_is_turned_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry once, in the order of the whole list, two on a page."""
    clerk, reviewer, operator = somebody("clerk", "201"), somebody("reviewer"), somebody("operator")
    titles = [f"居住证办理之{n}" for n in "甲乙丙丁戊"]
    entries = [do("propose_entry", clerk, **{**GOOD, "title": title}).chain.id for title in titles]
    monkeypatch.setattr(desks, "MOST", 2)

    def turned(look: Any) -> list[str]:
        found: list[Any] = []
        for _ in range(4):
            page = look(desks.After(found[-1].first, found[-1].at, found[-1].id) if found else None)
            found += page[:2]
            if len(page) <= 2:
                break
        return [one.title for one in found]

    assert turned(lambda after: desks.waiting(reviewer, after)) == titles
    assert turned(lambda after: desks.mine(clerk, after)) == titles[::-1]
    for entry in entries:
        do("confirm_entry", reviewer, entry)
    wanted = Wanted(words_of("甲"))
    assert turned(lambda after: desks.search(operator, Wanted(words_of("居住证")), NOW, after)) == titles[::-1]
    assert turned(lambda after: desks.search(operator, wanted, NOW, after)) == titles[:1]


@pytest.mark.usefixtures("city")
def test_from_proposal_to_expiry_it_is_found_while_it_is_in_force_and_by_nobody_else_before() -> None:
    clerk, other, reviewer, operator = (somebody("clerk", "201"), somebody("clerk", "204"), somebody("reviewer"),
                                        somebody("operator"))  # fmt: skip
    entry = do("propose_entry", clerk, **GOOD).chain.id
    number = desks.mine(clerk)[0].number
    assert [one.number for one in desks.waiting(reviewer)] == [number]
    assert [desks.waiting(clerk), desks.mine(other), found(operator, "居住证")] == [[], [], []]
    assert desks.entry(operator, number) is desks.entry(other, number) is None
    assert None not in (desks.entry(clerk, number), desks.entry(reviewer, number))
    do("confirm_entry", reviewer, entry)
    assert found(operator, "居住证 派出") == found(other, "100%") == found(clerk, "某办〔2026〕1") == [GOOD["title"]]
    assert [found(operator, typed) for typed in ("居住 没有", "住居", "1000")] == [[], [], []]
    assert found(operator, "证") == found(operator, "", sort="guide", category="户籍") == [GOOD["title"]]
    assert found(operator, "", sort="policy") == found(somebody("admin"), "居住证") == []
    do("revise_entry", clerk, entry, **{**GOOD, "title": "居住证在哪里办", "body": "到任意一个派出所。"})
    assert (found(operator, "任意"), [one.version for one in desks.waiting(reviewer)]) == ([], [2])
    do("confirm_entry", reviewer, entry)
    assert (found(operator, "任意"), found(operator, "当场")) == (["居住证在哪里办"], [])
    said = desks.likest(operator, "群众来问，外地人的居住证要到哪里去办理", NOW)
    assert [one.title for one in said] == ["居住证在哪里办"]
    seen = desks.entry(operator, number)
    assert seen is not None
    assert [one.number for one in desks.versions(operator, seen)] == [2, 1]
    _ends(number, clerk, operator)


def test_what_every_question_says_is_not_counted_and_little_is_not_enough() -> None:
    """Over all the words of the list: alone they ask nothing, behind a thing they add nothing to it."""
    words = [line for line in seeking.ASKING.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert len(words) == len(set(words)) > 40
    assert [word for word in words if seeking.pairs_of(word) or seeking.pairs_of(f"老年证{word}") != ["老年", "年证"]] == []
    assert seeking.pairs_of("请问老年证怎么办？") == ["老年", "年证"]
    needed = {n: next(score for score in range(99) if seeking.fits(score, ["字词"] * n)) for n in (1, 2, 3, 11, 12, 60)}
    assert needed == {1: 1, 2: 2, 3: 3, 11: 3, 12: 4, 60: 8}


@pytest.mark.usefixtures("city")
def test_the_entries_of_a_unit_that_ended_go_on_with_its_successor() -> None:
    from hotline.network.models import Unit

    clerk, heir = somebody("clerk", "201"), somebody("clerk", "204")
    entry = do("propose_entry", clerk, **GOOD).chain.id
    assert inheriting.inherit(NOW) == 0
    Unit.objects.filter(id=clerk.unit_id).update(status="ended", successor_id=heir.unit_id)
    assert [inheriting.inherit(NOW), inheriting.inherit(NOW)] == [1, 0]
    assert [one.title for one in desks.mine(heir)] == [GOOD["title"]]
    do("withdraw_entry", heir, entry, reason="并了")
    assert verify().ok


def _ends(number: str, clerk: Actor, operator: Actor) -> None:
    """Asked in time, and found no more at its end, late clock or not."""
    from hotline.procedure.world import current

    entry = desks.entry(operator, number)
    assert entry is not None
    assert entry.entry.valid_until is not None
    end = entry.entry.valid_until
    ask, second = knowledge.ask_at(current().book, end), timedelta(seconds=1)
    assert [clock.sweep(at).performed for at in (ask - second, ask, ask, end - second)] == [0, 1, 0, 0]
    assert (found(operator, "任意", end - second), found(operator, "任意", end)) == (["居住证在哪里办"], [])
    assert [clock.sweep(end).performed, clock.sweep(end).performed] == [1, 0]
    assert [one.state for one in desks.mine(clerk)] == ["expired"]
    said: list[str] = []
    gateway = type("Kept", (), {"send": lambda _, message, to, text: said.append(text)})()
    outbox.deliver(gateway, end)
    assert [number in text for text in said] == [True, True]
    assert "重新确认" in said[0]
    assert verify().ok
