"""附件 over HTTP: sent with a form, kept while it is wrong, read through the desk of the matter and no other way."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from hotline.casework.attachments import keeping, ports
from hotline.gateways.file_store import Folder
from support.pictures import docx, pdf, picture
from surfaces.city import client_of, text_of
from surfaces.walk import LETTER, REPORT, Walk

NAME = "我家楼道-诸葛.jpg"
PHOTO = picture(note="secret place")


@pytest.fixture(autouse=True)
def store(city: str, tmp_path: Path) -> Iterator[Folder]:
    """A store of the test's own."""
    before, folder = ports.current(), Folder(tmp_path / "files")
    ports.install(replace(before, store=folder))
    yield folder
    ports.install(before)


def sent(body: bytes = PHOTO, name: str = NAME) -> dict[str, Any]:
    return {"files-new": SimpleUploadedFile(name, body)}


def rows() -> list[Any]:
    from hotline.casework.models import Attachment

    return list(Attachment.objects.order_by("id"))


def waiting() -> int:
    from hotline.procedure.models import StagedFile

    return int(StagedFile.objects.count())


def address(walk: Walk, at: int = 0) -> str:
    return f"{walk.url}file/{rows()[at].id}/"


def ticked(page: Any) -> list[str]:
    return re.findall(r'type="checkbox" name="files" value="([^"]+)" checked', page.content.decode())


# sending


def test_a_citizens_photo_goes_with_the_form_and_is_handed_out_redrawn(walk: Walk, store: Folder) -> None:
    walk.report(**sent())
    (row,) = rows()
    assert (row.source, row.media_type, waiting()) == ("citizen", "image/jpeg", 0)
    answer = client_of("web").get(address(walk))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert "filename*=UTF-8''%E6%88%91%E5%AE%B6" in answer["Content-Disposition"]
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert answer["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.size == (640, 480)
    assert b"secret place" not in answer.content


def test_nothing_of_it_lies_in_clear(walk: Walk, store: Folder) -> None:
    walk.report(**sent())
    body = client_of("web").get(address(walk)).content
    (name,) = store.names()
    sealed = store.get(name)
    assert sealed is not None
    assert name == rows()[0].object
    assert body[100:200] not in sealed
    assert b"JFIF" not in sealed
    assert NAME.encode() not in bytes(rows()[0].name_sealed)


def test_the_line_holds_the_sealed_digest_and_verify_sees_a_change(walk: Walk) -> None:
    from django.db import connections

    from hotline.procedure.ledger import short
    from hotline.procedure.perform import read
    from hotline.procedure.verify import verify

    walk.report(**sent())
    (row,) = rows()
    line = read("matter", row.matter_id).lines[0].read()
    assert ("casework_attachment", row.id, "content", short(bytes(row.content_sealed))) in line.sealed
    assert verify().ok
    with connections["owner"].cursor() as cur:
        cur.execute("UPDATE casework_attachment SET content_sealed = 'x' WHERE id = %s", [row.id])
    assert [b.seq for b in verify().broken] == [1]


def test_a_file_changed_in_the_store_is_not_handed_out(walk: Walk, store: Folder) -> None:
    walk.report(**sent())
    path = next(store.root.glob("??/*"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    answer = client_of("web").get(address(walk))
    assert answer.status_code == 503
    assert "被改过或损坏" in text_of(answer.content)
    assert [*keeping.unlike()]
    path.unlink()
    assert "不在文件库里" in text_of(client_of("web").get(address(walk)).content)


def test_a_form_with_errors_keeps_its_files(walk: Walk) -> None:
    wrong = walk.citizen.post("/submit/", {**REPORT, "gist": "", "act_id": str(uuid4()), **sent()})
    assert wrong.status_code == 422
    assert (waiting(), rows()) == (1, [])
    tokens = ticked(wrong)
    assert len(tokens) == 1
    assert NAME in wrong.content.decode()
    checked = walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), "files": tokens, **sent(pdf(), "b.pdf")})
    assert checked.status_code == 200
    said = text_of(checked.content)
    assert NAME in said
    assert "b.pdf" in said
    kept = re.search(r'name="files" value="([^"]+)"', checked.content.decode())
    assert kept is not None
    changed = walk.citizen.post("/submit/", {**REPORT, "edit": "gist", "files": kept[1]})
    assert ticked(changed) == kept[1].split()
    walk.report(files=kept[1])
    assert [row.media_type for row in rows()] == ["image/jpeg", "application/pdf"]
    assert waiting() == 0


def test_a_file_unticked_does_not_go_along(walk: Walk) -> None:
    wrong = walk.citizen.post("/submit/", {**REPORT, "gist": "", "act_id": str(uuid4()), **sent()})
    assert len(ticked(wrong)) == 1
    walk.report()
    assert rows() == []


def test_a_bad_file_says_why_and_the_words_stay(walk: Walk) -> None:
    wrong = walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), **sent(b"MZ" + b"x" * 99, "a/b\\坏.jpg")})
    assert wrong.status_code == 422
    assert "“坏.jpg”是程序或网页，不能收。" in text_of(wrong.content)
    assert REPORT["words"] in wrong.content.decode()
    assert waiting() == 0


