"""表单: fields with the server's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .marks import Clause, Fact, Link, TimelineLine

FieldKind = Literal[
    "text",
    "textarea",
    "choice",
    "radio",
    "checkbox",
    "tick",
    "phone",
    "list",
    "datetime",
    "date",
    "number",
    "password",
    "hidden",
    "file",
    "files",
]


LONG = 5


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FieldView:
    """表单的一栏. `missing_said` and `shape_said` are the server's own words, so that the browser says the same."""

    name: str
    label: str
    kind: FieldKind = "text"
    value: str = ""
    values: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    error: str = ""
    hint: str = ""
    required: bool = True
    max_length: int | None = None
    rows: int = 4
    pattern: str = ""
    missing_said: str = ""
    shape_said: str = ""
    clause: Clause | None = None
    section: str = ""
    section_note: str = ""
    autocomplete: str = ""
    short: bool = False
    key: str = ""
    """With which key the cursor gets there, past all that stands before it."""
    suggests: str = ""
    """The id of a list on the page of what was written there before."""

    @property
    def template(self) -> str:
        return _FIELD_TEMPLATES[self.kind]

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def grouped(self) -> bool:
        return self.kind in {"radio", "checkbox", "list"}

    @property
    def single(self) -> bool:
        """One of many things to tick: its label stands beside the box."""
        return self.kind == "tick"

    @property
    def long(self) -> bool:
        """So many choices that one looks for them by their initials."""
        return self.kind == "choice" and len(self.choices) > LONG

    @property
    def hidden(self) -> bool:
        return self.kind == "hidden"

    @property
    def input_type(self) -> str:
        return _INPUT_TYPES.get(self.kind, "text")

    @property
    def lines(self) -> tuple[str, ...]:
        """For `list`: what was written, and room for two more."""
        return (*self.values, "", "")

    @property
    def described_by(self) -> str:
        parts = (f"{self.id}-hint" if self.hint else "", f"{self.id}-error")
        return " ".join(part for part in parts if part)


_FIELD_TEMPLATES = {
    kind: f"ui/fields/{kind}.html"
    for kind in ("textarea", "choice", "radio", "checkbox", "list", "hidden", "file", "files")
} | {kind: "ui/fields/input.html" for kind in ("text", "phone", "datetime", "date", "number", "password")}
_FIELD_TEMPLATES["tick"] = _FIELD_TEMPLATES["checkbox"]
_INPUT_TYPES = {"phone": "tel", "datetime": "datetime-local", "date": "date", "password": "password"}


@dataclass(frozen=True, slots=True)
class FormView:
    """表单: one verb's form, or one of the citizens' forms."""

    term: str
    action: str
    fields: tuple[FieldView, ...] = ()
    clause: Clause | None = None
    act_id: str = ""
    seen_seq: int | None = None
    intro: str = ""
    problem: str = ""
    """What is wrong with the form as a whole."""
    problem_clause: Clause | None = None
    conflict: str = ""
    """别人刚办过…: shown above everything, the text below is kept."""
    conflict_lines: tuple[TimelineLine, ...] = ()
    effects: tuple[Fact, ...] = ()
    """Until when it may be done; what pressing the button will do: the new date, the card."""
    submit_term: str = ""
    back: Link | None = None
    first_url: str = ""
    """Of what is ticked here the first page, the next one, and what is said of pages."""
    next_url: str = ""
    pages_said: str = ""

    @property
    def submit(self) -> str:
        return self.submit_term or self.term

    @property
    def wrong(self) -> tuple[FieldView, ...]:
        return tuple(one for one in self.fields if one.error)

    @property
    def multipart(self) -> bool:
        """Whether a file goes with it."""
        return any(field.kind in ("file", "files") for field in self.fields)

    @property
    def problems(self) -> int:
        return len(self.wrong) + bool(self.problem)
