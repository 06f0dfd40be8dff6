"""What the business knows of a client himself. What he corrects counts when the office has taken it over."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import select

from opsystem.business.clients.consent.operations import note_wish
from opsystem.business.clients.consent.queries import show_preferences
from opsystem.business.clients.consent.records import Source
from opsystem.business.clients.models import Client
from opsystem.business.clients.operations import edit_client
from opsystem.business.clients.purposes import Channel, Topic
from opsystem.business.clients.queries import properties_of
from opsystem.business.hub.models import Correction
from opsystem.business.hub.records import Answered, MyDetails, MyWish
from opsystem.business.references import ClientRef
from opsystem.business.wording import EmailField, Line, PhoneField
from opsystem.kit.errors import Conflict, Invalid, NotFound
from opsystem.operations import Effect, Permission, Saved, Work, operation, query
from opsystem.operations.errand import office, run_errand

FIELDS = {"phone": "Phone", "email": "Email", "address": "Address"}


@query(permission=Permission.HUB, label="Show my details", assistant=False)
def my_details(work: Work) -> MyDetails:
    """Show a client his name, phone, email, addresses, wishes, and what he has asked to be changed."""
    client = work.get(Client, work.actor.client_id, "client")
    wishes = run_errand(work, show_preferences, client=client.ref)
    waiting = work.session.scalars(select(Correction).where(Correction.settled_at.is_(None)))
    return MyDetails(
        name=client.name,
        phone=client.phone,
        email=client.email,
        addresses=[place.address for place in properties_of(work, client.id)],
        waiting=[f"{FIELDS[one.field]}: {one.after}" for one in waiting],
        wishes=[MyWish(one.channel, one.topic, one.allowed) for one in wishes.now],
    )


@operation(permission=Permission.HUB, effect=Effect.DRAFT, label="Correct my details", assistant=False)
def correct_my_details(
    work: Work, *, phone: PhoneField = "", email: EmailField = "", address: Line = ""
) -> Answered:
    """Tell the business what is different now. Where messages go changes only when the office agrees."""
    client = work.get(Client, work.actor.client_id, "client")
    given = {"phone": phone, "email": email, "address": address}
    before = {"phone": client.phone or "", "email": client.email or "", "address": ""}
    changed = {field: text for field, text in given.items() if text and text != before[field]}
    if not changed:
        raise Invalid("Nothing is different from what we have.", code="no_change")
    standing = {
        one.field: one
        for one in work.session.scalars(select(Correction).where(Correction.settled_at.is_(None)))
    }
    for field, text in changed.items():
        if field in standing:
            standing[field].after, standing[field].asked_at = text, work.now
            continue
        work.session.add(
            Correction(client_id=client.id, field=field, before=before[field], after=text, asked_at=work.now)
        )
    work.session.flush()
    work.describe(f"{client.name} corrected the details")
    return Answered(client.ref, "Thank you. We look at it and change it.")


@operation(permission=Permission.HUB, effect=Effect.COMMIT, label="Say what I want to hear", assistant=False)
def set_my_wishes(work: Work, *, allowed: tuple[str, ...] = ()) -> Answered:
    """Say by which way one wants to hear about what: pairs like `text visits`. What is not named is a no."""
    client = work.get(Client, work.actor.client_id, "client")
    current = run_errand(work, show_preferences, client=client.ref).now
    with office(work) as desk:
        same = desk.get(Client, client.id, "client")
        for one in current:
            wanted = f"{one.channel} {one.topic}" in allowed
            if wanted != one.allowed:
                words = f"{'Yes' if wanted else 'No'} to {one.channel} about {one.topic}"
                note_wish(
                    desk, same, Channel(one.channel), Topic(one.topic),
                    allowed=wanted, source=Source.CLIENT_PAGE.value, wording=words,
                )  # fmt: skip
    work.describe(f"{client.name} said what to hear about")
    return Answered(client.ref, "Saved.")


@query(permission=Permission.CLIENTS_READ, label="List corrections of a client")
def list_corrections(work: Work, *, client: ClientRef) -> list[tuple[int, str, str, str]]:
    """List what a client wants changed and nobody has settled: number, field, before, after."""
    number = work.get(Client, int(client.partition("-")[2]), "client").id
    waiting = select(Correction).where(Correction.client_id == number, Correction.settled_at.is_(None))
    return [(one.id, one.field, one.before, one.after) for one in work.session.scalars(waiting)]


# Where messages go is changed here, as in `edit_client`.
@operation(permission=Permission.CLIENTS_WRITE, effect=Effect.COMMIT, label="Settle correction")
def settle_correction(work: Work, *, correction: int, answer: Literal["take", "leave"]) -> Saved:
    """Take over what a client has corrected, or leave it. A new address is added by hand."""
    row = work.session.get(Correction, correction)
    if row is None:
        raise NotFound("There is no such correction.", code="no_correction")
    if row.settled_at is not None:
        raise Conflict(f"{row.settled_by} has settled this already.", code="settled")
    client = work.get(Client, row.client_id, "client")
    row.settled_at, row.settled_by, row.accepted = work.now, work.actor.name, answer == "take"
    if answer == "take" and row.field in {"phone", "email"}:
        changed = {row.field: row.after}
        work.do(edit_client, client=client.ref, **changed)
    work.describe(f"{'Took over' if answer == 'take' else 'Left'} a correction of {client.name}")
    return Saved(client.ref, client.id)
