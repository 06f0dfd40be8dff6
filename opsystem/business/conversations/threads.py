"""Threads: found by their address, or begun."""

from __future__ import annotations

from sqlalchemy import func, select

from opsystem.business.clients.models import Client
from opsystem.business.clients.persons.queries import persons_at
from opsystem.business.conversations.models import Thread
from opsystem.business.conversations.suppressing import suppression_of
from opsystem.kit.phone import show_phone
from opsystem.operations import Work


def find_thread(work: Work, channel: str, address: str) -> Thread | None:
    """Return the thread with an address, or None."""
    wanted = select(Thread).where(Thread.channel == channel, Thread.address == address)
    return work.session.scalars(wanted).one_or_none()


def thread_with(work: Work, channel: str, address: str, client_id: int | None) -> Thread:
    """Return the thread with an address; begin it when there is none."""
    thread = find_thread(work, channel, address)
    if thread is None:
        known = suppression_of(work, channel, address)
        thread = Thread(
            channel=channel,
            address=address,
            client_id=client_id,
            last_at=work.now,
            stopped_at=known.since if known is not None else None,
        )
        work.session.add(thread)
    elif thread.client_id is None:
        thread.client_id = client_id
    thread.last_at = max(thread.last_at, work.now)
    work.session.flush()
    return thread


def clients_at(work: Work, channel: str, address: str) -> list[Client]:
    """Return every client with this phone number or email address of its own, archived ones too."""
    same = Client.phone == address if channel == "sms" else func.lower(Client.email) == address
    return list(work.session.scalars(select(Client).where(same).order_by(Client.id)))


def only_client_at(work: Work, channel: str, address: str) -> int | None:
    """Return the number of the one client with this address, its own or one of its people's.

    None when there is none or several. A client's own address comes before somebody else's people.
    """
    present = {client.id for client in clients_at(work, channel, address) if client.archived_at is None}
    if not present:
        numbers = {person.client_id for person in persons_at(work, channel, address)}
        standing = select(Client.id).where(Client.id.in_(numbers), Client.archived_at.is_(None))
        present = set(work.session.scalars(standing))
    return present.pop() if len(present) == 1 else None


def show_address(channel: str, address: str) -> str:
    """Return an address as people write it."""
    return show_phone(address) if channel == "sms" else address
