"""Random acts of the trade, through the real operations, on a business where something has happened."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from opsystem.business.checklists.operations import add_checklist, edit_checklist
from opsystem.business.clients.operations import (
    add_client,
    add_property,
    archive_client,
    edit_client,
    edit_property,
    restore_client,
)
from opsystem.business.conversations.operations import attach_thread
from opsystem.business.files.operations import caption_file, remove_file
from opsystem.business.jobs.operations import (
    add_note,
    assign_visit,
    book_job,
    cancel_job,
    cancel_visit,
    complete_job,
    edit_job,
    move_visit,
    schedule_visit,
    start_visit,
    tick_item,
)
from opsystem.business.prices.operations import add_price, edit_price, remove_price
from opsystem.business.profile.operations import edit_profile, set_switch
from opsystem.business.templates.operations import add_template, edit_template
from opsystem.kit.errors import Problem
from opsystem.operations import Actor, Operation
from opsystem.vault import Vault
from opsystem.vault.rows import stored_rows

# Arguments: `{n}` is a small number, `{text}` are words of their own.
Act = tuple[Operation[Any], dict[str, Any]]
ACTS: tuple[Act, ...] = (
    (add_client, {"name": "Client {text}", "street": "12 Pecan St", "city": "Hurley"}),
    (edit_client, {"client": "C-1", "name": "Maria {text}", "notes": "{text}"}),
    (edit_client, {"client": "C-1", "phone": "228555014{n}"}),
    (edit_client, {"client": "C-2", "email": "sam{n}@example.com", "notes": "{text}"}),
    (archive_client, {"client": "C-2"}),
    (restore_client, {"client": "C-2"}),
    (add_property, {"client": "C-1", "street": "{text} Oak St", "city": "Hurley"}),
    (edit_property, {"property": "P-1", "street": "{text} Elm St", "access_notes": "{text}"}),
    (book_job, {"client": "C-1", "title": "Job {text}", "starts_at": "2026-11-25T15:00Z"}),
    (book_job, {"client": "C-2", "title": "Job {text}", "checklist": "K-1"}),
    (edit_job, {"job": "J-1", "title": "Heater {text}"}),
    (edit_job, {"job": "J-1", "notes": "{text}"}),
    (schedule_visit, {"job": "J-1", "starts_at": "2026-12-0{n}T15:00:00Z", "members": ["U-1"]}),
    (move_visit, {"visit": "V-1", "starts_at": "2026-11-26T1{n}:00:00Z"}),
    (assign_visit, {"visit": "V-1", "members": []}),
    (assign_visit, {"visit": "V-1", "members": ["U-1"]}),
    (start_visit, {"visit": "V-1"}),
    (cancel_visit, {"visit": "V-1"}),
    (complete_job, {"job": "J-1", "open_visits": "cancel"}),
    (cancel_job, {"job": "J-1"}),
    (tick_item, {"job": "J-2", "item": "1"}),
    (add_note, {"about": "J-1", "text": "Note {text}"}),
    (add_price, {"name": "Price {text}", "price_cents": 100}),
    (edit_price, {"price": "S-1", "price_cents": "1{n}00", "name": "Call {text}"}),
    (remove_price, {"price": "S-1"}),
    (caption_file, {"file": "F-1", "caption": "{text}"}),
    (remove_file, {"file": "F-1"}),
    (attach_thread, {"thread": "T-1", "client": "C-1"}),
    (attach_thread, {"thread": "T-1", "client": "C-2"}),
    (add_checklist, {"name": "List {text}", "items": ["One", "Two"]}),
    (edit_checklist, {"checklist": "K-1", "name": "List {text}", "items": ["{text}", "Leak test"]}),
    (add_template, {"name": "Words {text}", "body": "Hello {text}"}),
    (edit_template, {"template": "X-1", "body": "Hi {text}"}),
    (edit_profile, {"name": "Gulf {text}", "sms_hold": "2{n}"}),
    (set_switch, {"name": "sms", "on": False}),
    (set_switch, {"name": "sms", "on": True}),
)  # fmt: skip
State = dict[tuple[str, int], dict[str, Any]]


def act_at_random(vault: Vault, actor: Actor, rng: random.Random, among: Sequence[Act] = ACTS) -> int | None:
    """Do something; return its change set, or None when it was refused or changed nothing."""
    operation, arguments = rng.choice(among)
    text, number = rng.choice(("red", "blue", "grün ✓", "'; --", "ten")), str(rng.randrange(1, 6))

    def filled(value: Any) -> Any:
        if isinstance(value, list):
            return [filled(one) for one in value]
        return value.replace("{text}", text).replace("{n}", number) if isinstance(value, str) else value

    try:
        return operation.perform(
            vault, actor, {name: filled(value) for name, value in arguments.items()}
        ).change_set_id
    except Problem:
        # The trade says no, as to a visit of a job that is over: nothing is done then.
        return None


def state_of(vault: Vault) -> State:
    """Return every journalled row as it stands."""
    with vault.reading() as session:
        rows = [
            (table.name, dict(zip(table.columns.keys(), row, strict=True)))
            for table in vault.schema.journalled
            for row in stored_rows(session, table)
        ]
    return {(name, row["id"]): row for name, row in rows}
