"""A person's mail to one of the domains, and where the routes send it."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from sandbox.arrival import CannotArriveError
from sandbox.call import RefusalError
from sandbox.mailgun.addresses import plain_addresses
from sandbox.mailgun.records import rfc_date
from sandbox.mailgun.routes import forward_url, matching
from sandbox.mailgun.signature import new_stamp
from sandbox.world import World


@dataclass(frozen=True)
class Letter:
    """What a person writes. `sender` may have a name: "Bob <bob@example.net>"."""

    sender: str
    recipient: str
    subject: str
    text: str
    html: str = ""
    answers: str = ""  # the Message-Id it replies to, without angle brackets


def receive(world: World, letter: Letter) -> str:
    """Take a mail in and give its message id, without angle brackets."""
    sender, recipient = _address(letter.sender), _address(letter.recipient)
    domain = recipient.partition("@")[2]
    if domain not in world.settings.mail_domains:
        raise CannotArriveError(
            f"No mail for {domain} comes here, only for {', '.join(world.settings.mail_domains)}."
        )
    if not letter.text.strip() and not letter.html.strip():
        raise CannotArriveError("The mail is empty.")
    message_id = f"{secrets.token_hex(12)}@{sender.partition('@')[2]}"
    headers = _headers(world, letter, recipient, message_id)
    with world.store.writing():
        mail = world.store.add(
            "mails", domain=domain, direction="inbound", message_id=message_id, sender=headers["From"],
            recipients=json.dumps([recipient]), to_header=headers["To"], subject=letter.subject,
            text=letter.text, html=letter.html, headers=json.dumps(headers), variables="{}", tags="[]",
            attachments="[]", size=len(letter.text) + len(letter.html), created=world.now(),
        )  # fmt: skip
        world.store.add("mail_recipients", mail=mail, address=sender, state="received")
        fields = _fields(letter, sender, recipient, headers)
        times, _ = world.faults.callbacks("mailgun", "routes.forward", fields)
        for url in _targets(world, recipient, headers):
            content = {"form": fields, "stamp": new_stamp()}
            world.errands.call("mailgun", f"mail-{mail}", "route", url, content, times=times)
    return message_id


def _targets(world: World, recipient: str, headers: dict[str, str]) -> list[str]:
    if world.store.one("SELECT 1 FROM mail_routes"):
        urls = [forward_url(action) for actions in matching(world, recipient, headers) for action in actions]
        return [url for url in urls if url]
    return [world.settings.mail_route_url] if world.settings.mail_route_url else []


def _address(text: str) -> str:
    try:
        addresses = plain_addresses("address", [text])
    except RefusalError:
        addresses = []
    if len(addresses) != 1:
        raise CannotArriveError(f"{text or 'Nothing'} is not a mail address such as ana@example.com.")
    return addresses[0]


def _headers(world: World, letter: Letter, recipient: str, message_id: str) -> dict[str, str]:
    name, address = parseaddr(letter.sender)
    headers = {
        "From": formataddr((name, address)) if name else address,
        "To": letter.recipient or recipient,
        "Subject": letter.subject,
        "Date": rfc_date(world.now()),
        "Message-Id": f"<{message_id}>",
        "Mime-Version": "1.0",
        "X-Mailgun-Incoming": "Yes",
    }
    if letter.answers:
        headers |= {"In-Reply-To": f"<{letter.answers}>", "References": f"<{letter.answers}>"}
    return headers


def _fields(letter: Letter, sender: str, recipient: str, headers: dict[str, str]) -> dict[str, str]:
    """The form of a forwarded mail: Mailgun's own fields, and every header as a field as well."""
    stripped, signature = strip(letter.text)
    fields = {
        "recipient": recipient,
        "sender": sender,
        "from": headers["From"],
        "subject": letter.subject,
        "body-plain": letter.text.replace("\r\n", "\n").replace("\n", "\r\n"),
        "stripped-text": stripped,
        "stripped-signature": signature,
        "message-headers": json.dumps([[name, value] for name, value in headers.items()]),
    }
    if letter.html:
        fields |= {"body-html": letter.html, "stripped-html": letter.html}
    return fields | headers


def strip(text: str) -> tuple[str, str]:
    """A reply's own words and its signature, without what it quotes."""
    lines = text.replace("\r\n", "\n").split("\n")
    own: list[str] = []
    for line in lines:
        if line.startswith(">") or re.match(r"On .+ wrote:\s*$", line):
            break
        own.append(line)
    words, _, signature = "\n".join(own).partition("\n-- \n")
    return words.strip(), signature.strip()
