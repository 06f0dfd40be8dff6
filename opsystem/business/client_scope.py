"""What a client of the business sees by his link: his own records that are meant for him.

A table that is not named here shows a client nothing. Notes, costs, drafts and the team's own words are not
named. Conditions are written over plain tables; see `operations.scope`.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, Table, select

from opsystem.business.acceptance.models import Acceptance
from opsystem.business.clients.models import Client, Property
from opsystem.business.collecting.models import Checkout, StripeAccount
from opsystem.business.conversations.models import Message, Thread
from opsystem.business.files.models import File, Preview
from opsystem.business.hub.models import Confirmation, Correction, Share
from opsystem.business.invoices.models import Invoice
from opsystem.business.jobs.models import Assignment, Job, Visit
from opsystem.business.payments.models import Payment
from opsystem.business.profile.models import Profile
from opsystem.business.quotes.models import Quote, QuoteLine, QuoteOption
from opsystem.business.record import Record
from opsystem.business.team.models import Member
from opsystem.operations import Actor, shown_to_client

_TABLES: dict[str, Table] = dict(Record.metadata.tables)
_JOB, _VISIT, _ASSIGNMENT, _SHARE = (_TABLES[name] for name in ("job", "visit", "assignment", "share"))
_QUOTE = _TABLES["quote"]
# What has left, or is just leaving: a message that can still be taken back was never said.
_SAID = ("received", "sending", "accepted", "sent", "delivered")


def _jobs(actor: Actor) -> Select[tuple[int]]:
    return select(_JOB.c.id).where(_JOB.c.client_id == actor.client_id)


def _visits(actor: Actor) -> Select[tuple[int]]:
    return select(_VISIT.c.id).where(_VISIT.c.job_id.in_(_jobs(actor)))


def _quotes(actor: Actor) -> Select[tuple[int]]:
    # One that was withdrawn is still his to look at: it was sent to him.
    return select(_QUOTE.c.id).where(_QUOTE.c.client_id == actor.client_id, _QUOTE.c.sent_at.is_not(None))


def _files(actor: Actor) -> Select[tuple[int]]:
    return select(_SHARE.c.file_id).where(_SHARE.c.client_id == actor.client_id, _SHARE.c.ended_at.is_(None))


@shown_to_client(Profile)
def _(actor: Actor) -> ColumnElement[bool]:  # noqa: ARG001
    return Profile.id == 1


@shown_to_client(Client)
def _(actor: Actor) -> ColumnElement[bool]:
    return Client.id == actor.client_id


@shown_to_client(Property)
def _(actor: Actor) -> ColumnElement[bool]:
    return (Property.client_id == actor.client_id) & Property.removed_at.is_(None)


@shown_to_client(Job)
def _(actor: Actor) -> ColumnElement[bool]:
    return Job.client_id == actor.client_id


@shown_to_client(Visit)
def _(actor: Actor) -> ColumnElement[bool]:
    return Visit.job_id.in_(_jobs(actor))


@shown_to_client(Assignment)
def _(actor: Actor) -> ColumnElement[bool]:
    return Assignment.visit_id.in_(_visits(actor))


@shown_to_client(Member)
def _(actor: Actor) -> ColumnElement[bool]:
    return Member.id.in_(select(_ASSIGNMENT.c.member_id).where(_ASSIGNMENT.c.visit_id.in_(_visits(actor))))


@shown_to_client(File)
def _(actor: Actor) -> ColumnElement[bool]:
    return File.id.in_(_files(actor)) & (File.client_id == actor.client_id) & File.removed_at.is_(None)


@shown_to_client(Preview)
def _(actor: Actor) -> ColumnElement[bool]:
    return Preview.file_id.in_(_files(actor))


@shown_to_client(Thread)
def _(actor: Actor) -> ColumnElement[bool]:
    return Thread.client_id == actor.client_id


@shown_to_client(Message)
def _(actor: Actor) -> ColumnElement[bool]:
    return (Message.client_id == actor.client_id) & Message.state.in_(_SAID)


@shown_to_client(Share)
def _(actor: Actor) -> ColumnElement[bool]:
    return (Share.client_id == actor.client_id) & Share.ended_at.is_(None)


@shown_to_client(Confirmation)
def _(actor: Actor) -> ColumnElement[bool]:
    return Confirmation.client_id == actor.client_id


@shown_to_client(Correction)
def _(actor: Actor) -> ColumnElement[bool]:
    return Correction.client_id == actor.client_id


@shown_to_client(Quote)
def _(actor: Actor) -> ColumnElement[bool]:
    return (Quote.client_id == actor.client_id) & Quote.sent_at.is_not(None)


@shown_to_client(QuoteOption)
def _(actor: Actor) -> ColumnElement[bool]:
    return QuoteOption.quote_id.in_(_quotes(actor))


@shown_to_client(QuoteLine)
def _(actor: Actor) -> ColumnElement[bool]:
    return QuoteLine.quote_id.in_(_quotes(actor))


@shown_to_client(Acceptance)
def _(actor: Actor) -> ColumnElement[bool]:
    return Acceptance.quote_id.in_(_quotes(actor))


@shown_to_client(StripeAccount)
def _(actor: Actor) -> ColumnElement[bool]:  # noqa: ARG001
    return StripeAccount.id == 1


@shown_to_client(Checkout)
def _(actor: Actor) -> ColumnElement[bool]:
    return Checkout.client_id == actor.client_id


@shown_to_client(Payment)
def _(actor: Actor) -> ColumnElement[bool]:
    return (Payment.client_id == actor.client_id) & Payment.voided_at.is_(None)


@shown_to_client(Invoice)
def _(actor: Actor) -> ColumnElement[bool]:
    return Invoice.client_id == actor.client_id
