"""审核、回访、督办 (the office afterwards): what is done with letters, with citizens' words, and with units that are late."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.casework import explained, sharing
from hotline.casework.records import Mark
from hotline.casework.transitions.sending_back import PREFIX
from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.intake import by, operator
from hotline.jobs.simulate.unit import clerk, poor
from hotline.jobs.simulate.view import View
from hotline.network.roles import CITIZEN, Role
from hotline.rules import follow_up, grounds
from hotline.rules.worktime import ONE_DAY

# letters


def _verdict(view: View) -> str:
    """What the reviewer makes of a letter."""
    order = view.order
    if order.parent_id is not None or sharing.assists(order):
        return ""
    if explained.proposes(view.dossier.letter_of(order)):
        return "approve_explained"
    if view.unit is not None and poor(view, view.times("reply_drafted")):
        return "send_back"
    if view.has("bounced") and not view.times("bounced"):
        return "bounce"
    return "approve_in_part" if order.urgent and view.has("halved") else "approve"


def _reviewed(view: View, verdict: str) -> datetime | None:
    filed = view.order.filed_at
    if filed is None or _verdict(view) != verdict:
        return None
    n = view.times("filed")
    if view.hit(f"review late {n}", 0.04):
        return view.at_work(view.after(filed, f"review {n}", 4500, 6000))
    return view.at_work(view.after(filed, f"review {n}", 30, 1300))


@habit("approve", by(Role.REVIEWER))
def _approve(view: View) -> datetime | None:
    return _reviewed(view, "approve")


@habit("approve_explained", by(Role.REVIEWER))
def _approve_explained(view: View) -> datetime | None:
    return _reviewed(view, "approve_explained")


@habit("approve_in_part", by(Role.REVIEWER), lambda view: {"rest": view.words("in_part")})
def _approve_in_part(view: View) -> datetime | None:
    return _reviewed(view, "approve_in_part")


def _merit(view: View) -> Form:
    found = view.plot.chance.pick("merit", grounds.merits(view.city.book))
    return {PREFIX + found.id: "1", "words": view.words("send_back")}


@habit("send_back", by(Role.REVIEWER), _merit)
def _send_back(view: View) -> datetime | None:
    return _reviewed(view, "send_back")


@habit("bounce", by(Role.REVIEWER),
       lambda view: {PREFIX + grounds.bounces(view.city.book)[0].id: "1", "words": view.words("bounce")})  # fmt: skip
def _bounce(view: View) -> datetime | None:
    return _reviewed(view, "bounce")


# what citizens say of it


def _glad(view: View) -> bool:
    """Whether the citizen is content; after a redo more are."""
    redos = view.matter.redos
    return not view.has("unhappy") if redos == 0 else view.falls(f"glad {redos}", 0.75)


def _opinion(view: View, means: str) -> Form:
    grades, glad = len(follow_up.grades(view.city.book)), _glad(view)
    best = 1 if view.falls("delighted", 0.6) else 2
    grade = str(best if glad else grades - 1)
    return {"means": means, "reached": "1", "solved": "yes" if glad else "no",
            **dict.fromkeys(follow_up.aspects(view.city.book), grade),
            "opinion": view.words("satisfied" if glad else "dissatisfied")}  # fmt: skip


@habit("rate_at_once", operator, lambda view: {"solved": "yes", "result": "1" if view.hit("best", 0.6) else "2"})
def _rate_at_once(view: View) -> datetime | None:
    fit = view.matter.channel == "phone" and not view.dossier.revisits() and view.hit("rates at once", 0.7)
    return view.after(view.matter.closed_at, "rate at once", 1, 2) if fit and view.matter.closed_at else None


@habit("follow_up", lambda view: CITIZEN, lambda view: _opinion(view, "rating"))
def _rate(view: View) -> datetime | None:
    replied, matter = view.matter.replied_at, view.matter
    if replied is None or not view.has("rates") or matter.rating_until is None:
        return None
    said = any(revisit.means == "rating" for revisit in view.dossier.revisits())
    return view.after(replied, f"rate {matter.redos}", 60, 9000) if not said else None


def _called(view: View) -> Form:
    return {"means": "phone"} if view.has("unreachable") else _opinion(view, "phone")


@habit("follow_up", by(Role.FOLLOW_UP), _called)
def _follow_up(view: View) -> datetime | None:
    matter, said = view.matter, view.dossier.revisits()
    if not matter.drawn or matter.status != "replied" or matter.replied_at is None:
        return None
    if _rated_badly(view):
        return view.at_work(view.after(said[-1].at, f"ask after it {matter.redos}", 20, 300))
    if any(revisit.reached for revisit in said):
        return None
    if said:
        return view.at_work(view.after(said[-1].at, f"call {len(said)} {matter.redos}", 75, 200))
    return view.at_work(view.after(matter.replied_at, f"first call {matter.redos}", 500, 2600))


def _rated_badly(view: View) -> bool:
    """Whether the last word is the citizen's own bad rating, which is asked after before anybody leaves it at that."""
    said = view.dossier.revisits()
    return view.matter.satisfied is False and bool(said) and said[-1].means == "rating"


def _again(view: View) -> bool:
    return view.matter.redos == 0 and view.plot.chance.hit("again", 0.7)


def _unhappy_since(view: View) -> datetime | None:
    matter, said = view.matter, view.dossier.revisits()
    return said[-1].at if matter.status == "replied" and matter.satisfied is False and said else None


@habit("order_redo", by(Role.FOLLOW_UP), lambda view: {"reason": view.words("redo")})
def _order_redo(view: View) -> datetime | None:
    since = _unhappy_since(view)
    return view.soon(since, "redo", 20, 400) if since and _again(view) and view.order.lead else None


