"""什么样的文件能收 (contents): the type is found by content, never by name; images are drawn anew, so that nothing but the
picture is left of them; what could run, and what unpacks into far more than it is, is refused with the reason."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Semaphore

from PIL import Image, ImageOps

PIXELS = 50_000_000
SIDE = 4096
NAME_LENGTH = 80
ENTRIES, UNPACKED, RATIO, SMALL = 2000, 100 * 1024 * 1024, 200, 1024 * 1024
INFLATED = 4 * 1024 * 1024
AT_ONCE = Semaphore(2)  # pictures drawn at the same time in one process: each may need 200 MB for a moment
JPEG_QUALITY = 85


class Unfit(Exception):
    """不能收: `because` says why, and what to do instead."""

    def __init__(self, because: str):
        super().__init__(because)
        self.because = because


@dataclass(frozen=True, slots=True)
class Content:
    """收下的内容: what is kept, its type as found, and the ending that belongs to it."""

    body: bytes
    media_type: str
    suffix: str


EMPTY = "是空的"
TOO_MANY_PIXELS = "的尺寸太大（最多 5000 万像素），请缩小后再传"
BROKEN_IMAGE = "打不开，可能没有传完，或者不是图片"
HEIC = "是 HEIC 照片，请在手机“设置—相机—格式”里选“兼容性最佳”重拍，或另存为 JPG"
RUNS = "是程序或网页，不能收"
OLD_OFFICE = "是旧版 Office 文件，可能带宏，请另存为 docx、xlsx 或 PDF"
UNKNOWN = "不是能收的类型"
MACROS = "带宏或嵌入的程序，不能收，请另存为不带宏的"
BOMB = "压缩得不正常，不能收"
BROKEN_ZIP = "打不开，可能没有传完"
ACTIVE_PDF = "里有脚本、可执行的动作或嵌入的文件，不能收，请“打印成 PDF”后再传"
LOCKED_PDF = "加了密，别人打不开，请去掉密码后再传"
BROKEN_PDF = "不是完好的 PDF"


def clean_name(name: str, suffix: str = "") -> str:
    """A file's name without path, control and direction signs, of bearable length, with the ending of its true type."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in last if not unicodedata.category(c).startswith("C"))
    shown = re.sub(r'[<>:"|?*\s]+', " ", shown).strip(" .")
    stem = shown.rsplit(".", 1)[0] if "." in shown else shown
    stem = stem[:NAME_LENGTH].strip(" .") or "附件"
    return stem + (suffix or (shown[len(shown.rsplit(".", 1)[0]) :] if "." in shown else ""))


def _pillow(kind: str) -> Callable[[bytes], Content]:
    def draw(data: bytes) -> Content:
        with AT_ONCE:
            try:
                return _drawn(data, kind)
            except Unfit:
                raise
            except Image.DecompressionBombError as error:
                raise Unfit(TOO_MANY_PIXELS) from error
            except Exception as error:  # a decoder fed with rubbish raises whatever it likes
                raise Unfit(BROKEN_IMAGE) from error

    return draw


def _drawn(data: bytes, kind: str) -> Content:
    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        if image.width * image.height > PIXELS or not image.width * image.height:
            raise Unfit(TOO_MANY_PIXELS)
        image.draft("RGB", (SIDE, SIDE))  # a large JPEG is read at a fraction of its size
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((SIDE, SIDE))
        see_through = "A" in upright.getbands() or "transparency" in upright.info
        made = upright.convert("RGBA" if see_through else "RGB")
    fresh = Image.frombytes(made.mode, made.size, made.tobytes())  # no profile, no comment, no place of taking
    out = io.BytesIO()
    if see_through or kind == "GIF":
        fresh.save(out, "PNG")
        return Content(out.getvalue(), "image/png", ".png")
    fresh.save(out, "JPEG", quality=JPEG_QUALITY)
    return Content(out.getvalue(), "image/jpeg", ".jpg")


_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_OBJECTS = re.compile(rb"/Type\s*/ObjStm[^>]{0,400}>>\s*stream\r?\n|<<[^>]{0,400}/ObjStm[^>]{0,400}>>\s*stream\r?\n")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z])")


