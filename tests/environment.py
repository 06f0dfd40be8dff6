"""The environment of a complete test installation, as a person would set it."""

from __future__ import annotations

import secrets
from pathlib import Path


def prepare(directory: Path, **changes: str) -> dict[str, str]:
    """Make the directories and the key file of an installation under `directory`; answer its environment.

    `changes` replace or add variables: `prepare(tmp_path, MAILGUN_BASE_URL="http://127.0.0.1:8025")`.
    Vendors point to a port where nothing listens until a sandbox's address is given.
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
        "OPSYSTEM_BASE_URL": "http://localhost:8000",
        "OPSYSTEM_DATA_DIR": str(data),
        "OPSYSTEM_KEY_FILE": str(key_file),
        "OPSYSTEM_ALLOW_LOOPBACK_VENDORS": "yes",
        "ANTHROPIC_API_KEY": "sk-ant-of-the-tests",
        "ANTHROPIC_BASE_URL": "http://127.0.0.1:9",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "token-of-the-tests",
        "TWILIO_BASE_URL": "http://127.0.0.1:9",
        "MAILGUN_API_KEY": "key-of-the-tests",
        "MAILGUN_DOMAIN": "mg.opsystem.example",
        "MAILGUN_BASE_URL": "http://127.0.0.1:9",
        "MAILGUN_WEBHOOK_SIGNING_KEY": "signing-key-of-the-tests",
        **changes,
    }
