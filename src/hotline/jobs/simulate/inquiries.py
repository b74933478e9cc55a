"""核实 (inquiries): what units look into before they write, and what the office checks afterwards."""

from __future__ import annotations

from datetime import datetime

from hotline.casework import inquiries
from hotline.casework.transitions.redoing import ANSWERED
from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.intake import by
from hotline.jobs.simulate.unit import clerk, moment, taken_up
from hotline.jobs.simulate.view import View
from hotline.network.roles import Role
from hotline.rules import inquiries as rules

LOOKED_INTO = 0.5
CHECKED = 0.05


def _looked(view: View, provision: str) -> Form:
    """On the day on which it last came to something."""
    head, book = view.dossier.head.at, view.city.book
    day = book.calendar.day_of(head or view.order.received_at)
    means = view.plot.chance.pick(view.label(provision), list(rules.means(book, provision)))
    return {"looked_on": day.isoformat(), "means": means, "who": view.words("looked_by"),
            "finding": view.words(provision)}  # fmt: skip


@habit("record_investigation", clerk, lambda view: _looked(view, "investigation"))
def _record_investigation(view: View) -> datetime | None:
    if taken_up(view) is None or view.times("investigation_recorded") or not view.falls("looks", LOOKED_INTO):
        return None
    return moment(view, 0.5)


def _check(view: View) -> Form:
    so = not view.has("false")
    proof = {} if so else {"evidence": view.words("false_reply")}
    return {**_looked(view, "spot_check"), "as_it_is": "yes" if so else "no", **proof}


@habit("check_on_site", by(Role.INSPECTOR), _check)
def _check_on_site(view: View) -> datetime | None:
    order = view.order
    done = order.approved_at if order.lead and not view.times("checked_on_site") else None
    fit = view.has("false") or view.hit("checked", CHECKED)
    return view.at_work(view.after(done, "check", 300, 1400)) if done and fit else None


@habit("redo_after_check", by(Role.SUPERVISOR), lambda view: {"words": view.words("redo_untrue")})
def _redo_after_check(view: View) -> datetime | None:
    found = inquiries.untrue(view.dossier, view.order)
    answered = view.matter.status in ANSWERED and view.order.lead
    return view.soon(found.recorded_at, "redo untrue", 30, 300) if found and answered else None
