"""What acts cost, in statements as the server itself counts them (design §9: a step ≤ 9, another verb ≤ 11).
The literal figures are what was measured; a cheaper one may be written in, a dearer one is a fault. Every verb that
people have is here: those of a matter on a matter that stands before it, those of the network on the administrator's
pages. What pages cost is in `test_statements_of_pages.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from hotline.casework.attachments import ports
from hotline.config import wiring
from hotline.gateways.file_store import Folder
from hotline.network import factors
from hotline.network.models import (
    Acting,
    CatalogueEntry,
    Category,
    DangerWord,
    Duty,
    Factor,
    Person,
    Post,
    ShiftNote,
    Unit,
)
from hotline.network.roles import Role
from hotline.procedure import times
from hotline.procedure.card import REGISTRY
from hotline.procedure.world import current
from hotline.surfaces import signed_in
from support import line
from support.pictures import pdf
from surfaces import standing
from surfaces.city import PASSWORD, client_of, hidden, quick_passwords
from surfaces.counting import BLOCK, MOST_OF_A_STEP, MOST_OF_A_VERB, RARER, counted, dearer, rarer, steadily, warm
from surfaces.test_refusal_shown import refused
from surfaces.walk import FORMS, LINE, REPORT, Walk

steady = pytest.fixture(autouse=True)(steadily)


@pytest.fixture(autouse=True)
def store(city: str, tmp_path: Path) -> Iterator[None]:
    """Files are kept in a folder of the test's own."""
    before = ports.current()
    ports.install(replace(before, store=Folder(tmp_path / "files")))
    yield
    ports.install(before)


STEPS = {"register": 3, "accept": 3, "dispatch": 4, "sign_for": 3, "record_contact": 3, "draft_reply": 3,
         "answer_citizen": 3, "sign_off": 3, "file": 3, "approve": 3, "follow_up": 3, "archive": 3}  # fmt: skip
