"""核验: every way of tampering, done for real by the tables' owner with triggers off, is detected and named."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from hotline.procedure import ledger, sealing
from hotline.procedure.ledger import LineMeta
from hotline.procedure.packing import More, Told, more_of, packed
from hotline.procedure.verify import Report, verify
from procedure import toy
from procedure.toy import NOW, READER, WRITER, act, write

DAY_1, DAY_2 = date(2026, 11, 23), date(2026, 11, 24)
Hand = Callable[..., None]
Change = Callable[[LineMeta], bytes]


@pytest.fixture
def notes(room: None) -> list[int]:
    """Three notes with four lines each."""
    return toy.some_notes()


@pytest.fixture
def hand(owner: Any) -> Hand:
    """The owner's hand: runs statements with the ledger's triggers switched off."""

    def run(*statements: tuple[str, list[Any]]) -> None:
        for table in ("procedure_ledgerline", "procedure_seal", "procedure_installation"):
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement, params in statements:
            owner.execute(statement, params)
            assert owner.rowcount, statement

    return run


def found(seals: Path | None = None) -> list[tuple[str, int]]:
    """What verify names: chain and line."""
    report = verify(seals)
    assert report.ok == (not report.broken)
    return [(b.chain, b.seq) for b in report.broken]


LINES = "procedure_ledgerline WHERE chain_id = %s"


def test_an_honest_ledger_is_clean(notes: list[int], tmp_path: Path) -> None:
    assert verify() == Report(True, 3, 12, ())
    sealing.seal(DAY_1, tmp_path, NOW)
    act(toy.LookAt, notes[0], READER)
    sealing.seal(DAY_2, tmp_path, NOW + toy.DAY)
    assert verify(tmp_path) == Report(True, 3, 13, ())
    assert verify() == Report(True, 3, 13, ())


def test_an_empty_ledger_is_clean(room: None) -> None:
    assert verify() == Report(True, 0, 0, ())


def test_an_edited_line(notes: list[int], hand: Hand) -> None:
    edit = "UPDATE procedure_ledgerline SET rest = set_byte(rest, length(rest) - 1, 63) WHERE chain_id = %s AND seq = 3"
    hand((edit, [notes[1]]))
    assert found() == [(f"entry/{notes[1]}", 3)]


def lines_of(owner: Any, note: int) -> list[tuple[LineMeta, bytes]]:
    """A chain's lines with their hashes."""
    query = f"SELECT {', '.join(LineMeta.COLUMNS)}, hash FROM procedure_ledgerline WHERE chain_id = %s ORDER BY seq"
    owner.execute(query, [note])
    return [(LineMeta(*row[:-1]), bytes(row[-1])) for row in owner.fetchall()]


def test_an_edited_line_with_its_hash_made_right(notes: list[int], hand: Hand, owner: Any) -> None:
    (_, previous), (second, _), *_ = lines_of(owner, notes[1])
    fresh = ledger.line_hash(previous, replace(second, kind="note_adorned").text)
    edit = "UPDATE procedure_ledgerline SET kind = 'note_adorned', hash = %s WHERE chain_id = %s AND seq = 2"
    hand((edit, [fresh, notes[1]]))
    assert found() == [(f"entry/{notes[1]}", 3)]


def with_told(**changes: Any) -> Change:
    """Whose line it is, or its figures, changed."""
    return lambda line: packed(line.chain_id, line.told()._replace(**changes), more_of(line.chain_id, line.rest))


def with_more(**changes: Any) -> Change:
    """What else it says, changed."""
    return lambda line: packed(line.chain_id, line.told(), more_of(line.chain_id, line.rest)._replace(**changes))


def bytes_of(old: str, new: str) -> Change:
    """Some of its bytes changed."""

    def change(line: LineMeta) -> bytes:
        assert bytes.fromhex(old) in line.rest
        return line.rest.replace(bytes.fromhex(old), bytes.fromhex(new), 1)

    return change


HASH_OF_TEXT = b"\x01" * 32
CHANGES = (
    *(with_told(**{name: 7}) for name in ("subject_id", "person_id", "for_person_id", "post_id", "unit_id", "round")),
    with_told(kind_of="other"), with_told(due_at=NOW), with_told(on_time=True), with_more(role="reader"),
    with_more(actor_unit=7), with_more(clauses=("玩二",)), with_more(facts=("别的",)), with_more(texts=()),
    with_more(texts=((7, HASH_OF_TEXT),)), with_more(sealed=(("toy_note", 1, "phone", b"AA"),)),
)  # fmt: skip
COLUMNS = ("at = at + interval '1 second'", "kind = 'closed'", "hash = set_byte(hash, 0, 255 - get_byte(hash, 0))")
REST = "UPDATE procedure_ledgerline SET rest = %s WHERE chain_id = %s AND seq = %s"


