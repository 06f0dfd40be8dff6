"""Logs: one JSON object a line, an event's name and fields, never people's words.

Write `log.info("text_sent", extra={"vault": vault_id, "attempt": 2})`. The message must be a constant:
arguments of a message are not written, since that is where names, numbers, addresses and paths come from.
Of an exception its type and the places it passed are written, not what it said.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_LONGEST = 200


class EventFormatter(logging.Formatter):
    """Formats a record as an event with fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        event: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg)[:_LONGEST] if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        for name, value in vars(record).items():
            if name not in _OWN and isinstance(value, bool | int | float | str | None):
                event[name] = value[:_LONGEST] if isinstance(value, str) else value
        if record.exc_info and record.exc_info[0] is not None:
            event["error"] = record.exc_info[0].__name__
            event["at"] = _places(record.exc_info[2])
        return json.dumps(event, ensure_ascii=True)


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-12:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def log_configuration(level: int = logging.INFO) -> None:
    """Send every log of this process to standard error as events."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(EventFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # These repeat what the access log of the server in front says, with paths and query texts in it.
    for name in ("django.server", "django.request", "httpx2", "httpcore2", "urllib3", "twilio"):
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.captureWarnings(capture=True)
