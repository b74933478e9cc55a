"""Logs: one line an event, on stderr, without personal data; with HOTLINE_LOG=json one JSON object a line.

An exception's text may quote what a citizen wrote (a database error repeats the offending value), so only its type,
its place in the code and the database's error code are written; HOTLINE_DEBUG=1 shows everything.
"""

import json
import logging
import os
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

# The number of the request that is being answered, empty outside one; the answer bears it as X-Request-ID.
REQUEST: ContextVar[str] = ContextVar("request", default="")


def _codes(error: BaseException | None) -> dict[str, str]:
    """What the database says about a failure besides its text."""
    cause: Any = getattr(error, "__cause__", None) or error
    diag = getattr(cause, "diag", None)
    told = {"sqlstate": getattr(cause, "sqlstate", None), "constraint": getattr(diag, "constraint_name", None)}
    return {key: str(value) for key, value in told.items() if value}


def _place(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(frame.filename.split(os.sep)[-2:])}:{frame.lineno}"


def failure(info: Any) -> dict[str, str]:
    """An exception as it may be told: type, codes, and where, innermost first."""
    kind, error, trace = info
    frames = [_place(frame) for frame in reversed(traceback.extract_tb(trace)[-8:])]
    return {"error": kind.__name__, **_codes(error), "at": "<".join(frames)}


def details(record: logging.LogRecord) -> dict[str, str]:
    """What a record tells besides its words: the request, the answer's status, the failure."""
    told = {"request": REQUEST.get(), "status": str(getattr(record, "status_code", "") or "")}
    if record.exc_info and record.exc_info[0]:
        told |= failure(record.exc_info)
    return {key: value for key, value in told.items() if value}


class OneLine(logging.Formatter):
    """时刻 级别 名称 正文 请求号 状态 错误类型 位置."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever the message holds."""
        words = [self.formatTime(record), record.levelname, record.name, record.getMessage()]
        words += [f"{key}={value}" for key, value in details(record).items()]
        return " ".join(" ".join(words).split())

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """Type, codes, and where, innermost first."""
        return " ".join(f"{key}={value}" for key, value in failure(ei).items())


class Json(logging.Formatter):
    """一行一个 JSON: the same facts for programs. `time` is UTC; `at` is the place in the code."""

    def format(self, record: logging.LogRecord) -> str:
        """One object, one line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"time": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps({**said, **details(record)}, ensure_ascii=False)


class Full(logging.Formatter):
    """For debugging on one's own desk: everything, personal data included."""


DEBUGGING = os.environ.get("HOTLINE_DEBUG") == "1"
FORMATS = {"json": Json}  # HOTLINE_LOG; anything else is the plain line


def chosen() -> type[logging.Formatter]:
    """The formatter that the environment asks for."""
    return Full if DEBUGGING else FORMATS.get(os.environ.get("HOTLINE_LOG", ""), OneLine)


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": chosen()}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "hotline": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