def line_of(owner: Any, note: int, seq: int) -> LineMeta:
    """One line of a chain."""
    return lines_of(owner, note)[seq - 1][0]


def test_an_edited_column_or_part(room: None, hand: Hand, owner: Any) -> None:
    """Each of them is under the hash by itself: there is no text beside them that they could contradict."""
    notes = toy.some_notes(len(COLUMNS) + len(CHANGES))
    edit = "UPDATE procedure_ledgerline SET {} WHERE chain_id = %s AND seq = 2"
    parts = [(REST, [change(line_of(owner, note, 2)), note, 2]) for change, note in zip(CHANGES, notes, strict=False)]
    hand(*parts, *[(edit.format(column), [note]) for column, note in zip(COLUMNS, notes[len(CHANGES) :], strict=True)])
    assert {(chain, seq) for chain, seq in found() if seq == 2} == {(f"entry/{note}", 2) for note in notes}
    assert {chain for chain, _ in found()} == {f"entry/{note}" for note in notes}


def test_every_column_and_part_of_a_line_is_edited_above(notes: list[int], owner: Any) -> None:
    edited = {column.split(" = ")[0] for column in COLUMNS}
    assert edited | {"seq", "chain_kind", "chain_id", "rest"} == {*LineMeta.COLUMNS, "hash"}
    line = line_of(owner, notes[0], 2)
    after = [replace(line, rest=change(line)) for change in CHANGES]
    for name in Told._fields:
        assert any(getattr(one.told(), name) != getattr(line.told(), name) for one in after), name
    for name in More._fields:
        assert any(getattr(more_of(one.chain_id, one.rest), name) != getattr(more_of(line.chain_id, line.rest), name)
                   for one in after), name  # fmt: skip


OTHERWISE = (
    (1, lambda line: line.rest[:1] + bytes((line.rest[1] | 128, 0)) + line.rest[2:]),  # the same number, longer
    (2, bytes_of("0606" + b"writer".hex(), "068600" + b"writer".hex())),
    (2, bytes_of(b"writer".hex() + "0b", b"writer".hex() + "3f")),  # a unit written out that is the line's
)  # fmt: skip


def test_the_same_said_otherwise(room: None, hand: Hand, owner: Any) -> None:
    """Another spelling of the same line has the same canonical text, and is found all the same."""
    notes = toy.some_notes(len(OTHERWISE))
    pairs = [*zip(OTHERWISE, notes, strict=True)]
    hand(*[(REST, [change(line_of(owner, note, seq)), note, seq]) for (seq, change), note in pairs])
    assert found()[: len(notes)] == [(f"entry/{note}", seq) for (seq, _), note in zip(OTHERWISE, notes, strict=True)]
    assert len([one for one in verify().broken if "写法" in one.why]) == len(OTHERWISE)


@pytest.mark.parametrize("sealed", [
    (("toy_note", 1, "fax", b"AA"),), (("toy_notes", 1, "phone", b"AA"),), (("toy_note", 1, "phone", b"A"),), (),
])  # fmt: skip
def test_an_edited_ciphertext(room: None, hand: Hand, owner: Any, sealed: tuple[Any, ...]) -> None:
    note = write("标题", phone="05570000000").chain.id
    assert found() == []
    hand((REST, [with_more(sealed=sealed)(line_of(owner, note, 1)), note, 1]))
    assert found() == [(f"entry/{note}", 1)]


def test_swapped_lines(notes: list[int], hand: Hand) -> None:
    move = "UPDATE procedure_ledgerline SET seq = %s WHERE chain_id = %s AND seq = %s"
    hand((move, [99, notes[0], 2]), (move, [2, notes[0], 3]), (move, [3, notes[0], 99]))
    assert found()[:2] == [(f"entry/{notes[0]}", 2), (f"entry/{notes[0]}", 3)]
    assert {chain for chain, _ in found()} == {f"entry/{notes[0]}"}


