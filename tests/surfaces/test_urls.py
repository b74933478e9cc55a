"""Post × URL, walked in full: every named address for everyone who might ask. An address missing here fails.

200 shown · 302 sent elsewhere (to sign in, to one's own desk) · 303 done · 403 not this post's · 404 not there, or not
for these eyes, which is the same · 405 only by POST · 409 not now · 422 not like this."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from support import entries
from support.pictures import picture
from surfaces.city import client_of
from surfaces.walk import Walk, leader_post

OFFICE = ("operator", "dispatcher", "reviewer", "follow", "supervisor", "inspector", "shift")
OUTSIDE = ("leader", "admin")
HOLDER = ("clerk", "deputy", "head")  # of the unit that holds the order, a level-3 one
ABOVE = ("level2",)  # the level-2 unit above it
STRANGER = ("stranger",)  # another level-2 unit
LOGINS = {
    **{one: one for one in (*OFFICE, *OUTSIDE)},
    "clerk": "sanliwan-clerk", "deputy": "sanliwan-deputy", "head": "sanliwan-head",
    "level2": "yongqiao-clerk", "stranger": "dangshan-clerk",
}  # fmt: skip
STAFF = tuple(LOGINS)
EVERYBODY = ("anonymous", *STAFF)
TRIERS = ("supervisor", "inspector", "shift", *HOLDER, *ABOVE, *STRANGER)  # a unit: those below it, perhaps none


def all_of(who: tuple[str, ...], status: int) -> dict[str, int]:
    """The same answer for all of them."""
    return dict.fromkeys(who, status)


NOBODY_IN = {"anonymous": 302}
SEES = all_of((*OFFICE, *HOLDER, *ABOVE), 200)
SEES_NOT = all_of((*OUTSIDE, *STRANGER), 404)
OPEN = all_of(EVERYBODY, 200)
STAFF_ONLY = {**NOBODY_IN, **all_of(STAFF, 200)}
POST_ONLY = all_of(EVERYBODY, 405)
OFFICERS_ONLY = {**NOBODY_IN, **all_of(STAFF, 403), "inspector": 200}
ADMINS_ONLY = {**NOBODY_IN, **all_of(STAFF, 403), "admin": 200}
ADMINS_WRONG = {**NOBODY_IN, **all_of(STAFF, 403), "admin": 422}
ADMINS = ("network", "network-open", "network-unit", "network-appoint", "network-unit-verb", "network-post-verb",
          "network-duty", "network-accounts", "network-sheets", "network-export", "network-catalogue",
          "network-catalogue-add", "network-catalogue-verb", "network-categories", "network-category-add",
          "network-category-verb", "network-sessions", "network-wordings", "network-wording", "network-danger",
          "network-danger-add", "network-danger-end")  # fmt: skip

GET: dict[str, dict[str, int]] = {
    # citizens
    "home": OPEN,
    "type": POST_ONLY,
    "refused": OPEN,
    "submit": OPEN,
    "done": all_of(EVERYBODY, 302),
    "follow-query": OPEN,
    "published": OPEN,
    "published-text": all_of(EVERYBODY, 404),  # nothing of this matter is public
    "follow": all_of(EVERYBODY, 302),
    "rate": all_of(EVERYBODY, 302),
    "supply": all_of(EVERYBODY, 302),
    "review": all_of(EVERYBODY, 302),
    "withdraw": all_of(EVERYBODY, 302),
    # staff
    "work": {**STAFF_ONLY, "admin": 302},
    "lists": all_of(EVERYBODY, 302),
    "seen": POST_ONLY,
    **dict.fromkeys(("notices", "notices-count", "notices-ways", "waits"), {**STAFF_ONLY, "admin": 403}),
    "sign-in": OPEN,
    "sign-in-second": all_of(EVERYBODY, 302),  # only after a first step
    "sign-out": POST_ONLY,
    "switch-post": POST_ONLY,
    "security": STAFF_ONLY,
    "security-enrol": STAFF_ONLY,
    "security-end": POST_ONLY,
    "security-verb": {**NOBODY_IN, **all_of(STAFF, 303)},  # nobody has a second factor here
    "password": STAFF_ONLY,
    "desk": {**NOBODY_IN, **all_of((*OFFICE, *HOLDER, *ABOVE, *STRANGER), 200), **all_of(OUTSIDE, 404)},
    "sign-together": {**NOBODY_IN, **all_of(STAFF, 403), **all_of((*HOLDER, *ABOVE, *STRANGER), 303)},
    **dict.fromkeys(("hand-down-together", "unit-figures-export"),
                    {**NOBODY_IN, **all_of(STAFF, 403), **all_of((*HOLDER, *ABOVE, *STRANGER), 200)}),
    "search": {**STAFF_ONLY, "admin": 403},
    "search-kept": POST_ONLY,
    "search-export": {**all_of(EVERYBODY, 302), "admin": 403},
    **dict.fromkeys(("register", "intake"),
                    {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("operator", "shift"), 200)}),
    "review-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("reviewer", "shift"), 200)},
    "follow-up-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("follow", "shift"), 200)},
    "web-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("operator", "shift"), 200)},
    "dispatch-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("dispatcher", "shift"), 200)},
    "sign-off-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("deputy", "head"), 200)},
    **dict.fromkeys(("leaders-desk", "leaders-given"), {**NOBODY_IN, **all_of(STAFF, 403), "leader": 200}),
    "shift-desk": {**NOBODY_IN, **all_of(STAFF, 403), "shift": 200},
    "unit-figures": {**NOBODY_IN, **all_of(STAFF, 403), **all_of((*HOLDER, *ABOVE, *STRANGER), 200)},
    "duty-calls": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(TRIERS, 200)},
    "duty-call": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(TRIERS, 404), **all_of(TRIERS[:3], 200)},
    "matter": {**NOBODY_IN, **SEES, **SEES_NOT},
    "attachment": {**NOBODY_IN, **SEES, **SEES_NOT},
    "reveal": POST_ONLY,
    "verb": {**NOBODY_IN, **SEES_NOT, **all_of((*OFFICE, *ABOVE), 403), **all_of(HOLDER, 200)},
    "reply": {**NOBODY_IN, **SEES_NOT, **all_of((*OFFICE, *ABOVE), 403), **all_of(HOLDER, 200)},
    "reply-print": {**NOBODY_IN, **all_of(STAFF, 404)},  # there is no letter yet
    "paper": {**NOBODY_IN, **all_of(STAFF, 404)},  # neither
    "answer-print": {**NOBODY_IN, **all_of(STAFF, 404)},  # nor an answer
    "submission-sheet": {**NOBODY_IN, **all_of(STAFF, 404)},  # nothing was put before a leader
    "shift-dates": {**NOBODY_IN, **all_of(STAFF, 403)},  # the office's head alone, who is not here
    "persons": OFFICERS_ONLY,
    "person": OFFICERS_ONLY,
    "person-export": OFFICERS_ONLY,
    # the knowledge base: everybody who handles matters, the leaders to read alone
    "knowledge": {**STAFF_ONLY, "admin": 403},
    "knowledge-mine": {**STAFF_ONLY, **all_of(OUTSIDE, 403)},
    "knowledge-waiting": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("reviewer", "shift"), 200)},
    "knowledge-propose": {**STAFF_ONLY, **all_of(OUTSIDE, 403)},
    "knowledge-entry": {**STAFF_ONLY, "admin": 403},
    "knowledge-verb": {**NOBODY_IN, **all_of(STAFF, 403), "stranger": 200},
    "clause": STAFF_ONLY,
    "rulebook": STAFF_ONLY,
    "readings": STAFF_ONLY,
    "duties": STAFF_ONLY,
    # the administrator
    **dict.fromkeys(ADMINS, ADMINS_ONLY),
    "network-wording-restore": {**ADMINS_ONLY, "admin": 404},  # it reads as it did first
    "calendar": ADMINS_ONLY,
    "health": ADMINS_ONLY,  # and the office's head, who is not here
    "network-confirm": POST_ONLY,
    "calendar-publish": POST_ONLY,
    "network-passwords": POST_ONLY,
    # the process
    "-/alive": OPEN,
}
POST: dict[str, dict[str, int]] = {
    "home": POST_ONLY,
    "type": all_of(EVERYBODY, 302),
    "refused": POST_ONLY,
    "submit": all_of(EVERYBODY, 422),
    "done": POST_ONLY,
    "follow-query": all_of(EVERYBODY, 422),
    "published": POST_ONLY,
    "published-text": POST_ONLY,
    "follow": POST_ONLY,
    "rate": all_of(EVERYBODY, 302),
    "supply": all_of(EVERYBODY, 302),
    "review": all_of(EVERYBODY, 302),
    "withdraw": all_of(EVERYBODY, 302),
    "work": POST_ONLY,
    "lists": POST_ONLY,
    "seen": {**NOBODY_IN, **all_of(STAFF, 303)},
    "notices": POST_ONLY,
    "notices-count": POST_ONLY,
    "waits": POST_ONLY,
    "notices-ways": {**NOBODY_IN, **all_of(STAFF, 422), "admin": 403},
    "sign-in": all_of(EVERYBODY, 422),
    "sign-in-second": all_of(EVERYBODY, 302),
    "sign-out": all_of(EVERYBODY, 302),
    "security": POST_ONLY,
    "security-enrol": {**NOBODY_IN, **all_of(STAFF, 422)},  # no secret of ours: a new one
    "security-end": {**NOBODY_IN, **all_of(STAFF, 303)},  # there are no others
    "security-verb": {**NOBODY_IN, **all_of(STAFF, 303)},
    "switch-post": all_of(EVERYBODY, 302),
    "password": {**NOBODY_IN, **all_of(STAFF, 422)},
    "desk": POST_ONLY,
    **dict.fromkeys(("hand-down-together", "unit-figures-export"),
                    {**NOBODY_IN, **all_of(STAFF, 403), **all_of((*HOLDER, *ABOVE, *STRANGER), 422)}),
    "sign-together": {**NOBODY_IN, **all_of(STAFF, 403), **all_of((*HOLDER, *ABOVE, *STRANGER), 303)},
    "search": {**NOBODY_IN, **all_of(STAFF, 303), "admin": 403},
    "search-kept": {**NOBODY_IN, **all_of(STAFF, 303), "admin": 403},
    "search-export": {**all_of(EVERYBODY, 302), "admin": 403},
    **dict.fromkeys(("register", "intake"),
                    {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("operator", "shift"), 422)}),
    "review-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("reviewer", "shift"), 422)},
    "follow-up-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("follow", "shift"), 422)},
    "web-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("operator", "shift"), 409)},  # one has nothing there
    "dispatch-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("dispatcher", "shift"), 422)},
    "sign-off-desk": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(("deputy", "head"), 422)},
    "leaders-desk": {**NOBODY_IN, **all_of(STAFF, 403), "leader": 422},
    "leaders-given": POST_ONLY,
    "shift-desk": {**NOBODY_IN, **all_of(STAFF, 403), "shift": 422},
    "unit-figures": POST_ONLY,
    "duty-calls": POST_ONLY,
    "duty-call": {**NOBODY_IN, **all_of(STAFF, 403), **all_of(TRIERS, 404), **all_of(TRIERS[:3], 422)},
    "matter": POST_ONLY,
    "attachment": POST_ONLY,
    "reveal": {**NOBODY_IN, **SEES, **SEES_NOT},
    "verb": {**NOBODY_IN, **SEES_NOT, **all_of((*OFFICE, *ABOVE), 403), **all_of(HOLDER, 422)},
    "reply": {**NOBODY_IN, **SEES_NOT, **all_of((*OFFICE, *ABOVE), 403), **all_of(HOLDER, 422)},
    "reply-print": {**NOBODY_IN, **all_of(STAFF, 404)},
    "submission-sheet": POST_ONLY,
    "paper": {**NOBODY_IN, **all_of(STAFF, 404)},
    "answer-print": {**NOBODY_IN, **all_of(STAFF, 404)},
    "shift-dates": {**NOBODY_IN, **all_of(STAFF, 403)},
    "persons": {**OFFICERS_ONLY, "inspector": 422},
    "person": {**OFFICERS_ONLY, "inspector": 422},
    "person-export": OFFICERS_ONLY,
    **dict.fromkeys(("knowledge", "knowledge-mine", "knowledge-waiting", "knowledge-entry"), POST_ONLY),
    "knowledge-propose": {**NOBODY_IN, **all_of(STAFF, 422), **all_of(OUTSIDE, 403)},
    "knowledge-verb": {**NOBODY_IN, **all_of(STAFF, 403), "stranger": 422},
    "clause": POST_ONLY,
    "rulebook": POST_ONLY,
    "readings": POST_ONLY,
    "duties": POST_ONLY,
    **dict.fromkeys(("network", "network-unit", "network-duty", "network-accounts", "network-export", "health",
                     "network-catalogue", "network-categories", "network-sessions",
                     "network-wordings", "network-danger"),
                    POST_ONLY),
    **dict.fromkeys(("network-open", "network-appoint", "network-unit-verb", "network-post-verb", "network-sheets",
                     "network-catalogue-add", "network-catalogue-verb", "network-category-add",
                     "network-category-verb", "network-wording", "network-danger-add", "network-danger-end"),
                    ADMINS_WRONG),
    "network-wording-restore": {**ADMINS_ONLY, "admin": 404},
    **dict.fromkeys(("calendar", "calendar-publish"), ADMINS_WRONG),  # no file
    "network-confirm": {**ADMINS_ONLY, "admin": 409},
    "network-passwords": {**ADMINS_ONLY, "admin": 303},
    "-/alive": OPEN,
}


def names(patterns: Any = None) -> Iterator[tuple[str, URLPattern]]:
    """Every address the site has, by its name, or by its path where it has none."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        else:
            yield one.name or str(one.pattern), one


