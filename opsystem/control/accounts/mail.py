"""Account mail on its way to Mailgun: Django's mail backend over our gateway.

Nothing is queued: the person waits at the screen for the code. A second letter after a lost answer is
harmless: only the newest code counts.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from opsystem.control.audit.ledger import AccountLedger
from opsystem.control.installation import installation
from opsystem.vendors.errors import GatewayError
from opsystem.vendors.mailgun import send_mail


class MailgunBackend(BaseEmailBackend):
    """Sends each message to each of its addresses apart. Raises GatewayError for one not taken."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send the messages; answers how many Mailgun took."""
        sent = 0
        for message in email_messages:
            for address in message.to:
                sent += self._send(message, address)
        return sent

    def _send(self, message: EmailMessage, address: str) -> int:
        mailgun = installation().mailgun
        letter_id = uuid.uuid4().hex
        try:
            send_mail(
                mailgun,
                to=address,
                sender=message.from_email,
                subject=str(message.subject),
                text=str(message.body),
                message_id=f"{letter_id}@{mailgun.domain}",
                headers={"Auto-Submitted": "auto-generated"},
                ledger=AccountLedger(),
                ref=f"letter {letter_id}",
                initiator="account",
            )
        except GatewayError:
            if self.fail_silently:
                return 0
            raise
        return 1
