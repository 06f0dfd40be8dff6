"""The tables of an export that a spreadsheet opens: human columns, names beside numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Table, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from opsystem.business.checklists.models import Checklist, ChecklistItem
from opsystem.business.clients.models import Client, Note, Property
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.jobs.models import Assignment, Job, Task, Visit
from opsystem.business.prices.models import Price
from opsystem.business.record import Record
from opsystem.business.team.models import Member
from opsystem.business.templates.models import Template
from opsystem.lifecycle.exporting.reading import AnyRow, AnySelect, Words, in_batches
from opsystem.lifecycle.exporting.source import Source
from opsystem.operations import Role
from opsystem.vault.archives.csv_cells import Cell

Cells = Callable[[AnyRow, Words], tuple[Cell, ...]]


@dataclass(frozen=True)
class Sheet:
    """One table: its file, what it holds in words, its columns, and where they come from."""

    file: str
    about: str
    columns: str
    statement: AnySelect
    key: InstrumentedAttribute[int]
    cells: Cells

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [name.strip() for name in self.columns.split(",")]

    def rows(self, source: Source, words: Words) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows, read as they are taken."""
        for batch in in_batches(source, self.statement, self.key):
            for row in batch:
                yield self.cells(row, words)


def _ref(row: Record | None) -> str:
    return "" if row is None else row.ref


