"""Reading the journal's chain again: whether any entry was altered, dropped, moved, added or forged.

Words may be missing in two cases only: they had become old (`journal_cut`), or the person they were about
was erased (`erasure`). Both ledgers are journalled, so the chain covers them.

What a chain alone cannot show is that its end was cut off or the whole file put back: for that, somebody
keeps a head elsewhere (`known`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from opsystem.vault.journals.chain import BEGINNING, ChangeFacts, EntryFacts, entry_hash
from opsystem.vault.journals.chain_reading import Chain, StoredEntry
from opsystem.vault.journals.heads import SIGN_EVERY, Head
from opsystem.vault.journals.seals import fits, is_open

LEDGERS: Final = frozenset({"journal_cut", "erasure"})


@dataclass(frozen=True)
class ChainReport:
    """What was found: how many entries there are, how many a head of this vault covers, what is wrong."""

    entries: int
    signed: int
    head: Head | None
    problems: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check_chain(chain: Chain, signer: str, known: Sequence[Head] = ()) -> ChainReport:
    """Check a chain of the vault whose signing key is `signer` (public, hexadecimal).

    `known` are heads that were kept outside of the vault: the chain must lead through each of them.
    """
    hashes, problems = [BEGINNING], list(_loose_ends(chain))
    allowed = _Allowed(chain)
    for place, entry in enumerate(chain.entries, start=1):
        problems += _entry_problems(entry, place, chain, allowed)
        problems += _change_problems(entry, allowed)
        hashes.append(entry_hash(hashes[-1], entry.facts, [one.facts for one in entry.changes]))
        if hashes[-1] != entry.hash:
            problems.append(f"H-{entry.facts.id}: does not follow from the entry before")
    problems += _undoing_problems(chain)
    signed = 0
    for head in dict.fromkeys((*chain.heads, *known)):
        if head.signer != signer or not head.is_genuine():
            problems.append(f"head {head.position}: the signature is not this vault's")
        elif not 0 < head.position < len(hashes) or hashes[head.position] != head.hash:
            problems.append(f"head {head.position}: the journal does not lead to it")
        else:
            signed = max(signed, head.position)
    if len(chain.entries) - signed >= 2 * SIGN_EVERY:
        problems.append("heads: there are entries that should have been signed long ago")
    newest = chain.heads[-1] if chain.heads else None
    return ChainReport(len(chain.entries), signed, newest, problems)


class _Allowed:
    """Which words may be missing: the ledgers' own entries in the chain say so."""

    def __init__(self, chain: Chain) -> None:
        self.old_until = 0
        self.clients: set[int] = set()
        self.rows: set[tuple[str, int]] = set()
        for entry in chain.entries:
            for change in entry.changes:
                if change.facts.action == "insert" and change.facts.table in LEDGERS:
                    self._learn(entry, json.loads(change.after or "{}"), change.facts.table)

    def _learn(self, entry: StoredEntry, image: dict[str, int], ledger: str) -> None:
        if ledger == "journal_cut":
            self.old_until = max(self.old_until, image.get("until", 0))
            return
        self.clients.add(image.get("client_id", 0))
        self.rows |= {
            (one.facts.table, one.facts.row_id) for one in entry.changes if one.facts.action == "delete"
        }

    def change(self, entry: StoredEntry, facts: ChangeFacts) -> bool:
        """Tell whether a change may be without its images."""
        return (
            (entry.facts.id <= self.old_until and facts.table not in LEDGERS)
            or facts.client_id in self.clients
            or (facts.table, facts.row_id) in self.rows
        )

    def entry(self, entry: StoredEntry) -> bool:
        """Tell whether an entry may be without its label."""
        return any(
            one.facts.client_id in self.clients or (one.facts.table, one.facts.row_id) in self.rows
            for one in entry.changes
        )


def _entry_problems(entry: StoredEntry, place: int, chain: Chain, allowed: _Allowed) -> Iterator[str]:
    facts: EntryFacts = entry.facts
    name = f"H-{facts.id}"
    if facts.position != place:
        yield f"{name}: stands at place {facts.position}, found at {place}"
    if place > 1 and chain.entries[place - 2].facts.id >= facts.id:
        yield f"{name}: is out of order"
    if is_open(facts.seal):
        if not fits(facts.seal, entry.label, entry.actor_name):
            yield f"{name}: was told otherwise when it was done"
    elif not allowed.entry(entry):
        yield f"{name}: its words were dropped without a reason"
    if (facts.undoes and entry.undoes_id != max(facts.undoes)) or (
        not facts.undoes and entry.undoes_id is not None
    ):
        yield f"{name}: what it undoes was changed"


def _change_problems(entry: StoredEntry, allowed: _Allowed) -> Iterator[str]:
    for change in entry.changes:
        where = f"H-{entry.facts.id}, change {change.facts.id}"
        if is_open(change.facts.seal):
            if not fits(change.facts.seal, change.before, change.after):
                yield f"{where}: its images were changed"
        elif change.before is not None or change.after is not None:
            yield f"{where}: has images that nothing vouches for"
        elif not allowed.change(entry, change.facts):
            yield f"{where}: its images were dropped without a reason"


def _undoing_problems(chain: Chain) -> Iterator[str]:
    """Play every undo again: what stands as taken back must be what was taken back."""
    undone: dict[int, int] = {}
    targets_of = {entry.facts.id: entry.facts.undoes for entry in chain.entries}
    for entry in chain.entries:
        for target in entry.facts.undoes:
            undone[target] = entry.facts.id
            for again in targets_of.get(target, ()):
                if undone.get(again) == target:
                    del undone[again]
    for entry in chain.entries:
        if undone.get(entry.facts.id) != entry.undone_by_id:
            yield f"H-{entry.facts.id}: what is told of its undoing is not so"


def _loose_ends(chain: Chain) -> Iterator[str]:
    if chain.loose:
        yield f"{chain.loose} rows of the journal belong to no entry"
