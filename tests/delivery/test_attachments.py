"""Emails with files: the invoice as PDF, files of the client, and what comes in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from opsystem.business.billing.operations import send_invoice
from opsystem.business.clients.operations import add_client
from opsystem.business.conversations.operations import receive_email, send_email
from opsystem.business.conversations.queries import show_thread
from opsystem.business.files.operations import add_file
from opsystem.business.invoices.operations import draft_invoice, issue_invoice
from opsystem.kit.errors import Invalid
from opsystem.operations import Actor
from tests.business.opening import ALICE
from tests.delivery.post import Post


def stored(post: Post, content: bytes, name: str, client: str) -> str:
    content_id = post.vault.files.write([content], limit=20_000_000).content_id
    given = {"content_id": content_id, "name": name, "client": client}
    return add_file.perform(post.vault, ALICE, given).value.ref


def test_row_52_an_invoice_is_emailed_as_pdf_with_the_files_chosen(post: Post) -> None:
    lines = [{"description": "Tank", "unit_cents": 90_000}]
    draft = draft_invoice.perform(post.vault, ALICE, {"client": post.maria, "lines": lines}).value.ref
    invoice = issue_invoice.perform(post.vault, ALICE, {"draft": draft}).value.ref
    photo = stored(post, b"Before the work", "before.txt", post.maria)
    post.mail("Nothing with it")
    given = {"invoice": invoice, "channel": "email", "files": [photo]}
    queued = send_invoice.perform(post.vault, ALICE, given).value
    post.run_until(queued.ref, "accepted")
    enclosed = [one for mail in post.vendors.mails("maria@example.com") for one in _attachments(mail)]
    assert [(one["filename"], one["content-type"]) for one in enclosed] == [
        (f"Invoice {invoice}.pdf", "application/pdf"),
        ("before.txt", "text/plain"),
    ]
    assert enclosed[0]["size"] > 5_000
    said = [row for row in post.rows("disclosure") if row.ref == queued.ref]
    assert said and said[0].bytes > enclosed[0]["size"], "the ledger counts what goes along"
    (_, message) = show_thread.ask(post.vault, ALICE, {"thread": queued.thread}).messages
    assert message.with_paper and [one.name for one in message.files] == ["before.txt"]


def test_row_52_what_is_too_much_or_somebody_elses_is_refused_with_the_sum(post: Post) -> None:
    zoe = add_client.perform(post.vault, ALICE, {"name": "Zoe"}).value.ref
    mail = {"client": post.maria, "subject": "Photos", "body": "Here."}
    big = [stored(post, bytes([n]) * 6_000_000, f"{n}.bin", post.maria) for n in (1, 2)]
    with pytest.raises(Invalid, match=r"12\.0 MB"):
        send_email.perform(post.vault, ALICE, {**mail, "files": big})
    with pytest.raises(Invalid, match="not a file of Maria"):
        send_email.perform(post.vault, ALICE, {**mail, "files": [stored(post, b"x", "x.txt", zoe)]})
    with pytest.raises(Invalid):
        send_email.perform(post.vault, ALICE, {**mail, "with_paper": True})
    assert post.rows("message") == []


def test_row_52_files_that_come_by_email_are_the_clients_and_stand_in_the_thread(post: Post) -> None:
    content_id = post.vault.files.write([b"%PDF-1.7 plan"], limit=1_000).content_id
    files = [{"content_id": content_id, "name": "../../etc/plan\u202efdp.pdf"}]
    mail = {
        "vendor_key": "one",
        "sender": "maria@example.com",
        "files": files,
        "left_out": "x.exe (a program)",
    }
    came = [receive_email.perform(post.vault, Actor.vendor("mailgun"), mail).value for _ in range(2)]
    (message,) = show_thread.ask(post.vault, ALICE, {"thread": came[0].thread}).messages
    assert [one.name for one in message.files] == ["planfdp.pdf"]
    assert message.left_out == "x.exe (a program)"
    (file,) = post.rows("file")
    assert (file.client_id, file.media_type) == (1, "application/pdf")


def _attachments(mail: dict[str, Any]) -> list[dict[str, Any]]:
    told = mail.get("attachments", [])
    found: list[dict[str, Any]] = json.loads(told) if isinstance(told, str) else told
    return found
