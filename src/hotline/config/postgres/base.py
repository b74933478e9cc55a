"""Django's own engine, but: integers travel as int8, and a dead connection is noticed without a statement.

psycopg types an integer parameter by its size, so one statement would be prepared anew whenever an id grew past a
boundary; registered here, before Django copies psycopg's adapters, every integer is int8 in text and binary.
"""

import select

import psycopg
from django.db.backends.postgresql import base
from psycopg.types.numeric import Int8BinaryDumper, Int8Dumper

psycopg.adapters.register_dumper(int, Int8BinaryDumper)
psycopg.adapters.register_dumper(int, Int8Dumper)


def peer_is_gone(handle: int) -> bool:
    """An idle connection has nothing to read; if it has, the server said goodbye or the line is dead."""
    watched = select.poll()
    watched.register(handle, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(watched.poll(0))


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection Django holds."""

    def is_usable(self) -> bool:
        """Asked before each request (CONN_HEALTH_CHECKS): look at the socket instead of sending SELECT 1."""
        connection = self.connection
        if connection is None or connection.closed:
            return False
        return not peer_is_gone(connection.pgconn.socket)