def test_lines_swapped_between_chains(notes: list[int], hand: Hand) -> None:
    move = "UPDATE procedure_ledgerline SET chain_id = %s WHERE chain_id = %s AND seq = 2"
    hand((move, [99, notes[0]]), (move, [notes[0], notes[1]]), (move, [notes[1], 99]))
    assert {(f"entry/{notes[0]}", 2), (f"entry/{notes[1]}", 2)} < set(found())
    assert {chain for chain, _ in found()} == {f"entry/{notes[0]}", f"entry/{notes[1]}"}


def test_an_inserted_line(notes: list[int], hand: Hand) -> None:
    names = "chain_kind, chain_id, at, kind, rest, hash"
    hand(
        ("UPDATE procedure_ledgerline SET seq = seq + 100 WHERE chain_id = %s AND seq > 2", [notes[0]]),
        ("UPDATE procedure_ledgerline SET seq = seq - 99 WHERE chain_id = %s AND seq > 100", [notes[0]]),
        (f"INSERT INTO procedure_ledgerline (seq, {names}) SELECT 3, {names} FROM {LINES} AND seq = 2", [notes[0]]),
    )
    assert found()[0] == (f"entry/{notes[0]}", 3)
    assert {chain for chain, _ in found()} == {f"entry/{notes[0]}"}


def test_a_line_appended_behind_the_head(notes: list[int], hand: Hand) -> None:
    names = "chain_kind, chain_id, at, kind, rest, hash"
    append = f"INSERT INTO procedure_ledgerline (seq, {names}) SELECT 5, {names} FROM {LINES} AND seq = 4"
    hand((append, [notes[0]]))
    assert (f"entry/{notes[0]}", 5) in found()


def test_a_removed_line(notes: list[int], hand: Hand) -> None:
    hand((f"DELETE FROM {LINES} AND seq = 2", [notes[2]]))
    assert found() == [(f"entry/{notes[2]}", 2)]
    assert "第 2 行缺失" in verify().broken[0].why


def test_a_cut_tail(notes: list[int], hand: Hand) -> None:
    hand((f"DELETE FROM {LINES} AND seq > 2", [notes[0]]))
    assert found() == [(f"entry/{notes[0]}", 3)]
    assert "末尾被截去" in verify().broken[0].why


ADJUST = (
    "UPDATE procedure_chainhead h SET seq = l.seq, hash = l.hash, at = l.at FROM procedure_ledgerline l"
    " WHERE l.chain_kind = h.chain_kind AND l.chain_id = h.chain_id AND h.chain_id = %s AND l.seq = %s"
)


def cut_with_its_head(hand: Hand, note: int, keep: int) -> None:
    """Cut a chain's tail, adjust its head, put the rows back, cover the watermark."""
    hand(
        (f"DELETE FROM {LINES} AND seq > %s", [note, keep]),
        (ADJUST, [note, keep]),
        ("UPDATE procedure_chainhead SET sealed_seq = 0 WHERE chain_id = %s", [note]),
    )


def test_a_cut_tail_with_its_head_is_found_by_seals(notes: list[int], hand: Hand, tmp_path: Path) -> None:
    sealing.seal(DAY_1, tmp_path, NOW)
    cut_with_its_head(hand, notes[0], 2)
    assert found() == []
    report = verify(tmp_path)
    assert [(b.chain, b.seq) for b in report.broken] == [(f"entry/{notes[0]}", 4)]
    assert "2026-11-23" in report.broken[0].why


def test_a_cut_tail_whose_watermark_was_forgotten_is_found_without_seals(
    notes: list[int], hand: Hand, tmp_path: Path
) -> None:
    sealing.seal(DAY_1, tmp_path, NOW)
    hand((f"DELETE FROM {LINES} AND seq > 2", [notes[0]]), (ADJUST, [notes[0], 2]))
    assert found() == [(f"entry/{notes[0]}", 3)]


HEAD = "DELETE FROM procedure_chainhead WHERE chain_id = %s"


def test_a_deleted_chain(notes: list[int], hand: Hand) -> None:
    hand((f"DELETE FROM {LINES}", [notes[0]]), (HEAD, [notes[0]]))
    assert found() == [(f"entry/{notes[0]}", 1)]
    assert "整条链被删" in verify().broken[0].why


def test_a_deleted_head(notes: list[int], hand: Hand) -> None:
    hand((HEAD, [notes[2]]))
    assert found() == [(f"entry/{notes[2]}", 4)]


def test_deleted_lines_of_a_chain(notes: list[int], hand: Hand) -> None:
    hand((f"DELETE FROM {LINES}", [notes[1]]))
    assert found() == [(f"entry/{notes[1]}", 1)]


