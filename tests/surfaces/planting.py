"""Matters planted in a city of the demonstration, under either rulebook: lived by the cards themselves, each with words
of its own, so that whatever says one of them has let it out. The city's time stands still meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connections
from django.test import Client

from hotline.casework.attachments import keeping
from hotline.network.models import Person, Post, Unit
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Done, Subject, perform
from hotline.procedure.world import current
from hotline.surfaces import sign_in
from support import line
from support.pictures import picture
from surfaces.city import WEDNESDAY

WORDS = count(1)


@dataclass(frozen=True, slots=True)
class Place:
    """Which of the demonstration's people sit where, in one city: a level-2 unit with one below it, another level-2
    unit, and the people of the hotline."""

    unit: str
    below: str
    other: str
    of_unit: str
    of_below: str
    of_other: str


PLACES = {
    "suzhou-2018": Place("341302", "341302005", "341321", "yongqiao", "sanliwan", "dangshan"),
    "example-city": Place("C1", "C1-2", "D1", "dukou", "dongdu", "daolu"),
}


@dataclass(frozen=True, slots=True)
class Planted:
    """One matter, and everything that would betray it."""

    id: int
    number: str
    code: str
    name: str
    phone: str
    words: tuple[str, ...]
    file_id: int
    citizen_id: int

    def said_in(self, text: str) -> list[str]:
        """What of it stands in a text."""
        every = (self.number, self.number[4:13], self.code, self.name, self.phone, *self.words)
        return [one for one in every if one and one in text]


def unit_of(code: str) -> int:
    """A unit by its code."""
    return int(Unit.objects.values_list("id", flat=True).get(code=code))


def actor(login: str, role: str = "") -> Actor:
    """Somebody at their oldest post, or at the one of this role."""
    held = Post.objects.filter(person__login=login, status="open", **({"role": role} if role else {}))
    post = held.order_by("began_at", "id")[0]
    return Actor(post.role, post.person_id, post.id, post.unit_id)


def browser(login: str, post: Post) -> Client:
    """A browser in which somebody is signed in, acting as this post, be it another's."""
    who, token = Person.objects.get(login=login), f"door-{login}-{post.id}"
    mark = sign_in.password_mark(who.password)
    row = (sign_in.token_hash(token), who.id, post.id, WEDNESDAY, WEDNESDAY, "infinity", mark)
    with connections["default"].cursor() as cur:
        cur.execute("INSERT INTO surfaces_session"
                    " (token_hash, person_id, post_id, created_at, seen_at, expires_at, mark)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING", row)  # fmt: skip
    client = Client()
    client.cookies["minsheng_session"] = token
    return client


def done(verb: str, who: Actor, matter_id: int | None = None, order_id: int | None = None, **form: Any) -> Done:
    """Perform a card with its good form and what is said otherwise."""
    from hotline.casework.records import Order

    row = (Order, order_id) if order_id is not None else None
    good = {**line.forms(current().book).get(verb, {}), **form}
    return perform(REGISTRY[verb], Subject("matter", matter_id, row), good, actor=who, now=WEDNESDAY)


def registered(secret: bool = False, **form: Any) -> Planted:
    """Words, a caller and a picture that nobody else brings."""
    from hotline.casework.models import Attachment, Contact

    n = next(WORDS)
    name, phone = f"令狐{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}", f"139{n:08d}"
    words = (f"要点之{n}楼", f"原话之{n}单元", f"图{n}号")
    token = keeping.take_in(f"{words[2]}.jpg", picture(size=(4, 3)), b"somewhere").token
    told = done("register", form.pop("by", Actor("citizen")), channel=form.pop("channel", "web"), gist=words[0],
                words=words[1], name=name, phone=phone, files=token, secrecy="1" if secret else "", **form)  # fmt: skip
    extra = told.extra or {}
    contact = Contact.objects.filter(matter_id=told.chain.id).order_by("id")[0]
    file_id = Attachment.objects.filter(matter_id=told.chain.id).values_list("id", flat=True).first()
    return Planted(told.chain.id, str(extra["number"]), str(extra["code"]), name, phone, words, int(file_id or 0),
                   int(contact.citizen_id or 0))  # fmt: skip


def in_hand(one: Planted, unit: str, of_unit: str, *, kind: str = "complaint") -> int:
    """Accepted, dispatched, signed for, with a letter where the unit may speak with the caller: its order."""
    from hotline.casework.models import Order

    done("accept", actor("web"), one.id)
    done("dispatch", actor("dispatcher", "dispatcher"), one.id, unit=str(unit_of(unit)), kind=kind)
    order = int(Order.objects.filter(matter_id=one.id).values_list("id", flat=True)[0])
    done("sign_for", actor(f"{of_unit}-clerk"), one.id, order)
    if kind != "complaint":
        return order
    done("record_contact", actor(f"{of_unit}-clerk"), one.id, order)
    done("draft_reply", actor(f"{of_unit}-clerk"), one.id, order, reply=f"反馈里写着{one.words[1]}")
    return order


def about(one: Planted, target: str, by: str, unit: str = "", login: str = "") -> None:
    """Whom it complains about is found out."""
    name = Person.objects.get(login=login).login if login else ""
    done("name_target", actor(by), one.id, target=target, unit=str(unit_of(unit)) if unit else "", name=name)