def test_limits_are_said_before_and_kept(walk: Walk) -> None:
    limits = ports.Limits(most=2, each=ports.MEGABYTE, together=4 * ports.MEGABYTE)
    ports.install(replace(ports.current(), limits=limits))
    form = text_of(walk.citizen.get("/submit/").content)
    assert "最多 2 个，每个不超过 1 MB，合计不超过 4 MB" in form
    many = {"files-new": [SimpleUploadedFile(f"{i}.pdf", pdf()) for i in range(3)]}
    wrong = walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), **many})
    assert "文件太多：一次最多 2 个" in text_of(wrong.content)
    assert len(ticked(wrong)) == 2
    heavy = sent(pdf(b"x" * ports.MEGABYTE), "大.pdf")
    large = walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), **heavy})
    assert "“大.pdf”超过 1 MB，没有收" in text_of(large.content)
    whole = walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), **sent(b"x" * 7 * ports.MEGABYTE)})
    assert whole.status_code == 413
    assert "文件加起来太大" in text_of(whole.content)
    crowd = {"files-new": [SimpleUploadedFile(f"{i}.pdf", b"x") for i in range(30)]}
    assert walk.citizen.post("/submit/", {**REPORT, **crowd}).status_code == 413


def test_one_place_sends_only_so_many_an_hour(walk: Walk) -> None:
    ports.install(replace(ports.current(), limits=ports.Limits(an_hour=2)))
    for _ in range(2):
        assert walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), **sent(pdf())}).status_code == 200
    wrong = walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), **sent(pdf())})
    assert "这一阵传的文件太多" in text_of(wrong.content)
    ports.install(replace(ports.current(), limits=ports.Limits()))
    assert walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), **sent(pdf())}).status_code == 200


def test_a_token_is_good_for_one_act_and_for_a_day(walk: Walk) -> None:
    from django.db import connections

    page = walk.citizen.post("/submit/", {**REPORT, "gist": "", "act_id": str(uuid4()), **sent()})
    (token,) = ticked(page)
    data = {**REPORT, "step": "send", "files": token, "act_id": str(uuid4())}
    assert walk.citizen.post("/submit/", data).status_code == 303
    assert walk.citizen.post("/submit/", data).status_code == 303  # the same act again
    again = walk.citizen.post("/submit/", {**data, "act_id": str(uuid4())})
    assert (again.status_code, len(rows())) == (422, 1)
    assert "请重新选择文件" in text_of(again.content)
    (old,) = ticked(walk.citizen.post("/submit/", {**REPORT, "gist": "", "act_id": str(uuid4()), **sent()}))
    with connections["owner"].cursor() as cur:
        cur.execute("UPDATE procedure_stagedfile SET uploaded_at = now() - interval '24 hours 1 minute'")
    assert keeping.kept([old]) == []
    assert walk.citizen.post("/submit/", {**data, "files": old, "act_id": str(uuid4())}).status_code == 422


def test_what_nobody_took_is_swept_after_a_day(walk: Walk, store: Folder) -> None:
    from django.db import connections

    from hotline.procedure import times

    walk.report(**sent())
    walk.citizen.post("/submit/", {**REPORT, "gist": "", "act_id": str(uuid4()), **sent()})
    assert (len([*store.names()]), keeping.sweep(times.now())) == (2, 0)
    with connections["owner"].cursor() as cur:
        cur.execute("UPDATE procedure_stagedfile SET uploaded_at = now() - interval '26 hours'")
    assert keeping.sweep(times.now()) == 1
    assert [*store.names()] == [rows()[0].object]
    assert waiting() == 0
    assert client_of("web").get(address(walk)).status_code == 200


def test_an_infected_file_or_a_silent_scanner_takes_nothing_in(walk: Walk) -> None:
    class Finds:
        def scan(self, body: bytes) -> ports.Verdict:
            return ports.Verdict(False, "Eicar")

    class Silent:
        def scan(self, body: bytes) -> ports.Verdict:
            raise ports.ScanFailed("no")

    for scanner, said in ((Finds(), "查出病毒，没有收"), (Silent(), "文件检查暂时做不了")):
        ports.install(replace(ports.current(), scanner=scanner))
        wrong = walk.citizen.post("/submit/", {**REPORT, "act_id": str(uuid4()), **sent()})
        assert (wrong.status_code, said in text_of(wrong.content)) == (422, True)
    assert waiting() == 0


# the other forms


