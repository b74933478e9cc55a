"""Categories: born from the sheet beside the rulebook; added, renamed, retired on days; what was sorted keeps its
word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hotline.network import catalogue, categories, desks
from hotline.network.models import Category, Unit
from hotline.network.records import Category as Record
from hotline.network.transitions.sorting import AddCategory, RenameCategory, RetireCategory
from hotline.procedure import verify
from hotline.procedure.actor import Actor
from hotline.procedure.forms import FormErrors
from hotline.procedure.perform import Subject, perform
from hotline.procedure.world import current
from network.acts import NOW
from support import line

TODAY = NOW.date()
LATER = TODAY + timedelta(days=7)
CITIES = ("suzhou-2018", "example-city")


def act(card: Any, admin: Actor, which: str = "", /, **form: Any) -> Any:
    office = Unit.objects.get(desk="office").id
    row = (Record, Category.objects.get(name=which, status="open").id) if which else None
    desks.forget()
    done = perform(card, Subject("unit", office, row), form, actor=admin, now=NOW)
    desks.forget()
    return done


def wrong(card: Any, admin: Actor, which: str = "", /, **form: Any) -> list[str]:
    with pytest.raises(FormErrors) as caught:
        act(card, admin, which, **form)
    return [problem.field for problem in caught.value.problems]


def test_a_city_is_born_with_the_tree_of_its_rulebook(admin: Actor) -> None:
    desks.forget()
    assert categories.tree(TODAY) == categories.born(current().book.id)
    assert categories.tree(TODAY - timedelta(days=60)) == {}
    assert categories.born("no-such-city") == {}


@pytest.mark.clause("二段2")
def test_a_category_is_added_renamed_and_retired_from_days_on(admin: Actor) -> None:
    on = {"from_on": LATER.isoformat()}
    act(AddCategory, admin, name="低空飞行", above="城乡建设", **on)
    act(RenameCategory, admin, "供水", name="自来水", **on)
    act(RenameCategory, admin, "城乡建设", name="住建", **on)
    act(RetireCategory, admin, "供热", ends_on=LATER.isoformat(), successor="供气")
    now, then = categories.tree(TODAY), categories.tree(LATER)
    assert {"供水", "供热"} <= set(now["城乡建设"])
    assert "自来水" in then["住建"]
    assert not {"供水", "供热"} & set(then["住建"])
    assert [any("低空飞行" in leaves for leaves in tree.values()) for tree in (now, then)] == [False, True]
    assert [categories.now_called("供水", day) for day in (TODAY, LATER)] == ["供水", "自来水"]
    assert categories.once_called("自来水", LATER) == {"供水", "自来水"}
    found = [duty.unit.code for duty in catalogue.duties("自来水", None, LATER)]
    assert found == ["301", "204"]  # the duty catalogue goes on under the new name
    gone = categories.retired("供热", LATER)
    assert gone
    assert gone.successor == "供气"
    assert (categories.retired("供热", TODAY), categories.retired("没有的", LATER)) == (None, None)
    later = LATER + timedelta(days=7)
    act(AddCategory, admin, name="供热", above="住建", from_on=later.isoformat())
    called = [categories.now_called("供热", day) for day in (TODAY, LATER, later)]
    assert called == ["供热", "供气", "供热"], "taken up again; what took its place does until then"
    assert "供热" in categories.tree(later)["住建"]
    assert categories.retired("供热", later) is None
    assert verify.verify().ok


def test_what_is_wrong_with_a_category_is_said(admin: Actor) -> None:
    on = {"from_on": LATER.isoformat()}
    gone = {"from_on": (TODAY - timedelta(days=1)).isoformat()}
    assert wrong(AddCategory, admin, name="供水", above="城乡建设", **on) == ["name"]
    assert wrong(AddCategory, admin, name="新的（一）", above="", **on) == ["name"]
    assert wrong(AddCategory, admin, name="新的", above="供水", **on) == ["above"]
    assert wrong(AddCategory, admin, name="新的", above="没有", **on) == ["above"]
    assert wrong(AddCategory, admin, name="新的", above="", **gone) == ["from_on"]
    assert wrong(RenameCategory, admin, "供水", name="供热", **on) == ["name"]
    assert wrong(RenameCategory, admin, "供水", name="供水", **on) == ["name"]
    assert wrong(RetireCategory, admin, "城乡建设", ends_on=LATER.isoformat()) == [""]
    assert wrong(RetireCategory, admin, "供水", ends_on=gone["from_on"]) == ["ends_on"]
    assert wrong(RetireCategory, admin, "供水", ends_on=LATER.isoformat(), successor="供水") == ["successor"]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("verb", ["accept", "change_kind"])
def test_what_is_retired_is_given_to_nothing_more(city: str, verb: str) -> None:
    """Neither at acceptance nor afterwards; what takes its place is named."""
    book = line.rulebook(city)
    gone = Record(1, 2, "ended", "供热", "", TODAY, TODAY, "供气")
    dossier = line.lived(book, "register" if verb == "accept" else "dispatch")
    who = line.actor("operator" if verb == "accept" else "dispatcher")
    form = {**line.forms(book)[verb], "category": "供热"}
    found = line.problems(dossier, verb, who, form, line.NOW, book, line.tools(retired=gone))
    assert line.said(found) == [("category", book.provision("change_of_kind").clause)]
    assert "供气" in found[0].because
