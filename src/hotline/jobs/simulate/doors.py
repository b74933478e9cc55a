"""退回与延期 (doors): units that ask to be rid of an order, or for more time, and who decides on it."""

from __future__ import annotations

from datetime import datetime

from hotline.casework import extensions, sharing
from hotline.jobs.simulate.below import upper
from hotline.jobs.simulate.habits import Form, habit
from hotline.jobs.simulate.intake import by
from hotline.jobs.simulate.unit import asks_for_time, at_unit, clerk, moment, taken_up
from hotline.jobs.simulate.view import View
from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.rules import doors

BASES = ("职责规定〔2019〕第12号", "例字 12 号")


def _fits(view: View) -> bool:
    """Whether the order is with the unit whose business it is."""
    return view.order.unit_id == view.plot.units[0] or view.order.unit_id == view.matter.goes_to_unit_id


def wants_rid(view: View) -> bool:
    """Whether the unit asks for the order to be taken back: rightly, in a dispute, or for ease."""
    order, before = view.order, [one for one in view.dossier.orders if one.lead]
    if view.unit is None or order.designated or not order.lead or order.urgent or view.matter.submitted_at:
        return view.unit is not None and order.parent_id is not None and view.hit("wrong", 0.08)
    if view.has("disputed") and len(before) <= 2:  # noqa: PLR2004
        return True
    return not _fits(view) or view.hit("wrong", view.unit.character.wrong)


def _request(view: View) -> Form:
    book = view.city.book
    basis = next((one for one in BASES if doors.basis_holds(book, one).ok), BASES[0])
    other = next((unit.short for unit in view.city.level2 if unit.id in view.plot.units[:1] and not _fits(view)), "")
    other = other or next(unit.short for unit in view.city.level2 if unit.id != view.order.unit_id)
    return {"reason": view.words("disputed" if view.has("disputed") else "misrouted", other=other), "basis": basis}


def _late(view: View) -> bool:
    return view.hit("returns late", 0.12)


@habit("request_return", clerk, _request)
def _request_return(view: View) -> datetime | None:
    if not wants_rid(view) or _late(view) or view.times("return_requested"):
        return None
    order = view.order
    if view.plot.rest:
        return view.at_work(view.after(order.received_at, "return", 10, 60))
    door = order.return_until - order.received_at
    return view.at_work(order.received_at + door * view.between("return", 0.05, 0.45))


@habit("record_late_return", clerk, _request)
def _record_late_return(view: View) -> datetime | None:
    fit = wants_rid(view) and _late(view) and not view.times("late_return_recorded")
    return view.soon(view.order.return_until, "late return", 30, 600) if fit else None


def _keeps(view: View) -> bool:
    """Whether the unit's own leader does not agree."""
    return _fits(view) and not view.has("disputed") and view.hit("keeps", 0.3)


def _return_leader(view: View) -> Actor | None:
    ranks = (Role.DEPUTY, Role.HEAD)
    return next((at_unit(r)(view) for r in ranks if doors.may_approve_return(view.city.book, r)), None)


@habit("agree_to_return", _return_leader)
def _agree_to_return(view: View) -> datetime | None:
    asked = view.order.return_asked_at
    return view.soon(asked, "agree", 10, 150) if asked and not _keeps(view) else None


@habit("disagree_with_return", at_unit(Role.DEPUTY), lambda view: {"because": view.words("disagree")})
def _disagree_with_return(view: View) -> datetime | None:
    asked = view.order.return_asked_at
    return view.soon(asked, "disagree", 10, 150) if asked and _keeps(view) else None


@habit("withdraw_return", clerk, lambda view: {"because": view.words("withdraw_return")})
def _withdraw_return(view: View) -> datetime | None:
    filed = view.order.return_filed_at
    return view.soon(filed, "withdraw", 10, 30) if filed and _fits(view) and view.hit("withdraws", 0.1) else None


def _decided(view: View) -> datetime | None:
    filed = view.order.return_filed_at
    if filed is None or view.order.parent_id is not None:
        return None
    far = view.hit("decided late", 0.08)
    return view.soon(filed, "decide", 2500, 4500) if far else view.soon(filed, "decide", 40, 500)


