"""One call to Mailgun: the official SDK's endpoints on our fenced session.

The SDK's `Client` makes its own session (TLS 1.2, the environment's proxies) and offers no way to bring one;
its `Endpoint`, public as well, takes one. So the SDK gives routes, methods, headers and guards, and the wire
is ours. Its retry policy repeats POST after 5xx and would send a mail twice; it is set to none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from mailgun.client import Config, Endpoint, SecurityGuard
from mailgun.config import RetryPolicy
from mailgun.handlers.error_handler import ApiError

from opsystem.vendors.accounts import MailgunConfig
from opsystem.vendors.answers import check_status, from_transport
from opsystem.vendors.disclosures import Passage
from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from opsystem.vendors.fence import fenced_session
from opsystem.vendors.quiet import silence

silence("mailgun")

VENDOR = "mailgun"
_ONCE = RetryPolicy(max_retries=0)


def call(
    config: MailgunConfig, passage: Passage, route: str, send: Callable[[Endpoint], requests.Response]
) -> Mapping[str, Any]:
    """Make one call on one of the SDK's routes and return its JSON answer; raises GatewayError."""
    with _endpoint(config, passage, route) as endpoint:
        try:
            response = send(endpoint)
        except ApiError as error:
            cause = error.__cause__
            if isinstance(cause, requests.RequestException):
                raise from_transport(VENDOR, cause) from error
            raise
    check_status(VENDOR, response)
    try:
        answer = response.json()
    except ValueError as error:
        raise _garbled() from error
    if not isinstance(answer, dict):
        raise _garbled()
    return answer


@contextmanager
def _endpoint(config: MailgunConfig, passage: Passage, route: str) -> Iterator[Endpoint]:
    url, headers = Config(api_url=config.base_url, retry_policy=_ONCE)[route]
    with fenced_session(config.base_url, passage, config.authority) as session:
        endpoint = Endpoint(
            url,
            headers,
            auth=SecurityGuard.validate_auth(("api", config.api_key)),
            session=session,
            timeout=(config.connect_seconds, config.read_seconds),
        )
        endpoint.retry_policy = _ONCE
        yield endpoint


def _garbled() -> GatewayError:
    """A success that cannot be read: it may well have been done."""
    return GatewayError(VENDOR, Trouble.GARBLED, certainty=Certainty.UNKNOWN, retryable=False)
