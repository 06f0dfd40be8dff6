"""How an acceptance is told."""

from __future__ import annotations

import json

from sqlalchemy import select

from opsystem.business.acceptance.models import Acceptance
from opsystem.business.acceptance.records import AcceptanceRecord
from opsystem.business.quotes.models import QuoteOption
from opsystem.kit.refs import make_ref
from opsystem.operations import Work


def acceptance_of(work: Work, quote_id: int) -> Acceptance | None:
    """Return the acceptance of a quote, if it was accepted."""
    return work.session.scalar(select(Acceptance).where(Acceptance.quote_id == quote_id))


def acceptance_record(work: Work, row: Acceptance, *, already: bool = False) -> AcceptanceRecord:
    """Return what is told about an acceptance."""
    option = work.session.get(QuoteOption, row.option_id)
    return AcceptanceRecord(
        quote=make_ref("quote", row.quote_id),
        quote_id=row.quote_id,
        option=row.option_id,
        option_name=option.name if option is not None else "",
        lines=json.loads(row.lines),
        name=row.name,
        signature=row.signature,
        terms_version=row.terms_version,
        ip=row.ip,
        device=row.device,
        document_hash=row.document_hash,
        pdf_hash=row.pdf_hash,
        agreement_hash=row.agreement_hash,
        total_cents=row.total_cents,
        deposit_cents=row.deposit_cents,
        pays_all=row.pays_all,
        due_now_cents=row.total_cents if row.pays_all else row.deposit_cents,
        on_behalf=row.on_behalf,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
        already=already,
    )
