"""How rows of clients are told. What is asked of a client across nouns is asked in `overview`."""

from __future__ import annotations

from sqlalchemy import select

from opsystem.business.clients.models import Client, Note, Property
from opsystem.business.clients.records import ClientRecord, NoteRecord, PropertyRecord
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def client_record(client: Client) -> ClientRecord:
    """Return what is told about a client itself."""
    return ClientRecord(
        ref=client.ref,
        id=client.id,
        name=client.name,
        company=client.company,
        phone=client.phone,
        email=client.email,
        notes=client.notes,
        created_at=client.created_at,
        sms_stopped_at=client.sms_stopped_at,
        mail_stopped_at=client.mail_stopped_at,
        bill_name=client.bill_name,
        bill_street=client.bill_street,
        bill_city=client.bill_city,
        bill_state=client.bill_state,
        bill_postcode=client.bill_postcode,
        refused_at=client.refused_at,
        refused_by=client.refused_by,
        refused_reason=client.refused_reason,
        archived_at=client.archived_at,
        archived_by=client.archived_by,
    )


def property_record(place: Property, *, access: bool) -> PropertyRecord:
    """Return what is told about a property; with `access`, its access notes too."""
    return PropertyRecord(
        ref=place.ref,
        id=place.id,
        client=make_ref("client", place.client_id),
        label=place.label,
        street=place.street,
        city=place.city,
        state=place.state,
        postcode=place.postcode,
        access_notes=place.access_notes if access else None,
        address=place.address,
    )


def note_record(note: Note) -> NoteRecord:
    """Return what is told about a note."""
    return NoteRecord(
        ref=note.ref,
        id=note.id,
        about=make_ref("job", note.job_id) if note.job_id else make_ref("client", note.client_id),
        body=note.body,
        author=note.author,
        created_at=note.created_at,
    )


def properties_of(work: Work, client_id: int) -> list[Property]:
    """Return a client's properties, the first one entered first."""
    statement = (
        select(Property)
        .where(Property.client_id == client_id, Property.removed_at.is_(None))
        .order_by(Property.id)
    )
    return list(work.session.scalars(statement))
