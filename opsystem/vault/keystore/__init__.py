"""Where the keys of all vaults are: a store that may be copied freely, and slots that may not.

    slot key S_i      root (systemd credential or key file) mixed with a secret that is rolled
      epoch key E_n   random, one for all vaults; lives in the slots and in memory only
        vault key     random; sealed under E_n in the key store
          derived     one key for each purpose (`vault.keys`)

Destroying E_n in every slot makes every copy of every key store of that epoch noise, wherever it is.
"""

from opsystem.vault.keystore.sealed_slot import SealedSlot
from opsystem.vault.keystore.slot import Slot, SlotStatus
from opsystem.vault.keystore.store import KeyStore
from opsystem.vault.keystore.tombstones import Tombstone, vault_hash

__all__ = ["KeyStore", "SealedSlot", "Slot", "SlotStatus", "Tombstone", "vault_hash"]
