"""What the rows about jobs promise, each shown by what it says is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from opsystem.business.acceptance.converting import convert_quote
from opsystem.business.acceptance.operations import accept_quote
from opsystem.business.certificates.operations import add_certificate
from opsystem.business.checklists.operations import add_checklist
from opsystem.business.files.operations import add_file
from opsystem.business.hours.operations import add_day_exception
from opsystem.business.intake.operations import add_request, plan_assessment
from opsystem.business.intake.queries import show_request
from opsystem.business.joblines.operations import add_job_line
from opsystem.business.jobs.operations import (
    assign_visit,
    book_job,
    edit_job,
    fill_item,
    finish_visit,
    merge_jobs,
    stamp_visit,
)
from opsystem.business.jobs.queries import list_jobs, list_visits, show_visit
from opsystem.business.jobtypes.operations import add_job_type
from opsystem.business.outside.operations import make_calendar_link, share_job
from opsystem.business.outside.queries import appointments_of, shared_job
from opsystem.business.overview.queries import show_job
from opsystem.business.quotes.operations import add_quote, mark_quote_sent
from opsystem.business.quotes.queries import show_quote
from opsystem.business.recurring.operations import edit_series, end_series, make_due_visits, repeat_job
from opsystem.business.timesheets.operations import approve_week
from opsystem.business.timesheets.queries import show_week
from opsystem.kit.errors import Conflict, Invalid, NotFound, Problem
from opsystem.operations import Actor, Operation
from opsystem.vault import Vault
from opsystem.web.outside.feed import feed_of
from tests.business import scene

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # Monday, 9:00 in Chicago
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f0001050101"
    "27182d6c0000000049454e44ae426082"
)


def do(vault: Vault, actor: Actor, operation: Operation[Any], now: datetime = NOW, /, **given: Any) -> Any:
    return operation.perform(vault, actor, given, at=now).value


@pytest.fixture(autouse=True)
def ana(vault: Vault, alice: Actor) -> str:
    return scene.client(vault, alice, "Ana Ruiz", street="12 Oak St", city="Hurley")


def days(vault: Vault, alice: Actor, since: str = "2026-11-23", until: str = "2027-03-01") -> list[str]:
    found = list_visits.ask(vault, alice, {"since": since, "until": until})
    return [f"{row.local_start:%m-%d %H:%M}" for row in found]


def test_row_20_request_look_quote_and_job_keep_their_links_and_nothing_is_typed_again(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    asked = {"title": "Water heater", "details": "Leaks at the base", "wished": "Mornings", "client": "C-1"}
    request = do(vault, alice, add_request, **asked, property="P-1").ref
    look = do(vault, alice, plan_assessment, request=request, starts_at=TUESDAY, members=["U-2"])
    do(vault, bob, finish_visit, TUESDAY, visit=look.visit)
    row = show_request.ask(vault, alice, {"request": request})
    assert (row.state, row.job, row.assessment) == ("assessed", look.ref, look.visit)
    line = {"description": "Heater", "unit_cents": 90000}
    quote = do(vault, alice, add_quote, client="C-1", job=look.ref, options=[{"lines": [line]}]).ref
    do(vault, alice, mark_quote_sent, quote=quote)
    written = show_quote.ask(vault, alice, {"quote": quote})
    assert (written.title, written.property, written.job) == ("Water heater", "P-1", look.ref)
    do(vault, alice, accept_quote, quote=quote, name="Ana Ruiz", terms_version=0)
    later = TUESDAY + timedelta(days=1)
    made = do(vault, alice, convert_quote, quote=quote, starts_at=later, members=["U-2"])
    assert made.ref == look.ref, "the look, the quote and the work are one job"
    page = show_job.ask(vault, alice, {"job": made.ref})
    assert "Leaks at the base" in page.notes
    assert "Mornings" in page.notes
    assert [(one.ref, one.is_assessment) for one in page.visits] == [(look.visit, True), (made.visit, False)]
    assert {"requested", "assessed"} <= {fact.what for fact in page.facts}


@pytest.mark.usefixtures("bob")
def test_row_21_one_off_becomes_recurring_and_back_and_jobs_are_merged(vault: Vault, alice: Actor) -> None:
    job = do(vault, alice, book_job, client="C-1", title="Mow", starts_at=TUESDAY, members=["U-2"]).ref
    weekly = {"first_day": date(2026, 12, 1), "at_time": "09:00", "members": ["U-2"], "count": 4}
    series = do(vault, alice, repeat_job, job=job, **weekly).ref
    assert days(vault, alice) == ["11-24 09:00", "12-01 09:00", "12-08 09:00", "12-15 09:00", "12-22 09:00"]
    rest = do(vault, alice, edit_series, series=series, from_day=date(2026, 12, 15), at_time="13:00").ref
    assert days(vault, alice)[2:] == ["12-08 09:00", "12-15 13:00", "12-22 13:00"]
    do(vault, alice, end_series, series=rest, from_day=date(2026, 12, 22))
    do(vault, alice, end_series, series=series)
    assert days(vault, alice) == ["11-24 09:00", "12-15 13:00"], "it is a one-off job again"
    sort = do(vault, alice, add_job_type, name="Garden").ref
    do(vault, alice, edit_job, job=job, job_type=sort)
    other = do(vault, alice, book_job, client="C-1", title="Hedge", starts_at=TUESDAY).ref
    do(vault, alice, add_job_line, job=other, description="Hedge", unit_cents=5000)
    done = merge_jobs.perform(vault, alice, {"job": other, "into": job}, at=NOW)
    assert len(show_job.ask(vault, alice, {"job": job}).visits) == 6
    gone = show_job.ask(vault, alice, {"job": other}).job
    assert (gone.merged_into, done.value.ref) == (job, job)
    with pytest.raises(Problem):
        do(vault, alice, merge_jobs, job=other, into=job)


def test_recurring_work_leaves_holidays_out(vault: Vault, alice: Actor) -> None:
    job = do(vault, alice, book_job, client="C-1", title="Clean").ref
    do(vault, alice, add_day_exception, first_day="2026-12-24", last_day="2026-12-26", reason="Christmas")
    do(vault, alice, add_day_exception, first_day="2026-12-18", starts="12:00", ends="17:00")
    weekly = {"first_day": date(2026, 12, 4), "at_time": "09:00", "until": date(2027, 1, 8)}
    series = do(vault, alice, repeat_job, job=job, **weekly, skips_holidays=True).ref
    assert days(vault, alice) == [f"{day} 09:00" for day in ("12-04", "12-11", "12-18", "01-01", "01-08")]
    do(vault, alice, edit_series, series=series, skips_holidays=False)
    assert "12-25 09:00" in days(vault, alice)
    do(vault, Actor.system(), make_due_visits, NOW + timedelta(days=1))
    assert len(days(vault, alice)) == 6


@pytest.mark.usefixtures("bob")
def test_row_27_an_expired_certificate_blocks_the_assignment(vault: Vault, alice: Actor) -> None:
    paper = {"name": "Gas licence", "member": "U-2", "expires_on": date(2026, 12, 1)}
    do(vault, alice, add_certificate, **paper)
    sort = do(vault, alice, add_job_type, name="Gas", certificates=["Gas licence"]).ref
    job = {"client": "C-1", "title": "Boiler", "job_type": sort, "members": ["U-2"]}
    do(vault, alice, book_job, **job, starts_at="2026-12-01T09:00")
    with pytest.raises(Conflict, match=r"Bob Tran's “Gas licence” expires on Dec 1, 2026"):
        do(vault, alice, book_job, **job, starts_at="2026-12-02T09:00")
    late = do(vault, alice, book_job, **{**job, "members": []}, starts_at="2026-12-02T09:00")
    with pytest.raises(Conflict, match="Gas licence"):
        do(vault, alice, assign_visit, visit=late.visit, members=["U-2"])


def test_row_28_done_is_refused_until_photo_and_reading_are_there(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    reading = {
        "text": "Pressure",
        "asks": "reading",
        "unit": "psi",
        "least": 40,
        "most": 80,
    }
    photo = {"text": "Label", "asks": "photo", "required": True}
    checklist = do(
        vault, alice, add_checklist, name="Heater", items=[{**reading, "required": True}, photo]
    ).ref
    given = {"client": "C-1", "title": "Heater", "starts_at": TUESDAY, "members": ["U-2"]}
    booked = do(vault, alice, book_job, **given, checklist=checklist)
    gauge, label = (task.id for task in show_job.ask(vault, bob, {"job": booked.ref}).tasks)
    with pytest.raises(Conflict, match="reading of “Pressure”, photo of “Label”"):
        do(vault, bob, finish_visit, visit=booked.visit)
    with pytest.raises(Invalid, match="must be 40 to 80 psi"):
        do(vault, bob, fill_item, job=booked.ref, item=gauge, answer="200")
    do(vault, bob, fill_item, job=booked.ref, item=gauge, answer="61")
    stored = vault.files.write([PIXEL], limit=1000)
    file = do(vault, bob, add_file, content_id=stored.content_id, name="label.png", visit=booked.visit).ref
    with pytest.raises(Conflict, match="photo of “Label”"):
        do(vault, bob, finish_visit, visit=booked.visit)
    do(vault, bob, fill_item, job=booked.ref, item=label, file=file)
    do(vault, bob, finish_visit, visit=booked.visit)
    assert show_visit.ask(vault, bob, {"visit": booked.visit}).visit.state == "finished"


def test_row_29_three_stamps_sent_late_in_any_order_and_twice_give_travel_and_work(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    presses = [("on_way", 0), ("start", 25), ("finish", 115)]
    for order in list(permutations(presses))[::2]:
        given = {"client": "C-1", "title": "Drain", "starts_at": TUESDAY, "members": ["U-2"]}
        visit = do(vault, alice, book_job, **given).visit
        for press, minutes in (*order, order[0]):
            at = TUESDAY + timedelta(minutes=minutes)
            do(vault, bob, stamp_visit, TUESDAY + timedelta(hours=9), visit=visit, press_of=press, at=at)
    week = show_week.ask(vault, bob, {"day": "2026-11-24"})
    assert (week.travel, week.work, week.rest) == (3 * 25, 3 * 90, 0)


def test_late_stamps_wait_until_an_approved_week_is_opened_again(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    given = {"client": "C-1", "title": "Drain", "starts_at": TUESDAY, "members": ["U-2"]}
    visit = do(vault, alice, book_job, **given).visit
    week = {"member": "U-2", "monday": "2026-11-23"}
    do(vault, alice, approve_week, TUESDAY + timedelta(days=6), **week)
    late = TUESDAY + timedelta(days=7)
    for press, minutes in (("start", 0), ("finish", 60)):
        at = TUESDAY + timedelta(minutes=minutes)
        do(vault, bob, stamp_visit, late, visit=visit, press_of=press, at=at)
    assert show_week.ask(vault, bob, {"day": "2026-11-24"}).work == 0
    assert show_visit.ask(vault, bob, {"visit": visit}).visit.state == "finished"
    do(vault, alice, approve_week, late, **week, open_again=True)
    assert show_week.ask(vault, bob, {"day": "2026-11-24"}).work == 60


def test_row_31_a_helpers_link_shows_one_job_without_prices_with_a_masked_phone_and_ends(
    vault: Vault, alice: Actor
) -> None:
    job = do(vault, alice, book_job, client="C-1", title="Trench", starts_at=TUESDAY).ref
    do(vault, alice, add_job_line, job=job, description="Digging", unit_cents=123400)
    do(vault, alice, book_job, client="C-1", title="Other job")
    link = do(vault, alice, share_job, job=job, name="Sub Sam", days=3)
    system, secret = Actor.system(), {"secret": link.secret}
    shown = shared_job.ask(vault, system, secret, at=NOW)
    words = repr(shown)
    assert shown.title == "Trench"
    assert shown.phone_masked == "ends in 0142"
    for hidden in ("5550142", "1234", "Other job", "Ruiz"):
        assert hidden not in words
    with pytest.raises(NotFound):
        shared_job.ask(vault, system, secret, at=NOW + timedelta(days=3, minutes=1))


def test_row_35_a_calendar_feed_has_times_and_numbers_and_no_names(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    given = {"client": "C-1", "title": "Secret remodel", "starts_at": TUESDAY, "minutes": 90}
    visit = do(vault, alice, book_job, **given, members=["U-2"]).visit
    do(vault, alice, book_job, **given, members=["U-1"])
    secret = do(vault, bob, make_calendar_link).secret
    feed = feed_of(appointments_of.ask(vault, Actor.system(), {"secret": secret}, at=NOW), 7).decode()
    assert feed.count("BEGIN:VEVENT") == 1
    assert f"UID:{visit}@7.opsystem" in feed
    assert "DTSTART:20261124T150000Z" in feed
    assert "DTEND:20261124T163000Z" in feed
    for hidden in ("Ana", "Ruiz", "remodel", "Oak"):
        assert hidden not in feed
    do(vault, bob, make_calendar_link)
    with pytest.raises(NotFound):
        appointments_of.ask(vault, Actor.system(), {"secret": secret}, at=NOW)


def test_row_32_a_callback_stands_with_the_job_it_puts_right(vault: Vault, alice: Actor) -> None:
    first = do(vault, alice, book_job, client="C-1", title="Heater").ref
    again = do(vault, alice, book_job, client="C-1", title="Heater leaks", original_job=first).ref
    third = do(vault, alice, book_job, client="C-1", title="Leaks still", original_job=again).ref
    page = show_job.ask(vault, alice, {"job": first})
    assert [one.ref for one in page.callbacks] == [again, third]
    assert {row.ref: row.original_job for row in list_jobs.ask(vault, alice).rows}[third] == first
