"""What may be done about quotes, a room for each stretch of their life."""

from opsystem.business.quotes.operations.copying import duplicate_quote, revise_quote
from opsystem.business.quotes.operations.drafting import add_quote, edit_quote, refresh_quote_prices
from opsystem.business.quotes.operations.editing import begin_editing_quote
from opsystem.business.quotes.operations.sending import send_quote
from opsystem.business.quotes.operations.standing import archive_quote, mark_quote_sent
from opsystem.business.quotes.operations.terms import set_quote_terms

__all__ = [
    "add_quote",
    "archive_quote",
    "begin_editing_quote",
    "duplicate_quote",
    "edit_quote",
    "mark_quote_sent",
    "refresh_quote_prices",
    "revise_quote",
    "send_quote",
    "set_quote_terms",
]
