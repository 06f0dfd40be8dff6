"""Faults by script: what the sandbox is told to do wrong, and how often.

A script is a JSON list, set with `POST /_faults` (added to what is there) and emptied with `DELETE
/_faults`. A vendor asks `Faults.next_for` once for every request; the first fault that fits is used up by
one. The script lives in memory: a sandbox that was killed starts without faults, but with all that the
vendors had accepted.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Vendor = Literal["twilio", "mailgun", "anthropic", "stripe", "*"]


class Kind(StrEnum):
    """What goes wrong."""

    DELAY = "delay"  # answer as always, `seconds` later
    STATUS = "status"  # answer `status` in the vendor's own error format
    CUT_STREAM = "cut_stream"  # close the connection after `after_events` events of a stream
    LOST_ANSWER = "lost_answer"  # accept and take effect, then close the connection without an answer
    REFUSE = "refuse"  # close the connection before anything was accepted
    DUPLICATE_CALLBACKS = "duplicate_callbacks"  # send each callback `times` times
    REORDER_CALLBACKS = "reorder_callbacks"  # send the callbacks of one message last first
    LOSE_CALLBACKS = "lose_callbacks"  # send none


CALLBACK_KINDS = frozenset({Kind.DUPLICATE_CALLBACKS, Kind.REORDER_CALLBACKS, Kind.LOSE_CALLBACKS})
REQUEST_KINDS = frozenset(Kind) - CALLBACK_KINDS


class Fault(BaseModel):
    """One fault of the script.

    `operation` is the vendor's operation as the request log shows it ("messages.create", "events.list",
    ...), or "*". `match` names fields of the request and a text each must contain. `seconds` is waited
    first, always.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    vendor: Vendor = "*"
    operation: str = "*"
    count: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    match: dict[str, str] = {}
    seconds: Annotated[float, Field(ge=0, le=600)] = 0
    status: Annotated[int, Field(ge=400, le=599)] = 503
    retry_after: Annotated[int, Field(ge=0, le=3600)] | None = None  # seconds, for status 429 and 503
    accepted: bool = False  # with `status`: the request took effect all the same
    after_events: Annotated[int, Field(ge=0, le=10_000)] = 1  # with `cut_stream`
    times: Annotated[int, Field(ge=2, le=50)] = 2  # with `duplicate_callbacks`

    def fits(self, vendor: str, operation: str, fields: Mapping[str, str]) -> bool:
        """Whether this fault is meant for this request."""
        return (
            self.vendor in ("*", vendor)
            and self.operation in ("*", operation)
            and all(text in fields.get(name, "") for name, text in self.match.items())
        )


SCRIPT: TypeAdapter[list[Fault]] = TypeAdapter(list[Fault])


class Faults:
    """The script in force. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: list[tuple[Fault, int]] = []

    def add(self, script: list[Fault]) -> None:
        """Append to the script; what stands earlier goes first."""
        with self._lock:
            self._left.extend((fault, fault.count) for fault in script)

    def clear(self) -> None:
        """Forget every fault."""
        with self._lock:
            self._left.clear()

    def pending(self) -> list[Fault]:
        """What is still to come, with the counts that are left."""
        with self._lock:
            return [fault.model_copy(update={"count": left}) for fault, left in self._left]

    def next_for(
        self,
        vendor: str,
        operation: str,
        fields: Mapping[str, str] | None = None,
        kinds: frozenset[Kind] = REQUEST_KINDS,
    ) -> Fault | None:
        """Take one use of the first fault that fits, or None. `fields` are the request's own, for `match`."""
        with self._lock:
            for index, (fault, left) in enumerate(self._left):
                if fault.kind in kinds and fault.fits(vendor, operation, fields or {}):
                    self._left[index : index + 1] = [(fault, left - 1)] if left > 1 else []
                    return fault
        return None

    def callbacks(self, vendor: str, operation: str, fields: Mapping[str, str]) -> tuple[int, bool]:
        """How often each callback of a new message is sent (0: never), and whether in reverse order."""
        lost = self.next_for(vendor, operation, fields, frozenset({Kind.LOSE_CALLBACKS}))
        doubled = self.next_for(vendor, operation, fields, frozenset({Kind.DUPLICATE_CALLBACKS}))
        turned = self.next_for(vendor, operation, fields, frozenset({Kind.REORDER_CALLBACKS}))
        return (0 if lost else doubled.times if doubled else 1), turned is not None
