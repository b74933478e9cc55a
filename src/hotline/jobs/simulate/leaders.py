"""呈办 (leaders): what is put before the city's leaders, what they say, and what becomes of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.casework import submissions
from hotline.jobs.simulate.desk import dispatch_form, for_leaders, ready, receiver
from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.intake import by
from hotline.jobs.simulate.view import View
from hotline.network.roles import Role
from hotline.procedure.actor import Actor


def _submission(view: View) -> Form:
    ground = view.plot.chance.pick("submitted for", view.city.book.provision("submitting").values["grounds"])
    leader = view.one(Role.LEADER, "submitted")
    return {"ground": ground, "opinion": view.words("opinion"), "unit": str(receiver(view)),
            "leader": str(leader.post_id if leader else "")}  # fmt: skip


@habit("submit", by(Role.DISPATCHER), _submission)
def _submit(view: View) -> datetime | None:
    return view.after(ready(view), "submit", 12, 50) if for_leaders(view) else None


def _leader(view: View) -> Actor | None:
    """The one it was put before."""
    row = submissions.pending(view.dossier)
    return next((one for one in view.city.posts.get(Role.LEADER, ()) if row and one.post_id == row.post_id), None)


def _instruction(view: View) -> Form:
    row, form = submissions.pending(view.dossier), {"instruction": view.words("instruction")}
    names = view.falls("names a unit", 0.7)
    if names and row is not None and row.proposed_units and not view.dossier.orders:
        form["unit"] = row.proposed_units.split()[0]
    if view.falls("wants it by", 0.5):
        at = view.dossier.head.at or view.matter.registered_at
        form["wanted_on"] = (at + timedelta(days=20)).astimezone(view.city.book.tz).date().isoformat()
    return form


def _gives_back(view: View) -> bool:
    return view.hit("gives back", 0.12) and not view.matter.against


def _said(view: View) -> datetime | None:
    submitted = view.last("submitted")
    return view.at_work(view.after(submitted, "instruct", 300, 4000)) if submitted else None


@habit("instruct", _leader, _instruction)
def _instruct(view: View) -> datetime | None:
    return None if _gives_back(view) else _said(view)


@habit("give_back", _leader, lambda view: {"because": view.words("give_back")})
def _give_back(view: View) -> datetime | None:
    return _said(view) if _gives_back(view) else None


@habit("withdraw_submission", by(Role.DISPATCHER), lambda view: {"because": view.words("withdraw_submission")})
def _withdraw_submission(view: View) -> datetime | None:
    submitted, fit = view.last("submitted"), view.hit("withdraws it", 0.1) and not view.matter.against
    return view.soon(submitted, "withdraw", 60, 250) if submitted and fit else None


@habit("dispatch_meanwhile", by(Role.DISPATCHER), dispatch_form)
def _dispatch_meanwhile(view: View) -> datetime | None:
    submitted, fit = view.last("submitted"), view.hit("meanwhile", 0.35) and not view.matter.against
    return view.soon(submitted, "meanwhile", 30, 200) if submitted and fit else None


def _carries_out(view: View) -> int:
    """Whom the leader named; or, where it came out since that somebody has to be avoided, who handles it instead."""
    return view.matter.goes_to_unit_id or submissions.wanted(view.dossier)[0]


def _as_instructed(view: View) -> Form:
    departs = view.words("departs") if _carries_out(view) != submissions.wanted(view.dossier)[0] else ""
    return {**dispatch_form(view), "unit": str(_carries_out(view)), "assisting": "", "departs": departs}


@habit("dispatch_as_instructed", by(Role.DISPATCHER), _as_instructed)
def _dispatch_as_instructed(view: View) -> datetime | None:
    if not submissions.wanted(view.dossier) or view.matter.designate_until:
        return None
    had = {order.unit_id for order in view.dossier.orders if order.lead}
    return view.soon(ready(view), "as instructed", 10, 60) if _carries_out(view) not in had else None


@habit("report_to_leader", by(Role.DISPATCHER), lambda view: {"came_of_it": view.words("report")})
def _report_to_leader(view: View) -> datetime | None:
    owed = view.matter.report_owed_at
    return view.soon(max(owed, view.matter.replied_at or owed), "report", 30, 900) if owed else None
