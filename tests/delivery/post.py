"""A vault whose messages leave through the real gateways, to the sandbox's vendors."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from opsystem.business.conversations.models import Message
from opsystem.business.conversations.operations import send_email, send_text
from opsystem.business.profile.operations import edit_profile
from opsystem.delivery import lane
from opsystem.delivery.site import Site
from opsystem.kit.refs import parse_ref
from opsystem.operations import Actor
from opsystem.vault import Vault
from opsystem.vendors.accounts import MailgunConfig, TwilioConfig
from sandbox.testing import Running
from tests.business.opening import ALICE

NUMBER = 4711
MOMENT = timedelta(milliseconds=30)
LONG = timedelta(hours=1)


def site_of(vendors: Running, *, read_seconds: float = 10, claim: timedelta = LONG) -> Site:
    """Return an installation that talks to these vendors and has little patience."""
    return Site(
        "http://localhost:9",
        TwilioConfig(
            vendors.account_sid,
            vendors.auth_token,
            vendors.twilio_url,
            allow_loopback=True,
            read_seconds=read_seconds,
        ),
        MailgunConfig(
            vendors.mailgun_key,
            vendors.mail_domain,
            vendors.signing_key,
            vendors.mailgun_url,
            allow_loopback=True,
        ),
        ask_after=(MOMENT, MOMENT, MOMENT),
        claim=claim,
    )


@dataclass
class Post:
    """Alice's post room."""

    vault: Vault
    vendors: Running
    site: Site
    maria: str

    def write(self, body: str, actor: Actor = ALICE, *, hold: int = 0) -> str:
        """Queue a text to Maria; return its reference."""
        edit_profile.perform(self.vault, ALICE, {"sms_hold": hold, "mail_hold": hold})
        return send_text.perform(self.vault, actor, {"client": self.maria, "body": body}).value.ref

    def mail(self, subject: str, body: str = "See you.") -> str:
        """Queue an email to Maria; return its reference."""
        edit_profile.perform(self.vault, ALICE, {"sms_hold": 0, "mail_hold": 0})
        given = {"client": self.maria, "subject": subject, "body": body}
        return send_email.perform(self.vault, ALICE, given).value.ref

    def run(self) -> Any:
        """Let the worker look once."""
        return lane.run(self.vault, NUMBER, self.site, lambda: True)

    def run_until(self, ref: str, *states: str, seconds: float = 15) -> str:
        """Let the worker look until a message is in one of these states; return its problem."""
        ends = time.monotonic() + seconds
        while True:
            self.run()
            message = self.message(ref)
            if message.state in states:
                return message.problem or ""
            assert time.monotonic() < ends, f"{ref} is {message.state}, not {states}"
            time.sleep(0.02)

    def message(self, ref: str) -> Message:
        """Return a message as it is."""
        with self.vault.reading() as session:
            return session.get_one(Message, parse_ref(ref)[1])

    def rows(self, name: str) -> list[Any]:
        """Return every row of one of the vault's own tables."""
        table = self.vault.schema.metadata.tables[name]
        with self.vault.reading() as session:
            return list(session.execute(select(table).order_by(table.c.id)))

    def hurry(self) -> None:
        """Let everything that waits be due now."""
        outbox = self.vault.schema.tables.outbox
        with self.vault.mechanics() as session:
            waiting = outbox.c.state.in_(("queued", "sending", "unknown"))
            session.execute(outbox.update().where(waiting).values(due_at=outbox.c.created_at))

    def bodies(self) -> list[str]:
        """Return what Maria's phone has got, the oldest first."""
        return sorted(one["body"] for one in self.vendors.texts())
