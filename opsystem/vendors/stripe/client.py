"""One call to Stripe: the official SDK on our fenced session.

Traps of the SDK, all closed here: it measures its own calls and sends that with the next one
(`X-Stripe-Client-Telemetry`), it tells the operating system and host of this machine
(`X-Stripe-Client-User-Agent`), it logs whole bodies, it follows redirects, its own time-out is 80 seconds,
and its own retries would not know what a repeated payment means. An idempotency key of ours goes with every
change, so that asking twice pays once (https://docs.stripe.com/api/idempotent_requests).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

import requests
import stripe

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.answers import check_status, from_transport
from opsystem.vendors.disclosures import Passage
from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from opsystem.vendors.fence import fenced_session
from opsystem.vendors.quiet import silence

silence("stripe")
stripe.enable_telemetry = False

VENDOR = "stripe"
VERSION = "2026-10-28.endive"  # what the SDK was made for; the account's own default may be older
_DECLINED, _IN_USE = 402, 409
_ABOUT_US = ("x-stripe-client-user-agent", "x-stripe-client-telemetry")


class _FencedClient(stripe.HTTPClient):
    """Sends over the fenced session and keeps the last answer; says nothing of this machine."""

    name = "fenced"

    def __init__(self, session: requests.Session, patience: tuple[float, float]) -> None:
        super().__init__(verify_ssl_certs=True)
        self._session = session
        self._patience = patience
        self.last: requests.Response | None = None

    def request(  # type: ignore[override]  # the SDK's own clients answer bytes as well
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """Send one request; never follows a redirect."""
        told = {name: value for name, value in (headers or {}).items() if name.lower() not in _ABOUT_US}
        self.last = self._session.request(
            method.upper(),
            url,
            data=post_data or None,
            headers=told,
            timeout=self._patience,
            allow_redirects=False,
        )
        return self.last.content, self.last.status_code, self.last.headers

    def close(self) -> None:
        """Nothing is kept open."""


@contextmanager
def calling(config: StripeConfig, passage: Passage, account: str = "") -> Iterator[stripe.StripeClient]:
    """Give the SDK's client for one call, and raise whatever goes wrong as GatewayError.

    `account` is the connected account the call is about; "" for the platform's own.
    """
    with fenced_session(config.base_url, passage, config.authority) as session:
        http = _FencedClient(session, (config.connect_seconds, config.read_seconds))
        client = stripe.StripeClient(
            config.secret_key,
            stripe_account=account or None,
            stripe_version=VERSION,
            base_addresses={"api": config.base_url},
            max_network_retries=0,
            http_client=http,
        )
        try:
            yield client
        except requests.RequestException as error:
            raise from_transport(VENDOR, error) from error
        except (stripe.StripeError, ValueError, KeyError, TypeError, AttributeError) as error:
            if http.last is None:
                raise
            _refuse(http.last, error)


def told(value: object) -> str:
    """Return a text that every good answer has; raises ValueError, which `calling` turns into GARBLED."""
    if not isinstance(value, str) or not value:
        raise ValueError("the answer has no such field")
    return value


def _refuse(response: requests.Response, cause: Exception) -> NoReturn:
    error = _error_of(response.text)
    code = str(error.get("decline_code") or error.get("code") or error.get("type") or "")
    if response.status_code == _DECLINED:
        raise GatewayError(
            VENDOR,
            Trouble.DECLINED,
            certainty=Certainty.REFUSED,
            retryable=False,
            vendor_code=code,
            status=_DECLINED,
        ) from cause
    if response.status_code == _IN_USE:
        # The same key is being worked on by a call of ours that is not over.
        raise GatewayError(
            VENDOR,
            Trouble.BUSY,
            certainty=Certainty.UNKNOWN,
            retryable=True,
            vendor_code=code,
            status=_IN_USE,
        ) from cause
    check_status(VENDOR, response, code)
    raise GatewayError(VENDOR, Trouble.GARBLED, certainty=Certainty.UNKNOWN, retryable=True) from cause


def _error_of(body: str) -> Mapping[str, Any]:
    try:
        answer: Any = json.loads(body)
    except ValueError:
        return {}
    error = answer.get("error") if isinstance(answer, Mapping) else None
    return error if isinstance(error, Mapping) else {}
