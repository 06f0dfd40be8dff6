"""Promises about the page of a client and the page of a job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from opsystem.business.files.models import File
from opsystem.business.jobs.operations import complete_job, finish_visit
from opsystem.business.overview.queries import show_client, show_job
from opsystem.kit.errors import Invalid, NotFound
from opsystem.operations import Actor
from opsystem.vault import Author, Vault
from tests.business.gulf import Gulf, open_gulf

NOW = datetime(2030, 11, 22, 15, 0, tzinfo=UTC)


@pytest.fixture
def gulf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gulf]:
    opened = open_gulf(tmp_path_factory.mktemp("gulf"))
    with opened.vault:
        yield opened


def _add_files(vault: Vault) -> None:
    common = {"content_id": "0", "media_type": "image/jpeg", "size": 1, "is_photo": True, "added_by": "Bob"}
    with vault.writing(Author("person", "1", "Bob", "add_file", "Added"), NOW) as (session, _):
        for removed_at in (None, None, NOW):
            session.add(
                File(**common, name="a.jpg", client_id=1, job_id=1, added_at=NOW, removed_at=removed_at)
            )


def test_a_clients_page_has_everything_at_once(gulf: Gulf, alice: Actor) -> None:
    _add_files(gulf.vault)
    page = show_client.ask(gulf.vault, alice, {"client": "C-1"}, at=NOW)
    assert (page.client.name, page.client.phone) == ("Ana Ruiz", "+12285550142")
    assert [place.address for place in page.properties] == ["12 Oak St, Hurley, WI"]
    assert [entry.job.title for entry in page.open_jobs] == ["Hidden bath", "Water heater"]
    assert [visit.ref for visit in page.open_jobs[1].visits] == ["V-1", "V-4"]
    assert page.next_visit is not None
    assert page.next_visit.ref == "V-1", "the one of the 20th is over"
    assert [note.about for note in page.notes] == ["J-2", "C-1"]
    assert (page.counts.jobs, page.counts.notes, page.counts.files, page.counts.messages) == (2, 2, 2, 0)


def test_jobs_that_are_over_stand_apart(gulf: Gulf, alice: Actor) -> None:
    complete_job.perform(gulf.vault, alice, {"job": "J-1", "open_visits": "finish"})
    page = show_client.ask(gulf.vault, alice, {"client": "C-1"}, at=NOW)
    assert [entry.job.ref for entry in page.open_jobs] == ["J-2"]
    assert [(entry.job.ref, entry.job.state) for entry in page.past_jobs] == [("J-1", "done")]
    assert page.past_jobs[0].job.next_visit is None


def test_a_jobs_page_has_everything_at_once(gulf: Gulf, alice: Actor) -> None:
    _add_files(gulf.vault)
    finish_visit.perform(gulf.vault, alice, {"visit": "V-4"})
    page = show_job.ask(gulf.vault, alice, {"job": "j-1 "}, at=NOW)
    assert (page.job.state, page.client.name, page.files) == ("scheduled", "Ana Ruiz", 2)
    assert [(visit.ref, visit.state) for visit in page.visits] == [("V-1", "planned"), ("V-4", "finished")]
    assert [person.name for person in page.visits[0].assignees] == ["Bob Tran"]
    assert [task.text for task in page.tasks] == ["Photo before", "Leak test"]
    assert page.property is not None
    assert page.property.ref == "P-1"


def test_a_page_that_is_not_there_is_said_plainly(gulf: Gulf, alice: Actor) -> None:
    with pytest.raises(NotFound) as caught:
        show_client.ask(gulf.vault, alice, {"client": "C-99"})
    assert (caught.value.message, caught.value.code) == ("There is no such client.", "no_client")
    with pytest.raises(Invalid) as wrong:
        show_job.ask(gulf.vault, alice, {"job": "C-1"})
    assert wrong.value.fields == {"job": "Give a reference like J-12."}
