"""The environment of a complete test installation, as a person would set it."""

from __future__ import annotations

import secrets
from pathlib import Path

from sandbox import settings as sandbox

SANDBOX_NUMBER = "+18455550100"


def prepare(
    directory: Path,
    *,
    base_url: str = "http://localhost:8000",
    sandbox_url: str = "http://127.0.0.1:9",
    **changes: str,
) -> dict[str, str]:
    """Make the directories and the key file of an installation under `directory`; answer its environment.

    The vendors are those of the sandbox at `sandbox_url`; as it stands, nothing listens there. `changes`
    replace or add variables.
    """
    data = directory / "data"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    key_file = directory / "keys" / "key-encryption-key"
    if not key_file.exists():
        key_file.parent.mkdir(mode=0o700, exist_ok=True)
        key_file.touch(mode=0o600)
        key_file.write_bytes(secrets.token_bytes(32))
    return {
        "DJANGO_SETTINGS_MODULE": "opsystem.config.settings",
        "OPSYSTEM_SECRET_KEY": "a secret of the tests, long enough to be taken for one, used nowhere else",
        "OPSYSTEM_BASE_URL": base_url,
        "OPSYSTEM_DATA_DIR": str(data),
        "OPSYSTEM_KEY_FILE": str(key_file),
        "OPSYSTEM_ALLOW_LOOPBACK_VENDORS": "yes",
        "ANTHROPIC_API_KEY": "sk-ant-sandbox",
        "ANTHROPIC_BASE_URL": f"{sandbox_url}/anthropic",
        "TWILIO_ACCOUNT_SID": sandbox.ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": sandbox.AUTH_TOKEN,
        "TWILIO_BASE_URL": f"{sandbox_url}/twilio",
        "MAILGUN_API_KEY": sandbox.API_KEY,
        "MAILGUN_DOMAIN": sandbox.MAIL_DOMAIN,
        "MAILGUN_BASE_URL": f"{sandbox_url}/mailgun",
        "MAILGUN_WEBHOOK_SIGNING_KEY": sandbox.SIGNING_KEY,
        "STRIPE_SECRET_KEY": sandbox.STRIPE_KEY,
        "STRIPE_WEBHOOK_SECRETS": sandbox.STRIPE_WEBHOOK_SECRET,
        "STRIPE_BASE_URL": f"{sandbox_url}/stripe",
        **changes,
    }
