"""收紧: whatever a line says, what the table keeps of it gives back its canonical text, in one form only."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from hotline.procedure import earlier, ledger, packing, tokens, writing
from hotline.procedure.actor import Actor
from hotline.procedure.ledger import Chain, Draft, Head, LineMeta
from hotline.procedure.writeset import Figures, Written
from procedure.toy import ask

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2400, 1, 1), timezones=ZONES)
RECENT = st.datetimes(datetime(1974, 1, 1), datetime(2400, 1, 1), timezones=ZONES)  # no line is older: see `stamp`
WHOLE = RECENT.map(lambda at: at.replace(microsecond=0))
IDS = st.none() | st.integers(1, 2**62)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
LIKE = st.sampled_from(["", "+", "-", "=", "@", "@1", "|", "a|b", "\\u007c", '"', '"a"', "12", "-1", "[]", "{}", "null",
                        "true", "四（三）段1", "R-18", "a b", " ", "2026-11-18T01:02:03Z", "2026-11-18T01:02:03.000004Z",
                        "2026-13-18T01:02:03Z", "2026-11-18T01:02:03.000000Z", "0001-01-01T00:00:00Z",
                        "9999-12-31T23:59:59Z", "1969-07-20T20:17:40.000001Z", "１２", "五（二）4", "R-180",
                        "第8条第1款", "段", "clerk"])  # fmt: skip
TEXTS = WORDS | LIKE
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
FACTS = st.lists(PLAIN | INSTANTS | st.binary(max_size=9)
                 | st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3)
                                | st.dictionaries(TEXTS, inner, max_size=2),
                                max_leaves=5), max_size=6)  # fmt: skip
UNITS = st.sampled_from([None, 1, 1006])
ACTORS = st.builds(Actor, TEXTS, IDS, IDS, UNITS | IDS, IDS)
FIGURES = st.builds(Figures, UNITS | IDS, st.none() | TEXTS, st.none() | RECENT | WHOLE,
                    st.none() | st.integers(-9, 99), st.none() | st.booleans())  # fmt: skip
VOUCHED = st.lists(st.tuples(st.integers(1, 2**62), st.binary(min_size=32, max_size=32)), max_size=3)
SEALED = st.lists(st.tuples(TEXTS, st.integers(1, 2**62), TEXTS, st.binary(max_size=40)), max_size=2)
DRAFTS = st.builds(Draft, TEXTS, st.just("card"), st.lists(TEXTS, max_size=4), IDS, FACTS, FIGURES, VOUCHED, SEALED)
CHAINS = st.builds(Chain, st.sampled_from(sorted(ledger.CHAIN_KINDS)), st.integers(1, 2**62))
HEADS = st.builds(Head, st.integers(0, 2**31 - 2))


def written(chain: Chain, head: Head, at: datetime, draft: Draft, actor: Actor) -> Written:
    return ledger.write(chain, head, at, draft, actor)[0]


@given(CHAINS, HEADS, RECENT | WHOLE, DRAFTS, ACTORS)
def test_a_line_is_written_again_as_it_was(chain: Chain, head: Head, at: datetime, draft: Draft, actor: Actor) -> None:
    line = written(chain, head, at, draft, actor)
    kept = ledger.meta(line)
    text = ledger.canonical(chain, head.seq + 1, at, draft, actor)
    assert kept.text.encode() == text.encode() == line.text.encode()
    assert kept.read() == ledger.read(text)
    assert ledger.rest_of(ledger.read(text)) == line.rest == kept.rest
    assert (kept.person_id, kept.unit_id, kept.on_time) == (line.person_id, line.figures.unit_id, line.figures.on_time)


@given(CHAINS, HEADS, RECENT | WHOLE, DRAFTS, ACTORS)
def test_a_line_of_before_says_the_same(chain: Chain, head: Head, at: datetime, draft: Draft, actor: Actor) -> None:
    read = ledger.read(ledger.canonical(chain, head.seq + 1, at, draft, actor))
    kept, f = earlier.kept_of(read), draft.figures
    line = earlier.Line(head.seq + 1, at, draft.kind, draft.subject_id, actor.person_id, actor.for_person_id,
                        actor.post_id, f.unit_id, f.kind_of, f.due_at, f.round, f.on_time, *kept,
                        chain.code, chain.id)  # fmt: skip
    assert line.read() == read
    assert line.text == written(chain, head, at, draft, actor).text
    assert earlier.kept_of(line.read()) == kept


@given(CHAINS, HEADS, WHOLE, DRAFTS, ACTORS, DRAFTS)
def test_different_rests_are_different_lines(
    chain: Chain, head: Head, at: datetime, draft: Draft, actor: Actor, other: Draft
) -> None:
    one, two = (written(chain, head, at, d, actor) for d in (draft, other))
    assert (one.text == two.text) == (ledger.meta(one) == ledger.meta(two))


@given(PLAIN | INSTANTS | st.lists(PLAIN, max_size=3), st.integers(1, 2**62))
@example(-0.0, 5)
@example({1: None, "a": {"b": [True]}}, 5)
@example(10**40, 5)
def test_a_value_comes_back_as_from_json(value: Any, chain: int) -> None:
    kept = tokens.token(value, chain)
    back, ends = tokens.read_token(kept + b"\x00", 0, chain)
    assert ends == len(kept)
    assert writing.in_json(back) == writing.in_json(value)
    assert back == json.loads(writing.in_json(value))
    assert tokens.token(back, chain) == kept


@pytest.mark.parametrize(("value", "kept"), [
    (None, "00"), (True, "01"), (False, "02"), (0, "20"), (63, "5f"), (64, "038001"), (-1, "0301"), (1007, "040e"),
    (999, "0401"), ("", "60"), ("clerk", "6a"), ("五（二）4", "0a1ef5"), ("a", "060161"), ([], "0700"),
    ([True, 5], "07020125"),
    (datetime(2026, 10, 13, 16, tzinfo=UTC), "05c0841d"), ("2026-10-13T16:00:00Z", "05c0841d"),
    ("2026-10-13T16:00:00+00:00", "0619" + b"2026-10-13T16:00:00+00:00".hex()),
])  # fmt: skip
def test_how_values_are_kept(value: Any, kept: str) -> None:
    """What is written here has been written to disks: these bytes never change."""
    assert tokens.token(value, 1000).hex() == kept


def test_the_words_are_those_that_lines_were_written_with() -> None:
    """The list is never changed, nor the pieces: a line keeps the place of a word in it."""
    said = "\n".join((*tokens.WORDS, *tokens._PIECES))
    assert (len(tokens.WORDS), len(tokens._PIECES)) == (149, 125)
    assert writing.short(ledger.sm3(said.encode()))[:12] == "xgY9fU4WvP5r"
    assert len(set(tokens.WORDS)) == len(tokens.WORDS) <= 256 - tokens.WORD


def test_how_a_line_is_kept() -> None:
    draft = Draft("contact_recorded", "record_contact", ["四（三）段1", "R-18"], 9, ["reached", "phone", True, True],
                  Figures(1006, "complaint"), [(7, bytes(32))])  # fmt: skip
    line = ledger.meta(written(Chain("matter", 5), Head(), datetime(2026, 9, 16, tzinfo=UTC), draft,
                               Actor("clerk", 101, 1101, 1006)))  # fmt: skip
    assert line.rest.hex() == "65" "4f" "cd08" "08" "ee07" "82" "6a" "0b" "0318edbc" "0104" + "00" * 32 + "92700101"


def test_ciphertexts_name_a_row_once() -> None:
    told = packing.Told(None, None, None, None, None, None, None, None, None)
    carried = (("t", 9, "name", b"a"), ("t", 9, "phone", b"b"), ("t", 8, "phone", b""), ("u", 8, "x", b"c"))
    rest = packing.packed(5, told, packing.More("system", None, (), (), carried, ()))
    assert packing.more_of(5, rest).sealed == carried
    assert rest.count(b"t") == 1


def by(actor: Actor, *texts: tuple[int, bytes]) -> Written:
    draft = Draft("k", "c", (), None, (), Figures(), texts)
    return written(Chain("matter", 5), Head(), datetime(2026, 9, 16, tzinfo=UTC), draft, actor)


def test_nobody_is_no_person() -> None:
    assert by(Actor("system")).rest[0] == 0
    with pytest.raises(ValueError, match="nobody"):
        by(Actor("clerk", 0))
    with pytest.raises(ValueError, match="31 bytes"):
        by(Actor("system"), (7, b"x" * 31))


@pytest.mark.usefixtures("room")
def test_sql_finds_whose_a_line_is_and_what_it_is_about() -> None:
    for person, other, post, subject in ((None, None, None, None), (5, None, None, 9), (128, 7, None, 2**40),
                                         (2**50, 300, 2**20, 5), (1, None, 127, 10_001), (127, None, 2**33, None)):
        told = packing.Told(person, other, post, subject, 7, "help", None, 1, True)
        rest = packing.packed(10_000, told, packing.More("clerk", 7, (), (), (), ()))
        assert ask("SELECT procedure_person(%s), procedure_subject(10000, %s)", rest, rest) == [(person, subject)]


@given(st.binary(min_size=1, max_size=120), st.integers(1, 2**62))
def test_any_bytes_are_a_line_or_refused(rest: bytes, chain: int) -> None:
    line = LineMeta(1, datetime(2026, 9, 16, tzinfo=UTC), "k", rest, 1, chain)
    try:
        again = ledger.rest_of(line.read())
    except (ValueError, TypeError, KeyError):
        return
    assert again != rest or ledger.rest_of(ledger.read(line.text)) == rest


@given(CHAINS, RECENT | WHOLE, DRAFTS, ACTORS, st.integers(-9**7, 9**7))
def test_where_instants_stand(chain: Chain, at: datetime, draft: Draft, actor: Actor, later: int) -> None:
    """Whoever moves them finds each, and nothing else is touched."""
    rest, shift = written(chain, Head(), at, draft, actor).rest, timedelta(seconds=later)
    moved, done = b"", 0
    for begins, ends, value in packing.instants(chain.id, rest):
        assume(1 < value.year < 9999)
        assert tokens.moment(value) == rest[begins:ends]
        moved, done = moved + rest[done:begins] + tokens.moment(value + shift), ends
    back = LineMeta(1, at, draft.kind, moved + rest[done:], chain.code, chain.id)
    whole = LineMeta(1, at, draft.kind, rest, chain.code, chain.id)
    assert back.due_at == (whole.due_at and whole.due_at + shift)
    assert len(back.read().facts) == len(whole.read().facts)
    assert back.read().texts == whole.read().texts
