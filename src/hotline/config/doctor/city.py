"""The city: its keys, clocks, seals, queues, calendar, and the notes of what was destroyed."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from hotline.config import vitals, wiring
from hotline.config.complaint import Complaint
from hotline.config.doctor.findings import Finding, look
from hotline.config.paths import DataFolder
from hotline.rules.errors import RulebookError

SKEW = timedelta(seconds=5)
OUTBOX_SECONDS, CLOCK_SECONDS = 3600, 600
SEAL_GRACE = timedelta(hours=1)
TIME_TODO = "请校准这台机器和数据库服务器的时间（NTP），核实之前不要办件：台账的时刻不会倒退。"


def wired() -> Finding:
    """Born, with its own keys and the rulebook it was published with."""
    from hotline.procedure import times

    try:
        wiring.wire()
    except RuntimeError:
        return Finding("city", "这个数据库里还没有城市", "请执行 ./hotline up，或用 --data 指明数据目录。")
    except (Complaint, RulebookError, times.RulebookChanged) as wrong:
        return Finding("city", str(wrong), "请恢复建城时的密钥或规则原文后再启动。")
    record = times.birth_record()
    return Finding("city", f"{'正式' if record.born == times.REAL else '模拟'}城市，规则 {record.rulebook}")


def clocks(most: timedelta = SKEW) -> Finding:
    """This machine's clock against the server's, and against the newest line of the ledger."""
    from hotline.procedure import times
    from hotline.procedure.perform import raw

    with raw().cursor() as cur:
        row = cur.execute("SELECT clock_timestamp(), (SELECT max(at) FROM procedure_chainhead)").fetchone()
    assert row is not None
    skew, ahead = row[0] - times.wall(), (row[1] - times.now()) if row[1] else timedelta(0)
    if abs(skew) > most:
        return Finding("time", f"数据库服务器的时间与本机差 {skew.total_seconds():.1f} 秒", TIME_TODO)
    return look("time", ahead <= SKEW, "时间一致", f"台账里有 {ahead.total_seconds():.0f} 秒之后的行：时钟曾经走快", TIME_TODO)


def seals(folder: Path) -> Iterator[Finding]:
    """The folder, the file of the last seal, and the days that wait."""
    from hotline.procedure import sealing, times
    from hotline.procedure.perform import raw

    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield Finding("seals", f"封存文件夹 {folder} 不在或写不进去", "请恢复这个文件夹和里面的封存文件，检查挂载和权限。")
        return
    with raw().cursor() as cur:
        row = cur.execute("SELECT number, day FROM procedure_seal ORDER BY number DESC LIMIT 1").fetchone()
    there = {int(path.name[:6]) for path in sealing.files(folder)}
    if row and row[0] not in there:
        yield Finding("seals", f"缺第 {row[0]} 号封存文件", "请从别处保存的封存里放回来，再执行 ./hotline verify --seals。")
        return
    last = f"上一次封存到 {row[1]}（第 {row[0]} 号）" if row else "还没有封存过"
    waiting = vitals.unsealed_days(times.now() - SEAL_GRACE)
    yield look("seals", not waiting, last, f"{last}，有 {waiting} 天没有封存",
               "每日封存由后台循环做：请看循环是否在转、日志里有没有“loop seal failed”。")  # fmt: skip


def queues(found: vitals.Vitals) -> Iterator[Finding]:
    """What waits: messages, decisions, what the clock put off."""
    late = found.outbox_seconds > OUTBOX_SECONDS or found.outbox_failing
    yield look("outbox", not late, f"待发消息 {found.outbox_due} 条",
               f"待发消息 {found.outbox_due} 条，最久等了 {found.outbox_seconds / 60:.0f} 分钟，"
               f"{found.outbox_failing} 条多次没有送出",
               "请检查短信平台（HOTLINE_SMS_URL、HOTLINE_SMS_TOKEN）和日志里“未送出”的行；没有丢，通了会接着送。")  # fmt: skip
    yield look("clock", found.clock_seconds <= CLOCK_SECONDS, "时限事项都按时办了",
               f"时限事项晚了 {found.clock_seconds / 60:.0f} 分钟", "请看后台循环 clock 是否在转；它会自己补办。")  # fmt: skip
    yield look("set_aside", not found.set_aside, "时钟没有搁置的事项", f"时钟搁置了 {found.set_aside} 件",
               "请在日志里找“时钟搁置”的行，把编号和错误种类报给开发者；它每隔一阵自动再试。")  # fmt: skip


def calendar() -> Finding:
    """This year's and, from autumn on, next year's: a provisional one is a hint, a missing one is wrong."""
    from hotline.procedure import times
    from hotline.procedure.world import current
    from hotline.rules import calendars

    years, now = current().book.calendar, times.now()
    if not (said := calendars.alarm(years, now)):
        return Finding("calendar", "日历齐全")
    hint = not calendars.missing_on(years, years.day_of(now))
    return Finding("calendar", said, "放假通知发布后请系统管理员在“日历”页发布，或者执行 ./hotline calendar publish 年 文件。", hint)


def destroyed(folder: Path) -> Finding:
    """Whether every note of a destruction lies outside the database."""
    from hotline.procedure import destroying

    missing = destroying.not_exported(folder)
    return look("destroyed", not missing, "销毁记录都已抄出库外", f"{missing} 条销毁记录没有抄出库外",
                f"后台循环 destroyed 会抄到 {folder}：请看它是否在转、文件夹是否写得进去。")  # fmt: skip


def files() -> Iterator[Finding]:
    """The file store answers and holds the newest attachments; whether anybody looks for viruses."""
    from hotline.casework.attachments import keeping, ports
    from hotline.gateways.scanner import Clamd

    try:
        lost = keeping.missing()
        yield look("files", not lost, "文件库应答，最近的附件都在", f"文件库里缺 {len(lost)} 个附件",
                   "请从别处保存的副本放回 files/（或对象存储），再执行 ./hotline verify --files。")  # fmt: skip
    except ports.StoreFailed as wrong:
        yield Finding("files", f"文件库不能用：{wrong}", "请检查 files/ 的挂载和权限，或 HOTLINE_S3_URL、HOTLINE_S3_KEY。")
    scanner = ports.current().scanner
    if not isinstance(scanner, Clamd):
        yield Finding("scanner", "没有装查毒：附件不经病毒检查", "有 clamd 的请设 HOTLINE_CLAMD（套接字路径，或 主机:端口）。", hint=True)
        return
    try:
        scanner.ping()
        yield Finding("scanner", "查毒程序应答")
    except ports.ScanFailed as wrong:
        yield Finding("scanner", str(wrong), "请启动 clamd，或改正 HOTLINE_CLAMD；它不应答时不收附件。")


def everything(data: DataFolder) -> Iterator[Finding]:
    """All of it, of a city that can be wired."""
    found = wired()
    yield found
    if found.wrong:
        return
    yield clocks()
    yield from seals(data.seals)
    yield from queues(vitals.take())
    yield calendar()
    yield destroyed(data.destroyed)
    yield from files()
