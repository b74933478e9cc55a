"""The machine under the verbs: toy cards that lie, forget or follow one another; what a page is offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest

import hotline.network.transitions  # noqa: F401  (registers the cards)
from clauses.cities import here
from hotline.casework.statuses import MatterStatus, OrderStatus
from hotline.network.roles import Role
from hotline.procedure import card as cards
from hotline.procedure import engine
from hotline.procedure.actor import Actor, Reach
from hotline.procedure.card import (
    EXTENDS,
    RECOMPUTES,
    REGISTRY,
    RESTARTS,
    STARTS,
    STOPS,
    UNCHANGED,
    Card,
    CardError,
    Deadline,
    Line,
    moves,
)
from hotline.procedure.case import Case
from hotline.procedure.dossier import Dossier
from hotline.procedure.engine import Refused
from hotline.procedure.ledger import Chain, Head, read
from hotline.procedure.records import Record
from hotline.procedure.writeset import WriteSet
from hotline.rules.book import Rulebook
from hotline.rules.verdicts import Verdict
from support import line

PARTS = ("term", "rests_on", "by", "not_by", "reach", "moves", "form", "deadline", "ledger")
LATER = line.NOW + timedelta(days=1)
CLERK = Actor("clerk", 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Thing(Record):
    """A toy."""

    TABLE: ClassVar[str] = "toy_thing"
    PARENT: ClassVar[str] = "id"

    id: int
    status: str
    due_at: datetime | None = None


class ToyDossier(Dossier):
    """A dossier of toys."""

    CHAIN = "entry"
    RECORDS = (Thing,)
    ROOT = Thing

    def subjects(self) -> list[Record]:
        return list(self.all(Thing))

    def within(self, reach: Reach, subject: Record, actor: Actor) -> bool:
        return reach is Reach.OWN


@pytest.fixture(autouse=True)
def _toys_are_put_away() -> Iterator[None]:
    registry, lines = dict(REGISTRY), dict(cards.LINES)
    yield
    REGISTRY.clear()
    REGISTRY.update(registry)
    cards.LINES.clear()
    cards.LINES.update(lines)


def parts(**more: Any) -> dict[str, Any]:
    return {
        "__module__": __name__, "chain": "entry", "term": "玩", "rests_on": "elements", "by": (Role.CLERK,),
        "not_by": (), "reach": Reach.OWN, "moves": moves(Thing, ("new",)), "form": (), "deadline": UNCHANGED,
        "ledger": Line("played"), **more,
    }  # fmt: skip


def toy(name: str = "Play", **more: Any) -> type[Card]:
    return type(name, (Card,), parts(**more))


def changing(**values: Any) -> Any:
    """A `change` that notes these changes."""

    def change(cls: type[Card], case: Case[Any, Any]) -> dict[str, Any]:
        case.update(case.subject, **values)
        return {}

    return classmethod(change)


def box(*things: Thing) -> ToyDossier:
    return ToyDossier(Chain("entry", 1), Head(), things or (Thing(1, "new"),))


def play(card: type[Card], dossier: ToyDossier, book: Rulebook, who: Actor = CLERK) -> WriteSet:
    subject = dossier.all(Thing)[0]
    return engine.live(Case(card, dossier, subject, who, line.NOW, book, line.tools()), {})


# 一张卡缺了什么


@pytest.mark.parametrize("part", PARTS)
def test_a_card_that_forgets_a_part_does_not_import(part: str) -> None:
    less = {name: value for name, value in parts().items() if name != part}
    with pytest.raises(CardError, match=part):
        type("Forgetful", (Card,), less)
    assert "forgetful" not in REGISTRY


def test_a_name_is_given_once() -> None:
    toy("Once")
    with pytest.raises(CardError, match="name taken"):
        toy("Once")


def test_an_abstract_card_may_lack_everything() -> None:
    class Half(Card, abstract=True):
        """Nothing yet."""

    assert "half" not in REGISTRY


def test_a_cards_name_is_said_in_snake_case() -> None:
    assert toy("PlayItAgain").name() == "play_it_again"


def test_every_card_rests_on_a_provision_of_each_rulebook(book: Rulebook) -> None:
    for card in REGISTRY.values():
        assert card.provision(book).clause in book.clauses, card.name()


def test_every_kind_of_line_belongs_to_one_card() -> None:
    kinds = [card.ledger.kind for card in REGISTRY.values()]
    assert sorted(kinds) == sorted(set(kinds))
    for card in REGISTRY.values():
        assert len(set(card.ledger.facts)) == len(card.ledger.facts)
        assert card.ledger.kind != card.name(), "verbs are imperative, lines are past"


def test_every_card_is_documented_and_moves_between_known_statuses() -> None:
    known = {*MatterStatus, *OrderStatus}
    for card in cards.cards_of("matter"):
        assert card.__doc__
        assert set(card.moves.from_) <= known
        assert card.moves.to is None or card.moves.to in known
        assert set(card.by) <= set(Role)
        assert card.term


# 期限

A, B = line.NOW, LATER


@pytest.mark.parametrize(("effect", "before", "after", "honest"), [
    (UNCHANGED, None, None, True), (UNCHANGED, A, A, True), (UNCHANGED, A, B, False), (UNCHANGED, None, A, False),
    (UNCHANGED, A, None, False), (STOPS, A, A, True), (STOPS, A, B, False), (STARTS, None, A, True),
    (STARTS, A, A, True), (STARTS, A, B, False), (EXTENDS, A, B, True), (RESTARTS, A, B, True),
    (RECOMPUTES, A, B, True), (EXTENDS, B, A, False), (EXTENDS, None, A, False), (RESTARTS, A, None, False),
    (RECOMPUTES, A, None, True),
])  # fmt: skip
def test_a_declared_deadline_is_the_one_written(
    book: Rulebook, effect: Deadline, before: Any, after: Any, honest: bool
) -> None:
    card, dossier = toy(deadline=effect, change=changing(due_at=after)), box(Thing(1, "new", before))
    if honest:
        play(card, dossier, book)
        assert dossier.all(Thing)[0].due_at == after
        return
    with pytest.raises(AssertionError, match=f"Play: deadline is not {effect.effect}"):
        play(card, dossier, book)


DEADLINES = {**dict.fromkeys(("dispatch", "dispatch_meanwhile", "dispatch_as_instructed", "dispatch_on_paper",
                             "assign_shares", "add_unit", "hand_down"), "starts"),
             "designate": "starts", "propose_designation": "extends", "refuse_return": "extends",
             "extend_below": "extends",
             **dict.fromkeys(("take_back", "recall", "give_way", "take_from_target", "take_from_ended",
                             "end_share", "end_order",
                             "take_back_below"), "stops"),
             **dict.fromkeys(("send_back", "bounce", "order_redo", "redo_after_check", "approve_in_part",
                              "call_again"), "restarts"),
             "accept_extension": "extends", "file_extension_by_silence": "extends",
             **dict.fromkeys(("void_extension", "change_kind", "shift_dates", "recompute_due"),
                             "recomputes"),
             "take_up_again": "restarts"}  # fmt: skip


def test_each_verb_of_the_line_declares_its_effect_on_the_due_date() -> None:
    declared = {card.name(): card.deadline.effect for card in cards.cards_of("matter")}
    assert declared == {name: DEADLINES.get(name, "unchanged") for name in declared}


def test_no_verb_of_the_line_moves_an_orders_due_date(book: Rulebook) -> None:
    due = line.lived(book, "dispatch").orders[0].due_at
    for verb, _ in line.LINE[3:]:
        assert line.lived(book, verb).orders[0].due_at == due


# 改动与事实


def test_a_status_is_moved_by_the_card_alone(book: Rulebook) -> None:
    with pytest.raises(TypeError, match="status"):
        play(toy(change=changing(status="old")), box(), book)


@pytest.mark.parametrize("facts", [(), ("a",), ("a", "b", "c")])
def test_a_line_has_exactly_the_facts_its_card_declares(book: Rulebook, facts: tuple[str, ...]) -> None:
    def change(cls: type[Card], case: Case[Any, Any]) -> dict[str, Any]:
        return {"a": 1, "b": 2}

    card = toy(ledger=Line("played", facts), change=classmethod(change))
    with pytest.raises(KeyError):
        play(card, box(), book)


def test_facts_stand_in_the_declared_order(book: Rulebook) -> None:
    def change(cls: type[Card], case: Case[Any, Any]) -> dict[str, Any]:
        return {"b": 2, "a": line.NOW, "c": b"\x01"}

    out = play(toy(ledger=Line("played", ("a", "b", "c")), change=classmethod(change)), box(), book)
    instant, number, short = read(out.lines[0].text).facts
    assert (datetime.fromisoformat(instant), number) == (line.NOW, 2)
    assert isinstance(short, str)


def test_a_row_new_and_changed_in_one_act_is_inserted_as_it_ended(book: Rulebook) -> None:
    def change(cls: type[Card], case: Case[Any, Any]) -> dict[str, Any]:
        case.insert(Thing(2, "new"))
        case.update(Thing(2, "new"), due_at=line.NOW)
        case.update(Thing(2, "new"), due_at=LATER)
        return {}

    out = play(toy(change=classmethod(change), deadline=STARTS), box(), book)
    assert out.inserts == [Thing(2, "new", LATER)]
    assert out.updates == {}


# 后果


def follower(**more: Any) -> type[Card]:
    return toy("Follow", by=(Role.SYSTEM,), moves=moves(Thing, ("played",), "done"), ledger=Line("followed"), **more)


def leader(follow: type[Card]) -> type[Card]:
    def then(cls: type[Card], case: Case[Any, Any]) -> list[tuple[type[Card], Record]]:
        return [(follow, case.subject)]

    return toy(moves=moves(Thing, ("new",), "played"), then=classmethod(then))


def test_a_consequence_is_performed_in_the_same_breath_by_the_system(book: Rulebook) -> None:
    out = play(leader(follower()), box(), book)
    assert [li.kind for li in out.lines] == ["played", "followed"]
    assert [(read(li.text).role, read(li.text).person_id) for li in out.lines] == [("clerk", 1), ("system", None)]
    assert out.lines[1].seq == 2
    assert out.updates == {(Thing, 1): {"status": "done"}}


def test_a_consequence_that_is_refused_refuses_the_whole(book: Rulebook) -> None:
    def guard(cls: type[Card], case: Case[Any, Any]) -> Verdict:
        return Verdict(False, "x", "不行")

    with pytest.raises(Refused) as no:
        play(leader(follower(guard=classmethod(guard))), box(), book)
    assert no.value.step == "guard"


# 次序：岗位、范围、另一人、状态、门


@pytest.mark.parametrize(("wrong", "step"), [
    ({"by": (Role.HEAD,), "reach": Reach.CITY, "moves": moves(Thing, ("old",))}, "post"),
    ({"reach": Reach.CITY, "moves": moves(Thing, ("old",))}, "reach"),
    ({"moves": moves(Thing, ("old",)), "guard": "shut"}, "status"),
    ({"guard": "shut"}, "guard"),
])  # fmt: skip
def test_refusals_are_said_in_their_order(book: Rulebook, wrong: dict[str, Any], step: str) -> None:
    def guard(cls: type[Card], case: Case[Any, Any]) -> Verdict:
        return Verdict(False, "x", "门关着")

    if "guard" in wrong:
        wrong = {**wrong, "guard": classmethod(guard)}
    with pytest.raises(Refused) as no:
        play(toy(**wrong), box(), book)
    assert no.value.step == step


# 页面上有什么


def test_a_page_offers_what_the_post_may_do_and_greys_it_with_clause_and_reason(book: Rulebook) -> None:
    def shut(cls: type[Card], case: Case[Any, Any]) -> Verdict:
        return Verdict(False, "五（六）", "门已经关了。")

    toy("Open")
    toy("Shut", ledger=Line("shut_up"), guard=classmethod(shut))
    toy("Elsewhere", ledger=Line("went"), moves=moves(Thing, ("old",)))
    toy("Theirs", ledger=Line("took"), by=(Role.HEAD,))
    toy("Beyond", ledger=Line("reached_out"), reach=Reach.CITY)
    toy("Begin", ledger=Line("begun"), creates=True)
    found = {o.card.name(): o.verdict for o in engine.offers(box(), CLERK, line.NOW, book, line.tools())}
    assert {name: v.ok for name, v in found.items()} == {"open": True, "shut": False, "elsewhere": False}
    assert (found["shut"].clause, found["shut"].because) == ("五（六）", "门已经关了。")
    assert found["elsewhere"].clause == here(book, suzhou="四（一）段1", example="第10条")
    assert "状态" in found["elsewhere"].because


OUTSIDE = {"recognise_emergency", "record_source"}


# What the post table says of them holds at every stage in which they are open: files that come later, a person's data.
BESIDE = {"record_paper_in", "record_paper_out", "report_on_paper", "dispatch_on_paper", "add_material",
          "add_evidence", "transfer_elsewhere", "record_investigation", "check_on_site", "prepare_publication",
          "anonymise", "correct_person",
          "agree_to_destroy", "approve_destruction", "keep_longer"}


@pytest.mark.parametrize(("until", "role", "open_verbs"), [
    ("register", "operator", {"accept", "decline", "propose_refusal", "name_target", "ask_for_facts", "amend_record",
                              "record_repeat", "ask_to_withdraw", "propose_abuse", *OUTSIDE, "hand_over"}),
    ("accept", "operator", {"answer_at_once", "join_matter", "name_target", "amend_record", "record_repeat",
                            "ask_to_withdraw", "propose_abuse", *OUTSIDE, "hand_over"}),
    ("accept", "dispatcher", {"dispatch", "submit", "join_matter", "propose_designation", "change_kind",
                              "record_ruling", "name_target", *OUTSIDE}),
    ("accept", "shift_leader", {"answer_at_once", "dispatch", "submit", "propose_designation", "record_ruling",
                                "change_kind",
                                "join_matter", "name_target", "amend_record", "record_repeat", "ask_to_withdraw",
                                "propose_abuse",
                                *OUTSIDE, "hand_over"}),
    ("accept", "clerk", set()),
    ("dispatch", "clerk", {"sign_for", "request_return", "apply_to_withhold"}),
    ("sign_for", "clerk", {"hand_down", "record_contact", "draft_reply", "request_return", "request_extension",
                           "apply_to_withhold"}),
    ("draft_reply", "clerk", {"hand_down", "record_contact", "draft_reply", "answer_citizen", "request_return",
                              "request_extension", "apply_to_withhold"}),
    ("draft_reply", "deputy", {"hand_down", "record_contact", "draft_reply", "answer_citizen", "sign_off",
                               "request_extension", "apply_to_withhold", "hand_back_draft"}),
    ("sign_off", "clerk", {"record_contact", "answer_citizen", "file", "request_return", "request_extension",
                           "apply_to_withhold"}),
    ("file", "clerk", {"apply_to_withhold"}),
    ("file", "reviewer", {"approve", "send_back", "bounce", "name_target", "recognise_emergency", "propose_end"}),
    ("approve", "follow_up", {"follow_up", "name_target"}),
    ("approve", "citizen", {"follow_up"}),
    ("follow_up", "reviewer", {"archive", "name_target"}),
    ("archive", "shift_leader", {"record_repeat", "name_target"}),
    ("file", "admin", set()),
    ("file", "leader", set()),
])  # fmt: skip
def test_what_each_post_may_do_at_each_stage(book: Rulebook, until: str, role: str, open_verbs: set[str]) -> None:
    dossier = line.lived(book, until, dispatch={"major": "1"})
    if role == "deputy":  # an ordinary matter is the deputy's to sign
        dossier = line.lived(book, until)
    found = engine.offers(dossier, line.actor(role), line.NOW, book, line.tools())
    assert {o.card.name() for o in found if o.verdict.ok} - BESIDE == open_verbs
    assert all(o.verdict.because and o.verdict.clause in book.clauses for o in found if not o.verdict.ok)
    assert all(role in o.card.by for o in found)


def test_what_is_offered_is_what_is_performed(book: Rulebook) -> None:
    """For every stage and post: an offer says yes exactly when performing is not refused."""
    for until, _ in line.LINE:
        dossier = line.lived(book, until)
        for role in Role:
            for offer in engine.offers(dossier, line.actor(role), line.NOW, book, line.tools()):
                who, kit = line.actor(role), line.tools()
                case = Case(offer.card, line.copy(dossier), offer.subject, who, line.NOW, book, kit)
                assert engine.judge(case)[0] == offer.verdict


# 没看到的


def test_only_lines_that_matter_make_a_page_out_of_date(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    seen = dossier.head.seq
    line.act(dossier, "record_contact", line.actor("clerk"), line.forms(book)["record_contact"], line.NOW, book)
    assert engine.unseen(dossier, dossier.orders[0], seen) == []
    line.act(dossier, "draft_reply", line.actor("clerk"), line.forms(book)["draft_reply"], line.NOW, book)
    assert [li.kind for li in engine.unseen(dossier, dossier.orders[0], seen)] == ["reply_drafted"]
    assert engine.unseen(dossier, dossier.orders[0], dossier.head.seq) == []


def test_another_order_of_the_matter_does_not_disturb_this_ones_page(book: Rulebook) -> None:
    dossier = line.lived(book, "sign_for")
    other = replace(dossier.orders[0], id=5)
    dossier.put(other)
    seen = dossier.head.seq
    line.act(dossier, "draft_reply", line.actor("clerk"), line.forms(book)["draft_reply"], line.NOW, book)
    assert engine.unseen(dossier, other, seen) == []
    assert engine.unseen(dossier, dossier.orders[-1], seen) != []
