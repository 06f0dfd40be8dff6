"""Proving by a code that the client himself sits there, and links made anew: to known addresses only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select

from opsystem.business.clients.models import Client
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.hub.records import Answered
from opsystem.business.links.codes import new_code, use_code
from opsystem.business.links.issuing import LIVES_DAYS, issue_link, issue_token
from opsystem.business.links.models import ClientLink
from opsystem.business.profile.queries import profile_row
from opsystem.kit.errors import Conflict, Invalid, LimitReached
from opsystem.operations import Effect, Permission, Work, operation, query
from opsystem.operations.errand import office

Way = Literal["text", "email"]
_PURPOSE = "hub"


@dataclass(frozen=True)
class MyWay:
    """A way by which a code can reach the client, shown so that only he recognises it."""

    way: Way
    shown: str


@dataclass(frozen=True)
class Proof:
    """Whether the code was right; a wrong one is counted."""

    right: bool


@query(permission=Permission.HUB, label="Show my ways", assistant=False)
def my_ways(work: Work) -> list[MyWay]:
    """Show by which ways a code can be sent: the phone and mailbox on file, all but their ends covered."""
    client = work.get(Client, work.actor.client_id, "client")
    profile, ways = profile_row(work.session), []
    if client.phone and profile.sms_number and client.sms_stopped_at is None:
        ways.append(MyWay("text", f"phone ending in {client.phone[-2:]}"))
    if client.email and profile.mail_address and client.mail_stopped_at is None:
        name, _, domain = client.email.partition("@")
        ways.append(MyWay("email", f"{name[:1]}…@{domain[:1]}…"))
    return ways


@operation(permission=Permission.HUB, effect=Effect.SEND, label="Send my code", assistant=False)
def send_my_code(work: Work, *, way: Way) -> Answered:
    """Send a code to the phone or mailbox on file. Raises LimitReached when that was too often."""
    client = work.get(Client, work.actor.client_id, "client")
    with office(work) as desk:
        code = new_code(desk, _PURPOSE, _address(client, way))
        _send(desk, client, way, "Your code", f"Your code is {code}. It serves for 10 minutes.")
    work.describe(f"Sent {client.name} a code")
    return Answered(client.ref, "Sent. It arrives within a minute.")


@operation(permission=Permission.HUB, effect=Effect.DRAFT, label="Type my code", assistant=False)
def check_my_code(work: Work, *, way: Way, code: Annotated[str, Field(max_length=20)]) -> Proof:
    """Tell whether a typed code is right. Five wrong ones, and a new code is needed."""
    client = work.get(Client, work.actor.client_id, "client")
    with office(work) as desk:
        return Proof(use_code(desk, _PURPOSE, _address(client, way), code))


@operation(permission=Permission.HUB, effect=Effect.SEND, label="Send me a new link", assistant=False)
def renew_my_link(work: Work, *, way: Way) -> Answered:
    """Send a new link to the phone or mailbox on file, and nowhere else: at most three a day."""
    client = work.get(Client, work.actor.client_id, "client")
    with office(work) as desk:
        lately = select(ClientLink).where(
            ClientLink.client_id == client.id, ClientLink.made_by == client.name
        )
        today = [one for one in desk.session.scalars(lately) if (work.now - one.made_at).days < 1]
        if len(today) >= 3:
            raise LimitReached("A new link was sent already. Look for it, or call us.", code="too_many")
        address = issue_link(desk, client_id=client.id)
        _send(desk, client, way, "Your new link", f"Your new link: {address}")
    work.describe(f"Sent {client.name} a new link")
    return Answered(client.ref, "Sent. It arrives within a minute.")


@operation(permission=Permission.HUB, effect=Effect.COMMIT, label="Change my link", assistant=False)
def rotate_my_link(work: Work, *, link: int) -> Answered:
    """Make a new link in place of one that was passed round; the old one leads nowhere. Returns its word."""
    with office(work) as desk:
        old = desk.session.get(ClientLink, link)
        if old is None or old.client_id != work.actor.client_id:
            raise Conflict("This link is not yours.", code="other_client")
        old.revoked_at, old.revoked_by = work.now, "OpSystem"
        new, word = issue_token(desk, old.client_id, old.about, LIVES_DAYS, only=old.only)
        ref = new.ref
    work.describe("Changed a link that was passed round")
    return Answered(ref, word)


def _address(client: Client, way: Way) -> str:
    address = client.phone if way == "text" else client.email
    if not address:
        raise Invalid("Choose where the code shall go.", code="no_address", fields={"way": "Choose one."})
    return address


def _send(desk: Work, client: Client, way: Way, subject: str, words: str) -> None:
    name = profile_row(desk.session).name
    if way == "text":
        desk.do(send_text, client=client.ref, body=f"{name}: {words}")
    else:
        desk.do(send_email, client=client.ref, subject=f"{subject} from {name}", body=words)
