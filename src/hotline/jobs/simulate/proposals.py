"""提请 (proposals): what one asks and another decides: refusals and their review, what is withdrawn, what ends, callers
who are marked."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.intake import acceptance, begun, by, ground_of, operator, unclear
from hotline.jobs.simulate.view import View
from hotline.network.roles import CITIZEN, Role
from hotline.procedure.actor import Actor
from hotline.rules import abuse, endings

LEADER = by(Role.SHIFT_LEADER)


def _second(view: View) -> Actor | None:
    return view.city.second


def _asker(view: View) -> Actor | None:
    return CITIZEN if view.matter.channel == "web" else view.one(Role.OPERATOR)


def _decided(view: View, name: str, *kinds: str) -> datetime | None:
    asked = view.last(*kinds)
    return view.soon(asked, name, 20, 300) if asked else None


def _within(view: View, low: float, high: float) -> tuple[float, float]:
    """How many minutes somebody takes: of what is to rest by it, few, before it has been handled to its end."""
    return (20, 60) if view.plot.rest else (low, high)


# refusals


@habit("propose_refusal", operator, lambda view: {"refusal": ground_of(view).id, "reason": view.words("refuse")})
def _propose_refusal(view: View) -> datetime | None:
    if not ground_of(view).approver or view.ever("refusal_rejected"):
        return None
    return unclear(view, "propose refusal")


@habit("approve_refusal", LEADER)
def _approve_refusal(view: View) -> datetime | None:
    return None if view.hit("reject refusal", 0.1) else _decided(view, "approve refusal", "refusal_proposed")


@habit("reject_refusal", LEADER, lambda view: {"because": view.words("reject_refusal")})
def _reject_refusal(view: View) -> datetime | None:
    return _decided(view, "reject refusal at", "refusal_proposed") if view.hit("reject refusal", 0.1) else None


@habit("ask_for_review", _asker, lambda view: {"words": view.words("review")})
def _ask_for_review(view: View) -> datetime | None:
    told = view.last("refusal_approved")
    fit = told and view.befalls("reviewed", "asks for review", 0.3)
    return view.after(told, "review", *_within(view, 300, 9000)) if told and fit else None


@habit("uphold_refusal", _second, lambda view: {"because": view.words("uphold")})
def _uphold_refusal(view: View) -> datetime | None:
    return None if view.hit("after all", 0.3) else _decided(view, "uphold", "review_asked")


def _taken(view: View) -> Form:
    return {**acceptance(view), "because": view.words("after_all")}


@habit("accept_after_all", _second, _taken)
def _accept_after_all(view: View) -> datetime | None:
    return _decided(view, "take it", "review_asked") if view.hit("after all", 0.3) else None


# what is withdrawn, and what another channel has


@habit("ask_to_withdraw", _asker, lambda view: {"words": view.words("withdraw")})
def _ask_to_withdraw(view: View) -> datetime | None:
    fit = view.times("withdrawal_asked") == 0 and view.befalls("withdraws", "withdraws", 0.02)
    return view.after(begun(view), "withdraw", *_within(view, 200, 4000)) if fit else None


@habit("confirm_withdrawal", by(Role.FOLLOW_UP), lambda view: {"because": view.words("confirm_withdrawal")})
def _confirm_withdrawal(view: View) -> datetime | None:
    return None if view.hit("not withdrawn", 0.2) else _decided(view, "confirm withdrawal", "withdrawal_asked")


def _kept(view: View) -> Form:
    ground = list(endings.keeps_alive(view.city.book))[-1]
    return {"ground": ground, "because": view.words("not_withdrawn")}


@habit("refuse_to_withdraw", by(Role.FOLLOW_UP), _kept)
def _refuse_to_withdraw(view: View) -> datetime | None:
    asked = view.last("withdrawal_asked")
    late = 10 if view.plot.rest else 1  # what is to rest as withdrawn is confirmed meanwhile; others may not be
    return view.at_work(view.after(asked, "keep", 400 * late, 600 * late)) if asked else None


def _channel(view: View) -> Form:
    channel = view.plot.chance.pick("channel", list(endings.channels(view.city.book)))
    return {"channel": channel, "evidence": view.words("end")}


@habit("propose_end", by(Role.SUPERVISOR), _channel)
def _propose_end(view: View) -> datetime | None:
    given, fit = view.last("dispatched"), view.times("end_proposed") == 0 and view.befalls("ends", "ends", 0.02)
    return view.at_work(view.after(given, "propose end", *_within(view, 900, 5000))) if given and fit else None


@habit("approve_end", LEADER, lambda view: {"because": view.words("end_told")})
def _approve_end(view: View) -> datetime | None:
    return None if view.hit("goes on", 0.25) else _decided(view, "approve end", "end_proposed")


@habit("reject_end", LEADER, lambda view: {"because": view.words("not_ended")})
def _reject_end(view: View) -> datetime | None:
    return _decided(view, "reject end", "end_proposed") if view.hit("goes on", 0.25) else None


# callers who are marked


def _mark(view: View) -> Form:
    book, at = view.city.book, view.dossier.head.at or view.matter.registered_at
    last = (at + timedelta(days=1)).astimezone(book.tz).date() + timedelta(weeks=1)
    return {"sort": next(iter(abuse.sorts(book))), "reason": view.words("abuse"), "last_day": last.isoformat()}


@habit("propose_abuse", operator, _mark)
def _propose_abuse(view: View) -> datetime | None:
    fit = view.times("abuse_proposed") == 0 and view.hit("abusive", 0.01)
    return view.after(begun(view), "propose mark", 1, 2) if fit else None


@habit("approve_abuse", LEADER)
def _approve_abuse(view: View) -> datetime | None:
    return None if view.hit("no mark", 0.3) else _decided(view, "approve mark", "abuse_proposed")


@habit("reject_abuse", LEADER, lambda view: {"because": view.words("no_mark")})
def _reject_abuse(view: View) -> datetime | None:
    return _decided(view, "reject mark", "abuse_proposed") if view.hit("no mark", 0.3) else None


@habit("lift_abuse", _second, lambda view: {"reason": view.words("lift_mark")})
def _lift_abuse(view: View) -> datetime | None:
    marked = view.last("abuse_marked")
    return view.at_work(view.after(marked, "lift mark", 1500, 6000)) if marked and view.hit("lifted", 0.5) else None
