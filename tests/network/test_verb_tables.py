"""Post × verb and status × verb of units and posts, walked in full in memory, under both rulebooks. Written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hotline.network.dossier import PostDossier, UnitDossier
from hotline.network.factor_look_ups import Enrolment, Left
from hotline.network.look_ups import Below, Besides, Digest, Held
from hotline.network.records import (
    Acting,
    CatalogueEntry,
    Category,
    DangerWord,
    Duty,
    Factor,
    MessageText,
    Person,
    Post,
    ShiftNote,
)
from hotline.network.roles import Role
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY, cards_of
from hotline.procedure.case import Case
from hotline.procedure.dossier import Dossier
from hotline.procedure.engine import Refused, live
from hotline.procedure.ledger import Chain, Head
from hotline.procedure.records import Record
from hotline.rules.book import Rulebook
from support import line

ADMINS = "admin system"
STAFF = ("operator dispatcher reviewer follow_up supervisor inspector shift_leader leader clerk deputy head admin")
MAY = {
    **dict.fromkeys(("open_unit", "amend_unit", "end_unit", "roster_duty", "cancel_duty"), ADMINS),
    **dict.fromkeys(("add_catalogue_entry", "change_catalogue_entry", "end_catalogue_entry"), ADMINS),
    **dict.fromkeys(("add_category", "rename_category", "retire_category"), ADMINS),
    **dict.fromkeys(("word_message", "reword_message", "restore_message"), ADMINS),
    **dict.fromkeys(("publish_calendar", "add_danger_word", "end_danger_word"), ADMINS),
    **dict.fromkeys(("appoint_post", "end_post", "amend_person", "set_password"), ADMINS),
    **dict.fromkeys(("appoint_acting", "end_acting"), ADMINS),
    "try_duty_phone": "supervisor inspector shift_leader clerk deputy head",  # of units below one's own
    **dict.fromkeys(("lift_factor", "lift_lock", "end_sessions", "end_session"), ADMINS),
    **dict.fromkeys(("write_shift_note", "confirm_shift_note"), "shift_leader"),
    "blank_shift_note": "system",  # where somebody is forgotten who is named in it
    # one's own
    "choose_notices": STAFF.removesuffix(" admin"),
    **dict.fromkeys(("change_password", "enrol_factor", "renew_codes", "spend_code", "remove_factor"), STAFF),
}
# verb: {status of what it is about: status afterwards}
ON_UNITS = {"amend_unit": {"open": "open"}, "end_unit": {"open": "ended"}, "roster_duty": {"open": "open"},
            "try_duty_phone": {"open": "open"}, "write_shift_note": {"open": "open"},
            "add_catalogue_entry": {"open": "open"}, "add_category": {"open": "open"},
            "word_message": {"open": "open"}, "publish_calendar": {"open": "open"},
            "add_danger_word": {"open": "open"}}  # fmt: skip
ON_TURNS = {"cancel_duty": {"open": "ended"}, "confirm_shift_note": {"open": "ended"},
            "blank_shift_note": {"open": "open", "ended": "ended"},
            **dict.fromkeys(("change_catalogue_entry", "end_catalogue_entry", "rename_category", "retire_category",
                             "reword_message", "restore_message", "end_danger_word"),
                            {"open": "ended"})}  # fmt: skip
ON_POSTS = {"end_post": {"open": "ended"}, "appoint_acting": {"open": "open"},
            **dict.fromkeys(("amend_person", "set_password", "change_password", "enrol_factor", "lift_lock",
                            "end_sessions", "end_session", "choose_notices"), {"open": "open"})}  # fmt: skip
ON_ACTING = {"end_acting": {"open": "ended"}}
ON_FACTORS = {**dict.fromkeys(("renew_codes", "spend_code"), {"open": "open"}),
              **dict.fromkeys(("remove_factor", "lift_factor"), {"open": "ended"})}  # fmt: skip
BORN = {"open_unit", "appoint_post"}
STATUSES = ("open", "ended")

SECRET = "清风明月照大江东去也"
HOUR = timedelta(hours=1)
SPAN = {"from_at": (line.NOW + HOUR).isoformat(), "until_at": (line.NOW + 3 * HOUR).isoformat()}
ME, ABOVE = 700, line.UNIT.id + 1000
UNIT, WHO = replace(line.UNIT, parent_id=ABOVE), Person(ME, "zhu.guang", "烛光照", "05570000008", "digest")
POST = Post(8001, "open", ME, UNIT.id, "clerk", line.NOW - HOUR)
OTHER = Held(Person(701, "lan.ming", "兰明远", "", "digest"), frozenset({(UNIT.id, "deputy")}))
TURN = Duty(8002, UNIT.id, "open", "兰明远", "05570000007", line.NOW, line.NOW + HOUR)
PROOF = Factor(8004, ME, "open", b"sealed", b"", line.NOW)
NOTE = ShiftNote(8005, UNIT.id, "open", line.NOW, 702, "两件等回电。")
LISTED = CatalogueEntry(8006, UNIT.id, "open", "供水", "", "属地", "", None, line.NOW.date())
WORDED = MessageText(8008, UNIT.id, "open", "urged", 8009, line.NOW)
WORD = DangerWord(8010, UNIT.id, "open", "寻短见", line.NOW)
SORT = Category(8007, UNIT.id, "open", "供水", "", line.NOW.date())
STANDS_IN = Acting(8003, POST.id, "open", 701, line.NOW, line.NOW + HOUR)
ENTRY = {"lead": "属地", "assisting": "", "basis": "《某条例》", "from_on": (line.NOW + 48 * HOUR).date().isoformat()}
FORMS: dict[str, dict[str, str]] = {
    "open_unit": {"code": "X1", "name": "新设局", "short": "新设局", "level": "2", "parent": "P", "sort": "department"},
    "amend_unit": {"name": "改名局", "short": "改名", "phone": "05570000009"}, "end_unit": {},
    "add_catalogue_entry": {"category": "供水", **ENTRY}, "change_catalogue_entry": ENTRY,
    "word_message": {"name": "urged", "body": "请抓紧办 {number}{limit}。"},
    "reword_message": {"body": "请快办 {number}{limit}。"}, "restore_message": {},
    "add_danger_word": {"word": "割脉"}, "end_danger_word": {},
    "publish_calendar": {"content": "year: 2031\nstatus: provisional\nholidays: {}\nworkdays: {}"},
    "add_category": {"name": "泳池", "above": "供水", "from_on": ENTRY["from_on"]},
    "rename_category": {"name": "自来水", "from_on": ENTRY["from_on"]}, "retire_category": {"ends_on": ENTRY["from_on"]},
    "end_catalogue_entry": {"ends_on": ENTRY["from_on"]},
    "roster_duty": {"name": "兰明远", "phone": "05570000007", **SPAN}, "cancel_duty": {},
    "appoint_post": {"unit": str(UNIT.id), "role": "head", "login": "lan.ming"}, "end_post": {},
    "amend_person": {"name": "烛光明", "phone": "05570000008"}, "set_password": {"password": SECRET},
    "change_password": {"old": "旧口令", "password": SECRET}, "appoint_acting": {"login": "lan.ming", **SPAN},
    "end_acting": {}, "try_duty_phone": {"outcome": "no_answer", "phone": "05570000007"},
    "enrol_factor": {"secret": "S", "recovery": "a b", "old": "口令", "code": "123456"},
    "renew_codes": {"recovery": "a b", "old": "口令"}, "spend_code": {"recovery": "a"}, "remove_factor": {"old": "口令"},
    **dict.fromkeys(("lift_factor", "lift_lock", "end_sessions"), {}), "end_session": {"session": "ab" * 32},
    "choose_notices": {"phone": "05570000007", "sms_arrived": "1", "hours": "day"},
    "write_shift_note": {"body": "两件等回电，投影仪坏了。"}, "confirm_shift_note": {},
    "blank_shift_note": {"body": "两＊等回电。"},
}  # fmt: skip


def dossier_of(verb: str, status: str) -> Dossier:
    """A unit with a turn of duty, or a post with somebody acting in it; what the verb is about in this status."""
    card = REGISTRY[verb]
    if verb in BORN:
        return (UnitDossier if card.chain == "unit" else PostDossier)(Chain(card.chain, 9001), Head())
    rows: list[Any] = [UNIT, TURN, NOTE] if card.chain == "unit" else [POST, WHO, STANDS_IN]
    if verb in ("add_catalogue_entry", "add_category", "word_message", "publish_calendar", "add_danger_word"):
        rows = [replace(UNIT, desk="office"), SORT]
    if card.moves.record in (CatalogueEntry, Category, MessageText, DangerWord):
        rows += [LISTED, SORT, WORDED, WORD]
    if card.moves.record is Factor:
        rows.append(PROOF if verb != "lift_factor" else replace(PROOF, person_id=OTHER.person.id))
    rows = [replace(row, status=status) if isinstance(row, card.moves.record) else row for row in rows]
    if card.chain == "unit":
        return UnitDossier(Chain("unit", UNIT.id), Head(), rows)
    return PostDossier(Chain("post", POST.id), Head(), rows)


def kit() -> Any:
    """What the look-ups would bring: nobody in the way."""
    return line.tools(parent=line.OFFICE_UNIT, namesake=None, below=Below(0, 0), successor=None, open_orders=0,
                      workplace=line.Receiving(UNIT), person=OTHER, weakness="", digest=Digest("digest", False),
                      posts_besides=Besides(1, 0), old_fits=True, enrolment=Enrolment(b"s", b"c", True), recovery=b"c",
                      recovery_left=Left(b"c", 1), answering={})  # fmt: skip


def act(book: Rulebook, verb: str, who: Actor, status: str = "open") -> str:
    """Perform it; the status of what it was about afterwards."""
    card, dossier = REGISTRY[verb], dossier_of(verb, status)
    row: Record = line.Unborn(9001) if verb in BORN else next(iter(dossier.all(card.moves.record)))
    live(Case(card, dossier, row, who, line.NOW, book, kit()), FORMS[verb])
    return str(next(iter(dossier.all(card.moves.record))).status)  # type: ignore[attr-defined]


def refused(book: Rulebook, verb: str, who: Actor, status: str = "open") -> str:
    """At which step it is refused; said and cited."""
    with pytest.raises(Refused) as caught:
        act(book, verb, who, status)
    assert caught.value.verdict.because
    assert caught.value.verdict.clause in book.clauses
    return caught.value.step


def somebody(role: str, person: int = ME, unit: int = UNIT.id) -> Actor:
    """Somebody in a role; the holder of the post unless said otherwise."""
    return line.actor(role, person, unit)


def placed(verb: str, role: str) -> Actor:
    """In the unit itself; a unit's people, who try the telephones below them, in the one above it."""
    return somebody(role, unit=ABOVE) if verb == "try_duty_phone" else somebody(role)


