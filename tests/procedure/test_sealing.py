"""封存: what a seal covers, where it lies, and what happens when its commit is lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hotline.procedure import sealing
from hotline.procedure.ledger import GENESIS, iso
from hotline.procedure.verify import verify
from procedure import toy
from procedure.toy import NOW, READER, act

DAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("room")


def test_the_first_seal_covers_all_and_says_the_birth(tmp_path: Path, app: Any) -> None:
    notes = toy.some_notes()
    sealed = sealing.seal(DAY, tmp_path, NOW)
    assert sealed.path.name == f"000001-2026-11-23-{sealed.root.hex()[:8]}.json"
    data = json.loads(sealed.path.read_text())
    assert data["born"] == {"kind": "simulated", "rulebook": "toy", "at": iso(NOW)}
    assert [row[:3] for row in data["chains"]] == [[4, note, 4] for note in notes]
    assert sealing.root_of(GENESIS, sealed.path.read_bytes()) == sealed.root
    app.execute("SELECT sealed_seq FROM procedure_chainhead")
    assert app.fetchall() == [(4,)] * 3
    app.execute("SELECT refs, next_try_at FROM procedure_outboxmessage WHERE template = 'seal'")
    assert app.fetchall() == [('{"number": 1}', NOW)]


def test_a_later_seal_covers_what_was_touched_since(tmp_path: Path) -> None:
    notes = toy.some_notes()
    first = sealing.seal(DAY, tmp_path, NOW)
    act(toy.LookAt, notes[1], READER)
    second = sealing.read_file(sealing.seal(DAY, tmp_path, NOW).path)
    assert (second.number, second.previous, second.born) == (2, first.root, None)
    assert [(chain_id, seq) for _, chain_id, seq, _ in second.heads] == [(notes[1], 5)]
    assert sealing.seal(DAY, tmp_path, NOW).chains == 0


def test_a_line_committed_while_sealing_stays_above_the_watermark(
    tmp_path: Path, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from django.db import connections

    note, write_file = toy.some_notes(1)[0], sealing.write_file

    def late(*args: Any) -> Path:
        def run() -> None:
            act(toy.LookAt, note, READER)
            connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return write_file(*args)

    monkeypatch.setattr(sealing, "write_file", late)
    assert sealing.read_file(sealing.seal(DAY, tmp_path, NOW).path).heads[0][2] == 4
    app.execute("SELECT seq, sealed_seq FROM procedure_chainhead")
    assert app.fetchall() == [(5, 4)]
    monkeypatch.undo()
    assert sealing.read_file(sealing.seal(DAY, tmp_path, NOW).path).heads[0][2] == 5
    assert verify(tmp_path).ok


def test_a_seal_whose_commit_was_lost_is_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.some_notes()

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sealing, "_mark", killed)
    with pytest.raises(KeyboardInterrupt):
        sealing.seal(DAY, tmp_path, NOW)
    monkeypatch.undo()
    assert len(sealing.files(tmp_path)) == 1
    assert verify(tmp_path).ok
    again = sealing.seal(DAY, tmp_path, NOW)
    assert (again.number, again.chains) == (2, 3)
    assert verify(tmp_path).ok


def test_a_folder_of_another_database_is_refused(tmp_path: Path, app: Any) -> None:
    toy.some_notes(1)
    content = json.dumps({"number": 1, "day": "2026-11-22", "previous": "11" * 32, "chains": []}).encode()
    root = sealing.root_of(b"\x11" * 32, content)
    (tmp_path / f"000001-2026-11-22-{root.hex()[:8]}.json").write_bytes(content)
    with pytest.raises(sealing.SealError, match="不是一套"):
        sealing.seal(DAY, tmp_path, NOW)
    app.execute("SELECT count(*) FROM procedure_seal")
    assert app.fetchone() == (0,)


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    sealed = sealing.seal(DAY, tmp_path, NOW)
    with pytest.raises(sealing.SealError):
        sealing.write_file(tmp_path, sealed.path.name, b"other")
    assert sealing.read_file(sealed.path).root == sealed.root
    assert [path.name for path in tmp_path.iterdir()] == [sealed.path.name]