def test_a_chain_deleted_with_its_rows_is_found_by_seals(notes: list[int], hand: Hand, tmp_path: Path) -> None:
    sealing.seal(DAY_1, tmp_path, NOW)
    gone = [("DELETE FROM toy_note WHERE id = %s", [notes[0]]), (f"DELETE FROM {LINES}", [notes[0]])]
    hand(*gone, (HEAD, [notes[0]]))
    assert found() == []
    assert found(tmp_path) == [(f"entry/{notes[0]}", 4)]


def rewrite(owner: Any, hand: Hand, note: int) -> None:
    """Recompute a whole chain with another writer, as only the database's owner can."""
    previous, statements = ledger.GENESIS, []
    for line, _ in lines_of(owner, note):
        forged = replace(line, rest=with_told(person_id=77)(line)) if line.seq == 1 else line
        previous = ledger.line_hash(previous, forged.text)
        change = "UPDATE procedure_ledgerline SET rest = %s, hash = %s WHERE chain_id = %s AND seq = %s"
        statements.append((change, [forged.rest, previous, note, line.seq]))
    hand(*statements, (ADJUST, [note, 4]))


def test_a_chain_recomputed_by_the_owner_is_found_by_kept_seals_only(
    notes: list[int], hand: Hand, owner: Any, tmp_path: Path
) -> None:
    sealing.seal(DAY_1, tmp_path, NOW)
    act(toy.LookAt, notes[1], READER)
    sealing.seal(DAY_2, tmp_path, NOW + toy.DAY)
    rewrite(owner, hand, notes[2])
    assert found() == []
    report = verify(tmp_path)
    assert [(b.chain, b.seq) for b in report.broken] == [(f"entry/{notes[2]}", 4)]
    assert "2026-11-23 的封存（第 1 号）" in report.broken[0].why


def test_an_earlier_instant_with_right_hashes(notes: list[int], hand: Hand, owner: Any) -> None:
    *_, (_, previous), (last, _) = lines_of(owner, notes[0])
    early = NOW - timedelta(days=3)
    fresh = ledger.line_hash(previous, replace(last, at=early).text)
    change = "UPDATE procedure_ledgerline SET at = %s, hash = %s WHERE chain_id = %s AND seq = 4"
    hand((change, [early, fresh, notes[0]]), (ADJUST, [notes[0], 4]))
    assert found() == [(f"entry/{notes[0]}", 4)]
    assert "早于上一行" in verify().broken[0].why


BEGINS = b"\x05\x00\x6a\x00\x00"  # somebody, no figures, a clerk, no unit, no clauses


@pytest.mark.parametrize("rest", [
    b"", b"\x05", b"\x05\x00", b"\x05\x80\x10\x00", BEGINS[:3], BEGINS[:4] + b"\x09", BEGINS + b"\x0c",
    BEGINS + b"\x06\x05a", BEGINS + b"\x06\x01\xff", b"\x05\x40\x6a\x00\x00\x01\x01a", BEGINS + b"\x07\x01" * 9999,
    BEGINS + b"\x05" + b"\xff" * 40 + b"\x01", BEGINS + b"\x08\x01\x00", BEGINS + b"\x07" + b"\xff" * 9 + b"\x01",
    b"\x05\x80\x08\x6a\x00\x00\x01\x0b",
])  # fmt: skip
def test_what_is_no_line(notes: list[int], hand: Hand, rest: bytes) -> None:
    hand((REST, [rest, notes[0], 2]))
    assert found() == [(f"entry/{notes[0]}", 2)]
    assert "不是台账行" in verify().broken[0].why


class TestFreeText:
    """自由文字: only the newest hash of a text must agree; a salt taken away is found too."""

    def test_an_edited_text(self, notes: list[int], owner: Any) -> None:
        owner.execute("UPDATE toy_text SET body = '被改的字' WHERE note_id = %s", [notes[0]])
        assert found() == [(f"entry/{notes[0]}", 2)]

    def test_a_deleted_text(self, notes: list[int], owner: Any) -> None:
        owner.execute("DELETE FROM toy_text WHERE note_id = %s", [notes[0]])
        assert found() == [(f"entry/{notes[0]}", 2)]

    def test_a_text_without_its_salt(self, notes: list[int], owner: Any) -> None:
        owner.execute("UPDATE toy_text SET body = '（已匿名）', salt = NULL WHERE note_id = %s", [notes[0]])
        assert found() == [(f"entry/{notes[0]}", 2)]