def of_the_network() -> dict[str, dict[str, str]]:
    """A unit of the city, and somebody's post in it."""
    from hotline.network.models import CatalogueEntry, Category, DangerWord, Post

    post = Post.objects.filter(role="head", unit__level=2).order_by("-person__login").first()
    assert post is not None
    unit = {"unit_id": str(post.unit_id)}
    sort = Category.objects.order_by("id").values_list("id", flat=True)[0]
    entry = CatalogueEntry.objects.order_by("id").values_list("id", flat=True)[0]
    return {**dict.fromkeys(("network-unit", "network-appoint", "duty-call"), unit),
            "network-unit-verb": {**unit, "verb": "amend_unit"},
            "network-post-verb": {"post_id": str(post.id), "verb": "amend_person"},
            "network-sessions": {"post_id": str(post.id)},
            "network-catalogue-verb": {"entry_id": str(entry), "verb": "change_catalogue_entry"},
            **dict.fromkeys(("network-wording", "network-wording-restore"), {"name": "urged"}),
            "network-category-verb": {"row_id": str(sort), "verb": "rename_category"},
            "network-danger-end": {"row_id": str(DangerWord.objects.order_by("id").values_list("id", flat=True)[0])},
            "network-export": {"what": "units", "kind": "csv"}}  # fmt: skip


