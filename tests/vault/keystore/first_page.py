"""Does a key fit a database? Asked of its first page alone, without opening it.

SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/): a page ends with a nonce of 16 bytes and an
HMAC-SHA512 over the page, the nonce and the page's number. The key of the HMAC comes from the database's key
by PBKDF2 with two rounds and the salt, which is the file's first 16 bytes, changed by 0x3a.
"""

from __future__ import annotations

import hashlib
import hmac

from opsystem.vault.database import DATABASE_NAME
from opsystem.vault.disk.paths import VaultDirectory
from opsystem.vault.keys import derive

_PAGE, _SALT, _NONCE, _MAC = 4096, 16, 16, 64
_MASK = 0x3A


def first_page_fits(directory: VaultDirectory, vault_id: str, vault_key: bytes) -> bool:
    """Say whether the database's first page was written under this vault key. False when it is damaged too.

    Raises FileNotFoundError when there is no database.
    """
    with directory.open_file(DATABASE_NAME) as file:
        page = file.read(_PAGE)
    if len(page) < _PAGE:
        return False
    salt = bytes(byte ^ _MASK for byte in page[:_SALT])
    key = hashlib.pbkdf2_hmac("sha512", derive(vault_key, vault_id, "db"), salt, 2, 32)
    signed = page[_SALT : _PAGE - _MAC] + (1).to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(key, signed, "sha512"), page[_PAGE - _MAC :])
