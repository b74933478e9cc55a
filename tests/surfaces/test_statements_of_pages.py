"""What pages cost, in statements as the server itself counts them (design §9: a page ≤ 8): every list of every post
with a few rows and with more than a page of them, matters as each sort of post sees them, the citizens' pages, the
administrator's. The literal figures are what was measured; a dearer one is a fault."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from hotline.casework import searching
from hotline.casework.desks import PAGE
from hotline.casework.dossier import MatterDossier
from hotline.casework.lists import DESKS, TO_DECIDE, TO_FOLLOW_UP, TO_REVIEW, DeskSpec
from hotline.casework.models import Matter, Order, Submission
from hotline.network import desks as network
from hotline.network.models import Acting, Duty, Person, Post, Unit
from hotline.network.roles import UNIT
from hotline.procedure.world import current
from support import line
from surfaces import standing
from surfaces.city import WEDNESDAY, client_of
from surfaces.counting import MOST_OF_A_PAGE, RARER, counted, dearer, looked, steadily, warm
from surfaces.walk import Walk

steady = pytest.fixture(autouse=True)(steadily)

FEW, MANY = 3, PAGE + 10
LISTS = {"operator": 3, "dispatcher": 3, "reviewer": 3, "follow_up": 3, "supervisor": 3, "inspector": 3,
         "shift_leader": 4, "leader": 3, "clerk": 3, "deputy": 3, "head": 3}  # fmt: skip
HOME = 6  # who asks, up to where they have looked, what waits, of entries too, what falls due today, what changed
POSTS = {"shift_leader": 1}  # whoever has several posts
LEADS = {"leader": -1}  # nobody waits for a leader in the knowledge base
LEFT = {"clerk": 1, "deputy": 1, "head": 1, "leader": 1}  # what has left their desk
# The next one with its file, and how many wait.
DESKS_OF_ONE = {"reviewer": ("review", TO_REVIEW, "because_thin", 5),
                "follow": ("follow-up", TO_FOLLOW_UP, "solved", 5),
                "dispatcher": ("dispatch", TO_DECIDE, "assisting", 7)}  # fmt: skip
BESIDE = 6  # a list with a matter open beside it, on which much has happened
MATTERS = {"web": 4, "operator": 4, "inspector": 4, "shift": 5, "leader": 4, "yongqiao-clerk": 3, "yongqiao-head": 3,
           "sanliwan-clerk": 3}  # fmt: skip
CITIZENS = {"/": 1, "/submit/": 0, "/follow/": 0, "asked for": 3, "followed": 2}
PERSON = 3
# Two of each are of the frame. The first page of a word that many have; of one that nobody has, by the index; of one
# that is walked for, since the index would name too many; of conditions alone; a token of whoever called.
SEARCHES = {"frequent": 4, "nobody": 4, "walked": 6, "conditions": 3, "caller": 5, "blank": 2}
NETWORK = {"": 3, "unit/": 8, "duty/": 3, "sheets/": 1, "open/": 1}


def busy(dossier: MatterDossier) -> MatterDossier:
    """A file with something of everything on its order: a card, an extension, a return, a notice, a submission."""
    book = current().book
    dossier = line.returning(line.with_extension(book, line.supervised(line.marked(dossier))))
    return line.submitted(line.disputed(dossier))


def crowded(many: int) -> dict[int, str]:
    """So many of them in the database; their numbers by id."""
    lived = [standing.lived("file") for _ in range(many)]
    standing.write([(busy(dossier), entry) for dossier, entry in lived])
    return {dossier.chain.id: dossier.matter.number for dossier, _ in lived}


def said(where: Mapping[str, Any]) -> dict[str, Any]:
    """Columns that meet what a list asks for."""
    found: dict[str, Any] = {}
    for name, wanted in where.items():
        column, _, how = name.partition("__")
        there = current().ids.next() if column == "parent_id" else WEDNESDAY
        if how in ("gt", "lte"):
            found[column] = WEDNESDAY + timedelta(hours=6) if "due_at__gt" in where else WEDNESDAY
            continue
        found[column] = {"isnull": None if wanted else there, "in": wanted and wanted[0] if how == "in" else None,
                         "": wanted}[how]  # fmt: skip
    return found


def bare(model: type[Model], orders: bool) -> dict[str, Any]:
    """Every column that some list asks for, as it is where nothing has happened."""
    asked = [spec for specs in DESKS.values() for spec in specs if spec.orders is orders]
    names = {name.partition("__")[0] for spec in asked for name in (*spec.where, *spec.first, *filter(None, [spec.by]))}
    fields = [model._meta.get_field(name) for name in names]
    return {field.name: None if field.null else field.get_default() for field in fields
            if field.null or field.has_default()}  # fmt: skip


def held(ids: Sequence[int], spec: DeskSpec, units: Sequence[int]) -> None:
    """Make these matters the rows of a list, and no others; their orders are with these units in turn."""
    orders, matters = Order.objects.using("owner"), Matter.objects.using("owner")
    orders.update(**{**bare(Order, True), "status": "recalled", "due_at": WEDNESDAY})
    matters.update(**bare(Matter, False), status="archived")
    dates = [*spec.first[-1:], *filter(None, [spec.by])]
    wanted = {"status": spec.statuses[0], **said(spec.where), **dict.fromkeys(dates, WEDNESDAY)}
    stands = wanted if spec.orders else {"status": "signed"}
    for at, unit_id in enumerate(units):
        orders.filter(matter_id__in=ids[at :: len(units)]).update(unit_id=unit_id, **stands)
    if not spec.orders:
        matters.filter(id__in=ids).update(**wanted)
    if spec.signs is not None:  # for the deputy, or for the head alone
        matters.update(major=not spec.signs, submitted_at=None, instructed_at=None, source="")
    Submission.objects.using("owner").update(**said(spec.mine or {"outcome": "withdrawn"}))


def holding(role: str, spec: DeskSpec) -> tuple[int, ...]:
    """Which units hold the orders of a list: for the office several, so that their names are not one unit's."""
    if spec.own:
        return (line.UNIT.id,)
    if role not in UNIT:
        return (line.UNIT.id, line.OTHER.id, line.BELOW.id)
    return (line.BELOW.id,) if spec.below else (line.UNIT.id, line.BELOW.id)


