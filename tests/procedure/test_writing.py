"""写法: whatever a line says, the table's columns give back its canonical text byte for byte, in one spelling only."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hotline.procedure import ledger, writing
from hotline.procedure.actor import Actor
from hotline.procedure.ledger import Chain, Draft, Head, LineMeta
from hotline.procedure.writeset import Figures, Written

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3, minutes=-30))])
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2400, 1, 1), timezones=ZONES)
RECENT = st.datetimes(datetime(1974, 1, 1), datetime(2400, 1, 1), timezones=ZONES)  # no line is older: see `stamp`
WHOLE = RECENT.map(lambda at: at.replace(microsecond=0))
IDS = st.none() | st.integers(1, 2**62)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
LIKE = st.sampled_from(["", "+", "-", "=", "@", "@1", "|", "a|b", "\\u007c", '"', '"a"', "12", "-1", "[]", "{}", "null",
                        "true", "四（三）段1", "R-18", "a b", " ", "2026-11-18T01:02:03Z", "2026-11-18T01:02:03.000004Z",
                        "2026-13-18T01:02:03Z", "2026-11-18T01:02:03.000000Z", "0001-01-01T00:00:00Z",
                        "9999-12-31T23:59:59Z", "1969-07-20T20:17:40.000001Z", "１２"])  # fmt: skip
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
    assert ledger.kept_of(ledger.read(text)) == line.kept == (kept.rest, kept.vouched, kept.sealed)


@given(CHAINS, HEADS, WHOLE, DRAFTS, ACTORS, DRAFTS)
def test_different_rests_are_different_lines(
    chain: Chain, head: Head, at: datetime, draft: Draft, actor: Actor, other: Draft
) -> None:
    one, two = (written(chain, head, at, d, actor) for d in (draft, other))
    assert (one.text == two.text) == (ledger.meta(one) == ledger.meta(two))


@given(PLAIN | INSTANTS | st.lists(PLAIN, max_size=3))
@example("|")
@example(-0.0)
def test_a_value_comes_back_from_its_item_as_from_json(value: Any) -> None:
    text = writing.item(value)
    assert "|" not in text
    back = writing.value_of(text)
    assert writing.in_json(back) == writing.in_json(value)
    assert back == json.loads(writing.in_json(value))
    assert writing.item(back) == text


@pytest.mark.parametrize(("value", "kept"), [
    (None, ""), (True, "+"), (False, "-"), ("phone", "phone"), ("五（二）4", "五（二）4"), ("", '""'), ("12", '"12"'),
    (12, "12"), (-1, "-1"), ([], "[]"), ("a|b", '"a\\u007cb"'), (datetime(2026, 10, 13, 16, tzinfo=UTC), "@1791907200"),
    ("2026-10-13T16:00:00Z", "@1791907200"), ("2026-10-13T16:00:00+00:00", '"2026-10-13T16:00:00+00:00"'),
])  # fmt: skip
def test_how_values_are_kept(value: Any, kept: str) -> None:
    assert writing.item(value) == kept


def test_a_line_can_be_read_by_eye() -> None:
    draft = Draft("contact_recorded", "record_contact", ["四（三）段1", "R-18"], 9, ["reached", "phone", True, True],
                  Figures(1006, "complaint"), [(7, bytes(32))])  # fmt: skip
    line = ledger.meta(written(Chain("matter", 5), Head(), datetime(2026, 9, 16, tzinfo=UTC), draft,
                               Actor("clerk", 101, 1101, 1006)))  # fmt: skip
    assert line.rest == "四（三）段1 R-18|clerk|=|reached|phone|+|+"
    assert line.vouched == b"\x04" + bytes(32)
    assert line.sealed is None


def test_ciphertexts_name_a_row_once() -> None:
    carried = [("t", 9, "name", b"a"), ("t", 9, "phone", b"b"), ("t", 8, "phone", b""), ("u", 8, "x", b"c")]
    kept = writing.sealed_of(carried)
    assert kept == "t|9|name|YQ|=|=|phone|Yg|=|8|phone||u|=|x|Yw"
    assert list(writing.read_sealed(kept)) == [("t", 9, "name", "YQ"), ("t", 9, "phone", "Yg"), ("t", 8, "phone", ""),
                                               ("u", 8, "x", "Yw")]  # fmt: skip


@given(st.integers(1, 2**62), st.integers(1, 2**62))
def test_texts_stand_by_their_distance_from_the_chain(chain: int, text: int) -> None:
    kept = writing.vouched(chain, [(text, b"x" * 32)])
    assert list(writing.read_vouched(chain, kept)) == [(text, b"x" * 32)]
    assert list(writing.read_vouched(chain, None)) == []
    with pytest.raises(ValueError, match="31 bytes"):
        writing.vouched(chain, [(text, b"x" * 31)])


@given(st.binary(min_size=1, max_size=80))
def test_any_bytes_are_texts_in_their_one_form_or_refused(kept: bytes) -> None:
    try:
        found = list(writing.read_vouched(5, kept))
    except ValueError:
        return
    assert len(writing.vouched(5, found) or b"") <= len(kept)


@given(TEXTS | st.text("|@=+-[]{}\"19 a", max_size=30), UNITS)
def test_any_text_is_a_rest_or_refused(rest: str, own: int | None) -> None:
    line = LineMeta(1, datetime(2026, 9, 16, tzinfo=UTC), "k", None, None, None, None, own, None, None, None, None,
                    rest, None, None, 1, 5)  # fmt: skip
    try:
        read = line.read()
        again = ledger.kept_of(read).rest
    except (ValueError, TypeError, KeyError):
        return
    assert again != rest or ledger.kept_of(ledger.read(line.text)).rest == rest
