"""A draft as its page shows it: with taxes and sums as of today."""

from __future__ import annotations

from opsystem.business.clients.models import Client, Property
from opsystem.business.invoices.drafts import discount_of, lines_of
from opsystem.business.invoices.models import InvoiceDraft
from opsystem.business.invoices.records import DraftPage, InvoiceTaxRow
from opsystem.business.invoices.settings import settings_of
from opsystem.business.lines import totals
from opsystem.business.profile.queries import today
from opsystem.business.taxes.applying import taxes_for
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def draft_page(work: Work, draft: InvoiceDraft) -> DraftPage:
    """Return what is told about a draft."""
    client = work.get(Client, draft.client_id, "client")
    place = work.get(Property, draft.property_id, "property") if draft.property_id else None
    taxes = taxes_for(work, client, place, today(work))
    lines = lines_of(draft)
    sums = totals(lines, discount_of(draft), taxes.rates)
    terms = settings_of(work).terms_days if draft.terms_days is None else draft.terms_days
    return DraftPage(
        ref=draft.ref,
        id=draft.id,
        client=client.ref,
        client_id=client.id,
        client_name=client.name,
        property=make_ref("property", draft.property_id) if draft.property_id else None,
        job=make_ref("job", draft.job_id) if draft.job_id else None,
        title=draft.title,
        notes=draft.notes,
        lines=lines,
        discount_cents=draft.discount_cents,
        discount_milli_percent=draft.discount_milli_percent,
        terms_days=terms,
        version=draft.version,
        subtotal_cents=sums.subtotal,
        discounted_cents=sums.discount,
        taxes=[InvoiceTaxRow(one.rate.name, one.rate.milli_percent, one.cents) for one in sums.taxes],
        exempt_by=taxes.exempt_by,
        total_cents=sums.total,
        retained_cents=draft.retained_cents,
        releases=draft.releases,
        made_at=draft.made_at,
        made_by=draft.made_by,
    )
