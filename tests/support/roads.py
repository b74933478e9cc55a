"""Roads: what leads to each verb that people have, several of them doing several things in this order. Chance alone
hardly ever comes to many of them, so they are walked one by one, by the machine of the random lives: the next step is
taken by whoever may, and all that must hold is looked at after every step."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY, Card
from hotline.procedure.case import Case
from support import line, lives
from support.random_acts import Dice, able, listed

TRIES = 12  # people asked one after the other, each some minutes later
WAIT = "wait"  # days go by: something is missed, and the clock does what it is for
YEARS, MORNING = "years", "the next morning"
LATER = {WAIT: timedelta(days=6), YEARS: timedelta(days=366 * 11), MORNING: timedelta(hours=17)}
WEEKS = (WAIT,) * 6
SOON = "2026-09-17T11:30+08:00"  # the working morning after it begins, in both cities
OTHER = "the other one: "  # the matter beside it
CONNECTING = "one that may be connected"
FOLLOWING = ("dispatch", {"ruling": "the other one"})
Step = str | tuple[str, dict[str, str]]

SENT: tuple[Step, ...] = ("accept", "dispatch")
SIGNED = (*SENT, "sign_for", "record_contact")
LETTER: tuple[Step, ...] = ("draft_reply", "answer_citizen", "sign_off", "file")
FILED = (*SIGNED, *LETTER)
REPLIED = (*FILED, "approve")
RATED = (*REPLIED, ("follow_up", {"solved": "no", "result": "5", "opinion": "灯还是不亮"}))
CLOSED = (*REPLIED, "follow_up")
ASKED_TO_RETURN = (*SENT, "request_return", "agree_to_return")
ASKED_TO_EXTEND = (*SIGNED, "request_extension", "agree_to_extension")
BELOW = (*SIGNED, "hand_down", "sign_for")
SUBMITTED: tuple[Step, ...] = ("accept", "submit")
INSTRUCTED = (*SUBMITTED, ("instruct", {"unit": str(line.UNIT.id)}), "dispatch_as_instructed")
REFUSED: tuple[Step, ...] = ("propose_refusal", "approve_refusal", "ask_for_review")
NOT_SOLVED = ("draft_reply", {"solved": "no", "understanding": "gained", "review_on": "2026-10-12"})
URGENT = ("dispatch", {"urgent": "1", "urgent_reason": "漏气"})
EMERGENCY: tuple[Step, ...] = ("accept", "recognise_emergency")
PREPARED = (*REPLIED, "prepare_publication")

ROADS: tuple[tuple[Step, ...], ...] = (
    (*ASKED_TO_RETURN, "take_back", "dispatch", "request_return", "withdraw_return", "request_return",
     "disagree_with_return"),
    (*ASKED_TO_RETURN, "refuse_return", "sign_for", WAIT, "record_late_return"),
    (*ASKED_TO_RETURN, WAIT),
    (*SENT, "request_return", WAIT),
    (*SENT, WAIT, "sign_for", "supervise", "answer_supervision", "lift_card"),
    (*SIGNED, "supervise", WAIT, "urge", "inspect", WAIT),
    (*ASKED_TO_EXTEND, "accept_extension", "explain_extension"),
    (*ASKED_TO_EXTEND, "accept_extension", *WEEKS),
    (*ASKED_TO_EXTEND, "refuse_extension"),
    (*ASKED_TO_EXTEND, *WEEKS),
    (*SIGNED, "draft_reply", "hand_back_draft", *LETTER),
    (*SIGNED, "request_extension", "disagree_with_extension", "request_extension", *WEEKS),
    (*BELOW, "request_return", "agree_to_return", "take_back_below"),
    (*BELOW, "request_return", "agree_to_return", "refuse_return_below"),
    (*ASKED_TO_EXTEND, "accept_extension", "hand_down", "sign_for", "record_contact",
     ("request_extension", {"working_days": "1"}), "agree_to_extension", "extend_below"),
    (*BELOW, "record_contact", "request_extension", "agree_to_extension", "refuse_to_extend_below"),
    (*SIGNED, ("hand_down", {"inner_at": SOON}), *WEEKS),
    (*BELOW, "record_contact", *LETTER, "send_back_below", *LETTER, "look_below", "accept_from_below"),
    (*INSTRUCTED, "sign_for", "record_contact", *LETTER, "approve", "report_to_leader"),
    (*SUBMITTED, "dispatch_meanwhile", "give_back"),
    (*SUBMITTED, "withdraw_submission", "dispatch"),
    (*SUBMITTED, WAIT),
    (*FILED, "send_back", *LETTER, "bounce", *LETTER, "approve"),
    (*RATED, "order_redo"),
    (*RATED, RATED[-1], "accept_dissatisfaction"),
    (*FILED, "check_on_site", "give_red_for_false_reply"),
    (*REPLIED, ("check_on_site", {"as_it_is": "no"}), "redo_after_check"),
    (*FILED, WAIT, "approve"),
    ("accept", URGENT, "sign_for", "record_contact", *LETTER, "approve_in_part", *LETTER, "approve"),
    (*SIGNED, NOT_SOLVED, *LETTER[1:], "approve_explained", *WEEKS),
    (*PREPARED, "reject_publication"),
    (*PREPARED, "publish", "withdraw_publication"),
    ("accept", ("dispatch", {"secrecy": "1"}), "sign_for", "ask_to_relay", "relay"),
    (*SENT, "apply_to_withhold", "refuse_to_withhold"),
    (*SENT, "apply_to_withhold", "withdraw_application_to_withhold", "apply_to_withhold", "approve_withholding"),
    (*SIGNED, "add_unit", "record_investigation", "add_evidence", "change_kind", "recall"),
    (*SENT, "propose_end", "reject_end", "propose_end", "approve_end"),
    (*SENT, "shift_dates", "name_target"),
    (*REFUSED, "accept_after_all"),
    ("accept", MORNING, ("change_kind", {"kind": CONNECTING}), "connect"),
    (*REFUSED, "uphold_refusal"),
    ("propose_refusal", "reject_refusal", "accept", ("change_kind", {"kind": "praise"}), "pass_on_praise"),
    ("propose_refusal", WAIT),
    ("ask_for_facts", "supply_facts", "decline"),
    (*SENT, "propose_designation", "withdraw_designation"),
    ("accept", "propose_designation", "designate", "record_ruling", "revoke_ruling"),
    (OTHER + "accept", OTHER + "record_ruling", "accept", FOLLOWING),
    (*SENT, "propose_designation", WAIT),
    (*EMERGENCY, "report_emergency", "follow_up_emergency", "hand_over"),
    (*EMERGENCY, WAIT),
    ("accept", ("record_repeat", {"channel": "letter", "words": "救命"}), WAIT, "take_alarm"),
    ("accept", "answer_at_once", "record_repeat"),
    ("accept", "answer_at_once", "rate_at_once"),
    ("accept", "amend_record", "add_material", "record_paper_in", "record_paper_out", "dispatch_on_paper",
     "record_contact", *LETTER[:3], "report_on_paper"),
    ("accept", "record_source", "dispatch", "sign_for", "record_contact", *LETTER, "approve", "feed_back"),
    ("accept", "transfer_elsewhere"),
    ("accept", OTHER + "accept", "join_matter", "separate_matter"),
    ("ask_to_withdraw", "refuse_to_withdraw", "ask_to_withdraw", "confirm_withdrawal"),
    ("propose_abuse", "reject_abuse", "propose_abuse", "approve_abuse", "lift_abuse"),
    (*CLOSED, "correct_person", "archive", "anonymise"),
    (*CLOSED, "archive", YEARS, "keep_longer"),
    (*CLOSED, "archive", YEARS, "agree_to_destroy", "approve_destruction"),
    ("accept", WAIT),
    (*SIGNED, *WEEKS),
)


class Walker(lives.Lives):
    """One matter on its road, beside another; then others on theirs."""

    tally: Counter[str] = Counter()
    own: dict[str, str] = {}
    caller: dict[str, str] = {}
    places: dict[str, str] = {}  # this city's units in the place of those that the forms name
    beside = 0

    def walk(self, road: tuple[Step, ...], seed: str) -> tuple[int, str]:
        """How many steps were taken, and why the next one was not."""
        before = {*self.model.matters}
        self.it_begins("a working day", 1)
        self.beside, chain_id = sorted(self.model.matters.keys() - before)
        for taken, step in enumerate(road):
            if why := self._step(chain_id, step, f"{seed} {taken}"):
                return taken, f"{step}: {why}"
        self.looked(chain_id)
        return len(road), ""

    def _step(self, chain_id: int, step: Step, seed: str) -> str:
        if isinstance(step, str) and step in LATER:
            self.now += LATER[step]
            self.swept()
            return ""
        verb, self.own = (step, {}) if isinstance(step, str) else step
        if verb.startswith(OTHER):
            verb, chain_id = verb.removeprefix(OTHER), self.beside
        why = "nobody may"
        for turn in range(TRIES):
            dice = Dice(f"{seed} {turn}")
            self.now += timedelta(minutes=dice.of((1, 7, 20)))
            why = self._tried(chain_id, verb, dice) or ""
            if not why:
                return ""
        return why

    def _tried(self, chain_id: int, verb: str, dice: Dice) -> str:
        why = "nobody may"
        for who in able(dice, self.model, self.model.matters[chain_id], REGISTRY[verb]):
            _, offers = self.model.offers(chain_id, who, self.now)
            found = [o for o in offers if o.card.name() == verb]
            offer = next((o for o in reversed(found) if o.verdict.ok), None)
            if offer:
                self._act(dice, offer.card, chain_id, offer.subject, who, bad=False, sure=True)
                return "" if self.went == "done" else f"{self.went}: {self.last}"
            why = found[0].verdict.because if found else why
        return why

    def _form(self, dice: Dice, card: type[Card], chain_id: int | None, who: Actor, now: datetime,
              case: Case[Any, Any] | None) -> dict[str, Any]:  # fmt: skip
        """A good form as it is, with what the road wants otherwise."""
        if case is None or chain_id is None:
            return super()._form(dice, card, chain_id, who, now, case) | {"urgent": ""} | self.caller
        kinds = self.book.provision("connecting").values["kinds"]
        form = {**line.forms(self.book).get(card.name(), {}), **self.own}
        form |= {"kind": kinds[0]} if form.get("kind") == CONNECTING else {}
        form |= {"number": self.model.matters[self.beside].matter.number} if card.name() == "join_matter" else {}
        form |= {"ruling": self.model.matters[self.beside].matter.number} if form.get("ruling") else {}
        form |= {"means": "rating"} if card.name() == "follow_up" and who.role == Role.CITIZEN else {}
        form |= {"unit": self.places.get(form["unit"], form["unit"])} if "unit" in form else {}
        day = now.astimezone(self.book.tz).date()
        form |= {name: day.isoformat() for name in ("looked_on",) if name in form}
        form |= {name: (day + timedelta(days=9)).isoformat() for name in ("last_day", "answer_on") if name in form}
        return {name: listed(f, form[name], case, dice) if (f := fields(card, case).get(name)) else form[name]
                for name in form}  # fmt: skip


def fields(card: type[Card], case: Case[Any, Any]) -> dict[str, Any]:
    """What its form asks for, by name."""
    return {f.name: f for f in card.fields(case.book)}
