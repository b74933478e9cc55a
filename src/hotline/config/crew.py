"""A crew of processes for one long piece of work, each given one portion after another. What one of them raises is told
as itself, with its own traceback; of one that died, by what it died: never only that the crew is broken."""

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from hotline.config.complaint import Complaint

RAISED = "{0}：办这一份的进程出错。\n{1}"
DIED = "{0}：办这一份的进程没有了（{1}）。已经办完的都在；再执行一次同样的命令就接着办。"
BY_SIGNAL, BY_CODE = "被信号 {0} 结束{1}", "退出码 {0}"
NO_MEMORY = "，多半是内存不够，可用 --processes 少用几个进程"

Begin = Callable[..., None]
Do = Callable[[Any], Any]


class Member:
    """一员: a process, and the pipe to it."""

    def __init__(self, begin: Begin, args: tuple[Any, ...], do: Do):
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, begin, args, do), daemon=True)
        self.process.start()
        theirs.close()
        self.portion: Any = None

    def give(self, portion: Any) -> None:
        """The next portion. None: there is none."""
        self.portion = portion
        with contextlib.suppress(BrokenPipeError):  # that it died is told when its answer is asked for
            self.pipe.send(portion)

    def take(self) -> Any:
        """What became of the portion. Raises Complaint."""
        try:
            well, said = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            raise Complaint(DIED.format(self.portion, _how(self.process.exitcode))) from None
        if not well:
            raise Complaint(RAISED.format(self.portion, said))
        return said


def work(count: int, begin: Begin, args: tuple[Any, ...], do: Do, portions: Iterable[Any]) -> Iterator[Any]:
    """What `do` gives for each portion, as it comes. `begin` is called in each process first. All of it stands in
    modules: the processes are begun anew. Raises Complaint."""
    waiting = iter(portions)
    members = [Member(begin, args, do) for _ in range(count)]
    try:
        for one in members:
            one.give(next(waiting, None))
        while busy := {one.pipe: one for one in members if one.portion is not None}:
            for pipe in connection.wait(busy):
                member = busy[pipe]  # type: ignore[index]
                yield member.take()
                member.give(next(waiting, None))
        for one in members:
            one.process.join()
    finally:
        for one in members:
            one.process.terminate()
            one.process.join()


def _serve(pipe: Any, begin: Begin, args: tuple[Any, ...], do: Do) -> None:
    """A member's whole life."""
    from hotline.config import lifeline

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells us to stop
    lifeline.tie_this_process()
    faulthandler.enable()
    begun = False
    while (portion := pipe.recv()) is not None:
        try:
            if not begun:
                begin(*args)
                begun = True
            pipe.send((True, do(portion)))
        except BaseException:  # noqa: BLE001 - told in words, since not every error can travel between processes
            pipe.send((False, traceback.format_exc()))


def _how(code: int | None) -> str:
    if code is None or code >= 0:
        return BY_CODE.format(code)
    return BY_SIGNAL.format(signal.Signals(-code).name, NO_MEMORY if -code == signal.SIGKILL else "")


def spent() -> float:
    """Seconds of CPU of this process and of those it has waited for."""
    return sum(os.times()[:4])


def spent_by_server(pid: int | None) -> float | None:
    """The same of a database server on this machine, with all its processes, also those that have ended; None where
    that cannot be seen."""
    own = _ticks(Path(f"/proc/{pid}/stat"), 4)
    if own is None:
        return None
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    living = (_ticks(Path(f"/proc/{child}/stat"), 2) for child in children)
    return (own + sum(filter(None, living))) / os.sysconf("SC_CLK_TCK")


def _ticks(stat: Path, fields: int) -> int | None:
    """utime and stime, with four fields those of children that have ended too."""
    try:
        return sum(map(int, stat.read_text().rsplit(")", 1)[1].split()[11 : 11 + fields]))
    except OSError:
        return None
