"""受理 (intake): what citizens say is registered, completed, accepted or declined."""

from __future__ import annotations

from datetime import datetime

from hotline.casework.numbers import credit_check
from hotline.jobs.simulate import plots
from hotline.jobs.simulate.habits import Form, Who, habit
from hotline.jobs.simulate.people import City
from hotline.jobs.simulate.topics import words
from hotline.jobs.simulate.view import View
from hotline.network.roles import CITIZEN, Role
from hotline.procedure.actor import Actor
from hotline.rules import asking, elements, refusals
from hotline.rules.book import Rulebook
from hotline.rules.contacts import Attempt
from hotline.rules.refusals import Refusal


def by(role: Role) -> Who:
    """Somebody of the office in this post."""
    return lambda view: view.one(role)


def operator(view: View) -> Actor | None:
    """Who takes what comes by this channel."""
    web = view.city.web if view.matter.channel == "web" else None
    return web or view.one(Role.OPERATOR)


def registrar(city: City, plot: plots.Plot) -> Actor:
    """Citizens write themselves; an operator writes down what is said on the telephone."""
    return CITIZEN if plot.channel == "web" else plot.chance.pick("operator", city.posts[Role.OPERATOR])


def registration(city: City, plot: plots.Plot) -> Form:
    """What the citizen says."""
    vague = plot.has("vague")
    gist = words()["vague_gist"][0] if vague else plot.say(plot.topic.gist)
    ways = words()["vague_words"] if vague else words()["danger_words"] if endangered(plot) else plot.topic.words
    said = plot.say(plot.chance.pick("words", ways))
    secret = city.book.kind(plot.kind).confidential or plot.has("secret")
    wish = plot.chance.pick("wish", list(city.book.provision("publication_wishes").values["wishes"]))
    return {"kind": plot.kind, "gist": gist, "words": said, **caller(plot),
            "secrecy": "1" if secret else "", "publish_wish": wish, "channel": plot.channel,
            "area": city.area(plot.place), "community": community(city, plot), **record(city.book, plot)}  # fmt: skip


def community(city: City, plot: plots.Plot) -> str:
    """Where people live below the township, as an operator writes it down."""
    lived = next((spot for spot in words()["spot"] if plot.place.endswith(spot)), "")
    known = plot.channel != "web" and city.area(plot.place) and any(home in lived for home in words()["homes"])
    return lived if known else ""


def endangered(plot: plots.Plot) -> bool:
    """Whether somebody writes of danger to life on the site."""
    return plot.channel == "web" and not plot.has("joins") and plot.has("danger")


def caller(plot: plots.Plot) -> Form:
    """Who calls: somebody, for some enterprise, or nobody named."""
    if not plot.name or not plot.has("enterprise"):
        return {"caller": "person" if plot.name else "anonymous", "name": plot.name, "phone": plot.phone}
    body = f"91{plot.chance.bits('credit') % 10**15:015d}"
    return {"caller": "enterprise", "name": f"{plot.name[0]}记商贸有限公司", "contact": plot.name, "phone": plot.phone,
            "credit_code": body + credit_check(body)}  # fmt: skip


def record(book: Rulebook, plot: plots.Plot) -> Form:
    """The elements of the record, under whatever names the rulebook gives them."""
    told = {"place": plot.place, "cause": plot.say(plot.topic.gist)}
    ways = words()
    return {name: told.get(name) or plot.say(plot.chance.pick(name, ways.get(name, ways["course"])))
            for name in elements.terms(book)}  # fmt: skip


def begun(view: View) -> datetime:
    """Since when it can be looked at."""
    return view.matter.supplied_at or view.matter.registered_at


def acceptance(view: View) -> Form:
    """Under which item it is taken, with a whole record."""
    item = view.plot.chance.pick("item", list(refusals.acceptance_items(view.city.book)))
    urgent = {"urgent": "1", "urgent_reason": view.words("urgent_reason")} if view.has("urgent") else {}
    return {"item": item, "category": view.plot.topic.category, **urgent, **record(view.city.book, view.plot)}


@habit("accept", operator, acceptance)
def _accept(view: View) -> datetime | None:
    not_ours = view.matter.supplied_at is None if view.has("vague") else view.has("refused")
    if not_ours and not view.ever("refusal_rejected"):
        return None
    if view.matter.channel == "web" and not view.has("urgent"):
        return view.soon(begun(view), "accept", 20, 240)
    return view.after(begun(view), "accept", 2, 9)


# facts that are missing, and matters that are not for the hotline


def _asking(view: View) -> Form:
    outcome = "asked" if view.hit(f"asked {view.ever('facts_asked')}", 0.5) else "tried"
    return {"missing": view.words("ask"), "means": "phone", "outcome": outcome, "note": view.words("ask_note")}


@habit("ask_for_facts", operator, _asking)
def _ask_for_facts(view: View) -> datetime | None:
    if not view.has("vague") or view.matter.supplied_at or asking.asked_enough(view.city.book, _tries(view)).ok:
        return None
    asked = view.last("facts_asked")
    if asked is None:
        return view.soon(view.matter.registered_at, "ask", 5, 60)
    return view.at_work(view.after(asked, f"ask {view.times('facts_asked')}", 1500, 1800))


def _tries(view: View) -> list[Attempt]:
    return [Attempt(a.at, a.outcome != "tried", view.dossier.body(a.note_id)) for a in view.dossier.asked()]


@habit("take_alarm", by(Role.SHIFT_LEADER), lambda view: {"doing": view.words("alarm_doing")})
def _take_alarm(view: View) -> datetime | None:
    """Most at the first message; some only when they were told again."""
    stands = view.matter.alarm_at if view.matter.alarm_next_at is not None else None
    return view.after(stands, "take alarm", 1, 12 if view.hit("away", 0.3) else 4) if stands else None


@habit("supply_facts", lambda view: CITIZEN if view.matter.channel == "web" else view.one(Role.OPERATOR),
       lambda view: {"facts": view.words("supply")})  # fmt: skip
def _supply_facts(view: View) -> datetime | None:
    asked = view.last("facts_asked")
    return view.after(asked, "supply", 120, 1300) if asked and view.has("supplies") else None


def ground_of(view: View) -> Refusal:
    """On what ground it is not for the hotline, if it is not."""
    grounds = [g for g in refusals.items(view.city.book).values() if not (g.hand_over or g.lock_text)]
    fit = [g for g in grounds if g.ask_first is view.has("vague")]
    if view.plot.rest and view.has("weighed"):
        return view.plot.chance.pick("ground", [g for g in grounds if g.approver and not g.ask_first])
    return view.plot.chance.pick("ground", [g for g in fit if g.numbers] or grounds)


@habit("decline", operator, lambda view: {"refusal": ground_of(view).id, "reason": view.words("decline")})
def _decline(view: View) -> datetime | None:
    return None if ground_of(view).approver else unclear(view, "decline")


def unclear(view: View, name: str) -> datetime | None:
    """When it is found not to be for the hotline: at once, or after the citizen was asked often enough."""
    asked = view.last("facts_asked")
    if view.has("vague"):
        enough = asked is not None and asking.asked_enough(view.city.book, _tries(view)).ok
        return view.soon(asked, name, 1000, 2000) if asked and enough and not view.matter.supplied_at else None
    return view.soon(view.matter.registered_at, name, 10, 90) if view.has("refused") else None
