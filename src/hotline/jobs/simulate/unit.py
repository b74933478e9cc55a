"""承办 (units): who signs for orders, speaks to citizens, writes, signs off and files; each unit as it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.casework import sharing
from hotline.jobs.simulate.habits import Form, Who, habit
from hotline.jobs.simulate.intake import by
from hotline.jobs.simulate.view import View
from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.rules import contacts, explained, follow_up, letters, signing
from hotline.rules.contacts import Attempt

BEGUN = ("sent_back", "bounced", "approved_in_part", "redo_ordered", "called_again", "taken_up_again",
         "sent_back_below")  # fmt: skip
NO_LIMIT = timedelta(days=5)
RESTING = 0.08  # how far into its time a unit is done whose order is to stand somewhere at the end
ASKING = 0.86  # how far one is that wants more time
FAST = 60.0  # minutes within which an urgent order is answered


def at_unit(role: str) -> Who:
    """Somebody of the unit that holds the order."""

    def who(view: View) -> Actor | None:
        return view.unit.people.get(role) if view.unit else None

    return who


clerk = at_unit(Role.CLERK)


def taken_up(view: View) -> datetime | None:
    """Since when the unit is at work on it, however it came to be."""
    return view.order.signed_at or view.order.deemed_at


def round_begins(view: View) -> datetime:
    """Since when it is at work on what it is to file next."""
    return view.last(*BEGUN) or taken_up(view) or view.order.received_at


def asks_for_time(view: View) -> bool:
    """Whether the unit wants an extension of this order."""
    return view.unit is not None and view.hit("asks", view.unit.character.asks)


def _pace(view: View) -> float:
    """How far into its time the unit is done; more than 1 is late."""
    like, label = view.held.character, f"pace {view.order.round} {view.times('reply_drafted')}"
    if view.plot.rest:
        return RESTING
    if view.hit(f"late {view.order.round}", like.late):
        return view.between(label, 1.05, 1.6)
    return ASKING if asks_for_time(view) else min(0.9, like.pace * view.between(label, 0.6, 1.3))


def moment(view: View, part: float) -> datetime:
    """When a part of the work of this round is done."""
    begins = round_begins(view)
    if view.order.urgent:
        return begins + timedelta(minutes=FAST * part * (0.5 + view.share("fast")))
    ends = view.order.due_at if view.order.due_at and view.order.due_at > begins else begins + NO_LIMIT
    return view.at_work(begins + (ends - begins) * _pace(view) * part)


# signed for


@habit("sign_for", clerk)
def _sign_for(view: View) -> datetime | None:
    order = view.order
    if view.unit is None or view.hit("sleepy", view.unit.character.sleepy):
        return None
    if order.urgent:
        return view.after(order.received_at, "sign", 2, 9)
    if view.plot.rest:
        return view.at_work(view.after(order.received_at, "sign", 10, 60))
    share = view.between("sign", 0.02, 0.7)
    if view.hit("signs late", view.unit.character.late / 2):
        share += 1.0
    return view.at_work(order.received_at + (order.sign_until - order.received_at) * share)


# with the citizen


def hidden(view: View) -> bool:
    """Whether the unit may not know who called."""
    citizen = view.dossier.citizen()
    return view.matter.secrecy and citizen is not None and citizen.phone_sealed is not None


def _nobody(view: View) -> bool:
    citizen = view.dossier.citizen()
    return citizen is None or citizen.phone_sealed is None


def _tries(view: View) -> list[Attempt]:
    made = view.dossier.attempts_of(view.order)
    return [Attempt(a.at, a.outcome == "reached", view.dossier.body(a.note_id)) for a in made]


def spoken(view: View) -> bool:
    """Whether contact was made, or enough was tried; an assisting unit leaves it to the lead."""
    if sharing.assists(view.order) or view.order.contacted_at is not None:
        return True
    return contacts.may_file(view.city.book, _tries(view), None).ok


def _at_it_below(view: View) -> bool:
    """Whether a unit below is at work on it."""
    return any(order in view.dossier.open_orders() for order in sharing.below(view.dossier, view.order))


def _contact(view: View) -> Form:
    if _nobody(view):
        waiver = list(contacts.waivers(view.city.book))[-1]
        return {"outcome": "waived", "waiver": waiver, "note": view.words("contact_waived")}
    if view.has("unreachable"):
        return {"outcome": "tried", "means": "phone", "note": view.words("contact_tried")}
    means = "visit" if view.falls("visit", 0.3) else "phone"
    return {"outcome": "reached", "means": means, "note": view.words("contact")}


@habit("record_contact", clerk, _contact)
def _record_contact(view: View) -> datetime | None:
    begun, made = taken_up(view), len(view.dossier.attempts_of(view.order))
    if begun is None or spoken(view) or hidden(view) or _at_it_below(view):
        return None
    if made:
        return view.soon(view.dossier.attempts_of(view.order)[-1].at, f"contact {made}", 80, 200)
    return view.soon(begun, "contact", 10, 400)


@habit("ask_to_relay", clerk, lambda view: {"purpose": _purpose(view), "words": view.words(f"relay_{_purpose(view)}")})
def _ask_to_relay(view: View) -> datetime | None:
    begun, letter = taken_up(view), view.dossier.letter_of(view.order)
    if begun is None or not hidden(view) or view.order.relay_asked_at or sharing.assists(view.order):
        return None
    if not spoken(view):
        return view.soon(begun, "relay", 10, 300)
    waits = letter is not None and letter.answered_at is None and view.matter.channel != "web"
    return view.soon(letter.drafted_at, "relay answer", 5, 60) if letter and waits and _drafted(view) else None


def _drafted(view: View) -> bool:
    return view.order.status in ("drafted", "signed_off")


def _purpose(view: View) -> str:
    return "answer" if _drafted(view) else "contact"


@habit("relay", by(Role.OPERATOR), lambda view: {"outcome": "reached", "means": "phone", "note": view.words("relayed")})
def _relay(view: View) -> datetime | None:
    asked = view.order.relay_asked_at
    return view.soon(asked, f"relayed {view.times('relayed')}", 20, 240) if asked else None


# the letter


def explains(view: View) -> bool:
    """Whether it cannot be solved now, and the unit says so."""
    return view.has("explained") and not view.ever("called_again") and view.order.lead and not view.order.urgent


def poor(view: View, drafts: int) -> bool:
    """Whether the letter of so many drafts says next to nothing."""
    if view.plot.rest:
        return "poor" in view.plot.rest.traits and drafts == 1
    like = view.held.character.poor
    return view.hit(f"poor {drafts}", like if drafts == 1 else like * 1.6) and not explains(view)


def _letter(view: View) -> Form:
    plot, book = view.plot, view.city.book
    bad = poor(view, view.times("reply_drafted") + 1)
    reply, answer = plot.say(plot.topic.done), plot.say(plot.topic.tell)
    if explains(view):
        reply, answer = view.words("explained_reply"), view.words("explained_answer")
    elif bad:
        reply, answer = view.words("poor_reply"), view.words("poor_answer")
    law = {"citations": plot.topic.law} if plot.topic.law else {"no_citation_reason": view.words("no_citation")}
    return {"reply": reply, "answer": answer, "publishable": "" if view.matter.secrecy else answer, "responds": "1",
            **law, "contact_means": "没有联系上" if view.has("unreachable") or _nobody(view) else "电话",
            "contact_summary": view.words("contact_summary"),
            "satisfaction": view.plot.chance.pick("said", follow_up.grades(book)[:3]),
            "truthful": _option(view, "truthful"), "solved": "no" if explains(view) else "yes",
            "publish_opinion": _option(view, "publish_opinion"), **_review(view), **_signature(view)}  # fmt: skip


def _option(view: View, name: str) -> str:
    try:
        return str((letters.options(view.city.book, name) or ("",))[0])
    except KeyError:
        return ""


def _review(view: View) -> Form:
    """What an explanation needs besides: a day on which it is looked at again."""
    if not explains(view):
        return {}
    last = explained.latest_review_on(view.city.book, view.order.received_at)
    day = view.order.received_at.astimezone(view.city.book.tz).date()
    on = day + (last - day) * int(view.between("review", 20, 90)) // 100
    return {"understanding": "gained", "review_on": on.isoformat()}


def _signature(view: View) -> Form:
    unit = view.held
    signer = unit.named.get(Role.DEPUTY) or unit.named.get(Role.HEAD, "")
    return {"responsible_unit": unit.short, "responsible_name": signer, "responsible_phone": unit.phone,
            "handler_name": unit.named.get(Role.CLERK, ""), "handler_unit": unit.short,
            "handler_phone": unit.phone}  # fmt: skip


@habit("draft_reply", clerk, _letter)
def _draft_reply(view: View) -> datetime | None:
    order = view.order
    if order.status == "drafted" or taken_up(view) is None or not spoken(view) or _at_it_below(view):
        return None
    if order.return_asked_at or order.return_filed_at:
        return None
    before = [a.at for a in view.dossier.attempts_of(order)]
    return max(moment(view, 0.75), *before) if before else moment(view, 0.75)


def _means(view: View) -> Form:
    online = (view.matter.channel == "web" or _nobody(view) or hidden(view)) and not _private(view)
    return {"means": "online" if online else "phone", "note": view.words("answered")}


def _private(view: View) -> bool:
    """Whether the unit asks that nothing of it be public."""
    return view.has("private") and not view.matter.secrecy and not _nobody(view)


@habit("apply_to_withhold", clerk, lambda view: {"reason": view.words("withhold")})
def _apply_to_withhold(view: View) -> datetime | None:
    fit = _private(view) and not view.ever("withholding_asked") and view.unit is not None
    return view.soon(taken_up(view) or view.order.received_at, "private", 20, 300) if fit else None


@habit("withdraw_application_to_withhold", clerk)
def _withdraw_application(view: View) -> datetime | None:
    asked, fit = view.order.withhold_asked_at, view.hit("not so private", 0.1)
    return view.soon(asked, "not private", 10, 29) if asked and fit else None


@habit("answer_citizen", clerk, _means)
def _answer_citizen(view: View) -> datetime | None:
    letter = view.dossier.letter_of(view.order)
    if letter is None or letter.answered_at or sharing.assists(view.order):
        return None
    if hidden(view) and view.matter.channel != "web":
        return None
    return view.soon(letter.drafted_at, f"answer {view.times('reply_drafted')}", 10, 90)


def _signer(view: View) -> Actor | None:
    matter = view.matter
    level = signing.level(view.city.book, major=matter.major, instructed=matter.instructed_at is not None,
                          submitted=matter.submitted_at is not None)  # fmt: skip
    return at_unit(level.role)(view) or at_unit(Role.DEPUTY)(view)


@habit("sign_off", _signer, lambda view: {"remarks": view.words("remarks")})
def _sign_off(view: View) -> datetime | None:
    letter = view.dossier.letter_of(view.order)
    if letter is None or not (letter.answered_at or sharing.assists(view.order)):
        return None
    since = max(letter.drafted_at, letter.answered_at or letter.drafted_at)
    return view.soon(since, f"sign off {view.times('reply_drafted')}", 15, 180)


@habit("file", clerk)
def _file(view: View) -> datetime | None:
    letter = view.dossier.letter_of(view.order)
    if letter is None or letter.signed_off_at is None:
        return None
    return max(moment(view, 1.0), view.soon(letter.signed_off_at, "file", 5, 60))