def _amount(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


def job_state(job: Job) -> str:
    """Return where a job stands, in a word."""
    if job.cancelled_at:
        return "Cancelled"
    return "Done" if job.completed_at else "Open"


def visit_state(visit: Visit) -> str:
    """Return where a visit stands, in a word."""
    if visit.cancelled_at:
        return "Cancelled"
    if visit.finished_at:
        return "Finished"
    return "Started" if visit.started_at else "Planned"


# Who goes to a visit, in one cell.
PEOPLE = (
    select(func.group_concat(Member.name, ", "))
    .join(Assignment, Assignment.member_id == Member.id)
    .where(Assignment.visit_id == Visit.id)
    .scalar_subquery()
    .label("people")
)
_ITEM_LIST = aliased(Checklist)

SHEETS = (
    Sheet(
        "Clients.csv",
        "Everyone you work for",
        "Number, Name, Company, Phone, Email, Notes, Since, Wants no texts since, Wants no emails since,"
        " Archived, Archived by, Bill to, Bill street, Bill city, Bill state, Bill ZIP, Do not service,"
        " Reason",
        select(Client),
        Client.id,
        lambda row, words: (
            row.Client.ref, row.Client.name, row.Client.company, words.phone(row.Client.phone),
            row.Client.email, row.Client.notes, words.at(row.Client.created_at),
            words.at(row.Client.sms_stopped_at), words.at(row.Client.mail_stopped_at),
            words.at(row.Client.archived_at), row.Client.archived_by, row.Client.bill_name,
            row.Client.bill_street, row.Client.bill_city, row.Client.bill_state, row.Client.bill_postcode,
            words.at(row.Client.refused_at), row.Client.refused_reason,
        ),
    ),
    Sheet(
        "Properties.csv",
        "The places you work at",
        "Number, Client, Client number, Called, Street, City, State, ZIP, Getting in, Removed, Removed by",
        select(Property, Client).join(Client, Client.id == Property.client_id),
        Property.id,
        lambda row, words: (
            row.Property.ref, row.Client.name, row.Client.ref, row.Property.label, row.Property.street,
            row.Property.city, row.Property.state, row.Property.postcode, row.Property.access_notes,
            words.at(row.Property.removed_at), row.Property.removed_by,
        ),
    ),
    Sheet(
        "Jobs.csv",
        "The work, and where each job stands",
        "Number, Job, Client, Client number, Place, Place number, State, Notes, Made, Made by, Done, Done by,"
        " Cancelled, Cancelled by",
        select(Job, Client, Property)
        .join(Client, Client.id == Job.client_id)
        .outerjoin(Property, Property.id == Job.property_id),
        Job.id,
        lambda row, words: (
            row.Job.ref, row.Job.title, row.Client.name, row.Client.ref,
            row.Property.address if row.Property else "", _ref(row.Property), job_state(row.Job),
            row.Job.notes, words.at(row.Job.created_at), row.Job.created_by, words.at(row.Job.completed_at),
            row.Job.completed_by, words.at(row.Job.cancelled_at), row.Job.cancelled_by,
        ),
    ),
    Sheet(
        "Visits.csv",
        "When somebody goes where",
        "Number, Job, Job number, Client, Client number, Starts, Ends, People, State, Instructions, Started,"
        " Started by, Finished, Finished by, Cancelled, Cancelled by",
        select(Visit, Job, Client, PEOPLE)
        .join(Job, Job.id == Visit.job_id)
        .join(Client, Client.id == Job.client_id),
        Visit.id,
        lambda row, words: (
            row.Visit.ref, row.Job.title, row.Job.ref, row.Client.name, row.Client.ref,
            words.at(row.Visit.starts_at), words.at(row.Visit.ends_at), row.people, visit_state(row.Visit),
            row.Visit.instructions, words.at(row.Visit.started_at), row.Visit.started_by,
            words.at(row.Visit.finished_at), row.Visit.finished_by, words.at(row.Visit.cancelled_at),
            row.Visit.cancelled_by,
        ),
    ),
    Sheet(
        "Job checklists.csv",
        "What was to be done on each job, and who ticked it",
        "Job, Job number, Line, To do, Done, Done by",
        select(Task, Job).join(Job, Job.id == Task.job_id),
        Task.id,
        lambda row, words: (
            row.Job.title, row.Job.ref, row.Task.position, row.Task.text, words.at(row.Task.done_at),
            row.Task.done_by,
        ),
    ),
    Sheet(
        "Messages.csv",
        "Every text and email, in and out",
        "Number, When, Direction, Sent as, Client, Client number, Address, Subject, Message, Written by,"
        " Drafted by Claude, State, Problem, About",
        select(Message, Thread, Client)
        .join(Thread, Thread.id == Message.thread_id)
        .outerjoin(Client, Client.id == Message.client_id),
        Message.id,
        lambda row, words: (
            row.Message.ref, words.at(row.Message.created_at), "in" if row.Message.inbound else "out",
            "text" if row.Message.channel == "sms" else "email", row.Client.name if row.Client else "",
            _ref(row.Client),
            words.phone(row.Thread.address) if row.Message.channel == "sms" else row.Thread.address,
            row.Message.subject, row.Message.body, row.Message.author, row.Message.by_assistant,
            row.Message.state, row.Message.problem, row.Message.about,
        ),
    ),
    Sheet(
        "Notes.csv",
        "What was written down",
        "Number, When, Client, Client number, Job, Job number, Note, Written by",
        select(Note, Client, Job)
        .join(Client, Client.id == Note.client_id)
        .outerjoin(Job, Job.id == Note.job_id),
        Note.id,
        lambda row, words: (
            row.Note.ref, words.at(row.Note.created_at), row.Client.name, row.Client.ref,
            row.Job.title if row.Job else "", _ref(row.Job), row.Note.body, row.Note.author,
        ),
    ),
    Sheet(
        "Prices.csv",
        "The price list, in US dollars",
        "Number, Name, Category, For one, Price, Cost, Sales tax, Minutes, Still a suggestion, Removed,"
        " Removed by",
        select(Price),
        Price.id,
        lambda row, words: (
            row.Price.ref, row.Price.name, row.Price.category, row.Price.unit, _amount(row.Price.price_cents),
            _amount(row.Price.cost_cents), row.Price.taxable, row.Price.minutes, row.Price.suggested,
            words.at(row.Price.removed_at), row.Price.removed_by,
        ),
    ),
    Sheet(
        "Checklists.csv",
        "What jobs begin with",
        "Checklist, Checklist number, Line, To do",
        select(ChecklistItem, _ITEM_LIST).join(_ITEM_LIST, _ITEM_LIST.id == ChecklistItem.checklist_id),
        ChecklistItem.id,
        lambda row, _: (row[1].name, row[1].ref, row.ChecklistItem.position, row.ChecklistItem.text),
    ),
    Sheet(
        "Message templates.csv",
        "Words you send often",
        "Number, Name, Sent as, Subject, Message, Still a suggestion",
        select(Template),
        Template.id,
        lambda row, _: (
            row.Template.ref, row.Template.name, "text" if row.Template.channel == "sms" else "email",
            row.Template.subject, row.Template.body, row.Template.suggested,
        ),
    ),
    Sheet(
        "Team.csv",
        "Who works or worked here",
        "Number, Name, Email, Phone, Role, Joined, Removed, Removed by",
        select(Member),
        Member.id,
        lambda row, words: (
            row.Member.ref, row.Member.name, row.Member.email, words.phone(row.Member.phone),
            Role(row.Member.role).title, words.at(row.Member.joined_at), words.at(row.Member.removed_at),
            row.Member.removed_by,
        ),
    ),
)  # fmt: skip


def ledgers(source: Source) -> tuple[tuple[str, str, list[str], Table, Cells], ...]:
    """Return the tables the vault keeps by itself: file, words, header, table, cells of a row."""
    tables = source.schema.tables
    return (
        (
            "History.csv",
            "Everything that was done, by whom",
            ["Number", "When", "Who", "As", "What was done", "Takes back", "Taken back by"],
            tables.change_set,
            lambda row, words: (
                f"H-{row.id}", words.at(row.at), row.actor_name, row.actor_kind, row.label,
                f"H-{row.undoes_id}" if row.undoes_id else "",
                f"H-{row.undone_by_id}" if row.undone_by_id else "",
            ),
        ),
        (
            "Who was told what.csv",
            "What left the vault: to whom, why, how much",
            ["When", "To", "Why", "Sorts of data", "Bytes", "Started by", "About"],
            tables.disclosure,
            lambda row, words: (
                words.at(row.at), row.vendor, row.purpose, row.categories, row.bytes, row.initiator, row.ref,
            ),
        ),
    )  # fmt: skip
