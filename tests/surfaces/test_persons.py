"""One person found, handed out, put right, forgotten everywhere: nothing is left but ciphertext whose key is gone."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from hotline.casework.attachments import keeping, ports
from hotline.gateways.file_store import Folder
from support import ledger
from support.pictures import pdf
from surfaces.city import client_of, text_of
from surfaces.walk import LINE, NAME, PHONE, WORDS, Walk

SECRETS = (NAME, PHONE, WORDS, "十四排七号", "诸葛家的账单")
REASON = {"reason": "本人当面提出，核对过身份证", "also": "十四排七号"}
COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()
AND data_type IN ('text', 'character varying', 'bytea', 'json', 'jsonb', 'ARRAY', 'USER-DEFINED')
"""


@pytest.fixture(autouse=True)
def store(city: str, tmp_path: Path) -> Iterator[Folder]:
    """A store of the test's own."""
    before, folder = ports.current(), Folder(tmp_path / "files")
    ports.install(replace(before, store=folder))
    yield folder
    ports.install(before)


def ask(query: str, *values: Any) -> list[Any]:
    with connections["owner"].cursor() as cur:
        cur.execute(query, values)
        return list(cur.fetchall())


def left_in_the_database(*secrets: str) -> list[tuple[str, str, str]]:
    """Every text, bytea and json column of every table, searched for each of these, in clear and as hex."""
    found = []
    for table, column in ask(COLUMNS):
        for secret in secrets:
            hexed = secret.encode().hex()
            query = f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s OR "{column}"::text LIKE %s'
            if ask(query, f"%{secret}%", f"%{hexed}%")[0][0]:
                found.append((table, column, secret))
    return found


def lived(walk: Walk, **changed: Any) -> Walk:
    """A closed matter whose papers speak of its citizen in many places."""
    paper = SimpleUploadedFile("诸葛家的账单.pdf", pdf(b"paper"))
    walk.report(place="十四排七号", **{"files-new": paper, **changed})
    for verb in ("accept", "dispatch", "sign_for"):
        walk.act(verb)
    walk.act("record_contact", note=f"{NAME}说：{WORDS}")
    walk.act("draft_reply", reply=f"经查，{NAME}（139-5570 3218）反映“{WORDS}”属实。",
             answer=f"{NAME}您好，十四排七号的灯换好了。")  # fmt: skip
    for verb in ("answer_citizen", "sign_off", "file", "approve", "follow_up"):
        walk.act(verb)
    return walk


def person_page(walk: Walk) -> str:
    """The data officer's page of the person, found by telephone."""
    page = client_of("inspector").post("/staff/persons/", {"phone": f"+86 {PHONE}"})
    assert page.status_code == 200
    found = re.search(r'href="(/staff/persons/[^"]+/)"', page.content.decode())
    assert found, text_of(page.content)
    return found[1]


def figures() -> list[Any]:
    """What statistics count: lines by kind, unit, due and timeliness; matters by status, kind and category."""
    lines = ledger.lines("chain_kind = 1 AND kind::text NOT LIKE 'anonymised%%'")
    of_lines = sorted((li.kind, str(li.told()[4:])) for li in lines)
    of_matters = ask("SELECT status, kind, category, count(*) FROM casework_matter GROUP BY 1,2,3 ORDER BY 1,2,3")
    return [*of_lines, *of_matters]


