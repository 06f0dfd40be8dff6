"""The box: one business's whole world in a directory, opened with a key, held, and closed.

The shop window of this floor. It knows no noun of the trade: tables, migrations and what is
searched are handed in as a `VaultSchema`.
"""

from opsystem.vault.doorplate import Doorplate
from opsystem.vault.handle import Vault
from opsystem.vault.journals.journal import Author, Change, ChangeSet, changes_of
from opsystem.vault.journals.undo import undo_change_set
from opsystem.vault.pool import VaultPool
from opsystem.vault.schema import SearchRule, VaultSchema
from opsystem.vault.tables import Moment, new_metadata

__all__ = [
    "Author",
    "Change",
    "ChangeSet",
    "Doorplate",
    "Moment",
    "SearchRule",
    "Vault",
    "VaultPool",
    "VaultSchema",
    "changes_of",
    "new_metadata",
    "undo_change_set",
]
