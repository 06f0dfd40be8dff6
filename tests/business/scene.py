"""People and work to tell stories with: clients, jobs, addresses to send from."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from opsystem.business.clients.operations import add_client
from opsystem.business.jobs.operations import book_job
from opsystem.business.profile.channels import assign_addresses
from opsystem.business.team.operations import add_member, join_member
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor, Role
from opsystem.vault import Vault

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SYSTEM = Actor.system()
TWILIO = Actor.vendor("twilio")
OUR_NUMBER, OUR_ADDRESS = "+12285550100", "gulf@mail.example.com"


def with_addresses(vault: Vault) -> None:
    """Let the business have a number for texts and an address for emails."""
    assign_addresses.perform(vault, SYSTEM, {"sms_number": OUR_NUMBER, "mail_address": OUR_ADDRESS})


def client(
    vault: Vault, actor: Actor, name: str = "Maria Alvarez", phone: str = "2285550142", **more: str
) -> str:
    """Return the reference of a new client."""
    return add_client.perform(vault, actor, {"name": name, "phone": phone, **more}).value.ref


def job(
    vault: Vault, actor: Actor, whose: str, title: str = "Water heater", goes: Actor | None = None
) -> str:
    """Return the reference of a new job; with `goes`, it has a visit that this person goes to."""
    given: dict[str, object] = {"client": whose, "title": title}
    if goes is not None:
        given |= {
            "starts_at": datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
            "members": [make_ref("member", goes.member_id or 0)],
        }
    return book_job.perform(vault, actor, given).value.ref


def outbox(vault: Vault) -> list[tuple[str, str]]:
    """Return channel and state of everything that leaves or has left."""
    table = vault.schema.tables.outbox
    with vault.reading() as session:
        return [(row.channel, row.state) for row in session.execute(select(table).order_by(table.c.id))]


def rows(vault: Vault, name: str) -> list[tuple[object, ...]]:
    """Return every row of a table."""
    table = vault.schema.metadata.tables[name]
    with vault.reading() as session:
        return [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]


def person(vault: Vault, owner: Actor, name: str, role: Role) -> Actor:
    """Return another person of the team, who has joined."""
    account = f"acc-{name.lower()}"
    given = {"name": name, "email": f"{account}@example.com", "role": role}
    member = add_member.perform(vault, owner, given).value
    join_member.perform(vault, SYSTEM, {"member": member.ref, "account_id": account})
    return Actor.person(id=account, name=name, role=role, member_id=member.id)
