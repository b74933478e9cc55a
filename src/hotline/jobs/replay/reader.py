"""读文件 (reader): messages with their answers from a CSV file as it was exported.

UTF-8 (with or without BOM) or GB18030; tabs, U+3000 and NBSP count as white space; two ways of writing an instant,
unpadded or not, seconds optional. A row that cannot be lived is refused with its number, id, column and reason, the
others are read. Rows are counted as data rows from 1: the header is not counted, nor are blank lines, and a row with
line breaks inside quotes is one row. A quotation mark left open refuses its own row alone, as far as that can be told
(`quoting`). A row has one refusal, the first that is found from left to right.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from hotline.jobs.replay.quoting import Record, records

ID, USER, SUBJECT, ASKED = "留言编号", "留言用户", "留言主题", "留言时间"
BODY, REPLY, ANSWERED = "留言详情", "答复意见", "答复时间"
COLUMNS = (ID, USER, SUBJECT, ASKED, BODY, REPLY, ANSWERED)

ENCODINGS = ("utf-8-sig", "gb18030")
LARGEST_CELL = 2**31 - 1
UNSEEN = "\ufeff\u200b\x00"  # what exports leave behind and nobody sees
INSTANT = re.compile(r"(\d{4})([/-])(\d{1,2})\2(\d{1,2}) (\d{1,2}):(\d{1,2})(?::(\d{1,2}))?", re.ASCII)


class Unreadable(Exception):
    """整个文件读不了: neither encoding fits, or columns are missing. Its text is Chinese."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """未收的行: data row from 1, id as far as there is one, column, and why."""

    row: int
    id: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Message:
    """留言: one message and its answer; instants in UTC, texts as they were but for white space at both ends."""

    row: int
    id: str
    user: str
    subject: str
    body: str
    reply: str
    asked: datetime
    answered: datetime


@dataclass(slots=True)
class Sheet:
    """读到的: how many rows there were, the good ones, and the refused ones."""

    rows: int = 0
    messages: list[Message] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class _Bad(Exception):
    """A row that is refused: column and reason."""

    def __init__(self, column: str, reason: str):
        super().__init__(column)
        self.column, self.reason = column, reason


def decode(content: bytes) -> str:
    """The text of a file. Raises Unreadable when it is neither UTF-8 nor GB18030."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding).lstrip(UNSEEN)
        except UnicodeDecodeError:
            continue
        # Nearly any bytes pass for GB18030: only one that shows a known column is taken for it.
        if encoding == ENCODINGS[0] or any(name in text.split("\n", 1)[0] for name in COLUMNS):
            return text
    raise Unreadable("文件既不是 UTF-8 也不是 GB18030（GBK）编码，请另存为 UTF-8 的 CSV 再试。")


def read(content: bytes, tz: ZoneInfo, limit: int | None = None, longest: Mapping[str, int] | None = None) -> Sheet:
    """The first `limit` data rows of a file, whose times are local to `tz`; `longest` bounds columns in characters.
    Raises Unreadable when the whole file must be refused."""
    csv.field_size_limit(LARGEST_CELL)
    lines = list(io.StringIO(decode(content), newline=""))
    head = csv.reader(lines)
    reading = _Reading(_header(head), tz, longest or {})
    for record in records(lines, head.line_num, reading.is_whole):
        if len(record.cells) < 2 and not _clean("".join(record.cells)):
            continue
        if limit is not None and reading.sheet.rows >= limit:
            break
        reading.take(record)
    return reading.sheet


def _header(rows: Iterator[list[str]]) -> list[str]:
    names = [_one_line(cell) for cell in next(rows, [])]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise Unreadable(f"缺少列：{'、'.join(missing)}。表头应有：{'、'.join(COLUMNS)}。")
    doubled = [name for name in COLUMNS if names.count(name) > 1]
    if doubled:
        raise Unreadable(f"表头里有重复的列：{'、'.join(doubled)}。")
    return names


def _clean(cell: str) -> str:
    """Without what nobody sees, and without white space of any width at both ends."""
    return cell.translate(dict.fromkeys(map(ord, UNSEEN))).strip()


def _one_line(cell: str) -> str:
    return " ".join(_clean(cell).split())


