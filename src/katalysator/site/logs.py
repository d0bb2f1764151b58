"""What is written in the log: a line for each request and each job, and what went wrong.

Never what somebody gave in confidence: no query strings, forms, cookies, headers, arguments of jobs, nor
the words of an exception, which may quote them. Of what other packages say only that which we know to be
free of them is written, and no mail address at all.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from katalysator.faults import KatalysatorError

request_number: ContextVar[str] = ContextVar("request_number", default="")
"""The number of the request that is being answered."""

_ADDRESS: Final = re.compile(r"[^\s@<>\"'(]+@[^\s@<>\"')]+")
_OUTCOMES: Final = {
    "job_success": "done",
    "job_error": "failed",
    "job_error_retry": "failed, again later",
    "job_aborted": "stopped",
    "job_aborted_retry": "stopped, again later",
}


class WantedRecords(logging.Filter):
    """Of jobs, only how they ended; of requests that failed, only where: each has its line already."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        if record.name == "django.request":
            return bool(record.exc_info)
        if record.name.startswith("procrastinate"):
            return record.levelno >= logging.WARNING or getattr(record, "action", "") in _OUTCOMES
        return True


class LineFormatter(logging.Formatter):
    """A line for people, and for programs that read `name=value`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line, and further ones for where something went wrong."""
        told = dict(_told(record))
        head = " ".join(str(told.pop(name)) for name in ("at", "level", "logger", "message"))
        trace = told.pop("trace", ())
        facts = (f"{name}={_quoted(value)}" for name, value in told.items())
        return "\n".join((" ".join((head, *facts)), *(f"  {place}" for place in _listed(trace))))


class JsonFormatter(logging.Formatter):
    """An object of JSON a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as an object."""
        return json.dumps(dict(_told(record)), ensure_ascii=False, default=str)


def _listed(trace: object) -> list[str]:
    return list(trace) if isinstance(trace, list) else []


def _quoted(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text else text


def _told(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    """What the log says of a record, by name."""
    yield "at", datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    yield "level", record.levelname
    yield "logger", record.name
    yield "message", _message(record)
    yield from _job(record)
    yield from getattr(record, "facts", {}).items()
    if number := request_number.get():
        yield "request", number
    if record.exc_info and record.exc_info[1]:
        yield from _wrong(record.exc_info[1])


def _message(record: logging.LogRecord) -> str:
    """The words of a record; of those that may quote a request or a job, what they are about."""
    match record.name.split("."):
        case ["procrastinate", *_]:
            action = str(getattr(record, "action", ""))
            return "job" if action in _OUTCOMES else action or "background work"
        case ["django", "request" | "security", *about]:
            return " ".join(("refused" if about else "failed", *about))
        case ["gunicorn", *_] if record.exc_info or "request" in record.getMessage().lower():
            return "request that cannot be answered"
        case _:
            return " ".join(_ADDRESS.sub("…", record.getMessage()).split())


def _job(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    """Which job ended, and how; never what it was given."""
    action, job = getattr(record, "action", ""), getattr(record, "job", None)
    if action in _OUTCOMES and isinstance(job, dict):
        yield "name", job.get("task_name")
        yield "number", job.get("id")
        yield "ms", round((getattr(record, "duration", None) or 0) * 1000)
        yield "outcome", _OUTCOMES[action]


def _wrong(error: BaseException) -> Iterator[tuple[str, object]]:
    """The kind of an exception and of those behind it, and where they came from: no words of theirs."""
    chain = _behind(error)
    yield "error", " ← ".join(map(_kind, chain))
    frames = [frame for each in chain for frame in traceback.extract_tb(each.__traceback__)]
    yield "trace", [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _kind(error: BaseException) -> str:
    name = type(error).__qualname__
    return f"{name}({error.code})" if isinstance(error, KatalysatorError) else name


def _behind(error: BaseException) -> list[BaseException]:
    """The exception and its causes, the first cause last."""
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        following = following.__cause__ or following.__context__
    return found


def configuration(form: str) -> dict[str, Any]:
    """What `logging` is told to write `lines` or `json`, or `no` more than what is wrong, in lines."""
    usual = "WARNING" if form == "no" else "INFO"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"wanted": {"()": WantedRecords}},
        "formatters": {"chosen": {"()": JsonFormatter if form == "json" else LineFormatter}},
        "handlers": {
            "terminal": {
                "class": "logging.StreamHandler",
                "formatter": "chosen",
                "filters": ["wanted"],
            }
        },
        "root": {"handlers": ["terminal"], "level": "WARNING"},
        "loggers": {
            "katalysator": {"level": usual},
            "procrastinate.worker": {"level": usual},
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "gunicorn.error": {"handlers": ["terminal"], "propagate": False},
            "waitress.queue": {"level": "ERROR"},
            "psycopg": {"level": "ERROR"},  # each try to connect while the database is away
            "procrastinate.utils": {"level": "CRITICAL"},  # what the worker says too
        },
    }
