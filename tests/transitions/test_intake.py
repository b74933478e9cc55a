"""受理: register a citizen's words, accept the matter under an item (三（一）, 四（一）)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from clauses.cities import at, here
from hotline.casework.dossier import MatterDossier
from hotline.casework.numbers import well_formed
from hotline.casework.records import Citizen, Contact, Matter, PersonKey, Text
from hotline.casework.transitions.intake import record_of
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Case, Tools
from hotline.procedure.ledger import read
from hotline.procedure.secrets import SeededRandomness, decrypt, place
from hotline.rules import elements, limits, office
from hotline.rules.book import Rulebook
from hotline.surfaces.workbench.shaping.forms import form_view
from support import line

OPERATOR, CITIZEN = line.actor("operator"), line.actor("citizen")
ELEMENTS = ("time", "place", "people", "cause", "course", "outcome")


def register(book: Rulebook, who: Any = OPERATOR, kit: Tools | None = None, **fields: Any) -> MatterDossier:
    dossier = line.newborn()
    line.act(dossier, "register", who, {**line.forms(book)["register"], **fields}, line.NOW, book, kit)
    return dossier


def record(dossier: MatterDossier) -> tuple[dict[str, str], dict[str, str]]:
    return record_of(dossier.body(dossier.all(Contact)[0].record_id))


def wrong(book: Rulebook, who: Any = OPERATOR, **fields: Any) -> list[tuple[str, str]]:
    form = {**line.forms(book)["register"], **fields}
    return line.said(line.problems(line.newborn(), "register", who, form, line.NOW, book))


# 登记


def test_registering_opens_a_matter_pinned_to_its_rulebook(book: Rulebook) -> None:
    matter = register(book).matter
    assert (matter.status, matter.rulebook) == ("registered", book.id)
    assert (matter.kind, matter.channel) == ("complaint", "phone")
    assert matter.registered_at == line.NOW
    assert (matter.publish_wish, matter.secrecy, matter.item, matter.entered_late) == ("yes", False, None, False)


@pytest.mark.clause("一段1a")
@pytest.mark.parametrize("kind", ["consultation", "help", "suggestion", "complaint", "report", "praise"])
def test_every_kind_is_taken(book: Rulebook, kind: str) -> None:
    assert register(book, kind=kind).matter.kind == kind


def test_an_unknown_kind_is_not(book: Rulebook) -> None:
    assert wrong(book, kind="gossip") == [("kind", "")]


@pytest.mark.clause("四（一）段1b")
def test_the_citizens_words_stay_apart_from_the_operators_record(book: Rulebook) -> None:
    dossier = register(book)
    form, matter = line.forms(book)["register"], dossier.matter
    assert dossier.body(matter.words_id) == form["words"]
    assert dossier.body(matter.gist_id) == form["gist"]
    assert record(dossier) == ({name: form[name] for name in ELEMENTS if name in elements.terms(book)}, {})
    assert {text.field for text in dossier.all(Text)} == {"words", "gist", "record"}


def test_name_and_phone_are_sealed_under_a_key_of_the_citizens_own(book: Rulebook) -> None:
    dossier = register(book)
    (citizen,), (key,), (contact,) = dossier.all(Citizen), dossier.all(PersonKey), dossier.all(Contact)
    assert citizen.id == key.id == contact.citizen_id
    own = line.KEYS.unwrap(citizen.id, key.wrapped)
    for name, sealed, said in (("name", citizen.name_sealed, line.CITIZEN_NAME),
                               ("phone", citizen.phone_sealed, line.CITIZEN_PHONE)):  # fmt: skip
        assert sealed is not None
        assert decrypt(own, sealed, place("casework_citizen", citizen.id, name)).decode() == said
    assert citizen.phone_index == line.KEYS.phone_index("139 0000-1234")


def test_a_citizen_already_known_by_phone_and_name_is_not_entered_twice(book: Rulebook) -> None:
    dossier = register(book, kit=line.tools(citizen=77))
    assert dossier.all(Citizen) == dossier.all(PersonKey) == []
    assert dossier.all(Contact)[0].citizen_id == 77


def test_an_anonymous_caller_has_no_row_no_key_and_gets_no_message(book: Rulebook) -> None:
    dossier = line.newborn()
    form = {**line.forms(book)["register"], "name": "", "phone": ""}
    out = line.act(dossier, "register", OPERATOR, form, line.NOW, book)
    assert dossier.all(Citizen) == dossier.all(PersonKey) == out.messages == []
    assert dossier.all(Contact)[0].anonymous
    assert dossier.all(Contact)[0].citizen_id is None


@pytest.mark.parametrize(("name", "phone"), [("测试甲", ""), ("", "13900001234")])
def test_half_an_address_is_kept_as_far_as_it_goes(book: Rulebook, name: str, phone: str) -> None:
    citizen = register(book, name=name, phone=phone).all(Citizen)[0]
    assert (citizen.name_sealed is None, citizen.phone_sealed is None) == (not name, not phone)
    assert (citizen.phone_index is None) == (not phone)


def test_who_left_a_phone_is_told_by_message_who_left_only_a_name_is_not(book: Rulebook) -> None:
    def told(**fields: str) -> list[tuple[str, str]]:
        form = {**line.forms(book)["register"], **fields}
        out = line.act(line.newborn(), "register", OPERATOR, form, line.NOW, book)
        return [(m.template, m.to_kind) for m in out.messages]

    assert told() == [("registered", "citizen")]
    assert told(phone="") == []


def test_a_citizen_already_known_is_told_the_number_like_any_other(book: Rulebook) -> None:
    kit = line.tools(citizen=77)
    out = line.act(line.newborn(), "register", OPERATOR, line.forms(book)["register"], line.NOW, book, kit)
    assert [(m.template, m.to_kind, m.to_id) for m in out.messages] == [("registered", "citizen", 77)]


def test_number_and_query_code_go_to_the_page_and_the_code_is_stored_keyed(book: Rulebook) -> None:
    kit = line.tools()
    matter = register(book, kit=kit).matter
    number, code = kit.extra["number"], kit.extra["code"]
    assert matter.number == number
    assert well_formed(number)
    assert number.startswith("20260916-0001-")
    assert matter.code_index == line.KEYS.code_index(number + code)
    assert matter.code_index != line.KEYS.code_index(number + code[::-1])


def test_the_number_bears_the_citys_own_day(book: Rulebook) -> None:
    late = at(book, "2026-09-16T23:59")
    dossier = line.newborn()
    line.act(dossier, "register", OPERATOR, line.forms(book)["register"], late, book)
    assert dossier.matter.number.startswith("20260916-")


@pytest.mark.clause("R-19", "五（二）4")
@pytest.mark.parametrize(("who", "channel"), [(OPERATOR, "phone"), (OPERATOR, "web"), (CITIZEN, "web")])
def test_the_first_promise_counts_from_the_offices_own_latest_dispatch(book: Rulebook, who: Any, channel: str) -> None:
    matter = register(book, who, channel=channel).matter
    latest = office.dispatch_until(book, line.NOW, channel)
    last_moment = latest.at - timedelta(seconds=1)  # dispatched just in time, the order is due when it was promised
    due = limits.due(book, "complaint", last_moment)
    assert due is not None
    assert (matter.promised_at, matter.promised_clause) == (due.at, due.clause)


@pytest.mark.clause("R-19")
def test_a_written_matter_is_promised_later_than_a_call_by_a_whole_day_or_more(book: Rulebook) -> None:
    by_phone, by_web = register(book, channel="phone").matter, register(book, channel="web").matter
    assert by_phone.promised_at == here(book, suzhou=at(book, "2026-10-14T00:00"), example=by_phone.promised_at)
    assert by_phone.promised_at is not None
    assert by_web.promised_at is not None
    assert by_web.promised_at - by_phone.promised_at >= timedelta(days=1)


def test_praise_is_promised_nothing(book: Rulebook) -> None:
    matter = register(book, kind="praise").matter
    assert (matter.promised_at, matter.promised_clause) == (None, None)


@pytest.mark.clause("四（一）段1a")
@pytest.mark.parametrize("element", ELEMENTS)
def test_an_operators_record_names_each_missing_element(book: Rulebook, element: str) -> None:
    if element not in elements.terms(book):
        assert register(book, **{element: ""}).matter.status == "registered"
        return
    assert wrong(book, **{element: ""}) == [(element, book.provision("elements").clause)]
    assert wrong(book, **{element: "  \r\n "}) == [(element, book.provision("elements").clause)]


@pytest.mark.clause("四（一）段1a")
@pytest.mark.parametrize("element", ELEMENTS)
def test_a_reason_for_its_absence_stands_for_an_element(book: Rulebook, element: str) -> None:
    given, absent = record(register(book, **{element: ""}, absence="来电人说不清"))
    if element not in elements.terms(book):
        assert (given.keys(), absent) == (elements.terms(book).keys(), {})
        return
    assert given[element] == ""
    assert absent == {element: "来电人说不清"}


@pytest.mark.clause("四（一）段1a")
def test_all_missing_elements_are_named_at_once(book: Rulebook) -> None:
    found = wrong(book, **dict.fromkeys(ELEMENTS, ""))
    assert found == [(name, book.provision("elements").clause) for name in elements.terms(book)]


def test_a_citizen_writes_freely_and_lacks_nothing_yet(book: Rulebook) -> None:
    dossier = register(book, CITIZEN, channel="web", **dict.fromkeys(ELEMENTS, ""))
    assert dossier.matter.status == "registered"
    assert dossier.lines[0].person_id is None


def test_a_citizen_does_not_register_a_call(book: Rulebook) -> None:
    assert wrong(book, CITIZEN, channel="phone") == [("channel", book.provision("elements").clause)]


@pytest.mark.parametrize("field", ["kind", "gist", "words", "publish_wish", "channel"])
def test_each_required_field_is_named(book: Rulebook, field: str) -> None:
    assert wrong(book, **{field: ""}) == [(field, "")]


@pytest.mark.parametrize("phone", ["abc", "139", "139000012345678901234", "139;DROP", "+", "１３９０００１２３４"])
def test_a_phone_is_made_of_digits(book: Rulebook, phone: str) -> None:
    assert wrong(book, phone=phone) == [("phone", "")]


@pytest.mark.clause("六（三）段1")
@pytest.mark.parametrize("wish", ["yes", "no", "not_asked"])
def test_the_wish_to_publish_is_recorded_and_stands_in_the_line(book: Rulebook, wish: str) -> None:
    dossier = register(book, publish_wish=wish)
    assert dossier.matter.publish_wish == wish
    assert wish in read(dossier.lines[0].text).facts


@pytest.mark.clause("六（三）段1")
def test_another_wish_is_none(book: Rulebook) -> None:
    assert wrong(book, publish_wish="maybe") == [("publish_wish", "")]


def test_an_old_file_entered_late_says_so(book: Rulebook) -> None:
    assert register(book, entered_late="1").matter.entered_late


def test_the_same_seed_gives_the_same_bytes(book: Rulebook) -> None:
    one, other = (register(book, kit=Tools(line.Counter(), SeededRandomness(b"x"), line.KEYS,
                                           {"serial": 1, "citizen": None})) for _ in range(2))  # fmt: skip
    assert line.state(one) == line.state(other)


# 受理


@pytest.mark.clause("三（一）1", "三（一）2", "三（一）3", "三（一）4", "三（一）5", "三（一）6")
def test_acceptance_records_and_cites_the_item_the_matter_falls_under(book: Rulebook) -> None:
    items = [f"三（一）{n}" for n in range(1, 7)]
    for item in here(book, suzhou=items, example=["第8条第1款", "第8条第2款"]):
        dossier = line.lived(book, "accept", accept={"item": item})
        assert dossier.matter.item == item
        assert read(dossier.lines[-1].text).clauses[0] == item


@pytest.mark.parametrize("verb, suzhou, example", [
    ("accept", "三（一）", "第8条"), ("decline", "三（二）", "第9条"), ("dispatch", "四（二）3", "第11条第1款"),
    ("draft_reply", None, None),  # what a letter holds stands in several sections
])  # fmt: skip
def test_until_an_item_is_chosen_its_section_is_cited(
    book: Rulebook, verb: str, suzhou: str | None, example: str | None
) -> None:
    assert REGISTRY[verb].section(book) == here(book, suzhou=suzhou, example=example)


def test_form_and_refusal_cite_the_section_of_what_is_not_chosen_yet(book: Rulebook) -> None:
    fresh, form = line.lived(book, "register"), line.forms(book)["accept"]
    case: Any = Case(REGISTRY["accept"], fresh, fresh.matter, OPERATOR, line.NOW, book, line.tools())
    heading = form_view(case, "", data={"item": form["item"]}).clause
    no = line.refused(line.lived(book, "accept"), "accept", OPERATOR, form, line.NOW, book)
    assert heading is not None
    assert (no.step, no.verdict.clause) == ("status", heading.id)
    assert heading.id == here(book, suzhou="三（一）", example="第8条")


@pytest.mark.clause("三（一）1", "三（一）2", "三（一）3", "三（一）4", "三（一）5", "三（一）6")
@pytest.mark.parametrize("item", ["", "三（二）1", "三（一）7", "第9条第1款"])
def test_nothing_is_accepted_without_an_item_of_the_list(book: Rulebook, item: str) -> None:
    form = {**line.forms(book)["accept"], "item": item}
    dossier = line.lived(book, "register")
    assert line.said(line.problems(dossier, "accept", OPERATOR, form, line.NOW, book)) == [("item", "")]


@pytest.mark.clause("四（一）段1a")
@pytest.mark.parametrize("element", ELEMENTS)
def test_what_a_citizen_left_out_is_asked_for_at_acceptance(book: Rulebook, element: str) -> None:
    if element not in elements.terms(book):
        return
    dossier = register(book, CITIZEN, channel="web", **{element: ""})
    form, clause = line.forms(book)["accept"], book.provision("elements").clause
    found = line.problems(line.copy(dossier), "accept", OPERATOR, form, line.NOW, book)
    assert line.said(found) == [(element, clause)]
    line.act(dossier, "accept", OPERATOR, {**form, element: "补问到的"}, line.NOW, book)
    assert record(dossier)[0][element] == "补问到的"


@pytest.mark.clause("四（一）段1a")
def test_a_reason_completes_the_record_too(book: Rulebook) -> None:
    dossier = register(book, CITIZEN, channel="web", time="", cause="")
    line.act(dossier, "accept", OPERATOR, {**line.forms(book)["accept"], "absence": "多次询问未说"}, line.NOW, book)
    assert record(dossier)[1] == dict.fromkeys(("time", "cause"), "多次询问未说")


@pytest.mark.clause("四（一）段1b")
def test_completing_the_record_keeps_the_first_one(book: Rulebook) -> None:
    dossier = register(book, CITIZEN, channel="web", time="")
    first = dossier.all(Contact)[0].record_id
    line.act(dossier, "accept", OPERATOR, {**line.forms(book)["accept"], "time": "上周"}, line.NOW, book)
    second = dossier.all(Contact)[0].record_id
    assert second != first
    assert json.loads(dossier.body(first))["elements"]["time"] == ""
    assert read(dossier.lines[-1].text).facts[2] == second


def test_a_complete_record_is_not_written_twice(book: Rulebook) -> None:
    dossier = register(book)
    first = dossier.all(Contact)[0].record_id
    out = line.act(dossier, "accept", OPERATOR, line.forms(book)["accept"], line.NOW, book)
    assert dossier.all(Contact)[0].record_id == first
    assert [row.field for row in out.inserts] == ["category"]


@pytest.mark.clause("R-19")
@pytest.mark.parametrize("channel", ["phone", "web"])
def test_acceptance_starts_the_offices_own_date(book: Rulebook, channel: str) -> None:
    matter = line.lived(book, "accept", register={"channel": channel}).matter
    assert matter.accepted_at == line.NOW
    assert matter.dispatch_until == office.dispatch_until(book, line.NOW, channel).at
    expected = here(book, suzhou={"phone": "2026-09-16T18:05", "web": "2026-09-18T00:00"},
                    example={"phone": "2026-09-16T14:35", "web": "2026-09-21T00:00"})  # fmt: skip
    assert matter.dispatch_until == at(book, expected[channel])


def test_acceptance_changes_only_the_matter(book: Rulebook) -> None:
    out = line.act(register(book), "accept", OPERATOR, line.forms(book)["accept"], line.NOW, book)
    assert [(record, sorted(changes)) for (record, _), changes in out.updates.items()] == [
        (Matter, ["accepted_at", "category", "dispatch_until", "item", "next_decision_at", "status", "urgent",
                  "urgent_reason_id"])  # fmt: skip
    ]


def test_who_denounces_is_kept_secret_without_asking_for_it(book: Rulebook) -> None:
    secret = [kind.id for kind in book.kinds.values() if kind.confidential]
    assert secret
    for kind in secret:
        assert line.lived(book, "register", kind=kind).matter.secrecy
    dossier = line.lived(book, "register")
    assert not dossier.matter.secrecy
    form = {**line.forms(book)["change_kind"], "kind": secret[0]}
    line.act(dossier, "accept", line.actor("operator"), line.forms(book)["accept"], line.NOW, book)
    line.act(dossier, "change_kind", line.actor("dispatcher"), form, line.NOW, book)
    assert dossier.matter.secrecy, "found out later, from there on"


@pytest.mark.parametrize(("area", "fine"), [("", True), ("01", True), ("341302", True), ("341302001", True),
                                            ("X1", True), ("13977778888", False), ("05573334444", False),
                                            ("3334444", False), ("张三家隔壁", False), ("34-13", False)])  # fmt: skip
def test_where_it_is_stands_as_a_code_and_never_as_somebodys_number(book: Rulebook, area: str, fine: bool) -> None:
    form = {**line.forms(book)["register"], "area": area}
    if fine:
        dossier = line.newborn()
        line.act(dossier, "register", line.actor("operator"), form, line.NOW, book)
        assert dossier.matter.area == area
    else:
        found = line.problems(line.newborn(), "register", line.actor("operator"), form, line.NOW, book)
        assert [problem.field for problem in found] == ["area"]
