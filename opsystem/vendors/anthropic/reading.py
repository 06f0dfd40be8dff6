"""The reading of one stream, and all the ways in which it can end.

The SDK's helper returns quietly when a stream was cut (`stop_reason` is None), and calls half a tool call
a tool call. So a message counts only with a stop reason, and errors are told apart from what callbacks raise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import anthropic
import httpx2
from anthropic.lib.streaming import MessageStream
from anthropic.types import Message

from opsystem.vendors.anthropic.failures import from_error, trouble_of
from opsystem.vendors.anthropic.records import FinalMessage, StreamBrokenError, StreamEvent, Usage
from opsystem.vendors.errors import Trouble

# What the SDK raises over a stream that breaks the protocol: bad JSON, a delta without a block, wrong order.
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RuntimeError)
_OURS = {"parsed_output"}  # fields that the SDK adds to the wire blocks


class Reading:
    """One call's stream. `used` says whether the caller has already seen something of the answer."""

    def __init__(
        self, on_text: Callable[[str], None] | None, on_event: Callable[[StreamEvent], None] | None
    ) -> None:
        self.used = False
        self._on_text = on_text
        self._on_event = on_event
        self._text: list[str] = []
        self._message: Message | None = None
        self._request_id = ""

    def read(self, client: anthropic.Anthropic, body: Mapping[str, Any]) -> FinalMessage:
        """Make the call and read it to its end. Raises GatewayError; StreamBrokenError once it has begun."""
        self._message = None
        with ExitStack() as stack:
            try:
                stream = stack.enter_context(client.messages.stream(**body))
            except (anthropic.APIError, httpx2.HTTPError) as error:
                raise from_error(error) from error
            self._request_id = stream.request_id or ""
            for event in self._events(stream):
                self._show(event)
        return self._whole(self._message)

    def _whole(self, message: Message | None) -> FinalMessage:
        if message is None or message.stop_reason is None:
            raise self._broken(Trouble.CUT, retryable=True)
        wanted = [block for block in message.content if _may_stand(block, message)]
        return FinalMessage(
            blocks=tuple(_wire(block) for block in wanted),
            stop_reason=str(message.stop_reason),
            usage=_usage(message),
            request_id=self._request_id,
            model=str(message.model),
        )

    def _events(self, stream: MessageStream[Any]) -> Iterator[Any]:
        """Yield the stream's events; what goes wrong in it is raised as StreamBrokenError."""
        try:
            for event in stream:
                if event.type == "message_start" or self._message is not None:
                    self._message = stream.current_message_snapshot
                yield event
        except anthropic.APIStatusError as error:
            trouble, retryable = trouble_of(error)
            raise self._broken(trouble, retryable=retryable, code=error.type or "") from error
        except (anthropic.APIError, httpx2.HTTPError) as error:
            failure = from_error(error)
            raise self._broken(failure.trouble, retryable=failure.retryable) from error
        except _UNREADABLE as error:
            raise self._broken(Trouble.GARBLED, retryable=True) from error

    def _show(self, event: Any) -> None:
        if event.type == "text":
            self.used = True
            self._text.append(event.text)
            if self._on_text:
                self._on_text(event.text)
        elif event.type == "content_block_start" and event.content_block.type in {"tool_use", "thinking"}:
            self.used = True
            block = event.content_block
            if self._on_event:
                tool = block.type == "tool_use"
                self._on_event(StreamEvent("tool", block.name, block.id) if tool else StreamEvent("thinking"))

    def _broken(self, trouble: Trouble, *, retryable: bool, code: str = "") -> StreamBrokenError:
        return StreamBrokenError(
            trouble,
            retryable=retryable,
            vendor_code=code,
            text="".join(self._text),
            usage=_usage(self._message) if self._message else None,
            request_id=self._request_id,
        )


def _may_stand(block: Any, message: Message) -> bool:
    """Leave out a tool call that is not to be run: cut short by `max_tokens`, or taken back by a refusal.

    Its input may be half a sentence, and the next request would have to hold a result for it.
    """
    return block.type != "tool_use" or message.stop_reason == "tool_use"


def _wire(block: Any) -> dict[str, Any]:
    """Return a block as it came over the wire, unknown kinds and fields included."""
    return dict(block.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=_OURS))


def _usage(message: Message) -> Usage:
    usage = message.usage
    written = usage.cache_creation
    return Usage(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read_tokens=usage.cache_read_input_tokens or 0,
        cache_write_5m_tokens=written.ephemeral_5m_input_tokens
        if written
        else usage.cache_creation_input_tokens or 0,
        cache_write_1h_tokens=written.ephemeral_1h_input_tokens if written else 0,
    )
