"""Forgotten after a backup, and forgotten again when it is restored: texts, files, notes between shifts, key, and the
line that says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from hotline.config import embedded, pg_cluster
from ops.driving import City, hotline
from support.line import CITIZEN_NAME, CITIZEN_PHONE
from support.pictures import pdf


def ask(data: Path, query: str) -> object:
    with embedded.server(data) as server, embedded.superuser(server.socket, pg_cluster.DATABASE) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def test_what_was_forgotten_after_the_backup_stays_forgotten(
    tmp_path: Path, made_ready: Callable[[Path], Path]
) -> None:
    data, shelf = tmp_path / "data", tmp_path / "shelf"
    city = City(made_ready(data), tmp_path / "wal")
    try:
        matter = int(city.ask(f"attach({pdf(b'paper')!r})"))
        assert city.ask("live(1, 5)") == "1"
        assert city.ask(f"hand_over('请盯住{CITIZEN_NAME}那件，电话{CITIZEN_PHONE}；水泵修好了')") == "None"
        assert city.ask("seal(1)") == "1"
        assert hotline("backup", shelf, "--dump", data=data).returncode == 0
        citizen = int(city.ask(f'sql("SELECT citizen_id FROM casework_contact WHERE matter_id = {matter}")[0][0]'))
        assert city.ask(f"forget({citizen})") == "(1, {}, True)"
        assert city.ask("destroying.export(data.destroyed) > 3") == "True"
        assert city.ask("seal(2)") == "2"
    finally:
        city.end()
    dump = next(shelf.glob("*-dump"))
    told = hotline("restore", dump, "--destroyed", data / "destroyed", "--json", data=tmp_path / "again")
    said = json.loads(told.stdout)
    assert (told.returncode, said["ok"], said["broken"], said["files_lost"]) == (0, True, [], []), told.stderr
    assert said["destroyed_again"] > 3
    again = tmp_path / "again"
    assert ask(again, f"SELECT string_agg(DISTINCT body, '|') FROM casework_text WHERE matter_id = {matter}"
                      " AND field IN ('gist', 'words')") == "（已匿名）"  # fmt: skip
    assert ask(again, f"SELECT count(*) FROM procedure_personkey WHERE id = {citizen}") == 0
    assert ask(again, f"SELECT count(*) FROM procedure_ledgerline WHERE chain_id = {matter}"
                      " AND kind = 'anonymised_again'") == 1  # fmt: skip
    name, phone = "＊" * len(CITIZEN_NAME), "＊" * len(CITIZEN_PHONE)
    assert ask(again, "SELECT body FROM network_shiftnote") == f"请盯住{name}那件，电话{phone}；水泵修好了"
    assert ask(again, "SELECT count(*) FROM procedure_ledgerline WHERE kind = 'shift_note_blanked'") == 1
    assert ask(again, "SELECT count(*) FROM casework_attachment WHERE destroyed_at IS NULL") == 0
    assert ask(again, "SELECT count(*) FROM casework_citizen c JOIN procedure_personkey k USING (id)") == 1
    verified = hotline("verify", "--files", "--json", data=again)
    assert verified.returncode == 0, verified.stdout