def test_an_operator_a_unit_and_later_acts_send_files(walk: Walk) -> None:
    operator = client_of("web")
    form = operator.get("/staff/register/").content.decode()
    assert 'name="files-new"' in form
    assert 'enctype="multipart/form-data"' in form
    data = {**REPORT, "channel": "phone", "people": "住户", "cause": "灯坏", "course": "报修过", "outcome": "没修",
            "act_id": str(uuid4())}  # fmt: skip
    assert operator.post("/staff/register/", {**data, **sent()}).status_code == 303
    walk.number = rows()[0].matter.number
    for verb in ("accept", "dispatch", "sign_for", "record_contact"):
        walk.act(verb)
    evidence = sent(docx(), "整改报告.docx")
    assert walk.post("draft_reply", {**LETTER, **evidence}).status_code == 303
    later = {"words": "换灯后的照片", "act_id": str(uuid4()), **sent(picture("PNG"), "after.png")}
    clerk = client_of("yongqiao-clerk")
    assert clerk.post(f"{walk.url}add_evidence/?order={walk.order()}", later).status_code == 303
    paper = {"words": "诉求人送来的合同", "act_id": str(uuid4()), **sent(pdf(), "合同.pdf")}
    assert client_of("reviewer").post(f"{walk.url}add_material/", paper).status_code == 303
    assert [(r.source, bool(r.order_id)) for r in rows()] == [("office", False), ("unit", True), ("unit", True),
                                                              ("office", False)]  # fmt: skip
    page = text_of(clerk.get(walk.url).content)
    for said in ("附件 4", NAME, "整改报告.docx", "after.jpg", "合同.pdf", "补充证据，附件 1 个", "换灯后的照片"):
        assert said in page
    for at in range(4):
        assert clerk.get(address(walk, at)).status_code == 200


def test_a_wrong_verb_keeps_its_files_too(walk: Walk) -> None:
    walk.until("record_contact")
    wrong = walk.post("draft_reply", {**LETTER, "reply": "", **sent()})
    assert (wrong.status_code, len(ticked(wrong))) == (422, 1)
    assert walk.post("draft_reply", {**LETTER, "files": ticked(wrong)}).status_code == 303
    assert len(rows()) == 1


def test_what_was_missing_may_be_a_photo(walk: Walk) -> None:
    walk.report()
    ask = {"missing": "请发一张照片", "means": "phone", "outcome": "asked", "note": "通话记录 3 号"}
    assert walk.post("ask_for_facts", ask, "web").status_code == 303
    walk.citizen.post("/follow/", {"number": walk.number, "code": walk.code})
    page = walk.citizen.get(f"/follow/{walk.number}/supply/").content.decode()
    assert 'name="files-new"' in page
    given = {"facts": "照片在这里。", "act_id": str(uuid4()), **sent()}
    assert walk.citizen.post(f"/follow/{walk.number}/supply/", given).status_code == 302
    assert [r.source for r in rows()] == ["citizen"]


# reading


def test_only_whom_the_desk_lets_reads_it(walk: Walk) -> None:
    walk.report(**sent())
    walk.act("accept")
    walk.act("dispatch")
    url = address(walk)
    seen = {"web": 200, "yongqiao-clerk": 200, "dangshan-clerk": 404, "admin": 404, "leader": 404}
    for who, status in seen.items():
        assert client_of(who).get(url).status_code == status, who
    assert Client().get(url).status_code == 302
    other = Walk()
    other.report()
    file_id = rows()[0].id
    assert client_of("web").get(f"{other.url}file/{file_id}/").status_code == 404  # not a file of that matter
    for odd in ("0", "-1", "x", "9" * 30, "%00"):
        assert client_of("web").get(f"{walk.url}file/{odd}/").status_code == 404
    assert client_of("web").post(url).status_code == 405


def test_the_target_of_a_complaint_reads_no_file_of_it(walk: Walk) -> None:
    from surfaces.walk import unit_id

    walk.report(**sent())
    walk.act("accept")
    walk.act("dispatch")
    clerk = client_of("yongqiao-clerk")
    assert clerk.get(address(walk)).status_code == 200
    named = {"target": "unit", "unit": str(unit_id()), "reason": "说的就是他们"}
    assert walk.post("name_target", named, "shift").status_code == 303
    assert clerk.get(address(walk)).status_code == 404


def test_a_confidential_callers_photo_is_not_for_the_unit(walk: Walk) -> None:
    walk.report(secrecy="1", **sent())
    for verb in ("accept", "dispatch", "sign_for"):
        walk.act(verb)
    clerk = client_of("yongqiao-clerk")
    page = clerk.get(walk.url).content.decode()
    assert NAME not in page
    assert "只有热线办能看" in page
    assert f"file/{rows()[0].id}" not in page
    assert clerk.get(address(walk)).status_code == 404
    assert client_of("web").get(address(walk)).status_code == 200
    later = {"words": "现场", "act_id": str(uuid4()), **sent(name="现场.jpg")}
    assert clerk.post(f"{walk.url}add_evidence/?order={walk.order()}", later).status_code == 303
    assert clerk.get(address(walk, 1)).status_code == 200


def test_one_page_asks_once_for_all_names(walk: Walk, statements: Any) -> None:
    walk.report(**{"files-new": [SimpleUploadedFile(f"{i}.pdf", pdf()) for i in range(5)]})
    web = client_of("web")
    web.get(walk.url)
    with statements:
        web.get(walk.url)
    assert statements.count <= 8
