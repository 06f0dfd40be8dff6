"""What papers show: words and amounts as they are to be read, in the order they are to be read.

Amounts, days and quantities are text already, so that a template decides nothing but where they stand.
Pictures are JPEG bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Picture:
    """A picture: JPEG bytes, and in words what is to be seen."""

    jpeg: bytes = field(repr=False)
    words: str
    width: int
    height: int


@dataclass(frozen=True)
class Letterhead:
    """The business as its papers show it. `colour`, like `#255b9c`, is darkened if it could not be read."""

    name: str
    lines: tuple[str, ...] = ()
    colour: str = "#255b9c"
    logo: Picture | None = None


@dataclass(frozen=True)
class Block:
    """A few lines under a small heading: who is billed, where the work is."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """One name and one value: `Due` and `Dec 3, 2026`."""

    name: str
    value: str


@dataclass(frozen=True)
class Head:
    """What stands at the top of every paper. `stamp` is one word of its state, like `Paid`."""

    business: Letterhead
    title: str
    ref: str
    facts: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    stamp: str = ""


@dataclass(frozen=True)
class PaperLine:
    """One line of work or material. `mark` is a short word at its side, like `Optional` or `Not taxed`."""

    description: str
    quantity: str
    unit: str
    amount: str
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Sum:
    """One row of totals; the strong one is what is to be remembered."""

    name: str
    amount: str
    strong: bool = False


@dataclass(frozen=True)
class Lines:
    """Lines with their totals."""

    lines: tuple[PaperLine, ...]
    sums: tuple[Sum, ...]


@dataclass(frozen=True)
class Choice:
    """One option of a quote."""

    name: str
    table: Lines
    total: str
    note: str = ""
    recommended: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class Signature:
    """Who agreed, when, and what is known of how. `picture` is the drawn signature."""

    name: str
    facts: tuple[Fact, ...]
    picture: Picture | None = None


@dataclass(frozen=True)
class QuotePaper:
    """A quote: one or more options, side by side where there are several."""

    head: Head
    choices: tuple[Choice, ...]
    intro: str = ""
    terms: str = ""
    signature: Signature | None = None
    to_sign: bool = False


@dataclass(frozen=True)
class InvoicePaper:
    """An invoice: lines, totals, what was paid, what is due."""

    head: Head
    table: Lines
    due: str
    due_words: str = ""
    note: str = ""
    pay_at: str = ""
    terms: str = ""


@dataclass(frozen=True)
class ReceiptPaper:
    """A receipt: what was paid, how, and for which invoices."""

    head: Head
    amount: str
    words: str
    rows: tuple[Fact, ...] = ()
    sums: tuple[Sum, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of a statement."""

    day: str
    what: str
    charge: str
    payment: str
    balance: str


@dataclass(frozen=True)
class StatementPaper:
    """A statement: what was charged and paid over a while, and how old the rest is."""

    head: Head
    entries: tuple[Entry, ...]
    ageing: tuple[Fact, ...]
    due: str
    note: str = ""


@dataclass(frozen=True)
class Tick:
    """One thing to do, with when and by whom it was done, or what was measured."""

    text: str
    done: bool
    words: str = ""


@dataclass(frozen=True)
class JobSheetPaper:
    """What a technician takes along: where, when, how to get in, what to do. No prices."""

    head: Head
    visits: tuple[Entry, ...]
    notes: tuple[Block, ...]
    tasks: tuple[Tick, ...]
    lines: tuple[PaperLine, ...] = ()


@dataclass(frozen=True)
class Shot:
    """One photo of a report, or a pair: then `after` stands beside it."""

    picture: Picture
    words: str
    after: Picture | None = None


@dataclass(frozen=True)
class ServiceReportPaper:
    """What was done: visits, checklist with readings, words, photos."""

    head: Head
    summary: str
    visits: tuple[Entry, ...]
    tasks: tuple[Tick, ...]
    shots: tuple[Shot, ...] = ()
    notes: tuple[Block, ...] = ()
    signature: Signature | None = None


Paper = QuotePaper | InvoicePaper | ReceiptPaper | StatementPaper | JobSheetPaper | ServiceReportPaper
