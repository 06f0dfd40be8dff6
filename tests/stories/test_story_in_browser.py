"""The plumber's first day in a real browser, at desktop and at phone width."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.papers import paper
from demo.pictures import photo
from tests.product import PASSWORD, Product, until
from tests.stories.browser import Watched, watched
from tests.web.accounts.mailbox import Mailbox

QUESTION = "text Mrs Alvarez that Bob comes tomorrow between 9 and 10 and ask about the gate code"
WIDTHS = {"desktop": (1280, 800, "light"), "phone": (390, 844, "dark")}


@pytest.mark.browser
@pytest.mark.parametrize("size", WIDTHS)
def test_the_whole_story_can_be_clicked_through(
    product: Product, browser: Browser, size: str, tmp_path: Path
) -> None:
    width, height, theme = WIDTHS[size]
    alice = watched(browser, product.url, width=width, height=height, theme=theme)
    story = Story(product, browser, alice, size, tmp_path)
    story.sign_up()
    story.begin_business()
    story.add_client()
    story.invite_bob()
    story.book_job()
    story.bob_looks(width, height)
    story.ask_and_approve()
    story.answer_comes()
    story.undo_a_mistake()
    story.look_back()
    story.download()
    assert alice.foreign == []
    assert alice.complaints == []
    assert alice.cookies == {"__Host-session"}


class Story:
    def __init__(self, product: Product, browser: Browser, alice: Watched, size: str, folder: Path) -> None:
        self.product, self.browser, self.alice, self.folder = product, browser, alice, folder
        self.page: Page = alice.page
        self.owner, self.worker = f"alice@{size}.example", f"bob@{size}.example"
        self.phone = {"desktop": "+12285550142", "phone": "+12285550143"}[size]
        self.base = ""

    def act(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def seen(self, words: str) -> None:
        shown = self.page.get_by_text(words).locator("visible=true").first
        expect(shown).to_be_visible(timeout=30_000)

    def sign_up(self) -> None:
        page = self.page
        page.goto("/up")
        page.get_by_label("Your name").fill("Alice Tanner")
        page.get_by_label("Email address").fill(self.owner)
        page.get_by_label("Password").fill(PASSWORD)
        self.act("Sign up")
        # Without the word on her age nothing is made, and what was typed stays.
        expect(page.get_by_label("Your name")).to_have_value("Alice Tanner")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("I am 16 years old or older").check()
        self.act("Sign up")
        page.get_by_label("Code").fill(Mailbox(self.product.sandbox_url).code(self.owner))
        self.act("Confirm code")

    def begin_business(self) -> None:
        page = self.page
        page.get_by_label("Business name").fill("Hurley Plumbing")
        page.get_by_label("Phone").fill("228 555")
        page.get_by_label("Trade").select_option("Plumbing")
        self.act("Start my business")
        expect(page.get_by_label("Business name")).to_have_value("Hurley Plumbing")
        page.get_by_label("Phone").fill("(228) 555-0100")
        self.act("Start my business")
        page.get_by_role("radio", name=re.compile("Plumbing")).first.check()
        self.act("Begin with this")
        page.wait_for_url(re.compile(r"/b/\d+/"))
        self.base = re.match(r"/b/\d+", page.url.removeprefix(self.product.url))[0]  # type: ignore[index]
        page.goto(f"{self.base}/prices")
        self.seen("Water heater")

    def add_client(self) -> None:
        page = self.page
        page.goto(f"{self.base}/clients")
        page.get_by_role("link", name="New client").first.click()
        page.get_by_label("Name", exact=True).fill("Maria Alvarez")
        page.get_by_label("Phone").fill(self.phone)
        page.get_by_label("Street").fill("14 Oak Street")
        page.get_by_label("City").fill("Hurley")
        self.act("Save client")
        self.seen("14 Oak Street")
        self.client_url = page.url
        page.goto(f"{self.client_url}/properties/new")
        page.get_by_label("What people call it").fill("Rental")
        page.get_by_label("Street").fill("9 Elm Street")
        page.get_by_label("City").fill("Moss Point")
        self.act("Save property")
        self.seen("9 Elm Street")

    def invite_bob(self) -> None:
        page = self.page
        page.goto(f"{self.base}/team/new")
        page.get_by_label("Name", exact=True).fill("Bob Delacroix")
        page.get_by_label("Email").fill(self.worker)
        page.get_by_role("radio", name=re.compile("Technician")).check()
        self.act("Send invitation")
        mailbox = Mailbox(self.product.sandbox_url)
        letter = until(lambda: mailbox.mails(self.worker), what="the invitation")[-1]["text"]
        link = re.search(r"https?://\S+/invitations/\S+", letter)
        assert link
        bob = watched(self.browser, self.product.url)
        bob.page.goto(link[0])
        bob.page.get_by_role("link", name="Sign up").click()
        bob.page.get_by_label("Your name").fill("Bob Delacroix")
        bob.page.get_by_label("Email address").fill(self.worker)
        bob.page.get_by_label("Password").fill(PASSWORD)
        bob.page.get_by_label("I am 16 years old or older").check()
        bob.page.get_by_role("button", name="Sign up", exact=True).click()
        bob.page.get_by_label("Code").fill(mailbox.code(self.worker))
        bob.page.get_by_role("button", name="Confirm code", exact=True).click()
        bob.page.get_by_role("button", name=re.compile("^Join")).click()
        bob.page.wait_for_url(re.compile(r"/b/\d+/"))
        self.bob = bob

    def book_job(self) -> None:
        page = self.page
        page.goto(self.client_url)
        page.get_by_role("link", name="Book a job").first.click()
        page.get_by_label("What is to be done").fill("Water heater")
        nine = (datetime.now(ZoneInfo("America/Chicago")) + timedelta(days=1)).replace(
            hour=9, minute=0, second=0, microsecond=0, tzinfo=None
        )
        page.locator("input[name=date]").fill(nine.date().isoformat())
        page.locator("input[name=time]").fill("09:00")
        page.get_by_label("Bob Delacroix").check()
        self.act("Book job")
        self.seen("Water heater")
        self.job_url = page.url
        rng = random.Random(4)
        pictures = [("IMG_1.jpg", "image/jpeg", photo(rng, "plumbing"))]
        pictures.append(("IMG_2.heic", "image/heic", photo(rng, "plumbing", heic=True)))
        papers = [
            ("permit.pdf", "application/pdf", paper("Permit", "Hurley Plumbing", "M", "J-1", nine.date()))
        ]
        files = [{"name": name, "mimeType": kind, "buffer": body} for name, kind, body in pictures + papers]
        page.locator("input[type=file]").first.set_input_files(files)  # type: ignore[arg-type]
        until(lambda: self._tiles() >= 3, what="previews of two photos and a paper", seconds=60)

    def _tiles(self) -> int:
        self.page.wait_for_timeout(700)
        self.page.goto(self.job_url)
        return self.page.locator(".photos img").count()

    def bob_looks(self, width: int, height: int) -> None:
        page = self.bob.page
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{self.base}/")
        expect(page.get_by_text("Maria Alvarez").first).to_be_visible()
        assert page.goto(f"{self.base}/inbox").status == 403  # type: ignore[union-attr]
        assert page.goto(f"{self.base}/settings").status == 403  # type: ignore[union-attr]
        assert self.bob.foreign == []
        assert self.bob.cookies == {"__Host-session"}

    def ask_and_approve(self) -> None:
        page = self.page
        page.goto(f"{self.base}/ask")
        page.get_by_label("Ask Claude").fill(QUESTION)
        self.act("Ask")
        card = page.locator("article.approval").first
        expect(card).to_be_visible(timeout=40_000)
        expect(card).to_contain_text("Maria Alvarez")
        assert self.product.texts(self.phone) == []
        # Reloading in the middle loses nothing.
        page.reload()
        card = page.locator("article.approval").first
        card.locator("summary").click()
        area = card.locator("textarea")
        self.words = area.input_value().replace("gate code", "gate code, please")
        area.fill(self.words)
        card.locator("form").filter(has=page.locator("textarea")).get_by_role("button").click()
        texts = until(lambda: self.product.texts(self.phone), what="the text at Twilio")
        assert [one["body"] for one in texts] == [self.words]

    def answer_comes(self) -> None:
        page = self.page
        sent = self.product.texts(self.phone)[0]
        self.product.sandbox(f"/_state/phones/{self.phone}/answer", to=sent["from"], body="The code is 4471")
        page.goto(f"{self.base}/inbox")
        until(lambda: page.reload() and page.get_by_text("The code is 4471").count(), what="the answer")
        page.get_by_role("link", name=re.compile("Maria Alvarez")).first.click()
        self.seen("The code is 4471")
        self.seen(self.words[:40])

    def undo_a_mistake(self) -> None:
        page = self.page
        page.goto(self.client_url)
        page.get_by_role("link", name="Book a job").first.click()
        page.get_by_label("What is to be done").fill("Booked by mistake")
        self.act("Book job")
        self.seen("Booked by mistake")
        page.locator("op-toast").get_by_role("button", name="Undo").click()
        self.seen("Undone")
        page.goto(f"{self.base}/jobs")
        expect(page.get_by_text("Booked by mistake")).to_have_count(0)

    def look_back(self) -> None:
        page = self.page
        page.goto(self.client_url)
        for words in ("Maria Alvarez", "IMG_2.heic", "The code is 4471", "Alice Tanner"):
            self.seen(words)
        assert self.alice.violations() == []
        assert self.alice.overflow() == 0

    def download(self) -> None:
        page = self.page
        page.goto(f"{self.base}/settings/download")
        again = page.get_by_role("button", name="Confirm it is you")
        again.or_(page.get_by_role("button", name="Prepare download")).wait_for()
        if again.count():  # who signed up some time ago is asked once more
            again.click()
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Confirm").click()
        page.get_by_role("button", name="Prepare download").click()
        page.get_by_role("button", name="Download ZIP").wait_for(timeout=60_000)
        with page.expect_download(timeout=60_000) as coming:
            page.get_by_role("button", name="Download ZIP").click()
        target = self.folder / "everything.zip"
        coming.value.save_as(target)
        with zipfile.ZipFile(target) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            sheet = next(name for name in names if name.lower().endswith("clients.csv"))
            rows = list(csv.reader(io.StringIO(archive.read(sheet).decode("utf-8-sig"))))
            assert any("Maria Alvarez" in row for row in rows)
            assert any(name.endswith("IMG_2.heic") for name in names)
            home = next(name for name in names if "Maria Alvarez" in name and name.endswith(".html"))
            (self.folder / "client.html").write_bytes(archive.read(home))
        reader = watched(self.browser, "file://")
        reader.page.goto((self.folder / "client.html").as_uri())
        expect(reader.page.get_by_text("Maria Alvarez").first).to_be_visible()
