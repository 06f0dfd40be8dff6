"""Logs are events with fields: what people wrote cannot get into them by accident."""

from __future__ import annotations

import json
import logging

from opsystem.config.logs import EventFormatter


def line_of(record: logging.LogRecord) -> dict[str, object]:
    read: dict[str, object] = json.loads(EventFormatter().format(record))
    return read


def test_an_event_is_one_line_of_json_with_its_fields() -> None:
    record = logging.makeLogRecord(
        {"name": "opsystem.delivery", "msg": "text_sent", "levelno": 20, "levelname": "INFO"}
    )
    record.vault = 7
    record.attempt = 2
    read = line_of(record)
    assert (read["event"], read["level"], read["vault"], read["attempt"]) == ("text_sent", "info", 7, 2)


def test_arguments_of_a_message_are_not_written() -> None:
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": ("/invitations/secret-token",)})
    assert "secret-token" not in json.dumps(line_of(record))


def test_of_an_exception_the_type_and_the_places_are_written_not_its_words() -> None:
    try:
        int("Mrs Alvarez, 845 555 0100")
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "fault", "exc_info": (ValueError, error, error.__traceback__)})
    read = line_of(record)
    assert read["error"] == "ValueError"
    assert "Alvarez" not in json.dumps(read)
    assert "test_logs.py" in json.dumps(read["at"])


def test_objects_as_fields_are_left_out() -> None:
    record = logging.makeLogRecord({"msg": "fault"})
    record.request = object()
    assert "request" not in line_of(record)
