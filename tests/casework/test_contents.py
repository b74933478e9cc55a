"""What may come in: found by content, drawn anew, and refused with a reason where it could run or unpack into more."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from hotline.casework.attachments import contents
from hotline.casework.attachments.contents import Unfit, clean_name, inspect
from support.pictures import docx, packed, pdf, picture

NOTE = "taken at No. 6"


def refused(data: bytes) -> str:
    with pytest.raises(Unfit) as no:
        inspect(data)
    return no.value.because


@pytest.mark.parametrize(("kind", "media_type"), [
    ("JPEG", "image/jpeg"), ("PNG", "image/jpeg"), ("WEBP", "image/jpeg"), ("GIF", "image/png"),
])  # fmt: skip
def test_a_picture_is_drawn_anew(kind: str, media_type: str) -> None:
    sent = picture(kind)
    content = inspect(sent)
    assert content.media_type == media_type
    assert content.body != sent
    with Image.open(io.BytesIO(content.body)) as image:
        assert image.size == (640, 480)


def test_nothing_but_the_picture_is_left_of_it() -> None:
    hidden = b"PK\x03\x04<script>alert(1)</script>"
    sent = picture("JPEG", note=NOTE) + hidden
    assert NOTE.encode() in sent
    kept = inspect(sent).body
    assert NOTE.encode() not in kept
    assert hidden not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_that_sees_through_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (1, 2, 3, 100)).save(out, "PNG")
    content = inspect(out.getvalue())
    with Image.open(io.BytesIO(content.body)) as image:
        assert (content.media_type, image.getpixel((0, 0))) == ("image/png", (1, 2, 3, 100))


def test_a_large_picture_is_made_smaller() -> None:
    with Image.open(io.BytesIO(inspect(picture("JPEG", (6000, 300))).body)) as image:
        assert max(image.size) <= contents.SIDE


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is this large."""
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack("!I", len(body)) + name + body + struct.pack("!I", zlib.crc32(name + body))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_bomb_of_pixels_is_refused_before_it_is_drawn() -> None:
    assert refused(bomb(60_000, 60_000)) == contents.TOO_MANY_PIXELS
    assert refused(bomb(10_000, 5_001)) == contents.TOO_MANY_PIXELS


@pytest.mark.parametrize("broken", [picture()[:500], b"\xff\xd8\xff" + b"x" * 100, b"GIF89a", bomb(100, 100)])
def test_a_broken_picture_is_refused(broken: bytes) -> None:
    assert refused(broken) == contents.BROKEN_IMAGE


@pytest.mark.parametrize(("sent", "because"), [
    (b"", contents.EMPTY),
    (b"MZ\x90\x00" + b"x" * 100, contents.RUNS),
    (b"\x7fELF" + b"x" * 100, contents.RUNS),
    (b"#!/bin/sh\nrm -rf /", contents.RUNS),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", contents.RUNS),
    (b"\xef\xbb\xbf  <?xml version='1.0'?><svg/>", contents.RUNS),
    (b"<!DOCTYPE html><html>", contents.RUNS),
    (b"  <script>alert(1)</script>", contents.RUNS),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, contents.OLD_OFFICE),
    (b"\x00\x00\x00\x18ftypheic" + b"x" * 100, contents.HEIC),
    (b"just words", contents.UNKNOWN),
    (b"Rar!\x1a\x07", contents.UNKNOWN),
    (b"\x00" * 100, contents.UNKNOWN),
])  # fmt: skip
def test_what_is_no_document_is_refused_with_its_reason(sent: bytes, because: str) -> None:
    assert refused(sent) == because


def test_a_plain_pdf_is_kept_as_it_is() -> None:
    sent = pdf(b"4 0 obj<</Length 8>>stream\n/JS /JSX\nendstream endobj")
    assert inspect(sent).body == sent
    assert inspect(pdf(packed(b"4 0 <</Type/Font>>"))).media_type == "application/pdf"