def the_entry() -> str:
    """The number of an entry of the knowledge base that the stranger proposed and the office confirmed."""
    from hotline.knowledge.models import Entry

    if not Entry.objects.exists():
        entry = entries.confirmed(entries.of_login(LOGINS["stranger"], "daolu-clerk"))
        return Entry.objects.get(id=entry).number
    return Entry.objects.get().number


def the_file(walk: Walk) -> int:
    """The one file that came with the matter."""
    from hotline.casework.models import Attachment

    return int(Attachment.objects.values_list("id", flat=True).get(matter__number=walk.number))


def token_of(walk: Walk) -> str:
    """The address of the person who brought the matter."""
    from hotline.casework.models import Contact
    from hotline.surfaces import frame

    return str(frame.hidden([Contact.objects.get(matter__number=walk.number).citizen_id, "某人"], "person"))


def address(name: str, walk: Walk) -> str:
    """A real address of that name: the one matter there is, its unit's next verb, a list everybody has."""
    from django.urls import reverse

    if name == "-/alive":
        return "/-/alive"
    given: dict[str, dict[str, str]] = {
        "matter": {"number": walk.number},
        "attachment": {"number": walk.number, "file_id": str(the_file(walk))},
        **dict.fromkeys(("reply", "reply-print", "answer-print", "submission-sheet"), {"number": walk.number}),
        "paper": {"number": walk.number, "what": "letter"},
        "reveal": {"number": walk.number}, "follow": {"number": walk.number},
        "rate": {"number": walk.number}, "supply": {"number": walk.number},
        "review": {"number": walk.number}, "withdraw": {"number": walk.number},
        "verb": {"number": walk.number, "verb": "record_contact"},
        **dict.fromkeys(("person", "person-export"), {"token": token_of(walk)}),
        "clause": {"clause_id": "五（二）1"}, "published-text": {"row_id": "1"},
        "security-end": {"key": "others"}, "security-verb": {"verb": "renew_codes"},
        "desk": {"name": "open"}, **of_the_network(), "knowledge-entry": {"number": the_entry()},
        "knowledge-verb": {"number": the_entry(), "verb": "revise_entry"},
    }  # fmt: skip
    return reverse(name, kwargs=given.get(name))


