"""The journal's chain: whatever is altered, dropped, moved, added, cut off or forged is found."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import insert, text, update

from opsystem.kit import clock
from opsystem.vault import Vault, undo_change_set
from opsystem.vault.database import driver_connection
from opsystem.vault.journals.chain import BEGINNING, ChangeFacts, entry_hash
from opsystem.vault.journals.chain_check import check_chain
from opsystem.vault.journals.chain_reading import Chain, StoredChange, StoredEntry, read_chain
from opsystem.vault.journals.heads import SIGN_EVERY, Head, Signer, sign_head
from opsystem.vault.journals.seals import commitment, fits, new_seal
from tests.vault.toys import BOX, SCHEMA, THING, acting, put_box, scalar, toy_vault

EDITS = 10_000


def undo(vault: Vault, change_set: int) -> int:
    with acting(vault, "Undo", undoes_id=change_set) as (session, number):
        undo_change_set(session, SCHEMA, change_set, by=number)
    return number


def lived(vault: Vault) -> None:
    """Let a few things happen: changes, an undo and its undo, a turn, an import."""
    for name in ("tools", "pipes", "tape"):
        put_box(vault, name, f"{name} in the van")
    with acting(vault, turn_id=4) as (session, changed):
        session.execute(update(BOX).where(BOX.c.id == 1).values(note="in the shop"))
        session.execute(insert(THING).values(box_id=1, weight=3))
    with acting(vault, batch="import-1") as (session, _):
        session.execute(insert(THING).values(box_id=2, weight=5))
    undo(vault, undo(vault, changed))
    undo(vault, 3)


def chain_of(vault: Vault) -> Chain:
    with vault.reading() as session:
        return read_chain(driver_connection(session.connection()))


def sign(vault: Vault) -> Head:
    with vault.mechanics() as session:
        head = sign_head(driver_connection(session.connection()), vault.signer, clock.now())
    assert head is not None
    return head


def test_what_was_done_reads_as_whole(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        lived(vault)
        report = check_chain(chain_of(vault), vault.signer.public)
        assert (report.problems, report.entries, report.signed) == ([], 8, 0)
        head = sign(vault)
        report = check_chain(chain_of(vault), vault.signer.public, [head])
        assert (report.is_whole, report.signed, report.head) == (True, 8, head)


def test_heads_are_signed_by_and_by_and_the_worker_is_asked_for_the_rest(tmp_path: Path) -> None:
    woken: list[str] = []
    with Vault.create(
        tmp_path / "v", "toy", bytes(32), SCHEMA, wake=lambda lane, _: woken.append(lane)
    ) as vault:
        for number in range(SIGN_EVERY + 1):
            put_box(vault, f"box {number}")
        assert scalar(vault, "SELECT max(position) FROM journal_head") == SIGN_EVERY
        assert woken == ["journal", "journal"]
        assert check_chain(chain_of(vault), vault.signer.public).is_whole
        assert sign(vault) == sign(vault)


def test_nothing_happened_leaves_no_entry(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        with acting(vault):
            pass
        put_box(vault, "tools")
        assert [entry.facts.position for entry in chain_of(vault).entries] == [1]


def test_words_can_go_when_a_ledger_says_so_and_the_chain_stays(tmp_path: Path) -> None:
    with toy_vault(tmp_path / "v") as vault:
        lived(vault)
        sign(vault)
        with vault.mechanics() as session:
            session.execute(
                text("UPDATE change SET before = NULL, after = NULL, seal = substr(seal, -64) WHERE id < 3")
            )
        broken = check_chain(chain_of(vault), vault.signer.public)
        missing = "its images were dropped without a reason"
        assert [line.split(": ")[1] for line in broken.problems] == [missing] * 2
        with acting(vault) as (session, _):
            session.execute(insert(vault.schema.tables.journal_cut).values(at=clock.now(), until=2))
        assert check_chain(chain_of(vault), vault.signer.public).is_whole


def test_a_seal_tells_nothing_once_its_salt_is_gone() -> None:
    seal = new_seal("Ana", None)
    assert fits(seal, "Ana", None)
    assert not fits(seal, "Ana", "")
    assert not fits(commitment(seal), "Ana", None)
    assert new_seal("Ana", None) != seal


@dataclass
class Forger:
    """Somebody who can write the database, but does not have the vault's key."""

    chain: Chain
    rng: random.Random
    other: Signer

    def entries(self) -> list[StoredEntry]:
        return list(self.chain.entries)

    def alter_fact(self) -> Chain:
        entries = self.entries()
        place = self.rng.randrange(len(entries))
        entry = entries[place]
        forged = self.rng.choice(
            [
                replace(entry.facts, at="2020-01-01T00:00:00.000000Z"),
                replace(entry.facts, actor_kind="system"),
                replace(entry.facts, actor_id="somebody else"),
                replace(entry.facts, operation="nothing"),
                replace(entry.facts, turn_id=77),
                replace(entry.facts, batch="other"),
                replace(entry.facts, id=entry.facts.id + 1000),
            ]
        )
        entries[place] = replace(entry, facts=forged)
        return replace(self.chain, entries=entries)

    def alter_words(self) -> Chain:
        entries = self.entries()
        place = self.rng.randrange(len(entries))
        changes = {"actor_name": "Mallory", "label": "Did nothing", "undone_by_id": 999, "undoes_id": 998}
        name = self.rng.choice(list(changes))
        entries[place] = replace(entries[place], **{name: changes[name]})  # type: ignore[arg-type]
        return replace(self.chain, entries=entries)

    def alter_change(self) -> Chain:
        entries = self.entries()
        place = self.rng.randrange(len(entries))
        changes = list(entries[place].changes)
        which = self.rng.randrange(len(changes))
        one: StoredChange = changes[which]
        forged = self.rng.choice(
            [
                replace(one, before='{"id": 1}'),
                replace(one, after='{"id": 1, "name": "gold"}'),
                replace(
                    one, before='{"a": 1}', after='{"a": 2}', facts=replace(one.facts, seal=new_seal("x"))
                ),
                replace(one, facts=replace(one.facts, row_id=one.facts.row_id + 5)),
                replace(one, facts=replace(one.facts, table="member")),
                replace(one, facts=replace(one.facts, client_id=555)),
                replace(
                    one, before=None, after=None, facts=replace(one.facts, seal=commitment(one.facts.seal))
                ),
            ]
        )
        changes[which] = forged
        entries[place] = replace(entries[place], changes=changes)
        return replace(self.chain, entries=entries)

    def drop(self) -> Chain:
        entries = self.entries()
        del entries[self.rng.randrange(len(entries))]
        return replace(self.chain, entries=entries)

    def drop_change(self) -> Chain:
        entries = self.entries()
        place = self.rng.randrange(len(entries))
        changes = list(entries[place].changes)
        del changes[self.rng.randrange(len(changes))]
        entries[place] = replace(entries[place], changes=changes)
        return replace(self.chain, entries=entries)

    def reorder(self) -> Chain:
        entries = self.entries()
        one, other = self.rng.sample(range(len(entries)), 2)
        entries[one], entries[other] = entries[other], entries[one]
        return replace(self.chain, entries=entries)

    def add(self) -> Chain:
        entries = self.entries()
        place = self.rng.randrange(len(entries))
        made = copy.copy(entries[place])
        entries.insert(self.rng.randrange(len(entries) + 1), made)
        return replace(self.chain, entries=entries)

    def truncate(self) -> Chain:
        entries = self.entries()[: self.rng.randrange(len(self.chain.entries))]
        heads = [head for head in self.chain.heads if head.position <= len(entries)]
        return replace(self.chain, entries=entries, heads=heads)

    def fork(self) -> Chain:
        """Alter something and write every hash after it anew, so that the links fit."""
        return replace(self.alter_fact(), entries=self._linked(self.alter_fact().entries))

    def fork_and_sign(self) -> Chain:
        """Fork, and sign the new end with another key."""
        forked = self.fork()
        last = forked.entries[-1]
        bare = Head(
            "2026-11-23T00:00:00.000000Z", len(forked.entries), last.hash or "", self.other.public, ""
        )
        head = replace(bare, signature=self.other.sign(bare.message))
        return replace(forked, heads=[head])

    def forge_ledger(self) -> Chain:
        """Drop words, and say in an entry of one's own that they had become old."""
        entries = [
            replace(
                entry,
                changes=[
                    replace(one, before=None, facts=replace(one.facts, seal=commitment(one.facts.seal)))
                    for one in entry.changes
                ],
            )
            for entry in self.entries()
        ]
        image = '{"id": 1, "until": 99}'
        said = ChangeFacts(999, "journal_cut", 1, "insert", None, new_seal(None, image))
        last = entries[-1]
        facts = replace(last.facts, id=99, undoes=(), seal=new_seal("Cut", "Mallory"))
        made = StoredEntry(facts, "Mallory", "Cut", None, None, None, [StoredChange(said, None, image)])
        return replace(self.chain, entries=self._linked([*entries, made]))

    def _linked(self, entries: object) -> list[StoredEntry]:
        previous, linked = BEGINNING, []
        for place, entry in enumerate(entries, start=1):  # type: ignore[var-annotated, arg-type]
            facts = replace(entry.facts, position=place)
            previous = entry_hash(previous, facts, [one.facts for one in entry.changes])
            linked.append(replace(entry, facts=facts, hash=previous))
        return linked


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Chain, str]:
    """A chain of eight entries with its head, and the vault's public key."""
    with toy_vault(tmp_path_factory.mktemp("chain") / "v") as vault:
        lived(vault)
        sign(vault)
        return chain_of(vault), vault.signer.public


def test_ten_thousand_edits_are_all_found(genuine: tuple[Chain, str]) -> None:
    chain, signer = genuine
    known = [chain.heads[-1]]
    assert check_chain(chain, signer, known).is_whole
    forger = Forger(chain, random.Random(40), Signer(bytes(range(32))))
    ways: list[Callable[[], Chain]] = [
        forger.alter_fact,
        forger.alter_words,
        forger.alter_change,
        forger.drop,
        forger.drop_change,
        forger.reorder,
        forger.add,
        forger.truncate,
        forger.fork,
        forger.fork_and_sign,
        forger.forge_ledger,
    ]
    missed: dict[str, int] = {}
    for number in range(EDITS):
        way = ways[number % len(ways)]
        if check_chain(way(), signer, known).is_whole:
            missed[way.__name__] = missed.get(way.__name__, 0) + 1
    assert missed == {}
