"""Random lives: whatever posts do in whatever order, what must hold of a file holds."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Letter, Text
from hotline.casework.transitions.base import due_columns
from hotline.network.roles import Role
from hotline.procedure import engine
from hotline.procedure.actor import Actor
from hotline.procedure.card import LINES
from hotline.procedure.case import Case
from hotline.procedure.engine import Offer
from hotline.procedure.forms import FormErrors
from hotline.procedure.ledger import GENESIS, line_hash, read
from hotline.rules import dating
from hotline.rules.book import Rulebook
from support import line

FORGOT = ("anonymised", "anonymised_again", "joined_forgotten", "personal_data_destroyed")
REVIEW_ON = "2026-12-10"  # a review day within both cities' months
STEPS = 120
# What can be done again and again, or ends a life early, is seldom done.
SELDOM = ("ask_to_withdraw", "confirm_withdrawal", "propose_end", "approve_end", "propose_abuse",
          "decline", "propose_refusal", "approve_refusal", "ask_for_review", "answer_at_once", "submit", "inspect",
          "draft_reply", "record_contact", "answer_citizen",
          "send_back", "bounce", "urge", "supervise", "answer_supervision", "lift_card",
          "give_red_for_false_reply", "request_extension", "refuse_extension", "disagree_with_extension", "recall",
          "propose_designation", "request_return", "take_back", "withdraw_return", "change_kind",
          "name_target", "hand_over", "join_matter", "record_investigation", "check_on_site",
          "redo_after_check", "transfer_elsewhere",
          "record_paper_in", "record_paper_out", "report_on_paper", "dispatch_on_paper",
          "prepare_publication", "withdraw_publication", "publish", "reject_publication")  # fmt: skip
ONWARD = ("dispatch", "sign_for", "record_contact", "answer_citizen", "draft_reply", "sign_off", "file",
          "approve")  # what leads to an answer
UNIT_PEOPLE = range(1, 5)  # four people of the unit, each of whom may hold any of its posts


def somebody(dice: random.Random) -> Actor:
    role = dice.choice([r for r in Role if r not in (Role.SYSTEM, Role.ADMIN, Role.LEADER)])
    if role in (Role.CLERK, Role.DEPUTY, Role.HEAD):
        unit = dice.choice([line.UNIT.id] * 9 + [line.OTHER.id])
        acting_for = dice.choice([None, None, None, *UNIT_PEOPLE])
        return Actor(role, dice.choice(UNIT_PEOPLE), 50, unit, acting_for)
    return line.actor(role, dice.choice([None, 777, 778]) if role == Role.SHIFT_LEADER else None)


def taken(dice: random.Random, book: Rulebook, dossier: MatterDossier, now: datetime) -> tuple[Actor, Offer | None]:
    """Somebody and one of the verbs their page offers; None when nobody around has anything to do."""
    for _ in range(60):
        who = somebody(dice)
        offers = [o for o in engine.offers(dossier, who, now, book, line.tools()) if o.verdict.ok]
        onward = [o for o in offers if o.card.name() in ONWARD] if dice.random() < 0.4 else []
        one = dice.choice(onward or offers) if offers else None
        if one and (onward or not (dice.random() < 0.8 and one.card.name() in SELDOM)):
            return who, one
    return who, None


def form_of(dice: random.Random, book: Rulebook, verb: str, who: Actor, now: datetime) -> dict[str, Any]:
    form = dict(line.forms(book)[verb])
    form |= {name: now.astimezone(book.tz).date().isoformat() for name in form if name == "looked_on"}
    if verb == "follow_up" and who.role == Role.CITIZEN:
        form["means"] = "rating"
    if verb == "follow_up" and dice.random() < 0.3:
        form["solved"] = "no"
    if verb == "name_target" and dice.random() < 0.9:
        form["target"] = "none"
    if verb == "draft_reply" and dice.random() < 0.3:
        form[dice.choice(sorted(form))] = ""
    if verb == "draft_reply" and dice.random() < 0.2:
        form |= {"solved": "no", "understanding": "gained", "review_on": REVIEW_ON}
    if verb == "record_contact" and dice.random() < 0.5:
        form["outcome"] = "tried"
    if verb == "dispatch" and dice.random() < 0.3:
        form["major"] = "1"
    return form


def live(book: Rulebook, seed: int) -> tuple[MatterDossier, list[Any]]:
    """One life: at each step somebody takes one of the verbs the page offers them, often after some time."""
    dice, now = random.Random(seed), line.NOW
    dossier, written = line.lived(book, "register"), []
    for step in range(STEPS):
        now += timedelta(minutes=dice.choice([0, 1, 7, 65, 60 * 26, 60 * 24 * 5]))
        who, offer = taken(dice, book, dossier, now)
        if offer is None:
            break
        kit = line.tools(ids=line.Counter(100_000 * (step + 1)))
        trial = line.copy(dossier)
        case = Case(offer.card, trial, trial.fresh(offer.subject), who, now, book, kit)
        with suppress(FormErrors):  # an incomplete form; what was offered is never Refused
            written += engine.live(case, form_of(dice, book, offer.card.name(), who, now)).lines
            dossier = trial
    return dossier, written


@pytest.mark.parametrize("seed", range(40))
def test_what_must_hold_of_a_file_holds_after_any_life(book: Rulebook, seed: int) -> None:
    dossier, written = live(book, seed)
    check_chain(dossier, written)
    check_texts(dossier)
    check_orders(dossier)
    check_dates(book, dossier)
    check_four_eyes(dossier)


def check_chain(dossier: MatterDossier, written: list[Any]) -> None:
    assert [li.seq for li in dossier.lines] == list(range(1, len(dossier.lines) + 1))
    assert all(one.at <= two.at for one, two in pairwise(dossier.lines))
    before = GENESIS
    for li in dossier.lines:
        before = line_hash(before, li.text)
    assert before == dossier.head.hash
    assert all(li.figures.kind_of for li in written)


def check_texts(dossier: MatterDossier) -> None:
    reads = [read(li.text) for li in dossier.lines]
    vouched = [text_id for one in reads if one.kind not in FORGOT for text_id, _ in one.texts]
    replaced = {text_id for one in reads if one.kind in FORGOT for text_id, _ in one.texts}
    known = [text.id for text in dossier.all(Text)]
    assert sorted({*vouched, *replaced}) == known  # each by one line, and again where somebody was forgotten
    assert len(set(vouched)) == len(vouched)
    assert not any(line.CITIZEN_NAME in li.text or line.CITIZEN_PHONE in li.text for li in dossier.lines)


def check_orders(dossier: MatterDossier) -> None:
    matter = dossier.matter
    assert (matter.status == "in_hand") == any(o.lead for o in dossier.open_orders())
    for order in dossier.orders:
        letter = dossier.letter_of(order)
        if order.filed_at is not None and order.status != "ended":
            assert letter is not None
            assert letter.answered_at is not None
            assert letter.signed_off_at is not None
            assert order.due_at is not None
            assert order.on_time == (order.filed_at < order.due_at if order.settled is None else order.settled)
            assert letter.answered_at <= order.filed_at
        assert (order.approved_at is not None) == (order.status == "approved")
        if order.next_decision_at is not None and order.approved_at is not None and not order.explained_review_at:
            assert order.next_decision_at <= order.approved_at, "what the clock missed, and nothing to come"
    over = matter.status in ("closed", "withdrawn", "ended", "archived") and matter.refusal is None
    assert (matter.closed_at is not None) == over


def check_dates(book: Rulebook, dossier: MatterDossier) -> None:
    """A date is what its steps come to, whoever moved it."""
    for order in dossier.orders:
        kept = {name: getattr(order, name) for name in ("due_at", "due_clause", "due_readings", "due_provisional")}
        made = due_columns(book, dating.read(order.due_basis))
        assert {name: made[name] for name in kept} == kept
    promised = dating.fold(book, dating.read(dossier.matter.promise_basis))
    if dossier.open_orders():
        assert dossier.matter.promised_at == (promised.at if promised else None)


def check_four_eyes(dossier: MatterDossier) -> None:
    drafters, major = frozenset[int](), False  # a matter dispatched anew may only then be marked major
    for li in dossier.lines:
        if li.kind == "reply_drafted":
            drafters = li.persons()
        if li.kind == "signed_off":
            assert not drafters & li.persons()
            assert read(li.text).role in ("deputy", "head")
            assert read(li.text).role == "head" or not major
        if li.kind == "dispatched":
            major = read(li.text).facts[LINES["dispatched"].ledger.facts.index("major")]


EVERYWHERE = {"declined", "answered_at_once", "dispatched", "signed_off", "filed", "approved", "followed_up", "closed",
              "archived"}  # fmt: skip


def test_random_lives_go_everywhere(book: Rulebook) -> None:
    """Else the test above would prove little. Eighty are more than enough; no more are lived than it takes."""
    kinds, letters = set[str](), 0
    for seed in range(80):
        dossier, _ = live(book, seed)
        kinds |= {li.kind for li in dossier.lines}
        letters = max(letters, len(dossier.all(Letter)))
        if kinds >= EVERYWHERE and letters > 1:
            return
    assert (EVERYWHERE - kinds, letters > 1) == (set(), True)
