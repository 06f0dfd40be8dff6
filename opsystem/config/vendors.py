"""The vendors' accounts, read from the environment. A gateway may speak to its vendor's own hosts only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult

from opsystem.config.environment import Environment, is_loopback
from opsystem.vendors.accounts import AnthropicConfig, MailgunConfig, StripeConfig, TwilioConfig


@dataclass(frozen=True)
class Vendors:
    """The accounts at the vendors, and the model Claude is asked for."""

    anthropic: AnthropicConfig
    anthropic_model: str
    twilio: TwilioConfig
    mailgun: MailgunConfig
    stripe: StripeConfig


def read_vendors(env: Environment) -> Callable[[], Vendors]:
    """Read the vendors' settings; answers the function that makes the accounts once all settings are right.

    The known hosts are those of promises P3.1 to P3.4 and P3.7; Twilio and Mailgun have regions.
    """
    loopback = env.flag("OPSYSTEM_ALLOW_LOOPBACK_VENDORS", default=False)
    anthropic_url = env.url(
        "ANTHROPIC_BASE_URL", "https://api.anthropic.com", _only({"api.anthropic.com"}, loopback=loopback)
    )
    twilio_url = env.url(
        "TWILIO_BASE_URL", "https://api.twilio.com", _only({".twilio.com"}, loopback=loopback)
    )
    mailgun_url = env.url(
        "MAILGUN_BASE_URL",
        "https://api.mailgun.net",
        _only({"api.mailgun.net", "api.eu.mailgun.net"}, loopback=loopback),
    )
    stripe_url = env.url(
        "STRIPE_BASE_URL", "https://api.stripe.com", _only({"api.stripe.com"}, loopback=loopback)
    )
    anthropic_key = env.secret("ANTHROPIC_API_KEY")
    model = env.text("ANTHROPIC_MODEL", "claude-sonnet-5-5")
    sid, token = env.text("TWILIO_ACCOUNT_SID"), env.secret("TWILIO_AUTH_TOKEN")
    mailgun_key, domain = env.secret("MAILGUN_API_KEY"), env.text("MAILGUN_DOMAIN")
    signing_key = env.secret("MAILGUN_WEBHOOK_SIGNING_KEY")
    stripe_key = env.secret("STRIPE_SECRET_KEY")
    # Two while one takes the place of the other.
    stripe_secrets = tuple(env.secret("STRIPE_WEBHOOK_SECRETS").split())

    def make() -> Vendors:
        return Vendors(
            AnthropicConfig(anthropic_key, anthropic_url, allow_loopback=loopback),
            model,
            TwilioConfig(sid, token, twilio_url, allow_loopback=loopback),
            MailgunConfig(mailgun_key, domain, signing_key, mailgun_url, allow_loopback=loopback),
            StripeConfig(stripe_key, stripe_secrets, stripe_url, allow_loopback=loopback),
        )

    return make


def _only(hosts: set[str], *, loopback: bool) -> Callable[[SplitResult], str]:
    def allowed(parts: SplitResult) -> str:
        host = parts.hostname or ""
        if is_loopback(host):
            return (
                ""
                if loopback
                else "points to this machine; OPSYSTEM_ALLOW_LOOPBACK_VENDORS does not allow that."
            )
        if parts.scheme != "https":
            return "must start with https://."
        if any(host.endswith(known) if known.startswith(".") else host == known for known in hosts):
            return ""
        return "is not an address of this vendor."

    return allowed
