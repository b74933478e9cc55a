"""No page reads a large table from end to end, however many matters there are: every statement of every list, its first
page and one behind, of matters, of the search for a person and of the citizens' pages, as the server plans it with its
values and without, on tables large enough for it to care. `bench/pages.py --plans` asks the same of a real city."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from django.test import Client

from harness import databases, plans
from hotline.casework import at_web, cited_before, desks, keyset, searching
from hotline.casework.lists import DESKS
from hotline.config import embedded
from hotline.network import desks as network
from hotline.network.models import Unit
from surfaces import growing, standing
from surfaces.city import WEDNESDAY, client_of
from surfaces.test_statements_of_pages import crowded

SEARCH, SELDOM = "/staff/search/", "井盖丢了"
MOST_SEARCHED = searching.WALK + 100  # texts of so many matters may be looked through
MOST = 2_000  # rows that a node may look at: a count ends at 1,001, and only what waits in one list may be sorted
# Half of all that is open is one unit's here: to count that, the server may go through all that is open.
MOST_COUNTED = growing.MATTERS // growing.WAITING + 100
NEEDED = {  # some of the indexes, and a page that without them goes through what it has nothing to do with
    "order_open_by_due": "open", "order_escalated": "escalated",
    "matter_queue": "to-follow-up", "matter_unreported": "unreported", "matter_to_publish": "to-publish",
    "matter_precedents": "dispatch", "matter_alarmed": "alarms",
    "submission_waiting": "leaders",
    "matter_by_number": "matter", "text_grams": "search", "order_given_to_level2": "search",
}  # fmt: skip


@dataclass
class Grown:
    """A large city's database, and what its pages ask there, each statement with the page that asked it."""

    server: Any
    name: str
    asked: dict[str, tuple[str, plans.Asked]] = field(repr=False)

    def connection(self) -> Any:
        """Of the server's own, who may drop an index."""
        return embedded.superuser(self.server.socket, self.name)


def listed(role: str, name: str) -> None:
    """The pages of one list: the first, one far behind, and one where rows have no instant any more."""
    actor = standing.actor_of(standing.LOGINS[role])
    unit, spec = network.unit(actor.unit_id), desks.desk(actor, name)
    undated = ((None, growing.STEP),) if spec.sorted_by in keyset.UNDATED else ()
    for cursor in (None, (WEDNESDAY, growing.STEP), *undated):
        desks.page(actor, unit, spec, cursor, WEDNESDAY)


def offered() -> None:
    """What the web desk gives out next."""
    at_web.offered(standing.actor_of("web"))


def cited(login: str) -> None:
    """What the letters of somebody's unit have cited."""
    actor = standing.actor_of(login)
    cited_before.earlier(actor, network.unit(actor.unit_id), "")


def searches(login: str, noted: Callable[[str, Callable[[], Any]], None], kind: str) -> None:
    """A frequent word, one that some have, one that nobody has, conditions alone and with a word; and the same where
    neither the newest nor the index say enough, so that as much is walked as may be."""
    client, unit = client_of(login), str(network.units_below()[0].id)
    asked: list[dict[str, str]] = [
        {"q": "路灯"}, {"q": "路灯", "kind": kind}, {"q": SELDOM}, {"q": f"{SELDOM} 路灯"}, {"q": "没有人说过"},
        {"kind": kind}, {"kind": "help", "card": "red"}, {"since": "2026-11-01", "until": "2026-11-20", "q": "路灯"},
        {"place": "小区", "status": "o-signed", "due_since": "2026-11-01"},
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "BEFORE_LEADER", 300)  # all of these matters were put before one leader
        for query in asked:
            noted("search", partial(client.get, SEARCH, query))
            if login == "operator":
                noted("search", partial(client.get, SEARCH, {**query, "unit": unit}))
        patch.setattr(searching, "RARE", 0)
        for word in (SELDOM, "楼下"):
            noted("search", partial(client.get, SEARCH, {"q": word}))