class _Reading:
    """One file being read: remembers the ids that are lived."""

    def __init__(self, header: list[str], tz: ZoneInfo, longest: Mapping[str, int]):
        self.header, self.tz, self.longest = header, tz, longest
        self.sheet = Sheet()
        self.ids: dict[str, int] = {}

    def is_whole(self, cells: Sequence[str]) -> bool:
        """Whether cells make a row of this file beyond doubt: its width, an id, and both instants."""
        values = dict(zip(self.header, map(_clean, cells), strict=False))
        instants = (INSTANT.fullmatch(_one_line(values.get(column, ""))) for column in (ASKED, ANSWERED))
        return len(cells) == len(self.header) and bool(values[ID]) and all(instants)

    def take(self, record: Record) -> None:
        """One row more: a message, or a refusal."""
        self.sheet.rows += 1
        row = self.sheet.rows
        values = dict(zip(self.header, map(_clean, record.cells), strict=False))
        split = record.broken_at is not None and self.header[min(record.broken_at, len(self.header) - 1)] == ID
        message_id = "" if split else "".join(values.get(ID, "").split())  # a quotation mark left open: not an id
        try:
            self._insist_on_closed_quotes(record)
            self._insist_on_width(record)
            message = self._message(row, message_id, values)
        except _Bad as bad:
            self.sheet.refused.append(Refusal(row, message_id, bad.column, bad.reason))
            return
        self.ids[message_id] = row
        self.sheet.messages.append(message)

    def _insist_on_closed_quotes(self, record: Record) -> None:
        if record.cut:
            lines = f"并进了后面 {record.swallowed} 行文字，" if record.swallowed else ""
            raise _Bad(self._column(record.broken_at), f"这一列的引号没有闭合，{lines}再往后的行照常读入")

    def _insist_on_width(self, record: Record) -> None:
        have, want = len(record.cells), len(self.header)
        if have == want:
            return
        said = f"这一行有 {have} 列，表头有 {want} 列"
        if record.broken_at is not None:
            said += f"；{self._column(record.broken_at)}里有换行，可能有引号没有闭合，并进了后面 {record.swallowed} 行文字"
        raise _Bad(self.header[have] if have < want else f"第 {want + 1} 列", said)

    def _column(self, at: int | None) -> str:
        """A column by its place; a quotation mark may also have been left open at the very end."""
        return self.header[min(len(self.header) - 1 if at is None else at, len(self.header) - 1)]

    def _message(self, row: int, message_id: str, values: Mapping[str, str]) -> Message:
        self._insist_on_id(message_id)
        subject = _one_line(self._text(values, SUBJECT))
        asked = self._instant(values, ASKED)
        body, reply = self._text(values, BODY), self._text(values, REPLY)
        answered = self._instant(values, ANSWERED)
        if answered < asked:
            raise _Bad(ANSWERED, f"{ANSWERED}早于{ASKED}")
        self._insist_on_length(values)
        return Message(row, message_id, _one_line(values[USER]), subject, body, reply, asked, answered)

    def _insist_on_id(self, message_id: str) -> None:
        if not message_id:
            raise _Bad(ID, f"{ID}为空")
        if message_id in self.ids:
            raise _Bad(ID, f"{ID}与第 {self.ids[message_id]} 行重复")

    def _text(self, values: Mapping[str, str], column: str) -> str:
        if not values[column]:
            raise _Bad(column, f"{column}为空")
        return values[column]

    def _instant(self, values: Mapping[str, str], column: str) -> datetime:
        written = INSTANT.fullmatch(_one_line(values[column]))
        if written is None:
            raise _Bad(column, f"{column}为空" if not values[column] else "不是日期和时间，应如 2019/2/28 11:25:05")
        year, _, month, day, hour, minute, second = written.groups(default="0")
        try:
            on = date(int(year), int(month), int(day))
            local = datetime.combine(on, time(int(hour), int(minute), int(second)), self.tz)
            return local.astimezone(UTC)
        except (ValueError, OverflowError):
            raise _Bad(column, "没有这个日期或时间") from None

    def _insist_on_length(self, values: Mapping[str, str]) -> None:
        for column, most in self.longest.items():
            if len(values[column]) > most:
                raise _Bad(column, f"{column}有 {len(values[column])} 个字，最多 {most} 个")
