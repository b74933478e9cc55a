"""分份核验: the portions together are the whole, in the one snapshot, and what is broken is named as ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from hotline.procedure import verify, verify_parts
from hotline.procedure.perform import raw
from procedure import toy
from procedure.toy import act

pytestmark = pytest.mark.usefixtures("module_room")


def elsewhere(do: Any, *args: Any) -> Any:
    """In a thread of its own, which has a connection of its own."""

    def done() -> Any:
        try:
            return do(*args)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


def walked(count: int) -> list[verify_parts.Walked]:
    """All portions, one after the other; something is written in between that the snapshot does not hold."""
    conn = raw()
    with conn.transaction():
        conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        parts = verify_parts.portions(conn, count)
        elsewhere(toy.write)
        return [elsewhere(verify_parts.walk, part) for part in parts]


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_portions_are_the_whole(count: int) -> None:
    toy.some_notes()
    before = verify.verify()
    found = walked(count)
    assert (sum(one.chains for one in found), sum(one.lines for one in found)) == (before.chains, before.lines)
    assert [one.broken for one in found] == [()] * len(found)
    assert len(found) == len({one.place for one in found}) <= count


def test_what_is_broken_is_named_in_its_portion() -> None:
    notes = toy.some_notes()
    with connections["owner"].cursor() as cur:
        cur.execute("ALTER TABLE procedure_ledgerline DISABLE TRIGGER ALL")
        cur.execute("UPDATE procedure_ledgerline SET at = at + interval '1 second' WHERE chain_id = %s AND seq = 2",
                    [notes[1]])  # fmt: skip
        cur.execute("DELETE FROM procedure_chainhead WHERE chain_id = %s", [notes[2]])
    expected = {(one.chain, one.seq) for one in verify.verify().broken if one.chain in {f"entry/{n}" for n in notes}}
    found = {(one.chain, one.seq) for part in walked(4) for one in part.broken}
    assert expected
    assert found == expected
    act(toy.LookAt, notes[0], toy.READER)