# Verb of a matter: by whom, and what it costs.
VERBS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("accept", "decline", "ask_for_facts", "supply_facts", "amend_record", "record_repeat",
                     "answer_at_once"), ("operator", 3)),
    "connect": ("operator", 4),
    "dispatch": ("dispatcher", 5),
    "submit": ("dispatcher", 6),
    **dict.fromkeys(("dispatch_meanwhile", "dispatch_as_instructed"), ("dispatcher", 5)),
    **dict.fromkeys(("add_unit", "propose_designation", "record_ruling"), ("dispatcher", 4)),
    **dict.fromkeys(("withdraw_submission", "withdraw_designation", "change_kind", "take_back", "refuse_return",
                     "recall", "feed_back",
                     "revoke_ruling", "confirm_withdrawal", "refuse_to_withdraw"), ("dispatcher", 3)),
    **dict.fromkeys(("propose_refusal", "ask_for_review", "ask_to_withdraw", "propose_end", "propose_abuse",
                     "hand_over", "recognise_emergency", "report_emergency", "follow_up_emergency", "record_source",
                     "take_alarm"),
                    ("operator", 3)),
    **dict.fromkeys(("accept_after_all", "approve_refusal", "reject_refusal", "uphold_refusal", "approve_end",
                     "reject_end", "approve_abuse", "reject_abuse", "lift_abuse"), ("shift_leader", 3)),
    "pass_on_praise": ("operator", 4),
    "transfer_elsewhere": ("dispatcher", 3),
    "add_material": ("operator", 3),
    "add_evidence": ("clerk", 3),
    **dict.fromkeys(("record_paper_in", "record_paper_out"), ("operator", 3)),
    "report_on_paper": ("clerk", 3),
    "agree_to_destroy": ("inspector", 3),
    "keep_longer": ("inspector", 3),
    "approve_destruction": ("shift_leader", 3),
    "dispatch_on_paper": ("dispatcher", 5),
    **dict.fromkeys(("prepare_publication", "withdraw_publication"), ("reviewer", 3)),
    **dict.fromkeys(("publish", "reject_publication"), ("shift_leader", 3)),
    "anonymise": ("inspector", 6),  # and what was begun about them at the operator's desk is looked for, and forgotten
    "correct_person": ("inspector", 4),
    **dict.fromkeys(("apply_to_withhold", "withdraw_application_to_withhold"), ("clerk", 3)),
    **dict.fromkeys(("approve_withholding", "refuse_to_withhold"), ("reviewer", 3)),
    "name_target": ("operator", 6),
    "instruct": ("leader", 5),
    "give_back": ("leader", 3),
    "designate": ("leader", 4),
    "hand_down": ("clerk", 4),
    **dict.fromkeys(("sign_for", "record_contact", "draft_reply", "answer_citizen", "file", "request_return",
                     "withdraw_return", "record_late_return", "request_extension", "explain_extension", "look_below",
                     "send_back_below", "ask_to_relay", "answer_supervision", "urge"), ("clerk", 3)),
    **dict.fromkeys(("sign_off", "hand_back_draft", "agree_to_return", "disagree_with_return", "agree_to_extension",
                     "disagree_with_extension"), ("deputy", 3)),
    **dict.fromkeys(("accept_from_below", "take_back_below", "refuse_return_below", "extend_below",
                     "refuse_to_extend_below"), ("head", 3)),
    **dict.fromkeys(("approve", "approve_explained", "approve_in_part", "send_back", "bounce", "report_to_leader",
                     "archive"), ("reviewer", 3)),
    **dict.fromkeys(("follow_up", "order_redo", "relay"), ("follow_up", 3)),
    "accept_dissatisfaction": ("shift_leader", 3),
    **dict.fromkeys(("accept_extension", "refuse_extension", "inspect", "supervise", "lift_card"), ("supervisor", 3)),
    **dict.fromkeys(("give_red_for_false_reply", "redo_after_check"), ("inspector", 3)),
    "check_on_site": ("inspector", 3),
    "record_investigation": ("clerk", 3),
}  # fmt: skip
# Filled in besides the form in memory: what asks most of the look-ups (more units, somebody by name), a later day.
MORE: dict[str, dict[str, str]] = {
    **dict.fromkeys(("dispatch", "dispatch_meanwhile", "dispatch_on_paper"), {"assisting": "砀山县、萧县"}),
    "dispatch_as_instructed": {"assisting": "砀山县、萧县", "departs": "还要两个县一起查"},
    "submit": {"unit": "UNIT", "assisting": "砀山县、萧县"},
    "instruct": {"unit": "UNIT", "assisting": "砀山县、萧县"},
    "name_target": {"name": "蒋立言"},
    "supervise": {"answer_on": "2026-11-20"},
    "propose_abuse": {"last_day": "2026-11-30"},
    "record_source": {"due_on": "2026-11-30"},
    **dict.fromkeys(("record_investigation", "check_on_site"), {"looked_on": "2026-11-18"}),
}
AGAIN = {"connect": {"outcome": "not_reached", "answer": ""}, "follow_up": {"solved": "no"}, "dispatch": {}}
WITH_A_FILE = {"add_material": 6, "add_evidence": 6, "record_paper_in": 6, "dispatch_on_paper": 7}
# The first creates the matter: counted in `STEPS` for a citizen, in `OTHERS` for an operator; the others reach two.
JOINING = {"join_matter": 7, "separate_matter": 6}
RATED_AT_ONCE = 3  # of a matter that the desk did answer: the line of that is asked for
ELSEWHERE = {"register", "rate_at_once", *JOINING}
# Dates are shifted for the whole city at once by `./hotline shift`; to the head of the office, whom the rulebook names,
# no page shows an order (held below).
NOT_OVER_HTTP = {"shift_dates"}
NOTES = 2  # notes between shifts and saved searches, of no matter, are looked through besides where one is forgotten
OTHERS = {"register by an operator": 4, "rate": 5, "supply": 5, "review": 5, "withdraw": 5, "reveal": 8, "sign in": 3,
          "seek_person": 7, "seek_caller": 7, "export_matters": 8, "export_figures": 8,
          "look_up_caller": 9, "take in at the desk": 9, "export_person": 8,
          "forget": 10 + NOTES}  # fmt: skip
