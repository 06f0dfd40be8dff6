"""Many at once, pairs, what is drawn, and files that come in parts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from opsystem.business.files.arranging import caption_files, move_files, remove_files
from opsystem.business.files.browsing import file_neighbours, list_folders
from opsystem.business.files.marks import mark_photo
from opsystem.business.files.models import Upload, UploadPart
from opsystem.business.files.operations import add_file
from opsystem.business.files.pairing import pair_photos, unpair_photo
from opsystem.business.files.queries import list_files, show_file
from opsystem.business.files.receiving import (
    LARGEST_PART,
    begin_upload,
    finish_upload,
    receive_part,
    received_content,
)
from opsystem.business.files.sweeping import sweep_uploads
from opsystem.business.history.operations import undo_change
from opsystem.kit import clock
from opsystem.kit.errors import Conflict, Invalid, LimitReached, NotFound
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene
from tests.business.files import samples
from tests.business.files.test_files import add


def test_row_51_a_pair_of_before_and_after_stands_together(vault: Vault, alice: Actor) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice))
    before, after, other = (add(vault, alice, samples.jpeg_with_position(), job=job) for _ in range(3))
    pair_photos.perform(vault, alice, {"before": before, "after": after})
    told = show_file.ask(vault, alice, {"file": after})
    assert told.before == before
    for first, second in ((before, before), (before, add(vault, alice, samples.jpeg_with_position()))):
        with pytest.raises(Invalid):
            pair_photos.perform(vault, alice, {"before": first, "after": second})
    near = file_neighbours.ask(vault, alice, {"file": after})
    assert (near.newer, near.older) == (other, before)
    unpair_photo.perform(vault, alice, {"after": after})
    assert show_file.ask(vault, alice, {"file": after}).before is None


def test_many_files_are_captioned_moved_and_removed_with_one_undo_each(vault: Vault, alice: Actor) -> None:
    job = scene.job(vault, alice, scene.client(vault, alice))
    files = [add(vault, alice, samples.jpeg_with_position(), f"{one}.jpg", job=job) for one in range(4)]
    caption_files.perform(vault, alice, {"files": files, "caption": "Crawl space"})
    move_files.perform(vault, alice, {"files": files[:3], "folder": "Permits"})
    assert [(one.name, one.count) for one in list_folders.ask(vault, alice)] == [("", 1), ("Permits", 3)]
    assert list_files.ask(vault, alice, {"folder": "Permits"}).total == 3
    assert list_files.ask(vault, alice, {"text": "crawl"}).total == 4
    done = remove_files.perform(vault, alice, {"files": files})
    assert list_files.ask(vault, alice).total == 0
    undo_change.perform(vault, alice, {"change": f"H-{done.change_set_id}"})
    assert list_files.ask(vault, alice).total == 4


def test_a_technician_arranges_only_what_is_of_his_jobs(vault: Vault, alice: Actor, bob: Actor) -> None:
    maria = scene.client(vault, alice)
    mine, other = scene.job(vault, alice, maria, goes=bob), scene.job(vault, alice, maria)
    files = [add(vault, alice, samples.jpeg_with_position(), job=one) for one in (mine, other)]
    with pytest.raises(NotFound):
        caption_files.perform(vault, bob, {"files": files, "caption": "x"})
    with pytest.raises(NotFound):
        move_files.perform(vault, bob, {"files": files[:1], "job": other})
    caption_files.perform(vault, bob, {"files": files[:1], "caption": "x"})


def test_what_is_drawn_leaves_the_original_as_it_was(vault: Vault, alice: Actor) -> None:
    photo = add(vault, alice, samples.jpeg_with_position())
    was = show_file.ask(vault, alice, {"file": photo}).content_id
    drawn = [
        {"kind": "arrow", "x": 10, "y": 20, "to_x": 500, "to_y": 990},
        {"kind": "text", "x": 5, "y": 5, "words": "Leak <b>here</b>"},
    ]
    mark_photo.perform(vault, alice, {"file": photo, "marks": drawn})
    told = show_file.ask(vault, alice, {"file": photo})
    assert [(mark.kind, mark.to_x, mark.words) for mark in told.marks] == [
        ("arrow", 500, ""),
        ("text", 0, "Leak <b>here</b>"),
    ]
    assert told.content_id == was
    for bad in ([{"kind": "box", "x": 1001, "y": 0}], [{"kind": "text", "x": 1, "y": 1}], drawn * 21):
        with pytest.raises(Invalid):
            mark_photo.perform(vault, alice, {"file": photo, "marks": bad})
    with pytest.raises(Invalid):
        mark_photo.perform(vault, alice, {"file": add(vault, alice, samples.pdf(), "a.pdf"), "marks": []})


def _send(vault: Vault, actor: Actor, key: str, content: bytes, *, stop_after: int = 1000) -> int | None:
    """Send a file in parts as the browser does; None when the line is cut after so many parts."""
    row = begin_upload(vault, actor.id, key, len(content))
    at = row.received
    for _ in range(stop_after):
        if at == len(content):
            return row.id
        at = receive_part(vault, actor.id, row.id, at, content[at : at + LARGEST_PART])
    return None


def _finish(vault: Vault, actor: Actor, number: int) -> None:
    content_id = received_content(vault, actor.id, number)
    if content_id is not None:
        given = {"content_id": content_id, "name": f"{number}.jpg"}
        add_file.perform(vault, actor, given, request_id=f"upload-{number}")
        finish_upload(vault, number)


def test_row_51_fifty_photos_arrive_over_a_line_that_is_cut_again_and_again(
    vault: Vault, alice: Actor
) -> None:
    photo = samples.jpeg_with_position() + b"\0" * (2 * LARGEST_PART)
    for number in range(50):
        content, key = photo + bytes([number]), f"photo-{number:08}"
        assert _send(vault, alice, key, content, stop_after=1 + number % 2) is None
        upload = _send(vault, alice, key, content)
        assert upload is not None
        _finish(vault, alice, upload)
        _finish(vault, alice, upload)
    assert list_files.ask(vault, alice).total == 50
    with vault.reading() as session:
        assert session.scalar(select(func.count(UploadPart.id))) == 0
    assert len(list(vault.files.ids())) == 50


def test_parts_out_of_turn_of_others_and_too_many_change_nothing(
    vault: Vault, alice: Actor, bob: Actor
) -> None:
    with pytest.raises(LimitReached, match="nothing was added"):
        begin_upload(vault, alice.id, "k" * 8, 900_000_000)
    row = begin_upload(vault, alice.id, "k" * 8, 10)
    assert receive_part(vault, alice.id, row.id, 5, b"12345") == 0
    assert receive_part(vault, alice.id, row.id, 0, b"12345") == 5
    assert receive_part(vault, alice.id, row.id, 0, b"12345") == 5
    with pytest.raises(NotFound):
        receive_part(vault, bob.id, row.id, 5, b"12345")
    with pytest.raises(Conflict):
        receive_part(vault, alice.id, row.id, 5, b"123456")
    with pytest.raises(Conflict):
        received_content(vault, alice.id, row.id)
    assert begin_upload(vault, alice.id, "k" * 8, 10).received == 5


def test_what_is_never_finished_goes_after_two_days(vault: Vault, alice: Actor) -> None:
    row = begin_upload(vault, alice.id, "k" * 8, 10)
    receive_part(vault, alice.id, row.id, 0, b"12345")
    assert sweep_uploads(vault, clock.now()) is not None
    assert sweep_uploads(vault, clock.now() + timedelta(days=3)) is None
    assert list(vault.files.ids()) == []
    with vault.reading() as session:
        assert session.scalar(select(func.count(Upload.id))) == 0
