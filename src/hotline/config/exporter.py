"""Numbers for Prometheus: what the web workers counted, the loops' marks, and the city's vitals at each question."""

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector, CollectorRegistry

from hotline.config import vitals
from hotline.config.paths import DataFolder

log = logging.getLogger("hotline.metrics")
GAUGES = {
    "outbox_due": ("minsheng_outbox_due", "已到时、还没有送出的对外消息"),
    "outbox_seconds": ("minsheng_outbox_oldest_seconds", "其中等得最久的一条已等了多少秒"),
    "outbox_failing": ("minsheng_outbox_failing", "多次没有送出的对外消息"),
    "clock_seconds": ("minsheng_clock_lag_seconds", "到时而还没有办的最早一件时限事项已晚多少秒"),
    "set_aside": ("minsheng_clock_set_aside", "时钟搁置的事项"),
    "unsealed_days": ("minsheng_unsealed_days", "还没有封存的天数"),
    "database_bytes": ("minsheng_database_bytes", "数据库大小（字节）"),
}


class Loops(Collector):
    """循环: when each loop of this machine last turned well."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def collect(self) -> Iterator[Any]:
        """One series a loop."""
        last = GaugeMetricFamily("minsheng_loop_last_turn_timestamp_seconds", "循环上一次做完的时刻", labels=["loop"])
        every = GaugeMetricFamily("minsheng_loop_every_seconds", "循环每隔多少秒做一次", labels=["loop"])
        for beat in vitals.beats(self.folder):
            last.add_metric([beat.name], beat.at)
            every.add_metric([beat.name], beat.every)
        yield last
        yield every


class LastBackup(Collector):
    """上一次备份: when; nothing before the first."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def collect(self) -> Iterator[Any]:
        """One number at most."""
        with contextlib.suppress(FileNotFoundError):
            at = self.file.stat().st_mtime
            yield GaugeMetricFamily("minsheng_last_backup_timestamp_seconds", "上一次备份完成的时刻", value=at)


class City(Collector):
    """城市: the vitals, asked of the database; its failure is a number too, and takes nothing else away."""

    def collect(self) -> Iterator[Any]:
        """Up or not, and if up all the rest."""
        from django.db import connections

        up, found = GaugeMetricFamily("minsheng_database_up", "数据库是否应答"), None
        try:
            found = vitals.take()
        except Exception as error:
            log.warning("metrics: the database gave no answer: %s", type(error).__name__)
            connections.close_all()
        up.add_metric([], float(found is not None))
        yield up
        for name, (metric, text) in GAUGES.items() if found else ():
            yield GaugeMetricFamily(metric, text, value=float(getattr(found, name)))


def registry(data: DataFolder) -> CollectorRegistry:
    """All that is told of one data folder."""
    made = CollectorRegistry()
    MultiProcessCollector(made, path=str(data.counts))
    made.register(Loops(data.beats))
    made.register(LastBackup(data.last_backup))
    made.register(City())
    return made


def sweep_counts(folder: Path) -> None:
    """Take away what workers of earlier runs counted, so that files do not pile up: Prometheus knows a fresh start."""
    for file in folder.glob("*_*.db"):
        pid = file.stem.rsplit("_", 1)[-1]
        if pid.isdigit() and not _alive(int(pid)):
            file.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, 0)
        return True
    return False