@habit("accept_dissatisfaction", by(Role.SHIFT_LEADER), lambda view: {"reason": view.words("accept_bad")})
def _accept_dissatisfaction(view: View) -> datetime | None:
    since = None if _rated_badly(view) else _unhappy_since(view)
    return view.soon(since, f"leave it {view.matter.redos}", 100, 900) if since and not _again(view) else None


@habit("archive", by(Role.REVIEWER))
def _archive(view: View) -> datetime | None:
    told = view.last("declined", "refusal_approved", "refusal_upheld")
    closed = view.matter.closed_at or view.matter.review_until or told
    return view.at_work(view.after(closed, "archive", 900, 4500)) if closed else None


# units that are late


@habit("urge", by(Role.SUPERVISOR), lambda view: {"words": view.words("urge")})
def _urge(view: View) -> datetime | None:
    warned = view.last("reminded", "yellow_given")
    fit = view.times("urged") < 1 and view.hit("urge", 0.6)
    return view.at_work(view.after(warned, "urge", 60, 500)) if warned and fit else None


def _notice(view: View) -> Form:
    book = view.city.book
    red = view.last("red_given") or view.order.received_at
    given = max(view.at_work(view.after(red, "supervise", 60, 600)), view.dossier.head.at or red)
    day = book.calendar.workday_after(book.calendar.day_of(given), 2)
    return {"scope": book.provision("supervision").values["scope"][0], "demand": view.words("supervise"),
            "answer_on": day.isoformat()}  # fmt: skip


@habit("supervise", by(Role.SUPERVISOR), _notice)
def _supervise(view: View) -> datetime | None:
    red = view.last("red_given")
    fit = not view.times("supervised") and view.hit("supervise", 0.7)
    return view.at_work(view.after(red, "supervise", 60, 600)) if red and fit else None


@habit("answer_supervision", clerk, lambda view: {"answer": view.words("supervised")})
def _answer_supervision(view: View) -> datetime | None:
    given, share = view.last("supervised"), view.share("answers")
    if given is None or share > 0.95:  # noqa: PLR2004
        return None
    low, high = (5500, 7000) if share > 0.8 else (100, 1500)  # noqa: PLR2004
    return view.at_work(view.after(given, "answer sup", low, high))


# cards


@habit("give_red_for_false_reply", by(Role.SUPERVISOR), lambda view: {"evidence": view.words("false_reply")})
def _give_red(view: View) -> datetime | None:
    approved = view.order.approved_at
    fit = view.has("false") and view.order.lead and not view.times("false_reply_found")
    return view.at_work(view.after(approved, "false", 1500, 4000)) if approved and fit else None


def _standing(view: View) -> Mark | None:
    return next((mark for mark in view.dossier.marks_of(view.order) if mark.lifted_at is None), None)


@habit("lift_card", by(Role.INSPECTOR),
       lambda view: {"mark": str(getattr(_standing(view), "id", "")), "reason": view.words("lift")})  # fmt: skip
def _lift_card(view: View) -> datetime | None:
    mark = _standing(view)
    if mark is None or mark.colour != "yellow" or not view.has("lifted") or view.times("card_lifted"):
        return None
    return view.at_work(mark.given_at + ONE_DAY + timedelta(hours=view.between("lift", 1, 60)))


# for everybody to read

PUBLIC, TAKEN_OFF = 0.3, 0.05  # how many answers are written anew for everybody, and taken off again


def _public(view: View) -> Form:
    letter = next((one for order in view.dossier.orders if (one := view.dossier.letter_of(order))), None)
    answer = view.dossier.body(letter.publishable_id) if letter else ""
    return {"title": view.dossier.body(view.matter.gist_id)[:60], "question": view.words("public_question"),
            "answer": answer or view.words("public_answer")}  # fmt: skip


@habit("prepare_publication", by(Role.REVIEWER), _public)
def _prepare_publication(view: View) -> datetime | None:
    closed, fit = view.matter.closed_at, view.falls("public", PUBLIC) and not view.times("publication_prepared")
    return view.soon(closed, "public", 60, 500) if closed and fit else None


def _decided(view: View, low: float, high: float) -> datetime | None:
    """What becomes of a text that waits: by the lot that falls between two shares."""
    since, fit = view.matter.to_publish_at, low <= view.share("released") < high
    return view.soon(since, "release", 20, 300) if since and fit else None


@habit("publish", by(Role.SHIFT_LEADER))
def _publish(view: View) -> datetime | None:
    return _decided(view, 0.0, 0.92)


@habit("reject_publication", by(Role.SHIFT_LEADER), lambda view: {"because": view.words("public_no")})
def _reject_publication(view: View) -> datetime | None:
    return _decided(view, 0.92, 1.0)


@habit("withdraw_publication", by(Role.REVIEWER), lambda view: {"because": view.words("public_off")})
def _withdraw_publication(view: View) -> datetime | None:
    since, fit = view.last("published"), view.falls("taken off", TAKEN_OFF) and not view.times("publication_withdrawn")
    return view.soon(since, "take off", 30, 300) if since and fit else None


# kept from the public


def _withheld(view: View, low: float, high: float) -> datetime | None:
    """What becomes of an application that nothing be public: by the lot that falls between two shares."""
    asked, fit = view.order.withhold_asked_at, low <= view.share("kept from all") < high
    return view.soon(asked, "withhold", 30, 600) if asked and fit else None


@habit("approve_withholding", by(Role.REVIEWER))
def _approve_withholding(view: View) -> datetime | None:
    return _withheld(view, 0.0, 0.7)


@habit("refuse_to_withhold", by(Role.REVIEWER), lambda view: {"because": view.words("withhold_no")})
def _refuse_to_withhold(view: View) -> datetime | None:
    return _withheld(view, 0.7, 1.0)