@pytest.fixture
def held(walk: Walk) -> Walk:
    """A matter in the hands of a level-3 unit, signed for."""
    walk.unit = "341302005"
    walk.report(**{"files-new": SimpleUploadedFile("楼道.jpg", picture(size=(40, 30)))})
    walk.act("accept")
    walk.act("dispatch")
    walk.post("sign_for", {}, "sanliwan-clerk")
    return walk


def browser(who: str) -> Client:
    """A fresh browser of theirs."""
    return Client() if who == "anonymous" else client_of(LOGINS[who])


def test_no_address_is_missing_here() -> None:
    there = {name for name, _ in names()}
    assert there == set(GET) == set(POST)
    assert all(set(row) == set(EVERYBODY) for table in (GET, POST) for row in table.values())


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_for(who: str, held: Walk) -> None:
    asking = browser(who)
    seen = {name: asking.get(address(name, held)).status_code for name in GET}
    assert seen == {name: row[who] for name, row in GET.items()}
    sent = {}
    for name in POST:  # a fresh browser each time: one of these signs out
        sent[name] = browser(who).post(address(name, held), {}).status_code
    assert sent == {name: row[who] for name, row in POST.items()}


def untied(answer: Any, number: str) -> str:
    """A page without the token of its forms and the number that was asked for."""
    page = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", answer.content.decode())
    return page.replace(number, "")


