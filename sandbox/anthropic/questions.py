"""What people ask every day, and the tool call each question leads to.

A table for tests and for whoever wants to know what the sandbox understands. The calls are those of an
office on Monday 2026-11-23 in New York with the client Maria Alvarez [C-12], the technician Bob [U-2], the
visit V-31 to her on Tuesday at nine, and the price "Water heater flush" [S-4]. `last` is the last call, after
the look-ups.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Question:
    """One question: its words, and the last call it leads to; None for those that need no tool."""

    says: str
    last: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)


def _ask(says: str, last: str | None = None, **arguments: Any) -> Question:
    return Question(says, last, arguments)


_TOMORROW = {"since": "2026-11-24", "until": "2026-11-24"}
_TO_ALVAREZ = {"client": "C-12", "about": "V-31"}

QUESTIONS: tuple[Question, ...] = (
    _ask("Hello"),
    _ask("What can you do?"),
    _ask("Thanks!"),
    _ask("Are you Claude?"),
    # People
    _ask("Who is Mrs Alvarez?", "show_client", client="C-12"),
    _ask("Tell me about Maria Alvarez", "show_client", client="C-12"),
    _ask("What's the phone number of Mrs Alvarez?", "show_client", client="C-12"),
    _ask("Alvarez's address", "show_client", client="C-12"),
    _ask("Where does Mrs. Alvarez live?", "show_client", client="C-12"),
    _ask("What is Maria Alvarez's email?", "show_client", client="C-12"),
    _ask("Who is on the team?", "list_team"),
    # Days
    _ask("What's on today?", "list_visits", since="2026-11-23", until="2026-11-23"),
    _ask("What is on tomorrow?", "list_visits", **_TOMORROW),
    _ask("What's on this week?", "list_visits", since="2026-11-23", until="2026-11-29"),
    _ask("Show me the schedule for next Monday", "list_visits", since="2026-11-30", until="2026-11-30"),
    _ask("What does Bob have tomorrow?", "list_visits", **_TOMORROW, member="U-2"),
    _ask("Is Bob free on Thursday?", "list_visits", since="2026-11-26", until="2026-11-26", member="U-2"),
    _ask("When is the next visit to Mrs Alvarez?", "show_client", client="C-12"),
    _ask("Visits of Maria Alvarez", "show_client", client="C-12"),
    _ask("When was I last at Alvarez?", "show_client", client="C-12"),
    # Jobs
    _ask("Open jobs", "list_jobs", state="open"),
    _ask("Which jobs are open?", "list_jobs", state="open"),
    _ask("What is the status of job J-204?", "show_job", job="J-204"),
    _ask("Show V-31", "show_visit", visit="V-31"),
    _ask("Jobs for Mrs Alvarez", "list_jobs", state="open", client="C-12"),
    _ask("Mark job J-204 as done", "complete_job", job="J-204"),
    _ask("Start visit V-31", "start_visit", visit="V-31"),
    _ask(
        "Book a leak repair for Mrs Alvarez tomorrow at 9 for Bob",
        "book_job",
        client="C-12",
        title="Leak repair",
        starts_at="2026-11-24T09:00:00-05:00",
        members=["U-2"],
    ),
    _ask(
        "Please schedule a water heater flush for Maria Alvarez on Friday from 2 to 4 with Bob",
        "book_job",
        client="C-12",
        title="Water heater flush",
        starts_at="2026-11-27T14:00:00-05:00",
        minutes=120,
        members=["U-2"],
    ),
    _ask(
        "Move Mrs Alvarez's visit to Thursday 10",
        "move_visit",
        visit="V-31",
        starts_at="2026-11-26T10:00:00-05:00",
    ),
    _ask("Move V-31 to Wednesday", "move_visit", visit="V-31", starts_at="2026-11-25T09:00:00-05:00"),
    _ask("Cancel the visit to Mrs Alvarez tomorrow", "cancel_visit", visit="V-31"),
    _ask("Assign V-31 to Bob", "assign_visit", visit="V-31", members=["U-2"]),
    # Messages
    _ask("Any unanswered messages?", "list_threads", filter="waiting"),
    _ask("What did Mrs Alvarez write last?", "show_thread", thread="T-3"),
    _ask('Text Mrs Alvarez "See you at nine."', "send_text", client="C-12", body="See you at nine."),
    _ask(
        "text Mrs Alvarez that Bob comes tomorrow between 9 and 10 and ask about the gate code",
        "send_text",
        **_TO_ALVAREZ,
        body="Hi Mrs. Alvarez, this is Hurley Plumbing. Bob will be with you tomorrow (Tue Nov 24) between 9 "
        "and 10. Could you tell us the gate code? Thank you.",
    ),
    _ask(
        "Tell Mrs Alvarez I'm on my way",
        "send_text",
        client="C-12",
        body="Hi Mrs. Alvarez, this is Hurley Plumbing. We are on the way to you now.",
    ),
    _ask(
        "Email Maria Alvarez about the estimate: it is ready and we can start next week",
        "send_email",
        client="C-12",
        subject="The estimate",
        body="Hi Maria,\n\nIt is ready and we can start next week.\n\nHurley Plumbing",
    ),
    # Writing down
    _ask("New client Ana Ruiz, 845 555 0134", "add_client", name="Ana Ruiz", phone="845 555 0134"),
    _ask(
        "Add a new client John O'Neil with phone (845) 555-0177 and email john@oneil.example",
        "add_client",
        name="John O'Neil",
        phone="(845) 555-0177",
        email="john@oneil.example",
    ),
    _ask(
        "Note on Mrs Alvarez: the gate code is 4711", "add_note", about="C-12", text="The gate code is 4711."
    ),
    _ask("Add a note to J-204: bring a ladder", "add_note", about="J-204", text="Bring a ladder."),
    # Lists
    _ask("What is the price of a water heater flush?", "list_prices"),
    _ask("How much do we charge for a water heater flush?", "list_prices"),
    _ask("Price list", "list_prices"),
    _ask("Show the checklists", "list_checklists"),
    _ask("Which templates do we have?", "list_templates"),
    _ask("Photos of Mrs Alvarez", "list_files", client="C-12", photos=True),
    _ask("How many clients do we have?", "list_clients"),
    _ask("How many open jobs are there?", "list_jobs", state="open"),
    _ask("What's our phone number?", "business_profile"),
    # Looking and looking back
    _ask('Find "water heater"', "search_records", text="water heater"),
    _ask("What did we do for Mrs Alvarez?", "client_timeline", client="C-12"),
    _ask("What changed today?", "list_history"),
    _ask("Undo the last change", "undo_last"),
    _ask("Undo H-41", "undo_change", change="H-41"),
    _ask("What is waiting for approval?", "list_proposals"),
    # No rule: it says so, and searches
    _ask("Is the boiler of the Hendersons noisy?", "search_records", text="boiler Hendersons noisy"),
)
