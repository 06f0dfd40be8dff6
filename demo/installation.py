"""The settings of the demo: secrets made once, the vendors' addresses those of the sandbox."""

from __future__ import annotations

import secrets
from pathlib import Path

from sandbox import settings as sandbox

PORT = 8000
SANDBOX_PORT = 9100


def environment(folder: Path, *, port: int = PORT, sandbox_port: int = SANDBOX_PORT) -> dict[str, str]:
    """Return the environment of the demo installation in `folder`, making its secrets when there are none."""
    data, keys = folder / "data", folder / "keys"
    for place in (data, keys):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    vendors = f"http://127.0.0.1:{sandbox_port}"
    return {
        "OPSYSTEM_SECRET_KEY_FILE": str(_secret(keys / "secret-key", secrets.token_urlsafe(50).encode())),
        "OPSYSTEM_KEY_FILE": str(_secret(keys / "key-encryption-key", secrets.token_bytes(32))),
        "OPSYSTEM_BASE_URL": f"http://localhost:{port}",
        "OPSYSTEM_DATA_DIR": str(data),
        "OPSYSTEM_ALLOW_LOOPBACK_VENDORS": "yes",
        "ANTHROPIC_API_KEY": "sk-ant-sandbox",
        "ANTHROPIC_BASE_URL": f"{vendors}/anthropic",
        "TWILIO_ACCOUNT_SID": sandbox.ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": sandbox.AUTH_TOKEN,
        "TWILIO_BASE_URL": f"{vendors}/twilio",
        "MAILGUN_API_KEY": sandbox.API_KEY,
        "MAILGUN_DOMAIN": sandbox.MAIL_DOMAIN,
        "MAILGUN_BASE_URL": f"{vendors}/mailgun",
        "MAILGUN_WEBHOOK_SIGNING_KEY": sandbox.SIGNING_KEY,
        "STRIPE_SECRET_KEY": sandbox.STRIPE_KEY,
        "STRIPE_WEBHOOK_SECRETS": sandbox.STRIPE_WEBHOOK_SECRET,
        "STRIPE_BASE_URL": f"{vendors}/stripe",
    }


def _secret(path: Path, value: bytes) -> Path:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(value)
    return path
