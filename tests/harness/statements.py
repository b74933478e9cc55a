"""Counts SQL statements where nothing escapes: in the server, by pg_stat_statements (BEGIN and the like left out)."""

from typing import Any, Self

from hotline.config import embedded, pg_cluster

QUESTION = """
    SELECT s.query, s.calls FROM pg_stat_statements s
    JOIN pg_database d ON d.oid = s.dbid JOIN pg_roles r ON r.oid = s.userid
    WHERE d.datname = %s AND r.rolname = %s
"""
# Of this database, and of those that are gone: their statements would fill the table, which then drops living ones.
FORGET = """
    SELECT pg_stat_statements_reset(0, of.dbid, 0)
    FROM (SELECT DISTINCT dbid FROM pg_stat_statements) AS of LEFT JOIN pg_database d ON d.oid = of.dbid
    WHERE d.datname IS NULL OR d.datname = %s
"""


class Statements:
    """`with statements: …` then `.count` and `.texts`: what the application's role asked of this database meanwhile."""

    def __init__(self, server: embedded.Server, database: str) -> None:
        self.server, self.database = server, database
        self.texts: dict[str, int] = {}

    @property
    def count(self) -> int:
        """How many statements."""
        return sum(self.texts.values())

    def __enter__(self) -> Self:
        """From nothing."""
        with embedded.superuser(self.server.socket, pg_cluster.DATABASE) as connection:
            connection.execute(FORGET, [self.database])
        return self

    def __exit__(self, *_: object) -> None:
        self.texts = {}
        with embedded.superuser(self.server.socket, pg_cluster.DATABASE) as connection:
            rows: list[Any] = connection.execute(QUESTION, [self.database, pg_cluster.APP_ROLE]).fetchall()
        for text, calls in rows:
            self.texts[text] = self.texts.get(text, 0) + calls
