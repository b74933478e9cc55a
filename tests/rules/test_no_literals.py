"""What belongs to a rulebook stands nowhere in the program: no clause, reading, kind, city, time zone or number of the
hotline in a string or on a page, and no number of days where the law is applied.

Read are all rooms but `config`, which names the two rulebooks and its own defaults, `jobs/replay`, whose file is one
city's, and `jobs/simulate`, whose invented stories are of one city's kinds. Docstrings and comments may cite the law.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

import pytest

from architecture import sources
from clauses.cities import CITIES, RULEBOOKS
from hotline.rules import book as books
from hotline.rules.worktime import WorkCalendar

BOOKS = [books.load(RULEBOOKS / city) for city in CITIES]
ONE_CITYS = {sources.SOURCE / "jobs" / name for name in ("replay", "simulate")}
ROOMS = tuple(room for room in sources.ROOMS if room != "config")
FILES = [path for path in sources.modules(*ROOMS) if not ONE_CITYS & {*path.parents}]

# Strings. Some stand for something wherever they occur, some only as a whole, numbers only between other characters.
INSIDE = (
    {id_ for book in BOOKS for id_ in (*book.clauses, *book.readings)}
    | {word for book in BOOKS for word in (book.id, book.title, book.city, book.city.rstrip("市"), book.issuer)}
    | {zone for zone in available_timezones() if "/" in zone}
)
WHOLE = {word for book in BOOKS for kind in book.kinds.values() for word in (kind.id, kind.term)}
SERVICE = [book.provision("service").values for book in BOOKS]
NUMBERS = {number for values in SERVICE for number in (values["number"], *values["emergency_numbers"])}
PATTERN = re.compile(
    r"[一二三四五六]（[一二三四五六七八九十]）|[一二三四五六]段\d|第\d+条|\b[RE]-\d"
    + r"|[0-9一二两三四五六七八九十] ?个?(?:工作日|自然日)|[0-9一二两三四五六七八九十] ?个?(?:天|日|小时|分钟)(?:内|之内)"
    + rf"|(?<!\d)(?:{'|'.join(sorted(NUMBERS))})(?!\d)"
)

# Numbers. Nowhere is a calendar given one, nor anything that counts its days; in the rooms of the law, where no cookie,
# session or lock is timed, nothing with the name of a measure is, and a span of time is at most one of its unit.
LAW = ("rules", "network", "knowledge", "casework", "insight", "oversight")
DAYS = re.compile(r"working_day|calendar_day", re.I)
MEASURES = re.compile(r"working_day|calendar_day|(^|_)(days|hours|minutes|months|tries|share|redos|grades)$", re.I)
CALENDAR = {name for name in vars(WorkCalendar) if not name.startswith("_")} - {"local", "status", "notice"}


def stands_for_something(text: str) -> bool:
    """Whether a string holds what belongs to a rulebook."""
    return text in WHOLE or PATTERN.search(text) is not None or any(word in text for word in INSIDE)


def number(node: ast.expr | None) -> bool:
    """Whether it is a literal number beyond nothing and one."""
    return isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in (0, 1)


def called(node: ast.AST) -> str:
    """The name of what is called, given or compared."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def pairs(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Names, each with what is put into them or held against them."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((called(target), value) for target in targets)
        case ast.AnnAssign(target=target, value=value):
            yield called(target), value
        case ast.Compare(left=left, comparators=[*others]):
            yield from ((called(a), b) for a in (left, *others) for b in (left, *others))
        case ast.BinOp(left=left, right=right):
            yield from ((called(left), right), (called(right), left))
        case ast.Dict(keys=keys, values=values):
            yield from ((str(getattr(k, "value", "")), v) for k, v in zip(keys, values, strict=True))
        case ast.arguments(posonlyargs=first, args=args, defaults=defaults):
            named = [*first, *args]
            yield from zip((a.arg for a in named[len(named) - len(defaults) :]), defaults, strict=True)


def counts(tree: ast.AST, *, law: bool) -> Iterator[int]:
    """The lines on which a number stands that belongs to a rulebook; `law`: in a room of the law."""
    measures = MEASURES if law else DAYS
    for node in ast.walk(tree):
        held = [value for name, value in pairs(node) if measures.search(name)]
        if isinstance(node, ast.Call):
            whole = called(node.func) in CALENDAR or (law and called(node.func) == "timedelta")
            held = [k.value for k in node.keywords if whole or measures.search(k.arg or "")]
            held += node.args if whole else []
        yield from (value.lineno for value in held if value is not None and number(value))


@pytest.mark.parametrize("file", FILES, ids=sources.name)
def test_no_literal_of_a_rulebook(file: Path) -> None:
    assert [(s.lineno, s.value) for s in sources.strings(file) if stands_for_something(s.value)] == []
    law = file.relative_to(sources.SOURCE).parts[0] in LAW
    assert list(counts(sources.parsed(file), law=law)) == []


@pytest.mark.parametrize("file", sources.templates(), ids=lambda path: path.name)
def test_no_literal_of_a_rulebook_on_a_page(file: Path) -> None:
    words = re.sub(r"\{#.*?#\}|\{%.*?%\}|<[^>]*>", " ", file.read_text(encoding="utf-8"), flags=re.S)
    assert [line for line in words.splitlines() if stands_for_something(line.strip())] == []


def test_every_room_but_those_named_is_read() -> None:
    left_out = set(sources.modules()) - set(FILES)
    others = {path for path in left_out if not ONE_CITYS & {*path.parents}}
    assert {path.relative_to(sources.SOURCE).parts[0] for path in others} == {"config"}
    assert {"closing.py", "submitting.py", "engine.py", "loops.py", "desks.py"} <= {path.name for path in FILES}


@pytest.mark.parametrize("text", [
    "见五（二）1", "依据 R-12", "四（三）段1", "第24条", "宿州热线", "云渡市", "Asia/Shanghai", "complaint", "投诉",
    "打 12345", "110", "2 个工作日内答复", "两个工作日", "30 分钟内", "suzhou-2018",
])  # fmt: skip
def test_a_word_of_a_rulebook_is_found(text: str) -> None:
    assert stands_for_something(text)


@pytest.mark.parametrize("text", ["不到 1 分钟", "13912345678", "五级评价", "UTC", "意见、建议", "第 3 行", "没有写", "20 个字"])
def test_a_word_of_nobodys_is_not(text: str) -> None:
    assert not stands_for_something(text)


@pytest.mark.parametrize("line", [
    "calendar.end_of_working_day(now, 2)", "book.calendar.workday_after(day, n=3)", "f(working_days=5)", "tries = 3",
    "if len(x) > 1 and tries >= 3: pass", "{'rating_calendar_days': 15}", "def f(limit_days=5): pass",
    "now + timedelta(days=15)", "now + timedelta(0, 1800)", "self.share: float = 0.2", "until - 2 * days",
])  # fmt: skip
def test_a_number_of_a_rulebook_is_found(line: str) -> None:
    assert list(counts(ast.parse(line), law=True)) == [1]


@pytest.mark.parametrize("line", [
    "end_of_calendar_day(now, 0)", "timedelta(days=1)", "f(max_length=200)", "page(50)", "tries + 1", "x[:8]",
])  # fmt: skip
def test_a_number_of_nobodys_is_not(line: str) -> None:
    assert list(counts(ast.parse(line), law=True)) == []
