"""Logs: one line an event, on stderr, without personal data.

An exception's text may quote what a citizen wrote (a database error repeats the offending value), so only its type,
its place in the code and the database's error code are written; HOTLINE_DEBUG=1 shows everything.
"""

import logging
import os
import traceback
from typing import Any


def _codes(error: BaseException | None) -> list[str]:
    """What the database says about a failure besides its text."""
    cause: Any = getattr(error, "__cause__", None) or error
    diag = getattr(cause, "diag", None)
    told = {"sqlstate": getattr(cause, "sqlstate", None), "constraint": getattr(diag, "constraint_name", None)}
    return [f"{key}={value}" for key, value in told.items() if value]


def _place(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(frame.filename.split(os.sep)[-2:])}:{frame.lineno}"


class OneLine(logging.Formatter):
    """时刻 级别 名称 正文 错误类型 位置."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        record.message = record.getMessage()
        words = [self.formatTime(record), record.levelname, record.name, record.message]
        if status := getattr(record, "status_code", None):
            words.append(f"status={status}")
        if record.exc_info and record.exc_info[0]:
            words.append(self.formatException(record.exc_info))
        return " ".join(" ".join(words).split())

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """Type, codes, and where, innermost first."""
        kind, error, trace = ei
        frames = [_place(frame) for frame in reversed(traceback.extract_tb(trace)[-8:])]
        return " ".join([f"error={kind.__name__}", *_codes(error), "at=" + "<".join(frames)])


class Full(logging.Formatter):
    """For debugging on one's own desk: everything, personal data included."""


DEBUGGING = os.environ.get("HOTLINE_DEBUG") == "1"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": Full if DEBUGGING else OneLine}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "hotline": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
