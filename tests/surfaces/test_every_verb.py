"""Post × POST of every verb, walked in full under both rulebooks: who does not see the matter is told that it is not
there, who may not, that they may not; nobody else is. The hand-written tables say which
(`transitions/test_post_table.py`, `network/test_verb_tables.py`). Forms come empty, so that nothing is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from hotline.network.models import Post
from hotline.procedure.actor import Reach
from hotline.procedure.models import LedgerLine
from hotline.surfaces.workbench import acting
from hotline.surfaces.workbench.staffing import verbs
from hotline.surfaces.workbench.staffing.verbs import OWN
from network.test_verb_tables import BORN, ON_ACTING, ON_FACTORS, ON_TURNS
from network.test_verb_tables import MAY as OF_NETWORK
from surfaces import planting
from surfaces.planting import Place
from transitions.test_post_table import MAY, REACHES

OFFICE = {"operator": "operator", "dispatcher": "dispatcher", "reviewer": "reviewer", "follow": "follow_up",
          "supervisor": "supervisor", "inspector": "inspector", "shift": "shift_leader"}  # fmt: skip
UNIT = ("clerk", "deputy", "head")
SEEN, NOT_OPEN = 403, (409, 422)
ITS_UNIT, ABOVE, STRANGERS = "the unit's", "the level above", "strangers"
# How far each post reaches an order of level 3 that somebody else's office gave out.
WITHIN = {
    ITS_UNIT: {Reach.HOLDS, Reach.ALL}, ABOVE: {Reach.BELOW, Reach.OVER, Reach.ALL},
    "office": {Reach.CITY, Reach.OWN, Reach.OVER},
}  # fmt: skip


def everybody(place: Place) -> dict[str, tuple[str, str]]:
    """By login: what they are to the matter, and their role."""
    found = {login: ("office", role) for login, role in OFFICE.items()}
    found |= {f"{place.of_below}-{role}": (ITS_UNIT, role) for role in UNIT}
    found |= {f"{place.of_unit}-{role}": (ABOVE, role) for role in UNIT}
    found |= {f"{place.of_other}-{role}": (STRANGERS, role) for role in UNIT}
    return {**found, "leader": (STRANGERS, "leader"), "admin": (STRANGERS, "admin")}


def expected(verb: str, stands: str, role: str) -> tuple[int, ...]:
    """What the tables say: not there, not this post's, or not now and not like this."""
    if stands == STRANGERS or verb == "register":
        return (404,)
    head_alone = REACHES[verb] is Reach.ALL and role != "head"
    may = role in MAY[verb].split() and REACHES[verb] in WITHIN[stands] and not head_alone
    return NOT_OPEN if may else (SEEN,)


def of_network(verb: str, role: str) -> tuple[int, ...]:
    """The same for the administrator's verbs: some are on another page, or want a row that is not named."""
    if role != "admin":
        return (403,)
    if verb in {*BORN, *ON_TURNS, *ON_ACTING, *ON_FACTORS, *OWN, "end_session"}:
        return (404,)
    return NOT_OPEN if role in OF_NETWORK[verb].split() else (403,)


def answered(client: Client, addresses: Mapping[str, str]) -> dict[str, int]:
    return {verb: client.post(address, {}).status_code for verb, address in addresses.items()}


def network_addresses(place: Place) -> dict[str, str]:
    from hotline.procedure.card import REGISTRY

    unit, post = planting.unit_of(place.below), Post.objects.get(person__login=f"{place.of_below}-clerk").id
    return {verb: f"/staff/network/{'unit' if REGISTRY[verb].chain == 'unit' else 'post'}/"
                  f"{unit if REGISTRY[verb].chain == 'unit' else post}/{verb}/" for verb in OF_NETWORK}  # fmt: skip


def test_every_verb_posted_by_every_post(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (acting, verbs):  # what is looked at is the answer, not its page
        monkeypatch.setattr(module, "render", lambda *_, status=200: HttpResponse(status=status))
    monkeypatch.setattr(acting, "viewed", lambda *_, **__: None)
    one = planting.registered()
    order = planting.in_hand(one, place.below, place.of_below)
    on_matters = {verb: f"/staff/m/{one.number}/{verb}/?order={order}" for verb in MAY}
    on_network, lines, wrong = network_addresses(place), LedgerLine.objects.count(), {}
    for login, (stands, role) in everybody(place).items():
        held = Post.objects.filter(person__login=login, status="open", role=role).order_by("id")[0]
        client = planting.browser(login, held)
        found = answered(client, on_matters) | answered(client, on_network)
        told: dict[str, Any] = {verb: expected(verb, stands, role) for verb in MAY}
        told |= {verb: of_network(verb, role) for verb in OF_NETWORK}
        wrong |= {(login, verb): (status, told[verb]) for verb, status in found.items() if status not in told[verb]}
    out = answered(Client(), {**on_matters, **on_network})
    assert set(out.values()) == {302}
    assert wrong == {}
    assert LedgerLine.objects.count() == lines
