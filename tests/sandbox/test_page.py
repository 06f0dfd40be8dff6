"""The sandbox's page without JavaScript, and what guards it."""

from __future__ import annotations

import re

import pytest
import requests
from mailgun.client import Client as MailgunClient

from sandbox.testing import Running
from tests.sandbox.conftest import ANA, OURS, Twilio
from tests.sandbox.test_mailgun import DOMAIN, send

VIEWS = ("phones", "mail", "faults", "requests")


def page(sandbox: Running, **query: str) -> str:
    answer = requests.get(sandbox.base_url, params=query, timeout=5)
    assert answer.status_code == 200
    return answer.text


def post(sandbox: Running, path: str, **fields: str) -> requests.Response:
    return requests.post(sandbox.base_url + path, data=fields, timeout=5)


def test_an_empty_sandbox_says_what_it_is_and_what_will_stand_here(sandbox: Running) -> None:
    assert "Nothing leaves this machine" in page(sandbox)
    assert "A text that the app sends stands here." in page(sandbox, view="phones")
    assert "A mail that the app sends stands here." in page(sandbox, view="mail")
    assert "Every vendor does what it should." in page(sandbox, view="faults")
    assert "+15005553003" in page(sandbox, view="faults")


def test_a_text_can_be_answered_as_its_person(sandbox: Running, twilio: Twilio) -> None:
    twilio.messages.create(to=ANA, from_=OURS, body="What is the <gate> code?")
    sandbox.settle()
    shown = page(sandbox, phone=ANA)
    assert "What is the &lt;gate&gt; code?" in shown
    assert "delivered" in shown
    answered = post(sandbox, "/phones/answer", phone=ANA, to=OURS, body="4711")
    assert answered.url.endswith("/?view=phones&phone=%2B15185550142")
    assert '<li class="bubble mine' in answered.text
    assert [text["body"] for text in sandbox.texts(person=ANA)] == ["What is the <gate> code?", "4711"]


def test_stop_is_one_button(sandbox: Running, twilio: Twilio) -> None:
    twilio.messages.create(to=ANA, from_=OURS, body="Hello")
    stopped = post(sandbox, "/phones/answer", phone=ANA, to=OURS, body="", word="STOP").text
    assert "Stopped texts from (845) 555-0100" in stopped


def test_what_cannot_arrive_is_told_and_kept(sandbox: Running, twilio: Twilio) -> None:
    assert twilio.messages.list() == []
    answer = post(sandbox, "/phones/answer", phone="0142", to=OURS, body="typed words")
    assert answer.status_code == 422
    assert "0142 is not a phone number" in answer.text
    assert "typed words" in answer.text


def test_a_mail_is_shown_with_links_and_answered(sandbox: Running, mailgun: MailgunClient) -> None:
    send(
        mailgun,
        text="Confirm: http://127.0.0.1:8000/c/abc?x=1&y=2. Thanks",
        html="<p>Confirm</p><script>1</script>",
    )
    number = sandbox.mails()[0]["id"]
    text = page(sandbox, view="mail", message=str(number), format="text")
    assert '<a href="http://127.0.0.1:8000/c/abc?x=1&amp;y=2" target="_blank" rel="noreferrer">' in text
    frame = requests.get(f"{sandbox.base_url}/mail/{number}/html", timeout=5)
    assert "<p>Confirm</p>" in frame.text
    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "script-src" not in policy
    replied = post(sandbox, f"/mail/{number}/reply", text="Yes", when="9:00")
    assert replied.status_code == 200
    mail = sandbox.mails()[-1]
    assert (mail["direction"], mail["subject"], mail["to"]) == (
        "inbound", "Re: Tomorrow", f"Hurley Plumbing <office@{DOMAIN}>",
    )  # fmt: skip
    assert mail["text"].startswith("Yes\n\nOn 9:00, Hurley Plumbing")
    assert mail["headers"]["In-Reply-To"] == f"<{sandbox.mails()[0]['message_id']}>"


def test_a_mail_can_be_written_as_anybody(sandbox: Running) -> None:
    said = {"from": "Ana <ana@example.com>", "to": f"office@{DOMAIN}", "subject": "A leak", "text": "Help"}
    assert post(sandbox, "/mail/write", **said).status_code == 200
    assert sandbox.mails()[0]["subject"] == "A leak"
    refused = post(sandbox, "/mail/write", **(said | {"to": "office@elsewhere.test"}))
    assert (refused.status_code, "No mail for elsewhere.test comes here" in refused.text) == (422, True)


def test_faults_are_set_and_cleared(sandbox: Running) -> None:
    fault = {
        "kind": "status",
        "vendor": "twilio",
        "operation": "messages.create",
        "count": "2",
        "status": "429",
    }
    shown = post(sandbox, "/faults/add", **fault, match_field="To", match_text="0142", seconds="").text
    assert "status 429" in shown
    assert sandbox.get("/_faults")[0]["match"] == {"To": "0142"}
    wrong = post(sandbox, "/faults/add", **(fault | {"count": "0"}))
    assert (wrong.status_code, "count: " in wrong.text) == (422, True)
    post(sandbox, "/faults/clear")
    assert sandbox.get("/_faults") == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_loads_nothing_from_elsewhere_and_has_a_strict_policy(
    sandbox: Running, twilio: Twilio, mailgun: MailgunClient, view: str
) -> None:
    twilio.messages.create(to=ANA, from_=OURS, body="Hello")
    send(mailgun)
    answer = requests.get(sandbox.base_url, params={"view": view}, timeout=5)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert all(url.startswith("/") for url in re.findall(r'(?:src|action)="([^"]*)"', answer.text))
    assert "<style" not in answer.text
    assert " style=" not in answer.text


def test_no_secret_is_on_any_page(sandbox: Running, twilio: Twilio, mailgun: MailgunClient) -> None:
    twilio.messages.create(to=ANA, from_=OURS, body="Hello")
    send(mailgun)
    for view in VIEWS:
        shown = page(sandbox, view=view)
        for secret in (sandbox.auth_token, sandbox.mailgun_key, sandbox.signing_key):
            assert secret not in shown


def test_strangers_cannot_use_it_through_a_browser(sandbox: Running, twilio: Twilio) -> None:
    assert twilio.messages.list() == []
    rebound = requests.get(sandbox.base_url, headers={"Host": "evil.example"}, timeout=5)
    fields = {"phone": ANA, "to": OURS, "body": "forged"}
    forged = requests.post(
        sandbox.base_url + "/phones/answer",
        data=fields,
        headers={"Origin": "https://evil.example"},
        timeout=5,
    )
    assert (rebound.status_code, forged.status_code) == (403, 403)
    assert sandbox.texts() == []