# One of each is the network's stamp, drawn within COMMIT (ADR 0018): no trip, and COMMIT is not counted either.
STAMP = 1
NETWORK = {"open_unit": 5, "amend_unit": 7, "appoint_post": 6, "amend_person": 7, "set_password": 7,
           "appoint_acting": 8, "end_acting": 7, "roster_duty": 6, "cancel_duty": 6, "end_post": 8, "end_unit": 11,
           "change_password": 8, "try_duty_phone": 9, "write_shift_note": 5, "confirm_shift_note": 5,
           "enrol_factor": 11, "renew_codes": 10, "spend_code": 9, "remove_factor": 10, "lift_factor": 7,
           "lift_lock": 8, "end_sessions": 8, "end_session": 9, "choose_notices": 8,
           "add_catalogue_entry": 9, "change_catalogue_entry": 8, "end_catalogue_entry": 7,
           "add_category": 7, "rename_category": 7, "retire_category": 7,
           "word_message": 8, "reword_message": 8, "restore_message": 7,
           "publish_calendar": 7, "add_danger_word": 7, "end_danger_word": 7}  # fmt: skip


def of_people(*chains: str) -> set[str]:
    """The verbs on these chains that somebody performs who is neither the clock nor the system."""
    machines = {Role.CLOCK, Role.SYSTEM}
    return {name for name, card in REGISTRY.items() if card.chain in chains and set(card.by) - machines}


def test_every_verb_of_people_is_counted() -> None:
    assert not VERBS.keys() & (ELSEWHERE | NOT_OVER_HTTP)
    assert {*VERBS, *ELSEWHERE, *NOT_OVER_HTTP} == of_people("matter")
    assert NETWORK.keys() == {*of_people("unit", "post")}
    looks = {"reveal", "seek_person", "seek_caller", "export_matters", "export_figures", "look_up_caller",
             "export_person"}  # fmt: skip
    assert of_people("lookup") == looks <= OTHERS.keys()
    assert len(VERBS) > 60
    for verb, (role, _) in VERBS.items():
        assert role in REGISTRY[verb].by, verb


def test_each_step_of_the_line(walk: Walk, statements: Any) -> None:
    warm()
    data = {**REPORT, "act_id": str(uuid4()), "step": "send"}
    found = {"register": counted(statements, walk.citizen, "/submit/", data, 303)}
    walk.report()
    for verb in LINE:
        data = walk.form(verb)
        found[verb] = counted(statements, walk.client(walk.who(verb)), walk.address(verb), data, 303)
    assert dearer(found, STEPS) == {}
    assert max(found.values()) + BLOCK <= MOST_OF_A_STEP


def acted(statements: Any, verb: str, changed: Mapping[str, Any]) -> int:
    """Statements of one verb on a matter of its own, but for what it costs that much has happened on it already."""
    one, form = standing.before(verb), {**line.forms(current().book)[verb], **changed}
    if form.get("unit") == "UNIT":
        form["unit"] = str(line.UNIT.id)
    client = client_of(standing.LOGINS[VERBS[verb][0]])
    standing.refill()
    more = rarer(one.number)
    return counted(statements, client, one.address(verb), {"act_id": str(uuid4()), **form}, 303) - more