def test_the_tables_know_every_verb_of_the_network() -> None:
    there = {card.name() for chain in ("unit", "post") for card in cards_of(chain)}
    assert there == set(MAY) == set(FORMS) == {*BORN, *ON_UNITS, *ON_TURNS, *ON_POSTS, *ON_ACTING, *ON_FACTORS}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", MAY)
def test_a_verb_of_the_network_is_for_its_posts_and_for_no_other(book: Rulebook, verb: str, role: str) -> None:
    if role in MAY[verb].split():
        assert act(book, verb, placed(verb, role)) in STATUSES
    else:
        assert refused(book, verb, placed(verb, role)) == "post"


@pytest.mark.parametrize("role", STAFF.split())
def test_nobody_changes_anothers_password(book: Rulebook, role: str) -> None:
    """Not even an administrator, who may give a new one for one sign-in."""
    assert refused(book, "change_password", somebody(role, 702)) == "reach"


@pytest.mark.parametrize("role", ["clerk", "deputy", "head"])
def test_a_unit_tries_the_telephones_below_it_alone(book: Rulebook, role: str) -> None:
    assert refused(book, "try_duty_phone", somebody(role)) == "reach"


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("verb", [*ON_UNITS, *ON_TURNS, *ON_POSTS, *ON_ACTING, *ON_FACTORS])
def test_a_verb_of_the_network_in_every_status(book: Rulebook, verb: str, status: str) -> None:
    after = {**ON_UNITS, **ON_TURNS, **ON_POSTS, **ON_ACTING, **ON_FACTORS}[verb].get(status)
    who = somebody(MAY[verb].split()[0])
    if after is None:
        assert refused(book, verb, who, status) == "status"
    else:
        assert act(book, verb, who, status) == after


def test_what_is_born_is_open(book: Rulebook) -> None:
    assert {verb: act(book, verb, somebody("admin")) for verb in BORN} == dict.fromkeys(BORN, "open")
