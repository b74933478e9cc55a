"""One person in several acts at once: their key goes with the last of their matters, and never before."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from hotline.casework import forgetting
from hotline.casework.models import Citizen, Contact
from hotline.casework.people import revealed
from hotline.casework.transitions.forgetting import Anonymise
from hotline.network.models import Person
from hotline.procedure.card import REGISTRY
from hotline.procedure.forms import FormErrors
from hotline.procedure.models import PersonKey
from hotline.procedure.perform import Subject, perform, read
from hotline.procedure.world import LOOK_UPS, current
from support import line
from transitions.test_line_database import NOW, live_line, staff

LATER = NOW + timedelta(days=40)


def meanwhile(*acts: Callable[[], Any]) -> None:
    """Each in a thread of its own, all at once."""

    def alone(act: Callable[[], Any]) -> None:
        try:
            act()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=alone, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def forgets(matter_id: int, citizen_id: int) -> None:
    form = {"citizen": str(citizen_id), "reason": "本人提出"}
    perform(Anonymise, Subject("matter", matter_id), form, actor=staff("inspector"), now=LATER)


def held_back(monkeypatch: pytest.MonkeyPatch, name: str, wait: Callable[[], Any]) -> None:
    """After this look-up found something, its act waits."""
    was = LOOK_UPS[name]

    def slow(*given: Any) -> Any:
        found = was(*given)
        wait()
        return found

    monkeypatch.setitem(LOOK_UPS, name, slow)


def test_forgotten_in_two_matters_at_once_nothing_of_them_is_left(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = live_line().chain.id, live_line(NOW + timedelta(days=1)).chain.id
    (citizen_id,) = set(Contact.objects.filter(matter_id__in=(one, other)).values_list("citizen_id", flat=True))
    both = threading.Barrier(2)

    def wait() -> None:
        try:
            both.wait(1)
        except threading.BrokenBarrierError:
            return  # the other waits for the key

    held_back(monkeypatch, "elsewhere", wait)
    meanwhile(lambda: forgets(one, citizen_id), lambda: forgets(other, citizen_id))
    assert not Contact.objects.filter(citizen_id=citizen_id, forgotten_at__isnull=True).exists()
    assert not PersonKey.objects.filter(id=citizen_id).exists()
    assert Citizen.objects.get(id=citizen_id).phone_index is None
    assert forgetting.seek(line.CITIZEN_PHONE) == []


def test_who_calls_while_their_last_matter_is_forgotten_is_known_in_the_new_one(
    city: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = live_line().chain.id
    citizen_id = Contact.objects.get(matter_id=one).citizen_id
    found, go, done = threading.Event(), threading.Event(), []

    def wait() -> None:
        found.set()
        go.wait(1)

    held_back(monkeypatch, "citizen", wait)
    form = line.forms(current().book)["register"]

    def calls() -> None:
        done.append(perform(REGISTRY["register"], Subject("matter"), form, actor=staff("operator"), now=LATER))

    def forgotten() -> None:
        found.wait(5)
        forgets(one, citizen_id)

    meanwhile(calls, forgotten)
    dossier = read("matter", done[0].chain.id)
    assert revealed(dossier, current().keys)[:2] == (line.CITIZEN_NAME, line.CITIZEN_PHONE)


@pytest.mark.clause("R-21")
def test_whom_a_matter_is_about_learns_not_its_number_where_they_correct_the_caller(city: Any) -> None:
    leader = staff("shift_leader")
    one = live_line(until="register")
    form = {"target": "staff", "name": Person.objects.get(id=leader.person_id).login, "reason": "来电人说的"}
    perform(REGISTRY["name_target"], Subject("matter", one.chain.id), form, actor=staff("operator"), now=LATER)
    other = live_line(NOW + timedelta(days=1), until="register")
    with pytest.raises(FormErrors) as said:
        perform(REGISTRY["correct_person"], Subject("matter", other.chain.id), {"name": "王", "reason": "听错了"},
                actor=leader, now=LATER)  # fmt: skip
    assert "请交监察中心办理" in said.value.problems[0].because
