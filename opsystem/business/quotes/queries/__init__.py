"""What may be asked about quotes."""

from opsystem.business.quotes.queries.ageing import quote_ageing
from opsystem.business.quotes.queries.lists import QuoteFilter, list_quotes
from opsystem.business.quotes.queries.old_prices import list_old_prices
from opsystem.business.quotes.queries.one import show_quote, show_quote_terms

__all__ = [
    "QuoteFilter",
    "list_old_prices",
    "list_quotes",
    "quote_ageing",
    "show_quote",
    "show_quote_terms",
]
