"""The client objects: one HTTP client an address, one SDK client a key.

Traps of the SDK, all closed here: without a key, or with base address None, it takes both from the
environment (an `AnthropicConfig` has neither missing); `ANTHROPIC_CUSTOM_HEADERS` is added to every request,
even over our own key; `DefaultHttpxClient` uses the environment's proxies; redirects are followed; failed
calls are repeated, after waits of up to 49 days; traces carry content; every request tells operating system
and versions.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import anthropic
import httpx2

from opsystem.vendors.accounts import AnthropicConfig
from opsystem.vendors.quiet import silence
from opsystem.vendors.tls import client_context

silence("anthropic", "httpx2", "httpcore2")

_WRITE_SECONDS = 15.0
_POOL_SECONDS = 5.0
_LIMITS = httpx2.Limits(max_connections=100, max_keepalive_connections=20)
_HEADERS = frozenset(
    {
        "accept",
        "accept-encoding",
        "anthropic-version",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "user-agent",
    }
)


class IsolatedAnthropic(anthropic.Anthropic):
    """The SDK's client without the headers that it takes from the environment."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._custom_headers = {}
        self.webhook_key = None


class _FencedTransport(httpx2.HTTPTransport):
    """Knows one address, and lets only declared headers out."""

    def __init__(self, base_url: str, authority: Path | None) -> None:
        super().__init__(verify=client_context(authority), trust_env=False, limits=_LIMITS, retries=0)
        self._home = httpx2.URL(base_url)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url, home = request.url, self._home
        if (url.scheme, url.host, url.port) != (home.scheme, home.host, home.port):
            raise httpx2.UnsupportedProtocol("this client knows one address only", request=request)
        # A copy: the SDK reads its own marks off the original when the answer is there.
        bare = httpx2.Request(
            request.method,
            url,
            headers=[(name, value) for name, value in request.headers.multi_items() if name in _HEADERS],
            stream=request.stream,
            extensions=request.extensions,
        )
        return super().handle_request(bare)


@lru_cache(maxsize=64)
def client_for(config: AnthropicConfig) -> anthropic.Anthropic:
    """Return the SDK's client for a key and an address; the 64 last used are kept.

    A client that drops out is not closed: its connections belong to the address and serve other keys.
    """
    return IsolatedAnthropic(
        api_key=config.api_key,
        base_url=config.base_url,
        http_client=_http_client(config.base_url, config.authority),
        max_retries=0,
        open_telemetry=False,
        timeout=httpx2.Timeout(
            connect=config.connect_seconds,
            read=config.read_seconds,
            write=_WRITE_SECONDS,
            pool=_POOL_SECONDS,
        ),
    )


@lru_cache(maxsize=8)
def _http_client(base_url: str, authority: Path | None) -> httpx2.Client:
    transport = _FencedTransport(base_url, authority)
    return httpx2.Client(transport=transport, follow_redirects=False, trust_env=False)
