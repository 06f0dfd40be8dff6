"""One call to Stripe: the official SDK on our fenced session.

Traps of the SDK, all closed here: it measures its own calls and sends that with the next one
(`X-Stripe-Client-Telemetry`), it tells the operating system and host of this machine
(`X-Stripe-Client-User-Agent`), it logs whole bodies, it follows redirects, its own time-out is 80 seconds,
and its own retries would not know what a repeated payment means. An idempotency key of ours goes with every
change, so that asking twice pays once (https://docs.stripe.com/api/idempotent_requests).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
import stripe

from opsystem.vendors.accounts import StripeConfig
from opsystem.vendors.answers import from_transport
from opsystem.vendors.disclosures import Passage
from opsystem.vendors.fence import fenced_session
from opsystem.vendors.quiet import silence
from opsystem.vendors.stripe.refusals import VENDOR, refuse

silence("stripe")
stripe.enable_telemetry = False

VERSION = "2026-10-28.endive"  # what the SDK was made for; the account's own default may be older
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
            refuse(http.last, error)