def test_every_verb_on_a_matter(walk: Walk, statements: Any) -> None:
    warm()
    with standing.demo_people():
        found = {verb: acted(statements, verb, MORE.get(verb, {})) for verb in VERBS}
        again = {verb: acted(statements, verb, changed) for verb, changed in AGAIN.items()}
        files = {verb: acted(statements, verb, {"files-new": SimpleUploadedFile("合同.pdf", pdf())})
                 for verb in WITH_A_FILE}  # fmt: skip
    allowed = {verb: figure for verb, (_, figure) in VERBS.items()}
    assert dearer(found, allowed) == {}
    assert dearer(again, {verb: allowed[verb] for verb in AGAIN}) == {}
    assert dearer(files, WITH_A_FILE) == {}
    assert max(*found.values(), *files.values()) + BLOCK + RARER <= MOST_OF_A_VERB
    assert max(found[verb] for verb in STEPS.keys() & found.keys()) + BLOCK + RARER <= MOST_OF_A_STEP


def test_what_is_said_of_an_answer_at_once(walk: Walk, statements: Any) -> None:
    warm()
    walk.until("accept")
    assert walk.post("answer_at_once", line.forms(current().book)["answer_at_once"], "operator").status_code == 303
    standing.refill()
    more, form = rarer(walk.number), {"act_id": str(uuid4()), **line.forms(current().book)["rate_at_once"]}
    assert counted(statements, client_of("operator"), walk.address("rate_at_once"), form, 303) - more == RATED_AT_ONCE


def test_what_reaches_a_second_matter(walk: Walk, statements: Any) -> None:
    """It is begun anew with both chains locked, be there one other or a thousand."""
    warm()
    walk.until("sign_for")
    other, client, found = Walk().until("accept", phone="13900005678"), client_of("web"), {}
    for verb in JOINING:
        form = {**line.forms(current().book)[verb], "number": walk.number, "act_id": str(uuid4())}
        standing.refill()
        found[verb] = counted(statements, client, other.address(verb), form, 303)
    assert dearer(found, JOINING) == {}
    assert max(found.values()) + BLOCK <= MOST_OF_A_VERB


def test_no_page_finds_an_order_for_whoever_shifts_dates(walk: Walk) -> None:
    assert current().book.provision("date_shift").values["ordered_by"] == Role.HEAD
    with standing.demo_people():
        one = standing.before("shift_dates")
        form = {"act_id": str(uuid4()), **line.forms(current().book)["shift_dates"]}
        assert client_of("office-head").post(one.address("shift_dates"), form).status_code == 404


def rated(statements: Any) -> int:
    """Statements of a citizen's rating."""
    one = Walk().until("approve")
    one.citizen.post("/follow/", {"number": one.number, "code": one.code})
    form = {"solved": "yes", "attitude": "1", "speed": "1", "result": "1", "act_id": str(uuid4())}
    return counted(statements, one.citizen, f"/follow/{one.number}/rate/", form, 302)


def supplied(statements: Any) -> int:
    """Statements of a citizen's saying what was missing."""
    one = Walk().until("register")
    asking = {"missing": "请说明是哪一栋", "means": "phone", "outcome": "tried", "note": "通话记录"}
    assert one.post("ask_for_facts", asking, "web").status_code == 303
    one.citizen.post("/follow/", {"number": one.number, "code": one.code})
    form = {"facts": "是东苑 6 栋。", "act_id": str(uuid4())}
    return counted(statements, one.citizen, f"/follow/{one.number}/supply/", form, 302)


def withdrawn(statements: Any) -> int:
    """Statements of a citizen's asking to withdraw."""
    one = Walk().until("sign_for")
    one.citizen.post("/follow/", {"number": one.number, "code": one.code})
    form = {"words": "不用办了", "act_id": str(uuid4())}
    return counted(statements, one.citizen, f"/follow/{one.number}/withdraw/", form, 302)


def reviewed(statements: Any) -> int:
    """Statements of a citizen's asking that a refusal be looked at again."""
    one = Walk()
    citizen = refused(one)
    form = {"words": "借款人就是村干部。", "act_id": str(uuid4())}
    return counted(statements, citizen, f"/follow/{one.number}/review/", form, 302)


