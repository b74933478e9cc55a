"""Side doors: every address of the site and every command that reads, walked by everybody from whom a matter is kept,
before it is there and after: nothing they are answered says that it is (issue 5 §3, R-21). Under both rulebooks."""

from __future__ import annotations

import contextlib
import json
import re
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from harness import databases
from hotline.casework import desks
from hotline.casework.numbers import matter_number
from hotline.network.models import Post
from hotline.network.transitions.acting import AppointActing
from hotline.network.transitions.posts import EndPost
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.perform import Subject, perform
from hotline.procedure.world import current
from hotline.surfaces import frame
from surfaces import doors, planting
from surfaces.city import WEDNESDAY
from surfaces.planting import Place, Planted
from surfaces.test_urls import names, of_the_network

PLACE = count(1)
SEARCHES = {"words": "?q=要点之+原话之", "day": "?since=2026-11-18", "kind": "?kind=complaint&status=o-dispatched"}
NOBODYS = Planted(0, "20261118-9999-0", "", "", "", (), 0, 0)
MARKS = (
    (r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1"), (r'(name="seen_seq" value=)"\d+"', r"\1"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "UUID"), (r"/staff/persons/[^/\"]{40,}/", "/staff/persons/TOKEN/"),
    (r'id="line-\d+"', "LINE"), (r"file(/|%2F)\d+", "FILE"), (r"persons%2F[^&\"]{40,}", "TOKEN"),
    (r"caller=[\w%:.=-]{40,}", "caller=TOKEN"),
)  # fmt: skip


@dataclass(slots=True)
class Visitor:
    """Somebody from whom a matter is kept: in which column of the table, how they are signed in, as whom; `plant` makes
    the matter; `beside`: a matter they may see, to which it is linked or joined."""

    column: str
    client: Client
    plant: Callable[[], Planted]
    role: str = ""
    beside: str = ""
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one is answered, without what differs each time."""

    status: int
    body: str


def asked(answer: Any, one: Planted) -> Answer:
    body = answer.content.decode(errors="replace") + answer.headers.get("Location", "")
    for pattern, instead in MARKS:
        body = re.sub(pattern, instead, body.replace(one.number, "NUMBER").replace(one.number[4:13], "NUMBER"))
    return Answer(answer.status_code, body)


def person_token(one: Planted) -> str:
    return str(frame.hidden([one.citizen_id, "某人"], "person"))


def address(name: str, one: Planted) -> str:
    """A door's address, for one matter."""
    name, _, more = name.partition("/") if not name.startswith("-") else (name, "", "")
    of_matter = {"number": one.number}
    token = {"token": person_token(one)} if name.startswith("person") and name != "persons" else None
    given: dict[str, Any] = {
        "security-end": {"key": "others"}, "security-verb": {"verb": "renew_codes"},
        **dict.fromkeys(("matter", "reveal", "follow", "rate", "supply", "review", "withdraw"), of_matter),
        "attachment": {**of_matter, "file_id": str(one.file_id)}, "verb": {**of_matter, "verb": "record_contact"},
        "reply": of_matter, "reply-print": of_matter, "answer-print": of_matter, "submission-sheet": of_matter,
        "paper": {**of_matter, "what": "letter"},
        "person": token, "person-export": token, "desk": {"name": "open"}, "published-text": {"row_id": "1"},
        "clause": {"clause_id": next(iter(current().book.clauses))}, **of_the_network(),
        "knowledge-entry": {"number": "Z99999"}, "knowledge-verb": {"number": "Z99999", "verb": "revise_entry"},
    }  # fmt: skip
    if name == "network-export" and more:
        given[name] = {"what": more, "kind": "csv"}
    if name == "-/alive":
        return "/-/alive"
    url = reverse(name, kwargs=given.get(name))
    named = {"beside": "m", "from": "from", "same_call": "same_call", "follows": "follows", "number": "q"}
    return url + (f"?{named[more]}={one.number}" if more in named else SEARCHES.get(more, ""))


def sent(name: str, one: Planted) -> dict[str, str]:
    """What is posted at a door."""
    return {"follow-query": {"number": one.number, "code": "ABCDEFGHJKLM"},
            "intake": {"act_id": str(uuid4()), "do": "drop"},
            "persons": {"phone": one.phone or "13900000000"}, "search": {"phone": one.phone or "13900000000"},
            "search-kept": {"end": "x"},
            "search-export/number": {"purpose": "handling"},
            "person": {"reason": "本人当面提出"}}.get(name, {"act_id": str(uuid4())})  # fmt: skip


def walked(who: Visitor, one: Planted, *, whole: bool = True) -> dict[str, Answer]:
    """Every door, each of one's own lists, and the matter beside which it stands; not `whole`: but for what no matter
    could change, which is looked through once."""
    seen = {f"GET {name}": asked(who.client.get(address(name, one)), one) for name in doors.GET
            if name != "desk" and (whole or name not in doors.STILL)}  # fmt: skip
    for name in doors.POST:  # from another place each time, for what is patient with a few tries only
        n = next(PLACE)
        answer = who.client.post(address(name, one), sent(name, one), REMOTE_ADDR=f"10.{n // 250}.{n % 250}.1")
        seen[f"POST {name}"] = asked(answer, one)
    for name in who.lists or ("open",):
        seen[f"LIST {name}"] = asked(who.client.get(f"/staff/desk/{name}/"), one)
    if who.beside:
        url = f"/staff/m/{who.beside}/"
        for more in ("", "join_matter/", "dispatch/", "urge/", "separate_matter/"):
            seen[f"BESIDE {more}"] = asked(who.client.get(url + more), one)
        join = {"act_id": str(uuid4()), "number": one.number, "words": "六楼", "reason": "同一件"}
        seen["BESIDE joining"] = asked(who.client.post(f"{url}join_matter/", join), one)
    return seen


def expected(who: Visitor) -> dict[str, int]:
    """What the table says for the visitor."""
    at = doors.COLUMNS.index(who.column)
    rows = {f"GET {name}": row[at] for name, row in doors.GET.items() if name != "desk"}
    rows |= {f"POST {name}": row[at] for name, row in doors.POST.items()}
    rows |= doors.SIGNERS if who.role in REGISTRY["sign_off"].by and who.column == "unit" else {}
    orders = current().book.provision("date_shift").values["ordered_by"]
    rows |= doors.ORDERERS if who.role == who.column == orders else {}
    return rows | {f"LIST {name}": doors.GET["desk"][at] for name in who.lists or ("open",)}


def signed_in(login: str, role: str = "") -> Client:
    held = Post.objects.filter(person__login=login, status="open", **({"role": role} if role else {}))
    return planting.browser(login, held.order_by("began_at", "id")[0])


def staff(column: str, login: str, plant: Callable[[], Planted], role: str = "", beside: str = "") -> Visitor:
    """Somebody at their own post."""
    who = planting.actor(login, role)
    return Visitor(column, signed_in(login, role), plant, who.role, beside, lists_of(who))


def lists_of(who: Actor) -> tuple[str, ...]:
    return tuple(one.name for one in desks.desks_of(who))


def ordinary(place: Place) -> Callable[[], Planted]:
    """A matter in the hands of a level-2 unit, its caller kept secret."""

    def plant() -> Planted:
        one = planting.registered(secret=True, kind="report")
        planting.in_hand(one, place.unit, place.of_unit, kind="report")
        return one

    return plant


def before_a_leader(place: Place) -> Planted:
    one = ordinary(place)()
    post = str(Post.objects.get(person__login="leader", role="leader").id)
    second = planting.registered()
    planting.done("accept", planting.actor("web"), second.id)
    planting.done("submit", planting.actor("dispatcher", "dispatcher"), second.id, leader=post, opinion=second.words[1])
    return replace(second, words=(*one.words, *second.words))


def complaint(place: Place, target: str, by: str, beside: str = "", joined: bool = False, **named: str) -> Planted:
    """A matter in hand at another unit, linked or joined to one that is there, then found to be about somebody."""
    more = {"by": planting.actor("web"), "channel": "phone"}
    linked = {**more, "beside": beside, "relation": "same_call"} if beside and not joined else {}
    one = planting.registered(**linked)
    if joined:
        planting.done("accept", planting.actor("web"), one.id)
        planting.done("join_matter", planting.actor("web"), one.id, number=beside, words=f"转告{one.words[1]}")
    else:
        planting.in_hand(one, place.other, place.of_other)
    planting.about(one, target, by, **named)
    return one


def main_matter(place: Place) -> Planted:
    """One that everybody at the hotline sees, in the hands of the level-2 unit."""
    one = planting.registered()
    planting.in_hand(one, place.unit, place.of_unit)
    return one


def outsiders(place: Place) -> dict[str, Callable[[], Visitor]]:
    """Those whom it is no business of."""

    def citizen() -> Visitor:
        mine = planting.registered()
        client = Client()
        assert client.post("/follow/", {"number": mine.number, "code": mine.code}).status_code == 303
        assert mine.words[0] in client.get(f"/follow/{mine.number}/").content.decode()
        return Visitor("out", client, ordinary(place))

    def ended() -> Visitor:
        post = Post.objects.get(person__login=f"{place.of_unit}-head", status="open")
        client = planting.browser(f"{place.of_unit}-head", post)
        assert client.get("/staff/desk/open/").status_code == 200
        perform(EndPost, Subject("post", post.id), {}, actor=planting.actor("admin"), now=WEDNESDAY)
        return Visitor("out", client, ordinary(place))

    def expired() -> Visitor:
        post, then = Post.objects.get(person__login=f"{place.of_unit}-clerk"), WEDNESDAY - timedelta(days=2)
        span = {"from_at": then.isoformat(), "until_at": (then + timedelta(days=1)).isoformat()}
        form = {"login": f"{place.of_other}-clerk", **span}
        perform(AppointActing, Subject("post", post.id), form, actor=planting.actor("admin"), now=then)
        return Visitor("out", planting.browser(f"{place.of_other}-clerk", post), ordinary(place))

    return {
        "nobody": lambda: Visitor("out", Client(), ordinary(place)), "citizen": citizen,
        "ended post": ended, "expired acting": expired,
        "another unit": lambda: staff("unit", f"{place.of_other}-clerk", ordinary(place)),
        "level 3": lambda: staff("unit", f"{place.of_below}-deputy", ordinary(place)),
        "administrator": lambda: staff("admin", "admin", ordinary(place), "admin"),
        "another leader": lambda: staff("leader", "leader2", lambda: before_a_leader(place)),
    }  # fmt: skip


def acting_for(login: str, post: Post, column: str, plant: Callable[[], Planted]) -> Visitor:
    """Somebody in another's post, for a day."""
    span = {"from_at": WEDNESDAY.isoformat(), "until_at": (WEDNESDAY + timedelta(days=1)).isoformat()}
    form = {"login": login, **span}
    perform(AppointActing, Subject("post", post.id), form, actor=planting.actor("admin"), now=WEDNESDAY)
    who = Actor(post.role, None, post.id, post.unit_id)
    return Visitor(column, planting.browser(login, post), plant, post.role, lists=lists_of(who))


def held(place: Place, who: str) -> Callable[[], Visitor]:
    """One of a unit that had it in its own hands, with a letter, before it was found to be about the unit."""

    def plant() -> Planted:
        one = planting.registered()
        planting.in_hand(one, place.unit, place.of_unit)
        planting.about(one, "unit", "supervisor", unit=place.unit)
        return one

    return lambda: staff("unit", f"{place.of_unit}-{who}", plant)


def targets(place: Place) -> dict[str, Callable[[], Visitor]]:
    """Those whom it is about: unit, signer, reviewer, operator, inspector; at their own desk or at another's."""

    def office(column: str, login: str, by: str, joined: bool = False) -> Callable[[], Visitor]:
        def made() -> Visitor:
            main = main_matter(place)
            return staff(column, login, lambda: complaint(place, "staff", by, main.number, joined, login=login),
                         beside=main.number)  # fmt: skip

        return made

    def of_unit(who: str, joined: bool = False, **named: str) -> Callable[[], Visitor]:
        def made() -> Visitor:
            main = main_matter(place)
            target, sort = {"unit": place.unit, **named}, "person" if named else "unit"
            return staff("unit", f"{place.of_unit}-{who}",
                         lambda: complaint(place, sort, "supervisor", main.number, joined, **target),
                         beside=main.number)  # fmt: skip

        return made

    def elsewhere() -> Visitor:
        post = Post.objects.get(person__login=f"{place.of_other}-clerk", status="open")
        return acting_for(f"{place.of_below}-clerk", post, "unit",
                          lambda: complaint(place, "unit", "supervisor", unit=place.below))  # fmt: skip

    def at_the_centre() -> Visitor:
        post = Post.objects.get(person__login="inspector", status="open")
        return acting_for("operator", post, "inspector", lambda: complaint(place, "hotline", "supervisor"))

    return {
        "operator": office("operator", "operator", "supervisor"),
        "operator, joined": office("operator", "operator", "supervisor", joined=True),
        "reviewer": office("reviewer", "reviewer", "supervisor"),
        "inspector": office("inspector", "inspector", "supervisor", joined=True),
        "the centre that inspects": lambda: staff("inspector", "inspector",
                                                  lambda: complaint(place, "centre", "supervisor")),
        "unit": of_unit("clerk"), "unit, joined": of_unit("clerk", joined=True),
        "signer": of_unit("deputy", login=f"{place.of_unit}-deputy"),
        "unit, of what it held": held(place, "clerk"), "head, of what the unit held": held(place, "head"),
        "unit, at another's desk": elsewhere, "operator, at the centre's desk": at_the_centre,
    }  # fmt: skip


def betrayed(who: Visitor) -> list[str]:
    """What answers otherwise than the table says, or otherwise once the matter is there, or says something of it."""
    before = walked(who, replace(NOBODYS, number=matter_number(WEDNESDAY.date(), 8000 + next(PLACE))), whole=False)
    one = who.plant()
    after = walked(who, one)
    wrong = [f"{door}: {after[door].status}, not {status}" for door, status in expected(who).items()
             if after[door].status != status]  # fmt: skip
    wrong += [f"{door}: another answer" for door in before if before[door] != after[door]]
    return wrong + [f"{door}: {said}" for door, answer in after.items() for said in one.said_in(answer.body)]


def test_no_address_and_no_command_is_missing_here() -> None:
    there = {name for name, _ in names()}
    assert there == {name if name.startswith("-") else name.partition("/")[0] for name in doors.GET}
    assert {name.partition("/")[0] for name in doors.POST} <= there
    folder = Path(import_module("hotline.config.commands").__file__ or "").parent
    assert set(doors.COMMANDS) == {path.stem for path in folder.glob("*.py")} - {"__init__"}


def test_nobody_finds_what_is_kept_from_them(place: Place) -> None:
    """In this order: a post that has ended cannot be walked again."""
    found = {}
    for who, made in {**targets(place), **outsiders(place)}.items():
        if wrong := betrayed(made()):
            found[who] = wrong
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def test_who_may_see_it_does(place: Place) -> None:
    """Else the walk above would prove nothing: the same walk, by those whose business it is."""
    one = ordinary(place)()
    for login, picture in ((f"{place.of_unit}-clerk", 404), ("operator", 200)):  # the caller's, who is kept secret
        after = walked(staff("any", login, ordinary(place)), one)
        assert after["GET matter"].status == after["GET desk/beside"].status == 200
        assert after["GET attachment"].status == picture
        assert one.words[1] in after["GET matter"].body
        assert one.words[0] in after["LIST open"].body
        assert one.words[0] in after["GET search/words"].body
        assert one.words[0] in after["GET search/day"].body
        assert one.name not in after["GET matter"].body
    told = about_somebody(place)
    inspector = staff("inspector", "inspector", ordinary(place))
    assert told.said_in(walked(inspector, told)["POST persons"].body)


def about_somebody(place: Place) -> Planted:
    return complaint(place, "staff", "supervisor", login="operator")


SAY = {
    "verify": ["--json"], "clauses": ["--json"], "transitions": ["--json"], "keys": ["status", "--json"],
    "network": ["check", "--json"], "calendar": ["check", "--json"],
}  # fmt: skip


@pytest.mark.parametrize("name", SAY)
def test_no_command_says_anything_of_a_matter(
    place: Place, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hotline.config import boot

    monkeypatch.setattr(boot, "city", lambda *_, **__: contextlib.nullcontext())
    one, module, parser = ordinary(place)(), import_module(f"hotline.config.commands.{name}"), ArgumentParser()
    module.add_arguments(parser)
    args = parser.parse_args(SAY[name])
    args.data = databases.run_folder()
    module.run(args)
    said = capsys.readouterr().out
    assert json.loads(said)
    assert one.said_in(said) == []


def test_no_metric_and_no_finding_says_anything_of_a_matter(place: Place) -> None:
    from django.db import connections
    from prometheus_client import generate_latest

    from hotline.config import exporter
    from hotline.config.doctor import base, city
    from hotline.config.paths import DataFolder

    one, data = ordinary(place)(), DataFolder(databases.run_folder())
    found = [*base.everything(connections["owner"], data, False), *city.everything(data)]
    said = generate_latest(exporter.registry(data)).decode() + "".join(f"{each}" for each in found)
    assert "hotline" in said
    assert one.said_in(said) == []
