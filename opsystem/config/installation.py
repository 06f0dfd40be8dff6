"""What one installation is told by its environment, read and checked once at the start.

The list of settings is here, and in `.env.example` with one line for each; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import SplitResult

from opsystem.config.backups import read_backups
from opsystem.config.databases import read_database
from opsystem.config.environment import Environment
from opsystem.config.keys import read_slots
from opsystem.config.vendors import read_vendors
from opsystem.control.installation import Installation, Limits, Operator, Patience


def read_installation(variables: Mapping[str, str]) -> Installation:
    """Read every setting. Raises SettingsError that names all that are missing or wrong."""
    return read_with_names(variables)[0]


def read_with_names(variables: Mapping[str, str]) -> tuple[Installation, list[str]]:
    """Read every setting; answer also the names in the order they were read."""
    env = Environment(variables)
    secret_key = env.secret("OPSYSTEM_SECRET_KEY", at_least=50)
    base_url = env.url("OPSYSTEM_BASE_URL", "https://app.opsystem.ai", _own_origin)
    data_dir = env.directory("OPSYSTEM_DATA_DIR")
    static_dir = env.path("OPSYSTEM_STATIC_DIR", data_dir / "static")
    slots = read_slots(env, data_dir)
    keystore_dir = env.path("OPSYSTEM_KEYSTORE_DIR", data_dir / "keystore")
    database = read_database(env, data_dir)
    trusted_proxies = env.number("OPSYSTEM_TRUSTED_PROXIES", 0, least=0, most=4)
    operator = _operator(env)
    patience = _patience(env)
    limits = Limits(api_calls=env.number("OPSYSTEM_API_CALLS_PER_MINUTE", 600, least=1, most=1_000_000))
    backups = read_backups(env, data_dir)
    make_vendors = read_vendors(env)
    env.finish()
    vendors = make_vendors()
    installation = Installation(
        secret_key=secret_key,
        base_url=base_url,
        data_dir=data_dir,
        static_dir=static_dir,
        keystore_dir=keystore_dir,
        slots=slots,
        database=database,
        trusted_proxies=trusted_proxies,
        operator=operator,
        patience=patience,
        limits=limits,
        anthropic=vendors.anthropic,
        anthropic_model=vendors.anthropic_model,
        twilio=vendors.twilio,
        mailgun=vendors.mailgun,
        stripe=vendors.stripe,
        backups=backups,
    )
    return installation, env.names


def _own_origin(parts: SplitResult) -> str:
    if parts.path:
        return "must be an origin only, without a path."
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == "localhost"):
        return ""
    return "must start with https:// (only http://localhost may do without)."


def _patience(env: Environment) -> Patience:
    return Patience(
        claim_seconds=env.number("OPSYSTEM_CLAIM_SECONDS", 60, least=1, most=3600),
        lease_seconds=env.number("OPSYSTEM_LEASE_SECONDS", 60, least=1, most=3600),
        ask_seconds=env.number("OPSYSTEM_ASK_SECONDS", 30, least=1, most=3600),
    )


def _operator(env: Environment) -> Operator:
    return Operator(
        product=env.text("OPSYSTEM_PRODUCT_NAME", "OpSystem"),
        name=env.text("OPSYSTEM_OPERATOR_NAME", "Experienced Results LLC"),
        address=env.text("OPSYSTEM_OPERATOR_ADDRESS", "Hurley, Mississippi 39555, United States"),
        privacy_contact=env.text("OPSYSTEM_PRIVACY_CONTACT", "privacy@opsystem.ai"),
        marketing_url=env.url(
            "OPSYSTEM_MARKETING_URL",
            "https://opsystem.ai",
            lambda parts: "" if parts.scheme in {"https", "http"} else "must start with https://.",
        ),
    )
