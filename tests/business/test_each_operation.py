"""Promises of every operation of the trade: it can be undone, and asked twice it is done once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from opsystem.business import (
    acceptance,
    announcing,
    certificates,
    checklists,
    clients,
    fields,
    intake,
    joblines,
    jobs,
    jobtypes,
    merging,
    outside,
    packs,
    prices,
    profile,
    quotes,
    recurring,
    skills,
    tags,
    team,
    templates,
    timesheets,
)
from opsystem.kit.errors import Conflict
from opsystem.operations import CATALOGUE, Operation
from tests.business.crewed import WEEKLY, with_crew
from tests.business.digest import digest, undo
from tests.business.gulf import Gulf, open_gulf
from tests.business.opening import ALICE

NOUNS = (
    acceptance,
    announcing,
    certificates,
    checklists,
    clients,
    fields,
    intake,
    joblines,
    jobs,
    jobtypes,
    merging,
    outside,
    packs,
    prices,
    profile,
    quotes,
    recurring,
    skills,
    tags,
    team,
    templates,
    timesheets,
)

# Of an interest that is over in a minute, so that no history has it.
# Done by a client through a link of his own, or leaving the building: tried in tests of their own.
ELSEWHERE = {
    "send_quote",
    "note_quote_viewed",
    "accept_own_quote",
    "decline_own_quote",
    "ask_quote_changes",
}
UNJOURNALLED = {"begin_editing_quote"}

# Done by the system as it opens a vault or lets somebody in, not by people of the business.
ONCE = (
    {"found_business", "assign_addresses", "join_member", "make_due_visits", "send_announcements"}
    | UNJOURNALLED
    | ELSEWHERE
)

EVERY: dict[str, dict[str, Any]] = {
    "edit_profile": {"name": "Gulf & Sons", "zone": "America/New_York", "sms_hold": 30},
    "set_switch": {"name": "email", "on": False},
    "add_member": {"name": "Finn Park", "email": "finn@example.com", "role": "technician"},
    "change_role": {"member": "U-2", "role": "office"},
    "remove_member": {"member": "U-2"},
    "add_client": {"name": "Ida", "phone": "228 555 0199", "street": "1 Ash", "city": "Hurley"},
    "edit_client": {"client": "C-1", "name": "Ana Ruiz-Lopez", "phone": "", "notes": "VIP"},
    "archive_client": {"client": "C-1"},
    "restore_client": {"client": "C-3"},
    "refuse_client": {"client": "C-1", "reason": "Threatened Bob."},
    "serve_client_again": {"client": "C-3"},
    "add_person": {"client": "C-1", "name": "Pat", "role": "accounts", "email": "pat@example.com"},
    "edit_person": {"person": "CP-1", "name": "Tessa", "gets": ["visits", "quotes"], "property": "P-1"},
    "remove_person": {"person": "CP-1"},
    "set_preference": {
        "client": "C-1",
        "channel": "text",
        "topic": "marketing",
        "allowed": True,
        "source": "phone",
        "wording": "Yes, send me offers.",
    },
    "tag_clients": {"clients": ["C-1", "C-2"], "tag": "VIP"},
    "untag_clients": {"clients": ["C-1"], "tag": "Landlord"},
    "archive_clients": {"clients": ["C-1", "C-2"]},
    "rename_tag": {"tag": "TG-1", "name": "Rental"},
    "remove_tag": {"tag": "TG-1"},
    "save_view": {"name": "Landlords", "filters": {"tag": "Landlord"}},
    "remove_view": {"view": "SV-1"},
    "add_field": {"of": "job", "name": "Permit", "type": "yes_no"},
    "edit_field": {"field": "CF-1", "name": "Roof", "choices": ["Slate", "Metal", "Tile"]},
    "remove_field": {"field": "CF-1"},
    "set_fields": {"record": "C-2", "answers": {"CF-1": "Metal"}},
    "merge_clients": {"keep": "C-1", "gone": "C-2", "take": ["name"]},
    "tell_apart": {"client": "C-1", "other": "C-2"},
    "add_property": {"client": "C-1", "street": "14 Oak St", "city": "Hurley", "label": "Shop"},
    "edit_property": {"property": "P-1", "access_notes": "Gate code 4411"},
    "add_note": {"about": "J-1", "text": "Bring the long hose."},
    "add_price": {"name": "Camera", "price_cents": 29500},
    "edit_price": {"price": "S-1", "price_cents": 10900, "minutes": 45},
    "remove_price": {"price": "S-1"},
    "add_checklist": {"name": "Drain", "items": ["Camera before", "Camera after"]},
    "edit_checklist": {"checklist": "K-1", "name": "Heaters", "items": ["Photo before"]},
    "add_template": {"name": "Late", "body": "{biz}: we are late.", "channel": "email", "subject": "Late"},
    "edit_template": {"template": "X-1", "body": "{biz}: {tech} is nearly there."},
    "install_pack": {"name": "plumbing"},
    "book_job": {
        "client": "C-2",
        "title": "Faucet",
        "property": "P-3",
        "starts_at": "2030-12-02T10:00",
        "members": ["U-1", "U-2"],
        "checklist": "K-1",
    },
    "edit_job": {"job": "J-1", "title": "Water heater 50 gal", "notes": "Gas"},
    "cancel_job": {"job": "J-2"},
    "complete_job": {"job": "J-1", "open_visits": "finish"},
    "schedule_visit": {"job": "J-4", "starts_at": "2030-12-03T10:00", "members": ["U-2"]},
    "move_visit": {"visit": "V-1", "starts_at": "2030-11-27T13:00", "minutes": 90},
    "assign_visit": {"visit": "V-1", "members": ["U-1", "U-3"]},
    "cancel_visit": {"visit": "V-1"},
    "start_visit": {"visit": "V-1"},
    "finish_visit": {"visit": "V-4"},
    "add_job_line": {"job": "J-1", "price": "S-1", "quantity_milli": 2500},
    "edit_job_line": {"job": "J-1", "line": 1, "unit_cents": 12000, "base_version": 1},
    "remove_job_line": {"job": "J-1", "line": 1},
    "add_quote": {"client": "C-1", "options": [{"lines": [{"price": "S-1"}, {"price": "S-1"}]}]},
    "edit_quote": {"quote": "Q-1", "base_version": 1, "options": [{"lines": [{"price": "S-1"}]}]},
    "refresh_quote_prices": {"quote": "Q-1"},
    "mark_quote_sent": {"quote": "Q-1"},
    "revise_quote": {"quote": "Q-2"},
    "duplicate_quote": {"quote": "Q-2", "client": "C-1"},
    "archive_quote": {"quote": "Q-2"},
    "set_quote_terms": {"body": "Paid within 14 days."},
    "fill_item": {"job": "J-5", "item": 5, "answer": "62"},
    "hold_job": {"job": "J-1", "reason": "Waiting for the part"},
    "resume_job": {"job": "J-5"},
    "skip_billing": {"job": "J-4"},
    "merge_jobs": {"job": "J-4", "into": "J-3"},
    "pause_visit": {"visit": "V-4"},
    "stamp_visit": {"visit": "V-1", "press_of": "on_way"},
    "set_skills": {"member": "U-2", "skills": ["Gas lines", "Roof work"]},
    "add_certificate": {"name": "EPA 608", "member": "U-2", "expires_on": "2031-05-01"},
    "renew_certificate": {"certificate": "CE-1", "expires_on": "2032-05-01"},
    "remove_certificate": {"certificate": "CE-1"},
    "add_job_type": {"name": "Repipe", "skills": ["Gas lines"], "certificates": ["EPA 608"]},
    "edit_job_type": {"job_type": "JT-1", "name": "Heater swap", "checklist": "K-1"},
    "remove_job_type": {"job_type": "JT-1"},
    "add_time": {"starts_at": "2026-11-03T09:00", "ends_at": "2026-11-03T10:00", "sort": "travel"},
    "correct_time": {"entry": "TE-2", "reason": "Forgot lunch", "ends_at": "2026-11-02T10:30"},
    "remove_time": {"entry": "TE-2", "reason": "Written twice"},
    "approve_week": {"member": "U-2", "monday": "2026-11-02"},
    "set_hour_cost": {"member": "U-2", "cents": 4200, "since": "2026-01-01"},
    "add_request": {
        "title": "Drip",
        "name": "Ida",
        "phone": "228 555 0177",
        "street": "1 Ash",
        "city": "Hurley",
    },
    "plan_assessment": {"request": "R-1", "starts_at": "2030-12-02T10:00", "members": ["U-2"]},
    "take_request": {"request": "R-1", "starts_at": "2030-12-02T10:00"},
    "decline_request": {"request": "R-1", "reason": "Too far away"},
    "on_my_way": {"visit": "V-1", "minutes": 15},
    "make_calendar_link": {},
    "share_job": {"job": "J-1", "name": "Sub Sam"},
    "end_calendar_link": {},
    "stop_sharing": {"link": 1},
    "repeat_job": {**WEEKLY, "job": "J-1", "every": 2, "weekdays": ["MO", "TH"]},
    "edit_series": {"series": "W-1", "at_time": "13:00", "members": ["U-1"]},
    "end_series": {"series": "W-1"},
    "pause_series": {"series": "W-1", "since": "2026-01-01"},
    "resume_series": {"series": "W-2"},
    "accept_quote": {"quote": "Q-2", "name": "Zoe Hidden", "terms_version": 0, "signature": "M1,1L9,9"},
    "decline_quote": {"quote": "Q-2", "reason": "Too dear."},
    "note_wanted_changes": {"quote": "Q-2", "words": "Only the valve."},
    "convert_quote": {"quote": "Q-3", "starts_at": "2030-12-03T10:00", "members": ["U-1"]},
    "tick_item": {"job": "J-1", "item": 1},
}


@pytest.fixture(scope="module")
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gulf]:
    """One business for all of them: each operation is undone before the next."""
    opened = open_gulf(tmp_path_factory.mktemp("gulf"))
    with_crew(opened.vault)
    with opened.vault:
        yield opened


def _operation(name: str) -> Operation[Any]:
    entry = CATALOGUE.get(name)
    assert isinstance(entry, Operation)
    return entry


def test_no_operation_is_forgotten_here() -> None:
    rooms = tuple(f"{noun.__name__}." for noun in NOUNS)
    ours = {
        entry.name
        for entry in CATALOGUE
        if isinstance(entry, Operation) and entry.function.__module__.startswith(rooms)
    }
    assert ours - ONCE == EVERY.keys()


@pytest.mark.parametrize("name", EVERY)
def test_undoing_gives_back_the_very_same_state(gulf: Gulf, name: str) -> None:
    before = digest(gulf.vault)
    done = _operation(name).perform(gulf.vault, ALICE, EVERY[name])
    assert digest(gulf.vault) != before
    undo(gulf.vault, done.change_set_id)
    assert digest(gulf.vault) == before


@pytest.mark.parametrize("name", EVERY)
def test_asking_twice_with_one_request_id_performs_once(gulf: Gulf, name: str) -> None:
    first = _operation(name).perform(gulf.vault, ALICE, EVERY[name], request_id=f"request-{name}")
    between = digest(gulf.vault)
    again = _operation(name).perform(gulf.vault, ALICE, EVERY[name], request_id=f"request-{name}")
    assert again == first
    assert digest(gulf.vault) == between
    undo(gulf.vault, first.change_set_id)


@pytest.mark.parametrize("name", EVERY)
def test_the_history_says_in_words_what_was_done(gulf: Gulf, name: str) -> None:
    operation = _operation(name)
    done = operation.perform(gulf.vault, ALICE, EVERY[name])
    sets = gulf.vault.schema.tables.change_set
    with gulf.vault.reading() as session:
        label = session.execute(sets.select().where(sets.c.id == done.change_set_id)).one().label
    undo(gulf.vault, done.change_set_id)
    assert label != operation.label
    assert len(label) > len("Added x")


def test_a_request_id_serves_one_request(gulf: Gulf) -> None:
    given = {"about": "C-1", "text": "First words."}
    _operation("add_note").perform(gulf.vault, ALICE, given, request_id="note-once")
    with pytest.raises(Conflict):
        _operation("add_note").perform(
            gulf.vault, ALICE, {**given, "text": "Other words."}, request_id="note-once"
        )
