"""What a sandbox is started with. The credentials below are made up and open nothing outside this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ACCOUNT_SID = "AC5a4db0c5a4db0c5a4db0c5a4db0c5a4d"
AUTH_TOKEN = "sandbox-twilio-auth-token"
API_KEY = "key-sandbox-mailgun"
SIGNING_KEY = "sandbox-mailgun-signing-key"
MAIL_DOMAIN = "mg.sandbox.test"
STRIPE_KEY = "sk_test_sandbox"
STRIPE_WEBHOOK_SECRET = "whsec_sandbox"


@dataclass(frozen=True)
class Settings:
    """Options of one sandbox process. Times are seconds."""

    state_dir: Path
    twilio_account_sid: str = ACCOUNT_SID
    twilio_auth_token: str = AUTH_TOKEN
    mailgun_api_key: str = API_KEY
    mailgun_signing_key: str = SIGNING_KEY
    stripe_secret_key: str = STRIPE_KEY
    stripe_webhook_secret: str = STRIPE_WEBHOOK_SECRET
    stripe_events_url: str | None = None  # where events of connected accounts go; None: nowhere
    mail_domains: tuple[str, ...] = (MAIL_DOMAIN,)
    # Where mail goes that no route or webhook of the API was made for; None: nowhere.
    mail_route_url: str | None = None
    mail_events_url: str | None = None
    numbers: tuple[tuple[str, str], ...] = ()  # numbers the account has from the start, with their SmsUrl
    ca_file: str | None = None  # certificates to trust when the product is called over TLS
    pace: float = 0.3  # between two states of a message
    retry_pace: float = 1.0  # what stands for one minute in Mailgun's timetable of retries
    record: bool = False  # keep whole exchanges in memory, for checks against specifications
