"""Files for tests: pictures and documents made on the spot, and such as lie about what they are."""

from __future__ import annotations

import io
import zipfile
import zlib

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), note: str = "") -> bytes:
    """A picture; with `note` in its EXIF, as phones write where it was taken."""
    image = Image.effect_noise(size, 60).convert("RGB")
    out, exif = io.BytesIO(), Image.Exif()
    if note:
        exif[0x010E] = note
    image.save(out, kind, exif=exif)
    return out.getvalue()


def pdf(inside: bytes = b"") -> bytes:
    """A small PDF; `inside` is put among its objects."""
    return (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
            + inside + b"\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n9\n"
            b"%%EOF\n")  # fmt: skip


def packed(said: bytes) -> bytes:
    """Objects in a compressed object stream."""
    body = zlib.compress(said)
    return b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj" % (
        len(body), body)  # fmt: skip


TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def docx(**more: bytes) -> bytes:
    """A Word document as far as anybody looks; further entries by name, `__` for a stroke and `_dot_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("word/document.xml", "<document/>")
        for name, body in more.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()
