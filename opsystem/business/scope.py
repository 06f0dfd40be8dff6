"""What a technician sees: his own visits, and what belongs to them. Nothing else is there for him.

One room for all nouns, so that the whole rule can be read at once. Conditions are written over
plain tables; the session hook of `operations.scope` applies them to every ORM statement.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, false, or_, select, true

from opsystem.business.acceptance.models import Acceptance
from opsystem.business.announcing.models import Announcement
from opsystem.business.arrivals.models import Arrival, ArrivalPart
from opsystem.business.asking.models import Block, Conversation, Event, Proposal, Turn
from opsystem.business.billing import models as billing
from opsystem.business.booking.models import Service
from opsystem.business.certificates.models import Certificate
from opsystem.business.clients.consent.models import Consent
from opsystem.business.clients.merged import Merger, NotSame
from opsystem.business.clients.models import Archival, Client, Note, Property
from opsystem.business.clients.persons.models import Person
from opsystem.business.collecting.keeping import Comparison, Errand, Finding, WatchedDispute
from opsystem.business.collecting.models import Checkout, SavedMethod, StripeAccount
from opsystem.business.conversations.models import Message, MessageFile, Suppression, Thread, VendorEvent
from opsystem.business.dispatch.models import Location
from opsystem.business.equipment.models import Equipment, EquipmentFile, EquipmentService
from opsystem.business.expenses.models import Expense
from opsystem.business.exports.models import Export
from opsystem.business.fields.models import FieldValue
from opsystem.business.files.models import File, Preview, Upload, UploadPart
from opsystem.business.hours.models import DayException, SchedulingRules, ServicePostcode, WorkingTime
from opsystem.business.hub.models import Confirmation, Correction, Share, SlotHold
from opsystem.business.hub.rules import HubRules
from opsystem.business.intake.models import Request, RequestPhoto
from opsystem.business.invoices import models as invoices
from opsystem.business.joblines.models import JobLine
from opsystem.business.jobs.models import Assignment, Job, Task, Visit
from opsystem.business.jobs.stamps.models import Stamp, TimeEntry
from opsystem.business.ledger import models as ledger
from opsystem.business.links.models import ClientLink, ContactCode, LinkOpening
from opsystem.business.outside.models import CalendarLink, JobLink
from opsystem.business.payments import models as payments
from opsystem.business.prices.models import Price
from opsystem.business.quotes.models import Quote, QuoteEditing, QuoteLine, QuoteOption, QuoteTerms
from opsystem.business.record import Record
from opsystem.business.recurring.models import Series, SeriesMember
from opsystem.business.skills.models import MemberSkill
from opsystem.business.tags.models import Tag, Tagging, View
from opsystem.business.taxes import models as taxes
from opsystem.business.team.models import Member
from opsystem.business.timesheets.models import HourCost, WeekApproval
from opsystem.operations import Actor, scoped

_TABLES: dict[str, Table] = dict(Record.metadata.tables)
_ASSIGNMENT, _VISIT, _JOB = _TABLES["assignment"], _TABLES["visit"], _TABLES["job"]
_FILE, _CONVERSATION = _TABLES["file"], _TABLES["conversation"]


def _visits(actor: Actor) -> Select[tuple[int]]:
    return select(_ASSIGNMENT.c.visit_id).where(_ASSIGNMENT.c.member_id == actor.member_id)


def _jobs(actor: Actor) -> Select[tuple[int]]:
    return select(_VISIT.c.job_id).where(_VISIT.c.id.in_(_visits(actor)))


def _clients(actor: Actor) -> Select[tuple[int]]:
    return select(_JOB.c.client_id).where(_JOB.c.id.in_(_jobs(actor)))


def _properties(actor: Actor) -> CompoundSelect[tuple[int]]:
    of_jobs = select(_JOB.c.property_id).where(_JOB.c.id.in_(_jobs(actor)), _JOB.c.property_id.is_not(None))
    of_visits = select(_VISIT.c.property_id).where(
        _VISIT.c.id.in_(_visits(actor)), _VISIT.c.property_id.is_not(None)
    )
    return of_jobs.union(of_visits)


def _equipment(actor: Actor) -> Select[tuple[int]]:
    table = _TABLES["equipment"]
    return select(table.c.id).where(table.c.property_id.in_(_properties(actor)))


def _conversations(actor: Actor) -> Select[tuple[int]]:
    return select(_CONVERSATION.c.id).where(_CONVERSATION.c.member_id == actor.member_id)


@scoped(Visit)
def _(actor: Actor) -> ColumnElement[bool]:
    return Visit.id.in_(_visits(actor))


@scoped(Assignment)
def _(actor: Actor) -> ColumnElement[bool]:
    return Assignment.visit_id.in_(_visits(actor))


@scoped(Job)
def _(actor: Actor) -> ColumnElement[bool]:
    return Job.id.in_(_jobs(actor))


@scoped(Task)
def _(actor: Actor) -> ColumnElement[bool]:
    own = Task.visit_id.is_(None) | Task.visit_id.in_(_visits(actor))
    return Task.job_id.in_(_jobs(actor)) & own


@scoped(Stamp)
def _(actor: Actor) -> ColumnElement[bool]:
    return Stamp.visit_id.in_(_visits(actor))


@scoped(Announcement)
def _(actor: Actor) -> ColumnElement[bool]:
    return Announcement.visit_id.in_(_visits(actor))


@scoped(CalendarLink)
def _(actor: Actor) -> ColumnElement[bool]:
    return CalendarLink.member_id == actor.member_id


@scoped(TimeEntry)
def _(actor: Actor) -> ColumnElement[bool]:
    return TimeEntry.member_id == actor.member_id


@scoped(Expense)
def _(actor: Actor) -> ColumnElement[bool]:
    return Expense.member_id == actor.member_id


@scoped(WeekApproval)
def _(actor: Actor) -> ColumnElement[bool]:
    return WeekApproval.member_id == actor.member_id


@scoped(MemberSkill)
def _(actor: Actor) -> ColumnElement[bool]:
    return MemberSkill.member_id == actor.member_id


@scoped(JobLine)
def _(actor: Actor) -> ColumnElement[bool]:
    return JobLine.job_id.in_(_jobs(actor))


@scoped(Client)
def _(actor: Actor) -> ColumnElement[bool]:
    return Client.id.in_(_clients(actor))


@scoped(Property)
def _(actor: Actor) -> ColumnElement[bool]:
    return Property.id.in_(_properties(actor))


@scoped(Person)
def _(actor: Actor) -> ColumnElement[bool]:
    theirs = Person.client_id.in_(_clients(actor))
    return theirs & or_(Person.property_id.is_(None), Person.property_id.in_(_properties(actor)))


@scoped(FieldValue)
def _(actor: Actor) -> ColumnElement[bool]:
    amounts = select(_TABLES["field"].c.id).where(_TABLES["field"].c.type == "money")
    theirs = or_(
        FieldValue.client_id.in_(_clients(actor)),
        FieldValue.property_id.in_(_properties(actor)),
        FieldValue.job_id.in_(_jobs(actor)),
    )
    return theirs & FieldValue.field_id.not_in(amounts)


@scoped(Tagging)
def _(actor: Actor) -> ColumnElement[bool]:
    return Tagging.client_id.in_(_clients(actor))


@scoped(Tag)
def _(actor: Actor) -> ColumnElement[bool]:
    tagging = _TABLES["tagging"]
    return Tag.id.in_(select(tagging.c.tag_id).where(tagging.c.client_id.in_(_clients(actor))))


@scoped(View)
def _(actor: Actor) -> ColumnElement[bool]:
    return or_(View.member_id.is_(None), View.member_id == actor.member_id)


@scoped(Equipment)
def _(actor: Actor) -> ColumnElement[bool]:
    return Equipment.property_id.in_(_properties(actor))


@scoped(EquipmentService)
def _(actor: Actor) -> ColumnElement[bool]:
    return EquipmentService.equipment_id.in_(_equipment(actor))


@scoped(EquipmentFile)
def _(actor: Actor) -> ColumnElement[bool]:
    return EquipmentFile.equipment_id.in_(_equipment(actor))


@scoped(Archival)
@scoped(Merger)
@scoped(NotSame)
@scoped(Consent)
def _(actor: Actor) -> ColumnElement[bool]:  # noqa: ARG001
    return false()


@scoped(Share)
def _(actor: Actor) -> ColumnElement[bool]:
    return Share.file_id.in_(select(_FILE.c.id).where(_FILE.c.job_id.in_(_jobs(actor))))


@scoped(Confirmation)
def _(actor: Actor) -> ColumnElement[bool]:
    return Confirmation.visit_id.in_(_visits(actor))


@scoped(Location)
def _(actor: Actor) -> ColumnElement[bool]:
    return Location.property_id.in_(_properties(actor))


@scoped(WorkingTime)
def _(actor: Actor) -> ColumnElement[bool]:
    return or_(WorkingTime.member_id.is_(None), WorkingTime.member_id == actor.member_id)


@scoped(DayException)
def _(actor: Actor) -> ColumnElement[bool]:
    return or_(DayException.member_id.is_(None), DayException.member_id == actor.member_id)


@scoped(ServicePostcode)
@scoped(SchedulingRules)
def _(actor: Actor) -> ColumnElement[bool]:  # noqa: ARG001
    return true()


@scoped(Note)
def _(actor: Actor) -> ColumnElement[bool]:
    return Note.client_id.in_(_clients(actor)) & or_(Note.job_id.is_(None), Note.job_id.in_(_jobs(actor)))


@scoped(File)
def _(actor: Actor) -> ColumnElement[bool]:
    return File.job_id.in_(_jobs(actor))


@scoped(Preview)
def _(actor: Actor) -> ColumnElement[bool]:
    return Preview.file_id.in_(select(_FILE.c.id).where(_FILE.c.job_id.in_(_jobs(actor))))


@scoped(Certificate)
def _(actor: Actor) -> ColumnElement[bool]:
    return Certificate.member_id == actor.member_id


@scoped(Member)
def _(actor: Actor) -> ColumnElement[bool]:
    colleagues = select(_ASSIGNMENT.c.member_id).where(_ASSIGNMENT.c.visit_id.in_(_visits(actor)))
    return or_(Member.id == actor.member_id, Member.id.in_(colleagues))


@scoped(Conversation)
def _(actor: Actor) -> ColumnElement[bool]:
    return Conversation.member_id == actor.member_id


@scoped(Turn)
def _(actor: Actor) -> ColumnElement[bool]:
    return Turn.conversation_id.in_(_conversations(actor))


@scoped(Block)
def _(actor: Actor) -> ColumnElement[bool]:
    turns = select(_TABLES["turn"].c.id).where(_TABLES["turn"].c.conversation_id.in_(_conversations(actor)))
    return Block.turn_id.in_(turns)


@scoped(Event)
def _(actor: Actor) -> ColumnElement[bool]:
    return Event.conversation_id.in_(_conversations(actor))


@scoped(Proposal)
def _(actor: Actor) -> ColumnElement[bool]:
    return Proposal.conversation_id.in_(_conversations(actor))


@scoped(Thread)
@scoped(Message)
@scoped(MessageFile)
@scoped(VendorEvent)
@scoped(Suppression)
@scoped(Price)
@scoped(JobLink)
@scoped(Series)
@scoped(SeriesMember)
@scoped(Request)
@scoped(RequestPhoto)
@scoped(HourCost)
@scoped(Export)
@scoped(Quote)
@scoped(Acceptance)
@scoped(QuoteOption)
@scoped(QuoteLine)
@scoped(QuoteTerms)
@scoped(QuoteEditing)
@scoped(ClientLink)
@scoped(LinkOpening)
@scoped(ContactCode)
@scoped(Correction)
@scoped(SlotHold)
@scoped(HubRules)
@scoped(Service)
@scoped(Arrival)
@scoped(ArrivalPart)
@scoped(Upload)
@scoped(UploadPart)
def _(actor: Actor) -> ColumnElement[bool]:  # noqa: ARG001
    return false()


@scoped(taxes.TaxRate)
@scoped(taxes.TaxExemption)
@scoped(ledger.Entry)
@scoped(ledger.Posting)
@scoped(invoices.InvoiceSettings)
@scoped(invoices.InvoiceDraft)
@scoped(invoices.Invoice)
@scoped(invoices.InvoiceLine)
@scoped(invoices.InvoiceTax)
@scoped(invoices.CreditNote)
@scoped(invoices.InvoiceReminder)
@scoped(billing.ProgressContract)
@scoped(billing.ProgressStage)
@scoped(billing.BillingPlan)
@scoped(billing.ReminderPause)
@scoped(payments.Payment)
@scoped(payments.Refund)
@scoped(payments.Dispute)
@scoped(StripeAccount)
@scoped(Checkout)
@scoped(SavedMethod)
@scoped(Errand)
@scoped(WatchedDispute)
@scoped(Finding)
@scoped(Comparison)
def _(actor: Actor) -> ColumnElement[bool]:  # noqa: ARG001
    return false()
