"""PDF：a letter as a file that leaves the house, set by typst in the form of official papers (GB/T 9704). Every word of
it goes in as data and is nowhere read as markup; fonts come with the program, and nothing is fetched."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from hotline.surfaces.ui.shapes import Fact, LetterText, PrintedLetter

HERE = Path(__file__).parent
TEMPLATE = HERE / "letter.typ"
_ONE_AT_A_TIME = Lock()


@cache
def _press() -> Any:
    """The compiler with the fonts, which only a process that prints loads; it reads from this folder alone."""
    import pylopdf_fonts_zh_cn as chinese
    import typst

    folder = str(chinese.serif_path().parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return typst.Compiler(root=str(HERE), font_paths=fonts, ignore_system_fonts=True)


def _part(part: LetterText) -> dict[str, Any]:
    """Its words, or how many lines are left to write on."""
    blank = not part.text.strip()
    return {"term": part.term, "text": part.text, "lines": part.text.count("\n") + 1 if blank else 0}


def _pairs(facts: tuple[Fact, ...]) -> list[tuple[str, str]]:
    return [(fact.label, fact.said) for fact in facts]


def printed(letter: PrintedLetter) -> bytes:
    """The letter as a PDF, its fonts within it."""
    said = {"head": letter.unit, "number": letter.number, "state": letter.state_said, "title": letter.title,
            "to": letter.to, "parts": [_part(part) for part in letter.parts], "facts": _pairs(letter.facts),
            "unit": letter.unit, "date": letter.date_said, "seal": letter.seal, "end": letter.end_said,
            "enclosed": letter.enclosed, "signed": _pairs(letter.signed)}  # fmt: skip
    with _ONE_AT_A_TIME:
        made: bytes = _press().compile(TEMPLATE.read_bytes(), format="pdf",
                                       sys_inputs={"letter": json.dumps(said, ensure_ascii=False)})  # fmt: skip
    return made
