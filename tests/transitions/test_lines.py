"""The line's ledger: what each verb's line cites, how lines chain, and that nobody's name stands in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen, Order, PersonKey, Text
from hotline.procedure import ledger
from hotline.procedure.actor import Actor
from hotline.procedure.card import REGISTRY
from hotline.procedure.ledger import GENESIS, line_hash, read
from hotline.procedure.secrets import Unreadable, decrypt, place, sm3
from hotline.procedure.writeset import WriteSet, Written
from hotline.rules import marks
from hotline.rules.book import Rulebook
from support import line

CITES = {
    "suzhou-2018": {
        "registered": ("四（一）段1",),
        "accepted": ("三（一）1", "四（一）段1", "二段2", "R-19", "R-08"),
        "dispatched": ("四（二）3", "五（二）4", "R-01", "R-02", "五（一）", "R-03", "R-08", "五（六）", "R-04", "四（三）段1",
                       "R-18"),
        "signed_for": ("五（一）", "R-03", "R-08", "四（三）段1", "R-18"),
        "contact_recorded": ("四（三）段1", "R-18"),
        "reply_drafted": ("五（三）", "五（四）", "五（五）", "六（三）段1"),
        "citizen_answered": ("四（三）段1", "R-18"),
        "signed_off": ("五（四）", "R-10"),
        "filed": ("四（三）段1", "五（二）4", "二段2", "R-19", "R-08"),
        "approved": ("二段2", "R-19", "R-08"),
        "settled": ("四（四）段1", "R-12"),
        "followed_up": ("四（四）段1", "R-12"),
        "closed": ("四（四）段1", "R-12"),
        "archived": ("四（六）段1",),
    },
    "example-city": {
        "registered": ("第10条",),
        "accepted": ("第8条第1款", "第10条", "第4条", "E-2"),
        "dispatched": ("第11条第1款", "第21条第4款", "E-1", "第20条", "E-2", "第27条", "E-3", "第13条"),
        "signed_for": ("第20条", "E-2", "第13条"),
        "contact_recorded": ("第13条",),
        "reply_drafted": ("第24条", "第25条", "第26条", "第32条"),
        "citizen_answered": ("第13条",),
        "signed_off": ("第25条",),
        "filed": ("第13条", "第21条第4款", "第4条", "E-2"),
        "approved": ("第4条", "E-2"),
        "settled": ("第14条", "E-4"),
        "followed_up": ("第14条", "E-4"),
        "closed": ("第14条", "E-4"),
        "archived": ("第17条",),
    },
}
PLANTED = ("欧阳小明", "13977778888", "0557-3334444")


def lines_of(book: Rulebook, now: datetime = line.NOW) -> list[Written]:
    return [written for _, _, out in line.walk(book, now) for written in out.lines]


def test_each_line_of_the_line_cites_its_clauses(book: Rulebook) -> None:
    found = {written.kind: read(written.text).clauses for written in lines_of(book)}
    assert found == CITES[book.id]


def test_every_clause_and_reading_a_line_cites_is_in_the_rulebook(book: Rulebook) -> None:
    for written in lines_of(book):
        assert set(read(written.text).clauses) <= {*book.clauses, *book.readings}


def test_the_sequence_of_lines_is_the_life_of_a_matter(book: Rulebook) -> None:
    kinds = [written.kind for written in lines_of(book)]
    assert set(kinds) == set(CITES[book.id])
    assert kinds[:10] == ["registered", "accepted", "dispatched", "signed_for", "contact_recorded", "reply_drafted",
                          "citizen_answered", "signed_off", "filed", "approved"]  # fmt: skip
    assert kinds[-1] == "archived"


# 链


def test_every_line_is_hashed_over_the_one_before(book: Rulebook) -> None:
    before = GENESIS
    for number, written in enumerate(lines_of(book), 1):
        assert written.seq == number
        assert written.hash == line_hash(before, written.text) == sm3(b"\x02", before, written.text.encode())
        before = written.hash


def test_a_changed_letter_a_swap_and_a_gap_break_the_chain(book: Rulebook) -> None:
    first, second, third = lines_of(book)[:3]
    assert line_hash(first.hash, second.text.replace("accepted", "Accepted")) != second.hash
    assert line_hash(GENESIS, second.text) != second.hash
    assert line_hash(first.hash, third.text) != third.hash


def test_the_text_alone_says_everything_the_columns_say(book: Rulebook) -> None:
    for written in lines_of(book):
        said, f = read(written.text), written.figures
        assert said.place == (written.chain_kind, written.chain_id, written.seq)
        assert (said.kind, said.subject_id) == (written.kind, written.subject_id)
        who = (written.person_id, written.for_person_id, written.post_id)
        assert (said.person_id, said.for_person_id, said.post_id) == who
        assert said.figures == (f.unit_id, f.kind_of, ledger.iso(f.due_at), f.round, f.on_time)
        assert datetime.fromisoformat(said.at) == written.at


def test_lines_about_the_order_carry_its_figures_those_about_the_matter_only_the_kind(book: Rulebook) -> None:
    for written in lines_of(book):
        f = written.figures
        assert f.kind_of == "complaint"
        of_order = written.subject_id != 1 or written.kind == "dispatched"
        assert (f.unit_id, f.round) == ((7001, 1) if of_order else (None, None))
        assert (f.due_at is not None) == of_order
        assert f.on_time is (True if written.kind in ("filed", "approved") else None)


def test_time_in_a_chain_never_runs_back(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    line.act(dossier, "accept", line.actor("operator"), line.forms(book)["accept"], line.NOW - timedelta(hours=9), book)
    assert [li.at for li in dossier.lines] == [line.NOW, line.NOW]


def test_instants_stand_in_lines_in_one_form_whatever_the_zone(book: Rulebook) -> None:
    local = lines_of(book, line.NOW.astimezone(book.tz))
    assert [written.text for written in local] == [written.text for written in lines_of(book)]
    assert f",1,{int(line.NOW.timestamp())}," in local[0].text
    assert read(local[0].text).at == "2026-09-16T08:05:00Z"
    assert ledger.iso(datetime(2026, 1, 2, 3, 4, 5, 6, UTC)) == "2026-01-02T03:04:05.000006Z"


def test_a_line_says_who_acted_in_which_post_and_for_whom(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch")
    line.act(dossier, "sign_for", Actor("clerk", 5, 6, line.UNIT.id, 7), {}, line.NOW, book)
    said = read(dossier.lines[-1].text)
    assert (said.role, said.person_id, said.post_id, said.unit_id, said.for_person_id) == ("clerk", 5, 6, 7001, 7)
    assert dossier.lines[-1].persons() == {5, 7}


# 谁的名字也不在台账里

BOOKKEEPING = {"kind", "item", "refusal", "unit", "channel", "publish_wish", "means",
               "outcome", "waiver", "satisfaction", "truthful", "solved", "publish_opinion", "handed_to", "reached",
               "attitude", "speed", "result", "cites"}  # fmt: skip


CREDIT_CODE = "91350100M000100Y43"  # of the standard itself: a form with another is refused


def planted(book: Rulebook, verb: str) -> dict[str, Any]:
    """A verb's form in which every field for free words holds a name and two numbers."""
    form = line.forms(book)[verb]
    chosen = ("flag", "choice", "place", "date", "files")
    numbers = (*BOOKKEEPING, "beside", "ruling")
    free = [f for f in REGISTRY[verb].fields(book) if f.name not in numbers and f.kind not in chosen]
    for field in free:
        words = {"phone": PLANTED[1], "pairs": "|".join(PLANTED[:2])}.get(field.kind, "，".join(PLANTED))
        form[field.name] = words[: field.max_length]
    return form | ({"caller": "enterprise", "credit_code": CREDIT_CODE} if verb == "register" else {})


