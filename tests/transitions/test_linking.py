"""关联: one call about several matters, and a matter that begins where another one is final (R-23, R-25)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from clauses.cities import here
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Contact, Link, Text
from hotline.casework.statuses import MatterStatus
from hotline.procedure import echoing, engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case
from hotline.procedure.ledger import read
from hotline.procedure.secrets import SeededRandomness
from hotline.procedure.world import World
from hotline.rules.book import Rulebook
from support import beside, line
from support.model import in_world

OPERATOR = line.actor("operator")
LATER = line.NOW + timedelta(minutes=10)
OTHER = {"kind": "consultation", "gist": "公交几点收车", "words": "还想问末班车几点。", "place": "三路车站", "name": "", "phone": ""}
NEW = 9_000


def register(book: Rulebook, first: MatterDossier, relation: str, who: Actor = OPERATOR, **fields: Any
             ) -> tuple[MatterDossier, Any]:  # fmt: skip
    """A matter registered beside another one."""
    form = {**line.forms(book)["register"], **OTHER, "beside": first.matter.number, "relation": relation, **fields}
    kit = line.tools(ids=line.Counter(7_000_000), serial=7, own_unit=line.OFFICE_UNIT, first=beside.call_of(first))
    kit.beside = {first.chain.id: first}
    new = line.newborn(NEW)
    ids: Any = line.Counter(8_000_000 + 1000 * first.head.seq)
    world = World(book, line.KEYS, SeededRandomness(b"x"), ids=ids)
    with in_world(world):
        case = Case(REGISTRY["register"], new, line.Unborn(NEW), who, LATER, book, kit)
        assert [*case.card.beside(case)] == [first.chain.id]
        out = engine.live(case, form)
        echoing.lived(out, kit.beside, {}, LATER)
    return new, out


def wrong(book: Rulebook, first: MatterDossier | None, relation: str, who: Actor = OPERATOR) -> list[tuple[str, str]]:
    form = {**line.forms(book)["register"], "beside": "20260916-0001-0", "relation": relation}
    if who.role == "citizen":
        form["channel"] = "web"
    kit = line.tools(own_unit=line.OFFICE_UNIT, first=beside.call_of(first) if first else None)
    return line.said(line.problems(line.newborn(NEW), "register", who, form, LATER, book, kit))


def clause(book: Rulebook) -> str:
    return here(book, suzhou="四（一）段1", example="第10条")


@pytest.mark.clause("四（一）段1", "R-25")
def test_one_call_about_several_matters(book: Rulebook) -> None:
    """As many matters, each of one kind with words and place of its own; caller, channel and instant are the call's."""
    first = line.lived(book, "dispatch")
    new, out = register(book, first, "same_call", channel="web")
    call, again = first.all(Contact)[0], new.all(Contact)[0]
    assert (again.call_id, again.citizen_id) == (call.call_id, call.citizen_id)
    assert (again.channel, again.at) == ("phone", call.at)
    assert again.id != call.id
    assert again.record_id != call.record_id
    matter = new.matter
    assert (matter.kind, matter.channel, matter.registered_at) == ("consultation", "phone", LATER)
    assert first.matter.kind == "complaint"
    assert [t.body for t in new.all(Text) if t.field in ("gist", "words")] == [OTHER["gist"], OTHER["words"]]
    assert [m.template for m in out.messages] == ["registered"]
    assert [one.kind for one in out.lines] == ["registered", "linked_to_first"]


@pytest.mark.clause("四（一）段1", "R-25")
def test_each_refers_to_the_other_in_chain_and_row(book: Rulebook) -> None:
    first = line.lived(book, "dispatch")
    before = first.matter
    new, out = register(book, first, "same_call")
    assert read(out.lines[1].text).facts == ("same_call", first.chain.id)
    last = read(first.lines[-1].text)
    assert (last.kind, last.role, last.facts) == ("link_noted", "system", ("same_call", NEW))
    rows = [(link.other_id, link.other_number, link.sort, link.at) for d in (new, first) for link in d.all(Link)]
    assert rows == [(first.chain.id, first.matter.number, "same_call", LATER),
                    (NEW, new.matter.number, "same_call", LATER)]  # fmt: skip
    assert first.matter == before, "nothing else of it changes"


FINAL = ("declined", "archived", "withdrawn", "ended")
ENDS = {"suzhou-2018": FINAL, "example-city": (*FINAL, "replied", "closed")}


@pytest.mark.clause("四（一）段1", "R-23")
def test_what_is_final_is_followed_by_a_matter_of_its_own(book: Rulebook) -> None:
    """The frozen one is not reopened; its chain says that another goes on."""
    first = line.lived(book, "archive")
    before = first.matter
    new, out = register(book, first, "follows")
    call, own = first.all(Contact)[0], new.all(Contact)[0]
    assert own.call_id != call.call_id
    assert (own.citizen_id, own.at) == (call.citizen_id, LATER), "whoever called need not say again who they are"
    assert first.matter == before
    assert [d.card for d in first.decisions(book)] == ["propose_destruction"], "the end of its keeping alone (R-36)"
    assert [(d.lines[-1].kind, read(d.lines[-1].text).facts) for d in (new, first)] == [
        ("linked_to_first", ("follows", first.chain.id)), ("link_noted", ("followed", NEW))]  # fmt: skip
    assert read(out.lines[1].text).clauses[0] == clause(book)


def test_somebody_else_may_begin_it(book: Rulebook) -> None:
    first = line.lived(book, "archive")
    new, _ = register(book, first, "follows", name="测试乙", phone="13900005678")
    assert new.all(Contact)[0].citizen_id not in (None, first.all(Contact)[0].citizen_id)


@pytest.mark.clause("四（一）段1", "R-23")
@pytest.mark.parametrize("status", [s for s in MatterStatus if s != "answered"])
def test_which_may_be_followed_and_which_may_be_told_of_in_one_call(book: Rulebook, status: str) -> None:
    first = line.lived(book, "archive")
    first = line.changed(first, first.matter, status=MatterStatus(status))
    if status in ENDS[book.id]:
        register(book, first, "follows")
    else:
        assert wrong(book, first, "follows") == [("", clause(book))]
    if status == "archived":
        assert wrong(book, first, "same_call") == [("", clause(book))]
    else:
        register(book, first, "same_call")


@pytest.mark.clause("四（一）段1", "二段2i")
def test_what_one_may_not_see_is_said_like_what_is_not_there(book: Rulebook) -> None:
    """The look-up finds neither; a citizen has no business with another matter at all."""
    assert wrong(book, None, "same_call") == wrong(book, None, "follows") == [("", clause(book))]
    assert wrong(book, line.lived(book, "accept"), "same_call", Actor("citizen")) == [("", clause(book))]


def test_the_relation_is_one_of_the_two(book: Rulebook) -> None:
    first = line.lived(book, "accept")
    assert wrong(book, first, "") == [("", clause(book))]
    assert wrong(book, first, "main") == [("relation", "")]