def sought(statements: Any) -> dict[str, int]:
    """Statements of finding a person of one matter by telephone, of handing out what is kept, of forgetting it."""
    inspector = client_of("inspector")
    Walk().until("archive", phone="13955700077")
    with statements:
        page = inspector.post("/staff/persons/", {"phone": "13955700077"})
    found, url = {"seek_person": statements.count}, re.findall(r'href="(/staff/persons/[^"]+/)"', page.content.decode())
    standing.refill()
    found["seek_caller"] = counted(statements, inspector, "/staff/search/", {"phone": "13955700077"}, 303)
    standing.refill()
    taken = "/staff/search/export/?q=楼道灯"
    found["export_matters"] = counted(statements, inspector, taken, {"purpose": "handling"})
    clerk = client_of("yongqiao-clerk")
    found["export_figures"] = counted(statements, clerk, "/staff/unit/export/", {"purpose": "figures"})
    standing.refill()
    found["export_person"] = counted(statements, inspector, f"{url[0]}export/", {})
    found["forget"] = counted(statements, inspector, url[0], {"reason": "本人当面提出，核对过身份证"})
    return found


def at_the_desk(statements: Any) -> dict[str, int]:
    """Statements of looking for a caller who was here before, and of registering and taking in by one key."""
    operator, desk = client_of("operator"), "/staff/desk/intake/"
    standing.refill()
    record = {**REPORT, **FORMS["accept"], "channel": "phone", "course": "灯坏了三个月", "act_id": str(uuid4())}
    found = {"look_up_caller": counted(statements, operator, desk, {**record, "do": "look"}, 303)}
    standing.refill()
    found["take in at the desk"] = counted(statements, operator, desk, {**record, "do": "answer_at_once"}, 303)
    return found


def test_what_else_is_done(walk: Walk, statements: Any) -> None:
    warm()
    one = Walk().until("register")
    found = {"rate": rated(statements), "supply": supplied(statements), **sought(statements)}
    found |= {"review": reviewed(statements), "withdraw": withdrawn(statements)}
    found["reveal"] = counted(statements, one.client("web"), f"{one.url}reveal/", {})
    form = {**REPORT, "channel": "phone", "people": "住户", "absence": "没有说", "cause": "灯坏", "act_id": str(uuid4())}
    found["register by an operator"] = counted(statements, one.client("operator"), "/staff/register/", form, 303)
    found |= at_the_desk(statements)
    with quick_passwords():
        entering = {"login": "inspector", "password": PASSWORD}
        found["sign in"] = counted(statements, Client(), "/staff/sign-in/", entering, 302)
    assert dearer(found, OTHERS) == {}
    found["forget"] -= NOTES
    assert max(found.values()) + BLOCK <= MOST_OF_A_VERB


class Staffing:
    """The administrator's pages, each act counted after the process has looked at the network once."""

    def __init__(self, statements: Any) -> None:
        self.statements, self.admin = statements, client_of("admin")
        self.found: dict[str, int] = {}

    def act(self, verb: str, path: str, expected: int = 303, **form: str) -> None:
        """One act, and what it cost."""
        self.admin.get("/staff/network/")
        standing.refill()
        data = {"act_id": str(uuid4()), **form}
        self.found[verb] = counted(self.statements, self.admin, f"/staff/network/{path}", data, expected)