def check_clean(dossier: MatterDossier) -> None:
    for written in dossier.lines:
        assert not any(name in written.text for name in PLANTED), written.kind
        assert "1397777" not in written.text


def test_no_name_and_no_number_stands_in_any_line(book: Rulebook) -> None:
    dossier, messages = line.newborn(), []
    for verb, role in line.LINE:
        form = planted(book, verb)
        if verb == "dispatch":
            form |= {"urgent": "1"}
        messages += line.act(dossier, verb, line.actor(role), form, line.NOW, book).messages
    check_clean(dossier)
    assert dossier.matter.status == "archived"
    assert sum(PLANTED[0] in text.body for text in dossier.all(Text)) >= 10
    assert all(type(value) is int for message in messages for value in message.refs.values())


@pytest.mark.parametrize(("until", "verb"), [("register", "decline"), ("accept", "answer_at_once")])
def test_nor_when_it_is_declined_or_answered_at_once(book: Rulebook, until: str, verb: str) -> None:
    dossier = line.lived(book, until)
    form = planted(book, verb) | {"cites": ""}  # takes nothing but numbers of entries
    line.act(dossier, verb, line.actor("shift_leader"), form, line.NOW, book)
    check_clean(dossier)


def test_personal_rows_hold_no_name_in_clear(book: Rulebook) -> None:
    dossier = line.lived(book, "register", register={"name": PLANTED[0], "phone": PLANTED[1]})
    for row in (*dossier.all(Citizen), *dossier.all(PersonKey)):
        said = repr([getattr(row, name) for name in row.__slots__])
        assert not any(name in said or repr(name.encode())[2:-1] in said for name in PLANTED)


# 文字与密文


def test_every_text_of_a_matter_is_vouched_for_by_exactly_one_line(book: Rulebook) -> None:
    dossier = line.lived(book, "archive", dispatch={"urgent": "1", "urgent_reason": "漏电"})
    hashes = [pair for written in dossier.lines for pair in read(written.text).texts]
    texts = {text.id: text for text in dossier.all(Text)}
    assert sorted(text_id for text_id, _ in hashes) == sorted(texts)
    for text_id, digest in hashes:
        salt, body = texts[text_id].salt, texts[text_id].body
        assert salt is not None
        assert digest == ledger.short(sm3(salt, body.encode()))