def test_a_strangers_matter_looks_like_none(held: Walk) -> None:
    stranger = client_of("dangshan-clerk")
    theirs, nobodys = stranger.get(held.url), stranger.get("/staff/m/20261118-9999-0/")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert untied(theirs, held.number) == untied(nobodys, "20261118-9999-0")
    beside = stranger.get(f"/staff/desk/open/?m={held.number}")
    assert beside.status_code == 404
    assert held.number not in stranger.get("/staff/desk/open/").content.decode()


def test_a_leader_sees_what_was_submitted_and_nothing_else(walk: Walk) -> None:
    walk.until("accept")
    leader = client_of("leader")
    assert leader.get(walk.url).status_code == 404
    walk.post("submit", {"opinion": "请批示", "leader": leader_post(), "ground": first_ground()}, "dispatcher")
    assert client_of("leader2").get(walk.url).status_code == 404
    shown = leader.get(walk.url)
    assert shown.status_code == 200
    assert "reveal" not in shown.content.decode()
    assert leader.post(f"{walk.url}reveal/").status_code == 403
    assert walk.number in leader.get("/staff/desk/to-instruct/").content.decode()


def first_ground() -> str:
    """Why a matter may be submitted, as the rulebook first says."""
    from hotline.casework.transitions.submitting import ground_choices
    from hotline.procedure.world import current

    return ground_choices(type("Case", (), {"book": current().book})())[0][0]


def test_another_posts_list_is_not_there(walk: Walk) -> None:
    assert client_of("yongqiao-clerk").get("/staff/desk/to-review/").status_code == 404
    assert client_of("reviewer").get("/staff/desk/to-sign/").status_code == 404
    assert client_of("reviewer").get("/staff/desk/nowhere/").status_code == 404


def test_one_is_sent_back_to_where_one_wanted_to_go(walk: Walk) -> None:
    walk.until("register")
    asked = Client().get(walk.url)
    assert asked["Location"] == f"/staff/sign-in/?next=%2Fstaff%2Fm%2F{walk.number}%2F"
    away = Client().get("/staff/sign-in/?next=https://elsewhere.example/").content.decode()
    assert "elsewhere" not in away


def test_a_one_time_password_opens_nothing_but_its_change(walk: Walk) -> None:
    from hotline.network.models import Person

    Person.objects.filter(login="reviewer").update(must_change_password=True)
    answer = client_of("reviewer").get("/staff/rulebook/")
    assert (answer.status_code, answer["Location"]) == (302, "/staff/password/")
