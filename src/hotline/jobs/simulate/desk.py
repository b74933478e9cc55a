"""派发 (the desk): operators who answer, dispatchers, the city's leaders, and citizens who call again."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.casework import submissions
from hotline.casework.records import Designation
from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.intake import begun, by, operator, record
from hotline.jobs.simulate.view import View
from hotline.network.roles import Role
from hotline.rules import doors, rulings

MOST_CALLS = 2


def ready(view: View) -> datetime:
    """Since when the matter waits at the desk to be decided."""
    came = view.last("came_back", "reopened_at_desk", "came_from_leader")
    return max(filter(None, (view.matter.accepted_at or begun(view), came)))


@habit("answer_at_once", operator, lambda view: {"answer": view.words("at_once"), "policy": view.words("policy")})
def _answer_at_once(view: View) -> datetime | None:
    fit = view.matter.kind == "consultation" and view.has("simple") and not view.dossier.orders
    return view.after(ready(view), "answer at once", 2, 12) if fit else None


def _connection(view: View) -> Form:
    means = next(iter(view.city.book.provision("connecting").values["means"]))
    answered = view.hit("answered", 0.7)
    told = {"outcome": "not_reached"}
    if answered:
        told = {"outcome": "answered", "answered_by": view.words("answered_by"), "answer": view.words("connected")}
    return {"unit": str(view.plot.units[0]), "means": means, "why_not": view.words("why_not"), **told}


@habit("connect", operator, _connection)
def _connect(view: View) -> datetime | None:
    fit = view.has("connected") and not view.times("connected") and not view.dossier.orders
    return view.after(ready(view), "connect", 3, 6) if fit else None


def for_leaders(view: View) -> bool:
    """Whether it is to be put before the leaders first."""
    return (view.has("weighty") or bool(view.matter.against)) and not view.times("submitted")


def _target(view: View) -> Form:
    return {"target": "unit", "unit": str(view.plot.units[0]), "reason": view.words("target_reason")}


def _complains(view: View) -> bool:
    return view.has("against") and view.matter.kind == "complaint" and not view.times("target_named")


@habit("name_target", by(Role.DISPATCHER), _target)
def _name_target(view: View) -> datetime | None:
    at_desk = view.matter.status == "accepted" and not view.dossier.orders
    return view.after(ready(view), "target", 3, 8) if at_desk and _complains(view) else None


# dispatched


def receiver(view: View) -> int:
    """Whom the matter is given to: whose business it is, or who was taken for it; nobody who had it already.

    Or at least nobody who has an order of it now, be it to assist.
    """
    if view.matter.goes_to_unit_id is not None:
        return view.matter.goes_to_unit_id
    had = {order.unit_id for order in view.dossier.orders if order.lead} | {view.matter.against_unit_id}
    wanted = list(view.plot.units)
    if view.has("misrouted") and not view.dossier.orders and len(wanted) > 1:
        wanted = wanted[1:]
    free = [unit for unit in wanted if unit not in {order.unit_id for order in view.dossier.open_orders()}]
    return next((unit for unit in free if unit not in had), (free or wanted)[0])


def dispatch_form(view: View) -> Form:
    """The order as the dispatcher fills it in."""
    unit, first = receiver(view), not view.dossier.orders
    others = [one for one in view.plot.units[2:] if one != unit]
    form = {"unit": str(unit), "kind": view.matter.kind, "major": "1" if view.has("major") else "",
            "secrecy": "1" if view.matter.secrecy else ""}  # fmt: skip
    if view.has("assisted") and first and others:
        form["assisting"] = view.city.units[others[0]].short
    if view.matter.urgent:
        form |= {"urgent": "1", "urgent_reason": view.words("urgent_reason")}
    return form


def _named(view: View) -> bool:
    """Whether a leader has named a unit that has not had it yet."""
    wanted = submissions.wanted(view.dossier)
    return bool(wanted) and wanted[0] not in {order.unit_id for order in view.dossier.orders if order.lead}


@habit("dispatch", by(Role.DISPATCHER), dispatch_form)
def _dispatch(view: View) -> datetime | None:
    if _complains(view) or for_leaders(view) or view.matter.designate_until or _named(view):
        return None
    n = len(view.dossier.orders)
    if view.hit(f"dispatched late {n}", 0.03):
        return view.at_work(view.after(ready(view), f"dispatch {n}", 2900, 4300))
    if view.matter.channel == "web":
        return view.soon(ready(view), f"dispatch {n}", 15, 200)
    return view.after(ready(view), f"dispatch {n}", 12, 80)


@habit("recall", by(Role.DISPATCHER), lambda view: {"because": view.words("recall")})
def _recall(view: View) -> datetime | None:
    fit = view.has("recalled") and view.order.lead and view.index == 1 and view.order.status in ("dispatched", "signed")
    return view.soon(view.order.received_at, "recall", 30, 500) if fit and not view.order.return_filed_at else None


@habit("add_unit", by(Role.DISPATCHER),
       lambda view: {"unit": str(view.plot.units[-1]), "words": view.words("share")})  # fmt: skip
def _add_unit(view: View) -> datetime | None:
    dispatched, held = view.last("dispatched"), {order.unit_id for order in view.dossier.open_orders()}
    fit = view.has("added") and not view.times("unit_added") and view.plot.units[-1] not in held
    return view.soon(dispatched, "add", 400, 1500) if dispatched and fit and view.dossier.lead() else None


def _ruling(view: View) -> Form:
    """As the government designated."""
    row, sorts = view.dossier.all(Designation)[-1], rulings.sorts(view.city.book)
    sort = next(one for one in sorts if rulings.of_government(view.city.book, one))
    return {"sort": sort, "unit": str(row.designated_unit_id), "category": view.matter.category,
            "document": view.dossier.body(row.document_id), "words": view.words("ruling")}  # fmt: skip


@habit("record_ruling", by(Role.DISPATCHER), _ruling)
def _record_ruling(view: View) -> datetime | None:
    designated, fit = view.last("designated"), not view.times("ruled") and bool(view.matter.category)
    return view.soon(designated, "ruling", 60, 900) if designated and fit else None


@habit("change_kind", by(Role.DISPATCHER),
       lambda view: {"kind": "complaint" if view.matter.kind == "help" else "help",
                     "category": view.plot.topic.category, "reason": view.words("rekind")})  # fmt: skip
def _change_kind(view: View) -> datetime | None:
    dispatched = view.last("dispatched")
    fit = view.has("rekinded") and not view.times("kind_changed")
    return view.soon(dispatched, "rekind", 60, 900) if dispatched and fit else None


def _amendment(view: View) -> Form:
    return {**record(view.city.book, view.plot), "place": f"{view.plot.place}东侧",
            "words": view.dossier.body(view.matter.words_id), "reason": view.words("amend")}  # fmt: skip


@habit("amend_record", by(Role.OPERATOR), _amendment)
def _amend_record(view: View) -> datetime | None:
    accepted, fit = view.matter.accepted_at, view.has("amended") and not view.times("record_amended")
    return view.after(accepted, "amend", 30, 900) if accepted and fit else None


# designated


def _disputed(view: View) -> datetime | None:
    """Since when a unit's second return waits, on which the government must say who handles it."""
    designates = doors.designates(view.city.book, view.matter.times_returned + 1)
    asked = (order.return_filed_at for order in view.dossier.open_orders() if order.lead and order.return_filed_at)
    return next(asked, None) if designates else None


