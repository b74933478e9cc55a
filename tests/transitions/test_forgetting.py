"""匿名 and 更正 on the cards: what is left of a matter, what its line says, when the key goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hotline.casework.dossier import MatterDossier
from hotline.casework.people import revealed
from hotline.casework.records import AbuseMark, Citizen, Contact, PersonKey, Text
from hotline.casework.redacting import FORGOTTEN
from hotline.casework.statuses import MatterStatus
from hotline.casework.transitions.alarming import WrittenCard
from hotline.casework.transitions.intake import record_of
from hotline.procedure.card import REGISTRY
from hotline.procedure.case import Tools
from hotline.procedure.ledger import short
from hotline.procedure.secrets import text_hash
from hotline.rules.book import Rulebook
from support import line

INSPECTOR = line.actor("inspector")


def kit(dossier: MatterDossier, **found: Any) -> Tools:
    """Tools whose numbers are new here, with what a look-up found."""
    return line.tools(ids=line.Counter(10_000 + 1000 * (dossier.head.seq + 1)), **found)


def forgotten(book: Rulebook, elsewhere: int = 0, **fields: str) -> MatterDossier:
    dossier = line.lived(book, "archive", draft_reply={"reply": f"{line.CITIZEN_NAME}（{line.CITIZEN_PHONE}）反映的已修好。"})
    form = {**line.forms(book)["anonymise"], **fields}
    line.act(dossier, "anonymise", INSPECTOR, form, line.NOW, book, kit(dossier, elsewhere=elsewhere))
    return dossier


def body(dossier: MatterDossier, field: str) -> str:
    return next(text.body for text in dossier.all(Text) if text.field == field)


def test_the_callers_own_words_go_whole_and_others_lose_only_what_tells_who_it_was(book: Rulebook) -> None:
    dossier = forgotten(book)
    assert {body(dossier, field) for field in ("gist", "words")} == {FORGOTTEN}
    assert set(record_of(body(dossier, "record"))[0].values()) <= {FORGOTTEN, ""}
    assert body(dossier, "reply") == "＊＊＊（＊＊＊＊＊＊＊＊＊＊＊）反映的已修好。"
    assert "路灯已经修好" in body(dossier, "answer")


LIVED_IN = "儿媳在三小做老师，我住一号楼302"


@pytest.mark.parametrize(("field", "asked"), [("withdrawal_reason", "ask_to_withdraw"),
                                              ("review_reason", "ask_for_review")])  # fmt: skip
def test_what_they_wrote_when_they_asked_for_something_is_their_own_too(book: Rulebook, field: str, asked: str) -> None:
    assert {*WrittenCard.__subclasses__()} == {REGISTRY[name] for name in ("ask_to_withdraw", "ask_for_review",
                                                                           "supply_facts")}  # fmt: skip
    dossier = line.lived(book, "archive" if asked == "ask_to_withdraw" else "register")
    body_of = replace(dossier.all(Text)[-1], id=9_000_009, field=field, body=LIVED_IN)
    dossier.put(body_of)
    dossier.put(replace(body_of, id=9_000_010, field="withdrawal_because", body=f"其{LIVED_IN}，不再要求"))
    dossier = line.changed(dossier, dossier.matter, status=MatterStatus.CLOSED)
    line.act(dossier, "anonymise", INSPECTOR, line.forms(book)["anonymise"], line.NOW, book, kit(dossier, elsewhere=0))
    assert body(dossier, field) == FORGOTTEN
    assert body(dossier, "withdrawal_because") == f"其{'＊' * len(LIVED_IN)}，不再要求"


def test_what_the_officer_lists_is_hidden_too(book: Rulebook) -> None:
    assert body(forgotten(book, also="已经修好\n"), "answer") == "路灯＊＊＊＊。"


def test_every_changed_text_has_a_fresh_salt_and_its_hash_in_the_line(book: Rulebook) -> None:
    dossier = line.lived(book, "archive")
    before = {text.id: text for text in dossier.all(Text)}
    form = line.forms(book)["anonymise"]
    line.act(dossier, "anonymise", INSPECTOR, form, line.NOW, book, kit(dossier, seed=b"later"))
    said = dossier.lines[-1].read()
    hashes, facts = dict(said.texts), said.facts
    assert facts[1]
    for text_id in facts[1]:
        text = dossier.get(Text, text_id)
        assert text.salt is not None
        assert text.salt != before[text_id].salt
        assert hashes[text_id] == short(text_hash(text.salt, text.body))


@pytest.mark.parametrize(("elsewhere", "gone"), [(0, True), (1, False)])
def test_the_key_goes_with_the_last_matter(book: Rulebook, elsewhere: int, gone: bool) -> None:
    dossier = forgotten(book, elsewhere)
    (citizen,) = dossier.all(Citizen)
    assert (dossier.find(PersonKey, citizen.id) is None) is gone
    assert (citizen.phone_index is None) is gone
    assert citizen.name_sealed is not None  # its ciphertext is what the first line holds
    assert dossier.all(Contact)[0].forgotten_at == line.NOW
    assert (revealed(dossier, line.KEYS)[:2] == (FORGOTTEN, FORGOTTEN)) is gone


def test_nobody_is_forgotten_twice_nor_while_they_must_be_answered(book: Rulebook) -> None:
    form = line.forms(book)["anonymise"]
    assert line.refused(forgotten(book), "anonymise", INSPECTOR, form, line.NOW, book).step == "status"
    assert line.refused(line.lived(book, "sign_for"), "anonymise", INSPECTOR, form, line.NOW, book).step == "status"


def test_no_line_names_anybody(book: Rulebook) -> None:
    for entry in forgotten(book).lines:
        assert line.CITIZEN_NAME not in repr(entry)
        assert line.CITIZEN_PHONE not in repr(entry)


def test_a_correction_is_written_where_the_data_was_first_written(book: Rulebook) -> None:
    dossier = line.lived(book, "archive")
    form = line.forms(book)["correct_person"]
    elsewhere = kit(dossier, came_first=(dossier.chain.id + 1, "20260916-0009-9"))
    wrong = line.problems(dossier, "correct_person", INSPECTOR, form, line.NOW, book, elsewhere)
    assert "20260916-0009-9" in wrong[0].because
    hidden = line.problems(dossier, "correct_person", INSPECTOR, form, line.NOW, book,
                           kit(dossier, came_first=(dossier.chain.id + 1, None)))  # fmt: skip
    assert "None" not in hidden[0].because
    assert "不在这一件里更正" in hidden[0].because
    nothing = {**form, "name": "", "phone": ""}
    assert line.problems(dossier, "correct_person", INSPECTOR, nothing, line.NOW, book)[0].field == "name"
    line.act(dossier, "correct_person", INSPECTOR, form, line.NOW, book)
    assert revealed(dossier, line.KEYS)[:2] == ("测试丙", line.CITIZEN_PHONE)


@pytest.mark.parametrize("index", [None, b"i" * 32])
def test_no_mark_finds_their_number_any_more(book: Rulebook, index: bytes | None) -> None:
    """One given by the number they have now, or by one that was put right since."""
    dossier = line.lived(book, "archive")
    (citizen,) = dossier.all(Citizen)
    found = index or citizen.phone_index
    assert found is not None
    dossier.put(AbuseMark(9_000_005, dossier.chain.id, found, line.first(book, "abuse", "sorts"), line.NOW, line.NOW))
    line.act(dossier, "anonymise", INSPECTOR, line.forms(book)["anonymise"], line.NOW, book, kit(dossier, elsewhere=1))
    assert dossier.all(AbuseMark)[0].phone_index == b""


def test_a_mark_on_another_caller_stays(book: Rulebook) -> None:
    dossier = line.lived(book, "archive")
    (call,) = dossier.all(Contact)
    dossier.put(replace(call, id=9_000_001, citizen_id=9_000_002))
    sort = line.first(book, "abuse", "sorts")
    dossier.put(AbuseMark(9_000_005, dossier.chain.id, b"i" * 32, sort, line.NOW, line.NOW))
    line.act(dossier, "anonymise", INSPECTOR, line.forms(book)["anonymise"], line.NOW, book, kit(dossier, elsewhere=1))
    assert dossier.all(AbuseMark)[0].phone_index == b"i" * 32
