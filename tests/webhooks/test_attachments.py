"""Files that knock with an email: kept as they are, programs left out."""

from __future__ import annotations

import json

from django.core.files.uploadedfile import SimpleUploadedFile
from sqlalchemy import select

from opsystem.business.conversations.models import VendorEvent
from opsystem.control.businesses.directory import add_channel
from tests.lifecycle.office import Office
from tests.webhooks.knocking import mail, stamp


def test_row_52_files_of_an_email_are_kept_and_programs_are_not(office: Office) -> None:
    mailbox = f"b{office.number}@mg.sandbox.test"
    add_channel(office.business, "email", mailbox)
    files = {
        "attachment-1": SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan"),
        "attachment-2": SimpleUploadedFile("invoice.pdf", b"MZ\x90\x00 a program"),
        "attachment-3": SimpleUploadedFile("run.bat", b"del *"),
        "attachment-4": SimpleUploadedFile("nothing.txt", b""),
        "other": SimpleUploadedFile("other.txt", b"not an attachment"),
    }
    assert mail(mailbox, "Plan", stamp(), "one", **files).status_code == 200  # type: ignore[arg-type]
    with office.vault.reading() as session:
        payload = json.loads(
            session.scalars(select(VendorEvent.payload).where(VendorEvent.event == "mail")).one()
        )
    (kept,) = payload["files"]
    assert kept["name"] == "plan.pdf"
    with office.vault.files.open(kept["content_id"]) as content:
        assert content.read() == b"%PDF-1.7 plan"
    assert payload["left_out"] == "invoice.pdf (a program), run.bat (a program), nothing.txt (empty)"
