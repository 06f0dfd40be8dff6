"""A year of texts and emails, as they would stand there had they been sent and answered at their time."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from demo.founding import Founded
from demo.trades import Trade
from opsystem.business.conversations.operations import (
    mark_read,
    receive_email,
    receive_text,
    send_email,
    send_text,
    set_message_state,
)
from opsystem.business.profile.queries import business_profile
from opsystem.operations import Actor, Role

if TYPE_CHECKING:
    from demo.year import Known

_UNREAD = 6
_REMINDER = "{business}: see you {day} between {hour} and {later}. Reply here if that does not suit."


class Talks:
    """The making of one business's messages."""

    def __init__(self, founded: Founded, rng: random.Random, trade: Trade, now: datetime) -> None:
        self.founded, self.vault, self.rng, self.trade, self.now = founded, founded.vault, rng, trade, now
        self.office = founded.of(Role.OWNER, Role.OFFICE)
        profile = business_profile.ask(self.vault, self.office[0])
        self.number, self.address = profile.sms_number, profile.mail_address

    def make(self, clients: list[Known], count: int, report: Callable[[float], None]) -> None:
        """Make about `count` messages over the year, the last few of them unread."""
        made = 0
        while made < count:
            client = self.rng.choice(clients[:260])
            ago = 360 * (1 - made / count)
            at = self.now - timedelta(days=ago, minutes=self.rng.randrange(10, 500))
            open_end = count - made <= _UNREAD * 2
            made += self._talk(client, min(at, self.now - timedelta(minutes=20)), answered=not open_end)
            if made % 200 < 3:
                report(0.6 + 0.35 * made / count)
        with self.vault.mechanics() as session:
            outbox = self.vault.schema.tables.outbox
            session.execute(update(outbox).where(outbox.c.state == "queued").values(state="accepted"))

    def _talk(self, client: Known, at: datetime, *, answered: bool) -> int:
        said, answer = self.rng.choice(self.trade.talks)
        by_mail = bool(client.sample.email) and self.rng.random() < 0.2
        if self.rng.random() < 0.35:
            self._send(client, self._reminder(at), at - timedelta(hours=3), by_mail=False)
        thread = self._hear(client, said, at, by_mail=by_mail)
        if not answered:
            return 2
        mark_read.perform(self.vault, self.rng.choice(self.office), {"thread": thread}, at=at)
        self._send(client, answer, at + timedelta(minutes=self.rng.randrange(2, 60)), by_mail=by_mail)
        return 3

    def _reminder(self, at: datetime) -> str:
        hour = self.rng.randrange(8, 15)
        return _REMINDER.format(
            business=self.founded.sample.name, day=f"{at + timedelta(days=1):%A}", hour=hour, later=hour + 2
        )

    def _hear(self, client: Known, words: str, at: datetime, *, by_mail: bool) -> str:
        key = f"sample-{self.rng.getrandbits(64):x}"
        if by_mail:
            given = {"vendor_key": key, "sender": client.sample.email, "subject": "A question", "body": words}
            return receive_email.perform(self.vault, Actor.vendor("mailgun"), given, at=at).value.thread
        given = {"vendor_key": key, "sender": client.sample.phone, "to": self.number or "", "body": words}
        return receive_text.perform(self.vault, Actor.vendor("twilio"), given, at=at).value.thread

    def _send(self, client: Known, words: str, at: datetime, *, by_mail: bool) -> None:
        actor = self.rng.choice(self.office)
        if by_mail:
            given = {"client": client.ref, "subject": "Re: A question", "body": words}
            message = send_email.perform(self.vault, actor, given, at=at).value.ref
        else:
            message = send_text.perform(
                self.vault, actor, {"client": client.ref, "body": words}, at=at
            ).value.ref
        state = {
            "message": message,
            "state": "delivered",
            "vendor_id": f"sample-{self.rng.getrandbits(64):x}",
        }
        set_message_state.perform(self.vault, Actor.system(), state, at=at + timedelta(minutes=1))