@pytest.mark.parametrize(("inside", "because"), [
    (b"3 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj", contents.ACTIVE_PDF),
    (b"3 0 obj<</S/J#61vaScript/J#53(app.alert(1))>>endobj", contents.ACTIVE_PDF),
    (b"3 0 obj<</S/Launch/F(cmd.exe)>>endobj", contents.ACTIVE_PDF),
    (b"3 0 obj<</Type/Filespec/EF<</F 4 0 R>>/EmbeddedFile 4 0 R>>endobj", contents.ACTIVE_PDF),
    (packed(b"4 0 <</S/JavaScript/JS(app.alert(1))>>"), contents.ACTIVE_PDF),
    (b"3 0 obj<</Encrypt 4 0 R>>endobj", contents.LOCKED_PDF),
    (packed(b" " * 20_000_000), contents.BOMB),
])  # fmt: skip
def test_a_pdf_that_acts_or_is_locked_or_a_bomb_is_refused(inside: bytes, because: str) -> None:
    assert refused(pdf(inside)) == because


def test_a_pdf_that_is_an_archive_too_or_has_no_end_is_refused() -> None:
    out = io.BytesIO(pdf())
    out.seek(0, 2)
    with zipfile.ZipFile(out, "a") as both:
        both.writestr("evil.js", "alert(1)")
    assert refused(out.getvalue()) == contents.BROKEN_PDF
    assert refused(pdf()[:60]) == contents.BROKEN_PDF


def test_a_document_without_macros_is_kept() -> None:
    sent = docx(word__media__image1_dot_png=picture("PNG", (20, 20)))
    assert (inspect(sent).body, inspect(sent).suffix) == (sent, ".docx")


@pytest.mark.parametrize("more", [
    {"word__vbaProject_dot_bin": b"x"}, {"word__embeddings__oleObject1_dot_bin": b"x"},
    {"word__activeX__activeX1_dot_bin": b"x"}, {"evil_dot_exe": b"MZ"},
    {"word___rels__settings_dot_xml_dot_rels": b'<Relationship Type="x/attachedTemplate" TargetMode="External"/>'},
])  # fmt: skip
def test_macros_programs_and_templates_from_elsewhere_are_refused(more: dict[str, bytes]) -> None:
    assert refused(docx(**more)) == contents.MACROS


def test_a_document_that_calls_itself_macro_enabled_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
        made.writestr("word/document.xml", "<document/>")
    assert refused(out.getvalue()) == contents.MACROS


def test_a_bomb_of_an_archive_is_refused() -> None:
    assert refused(docx(word__big_dot_xml=bytes(30_000_000))) == contents.BOMB
    assert refused(docx(**{f"word__e{i}": b"" for i in range(contents.ENTRIES)})) == contents.BOMB


def test_an_archive_whose_heads_lie_is_refused() -> None:
    sent = bytearray(docx(word__media__a=bytes(500_000)))
    at = sent.rindex(struct.pack("<I", 500_000))  # the size in the directory at its end
    sent[at : at + 4] = struct.pack("<I", 7)
    assert refused(bytes(sent)) in (contents.BOMB, contents.BROKEN_ZIP)


def test_any_other_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("photo.jpg", picture())
    assert refused(out.getvalue()) == contents.UNKNOWN
    assert refused(docx()[:200]) == contents.BROKEN_ZIP


@pytest.mark.parametrize(("name", "suffix", "clean"), [
    ("照片.JPG", ".jpg", "照片.jpg"),
    ("../../etc/passwd", ".jpg", "passwd.jpg"),
    ("C:\\Users\\甲\\桌面\\楼道.png", ".jpg", "楼道.jpg"),
    ("evil.exe", ".jpg", "evil.jpg"),
    ("a\x00b\r\nc\x1b[31m.jpg", ".jpg", "abc[31m.jpg"),
    ("photo\u202egpj.exe", ".jpg", "photogpj.jpg"),
    ("", ".pdf", "附件.pdf"), ("...", ".pdf", "附件.pdf"), (".htaccess", ".pdf", "htaccess.pdf"),
    ('<b>"x"|?*</b>.pdf', ".pdf", "b.pdf"),
    ("长" * 300 + ".jpg", ".jpg", "长" * 80 + ".jpg"),
])  # fmt: skip
def test_a_name_is_only_a_name(name: str, suffix: str, clean: str) -> None:
    assert clean_name(name, suffix) == clean
