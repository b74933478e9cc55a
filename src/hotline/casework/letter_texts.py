"""反馈件的附文 (letter texts): what a letter says besides its reply, its answer and its text fit to publish. All of it is
one text, JSON; a letter of before ADR 0032 has three. Which, is known here and to nobody else. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hotline.casework.records import Letter

SIGNATURE = ("responsible_unit", "responsible_name", "responsible_phone", "handler_name", "handler_unit",
             "handler_phone")  # fmt: skip
FIELD, SUMMARY, SIGNED = "notes", "contact_summary", "signature"
NOTES = ("citations", "no_citation_reason", "publish_reason", SUMMARY)
# What in a text that is the unit's repeats what the caller said, by the text's field.
REPEATED = {FIELD: (SUMMARY,)}


@dataclass(frozen=True, slots=True)
class Beside:
    """附文: what is cited, or why nothing is; why it is not to be published; what was said with the citizen; who is
    responsible and who handled it."""

    citations: Sequence[Sequence[str]]
    no_citation_reason: str
    publish_reason: str
    contact_summary: str
    signature: Mapping[str, str]


def written(form: Mapping[str, Any]) -> str:
    """A form's part of it, as one text; what is empty takes no room."""
    said = {**{name: form[name] for name in NOTES}, SIGNED: _signature_text(form)}
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)


def beside(body: Callable[[int | None], str], letter: Letter) -> Beside:
    """It, of a letter new or old; nothing where its texts were taken away."""
    said = _read(body(letter.notes_id))
    signed = body(letter.signature_id) if letter.signature_id else said.get(SIGNED, "")
    summary = body(letter.contact_summary_id) if letter.contact_summary_id else said.get(SUMMARY, "")
    return Beside(said.get("citations", []), said.get("no_citation_reason", ""), said.get("publish_reason", ""),
                  summary, _signature_of(signed))  # fmt: skip


def cited(notes: str) -> Sequence[Sequence[str]]:
    """What one such text cites."""
    found: Sequence[Sequence[str]] = _read(notes).get("citations", [])
    return found


def said_with(notes: str) -> str:
    """What one such text says of what was said with the citizen."""
    return str(_read(notes).get(SUMMARY, ""))


def _read(body: str) -> dict[str, Any]:
    try:
        said = json.loads(body) if body else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _signature_of(text: str) -> dict[str, str]:
    """One value a line, in a fixed order."""
    values = text.split("\n")
    return dict(zip(SIGNATURE, values + [""] * (len(SIGNATURE) - len(values)), strict=False))


def _signature_text(form: Mapping[str, Any]) -> str:
    return "\n".join(str(form.get(name, "")).replace("\n", " ") for name in SIGNATURE).rstrip("\n")