def staffed(one: Staffing) -> None:
    """A unit is opened, staffed, amended and ended."""
    span = {"from_at": "2026-11-18T09:00", "until_at": "2026-11-20T09:00"}
    one.act("open_unit", "open/", code="X1", name="新设局", short="新设局", level="2", parent="10", sort="department",
            phone="0557-0009999")  # fmt: skip
    unit = f"unit/{Unit.objects.get(code='X1').id}/"
    one.act("amend_unit", f"{unit}amend_unit/", name="改名局", short="改名", place="", phone="0557-0009998")
    one.act("appoint_post", f"{unit}appoint/", 200, role="clerk", login="zhu.guang", name="烛光照", phone="")
    row = Post.objects.get(unit__code="X1")
    post = f"post/{row.id}/"
    one.act("amend_person", f"{post}amend_person/", name="烛光明", phone="0557-0009997")
    one.act("set_password", f"{post}set_password/", 200)
    one.act("appoint_acting", f"{post}appoint_acting/", login="yongqiao-deputy", **span)
    one.act("end_acting", f"{post}end_acting/?row={Acting.objects.get(post=row).id}")
    one.act("roster_duty", f"{unit}roster_duty/", name="兰明远", phone="0557-0000007", **span)
    one.found["try_duty_phone"] = tried(one.statements)
    one.found |= handed_over(one.statements)
    one.act("cancel_duty", f"{unit}cancel_duty/?row={Duty.objects.get(unit__code='X1').id}")
    one.act("end_post", f"{post}end_post/")
    one.act("end_unit", f"{unit}end_unit/", successor="201")


def catalogued(one: Staffing) -> None:
    """The duty catalogue gets one more entry for a county, which changes and ends."""
    who = {"lead": "341302", "assisting": "属地", "basis": "《新条例》", "from_on": "2026-12-01"}
    one.act("add_catalogue_entry", "catalogue/add/", category="供水", county="341302", **who)
    further = {"change_catalogue_entry": {**who, "basis": ""}, "end_catalogue_entry": {"ends_on": "2026-12-02"}}
    for verb, form in further.items():
        row = CatalogueEntry.objects.get(county="341302", status="open")
        one.act(verb, f"catalogue/{row.id}/{verb}/", **form)


def sorted_anew(one: Staffing) -> None:
    """A category is added, renamed, retired."""
    one.act("add_category", "categories/add/", name="低空飞行", above="城乡建设", from_on="2026-12-01")
    for verb, form in (("rename_category", {"name": "无人机"}), ("retire_category", {"ends_on": "2026-12-02"})):
        row = Category.objects.filter(name__in=("低空飞行", "无人机")).get(status="open")
        one.act(verb, f"categories/{row.id}/{verb}/", **{"from_on": "2026-12-01", **form})


def worded(one: Staffing) -> None:
    """A message is said otherwise, otherwise again, and as at first."""
    one.act("word_message", "wordings/urged/", body="请快办 {number}{limit}。")
    one.act("reword_message", "wordings/urged/", body="快办 {number}{limit}。")
    one.act("restore_message", "wordings/urged/restore/")


def endangered(one: Staffing) -> None:
    """A word of danger is added, and ended."""
    one.act("add_danger_word", "danger/add/", word="低空坠落")
    row = DangerWord.objects.get(word="低空坠落")
    one.act("end_danger_word", f"danger/{row.id}/end/")


def dated(one: Staffing, folder: Path) -> None:
    """A calendar year is published."""
    form = {"content": "year: 2031\nstatus: provisional\nholidays: {}\nworkdays: {}", "act_id": str(uuid4())}
    with override_settings(HOTLINE_CALENDARS_DIR=folder / "calendars"):
        one.admin.get("/staff/calendar/")
        standing.refill()
        one.found["publish_calendar"] = counted(one.statements, one.admin, "/staff/calendar/publish/", form, 303)
    wiring.wire()


def handed_over(statements: Any) -> dict[str, int]:
    """Statements of a shift that is handed over."""
    who, url = client_of("jiancha"), "/staff/desk/shift/"
    who.get(url)
    standing.refill()
    written = {"do": "write_shift_note", "body": "两件等回电。", "act_id": str(uuid4())}
    found = {"write_shift_note": counted(statements, who, url, written, 303)}
    ShiftNote.objects.using("owner").update(person_id=Person.objects.get(login="admin").id)
    read = {"do": "confirm_shift_note", "note": str(ShiftNote.objects.get().id), "act_id": str(uuid4())}
    return {**found, "confirm_shift_note": counted(statements, who, url, read, 303)}


