"""Photos and documents belong to clients and jobs; who does not go there does not see them."""

from __future__ import annotations

from typing import Any

import pytest

from opsystem.business.files.keeping import plain_name
from opsystem.business.files.operations import add_file, caption_file, remove_file
from opsystem.business.files.queries import list_files, open_file, show_file
from opsystem.business.history.operations import undo_change
from opsystem.kit.errors import Conflict, Forbidden, Invalid, NotFound
from opsystem.kit.refs import make_ref
from opsystem.operations import Actor
from opsystem.vault import Vault
from tests.business import scene
from tests.business.files import samples


def add(vault: Vault, actor: Actor, content: bytes, name: str = "photo.jpg", **to: Any) -> str:
    """Return the reference of a new file."""
    stored = vault.files.write([content], limit=50_000_000)
    return add_file.perform(vault, actor, {"content_id": stored.content_id, "name": name, **to}).value.ref


def test_a_photo_of_a_job_is_the_clients_too(vault: Vault, alice: Actor) -> None:
    woken: list[str] = []
    vault.wake = lambda lane, _: woken.append(lane)
    maria = scene.client(vault, alice)
    hers = scene.job(vault, alice, maria)
    photo = add(vault, alice, samples.jpeg_with_position(), job=hers, caption="Before")
    told = show_file.ask(vault, alice, {"file": photo})
    assert (told.client, told.client_name, told.job, told.job_title) == (
        maria,
        "Maria Alvarez",
        hers,
        "Water heater",
    )
    assert (told.is_photo, told.preview, told.caption, told.added_by) == (
        True,
        "coming",
        "Before",
        "Alice Reyes",
    )
    assert woken == ["files"]
    assert list_files.ask(vault, alice, {"client": maria}).total == 1


def test_a_visit_leads_to_its_job(vault: Vault, alice: Actor, bob: Actor) -> None:
    hers = scene.job(vault, alice, scene.client(vault, alice), goes=bob)
    photo = add(vault, bob, samples.jpeg_with_position(), visit="V-1")
    assert show_file.ask(vault, bob, {"file": photo}).job == hers


def test_a_page_that_calls_itself_a_photo_is_none(vault: Vault, alice: Actor) -> None:
    page = add(vault, alice, samples.HTML, "holiday.jpg")
    told = show_file.ask(vault, alice, {"file": page})
    assert (told.media_type, told.is_photo, told.preview, told.inline) == ("text/html", False, "none", False)
    given = open_file.ask(vault, alice, {"file": page})
    assert (given.media_type, given.inline) == ("application/octet-stream", False)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ana\\photo.jpg", "photo.jpg"),
        ("invoice\x00\r\n.pdf", "invoice.pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("...", "file"),
        ("Größe 🏠.heic", "Größe 🏠.heic"),
    ],
)
def test_a_name_is_a_name_and_no_path(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert plain_name("a" * 290 + ".jpeg").endswith("a.jpeg")
    assert len(plain_name("a" * 290 + ".jpeg")) == 200


def test_bytes_that_are_not_there_are_no_file(vault: Vault, alice: Actor) -> None:
    with pytest.raises(NotFound):
        add_file.perform(vault, alice, {"content_id": "0" * 64, "name": "a.jpg"})
    with pytest.raises(Invalid):
        add_file.perform(vault, alice, {"content_id": "../../keys", "name": "a.jpg"})


def test_a_file_of_one_client_does_not_go_to_anothers_job(vault: Vault, alice: Actor) -> None:
    maria, sam = scene.client(vault, alice), scene.client(vault, alice, "Sam Lee")
    with pytest.raises(Invalid, match="another client"):
        add(vault, alice, b"x", client=sam, job=scene.job(vault, alice, maria))


def test_lists_can_be_narrowed(vault: Vault, alice: Actor) -> None:
    add(vault, alice, samples.jpeg_with_position(), "boiler.jpg")
    add(vault, alice, samples.pdf(), "quote 100%.pdf", caption="Signed")
    assert [row.name for row in list_files.ask(vault, alice).rows] == ["quote 100%.pdf", "boiler.jpg"]
    assert list_files.ask(vault, alice, {"photos": True}).total == 1
    assert list_files.ask(vault, alice, {"photos": False}).total == 1
    assert list_files.ask(vault, alice, {"text": "signed"}).total == 1
    assert list_files.ask(vault, alice, {"text": "0%"}).total == 1
    assert list_files.ask(vault, alice, {"text": "%"}).total == 1


def test_a_removed_file_comes_back_with_undo(vault: Vault, alice: Actor) -> None:
    photo = add(vault, alice, samples.jpeg_with_position())
    done = remove_file.perform(vault, alice, {"file": photo})
    assert list_files.ask(vault, alice).rows == []
    with pytest.raises(NotFound):
        show_file.ask(vault, alice, {"file": photo})
    with pytest.raises(Conflict, match="was removed"):
        caption_file.perform(vault, alice, {"file": photo, "caption": "After"})
    undo_change.perform(vault, alice, {"change": make_ref("change", done.change_set_id or 0)})
    caption_file.perform(vault, alice, {"file": photo, "caption": "After"})
    assert show_file.ask(vault, alice, {"file": photo}).caption == "After"


def test_bob_sees_the_files_of_his_jobs_only(vault: Vault, alice: Actor, bob: Actor) -> None:
    maria = scene.client(vault, alice)
    his, other = scene.job(vault, alice, maria, goes=bob), scene.job(vault, alice, maria, "Roof")
    mine = add(vault, alice, samples.jpeg_with_position(), job=his)
    secret = add(vault, alice, samples.jpeg_with_position(), job=other)
    office = add(vault, alice, samples.pdf(), "contract.pdf", client=maria)
    told = list_files.ask(vault, bob)
    assert ([row.ref for row in told.rows], told.total) == ([mine], 1)
    for hidden in (secret, office):
        for ask in (show_file, open_file):
            with pytest.raises(NotFound):
                ask.ask(vault, bob, {"file": hidden})
        for act, more in ((caption_file, {"caption": "x"}), (remove_file, {})):
            with pytest.raises(NotFound):
                act.perform(vault, bob, {"file": hidden, **more})
    with pytest.raises(NotFound):
        list_files.ask(vault, bob, {"job": other})
    with pytest.raises(NotFound):
        add(vault, bob, b"x", job=other)
    with pytest.raises(Invalid, match="which job"):
        add(vault, bob, b"x", client=maria)


def test_dana_looks_and_changes_nothing(vault: Vault, alice: Actor, dana: Actor) -> None:
    photo = add(vault, alice, samples.jpeg_with_position())
    assert show_file.ask(vault, dana, {"file": photo}).ref == photo
    with pytest.raises(Forbidden):
        remove_file.perform(vault, dana, {"file": photo})


def test_carl_cannot_open_alices_files(vault: Vault, alice: Actor, carls_vault: Vault, carl: Actor) -> None:
    photo = add(vault, alice, samples.jpeg_with_position())
    content = show_file.ask(vault, alice, {"file": photo}).content_id
    with pytest.raises(NotFound):
        show_file.ask(carls_vault, carl, {"file": photo})
    with pytest.raises(NotFound):
        add_file.perform(carls_vault, carl, {"content_id": content, "name": "mine.jpg"})
    assert list_files.ask(carls_vault, carl).rows == []