def walked(number: str) -> dict[str, tuple[str, plans.Asked]]:
    """Every statement that reads, once, with what asked it: each list, and a whole page of each post over HTTP."""
    found: dict[str, tuple[str, plans.Asked]] = {}

    def noted(name: str, look: Callable[[], Any]) -> None:
        with plans.watched() as asked:
            answer = look()
        assert answer is None or answer.status_code == 200, name
        for one in asked:
            found.setdefault(one.text, (name, one))

    for role, specs in DESKS.items():
        client = client_of(standing.LOGINS[role])
        noted(specs[0].name, partial(client.get, f"/staff/desk/{specs[0].name}/"))
        noted("matter", partial(client.get, f"/staff/m/{number}/"))
        noted("home", partial(client.get, "/staff/"))
        for spec in specs:
            noted(spec.name, partial(listed, role, spec.name))
    for login in ("operator", "yongqiao-clerk", "sanliwan-clerk", "leader"):
        searches(login, noted, "complaint")
    noted("dispatch", partial(client_of("dispatcher").get, f"/staff/desk/dispatch/?m={number}"))
    noted("web", partial(client_of("web").get, "/staff/desk/web/"))
    noted("web", offered)
    noted("leaders", partial(client_of("leader").get, "/staff/desk/leaders/"))
    noted("leaders", partial(client_of("leader").get, "/staff/desk/leaders/given/"))
    for login in ("yongqiao-clerk", "sanliwan-clerk"):
        noted("figures", partial(client_of(login).get, "/staff/unit/"))
        noted("cited", partial(cited, login))
    noted("person", partial(client_of("inspector").post, "/staff/persons/", {"phone": "13900001234"}))
    noted("public", partial(Client().get, "/"))
    return found


@pytest.fixture(scope="module")
def grown(server: Any, city_template: str) -> Iterator[Grown]:
    from hotline.config import wiring
    from hotline.procedure import times

    with databases.fresh(server, city_template) as name, pytest.MonkeyPatch.context() as patch:
        wiring.wire()
        times.set_simulated(WEDNESDAY)
        patch.setattr(times, "now", lambda: WEDNESDAY)
        with standing.demo_people():
            [(matter_id, number)] = crowded(1).items()
        busiest = Unit.objects.get(code=standing.UNITS["UNIT"]).id
        units = list(Unit.objects.filter(level__gte=2).order_by("id").values_list("id", flat=True)[:40])
        with embedded.superuser(server.socket, name) as connection:
            growing.grow(connection, matter_id, busiest, units)
            connection.execute("UPDATE casework_text SET body = %s WHERE id / %s %% 100 = 7", [SELDOM, growing.STEP])
            connection.execute("VACUUM ANALYZE casework_text")
        yield Grown(server, name, walked(number))


def faults(grown: Grown, connection: Any, names: Sequence[str] = ()) -> dict[str, list[str]]:
    """What is wrong with which page's statements."""
    tables = plans.large(connection)
    assert {"casework_matter", "casework_order", "casework_mark", "casework_submission"} <= tables
    found: dict[str, list[str]] = {}
    for text, (name, asked) in grown.asked.items():
        if not names or name in names:
            most = {"search": MOST_SEARCHED, "figures": MOST_COUNTED}.get(name, MOST)
            wrong = plans.faults(plans.explained(connection, asked), tables, most)
            if wrong:
                found[f"{name}: {re.sub(' +', ' ', text)[:60]}"] = wrong
    return found


def test_no_page_reads_a_large_table_from_end_to_end(grown: Grown) -> None:
    assert len(grown.asked) > 120
    names = {"matter", "home", "search", "dispatch", "web", "leaders", "figures", "cited",
             *(d.name for some in DESKS.values() for d in some)}
    assert {name for name, _ in grown.asked.values()} >= names
    with grown.connection() as connection:
        assert faults(grown, connection) == {}


@pytest.mark.parametrize("index", NEEDED)
def test_it_is_noticed_when_an_index_is_dropped(grown: Grown, index: str) -> None:
    with grown.connection() as connection, connection.transaction(force_rollback=True):
        connection.execute(f"DROP INDEX {index}")
        assert faults(grown, connection, [NEEDED[index]]) != {}
    with grown.connection() as connection:
        assert faults(grown, connection, [NEEDED[index]]) == {}