def _unescaped(data: bytes) -> bytes:
    """Names written with #xx, as they read."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), data)


def _inside(data: bytes) -> Iterator[bytes]:
    """What a PDF says outside its pictures and pages: the bare objects, and those packed into object streams."""
    yield _STREAM.sub(b" ", data)
    for begin in _OBJECTS.finditer(data):
        unpack = zlib.decompressobj()
        try:
            said = unpack.decompress(data[begin.end() :], INFLATED)
        except zlib.error:
            continue
        if unpack.unconsumed_tail:
            raise Unfit(BOMB)
        yield said


def _pdf(data: bytes) -> Content:
    if b"%%EOF" not in data[-2048:] or zipfile.is_zipfile(io.BytesIO(data)):
        raise Unfit(BROKEN_PDF)
    for said in map(_unescaped, _inside(data)):
        if _ACTIVE.search(said):
            raise Unfit(ACTIVE_PDF)
        if re.search(rb"/Encrypt(?![A-Za-z])", said):
            raise Unfit(LOCKED_PDF)
    return Content(data, "application/pdf", ".pdf")


_OFFICE = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
}
_PROGRAMS = re.compile(
    r"vbaproject|vbadata|activex|oleobject|macrosheets|\.(exe|dll|js|vbs|bat|cmd|scr|hta|lnk|jar)$", re.I
)


def _office(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _unpacked(data, packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Unfit(BROKEN_ZIP) from error


def _unpacked(data: bytes, packed: zipfile.ZipFile) -> Content:
    entries = packed.infolist()
    if len(entries) > ENTRIES or sum(one.file_size for one in entries) > UNPACKED:
        raise Unfit(BOMB)
    if any(one.file_size > SMALL and one.file_size > RATIO * max(one.compress_size, 1) for one in entries):
        raise Unfit(BOMB)
    names = {one.filename for one in entries}
    found = next((_OFFICE[name] for name in _OFFICE if name in names), None)
    if found is None or "[Content_Types].xml" not in names:
        raise Unfit(UNKNOWN)
    if any(_PROGRAMS.search(name) for name in names) or _calls_for_more(packed, names):
        raise Unfit(MACROS)
    if packed.testzip() is not None:  # an entry that is not what its head says
        raise Unfit(BOMB)
    return Content(data, *found)


def _calls_for_more(packed: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether the document names macros as its content, or fetches a template from elsewhere."""
    if b"macroenabled" in packed.read("[Content_Types].xml").lower():
        return True
    relations = (packed.read(name).lower() for name in names if name.endswith(".rels"))
    return any(b"attachedtemplate" in said and b"external" in said for said in relations)


def _refuse(because: str) -> Callable[[bytes], Content]:
    def refuse(data: bytes) -> Content:
        raise Unfit(because)

    return refuse


# How a content begins, and what is done with it; the first that fits.
_BEGINS: tuple[tuple[bytes, Callable[[bytes], Content]], ...] = (
    (rb"\xff\xd8\xff", _pillow("JPEG")),
    (rb"\x89PNG\r\n\x1a\n", _pillow("PNG")),
    (rb"GIF8[79]a", _pillow("GIF")),
    (rb"RIFF....WEBP", _pillow("WEBP")),
    (rb"....ftyp(heic|heix|mif1|msf1|hevc)", _refuse(HEIC)),
    (rb"%PDF-", _pdf),
    (rb"PK\x03\x04", _office),
    (rb"\xd0\xcf\x11\xe0", _refuse(OLD_OFFICE)),
    (rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\xfe\xed\xfa", _refuse(RUNS)),
    (rb"(?i)(\xef\xbb\xbf)?\s*(<\?xml|<!doctype|<!--|<svg|<html|<script|<head|<body)", _refuse(RUNS)),
)


def inspect(data: bytes) -> Content:
    """What is kept of a file that was sent. Raises Unfit."""
    if not data:
        raise Unfit(EMPTY)
    for begins, taken in _BEGINS:
        if re.match(begins, data, re.S):
            return taken(data)
    raise Unfit(UNKNOWN)
