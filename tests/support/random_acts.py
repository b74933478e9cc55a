"""Whatever people may think of doing: who, which verb, with what in the form, and when."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hotline.casework.dossier import MatterDossier
from hotline.network.roles import OFFICE, UNIT, Role
from hotline.procedure.actor import Actor
from hotline.procedure.card import Card
from hotline.procedure.case import Case
from hotline.procedure.engine import Offer
from hotline.procedure.forms import Field
from hotline.rules.book import Rulebook
from support import line
from support.model import Model

MINUTE = timedelta(minutes=1)
# A life that ends so, or turns back to the desk, shows little; what leads to the end of the line is done more readily.
SELDOM = ("ask_to_withdraw", "confirm_withdrawal", "propose_end", "approve_end", "propose_abuse",
          "decline", "propose_refusal", "approve_refusal", "ask_for_review",
          "answer_at_once", "connect", "answer_in_call", "recall", "submit", "propose_designation",
          "name_target", "hand_over", "separate_matter", "transfer_elsewhere", "pass_on_praise")
ONWARD = ("dispatch", "sign_for", "draft_reply", "answer_citizen", "sign_off", "file", "approve")
PEOPLE_EACH = 4  # so many in every unit, and twice as many in the office; each may hold any of its posts
WAITS = (*(0, 1, 7, 20) * 4, 65, 60 * 26)  # minutes; most letters are in time
INSTANTS = ("due_at", "return_until", "sign_until", "contact_until", "review_until", "supervise_until",
            "return_decide_until", "explained_review_at", "next_decision_at")  # fmt: skip
STRANGE = ("", "0", "不存在", "'; DROP TABLE casework_order; --", "-1", "1" * 40, "\x00", "2026-13-40", "字" * 20_001,
           "9223372036854775808", "｜| 〔〕\n\n|", "2026-01-01")  # fmt: skip


@dataclass
class Dice:
    """One step's chance. `often`: how often each verb was performed before, so that the seldom ones get their turn."""

    seed: str
    often: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def one_in(self, count: int) -> bool:
        """True one time in so many."""
        return self.random.randrange(count) == 0

    def of(self, things: Sequence[Any]) -> Any:
        """One of them."""
        return self.random.choice(things)

    def seldom(self, offers: Sequence[tuple[Actor, Offer]]) -> tuple[Actor, Offer]:
        """One of them, rather of a verb that was seldom performed."""
        verbs = sorted({offer.card.name() for _, offer in offers})
        weights = [_weight(verb) / (1 + self.often[verb]) ** 2 for verb in verbs]
        verb = self.random.choices(verbs, weights)[0]
        return self.of([one for one in offers if one[1].card.name() == verb])  # type: ignore[no-any-return]


def _weight(verb: str) -> float:
    return 0.1 if verb in SELDOM else 12.0 if verb in ONWARD else 1.0


def person_of(unit_id: int, number: int) -> int:
    """People have numbers of their own, unit by unit."""
    return 1_000_000 + 100 * (unit_id % 10_000) + number


def office(dice: Dice, model: Model) -> Actor:
    """Somebody of the hotline, seldom for somebody else."""
    number = dice.random.randrange(2 * PEOPLE_EACH)
    desk = model.inspection if model.inspection and dice.one_in(6) else model.platform
    return Actor(dice.of(OFFICE), person_of(1, number), 10_000 + number, desk, _acting_for(dice, 1))


def staff(dice: Dice, unit_id: int) -> Actor:
    """Somebody of a unit, one time in four for somebody else."""
    number = dice.random.randrange(PEOPLE_EACH)
    return Actor(dice.of(UNIT), person_of(unit_id, number), 20_000 + number, unit_id, _acting_for(dice, unit_id))


def _acting_for(dice: Dice, unit_id: int) -> int | None:
    return person_of(unit_id, dice.random.randrange(PEOPLE_EACH)) if dice.one_in(4) else None


def outsider(dice: Dice, model: Model) -> Actor:
    """The citizen, a leader of the city, the administrator."""
    role = dice.of((Role.CITIZEN, Role.CITIZEN, Role.LEADER, Role.LEADER, Role.ADMIN))
    if role == Role.CITIZEN:
        return Actor(role)
    number = dice.random.randrange(2)
    post = int(dice.of(sorted(model.leaders))) if role == Role.LEADER else 30_000
    return Actor(role, person_of(2, number), post, model.platform)


def anybody(dice: Dice, model: Model) -> Actor:
    """Whoever, and the clock out of turn."""
    who = dice.random.randrange(10) % 4
    if who == 3:
        return Actor(Role.CLOCK)
    if who == 0:
        return office(dice, model)
    return staff(dice, dice.of(sorted(model.units))) if who == 1 else outsider(dice, model)


def around(dice: Dice, model: Model, dossier: MatterDossier) -> list[Actor]:
    """Those who might look at a matter now: some of the office, most of the units it was given to, a few others."""
    units = [unit for order in dossier.orders for unit in (order.unit_id, order.unit_id, order.level2_unit_id)]
    units += [dice.of(sorted(model.units))]
    return [*(office(dice, model) for _ in range(6)), *(staff(dice, dice.of(units)) for _ in range(8)),
            outsider(dice, model), outsider(dice, model)]  # fmt: skip


