"""Where the feed comes from: a line a kind of event. A noun that wants to be in it adds its line here.

Expressions are SQL over the table itself; row scope and permission narrow each source as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from opsystem.operations import Permission


@dataclass(frozen=True)
class Source:
    """Rows of one table as events: when, by whom, in which words. `kind` is what the feed is filtered by."""

    kind: str
    table: str
    at: str
    what: str
    permission: Permission
    text: str = "''"
    by: str = "''"
    where: str = "1"


_DOLLARS = "printf('$%,d.%02d', {0} / 100, {0} % 100)"

SOURCES = (
    Source(
        "message", "message", "message.created_at",
        "CASE WHEN message.inbound THEN 'Wrote' ELSE 'Sent' END"
        " || CASE message.channel WHEN 'sms' THEN ' a text' ELSE ' an email' END",
        Permission.MESSAGES_READ,
        text="coalesce(nullif(message.subject, ''), substr(message.body, 1, 300))", by="message.author",
    ),
    Source(
        "visit", "visit", "visit.starts_at",
        "CASE WHEN visit.cancelled_at IS NOT NULL THEN 'Visit cancelled'"
        " WHEN visit.finished_at IS NOT NULL THEN 'Visit done' ELSE 'Visit' END",
        Permission.JOBS_READ, text="(SELECT title FROM job WHERE id = visit.job_id)",
        by="coalesce(visit.finished_by, visit.cancelled_by, '')",
    ),
    Source(
        "job", "job", "job.created_at", "'Job booked'", Permission.JOBS_READ, "job.title", "job.created_by",
    ),
    Source(
        "job", "job", "job.completed_at", "'Job done'", Permission.JOBS_READ, "job.title",
        "job.completed_by", "job.completed_at IS NOT NULL",
    ),
    Source("note", "note", "note.created_at", "'Note'", Permission.CLIENTS_READ, "note.body", "note.author"),
    Source(
        "file", "file", "file.added_at", "CASE WHEN file.is_photo THEN 'Photo' ELSE 'File' END",
        Permission.FILES_READ,
        "file.name || CASE file.caption WHEN '' THEN '' ELSE ' · ' || file.caption END",
        "file.added_by", "file.removed_at IS NULL",
    ),
    Source(
        "money", "quote", "quote.sent_at", "'Quote sent'", Permission.MONEY_READ, "quote.title",
        "quote.sent_by", "quote.sent_at IS NOT NULL",
    ),
    Source(
        "money", "quote", "quote.accepted_at", "'Quote accepted'", Permission.MONEY_READ, "quote.title",
        "quote.accepted_by", "quote.accepted_at IS NOT NULL",
    ),
    Source(
        "money", "invoice", "invoice.issued_at", "'Invoice ' || " + _DOLLARS.format("invoice.total_cents"),
        Permission.MONEY_READ, "invoice.title", "invoice.issued_by",
    ),
    Source(
        "money", "payment", "payment.at", "'Paid ' || " + _DOLLARS.format("payment.cents"),
        Permission.MONEY_READ, "payment.method", "payment.by", "payment.voided_at IS NULL",
    ),
)  # fmt: skip