@habit("propose_designation", by(Role.DISPATCHER),
       lambda view: {"unit": str(view.plot.units[0]), "opinion": view.words("designate_opinion")})  # fmt: skip
def _propose(view: View) -> datetime | None:
    since = _disputed(view)
    return view.soon(since, f"propose {view.times('designation_proposed')}", 60, 500) if since else None


@habit("withdraw_designation", by(Role.DISPATCHER), lambda view: {"because": view.words("agreed_between")})
def _withdraw_designation(view: View) -> datetime | None:
    proposed, fit = view.last("designation_proposed"), view.hit("agreed between them", 0.1)
    fit = fit and not view.times("designation_withdrawn")  # agreed once; what is proposed anew is for the leaders
    return view.soon(proposed, "withdraw", 100, 280) if proposed and fit else None


@habit("designate", by(Role.LEADER), lambda view: {"unit": str(view.dossier.all(Designation)[-1].unit_id),
                                                   "document": view.words("designate_document")})  # fmt: skip
def _designate(view: View) -> datetime | None:
    proposed = view.last("designation_proposed")
    return view.at_work(view.after(proposed, "designate", 300, 5000)) if proposed else None


# calling again


@habit("record_repeat", by(Role.OPERATOR),
       lambda view: {"channel": "phone", "words": view.words("new_facts" if _anew(view) else "repeat"),
                     "facts": "new" if _anew(view) else "same"})  # fmt: skip
def _record_repeat(view: View) -> datetime | None:
    calls = view.ever("repeat_recorded")
    if _anew(view):
        closed = view.matter.closed_at
        return view.after(closed, "new facts", 1500, 8000) if closed and view.has("new_facts") and calls == 0 else None
    since = view.last("repeat_recorded", "dispatched")
    fit = view.has("impatient") and calls < MOST_CALLS and view.matter.status == "in_hand"
    return view.after(since, f"call {calls}", 2600, 9000) if since and fit else None


def _anew(view: View) -> bool:
    return view.matter.status == "closed"


@habit("inspect", by(Role.SUPERVISOR),
       lambda view: {"finding": view.words("inspect"), "demand": view.words("inspect_demand")})  # fmt: skip
def _inspect(view: View) -> datetime | None:
    lead = view.dossier.lead()
    if lead is None or lead.due_at is None or not view.has("inspected") or view.times("inspected"):
        return None
    return view.at_work(lead.due_at + timedelta(hours=view.between("inspect", 10, 40)))
