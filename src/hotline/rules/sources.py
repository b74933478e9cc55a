"""The files of a rulebook folder, read and parsed, with nothing yet believed of them."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hotline.rules.errors import RulebookError

TEXT_FILE = "regulation.md"
DUTIES_FILE = "duties.yaml"
CALENDARS = "calendars"
CHAPTERS = "chapters"
Stamp = tuple[tuple[str, int, int], ...]
YEAR = re.compile(r"[0-9]{4}\.yaml")
NOT_YAML = "不是合格的 YAML"
DEEPEST = 20  # levels within one another; a calendar has three
CLAUSE_LINE = re.compile(r"\s*- \*\*(?P<id>[^*]+)\*\*\s*(?P<text>.*)")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """YAML as usual, but a key given twice is an error instead of the last one winning."""


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}”写了两次", node.start_mark)
    return {k: loader.construct_object(value, deep=True) for k, (_, value) in zip(keys, node.value, strict=True)}


def _day(loader: Any, node: Any) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        raise yaml.constructor.ConstructorError(None, None, f"没有“{node.value}”这一天", node.start_mark) from None


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _day)


@dataclass(frozen=True, slots=True)
class Sources:
    """The parsed files by their path inside the folder, the text's clauses in order, and two hashes.

    `content_hash` covers what the rules are: every file but the calendars (dated data of their own, with a hash of
    their own) and the table of duties (which says how far the software has come, not what the law is).
    """

    folder: str
    files: dict[str, Any]
    texts: dict[str, str]
    content_hash: str
    calendar_hash: str

    def under(self, prefix: str) -> dict[str, Any]:
        """The files whose path begins with `prefix/`."""
        return {name: data for name, data in self.files.items() if name.startswith(prefix + "/")}


def parse(name: str, raw: bytes) -> Any:
    """One YAML file as data; RulebookError where it is not YAML."""
    try:
        return yaml.load(raw, Loader=_StrictLoader)  # noqa: S506  (a safe loader)
    except yaml.YAMLError as error:
        raise RulebookError(name, "", "", _wrong(error)) from error
    except (TypeError, ValueError, RecursionError) as error:  # keys that are lists, a number too long, nested too deep
        raise RulebookError(name, "", "", NOT_YAML) from error


def parse_sent(name: str, raw: bytes) -> Any:
    """The same of a file that somebody sent: first of all that it is not nested so deep that the parser, which is of C,
    would take the whole process with it."""
    depth = 0
    try:
        for event in yaml.parse(raw, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise RulebookError(name, "", "", NOT_YAML)
    except yaml.YAMLError as error:
        raise RulebookError(name, "", "", _wrong(error)) from error
    return parse(name, raw)


def _wrong(error: yaml.YAMLError) -> str:
    """On which line what is wrong, as far as it is known."""
    mark = getattr(error, "problem_mark", None)
    line = f"第 {mark.line + 1} 行" if mark else ""
    told = str(getattr(error, "problem", None) or "")
    return f"{line}{told}" if told and not told.isascii() else f"{line}{NOT_YAML}" + (f"（{told}）" if told else "")


def clause_texts(markdown: str) -> dict[str, str]:
    """The text of each clause by its id, in the order of the regulation; RulebookError for an id given twice."""
    texts: dict[str, str] = {}
    for line in markdown.splitlines():
        if found := CLAUSE_LINE.fullmatch(line):
            if found["id"] in texts:
                raise RulebookError(TEXT_FILE, found["id"], "", "条款编号出现了两次")
            texts[found["id"]] = found["text"].strip()
    return texts


def published_in(folder: Path | None) -> list[Path]:
    """The calendar years that an installation published for itself, in order."""
    return sorted(folder.glob("[0-9][0-9][0-9][0-9].yaml")) if folder is not None and folder.is_dir() else []


def stamp(folder: Path | None) -> Stamp:
    """What changes when a calendar year is published; cheap enough to be asked at each request."""
    if folder is None:
        return ()
    try:
        with os.scandir(folder) as found:
            years = [(entry.name, entry.stat()) for entry in found if YEAR.fullmatch(entry.name)]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in years))


def read(folder: Path, published: Path | None = None) -> Sources:
    """Everything in `folder`, with the calendar years in `published` in place of its own; RulebookError where it lacks
    its text or holds what cannot be parsed."""
    if not (folder / TEXT_FILE).is_file():
        raise RulebookError(TEXT_FILE, "", "", f"规则册文件夹 {folder.name} 里没有条文")
    raw = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
    raw |= {f"{CALENDARS}/{path.name}": path.read_bytes() for path in published_in(published)}
    markdown = (folder / TEXT_FILE).read_bytes()
    calendars = {name: data for name, data in raw.items() if name.startswith(CALENDARS + "/")}
    rules = {n: d for n, d in raw.items() if n not in calendars and n != DUTIES_FILE}
    return Sources(
        folder=folder.name,
        files={name: parse(name, data) for name, data in raw.items()},
        texts=clause_texts(markdown.decode()),
        content_hash=_hash(rules | {TEXT_FILE: markdown}),
        calendar_hash=_hash(calendars),
    )


def _hash(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode() + files[name])
    return digest.hexdigest()
