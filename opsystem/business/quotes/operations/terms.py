"""The terms a client agrees to with a quote."""

from __future__ import annotations

from opsystem.business.quotes.freezing import terms_now
from opsystem.business.quotes.models import QuoteTerms
from opsystem.business.quotes.records import TermsRecord
from opsystem.business.wording import Words
from opsystem.operations import Effect, Permission, Work, operation


@operation(permission=Permission.SETTINGS_MANAGE, effect=Effect.COMMIT, label="Set quote terms")
def set_quote_terms(work: Work, *, body: Words) -> TermsRecord:
    """Set the terms that stand on every quote sent from now on, as a new version; empty text for none.

    Quotes that were sent keep the version they went out with.
    """
    now = terms_now(work)
    if now is not None and now.body == body:
        return TermsRecord(now.id, now.body, now.set_at, now.set_by)
    terms = QuoteTerms(body=body, set_at=work.now, set_by=work.actor.name)
    work.session.add(terms)
    work.session.flush()
    work.describe(f"Set version {terms.id} of the terms for quotes")
    return TermsRecord(terms.id, terms.body, terms.set_at, terms.set_by)
