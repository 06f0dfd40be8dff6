"""Row 48: what was spent, with its receipt, on its job and in the books."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from opsystem.business.expenses.operations import add_expense, edit_expense, void_expense
from opsystem.business.expenses.queries import list_expenses, show_expense
from opsystem.business.files.operations import add_file
from opsystem.business.history.operations import undo_change
from opsystem.business.ledger.queries import list_accounts
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Forbidden, Invalid, NotFound
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene


def balances(vault: Vault, actor: Actor) -> dict[str, int]:
    rows = list_accounts.ask(vault, actor)
    return {row.account: row.balance_cents for row in rows if row.balance_cents}


def test_row_48_an_expense_has_its_receipt_photo_its_job_and_its_entry(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice), goes=bob)
    stored = vault.files.write(BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 40), limit=1000)
    photo = {"content_id": stored.content_id, "name": "receipt.png", "job": job}
    file = add_file.perform(vault, bob, photo).value.ref
    given = {"what": "Copper pipe", "cents": 8_450, "category": "Materials", "paid_to": "Gulf Supply"}
    made = add_expense.perform(vault, bob, {**given, "job": job, "file": file, "paid_by": "own"}).value
    told = show_expense.ask(vault, alice, {"expense": made.ref})
    assert (told.file, told.job, told.owed_to_name, told.by) == (file, job, "Bob Tran", "Bob Tran")
    assert balances(vault, alice) == {"5000": 8_450, "2000": 8_450}
    fuel = add_expense.perform(vault, alice, {"what": "Diesel", "cents": 6_000, "category": "Fuel"}).value
    assert balances(vault, alice) == {"5000": 8_450, "2000": 8_450, "6000": 6_000, "1000": -6_000}
    assert [row.ref for row in list_expenses.ask(vault, bob).rows] == [made.ref], "his own only"
    with pytest.raises(NotFound):
        show_expense.ask(vault, bob, {"expense": fuel.ref})
    listed = list_expenses.ask(vault, alice, {"category": "Materials", "job": job})
    assert (listed.total, listed.sum_cents) == (1, 8_450)


def test_a_correction_and_a_void_are_entries_and_never_an_undo(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice))
    added = add_expense.perform(vault, alice, {"what": "Pump", "cents": 20_000, "job": job})
    with pytest.raises(Conflict, match="books"):
        undo_change.perform(vault, alice, {"change": f"H-{added.change_set_id}"})
    edit: dict[str, Any] = {"expense": added.value.ref, "base_version": 1, "cents": 22_000, "no_job": True}
    edit_expense.perform(vault, alice, edit)
    assert balances(vault, alice) == {"6000": 22_000, "1000": -22_000}
    with pytest.raises(Conflict) as late:
        edit_expense.perform(vault, alice, edit)
    assert (late.value.code, late.value.fields) == ("stale", {"base_version": "2"})
    void = {"expense": added.value.ref, "reason": "Twice"}
    with pytest.raises(Forbidden):
        void_expense.perform(vault, bob, void)
    void_expense.perform(vault, alice, void)
    assert balances(vault, alice) == {}
    assert list_expenses.ask(vault, alice).sum_cents == 0
    with pytest.raises(Conflict, match="voided"):
        void_expense.perform(vault, alice, void)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cents": 0}, "cents"),
        ({"cents": -5}, "cents"),
        ({"day": f"{clock.now() + timedelta(days=3):%Y-%m-%d}"}, "day"),
        ({"day": "1999-01-01"}, "day"),
        ({"what": ""}, "what"),
        ({"paid_by": "magic"}, "paid_by"),
    ],
)
def test_a_wrong_expense_is_answered_at_its_field(
    vault: Vault, alice: Actor, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        add_expense.perform(vault, alice, {"what": "Pump", "cents": 100, **given})
    assert caught.value.fields.keys() == {field}
