"""Second factors: how their secrets are stored, what a passkey is bound to, what is noted of their use."""

from __future__ import annotations

import base64
import re
from functools import lru_cache

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib.auth.base_user import AbstractBaseUser
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

from opsystem.control.installation import installation

_FRAME = '<svg width="200" height="200" role="img" aria-label="Picture to scan with your authenticator app"'


@lru_cache(maxsize=1)
def _cipher(secret_key: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"opsystem second factors v1").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps TOTP secrets and recovery seeds encrypted (promise P4.2), and binds passkeys to our host."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Look at the newest one.",
        "unverified_email": "Confirm your email address first.",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return _cipher(installation().secret_key).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret from the database."""
        return _cipher(installation().secret_key).decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Draw the picture that the app scans: black on white in both themes, to stand inside a page."""
        code = QRCode(image_factory=SvgPathFillImage)
        code.add_data(url)  # type: ignore[no-untyped-call]
        drawing: str = code.make_image().to_string(encoding="unicode")  # type: ignore[no-untyped-call]
        return re.sub(r'<svg width="[^"]*" height="[^"]*"', _FRAME, drawing)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what passkeys are bound to: our own host from the settings, not what a request claims."""
        told = installation()
        return {"id": told.host, "name": told.operator.product}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Return the name a new passkey is offered."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"