@habit("take_back", by(Role.DISPATCHER), lambda view: {"because": view.words("take_back")})
def _take_back(view: View) -> datetime | None:
    return _decided(view) if not _fits(view) or view.has("disputed") else None


@habit("refuse_return", by(Role.DISPATCHER), lambda view: {"because": view.words("refuse_return")})
def _refuse_return(view: View) -> datetime | None:
    return _decided(view) if _fits(view) and not view.has("disputed") else None


def _below(view: View) -> datetime | None:
    filed = view.order.return_filed_at
    return view.soon(filed, "decide below", 20, 200) if filed and view.order.parent_id else None


@habit("take_back_below", lambda view: upper(view, Role.DEPUTY), lambda view: {"because": view.words("take_back")})
def _take_back_below(view: View) -> datetime | None:
    return _below(view) if view.falls("below rid", 0.5) else None


@habit("refuse_return_below", lambda view: upper(view, Role.DEPUTY),
       lambda view: {"because": view.words("refuse_return")})  # fmt: skip
def _refuse_return_below(view: View) -> datetime | None:
    return None if view.falls("below rid", 0.5) else _below(view)


# more time


@habit("request_extension", clerk, lambda view: {"working_days": "2", "reason": view.words("extend")})
def _request_extension(view: View) -> datetime | None:
    fit = asks_for_time(view) and not view.dossier.extensions_of(view.order) and not sharing.assists(view.order)
    return moment(view, 0.6) if fit and taken_up(view) and view.order.due_at else None


def _leader(view: View) -> Actor | None:
    ranks = (Role.DEPUTY, Role.HEAD)
    return next((at_unit(r)(view) for r in ranks if doors.may_agree_to_extension(view.city.book, r)), None)


@habit("agree_to_extension", _leader)
def _agree_to_extension(view: View) -> datetime | None:
    asked = view.order.extension_asked_at
    return view.soon(asked, "agree ext", 10, 120) if asked and not view.hit("keeps time", 0.1) else None


@habit("disagree_with_extension", _leader, lambda view: {"because": view.words("extend_no")})
def _disagree_with_extension(view: View) -> datetime | None:
    asked = view.order.extension_asked_at
    return view.soon(asked, "disagree ext", 10, 120) if asked and view.hit("keeps time", 0.1) else None


@habit("explain_extension", clerk,
       lambda view: {"means": "sms" if view.matter.channel == "web" else "phone",
                     "words": view.words("extend_words")})  # fmt: skip
def _explain_extension(view: View) -> datetime | None:
    found = extensions.newest(view.dossier, view.order)
    if found is None or found.agreed_at is None or found.explained_at or view.hit("tells nobody", 0.12):
        return None
    return view.soon(found.agreed_at, "explain", 15, 150)


def _filed(view: View, low: float, high: float) -> datetime | None:
    """What becomes of an extension that lies before the office: by the lot that falls between two shares."""
    filed, share = view.order.extension_filed_at, view.share("filed extension")
    if filed is None or view.order.parent_id is not None or not low <= share < high:
        return None
    return view.soon(filed, "file ext", 30, 300)


@habit("accept_extension", by(Role.SUPERVISOR))
def _accept_extension(view: View) -> datetime | None:
    return _filed(view, 0.0, 0.65)


def _refusal(view: View) -> Form:
    ground = next(iter(view.city.book.provision("extension").values["refused_for"]))
    return {"ground": ground, "because": view.words("extend_refused")}


@habit("refuse_extension", by(Role.SUPERVISOR), _refusal)
def _refuse_extension(view: View) -> datetime | None:
    return _filed(view, 0.65, 0.78)


def _filed_below(view: View) -> datetime | None:
    filed = view.order.extension_filed_at
    return view.soon(filed, "ext below", 10, 100) if filed and view.order.parent_id else None


@habit("extend_below", lambda view: upper(view, Role.DEPUTY))
def _extend_below(view: View) -> datetime | None:
    return _filed_below(view) if view.falls("more below", 0.6) else None


@habit("refuse_to_extend_below", lambda view: upper(view, Role.DEPUTY),
       lambda view: {"because": view.words("extend_no")})  # fmt: skip
def _refuse_to_extend_below(view: View) -> datetime | None:
    return None if view.falls("more below", 0.6) else _filed_below(view)
