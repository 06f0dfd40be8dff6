"""Files: pages that show, arrange and draw; papers at the addresses of what they are about."""

from __future__ import annotations

from django.test import Client

from opsystem.business.files.previews import make_due_previews
from opsystem.business.files.queries import list_files, show_file
from opsystem.kit import clock
from tests.business import scene
from tests.business.files import samples
from tests.business.files.test_files import add
from tests.lifecycle.office import Office, browser_of


def _sent(client: Client, path: str, **given: object) -> int:
    return client.post(path, given).status_code


def test_photos_are_ticked_paired_drawn_on_and_looked_at(office: Office) -> None:
    client, base = browser_of(office.alice), f"/b/{office.business.number}/files"
    vault, alice = office.vault, office.actor(office.alice)
    job = scene.job(vault, alice, scene.client(vault, alice))
    for name in ("a.jpg", "b.jpg"):
        add(vault, alice, samples.jpeg_with_position(), name, job=job)
    make_due_previews(vault, clock.now())
    assert _sent(client, f"{base}/together", act="folder", words="Permits", file=["1", "2"]) == 303
    assert _sent(client, f"{base}/together", act="pair", file=["1", "2"]) == 303
    assert _sent(client, f"{base}/2/marks", kind="text", x=1, y=2, to_x=0, to_y=0, words="<b>Leak</b>") == 303
    assert list_files.ask(vault, alice, {"folder": "Permits"}).total == 2
    assert show_file.ask(vault, alice, {"file": "F-2"}).before == "F-1"
    page = client.get(f"{base}/2").content.decode()
    assert "&lt;b&gt;Leak" in page
    assert "Before: a.jpg" in page
    assert "Permits" in client.get(base).content.decode()
    assert client.get(f"{base}?folder=Permits").status_code == 200


def test_a_file_sent_in_parts_is_added_once(office: Office) -> None:
    client, base = browser_of(office.alice), f"/b/{office.business.number}/files/uploads"
    content = samples.jpeg_with_position()
    began = client.post(base, {"key": "k" * 10, "size": len(content)}).json()
    sent = client.post(f"{base}/{began['upload']}/0", content, content_type="application/octet-stream")
    assert sent.json() == {"next": len(content)}
    for _ in range(2):
        assert _sent(client, f"{base}/{began['upload']}/done", name="a.jpg") == 204
    assert list_files.ask(office.vault, office.actor(office.alice)).total == 1
    refused = client.post(base, {"key": "k" * 10, "size": 900_000_000})
    assert (refused.status_code, "nothing was added" in refused.json()["problem"]) == (413, True)


def test_papers_of_a_job_are_shown_and_not_sent_twice(office: Office) -> None:
    vault, alice = office.vault, office.actor(office.alice)
    number = scene.job(vault, alice, scene.client(vault, alice))[2:]
    client, base = browser_of(office.alice), f"/b/{office.business.number}"
    for path in (f"jobs/{number}/sheet.pdf", f"jobs/{number}/report.pdf", "clients/1/statement.pdf"):
        answer = client.get(f"{base}/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        again = client.get(f"{base}/{path}", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304
    assert client.get(f"{base}/settings/logo").status_code == 200
