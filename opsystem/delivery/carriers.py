"""How each channel sends, and how it is asked whether it took something.

The one place where an outbox row becomes a vendor's request.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from email.headerregistry import Address

from opsystem.business.printing.enclosing import Enclosure
from opsystem.delivery.attempts import Parcel
from opsystem.delivery.site import Site
from opsystem.kit.refs import make_ref
from opsystem.vault.disclosures import DisclosureLedger
from opsystem.vendors import mailgun, twilio

# Clocks differ a little; Twilio's own dates have whole seconds.
_EARLIER = timedelta(seconds=60)


def message_id_of(parcel: Parcel, vault_id: str, site: Site) -> str:
    """Return the Message-Id of a mail: the same for every attempt, so that mailboxes drop a copy."""
    return f"{vault_id}.{parcel.message_id}@{site.mailgun.domain}"


def send(
    site: Site, ledger: DisclosureLedger, business_number: int, parcel: Parcel, enclosed: Sequence[Enclosure]
) -> str:
    """Send a parcel with what goes along; return the vendor's id for it. Raises GatewayError."""
    ref = make_ref("message", parcel.message_id)
    payload = parcel.payload
    if parcel.channel == "sms":
        return twilio.send_text(
            site.twilio,
            to=payload["to"],
            sender=payload["sender"],
            body=payload["body"],
            status_callback=site.status_callback(business_number, parcel.token),
            ledger=ledger,
            ref=ref,
            initiator=parcel.initiator,
        ).vendor_id
    return mailgun.send_mail(
        site.mailgun,
        to=payload["to"],
        sender=str(Address(payload.get("sender_name", ""), addr_spec=payload["sender"])),
        subject=payload["subject"],
        text=payload["body"],
        message_id=message_id_of(parcel, ledger.vault.id, site),
        attachments=[(one.name, one.content, one.media_type) for one in enclosed],
        variables={"attempt": parcel.token, "business": str(business_number)},
        ledger=ledger,
        ref=ref,
        initiator=parcel.initiator,
    ).vendor_id


def ask(site: Site, ledger: DisclosureLedger, parcel: Parcel, known: Collection[str]) -> str | None:
    """Ask the vendor whether it took a parcel whose answer was lost; return its id, None when it has not.

    Raises GatewayError when it cannot be asked.
    """
    ref = make_ref("message", parcel.message_id)
    payload = parcel.payload
    since = parcel.intent_at - _EARLIER
    if parcel.channel == "sms":
        texts = twilio.find_texts(
            site.twilio,
            to=payload["to"],
            sender=payload["sender"],
            since=since,
            ledger=ledger,
            ref=ref,
            initiator=parcel.initiator,
        )
        matching = [text for text in texts if text.body == payload["body"] and text.vendor_id not in known]
        return matching[-1].vendor_id if matching else None
    message_id = message_id_of(parcel, ledger.vault.id, site)
    events = mailgun.find_mail(
        site.mailgun, message_id, since=since, ledger=ledger, ref=ref, initiator=parcel.initiator
    )
    return message_id if events else None
