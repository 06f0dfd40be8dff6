"""Days, times and drafts in words: each reading is a rule one can name."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.anthropic.planner.dates import find_when
from sandbox.anthropic.planner.drafting import draft
from sandbox.anthropic.planner.times import find_hours
from sandbox.anthropic.planner.words import tidy

MONDAY = dt.date(2026, 11, 23)

DAYS = {
    "today": ("2026-11-23", "2026-11-23", "today (Mon Nov 23)"),
    "tomorrow": ("2026-11-24", "2026-11-24", "tomorrow (Tue Nov 24)"),
    "the day after tomorrow": ("2026-11-25", "2026-11-25", "day after tomorrow (Wed Nov 25)"),
    "yesterday": ("2026-11-22", "2026-11-22", "yesterday (Sun Nov 22)"),
    "on Thursday": ("2026-11-26", "2026-11-26", "on Thursday (Nov 26)"),
    "monday": ("2026-11-30", "2026-11-30", "on Monday (Nov 30)"),
    "next Monday": ("2026-11-30", "2026-11-30", "next Monday (Mon Nov 30)"),
    "next Thursday": ("2026-12-03", "2026-12-03", "next Thursday (Thu Dec 3)"),
    "this Friday": ("2026-11-27", "2026-11-27", "on Friday (Nov 27)"),
    "last Friday": ("2026-11-20", "2026-11-20", "last Friday (Fri Nov 20)"),
    "this week": ("2026-11-23", "2026-11-29", "this week (Mon Nov 23 to Sun Nov 29)"),
    "next week": ("2026-11-30", "2026-12-06", "next week (Mon Nov 30 to Sun Dec 6)"),
    "last week": ("2026-11-16", "2026-11-22", "last week (Mon Nov 16 to Sun Nov 22)"),
    "next month": ("2026-12-01", "2026-12-31", "next month (Tue Dec 1 to Thu Dec 31)"),
    "the weekend": ("2026-11-28", "2026-11-29", "weekend (Sat Nov 28 to Sun Nov 29)"),
    "in 3 days": ("2026-11-26", "2026-11-26", "in 3 days (Thu Nov 26)"),
    "in 2 weeks": ("2026-12-07", "2026-12-07", "in 2 weeks (Mon Dec 7)"),
    "Dec 24": ("2026-12-24", "2026-12-24", "on Thu Dec 24"),
    "24th of December": ("2026-12-24", "2026-12-24", "on Thu Dec 24"),
    "January 5th": ("2027-01-05", "2027-01-05", "on Tue Jan 5"),
    "2026-12-01": ("2026-12-01", "2026-12-01", "on Tue Dec 1"),
    "12/1": ("2026-12-01", "2026-12-01", "on Tue Dec 1"),
}


@pytest.mark.parametrize("words", DAYS)
def test_days_in_words(words: str) -> None:
    found = find_when(f"we come {words} at nine", MONDAY)
    assert found is not None
    span, rest = found
    assert (span.first.isoformat(), span.last.isoformat(), span.label) == DAYS[words]
    assert rest == "we come at nine"


@pytest.mark.parametrize("words", ["", "we come soon", "Feb 30", "13/45", "2026-13-01", "the monkey"])
def test_what_names_no_day(words: str) -> None:
    assert find_when(words, MONDAY) is None


HOURS = {
    "at 9": ("09:00", None),
    "at 9am": ("09:00", None),
    "at 2": ("14:00", None),
    "at 12": ("12:00", None),
    "at 12 am": ("00:00", None),
    "9:30": ("09:30", None),
    "at 4.15 pm": ("16:15", None),
    "7pm": ("19:00", None),
    "around 8": ("08:00", None),
    "at noon": ("12:00", None),
    "between 9 and 10": ("09:00", "10:00"),
    "from 2 to 4": ("14:00", "16:00"),
    "9-11": ("09:00", "11:00"),
    "from 11 to 1": ("11:00", "13:00"),
    "9 to 10:30am": ("09:00", "10:30"),
    "10": ("10:00", None),
}


@pytest.mark.parametrize("words", HOURS)
def test_times_in_words(words: str) -> None:
    found = find_hours(f"we come {words}", bare=True)
    assert found is not None
    start, end = found[0].start, found[0].end
    assert (start.isoformat("minutes"), end.isoformat("minutes") if end else None) == HOURS[words]


@pytest.mark.parametrize("words", ["", "at 25", "at 9:75", "we are 10 people or so", "call 845-555-0134"])
def test_what_names_no_time(words: str) -> None:
    assert find_hours(words, bare=True) is None


DRAFTS = {
    "that Bob comes tomorrow between 9 and 10 and ask about the gate code": (
        "Bob will be with you tomorrow (Tue Nov 24) between 9 and 10. Could you tell us the gate code?"
    ),
    "that we come on Friday at 8": "We will be with you on Friday (Nov 27) at 8.",
    "that Bob is coming tomorrow": "Bob will be with you tomorrow (Tue Nov 24).",
    "that we are running 20 minutes late": "We are running about 20 minutes late. Sorry for the wait.",
    "that Bob is on his way": "Bob is on the way to you now.",
    "that the part has arrived": "The part has arrived.",
    "to ask if she is home on Friday": "Could you let us know if you are home on Friday?",
    "and ask her to send photos of the leak": "Could you please send photos of the leak?",
    "that we come tomorrow at 9 and ask for the alarm code": (
        "We will be with you tomorrow (Tue Nov 24) at 9. Could you tell us the alarm code?"
    ),
    "that the bill is ready and thank her for her help": "The bill is ready. Thank you for your help.",
    "remind her about the appointment tomorrow": "A reminder: the appointment tomorrow (Tue Nov 24).",
    '"See you at nine. Bob"': "See you at nine. Bob",
}


@pytest.mark.parametrize("words", DRAFTS)
def test_drafts_say_what_was_wanted_and_no_more(words: str) -> None:
    assert " ".join(draft(words, MONDAY).sentences) == DRAFTS[words]


TIDY = {
    "  Can you please text Ana?  ": "text Ana",
    "Hey Claude, what\u2019s on today?": "what's on today",
    "I'd like you to book a visit, please.": "book a visit",
    "Please": "Please",
    "Thanks!": "Thanks",
    "Hello": "Hello",
}


@pytest.mark.parametrize("words", TIDY)
def test_politeness_is_left_out(words: str) -> None:
    assert tidy(words) == TIDY[words]


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(words: str) -> None:
    tidy(words)
    find_when(words, MONDAY)
    find_hours(words, bare=True)
    draft(words, MONDAY)
