"""对外 (outside): what is handed over to the rescue services, reported to the duty room, or came from those above."""

from __future__ import annotations

from datetime import datetime

from hotline.jobs.simulate.desk import dispatch_form, for_leaders, ready
from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.intake import begun, by, operator
from hotline.jobs.simulate.unit import clerk
from hotline.jobs.simulate.view import View
from hotline.network.roles import Role
from hotline.rules import refusals


def _first(view: View, provision: str, value: str) -> str:
    """The first id of a table of terms in the rulebook."""
    return str(next(iter(view.city.book.provision(provision).values[value])))


def _handover(view: View) -> Form:
    ground = next(one for one in refusals.items(view.city.book).values() if one.hand_over)
    return {"number": ground.numbers[0], "means": _first(view, "handing_over", "means"), "outcome": "taken",
            "taken_by": view.words("rescuer"), "words": view.words("handed_over")}  # fmt: skip


@habit("hand_over", operator, _handover)
def _hand_over(view: View) -> datetime | None:
    fit = view.has("rescued") and view.matter.channel == "phone" and view.matter.status == "registered"
    return view.after(view.matter.registered_at, "hand over", 1, 2) if fit and not view.times("handed_over") else None


@habit("recognise_emergency", by(Role.DISPATCHER),
       lambda view: {"sort": _first(view, "urgent_report", "sorts"), "why": view.words("emergency")})  # fmt: skip
def _recognise_emergency(view: View) -> datetime | None:
    fit = view.has("emergency") and not view.times("emergency_recognised")
    return view.after(view.matter.registered_at, "recognise", 5, 20) if fit else None


def _report(view: View) -> Form:
    return {"means": _first(view, "urgent_report", "means"), "taken_by": view.words("duty_room"),
            "words": view.words("emergency_report")}  # fmt: skip


@habit("report_emergency", by(Role.DISPATCHER), _report)
def _report_emergency(view: View) -> datetime | None:
    known = view.last("emergency_recognised")
    return view.after(known, "report", 3, 25) if known else None


@habit("follow_up_emergency", by(Role.DISPATCHER), _report)
def _follow_up_emergency(view: View) -> datetime | None:
    told = view.last("emergency_reported")
    return view.after(told, "report again", 200, 700) if told and not view.times("emergency_followed_up") else None


def _source(view: View) -> Form:
    sort = view.plot.chance.pick("source", list(view.city.book.provision("sources").values["sorts"]))
    return {"source": str(sort), "number": f"{view.plot.key.replace('-', '').replace('/', '')}"}


@habit("record_source", operator, _source)
def _record_source(view: View) -> datetime | None:
    accepted, fit = view.matter.accepted_at, view.has("sourced") and not view.times("source_recorded")
    return view.after(accepted, "source", 2, 9) if accepted and fit else None


@habit("feed_back", by(Role.DISPATCHER), lambda view: {"feedback": view.words("report")})
def _feed_back(view: View) -> datetime | None:
    owed = view.matter.feedback_owed_at
    return view.soon(max(owed, view.matter.replied_at or owed), "feed back", 30, 800) if owed else None


# on paper

ON_PAPER, BY_PAPER = 0.04, 0.015  # how many units also report on paper, and how many orders go out on it


def _paper(view: View) -> Form:
    return {"means": _first(view, "paper", "means"), "sheets": str(1 + int(view.share("sheets") * 9)),
            "words": view.words("paper"), "number": view.words("paper_number")}  # fmt: skip


def _paper_order(view: View) -> Form:
    return {**dispatch_form(view), **_paper(view), "taken_by": view.words("receipt")}


@habit("dispatch_on_paper", by(Role.DISPATCHER), _paper_order)
def _dispatch_on_paper(view: View) -> datetime | None:
    plain = not (view.dossier.orders or view.matter.urgent or view.matter.designate_until or for_leaders(view))
    fit = plain and view.falls("by paper", BY_PAPER)
    return view.after(ready(view), "by paper", 2, 9) if fit else None


@habit("report_on_paper", clerk, _paper)
def _report_on_paper(view: View) -> datetime | None:
    filed, fit = view.last("filed"), view.falls("on paper", ON_PAPER) and not view.times("reported_on_paper")
    return view.soon(filed, "on paper", 2, 12) if filed and fit else None


@habit("record_paper_in", operator,
       lambda view: {**_paper(view), "party": view.words("paper_party"),
                     "order": str(view.dossier.orders[-1].id) if view.dossier.orders else ""})  # fmt: skip
def _record_paper_in(view: View) -> datetime | None:
    sent = view.last("reported_on_paper")
    return view.soon(sent, "paper in", 20, 300) if sent and not view.times("paper_received") else None


@habit("record_paper_out", operator, lambda view: {**_paper(view), "party": view.words("paper_party")})
def _record_paper_out(view: View) -> datetime | None:
    got = view.last("paper_received")
    return view.soon(got, "paper out", 20, 300) if got and not view.times("paper_sent") else None


@habit("transfer_elsewhere", by(Role.DISPATCHER), lambda view: {
    "place": view.words("elsewhere"), "means": _first(view, "transfer", "means"),
    "words": view.words("told_elsewhere")})
def _transfer_elsewhere(view: View) -> datetime | None:
    fit = view.has("elsewhere") and view.matter.status == "accepted" and not view.dossier.orders
    return view.after(begun(view), "elsewhere", 5, 15) if fit else None