def test_a_person_is_forgotten_everywhere_and_chains_seals_and_figures_stand(
    walk: Walk, store: Folder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from datetime import date

    from hotline.procedure import sealing, times
    from hotline.procedure.models import OutboxMessage
    from hotline.procedure.verify import verify

    caplog.set_level(logging.DEBUG)
    lived(walk)
    second = lived(Walk())
    other = Walk()
    other.report(name="欧阳某", phone="13900009999", words="另一个人的另一件事，和灯没有关系。", gist="别的事", place="")
    (tmp_path / "seals").mkdir()
    sealing.seal(date(2026, 11, 17), tmp_path / "seals", times.now())
    assert verify(tmp_path / "seals").ok
    assert {secret for _, _, secret in left_in_the_database(*SECRETS)} == {WORDS, NAME, "十四排七号"}  # in clear at rest
    before, url = figures(), person_page(walk)
    told = client_of("inspector").post(url, REASON)
    assert (told.status_code, "已在 2 件里匿名。密钥已销毁。" in text_of(told.content)) == (200, True)
    assert left_in_the_database(*SECRETS) == []
    assert figures() == before
    sealing.seal(date(2026, 11, 18), tmp_path / "seals", times.now())
    report = verify(tmp_path / "seals")
    assert (report.ok, report.broken) == (True, ())
    assert len([*store.names()]) == 2
    assert keeping.sweep(times.now()) == 2  # ciphertext, too, goes
    assert [*store.names()] == []
    assert not any(secret in caplog.text for secret in SECRETS)
    assert not any(secret in str(row) for row in OutboxMessage.objects.values() for secret in SECRETS)
    for one in (walk, second):
        page = text_of(client_of("web").get(one.url).content)
        assert "已随匿名销毁" in page
        assert not any(secret in page for secret in SECRETS)
    keys = ask("SELECT count(*) FROM procedure_personkey")[0][0]
    assert keys == 1  # the other citizen's
    assert "欧阳某" in text_of(client_of("web").post(f"{other.url}reveal/").content)


def test_a_message_that_waited_tells_nobody_any_more(walk: Walk) -> None:
    from hotline.procedure import outbox, times

    lived(walk)
    client_of("inspector").post(person_page(walk), REASON)
    heard: list[str] = []

    class Heard:
        def send(self, message_id: int, to: str, text: str) -> None:
            heard.append(to)

    while outbox.deliver(Heard(), times.now(), 1):
        pass
    assert PHONE not in heard


def test_what_is_being_handled_waits_and_the_rest_goes(walk: Walk) -> None:
    lived(walk)
    open_ = Walk().until("dispatch")
    answer = client_of("inspector").post(url := person_page(walk), REASON)
    assert answer.status_code == 409
    assert open_.number in text_of(answer.content)
    assert ask("SELECT count(*) FROM procedure_personkey")[0][0] == 1  # still needed to answer; the paper's own is gone
    assert client_of("web").post(f"{open_.url}reveal/").content.decode().count(NAME)
    for verb in LINE[LINE.index("sign_for") : LINE.index("archive")]:
        open_.act(verb)
    told = client_of("inspector").post(url, REASON)
    assert "已在 1 件里匿名。密钥已销毁。" in text_of(told.content)
    assert left_in_the_database(NAME, PHONE, WORDS) == []
    again = client_of("inspector").post(url, REASON)
    assert "已在 0 件里匿名" in text_of(again.content)


def test_only_the_caller_who_asked_is_forgotten(walk: Walk) -> None:
    from hotline.procedure.verify import verify

    lived(walk)
    repeat = {"channel": "phone", "words": "我是楼上的，我家门口的灯也一样不亮，请一起修。", "facts": "same",
              "name": "欧阳某", "phone": "13900009999"}  # fmt: skip
    assert walk.post("record_repeat", repeat, "web").status_code == 303
    client_of("inspector").post(person_page(walk), REASON)
    assert left_in_the_database(NAME, PHONE, WORDS) == []
    assert {secret for _, _, secret in left_in_the_database("我家门口的灯也一样不亮")} == {"我家门口的灯也一样不亮"}
    assert ask("SELECT count(*) FROM procedure_personkey")[0][0] == 1
    assert verify().ok


def test_a_person_who_calls_again_afterwards_is_somebody_new(walk: Walk) -> None:
    lived(walk)
    client_of("inspector").post(person_page(walk), REASON)
    Walk().report()
    assert ask("SELECT count(DISTINCT citizen_id) FROM casework_contact")[0][0] == 2


def test_all_there_is_comes_out_as_a_file_and_leaves_a_line(walk: Walk) -> None:
    lived(walk)
    url = person_page(walk)
    inspector = client_of("inspector")
    assert inspector.get(f"{url}export/").status_code == 200
    answer = inspector.post(f"{url}export/")
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        said = packed.read("个人信息.txt").decode("utf-8-sig")
        names = packed.namelist()
    for secret in (NAME, PHONE, WORDS, "十四排七号", walk.number, "答复（"):
        assert secret in said
    assert any(name.endswith("诸葛家的账单.pdf") for name in names)
    kinds = [row[0] for row in ask("SELECT kind FROM procedure_ledgerline WHERE chain_kind = 5 ORDER BY seq")]
    assert kinds == ["person_sought", "person_exported"]


def test_nobody_else_comes_near(walk: Walk) -> None:
    lived(walk)
    url = person_page(walk)
    for who in ("web", "shift", "reviewer", "yongqiao-head", "leader", "admin"):
        for address in ("/staff/persons/", url, f"{url}export/"):
            assert client_of(who).get(address).status_code == 403, (who, address)
            assert client_of(who).post(address, REASON).status_code == 403
        assert "个人信息" not in text_of(client_of(who).get("/staff/rulebook/").content)[:200]
    inspector = client_of("inspector")
    assert inspector.get("/staff/persons/forged/").status_code == 404
    assert inspector.post("/staff/persons/", {"phone": "13900000000"}).status_code == 200
    assert inspector.post(url, {"reason": " "}).status_code == 422
    assert ask("SELECT count(*) FROM casework_contact WHERE forgotten_at IS NOT NULL")[0][0] == 0


def test_who_is_forgotten_is_covered_in_what_shift_leaders_told_each_other(walk: Walk) -> None:
    from hotline.procedure.verify import verify

    lived(walk)
    shift = client_of("shift", "shift_leader")
    said = f"{NAME}（{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}）等回电，投影仪坏了。"
    note = {"do": "write_shift_note", "act_id": str(uuid4()), "body": said}
    assert shift.post("/staff/desk/shift/", note).status_code == 303
    client_of("inspector").post(person_page(walk), REASON)
    [(body,)] = ask("SELECT body FROM network_shiftnote")
    assert (len(body), body.endswith("）等回电，投影仪坏了。")) == (len(said), True)
    assert PHONE[3:7] not in body
    assert left_in_the_database(NAME, PHONE) == []
    assert verify().ok


def test_a_name_and_a_telephone_are_put_right_for_every_matter(walk: Walk) -> None:
    from hotline.procedure.verify import verify

    lived(walk)
    later = Walk()
    later.report()
    given = {"act_id": str(uuid4()), "name": "诸葛明日", "reason": "本人来电"}
    wrong = client_of("inspector").post(f"{later.url}correct_person/", given)
    assert "请到那一件里更正" in text_of(wrong.content)
    right = {"act_id": str(uuid4()), "name": "诸葛明日", "phone": "13900001111", "reason": "回拨核实"}
    assert client_of("shift", "shift_leader").post(f"{walk.url}correct_person/", right).status_code == 303
    for one in (walk, later):
        shown = text_of(client_of("web").post(f"{one.url}reveal/").content)
        assert "诸葛明日" in shown
        assert "13900001111" in shown
    assert client_of("inspector").post("/staff/persons/", {"phone": PHONE}).content.decode().count("诸葛") == 0
    assert "诸葛明日" in client_of("inspector").post("/staff/persons/", {"phone": "13900001111"}).content.decode()
    assert verify().ok
    assert left_in_the_database("诸葛明日", "13900001111") == []


def test_who_looks_at_very_many_is_told_of(walk: Walk) -> None:
    from hotline.casework.lookups import ALARM_EVERY

    walk.report()
    web = client_of("web")
    for _ in range(ALARM_EVERY):
        assert ask("SELECT count(*) FROM procedure_outboxmessage WHERE template = 'many_revealed'")[0][0] == 0
        assert web.post(f"{walk.url}reveal/").status_code == 200
    (row,) = ask("SELECT to_kind, refs::text FROM procedure_outboxmessage WHERE template = 'many_revealed'")
    assert row[0] == "unit"
    from hotline.procedure import outbox, times

    heard: list[str] = []

    class Heard:
        def send(self, message_id: int, to: str, text: str) -> None:
            heard.append(text)

    while outbox.deliver(Heard(), times.now(), 1):
        pass
    assert any("短时间里查看诉求人姓名和电话很多次" in text for text in heard)


def test_words_passed_on_to_another_matter_go_too(walk: Walk) -> None:
    """Somebody whose matter was joined: over the pages, with the chains of both."""
    from hotline.procedure.verify import verify

    walk.until("dispatch", phone="13900009999", name="欧阳某", words="楼上楼下都一样，灯坏了很久。", gist="灯坏了")
    joined = Walk().until("accept")
    form = {"number": walk.number, "words": f"{NAME}：{WORDS}", "reason": "同一栋楼"}
    assert joined.post("join_matter", form, "web").status_code == 303
    for verb in LINE[LINE.index("sign_for") : LINE.index("follow_up")]:
        walk.act(verb)
    assert joined.post("follow_up", {"means": "phone", "reached": "1", "solved": "yes", "result": "1"},
                       "follow").status_code in (303, 409)  # fmt: skip
    told = client_of("inspector").post(person_page(joined), REASON)
    assert "已在 1 件里匿名" in text_of(told.content)
    assert left_in_the_database(NAME, PHONE, WORDS) == []
    assert ask("SELECT count(*) FROM procedure_ledgerline WHERE kind = 'joined_forgotten'")[0][0] == 1
    report = verify()
    assert (report.ok, report.broken) == (True, ())


def test_what_a_simulated_city_wrote_down_of_their_messages_goes_too(walk: Walk, tmp_path: Path) -> None:
    from hotline.gateways.sms import FolderSms
    from hotline.jobs import scrubbing
    from hotline.procedure import outbox, times

    def delivered(folder: FolderSms) -> str:
        while outbox.deliver(folder, times.now(), 1):
            pass
        return folder.path.read_text()

    lived(walk)
    Walk().report(name="欧阳某", phone="13900009999", words="另一件事。", gist="别的事")
    folder = FolderSms(tmp_path, "simulated")
    before = delivered(folder)
    assert PHONE in before
    assert folder.scrub(scrubbing.gone) == 0
    assert folder.path.read_text() == before
    client_of("inspector").post(person_page(walk), REASON)
    assert folder.scrub(scrubbing.gone) == before.count(PHONE)
    left = delivered(folder)
    assert PHONE not in left
    assert "13900009999" in left
    outbox.purge(times.now() + 2 * outbox.KEPT)
    folder.scrub(scrubbing.gone)
    assert folder.path.read_text() == "", "no longer than the outbox itself keeps them"


def test_kept_for_its_time_and_agreed_to_by_two_it_is_destroyed(walk: Walk) -> None:
    """The clock proposes, two people agree on their pages, a loop destroys; nothing is left but the figures."""
    from hotline.casework import clock, forgetting
    from hotline.procedure import times
    from hotline.procedure.verify import verify

    lived(walk)
    walk.act("archive")
    for login in ("inspector", "shift"):
        assert walk.number not in client_of(login).get("/staff/desk/to-destroy/").content.decode()
    ask("UPDATE casework_matter SET retain_until = %s, next_decision_at = %s RETURNING id", times.now(), times.now())
    before = figures()
    while clock.sweep(times.now()).claimed:
        pass
    assert walk.number[4:] in client_of("inspector").get("/staff/desk/to-destroy/").content.decode()
    assert forgetting.destroy_expired(times.now()) == 0
    assert walk.post("approve_destruction", {}, "shift").status_code == 409
    assert walk.post("agree_to_destroy", {}, "inspector").status_code == 303
    assert forgetting.destroy_expired(times.now()) == 0
    assert walk.post("approve_destruction", {}, "shift").status_code == 303
    assert left_in_the_database(NAME, PHONE, WORDS) != []
    assert forgetting.destroy_expired(times.now()) == 1
    assert left_in_the_database(NAME, PHONE, WORDS) == []
    assert forgetting.destroy_expired(times.now()) == 0
    kinds = "('destruction_proposed', 'destruction_agreed', 'destruction_approved', 'personal_data_destroyed')"
    assert ask(f"SELECT count(*) FROM procedure_ledgerline WHERE kind IN {kinds}")[0][0] == 4
    assert {row for row in before if row[0] not in kinds} <= set(figures())
    report = verify()
    assert (report.ok, report.broken) == (True, ())
    assert "保管期满，个人信息已销毁" in text_of(client_of("web").get(walk.url).content)


def test_no_post_keeps_a_search_with_the_name_of_somebody_forgotten(walk: Walk) -> None:
    lived(walk)
    for query, called in ((f"q={quote(NAME)}", "这户"), ("q=账单", f"{NAME}家"), ("q=十四排七号", "那一户"), ("q=账单", "账单")):
        client_of("reviewer").post("/staff/search/kept/", {"query": query, "name": called})
    assert client_of("inspector").post(person_page(walk), REASON).status_code == 200
    page = client_of("reviewer").get("/staff/search/").content.decode()
    assert ("账单" in page, "这户" in page, "那一户" in page, NAME in page) == (True, False, False, False)
