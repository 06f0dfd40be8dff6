"""Papers with sample data: a plumber's, with one, twenty or eighty lines."""

from __future__ import annotations

import io

from PIL import Image

from opsystem.business.paper.records import (
    Block,
    Choice,
    Entry,
    Fact,
    Head,
    InvoicePaper,
    JobSheetPaper,
    Letterhead,
    Lines,
    Paper,
    PaperLine,
    Picture,
    QuotePaper,
    ReceiptPaper,
    ServiceReportPaper,
    Shot,
    Signature,
    StatementPaper,
    Sum,
    Tick,
)
from opsystem.kit.money import show_cents


def picture(
    words: str = "Water heater", colour: str = "#8899aa", size: tuple[int, int] = (320, 240)
) -> Picture:
    """Return a plain picture."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return Picture(target.getvalue(), words, *size)


BUSINESS = Letterhead(
    "Gulf Plumbing",
    ("214 Harbor Rd, Biloxi, MS 39530", "(228) 555-0100 · gulfplumbing.example", "License MS-22415"),
    "#0f6b5c",
    picture("Logo", "#0f6b5c", (320, 100)),
)


def head(title: str, ref: str, *, to: str = "Maria Alvarez", stamp: str = "") -> Head:
    """Return the top of a paper."""
    return Head(
        BUSINESS,
        title,
        ref,
        (Fact("Date", "Nov 23, 2026"), Fact("Due", "Dec 3, 2026"), Fact("Job", "J-204")),
        (
            Block("For", (to, "18 Bayview Ave", "Gulfport, MS 39501")),
            Block("Place", ("18 Bayview Ave", "Gulfport, MS 39501")),
        ),
        stamp,
    )


def line(number: int, words: str = "Replace kitchen shut-off valve") -> PaperLine:
    """Return one line, every fourth with a note."""
    note = "Quarter-turn, lead-free brass. Includes supply line." if number % 4 == 1 else ""
    return PaperLine(f"{words} {number}", "2", "$85.00", "$170.00", note)


def table(count: int) -> Lines:
    """Return that many lines with their totals."""
    total = count * 170_00
    return Lines(
        tuple(line(number) for number in range(1, count + 1)),
        (
            Sum("Subtotal", show_cents(total)),
            Sum("Sales tax 7 %", show_cents(total * 7 // 100)),
            Sum("Total", show_cents(total + total * 7 // 100), strong=True),
        ),
    )


def invoice(count: int = 20, to: str = "Maria Alvarez") -> InvoicePaper:
    """Return an invoice of that many lines."""
    return InvoicePaper(
        head("Invoice", "I-1042", to=to), table(count), "$3,638.00", "Due Dec 3, 2026\nNet 10",
        "Thank you for your business.", "Open the link in our email, or send a check to Gulf Plumbing.",
        "Work is warranted for one year. Late payments carry 1.5 % a month.",
    )  # fmt: skip


def quote(options: int = 3) -> QuotePaper:
    """Return a quote of that many options."""
    names = ("Repair", "Replace", "Replace and soften", "Tankless")
    choices = tuple(
        Choice(names[at], table(3 + at), show_cents((1 + at) * 740_00), "Done in a day.", at == 1)
        for at in range(options)
    )
    return QuotePaper(
        head("Quote", "Q-88"), choices, "Thank you for having us look at your water heater.",
        "Valid for 30 days. Half is due before we begin.", to_sign=True,
    )  # fmt: skip


def everything() -> list[Paper]:
    """Return one paper of each kind."""
    signature = Signature(
        "Maria Alvarez", (Fact("When", "Nov 23, 2026, 9:14 AM"), Fact("Address", "203.0.113.9"))
    )
    visits = (Entry("Tue, Nov 24", "Bob Tran", "9:00 AM to 11:00 AM", "", ""),)
    tasks = (Tick("Shut off the gas", True, "Bob Tran, 9:12 AM"), Tick("Water pressure", True, "62 psi"),
             Tick("Test relief valve", False))  # fmt: skip
    return [
        quote(),
        invoice(),
        ReceiptPaper(
            head("Receipt", "PY-31"), "$1,200.00", "Card ending 4242\nNov 23, 2026",
            (Fact("Invoice I-1042", "$1,000.00"), Fact("Invoice I-1043", "$200.00")),
            (Sum("Still due", "$0.00", strong=True),),
        ),
        StatementPaper(
            head("Statement", "C-12"),
            tuple(Entry(f"Nov {n}", f"Invoice I-{n}", "$100.00", "", f"${n}00.00") for n in range(1, 9)),
            (Fact("Current", "$400.00"), Fact("1 to 30 days", "$200.00"), Fact("Over 30", "$200.00")),
            "$800.00",
        ),
        JobSheetPaper(
            head("Job sheet", "J-204"), visits,
            (Block("How to get in", ("Gate code 4411.", "Dog is friendly.")),),
            tuple(Tick(task.text, False) for task in tasks), (line(1), line(2)),
        ),
        ServiceReportPaper(
            head("Service report", "J-204"), "Replaced the water heater and tested it.", visits, tasks,
            (Shot(picture(), "Old out, new in", picture("After", "#336699")), Shot(picture(), "Label")),
            signature=signature,
        ),
    ]  # fmt: skip
