"""How long quotes have waited for an answer."""

from __future__ import annotations

from opsystem.business.quotes.queries.lists import open_quotes, quote_rows
from opsystem.business.quotes.records import Bucket
from opsystem.business.quotes.states import today_of
from opsystem.operations import Permission, Work, query

_BUCKETS = ((3, "0 to 3 days"), (7, "4 to 7 days"), (14, "8 to 14 days"), (10**6, "over 14 days"))


@query(permission=Permission.MONEY_READ, label="Show how long quotes wait")
def quote_ageing(work: Work) -> list[Bucket]:
    """Show how many quotes wait for an answer since how many days, with their totals in US cents."""
    counts = {label: [0, 0] for _, label in _BUCKETS}
    for row in quote_rows(work, open_quotes(today_of(work))):
        days = (work.now - row.since).days
        label = next(label for most, label in _BUCKETS if days <= most)
        counts[label][0] += 1
        counts[label][1] += row.total_cents
    return [Bucket(label, number, cents) for label, (number, cents) in counts.items()]
