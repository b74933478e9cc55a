"""Papers on the page: registered over HTTP with their scans, shown among the facts and in the timeline."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from hotline.casework.models import Attachment, Order, PaperDocument
from support import line
from support.pictures import pdf
from surfaces.test_extensions_shown import citizens_page, done, page
from surfaces.walk import Walk, unit_id

OFFICE = "shift"
PAPER = line.paper(line.rulebook("suzhou-2018"))


def test_papers_stand_on_the_matters_page_with_their_scans(walk: Walk) -> None:
    walk.until("file")
    scan = SimpleUploadedFile("来函.pdf", pdf())
    done(walk, "record_paper_in", OFFICE, **PAPER, party="某区某局", **{"files-new": scan})  # type: ignore[arg-type]
    assert PaperDocument.objects.filter(matter__number=walk.number, direction="in", sheets=3).count() == 1
    assert Attachment.objects.filter(matter__number=walk.number).count() == 1
    for said in ("纸质文件", "某区某局 · 某函〔2026〕3号 · 3 页", "收文登记，3 页，扫描件 1 个", "来函.pdf"):
        assert said in page(walk, OFFICE), said


def test_an_order_on_paper_is_signed_for_by_its_receipt(walk: Walk) -> None:
    walk.until("accept")
    done(walk, "dispatch_on_paper", OFFICE, **PAPER, kind="complaint", unit=str(unit_id()), taken_by="收发员甲")
    order = Order.objects.get(matter__number=walk.number)
    assert (order.status, order.signed_at) == ("signed", order.received_at)
    assert "纸质转办埇桥区，从单位收到时起算" in page(walk, OFFICE).replace("人民政府", "")
    assert "签收人：收发员甲" in page(walk, OFFICE)
    assert "收发员甲" not in citizens_page(walk)