def shown(html: str) -> list[str]:
    """The numbers of the rows on a page."""
    return re.findall(r'id="row-([\d-]+)"', html)


def listed(statements: Any, client: Client, spec: DeskSpec, numbers: Sequence[str]) -> int:
    """What a list's page costs, which shows these rows, or the first page of them."""
    cost, html = looked(statements, client, f"/staff/desk/{spec.name}/")
    found = shown(html)
    assert len(found) == len(set(found)) == min(len(numbers), PAGE), spec.name
    assert set(found) <= set(numbers), spec.name
    return cost


def test_every_list_of_every_post(walk: Walk, statements: Any) -> None:
    found: dict[tuple[str, str, int], int] = {}
    homes: dict[str, int] = {}
    with standing.demo_people():
        warm()
        numbers = crowded(MANY)
        ids = [*numbers]
        for role, specs in DESKS.items():
            client = client_of(standing.LOGINS[role])
            for spec in specs:
                for some in (ids, ids[:FEW]):
                    held(some, spec, holding(role, spec))
                    rows = [numbers[one] for one in some]
                    found[role, spec.name, len(some)] = listed(statements, client, spec, rows)
            client.get("/staff/")  # whose names these are is looked up once
            homes[str(role)], _ = looked(statements, client, "/staff/")
    besides = (POSTS, LEFT, LEADS)
    allowed = {str(role): HOME + sum(some.get(role, 0) for some in besides) for role in DESKS}
    assert dearer(homes, allowed) == {}
    assert HOME <= MOST_OF_A_PAGE
    assert LISTS.keys() == DESKS.keys()
    assert len(found) == 2 * sum(map(len, DESKS.values())) > 100
    assert {what: n for what, n in found.items() if n != LISTS[what[0]]} == {}
    assert max(found.values()) <= MOST_OF_A_PAGE


def test_the_second_page_and_the_record_beside_it(walk: Walk, statements: Any) -> None:
    with standing.demo_people():
        numbers = [*crowded(MANY).values()]
    client = client_of("yongqiao-clerk")
    first = client.get("/staff/desk/open/").content.decode()
    following = re.search(r'class="desk-next" href="([^"]+)"', first)
    assert following
    second = following[1].replace("&amp;", "&")
    assert counted(statements, client, second) <= LISTS["clerk"]
    rest = client.get(second).content.decode()
    assert [len(shown(page)) for page in (first, rest)] == [PAGE, MANY - PAGE]
    assert sorted(shown(first) + shown(rest)) == sorted(numbers)
    assert counted(statements, client, f"/staff/desk/open/?m={numbers[7]}") <= BESIDE


def test_the_page_of_a_matter(walk: Walk, statements: Any) -> None:
    """Of one on which much has happened, an order being with level 3, as each sort of post sees it."""
    found = {}
    with standing.demo_people():
        [(matter_id, number)] = crowded(1).items()
        Order.objects.using("owner").filter(matter_id=matter_id).update(unit_id=line.BELOW.id)
    for login in MATTERS:
        client, url = client_of(login), f"/staff/m/{number}/"
        network.forget()
        cold, html = looked(statements, client, url)
        assert number in html
        found[login], _ = looked(statements, client, url)
        assert found[login] < cold <= MOST_OF_A_PAGE + RARER
    assert dearer(found, MATTERS) == {}


