"""Counts SQL statements where nothing escapes: in the server, by pg_stat_statements (BEGIN and the like left out)."""

from typing import Any, Self

from hotline.config import embedded, pg_cluster

QUESTION = """
    SELECT s.query, s.calls FROM pg_stat_statements s
    JOIN pg_database d ON d.oid = s.dbid JOIN pg_roles r ON r.oid = s.userid
    WHERE d.datname = %s AND r.rolname = %s
"""


class Statements:
    """`with statements: …` then `.count` and `.texts`: what the application's role asked of this database meanwhile."""

    def __init__(self, server: embedded.Server, database: str) -> None:
        self.server, self.database = server, database
        self._before: dict[str, int] = {}
        self.texts: dict[str, int] = {}

    @property
    def count(self) -> int:
        """How many statements."""
        return sum(self.texts.values())

    def _now(self) -> dict[str, int]:
        found: dict[str, int] = {}
        with embedded.superuser(self.server.socket, pg_cluster.DATABASE) as connection:
            rows: list[Any] = connection.execute(QUESTION, [self.database, pg_cluster.APP_ROLE]).fetchall()
        for text, calls in rows:
            found[text] = found.get(text, 0) + calls
        return found

    def __enter__(self) -> Self:
        self._before = self._now()
        return self

    def __exit__(self, *_: object) -> None:
        now = self._now()
        self.texts = {text: n - self._before.get(text, 0) for text, n in now.items() if n > self._before.get(text, 0)}
