"""A repository whose password is cheap to try, so that each of many commands does not cost half a second.

The product's own repositories are made by restic with its own cost. Here the key file of one is sealed anew
under the same password with the least work
(https://restic.readthedocs.io/en/stable/100_references.html, "Keys, Encryption and MAC").
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR, ECB
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.poly1305 import Poly1305

_LEAST = {"N": 2, "r": 1, "p": 1}


def make_quick(repository: Path, password: bytes) -> None:
    """Seal the one key of a repository anew, with the least work."""
    (file,) = (repository / "keys").iterdir()
    told = json.loads(file.read_bytes())
    sealed = base64.b64decode(told["data"])
    key = _opened(_derived(password, told), sealed)
    salt = secrets.token_bytes(64)
    told = {**told, **_LEAST, "salt": base64.b64encode(salt).decode()}
    told["data"] = base64.b64encode(_sealed(_derived(password, told), key)).decode()
    content = json.dumps(told).encode()
    file.unlink()
    (repository / "keys" / hashlib.sha256(content).hexdigest()).write_bytes(content)


def _derived(password: bytes, told: dict[str, str | int]) -> bytes:
    salt = base64.b64decode(str(told["salt"]))
    return Scrypt(salt, 64, int(told["N"]), int(told["r"]), int(told["p"])).derive(password)


def _opened(derived: bytes, sealed: bytes) -> bytes:
    nonce, body, code = sealed[:16], sealed[16:-16], sealed[-16:]
    Poly1305.verify_tag(_one_time(derived, nonce), body, code)
    decryptor = Cipher(AES(derived[:32]), CTR(nonce)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def _sealed(derived: bytes, plain: bytes) -> bytes:
    nonce = secrets.token_bytes(16)
    encryptor = Cipher(AES(derived[:32]), CTR(nonce)).encryptor()
    body = encryptor.update(plain) + encryptor.finalize()
    return nonce + body + Poly1305.generate_tag(_one_time(derived, nonce), body)


def _one_time(derived: bytes, nonce: bytes) -> bytes:
    """Return the key of Poly1305-AES for one message."""
    encryptor = Cipher(AES(derived[32:48]), ECB()).encryptor()  # noqa: S305 - one block, as the scheme says
    return derived[48:64] + encryptor.update(nonce) + encryptor.finalize()