def able(dice: Dice, model: Model, dossier: MatterDossier, card: type[Card]) -> list[Actor]:
    """Two of each post that a verb is for, wherever it may be performed."""
    units = list(dict.fromkeys(unit for order in reversed(dossier.orders)
                               for unit in (order.unit_id, order.level2_unit_id)))  # fmt: skip
    found = []
    for role in sorted(card.by):
        for number in dice.random.sample(range(PEOPLE_EACH), 2):
            if role in OFFICE:
                found.append(Actor(role, person_of(1, number), 10_000 + number, model.platform))
            elif role in UNIT:
                there = [*units, model.platform] if role == Role.HEAD else units
                found += [Actor(role, person_of(unit, number), 20_000 + number, unit) for unit in there]
            elif role == Role.CITIZEN:
                found.append(Actor(role))
            elif role == Role.LEADER:
                found += [Actor(role, person_of(2, number), int(post), model.platform) for post in model.leaders]
    return found


def edges(dossier: MatterDossier, now: datetime) -> list[datetime]:
    """Instants to come at which something closes or falls due."""
    rows = (dossier.matter, *dossier.orders)
    named = (*INSTANTS, "dispatch_until", "rating_until", "designate_until")
    found = {getattr(row, name, None) for row in rows for name in named}
    return sorted(at for at in found if at is not None and at > now)


def later(dice: Dice, model: Model, now: datetime) -> datetime:
    """Mostly soon; sometimes a minute before, at, or after something closes; seldom days later."""
    if dice.one_in(10) and model.matters:
        dossier = model.matters[dice.of(sorted(model.matters))]
        if found := edges(dossier, now):
            return max(now, dice.of(found[:4]) + dice.of((-MINUTE, timedelta(0), MINUTE)))
    if dice.one_in(60):
        return now + timedelta(days=5)
    return now + timedelta(minutes=dice.of(WAITS))


def good_form(dice: Dice, book: Rulebook, card: type[Card], who: Actor, now: datetime, units: Sequence[int],
              case: Case[Any, Any] | None, numbers: Sequence[str] = ()) -> dict[str, Any]:  # fmt: skip
    """What would usually do, in one of its many ways. `case`: where there is something yet that the verb is about;
    `numbers`: of the matters there are."""
    form = dict(line.forms(book).get(card.name(), {}))
    asked = [f for f in card.fields(book) if f.name in form or f.kind == "flag"]
    form |= {f.name: _varied(dice, f, form, now, units) for f in asked}
    if case is not None:
        form |= {f.name: listed(f, form[f.name], case, dice) for f in card.fields(book) if form.get(f.name)}
    if card.name() == "follow_up" and who.role == Role.CITIZEN:
        form["means"] = "rating"
    if card.name() == "name_target":
        form["target"] = dice.of(("unit", "unit", "hotline", "centre", "none"))
    if card.name() == "register":
        form |= _caller(dice, who)
        if numbers and who.role != Role.CITIZEN and dice.one_in(3):
            form |= {"beside": dice.of(numbers), "relation": dice.of(("same_call", "same_call", "follows"))}
    if card.name() == "join_matter" and numbers:
        form["number"] = dice.of(numbers)
    if form.get("urgent") == "1":
        form["urgent_reason"] = "漏气"
    return form


def _caller(dice: Dice, who: Actor) -> dict[str, str]:
    """Citizens write on the site; some callers are known, some give no number, some not even a name."""
    channel = "web" if who.role == Role.CITIZEN else "phone"
    name, phone = dice.of((("甲", "13900001234"), ("甲", "+86 139 0000 1234"), ("乙", "13900001234"), ("丙", ""),
                           ("", "05571234567"), ("", "")))  # fmt: skip
    return {"channel": channel, "name": f"测试{name}" if name else "", "phone": phone}


def _varied(dice: Dice, asked: Field, form: Mapping[str, Any], now: datetime, units: Sequence[int]) -> str:
    value = str(form.get(asked.name, ""))
    if asked.kind in ("unit", "any_unit", "unit_below", "on_phone"):
        return str(dice.of(units))
    if asked.kind == "flag" and asked.name in ("urgent", "major", "secrecy"):
        return "1" if dice.one_in(4) else ""
    if asked.name == "looked_on":
        return (now - timedelta(days=dice.of((0, 0, 0, 1)))).date().isoformat()
    if asked.name == "as_it_is" and dice.one_in(2):
        return "no"
    if asked.kind == "date":
        return (now + timedelta(days=dice.of((0, 1, 3, 10)))).astimezone().date().isoformat()
    if asked.name == "outcome" and value == "reached" and dice.one_in(3):
        return "tried"
    if asked.name == "solved" and dice.one_in(3):
        return "no"
    return value


def listed(asked: Field, value: str, case: Case[Any, Any], dice: Dice) -> str:
    """The value if this very page lists it, else one that it lists."""
    choices = [str(one) for one, _ in asked.options(case)] if asked.choices is not None else []
    return value if not choices or value in choices else str(dice.of(choices))


def spoilt(dice: Dice, form: Mapping[str, Any], case: Case[Any, Any]) -> dict[str, Any]:
    """The form with up to three fields otherwise: another choice, nothing, or something strange."""
    fields, other = case.card.fields(case.book), dict(form)
    for _ in range(min(len(fields), dice.of((1, 1, 2, 3)))):
        asked = dice.of(fields)
        choices = [str(value) for value, _ in asked.options(case)] if asked.choices is not None else []
        other[asked.name] = dice.of(choices) if choices and not dice.one_in(3) else dice.of(STRANGE)
    return other