def tried(statements: Any) -> int:
    """Statements of a trial call of a duty telephone."""
    unit, inspector = Unit.objects.get(code="X1"), client_of("inspector")
    inspector.get("/staff/duty-calls/")
    standing.refill()
    form = {"outcome": "no_answer", "phone": "0557-0000007", "act_id": str(uuid4())}
    return counted(statements, inspector, f"/staff/duty-calls/{unit.id}/", form, 303)


def password_changed(statements: Any) -> int:
    """Statements of changing one's password, with which one then signs in."""
    person, old, new = client_of("inspector"), {"login": "inspector", "password": PASSWORD}, "海棠依旧绿肥红瘦一二"
    change = {"old": PASSWORD, "password": new, "again": new, "act_id": str(uuid4())}
    found = counted(statements, person, "/staff/password/", change, 302)
    assert Client().post("/staff/sign-in/", old).status_code == 422
    assert Client().post("/staff/sign-in/", {**old, "password": new}).status_code == 302
    return found


def proved(one: Staffing) -> None:
    """A second factor is set up, signed in by, renewed, removed; an administrator lifts another, a lock, sessions."""
    login, url = "inspector", "/staff/security/"
    row = Post.objects.get(person__login=login)

    def enrol(client: Client) -> int:
        page = client.get(f"{url}second-factor/").content.decode()
        secret = re.findall(r'class="number">([A-Z2-7 ]+)<', page)[0].replace(" ", "")
        code = factors.code(secret, int(times.wall().timestamp()) // factors.PERIOD)
        form = {"secret": hidden(page, "secret"), "code": code, "old": PASSWORD, "act_id": str(uuid4())}
        standing.refill()
        with one.statements:
            codes = re.findall(r"<li>([a-z0-9-]{14})</li>", client.post(f"{url}second-factor/", form).content.decode())
        typed = {"login": login, "password": PASSWORD}
        halfway = {"half": hidden(Client().post("/staff/sign-in/", typed).content, "half"), "code": codes[0]}
        cost = one.statements.count
        one.found["spend_code"] = counted(one.statements, Client(), "/staff/sign-in/second/", halfway, 302)
        return cost

    me = client_of(login)
    one.found["enrol_factor"] = enrol(me)
    for verb, expected in (("renew_codes", 200), ("remove_factor", 303)):
        form = {"old": PASSWORD, "act_id": str(uuid4())}
        one.found[verb] = counted(one.statements, me, f"{url}{verb}/", form, expected)
    form = {"phone": "0557-0009021", "sms_arrived": "1", "hours": "day", "act_id": str(uuid4())}
    one.found["choose_notices"] = counted(one.statements, me, "/staff/notices/ways/", form, 303)
    enrol(me)
    one.act("lift_factor", f"post/{row.id}/lift_factor/?row={Factor.objects.get(status='open').id}")
    one.act("lift_lock", f"post/{row.id}/lift_lock/")
    key = signed_in.of(row.person_id, times.wall())[0].key
    one.act("end_session", f"post/{row.id}/end_session/?session={key}")
    one.act("end_sessions", f"post/{row.id}/end_sessions/")


def test_every_verb_of_the_network(walk: Walk, statements: Any, tmp_path: Path) -> None:
    with quick_passwords():
        one = Staffing(statements)
        staffed(one)
        catalogued(one)
        sorted_anew(one)
        worded(one)
        endangered(one)
        dated(one, tmp_path)
        proved(one)
        one.found["change_password"] = password_changed(statements)
    assert dearer(one.found, NETWORK) == {}
    assert max(one.found.values()) - STAMP + BLOCK <= MOST_OF_A_VERB
