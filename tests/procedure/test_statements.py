"""语句数: counted by the server, where nothing escapes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from procedure import toy
from procedure.toy import READER, WRITER, act, write

pytestmark = pytest.mark.usefixtures("room")


def test_statements_of_a_verb(statements: Any) -> None:
    done = write()
    with statements:
        write(act_id=uuid4())
    assert statements.count == 1, statements.texts
    with statements:
        act(toy.AmendNote, done, WRITER, act_id=uuid4(), seen_seq=1, body="改")
    assert statements.count == 3, statements.texts
    with statements:
        act(toy.PassNote, done, READER, act_id=uuid4(), remark="好")
    assert statements.count == 3, statements.texts
