"""A rotation: a new epoch, every key but the deleted ones sealed under it, the old epoch destroyed.

    R1 freeze     the newest fence in most slots; the intent is written
    R2 make       the new epoch key into most slots, and read back
    R3 seal       the next generation, without the vaults to drop
    R4 verify     every key of it opens and is the old one, and none of the dropped
    R5 rehearse   the same from a copy of the files; a backup is made that has the new generation
    R6 switch     every slot confirms the new epoch; vaults made meanwhile follow; `current` is renamed
    R7 destroy    the old epoch in every slot, with the secret it was sealed under
    R8 receipts   of every slot; what was done is written down, and the intent removed

Until R6 nothing is used that is new, from R6 on nothing that is old; so it may be cut short anywhere, and
goes on when it is started again. What stops it raises RotationHeld, SlotSilent or
SlotRefused and loses nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace

from opsystem.kit import clock
from opsystem.vault.keystore import steps
from opsystem.vault.keystore.finishing import finish
from opsystem.vault.keystore.generation import check_value
from opsystem.vault.keystore.intent import (
    Intent,
    Rotated,
    holders_among,
    last_rotated,
    read_intent,
    write_intent,
)
from opsystem.vault.keystore.names import ROTATING
from opsystem.vault.keystore.problems import RotationHeld
from opsystem.vault.keystore.quorum import all_that_answer, expect_most
from opsystem.vault.keystore.store import KeyStore
from opsystem.vault.keystore.tombstones import vault_hash

Opens = Callable[[str, bytes], bool]
Keep = Callable[[], object]


def _not_looked_at(vault_id: str, key: bytes) -> bool:  # noqa: ARG001
    return True


def _kept_elsewhere() -> None:
    """Make no backup: somebody else sees to that."""


def rotate(
    store: KeyStore, drop: Iterable[str] = (), *, opens: Opens = _not_looked_at, keep: Keep = _kept_elsewhere
) -> Rotated:
    """Rotate, leaving out the vaults in `drop` for ever. Finishes first what was cut short.

    `opens` says whether a live vault's database opens with its key. `keep` makes a backup of the key store's
    files as they are now, or raises: every backup of before will be of no use for any vault's key.
    """
    hooks = (opens, keep)
    wanted = set(drop)
    with store.disk.lock(ROTATING, wait=False) as ours:
        if not ours:
            raise RotationHeld("Another rotation is running.")
        store.disk.sweep()
        done = _resumed(store, *hooks)
        if done is not None and wanted <= set(_known_as_dropped(done, wanted)):
            return done
        left = {vault_id for vault_id in wanted if not store.is_shredded(vault_id)}
        return _run(store, *_begin(store, tuple(sorted(left))), *hooks)


def _known_as_dropped(done: Rotated, wanted: set[str]) -> set[str]:
    return {vault_id for vault_id in wanted if vault_hash(vault_id).hex() in done.dropped}


def _resumed(store: KeyStore, opens: Opens, keep: Keep) -> Rotated | None:
    intent = read_intent(store.disk)
    if intent is None:
        return None
    store.forget_keys()
    intent = replace(intent, fence=_take_fence(store))
    key = steps.key_in_slots(store.slots, intent)
    if key is not None:
        write_intent(store.disk, intent)
        return _run(store, intent, key, opens, keep)
    # The new key was in no slot yet, so nothing is sealed under it: begin again with another.
    return _run(store, *_begin(store, intent.drop), opens, keep)


def _begin(store: KeyStore, drop: tuple[str, ...]) -> tuple[Intent, bytes]:
    """R1, and the making of the key."""
    store.forget_keys()
    view = steps.whole_view(store)
    fence = _take_fence(store)
    statuses = all_that_answer(store.slots, lambda slot: slot.status())
    newest = max([view.generation.epoch, *(epoch for status in statuses for epoch in status.epochs)])
    noise = [secrets.token_bytes(32), *all_that_answer(store.slots, lambda slot: slot.noise())]
    key = hashlib.sha256(b"opsystem epoch key 1:" + b"".join(noise)).digest()
    intent = Intent(
        fence=fence,
        from_generation=view.number,
        from_epoch=view.generation.epoch,
        to_epoch=newest + 1,
        check=check_value(key, newest + 1).hex(),
        drop=drop,
        holders=holders_among(store.slots, last_rotated(store.disk).holders.items()),
        challenge=secrets.token_hex(16),
        started_at=clock.now().isoformat(timespec="seconds"),
    )
    write_intent(store.disk, intent)
    return intent, key


def _take_fence(store: KeyStore) -> int:
    statuses = all_that_answer(store.slots, lambda slot: slot.status())
    fence = max((status.fence for status in statuses), default=0) + 1
    begun = all_that_answer(store.slots, lambda slot: slot.begin(fence))
    expect_most(len(begun), store.slots)
    return fence


def _run(store: KeyStore, intent: Intent, key: bytes, opens: Opens, keep: Keep) -> Rotated:
    unopened = 0
    if store.view().number != intent.to_generation:
        steps.make(store, intent, key)
        keys = steps.seal(store, intent, key)
        steps.verify(store, intent, key, keys)
        # A vault that does not open is damaged or missing, whatever its key; its key is kept as it is.
        unopened = sum(1 for vault_id, one in keys.items() if not opens(vault_id, one))
        steps.rehearse(store, intent, key, keys)
        keep()
        steps.switch(store, intent, key, keys)
    steps.destroy(store, intent, key)
    return finish(store, intent, unopened)