@pytest.mark.parametrize("login", DESKS_OF_ONE)
def test_the_desk_with_the_next_one(walk: Walk, statements: Any, login: str) -> None:
    """However many wait."""
    client, found, (name, spec, asked, cost) = client_of(login), [], DESKS_OF_ONE[login]
    with standing.demo_people():
        warm()
        numbers = crowded(MANY)
        for some in (MANY, FEW):
            held([*numbers][:some], spec, (line.UNIT.id,))
            client.get(f"/staff/desk/{name}/")  # whose names these are is looked up once
            now, html = looked(statements, client, f"/staff/desk/{name}/")
            assert f"{spec.title} {some}" in html
            assert f'name="{asked}"' in html
            found.append(now)
    assert found == [cost, cost]
    assert cost <= MOST_OF_A_PAGE


@pytest.mark.parametrize("login", ["operator", "yongqiao-clerk"])
def test_the_search(walk: Walk, statements: Any, monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    """However many rows are found."""
    with standing.demo_people():
        warm()
        crowded(MANY)
    client = client_of(login)
    asked = {"frequent": "?q=路灯", "nobody": "?q=没有人说过", "conditions": "?kind=complaint", "blank": ""}
    client.get("/staff/search/?q=路灯")
    found = {name: looked(statements, client, f"/staff/search/{query}")[0] for name, query in asked.items()}
    for name, value in (("RARE", 0), ("GLANCE", 1), ("WALK", 40)):
        monkeypatch.setattr(searching, name, value)
    found["walked"], html = looked(statements, client, "/staff/search/?q=楼道灯")
    assert "接着往前查" in html
    monkeypatch.undo()
    if login == "operator":
        where = client.post("/staff/search/", {"phone": "13955703218"}).headers["Location"]
        found["caller"] = looked(statements, client, where)[0]
    assert dearer(found, {name: n for name, n in SEARCHES.items() if name in found}) == {}
    assert max(found.values()) <= MOST_OF_A_PAGE


def test_the_page_of_a_person_costs_the_same_however_much_they_brought(walk: Walk, statements: Any) -> None:
    inspector, found = client_of("inspector"), []
    for many in (1, 5):
        for _ in range(many):
            Walk().report(phone="13955700077")
        page = inspector.post("/staff/persons/", {"phone": "13955700077"}).content.decode()
        cost, html = looked(statements, inspector, re.findall(r'href="(/staff/persons/[^"]+/)"', page)[0])
        assert html.count('href="/staff/m/') == (1 if many == 1 else 6)
        found.append(cost)
    assert found == [PERSON, PERSON]
    assert PERSON <= MOST_OF_A_PAGE


def test_the_citizens_pages(walk: Walk, statements: Any) -> None:
    walk.until("approve")
    citizen = walk.citizen
    citizen.get("/")
    found = {url: counted(statements, citizen, url) for url in ("/", "/submit/", "/follow/")}
    asked = {"number": walk.number, "code": walk.code}
    found["asked for"] = counted(statements, citizen, "/follow/", asked, 303)
    found["followed"] = counted(statements, citizen, f"/follow/{walk.number}/")
    assert dearer(found, CITIZENS) == {}
    assert max(found.values()) <= MOST_OF_A_PAGE


def staffed(unit_id: int, many: int) -> None:
    """So many people in a unit, for each of whom somebody acts, and as many turns of duty, there and elsewhere."""
    ids, until = current().ids, WEDNESDAY + timedelta(days=2)
    standing.refill()
    person = Person.objects.get(login="yongqiao-deputy")
    people = [Person(ids.next(), f"many{i}", f"多人{i}") for i in range(many)]
    posts = [Post(ids.next(), "open", one.id, unit_id, "clerk", WEDNESDAY) for one in people]
    span = {"from_at": WEDNESDAY, "until_at": until}
    acting = [Acting(id=ids.next(), post_id=post.id, person_id=person.id, **span) for post in posts]
    units = [unit_id, *Unit.objects.values_list("id", flat=True)[:many]]
    turns = [Duty(id=ids.next(), unit_id=one, name="兰明远", phone="0557-0000007", **span) for one in units]
    for model, rows in ((Person, people), (Post, posts), (Acting, acting), (Duty, turns)):
        model.objects.using("owner").bulk_create(rows)


def test_the_administrators_pages(walk: Walk, statements: Any) -> None:
    warm()
    few, many = (Unit.objects.get(code=code).id for code in ("341302", "341321"))
    admin = client_of("admin")
    urls = {name: f"/staff/network/{name}" for name in NETWORK if name != "unit/"}
    before = {name: looked(statements, admin, url)[0] for name, url in urls.items()}
    staffed(many, MANY)
    admin.get("/staff/network/")  # the network has moved: who asks is looked up anew, once
    found = {name: looked(statements, admin, url)[0] for name, url in urls.items()}
    found["unit/"], html = looked(statements, admin, f"/staff/network/unit/{many}/")
    assert html.count("set_password/") > MANY
    assert looked(statements, admin, f"/staff/network/unit/{few}/")[0] == found["unit/"]
    assert {name: n for name, n in found.items() if name in before and n != before[name]} == {}
    assert dearer(found, NETWORK) == {}
    assert max(found.values()) <= MOST_OF_A_PAGE
