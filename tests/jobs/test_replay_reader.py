"""The reader of exports: what it survives, and exactly what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from hotline.jobs.replay import forms
from hotline.jobs.replay.reader import COLUMNS, Message, Refusal, Sheet, Unreadable, decode, read
from jobs.replay_sheets import HEADER, LIVED, Row, file, row, text
from support import line

TZ = ZoneInfo("Asia/Shanghai")
LONGEST = forms.longest(line.rulebook("suzhou-2018"))
GOOD = row("1", "2019/2/28 11:25:05", "2019-03-01 08:00:00")


def refused(*rows: Row) -> list[tuple[int, str, str, str]]:
    """The refusals of a file in short."""
    return [(r.row, r.id, r.field, r.reason) for r in read(file(rows), TZ, longest=LONGEST).refused]


def one(*cells: str) -> Message:
    """The only message of a file."""
    (message,) = read(file([cells]), TZ).messages
    return message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_every_encoding_gives_the_same_messages(encoding: str) -> None:
    assert read(file(LIVED, encoding), TZ) == read(file(LIVED), TZ)
    assert len(read(file(LIVED, encoding), TZ).messages) == len(LIVED)


def test_a_byte_order_mark_of_gb18030_is_survived() -> None:
    assert read(("\ufeff" + text([GOOD])).encode("gb18030"), TZ).messages[0].id == "1"


BIG5 = "留言編號,留言用戶,留言主題\r\n1,甲,乙\r\n".encode("big5")


@pytest.mark.parametrize("content", [file([GOOD], "utf-16"), BIG5, file([GOOD])[:-3] + b"\xe5"])
def test_neither_encoding_is_said_so(content: bytes) -> None:
    with pytest.raises(Unreadable, match="既不是 UTF-8 也不是 GB18030"):
        decode(content)


def test_missing_and_doubled_columns_refuse_the_whole_file() -> None:
    with pytest.raises(Unreadable, match="缺少列：答复意见、答复时间"):
        read(file([], header=HEADER[:5]), TZ)
    with pytest.raises(Unreadable, match="重复的列：留言编号"):
        read(file([], header=(*HEADER, HEADER[0])), TZ)
    with pytest.raises(Unreadable, match="缺少列"):
        read(b"", TZ)


def test_columns_may_stand_anywhere_and_others_between() -> None:
    header = ("点赞数", *reversed(HEADER))
    (message,) = read(file([("3", *reversed(GOOD))], header=header), TZ).messages
    assert (message.id, message.subject, message.row) == ("1", "投诉工地夜里施工", 1)


def test_white_space_of_any_width_is_survived() -> None:
    message = one("\u3000A\t7\xa0", "\t甲\u3000乙 ", "\u3000主题\t两段\xa0", "2019/2/28\u300011:25:05\t",
                  "\u3000正\u3000文\n二\t", "\ufeff答\xa0复\u200b", "\xa02019/3/1 \t8:00:00")  # fmt: skip
    assert (message.id, message.user, message.subject) == ("A7", "甲 乙", "主题 两段")
    assert (message.body, message.reply) == ("正\u3000文\n二", "答\xa0复")
    assert message.answered == datetime(2019, 3, 1, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hour", "minute", "second"),
    [("2019/2/28 11:25:05", 3, 25, 5), ("2019-02-28 11:25:05", 3, 25, 5), ("2019/2/28 9:05", 1, 5, 0),
     ("2019-2-28 9:5:7", 1, 5, 7)],
)  # fmt: skip
def test_both_ways_of_writing_an_instant(written: str, hour: int, minute: int, second: int) -> None:
    assert one(*GOOD[:3], written, *GOOD[4:]).asked == datetime(2019, 2, 28, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2019/2/29 8:00:00", "2019/13/1 8:00:00", "2019/1/1 24:00:00", "0000/1/1 0:00:00"])
def test_an_impossible_instant(written: str) -> None:
    assert refused((*GOOD[:3], written, *GOOD[4:])) == [(1, "1", "留言时间", "没有这个日期或时间")]


@pytest.mark.parametrize(
    "written", ["2019/2-28 8:00:00", "28.02.2019 8:00", "昨天", "２０１９/2/28 8:00:00", "2019/2/28"]
)
def test_what_is_no_instant(written: str) -> None:
    assert refused((*GOOD[:6], written)) == [(1, "1", "答复时间", "不是日期和时间，应如 2019/2/28 11:25:05")]


def test_each_bad_row_is_refused_exactly_and_the_good_ones_stay() -> None:
    rows = [
        GOOD,
        row("2", "2019/2/30 8:00:00", "2019/3/1 8:00:00"),
        row("3", "2019/3/1 8:00:00", "2019/3/1 7:59:59"),
        row("1", "2019/3/1 8:00:00", "2019/3/2 8:00:00"),
        row("5", "2019/3/1 8:00:00", "2019/3/2 8:00:00", body="\u3000 \xa0"),
        row("6", "2019/3/1 8:00:00", "2019/3/2 8:00:00")[:6],
        (*row("7", "2019/3/1 8:00:00", "2019/3/2 8:00:00"), "多"),
        row("", "2019/3/1 8:00:00", "2019/3/2 8:00:00"),
        row("9", "2019/3/1 8:00:00", "", reply=""),
        row("10", "2019/3/1 8:00:00", "2019/3/2 8:00:00", subject="长" * 121),
        row("11", "2019/3/1 8:00:00", "", subject=" "),
        row("2", "2019/3/1 8:00:00", "2019/3/2 8:00:00"),
    ]
    assert refused(*rows) == [
        (2, "2", "留言时间", "没有这个日期或时间"),
        (3, "3", "答复时间", "答复时间早于留言时间"),
        (4, "1", "留言编号", "留言编号与第 1 行重复"),
        (5, "5", "留言详情", "留言详情为空"),
        (6, "6", "答复时间", "这一行有 6 列，表头有 7 列"),
        (7, "7", "第 8 列", "这一行有 8 列，表头有 7 列"),
        (8, "", "留言编号", "留言编号为空"),
        (9, "9", "答复意见", "答复意见为空"),
        (10, "10", "留言主题", "留言主题有 121 个字，最多 120 个"),
        (11, "11", "留言主题", "留言主题为空"),
    ]
    sheet = read(file(rows), TZ, longest=LONGEST)
    assert (sheet.rows, [m.row for m in sheet.messages]) == (12, [1, 12])  # a refused id may come again


def test_an_answer_at_the_same_instant_is_none_too_early() -> None:
    assert refused(row("1", "2019/3/1 8:00:00", "2019-03-01 08:00:00")) == []


def test_rows_are_counted_not_lines() -> None:
    content = text([row("1", "2019/3/1 8:00", "2019/3/2 8:00", body="一\n二\n三"), row("2", "x", "y")])
    head, rest = content.split("\r\n", 1)
    sheet = read(f"{head}\r\n\r\n{rest}\r\n  \r\n".encode(), TZ)
    assert (sheet.rows, sheet.messages[0].body, sheet.refused[0].row) == (2, "一\n二\n三", 2)


def broken(column: str, *behind: Row, cells: Row = GOOD) -> bytes:
    """A file whose second row leaves a quotation mark open before one of its columns; rows behind it."""
    at, second = HEADER.index(column), ["2", *cells[1:]]
    line = ",".join([*second[:at], '"' + second[at], *second[at + 1 :]])
    return (text([GOOD]) + line + "\r\n" + text(behind).split("\r\n", 1)[1]).encode()


BEHIND = (row("3", "2019/3/1 8:00", "2019/3/1 9:00"), row("4", "2019/3/1 8:00", "2019/3/1 9:00"))
LONG = row("5", "2019/3/1 8:00", "2019/3/1 9:00", body="一\n二，\n“三”", reply='他说，"已经修好"，并且\n查过了。')


@pytest.mark.parametrize("column", HEADER)
@pytest.mark.parametrize("behind", [BEHIND, (LONG, *BEHIND), (*BEHIND, LONG)], ids=["short", "long first", "long last"])
def test_a_quote_never_closed_refuses_its_own_row_alone(column: str, behind: tuple[Row, ...]) -> None:
    """To the end of the file, or to the next quotation mark, where even the width may fit by chance."""
    sheet = read(broken(column, *behind), TZ)
    assert [m.id for m in sheet.messages] == ["1", *(cells[0] for cells in behind)]
    assert [(r.row, r.id, r.field) for r in sheet.refused] == [(2, "" if column == HEADER[0] else "2", column)]
    assert "引号没有闭合" in sheet.refused[0].reason
    assert {m.id: m.reply for m in sheet.messages}.get("5", LONG[5]) == LONG[5]


def test_where_no_whole_row_can_be_told_the_refusal_says_how_many_lines_it_swallowed() -> None:
    content = broken("留言详情", ("3", "甲", "题"), ("4", "乙", "题"))
    sheet = read(content, TZ)
    assert [m.id for m in sheet.messages] == ["1"]
    ((number, field, reason),) = [(r.row, r.field, r.reason) for r in sheet.refused]
    assert (number, field) == (2, "答复意见")
    assert reason == "这一行有 5 列，表头有 7 列；留言详情里有换行，可能有引号没有闭合，并进了后面 2 行文字"


def test_a_long_text_that_quotes_a_row_is_no_row() -> None:
    """Its quotation marks are closed: nothing is cut out of it."""
    inner = text([BEHIND[0]]).split("\r\n")[1]
    quoting = row("9", "2019/3/1 8:00", "2019/3/1 9:00", body=f"我上次写的是：\n{inner}\n为什么没有人回？")
    sheet = read(file([quoting, *BEHIND]), TZ)
    assert [m.id for m in sheet.messages] == ["9", "3", "4"]
    assert inner in sheet.messages[0].body


def test_a_file_swallowed_to_its_end_is_read_in_good_time() -> None:
    many = [row(str(n), "2019/3/1 8:00", "2019/3/1 9:00") for n in range(3, 3003)]
    began = perf_counter()
    assert len(read(broken("留言主题", *many), TZ).messages) == 3001
    assert perf_counter() - began < 5


def test_a_limit_takes_the_order_of_the_file() -> None:
    rows = [row("1", "x", "y"), *LIVED]
    sheet = read(file(rows), TZ, limit=3)
    assert (sheet.rows, [m.id for m in sheet.messages], len(sheet.refused)) == (3, ["101", "102"], 1)
    assert read(file(rows), TZ, limit=0) == Sheet()


def test_a_reason_repeats_nothing_of_the_row() -> None:
    cells = row("1", "王小明 13900001234", "2019/3/1 8:00:00")
    assert all("王小明" not in reason for *_, reason in refused(cells))


def test_the_columns_that_the_command_promises() -> None:
    assert COLUMNS == HEADER
    assert Refusal(1, "", "", "").row == 1
