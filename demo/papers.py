"""Papers of a job as PDF: permits, warranties, reports."""

from __future__ import annotations

from datetime import date

from fpdf import FPDF


def paper(title: str, business: str, client: str, about: str, day: date) -> bytes:
    """Return a one-page PDF."""
    pdf = FPDF(format="letter")
    pdf.set_title(title)
    pdf.add_page()
    pdf.set_font("helvetica", "B", 20)
    pdf.cell(0, 14, title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("helvetica", size=11)
    pdf.cell(0, 8, f"{business}    {day:%B %d, %Y}", new_x="LMARGIN", new_y="NEXT")
    pdf.line(10, pdf.get_y() + 2, 205, pdf.get_y() + 2)
    pdf.ln(8)
    words = (
        f"For {client}. About: {about}.\n\nThis paper records what was found and done on the day above. "
        "The work was checked before we left, the place was cleaned, and the client was shown the shut-off. "
        "Workmanship is covered for twelve months; materials by their makers.\n\nQuestions: call the office."
    )
    pdf.multi_cell(0, 6, words)
    return bytes(pdf.output())