class TestSealsThemselves:
    """封存文件: edited, missing, doubled, from elsewhere."""

    @pytest.fixture
    def folder(self, notes: list[int], tmp_path: Path) -> Path:
        """Three seals."""
        for i in range(3):
            sealing.seal(DAY_1 + timedelta(days=i), tmp_path, NOW + i * toy.DAY)
            act(toy.LookAt, notes[i], READER)
        return tmp_path

    def test_an_edited_seal(self, folder: Path) -> None:
        second = sealing.files(folder)[1]
        second.write_text(second.read_text().replace("11-24", "11-25"))
        assert found(folder) == [("seal/2", 2)]

    def test_a_seal_rewritten_under_another_name(self, folder: Path) -> None:
        second = sealing.files(folder)[1]
        data = json.loads(second.read_text())
        content = json.dumps(data | {"chains": []}).encode()
        root = sealing.root_of(bytes.fromhex(data["previous"]), content)
        second.unlink()
        (folder / f"000002-{data['day']}-{root.hex()[:8]}.json").write_bytes(content)
        assert found(folder) == [("seal/2", 2), ("seal/3", 3)]

    def test_a_missing_seal(self, folder: Path) -> None:
        sealing.files(folder)[1].unlink()
        assert found(folder) == [("seal/3", 3)]

    def test_the_last_seal_missing(self, folder: Path) -> None:
        sealing.files(folder)[2].unlink()
        assert found(folder) == [("seal/3", 3)]

    def test_no_seals_at_all(self, folder: Path, tmp_path: Path) -> None:
        assert len(found(tmp_path / "empty")) == 3

    def test_a_deleted_record(self, folder: Path, hand: Hand) -> None:
        hand(("DELETE FROM procedure_seal WHERE number = 2", []))
        assert found() == [("seal/2", 2)]
        assert found(folder) == [("seal/2", 2)]

    def test_all_records_deleted(self, folder: Path, hand: Hand) -> None:
        hand(("DELETE FROM procedure_seal", []))
        assert found() == [("seal/1", 1)]

    def test_another_birth(self, folder: Path, hand: Hand) -> None:
        hand(("UPDATE procedure_installation SET born_at = born_at + interval '1 day'", []))
        assert found(folder) == [("seal/1", 1)]


def test_verify_looks_at_one_snapshot_while_others_write(notes: list[int], owner: Any) -> None:
    """A verify that runs while somebody writes sees a whole state."""
    from hotline.procedure import verify as room

    conn = room.raw()
    with conn.transaction():
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        conn.execute("SELECT 1")
        owner.execute("UPDATE procedure_chainhead SET seq = 99")
        assert not list(room.along(conn, room.Tally(), None))
    assert not verify().ok


def test_a_seal_written_while_verify_runs_is_no_break(
    notes: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The snapshot knows neither the new line nor its seal."""
    from hotline.procedure import verify as room

    sealing.seal(DAY_1, tmp_path, NOW)
    deleted = room._deleted

    def late(conn: Any) -> Any:
        in_another_session(lambda: (act(toy.LookAt, notes[0], READER), sealing.seal(DAY_2, tmp_path, NOW + toy.DAY)))
        return deleted(conn)

    monkeypatch.setattr(room, "_deleted", late)
    assert verify(tmp_path) == Report(True, 3, 12, ())
    monkeypatch.undo()
    assert len(sealing.files(tmp_path)) == 2
    assert verify(tmp_path) == Report(True, 3, 13, ())


def test_an_older_database_is_found_by_newer_seals(notes: list[int], hand: Hand, tmp_path: Path) -> None:
    """As a restored backup would be: neither lines nor seals of the days since."""
    sealing.seal(DAY_1, tmp_path, NOW)
    for i in range(2):
        act(toy.LookAt, notes[0], READER)
        sealing.seal(DAY_2 + timedelta(days=i), tmp_path, NOW + (i + 1) * toy.DAY)
    cut_with_its_head(hand, notes[0], 4)
    hand(("DELETE FROM procedure_seal WHERE number > 1", []))
    assert found() == []
    assert found(tmp_path) == [(f"entry/{notes[0]}", 5), ("seal/3", 3)]


def in_another_session(work: Callable[[], object]) -> None:
    """As another process would do it, to its end."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert failed == []


def test_write_after_a_verify(notes: list[int]) -> None:
    verify()
    write(actor=WRITER)
    assert verify().ok
