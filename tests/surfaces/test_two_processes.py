"""Two web processes, each with a block of numbers of its own: what one wrote later is later, whoever's numbers are
smaller (ADR 0009)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any
from uuid import uuid4

import pytest

from hotline.casework.models import Contact, Letter, Matter
from hotline.casework.records import Contact as ContactRecord
from hotline.procedure.perform import raw, read
from hotline.procedure.verify import verify
from hotline.procedure.world import BLOCK, IdBlocks, current
from surfaces.city import client_of, text_of
from surfaces.walk import LINE, Walk

SECOND = "第二稿：三盏都换了，编号是7、8、9。"


class Processes:
    """几个进程: whose numbers the next act takes. `first` drew its block before `second`."""

    def __init__(self) -> None:
        self.first, self.second = IdBlocks(), IdBlocks()
        with raw().cursor() as cur:
            for one in (self.first, self.second):
                one.refill(cur, BLOCK)

    def answers(self, one: IdBlocks) -> None:
        current().ids = one


@pytest.fixture
def processes(city: Any) -> Iterator[Processes]:
    before = current().ids
    yield Processes()
    current().ids = before


def numbers(walk: Walk) -> list[int]:
    """Of every row of the matter's, by the line that wrote its texts: those of each line behind those before it."""
    dossier = read("matter", Matter.objects.get(number=walk.number).id)
    return [number for line in dossier.lines for number, _ in line.read().texts]


def test_every_act_writes_above_what_stands_there(processes: Processes, walk: Walk) -> None:
    turn = cycle([processes.second, processes.first])
    processes.answers(next(turn))
    walk.report()
    for verb in LINE[: LINE.index("file") + 1]:
        processes.answers(next(turn))
        walk.act(verb)
    found = numbers(walk)
    assert len(found) > 8
    assert found == sorted(found)
    assert verify().ok


def test_a_letter_written_anew_by_the_other_process_is_the_one_that_is_signed(processes: Processes, walk: Walk) -> None:
    processes.answers(processes.second)
    walk.until("file")
    first = Letter.objects.get()
    walk.post("send_back", walk.form("approve", because_thin="1", words="写明换了哪几盏"), "reviewer")
    processes.answers(processes.first)
    walk.act("draft_reply", reply=SECOND)
    for verb in ("answer_citizen", "sign_off", "file"):
        walk.act(verb)
    anew = Letter.objects.exclude(id=first.id).get()
    assert (anew.id > first.id, anew.signed_off_at is not None) == (True, True)
    assert Letter.objects.get(id=first.id).signed_off_at == first.signed_off_at
    assert SECOND in text_of(client_of("reviewer").get(walk.url).content)


def test_whoever_called_first_stays_the_first_and_is_put_right(processes: Processes, walk: Walk) -> None:
    processes.answers(processes.second)
    walk.report()
    processes.answers(processes.first)
    later = Walk()
    later.report()
    both = [Contact.objects.get(matter__number=one.number) for one in (walk, later)]
    assert both[0].citizen_id == both[1].citizen_id
    assert both[0].id > both[1].id  # another matter's numbers say nothing
    given = {"act_id": str(uuid4()), "name": "诸葛明日", "reason": "本人来电"}
    assert "请到那一件里更正" in text_of(client_of("inspector").post(f"{later.url}correct_person/", given).content)
    given["act_id"] = str(uuid4())
    assert client_of("inspector").post(f"{walk.url}correct_person/", given).status_code == 303
    assert verify().ok


def test_the_first_caller_stays_the_first_behind_somebody_who_called_later(processes: Processes, walk: Walk) -> None:
    processes.answers(processes.second)
    walk.until("accept")
    processes.answers(processes.first)
    again = {"channel": "phone", "words": "六楼也不亮。", "facts": "same", "name": "测试乙", "phone": "13900005678"}
    assert walk.post("record_repeat", again, "web").status_code == 303
    first, second = read("matter", Matter.objects.get(number=walk.number).id).all(ContactRecord)
    assert (first.at <= second.at, first.citizen_id != second.citizen_id) == (True, True)
    assert Contact.objects.get(id=first.id).citizen.known_since <= Contact.objects.get(id=second.id).at
    assert first.id < second.id
    inspector = client_of("inspector")
    given = {"act_id": str(uuid4()), "name": "诸葛明日", "reason": "本人来电"}
    assert inspector.post(f"{walk.url}correct_person/", given).status_code == 303
    assert "诸葛明日" in text_of(client_of("web").post(f"{walk.url}reveal/").content)
    assert verify().ok
