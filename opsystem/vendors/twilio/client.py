"""One call to Twilio: the official SDK on our fenced session.

Traps of the SDK, all closed here: it has no time-out, it writes phone numbers into its log, it takes
account, edge and region from the environment (`environment={}` counts as "not given"), and it loses the
headers of an error, so that the answer is kept beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from opsystem.vendors.accounts import TwilioConfig
from opsystem.vendors.answers import check_status, from_transport, text_of
from opsystem.vendors.disclosures import Passage
from opsystem.vendors.errors import Certainty, GatewayError, Trouble
from opsystem.vendors.fence import fenced_session
from opsystem.vendors.quiet import silence
from opsystem.vendors.twilio.records import OPTED_OUT

silence("twilio")

VENDOR = "twilio"
_NO_ENVIRONMENT = {"TWILIO_EDGE": "", "TWILIO_REGION": ""}


class _FencedHttpClient(HttpClient):
    """Sends over the fenced session and keeps the last answer; logs nothing."""

    def __init__(self, session: requests.Session, patience: tuple[float, float]) -> None:
        super().__init__(logger=None, is_async=False, timeout=patience[1])  # type: ignore[arg-type]
        self._session = session
        self._patience = patience
        self.last: requests.Response | None = None

    def request(
        self,
        method: str,
        uri: str,
        params: Any = None,
        data: Any = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002
        allow_redirects: bool = False,  # noqa: ARG002
    ) -> Response:
        """Send one request; never follows a redirect, whatever the SDK asks for."""
        self.last = self._session.request(
            method.upper(),
            uri,
            params=params,
            data=data,
            headers=headers,
            auth=auth,
            timeout=self._patience,
            allow_redirects=False,
        )
        return Response(self.last.status_code, self.last.text, self.last.headers)


@contextmanager
def calling(config: TwilioConfig, passage: Passage) -> Iterator[Client]:
    """Give the SDK's client for one call, and raise whatever goes wrong as GatewayError."""
    with fenced_session(config.base_url, passage, config.authority) as session:
        http = _FencedHttpClient(session, (config.connect_seconds, config.read_seconds))
        client = Client(  # type: ignore[no-untyped-call]
            config.account_sid, config.auth_token, http_client=http, environment=dict(_NO_ENVIRONMENT)
        )
        client.api.base_url = config.base_url
        try:
            yield client
        except requests.RequestException as error:
            raise from_transport(VENDOR, error) from error
        except (TwilioException, ValueError, KeyError, TypeError, AttributeError) as error:
            if http.last is None:
                raise
            _check(http.last)
            raise _garbled() from error


def told(value: object) -> str:
    """Return a text that every good answer has; raises ValueError, which `calling` turns into GARBLED."""
    if not isinstance(value, str) or not value:
        raise ValueError("the answer has no such field")
    return value


def _check(response: requests.Response) -> None:
    code = _code_of(response.text)
    if code == OPTED_OUT:
        raise GatewayError(
            VENDOR,
            Trouble.OPTED_OUT,
            certainty=Certainty.REFUSED,
            retryable=False,
            vendor_code=code,
            status=response.status_code,
        )
    check_status(VENDOR, response, code)


def _code_of(body: str) -> str:
    try:
        answer: Any = json.loads(body)
    except ValueError:
        return ""
    return text_of(answer, "code") if isinstance(answer, Mapping) else ""


def _garbled() -> GatewayError:
    """A success that cannot be read: it may well have been done."""
    return GatewayError(VENDOR, Trouble.GARBLED, certainty=Certainty.UNKNOWN, retryable=False)