def test_equal_words_have_salts_of_their_own(book: Rulebook) -> None:
    same = dict.fromkeys(("gist", "words"), "一样的话")
    dossier = line.lived(book, "register", register=same)
    salts = [text.salt for text in dossier.all(Text)]
    assert len(set(salts)) == len(salts)
    assert all(salt is not None and len(salt) == 16 for salt in salts)
    digests = [digest for _, digest in read(dossier.lines[0].text).texts]
    assert len(set(digests)) == len(digests)


def sealed_of(dossier: MatterDossier) -> dict[str, tuple[str, int, bytes]]:
    """What the first line carries sealed: field to (table, row, ciphertext)."""
    carried = json.loads(dossier.lines[0].text)[-1]
    return {name: (table, row, ledger.unshort(text)) for table, row, name, text in carried}


def test_ciphertext_opens_in_its_place_and_nowhere_else(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    (citizen,), sealed = dossier.all(Citizen), sealed_of(dossier)
    key = line.KEYS.unwrap(citizen.id, dossier.all(PersonKey)[0].wrapped)
    table, row, name = sealed["name"]
    assert (table, row, name) == ("casework_citizen", citizen.id, citizen.name_sealed)
    assert decrypt(key, name, place(table, row, "name")).decode() == line.CITIZEN_NAME
    for elsewhere in (place(table, row, "phone"), place(table, row + 1, "name"), place("other", row, "name")):
        with pytest.raises(Unreadable):
            decrypt(key, name, elsewhere)
    for bad in (sealed["phone"][2], name[:-1] + bytes([name[-1] ^ 1]), name[:20] + b"\x00" + name[21:]):
        with pytest.raises(Unreadable):
            decrypt(key, bad, place(table, row, "name"))


def test_a_persons_key_opens_for_its_owner_alone(book: Rulebook) -> None:
    dossier = line.lived(book, "register")
    key = dossier.all(PersonKey)[0]
    with pytest.raises(Unreadable):
        line.KEYS.unwrap(key.id + 1, key.wrapped)


def test_two_citizens_have_two_keys(book: Rulebook) -> None:
    keys = set()
    for seed in (b"one", b"two"):
        dossier = line.lived(book, "register", kit=line.tools(seed))
        (row,) = dossier.all(PersonKey)
        keys.add(line.KEYS.unwrap(row.id, row.wrapped))
    assert len(keys) == 2


# 写集


def test_what_is_new_and_changed_in_one_act_is_written_once(book: Rulebook) -> None:
    dossier = line.lived(book, "accept")
    out = line.act(dossier, "dispatch", line.actor("dispatcher"), line.forms(book)["dispatch"], line.NOW, book)
    (order,) = [row for row in out.inserts if isinstance(row, Order)]
    assert order.next_decision_at is not None
    assert not [key for key in out.updates if key[0] is Order]
    assert order == dossier.orders[0]


def test_the_dossier_in_memory_is_what_the_write_sets_say(book: Rulebook) -> None:
    """Loading what was written gives the dossier the next act sees."""
    replayed, steps = line.newborn(), list(line.walk(book, line.NOW))
    for _, _, out in steps:
        replayed.apply(WriteSet(out.inserts, out.updates, out.lines))
    assert line.state(replayed) == line.state(steps[-1][1])


@pytest.mark.parametrize(("verb", "expected"), [
    ("dispatch", ("sign_until", "return_until", "contact_until")),
    ("sign_for", ("contact_until",)),
    ("file", ("review_until",)),
    ("approve", ()),
])  # fmt: skip
def test_the_clock_looks_again_at_the_earliest_instant_to_come(
    book: Rulebook, verb: str, expected: tuple[str, ...]
) -> None:
    order = line.lived(book, verb).orders[0]
    silent = "contact_until" if "no_contact" not in marks.causes(book, "yellow") else ""  # a city without that card
    instants = [getattr(order, name) for name in expected if name != silent]
    if verb == "sign_for" and silent:
        instants = [line.lived(book, "record_contact").orders[0].next_decision_at]
    assert order.next_decision_at == min(instants, default=None)


def test_an_order_deemed_accepted_no_longer_waits_for_its_door(book: Rulebook) -> None:
    dossier = line.lived(book, "dispatch", kind="praise")
    order = dossier.orders[0]
    waiting = {at for _, changes in line.changed(dossier, order, deemed_at=line.NOW, sign_until=line.NOW)
               .next_decisions(book) for at in changes.values()}  # fmt: skip
    assert waiting == {line.NOW}, "praise has no limit and the door is closed: what is left is that nobody signed"


def test_a_matter_is_pinned_once_registered(book: Rulebook) -> None:
    assert line.newborn().pinned == ""
    assert line.lived(book, "register").pinned == book.id
