"""`python -m sandbox --port 9100 --state DIR`: serve the vendors on this machine.

Credentials are options or environment variables; without any the sandbox's own stand. They open nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from sandbox import settings as known
from sandbox.app import build
from sandbox.errands import on_this_machine
from sandbox.settings import Settings
from sandbox.store import StateInUseError
from sandbox.twilio.phones import is_phone

HOST = "127.0.0.1"


def main(arguments: list[str] | None = None) -> int:
    """Serve until SIGINT or SIGTERM. Exit status 2 for a wrong option, 1 where the port or state is taken."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.host != HOST:
        parser.error(f"--host {options.host}: the sandbox serves {HOST} and nothing else")
    settings = _settings(parser, options)
    if _is_taken(options.port):
        print(f"sandbox: port {options.port} is taken", file=sys.stderr)
        return 1
    try:
        asyncio.run(_serve(settings, options.port))
    except StateInUseError as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="The outside vendors, on this machine."
    )
    add = parser.add_argument
    add("--host", default=HOST, help=f"only {HOST} is allowed")
    add("--port", type=int, default=9100)
    add(
        "--state",
        type=Path,
        required=True,
        metavar="DIR",
        help="directory of the state, made if it is missing",
    )
    add("--deliver-to", metavar="BASE_URL", help="where the product is, for the three URLs below")
    add("--mail-route-url", metavar="URL", help="for mail without routes (BASE_URL/hooks/mailgun/inbound)")
    add(
        "--mail-events-url",
        metavar="URL",
        help="for domains without webhooks (BASE_URL/hooks/mailgun/events)",
    )
    add("--stripe-events-url", metavar="URL", help="for Stripe's events (BASE_URL/hooks/stripe/events)")
    add(
        "--number",
        action="append",
        default=[],
        metavar="PHONE[=SMS_URL]",
        help="one to begin with, repeatable",
    )
    add("--mail-domain", action="append", default=[], help=f"repeatable, else {known.MAIL_DOMAIN}")
    add("--pace", type=float, default=0.3, help="seconds between two states of a message")
    add("--retry-pace", type=float, default=1.0, help="seconds for a minute of Mailgun's retries")
    add("--ca-file", help="certificates to trust when the product is called over TLS")
    add("--record", action="store_true", help="keep whole exchanges in memory, for tests")
    for option, variable, value in (
        ("--twilio-account-sid", "SANDBOX_TWILIO_ACCOUNT_SID", known.ACCOUNT_SID),
        ("--twilio-auth-token", "SANDBOX_TWILIO_AUTH_TOKEN", known.AUTH_TOKEN),
        ("--mailgun-api-key", "SANDBOX_MAILGUN_API_KEY", known.API_KEY),
        ("--stripe-secret-key", "SANDBOX_STRIPE_SECRET_KEY", known.STRIPE_KEY),
        ("--stripe-webhook-secret", "SANDBOX_STRIPE_WEBHOOK_SECRET", known.STRIPE_WEBHOOK_SECRET),
        ("--mailgun-signing-key", "SANDBOX_MAILGUN_SIGNING_KEY", known.SIGNING_KEY),
    ):
        add(option, default=os.environ.get(variable, value), help=f"or {variable}")
    return parser


def _settings(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Settings:
    base = (options.deliver_to or "").rstrip("/")
    urls = {
        name: getattr(options, name) or (base + path if base else None)
        for name, path in (
            ("mail_route_url", "/hooks/mailgun/inbound"),
            ("mail_events_url", "/hooks/mailgun/events"),
            ("stripe_events_url", "/hooks/stripe/events"),
        )
    }
    numbers = [(phone, url) for phone, _, url in (text.partition("=") for text in options.number)]
    for phone, _ in numbers:
        if not is_phone(phone):
            parser.error(f"--number {phone}: not a number such as +18455550100")
    for url in filter(None, [*urls.values(), *(url for _, url in numbers)]):
        if not on_this_machine(url):
            parser.error(f"{url}: the sandbox calls this machine and nothing else")
    return Settings(
        state_dir=options.state,
        twilio_account_sid=options.twilio_account_sid,
        twilio_auth_token=options.twilio_auth_token,
        mailgun_api_key=options.mailgun_api_key,
        mailgun_signing_key=options.mailgun_signing_key,
        stripe_secret_key=options.stripe_secret_key,
        stripe_webhook_secret=options.stripe_webhook_secret,
        mail_domains=tuple(options.mail_domain) or (known.MAIL_DOMAIN,),
        numbers=tuple(numbers),
        pace=options.pace,
        retry_pace=options.retry_pace,
        ca_file=options.ca_file,
        record=options.record,
        **urls,
    )


def _is_taken(port: int) -> bool:
    """Whether somebody serves this port. The server would share it without a word."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


async def _serve(settings: Settings, port: int) -> None:
    server = Server(
        build(settings), address=HOST, port=port, interface=Interfaces.ASGI, log_level=LogLevels.error
    )
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, server.stop)
    print(f"Sandbox: http://{HOST}:{port}/ (nothing leaves this machine)", flush=True)
    await server.serve()


if __name__ == "__main__":
    sys.exit(main())
