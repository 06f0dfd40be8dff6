"""Erasing a client: final, by the owner, and written down in numbers only."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

from pydantic import Field
from sqlalchemy import insert, update

from opsystem.business.clients.merged import numbers_of
from opsystem.business.clients.models import Client
from opsystem.business.conversations.suppressing import suppress_addresses
from opsystem.business.erasure.finding import counted, everything_about, refuse_while_busy
from opsystem.business.erasure.records import Erased
from opsystem.business.exports.models import Export
from opsystem.business.references import ClientRef, number_of
from opsystem.kit.errors import Invalid
from opsystem.kit.refs import make_ref
from opsystem.operations import CATALOGUE, Effect, Permission, Work, operation
from opsystem.vault.journals.erasing import forget, remove_rows

_READY = ("waiting", "making", "ready")


@operation(permission=Permission.ERASE, effect=Effect.FINAL, label="Erase client", assistant=False)
def erase_client(
    work: Work,
    *,
    client: ClientRef,
    confirmation: Annotated[
        str, Field(max_length=40, description="The client's reference once more, typed.")
    ],
) -> Erased:
    """Erase everything the business holds about a client, for good: nobody can bring it back.

    Rows, files, messages, what the journal and talks with Claude know. That it was done, by whom and when
    stays, in numbers. Records that the law wants kept (invoices) are not part of this version.
    """
    row = work.get(Client, number_of(client), "client")
    if confirmation.strip().upper() != row.ref:
        message = f"Type {row.ref} to say that you mean it."
        raise Invalid(message, code="not_confirmed", fields={"confirmation": message})
    return _erase(work, row)


@operation(permission=Permission.DELIVER, effect=Effect.FINAL, label="Erase client again", assistant=False)
def erase_again(work: Work, *, client: ClientRef) -> bool:
    """Erase a client once more, after a restore of a time before; False when nothing of it is there."""
    row = work.session.get(Client, number_of(client))
    if row is None:
        return False
    _erase(work, row)
    return True


def _erase(work: Work, client: Client) -> Erased:
    everything = everything_about(work, client)
    refuse_while_busy(work, everything)
    counts = counted(work, everything)
    number, tables = client.id, work.vault.schema.tables
    # With a client goes what the journal knows of those that went up in it.
    numbers = numbers_of(work, number)
    suppress_addresses(work, client)
    work.session.flush()
    remove_rows(work.session, work.vault.schema, everything.found)
    work.session.expunge_all()
    work.session.execute(
        insert(tables.erasure).values(client_id=number, at=work.now, counts=json.dumps(asdict(counts)))
    )
    for one in numbers:
        forget(work.session, one, everything.found, _label_of)
    work.session.execute(insert(tables.wiping).values(at=work.now, contents=json.dumps(everything.contents)))
    # What was packed to be taken away before this holds it all: it goes at once.
    work.session.execute(
        update(Export).where(Export.state.in_(_READY)).values(expires_at=work.now, due_at=work.now)
    )
    work.set_alarm("exports", work.now)
    work.set_alarm("journal", work.now)
    work.describe(f"Erased client {make_ref('client', number)}")
    act = work.change_set_id or 0
    return Erased(make_ref("change", act), act, make_ref("client", number), counts)


def _label_of(name: str) -> str:
    """Return what stays of an act's words: the name of what was done."""
    entry = next((one for one in CATALOGUE if one.name == name), None)
    return f"{entry.label if entry is not None else name.replace('_', ' ').capitalize()} (erased)"
