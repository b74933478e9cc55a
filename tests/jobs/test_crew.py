"""A crew's processes: what they do comes back, what they raise and how they die is told as itself."""

from __future__ import annotations

import os
import signal

import pytest

from hotline.config import crew
from hotline.config.complaint import Complaint
from hotline.procedure.engine import Refused
from hotline.rules.verdicts import Verdict

ENDS, REFUSES, LEAVES = 7, 8, 9
_begun: list[str] = []


def begin(word: str) -> None:
    if word == "nowhere":
        raise FileNotFoundError(word)
    _begun.append(word)


def do(portion: int) -> tuple[str, int]:
    if portion == ENDS:
        os.kill(os.getpid(), signal.SIGKILL)
    if portion == REFUSES:  # an error that cannot travel between processes: made anew, it wants two words
        raise Refused(Verdict(False, "三（二）1", "不行"), "status")
    if portion == LEAVES:
        os._exit(5)
    return "".join(_begun), portion * 2


def test_each_portion_is_done_once_by_processes_that_begin_once() -> None:
    assert sorted(crew.work(2, begin, ("a",), do, range(5))) == [("a", n * 2) for n in range(5)]


@pytest.mark.parametrize(("word", "portion", "told"), [
    ("a", REFUSES, "Refused: status: 三（二）1"), ("a", ENDS, "SIGKILL 结束，多半是内存不够"), ("a", LEAVES, "退出码 5"),
    ("nowhere", 0, "FileNotFoundError: nowhere"),
])  # fmt: skip
def test_what_went_wrong_is_told_as_itself(word: str, portion: int, told: str) -> None:
    with pytest.raises(Complaint) as caught:
        list(crew.work(1, begin, (word,), do, [portion]))
    assert told in str(caught.value)
    assert str(caught.value).startswith(f"{portion}：")


def test_time_of_processors_is_seen_here_and_of_a_server_on_this_machine() -> None:
    before = crew.spent()
    sum(range(2_000_000))
    assert crew.spent() > before
    mine = crew.spent_by_server(os.getpid())
    assert mine is not None
    assert abs(mine - crew.spent()) < 1
    assert crew.spent_by_server(None) is None
