"""Whatever is done in whatever order: undoing it all leaves nothing behind, and nothing done since is lost.

The cases are drawn from a seed and done one after the other in one business, with the real operations.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from opsystem.business.checklists.operations import add_checklist
from opsystem.business.clients.operations import add_property
from opsystem.business.conversations.operations import receive_text
from opsystem.business.files.operations import add_file
from opsystem.business.history.operations import undo_change
from opsystem.business.jobs.operations import book_job
from opsystem.business.prices.operations import add_price
from opsystem.business.templates.operations import add_template
from opsystem.kit.errors import Conflict
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.vault.digest import digest_of
from opsystem.vault.journals.checking import check_journal
from opsystem.vault.journals.journal import Change, changes_of
from tests.business import scene
from tests.business.history.acts import ACTS, State, act_at_random, state_of
from tests.business.opening import ALICE, open_business
from tests.thorough import amount

CASES = amount(quick=100, whole=500)


@pytest.fixture(scope="module")
def busy() -> Iterator[Vault]:
    """A business with a little of everything, in memory where the machine has a place for that."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with (
        tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name,
        open_business(Path(name), "Gulf Plumbing", ALICE) as vault,
    ):
        _furnish(vault)
        yield vault


def _furnish(vault: Vault) -> None:
    maria = scene.client(vault, ALICE)
    scene.client(vault, ALICE, "Sam Lee", "2285550199")
    add_property.perform(vault, ALICE, {"client": maria, "street": "1 Oak St", "city": "Hurley"})
    add_checklist.perform(vault, ALICE, {"name": "Heater", "items": ["Photo before", "Leak test"]})
    scene.job(vault, ALICE, maria, goes=ALICE)
    book_job.perform(vault, ALICE, {"client": maria, "title": "Bath", "checklist": "K-1"})
    add_price.perform(vault, ALICE, {"name": "Service call", "price_cents": 9900})
    add_template.perform(vault, ALICE, {"name": "On my way", "body": "Coming."})
    stored = vault.files.write([b"Quote"], limit=100)
    add_file.perform(vault, ALICE, {"content_id": stored.content_id, "name": "quote.txt", "client": maria})
    receive_text.perform(vault, scene.TWILIO, {"vendor_key": "S", "sender": "+12285550777", "body": "Hi"})


def undo(vault: Vault, number: int, actor: Actor = ALICE, **more: Any) -> int:
    done = undo_change.perform(vault, actor, {"change": f"H-{number}", **more})
    assert done.change_set_id is not None
    return done.change_set_id


def test_undoing_everything_gives_the_digest_of_before(busy: Vault) -> None:
    rng, done, before = random.Random(6), 0, digest_of(busy).total
    for case in range(CASES):
        acts = [act_at_random(busy, ALICE, rng) for _ in range(rng.randrange(1, 4))]
        for number in reversed([one for one in acts if one is not None]):
            undo(busy, number)
            done += 1
        assert digest_of(busy).total == before, f"case {case}"
    assert done > CASES
    assert check_journal(busy).problems == []


def test_undo_out_of_order_ends_in_a_conflict_or_an_equal_state(busy: Vault) -> None:
    rng, conflicts, undone, was = random.Random(7), 0, 0, state_of(busy)
    for case in range(CASES):
        before, among = was, rng.sample(ACTS, 5)
        acts = [act_at_random(busy, ALICE, rng, among) for _ in range(rng.randrange(2, 5))]
        waiting, was = [one for one in acts if one is not None], state_of(busy)
        for _ in range(len(waiting) + 1):
            if not waiting:
                break
            number = rng.choice(waiting)
            try:
                undo(busy, number)
            except Conflict:
                conflicts += 1
                assert state_of(busy) == was, f"case {case}: a conflict changed something"
                continue
            undone, now = undone + 1, state_of(busy)
            _lost_nothing(was, now, _changes(busy, number))
            waiting.remove(number)
            was = now
        for number in sorted(waiting, reverse=True):
            try:
                undo(busy, number)
                waiting.remove(number)
            except Conflict:
                break
        was = state_of(busy)
        assert waiting or was == before, f"case {case}: all is undone, and yet something is different"
    assert conflicts > CASES / 20
    assert undone > CASES
    assert check_journal(busy).problems == []


def test_what_was_undone_is_done_again_and_undone_again(busy: Vault) -> None:
    rng = random.Random(9)
    for _ in range(CASES // 10):
        before, number = digest_of(busy).total, act_at_random(busy, ALICE, rng)
        if number is None:
            continue
        after = digest_of(busy).total
        again = undo(busy, undo(busy, number))
        assert digest_of(busy).total == after
        undo(busy, again)
        assert digest_of(busy).total == before
    assert check_journal(busy).problems == []


def test_the_rest_is_put_back_and_nothing_else(busy: Vault) -> None:
    rng, partly = random.Random(8), 0
    for _ in range(CASES // 10):
        first, second = act_at_random(busy, ALICE, rng), act_at_random(busy, ALICE, rng)
        if first is None or second is None:
            continue
        was = state_of(busy)
        try:
            undo(busy, first, rest=True)
        except Conflict:
            assert state_of(busy) == was
            continue
        partly += 1
        _lost_nothing(was, state_of(busy), _changes(busy, first))
    assert partly > CASES / 50


def _changes(vault: Vault, number: int) -> list[Change]:
    with vault.reading() as session:
        return changes_of(session, vault.schema, number)


def _lost_nothing(was: State, now: State, changes: list[Change]) -> None:
    """An undo touches only what its act had changed, and only where the act's own value still stood."""
    left: dict[tuple[str, int, str], set[str]] = {}
    for change in changes:
        for name, (_, after) in change.fields().items():
            left.setdefault((change.table, change.row_id, name), set()).add(repr(after))
    for key in was.keys() | now.keys():
        before, after = was.get(key, {}), now.get(key, {})
        for name in before.keys() | after.keys():
            if before.get(name) != after.get(name):
                assert repr(before.get(name)) in left.get((*key, name), set()), f"{key} {name} was lost"
