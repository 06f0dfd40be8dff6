"""Mailgun's API as its own client finds it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from mailgun.client import Client
from mailgun.security import SecurityGuard

from sandbox.mailgun.signature import signed
from sandbox.testing import Running, SandboxError
from tests.sandbox.listener import Heard, Listener
from tests.vendor_specs import FOLDER

DOMAIN = "mg.sandbox.test"
MAIL = {"from": f"Hurley Plumbing <office@{DOMAIN}>", "to": "Ana <ana@example.com>", "subject": "Tomorrow"}


def send(mailgun: Client, **changes: Any) -> requests.Response:
    mail = {**MAIL, "text": "Bob comes at 9.", **changes}
    answer: requests.Response = mailgun.messages.create(
        domain=DOMAIN, data={name: value for name, value in mail.items() if value is not None}
    )
    return answer


def events(mailgun: Client, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = mailgun.events.get(domain=DOMAIN, filters=filters).json()["items"]
    return found


def is_signed(sandbox: Running, block: dict[str, str]) -> bool:
    return bool(
        SecurityGuard.verify_webhook(
            sandbox.signing_key, block["token"], block["timestamp"], block["signature"], max_age_seconds=900
        )
    )


def test_a_mail_is_accepted_and_delivered(sandbox: Running, mailgun: Client) -> None:
    answer = send(mailgun, html="<p>Bob comes at 9.</p>", cc="office@example.com")
    assert (answer.status_code, answer.json()["message"]) == (200, "Queued. Thank you.")
    message_id = answer.json()["id"]
    assert message_id.startswith("<")
    assert message_id.endswith(f"@{DOMAIN}>")
    sandbox.settle()
    (mail,) = sandbox.mails(to="ana@example.com")
    assert (mail["subject"], mail["text"]) == ("Tomorrow", "Bob comes at 9.")
    assert mail["states"] == {"ana@example.com": "delivered", "office@example.com": "delivered"}


def test_the_callers_message_id_and_variables_come_back(sandbox: Running, mailgun: Client) -> None:
    own = {
        "h:Message-Id": f"<attempt-7@{DOMAIN}>",
        "v:attempt": "7",
        "o:tag": ["visit"],
        "h:Reply-To": "x@y.org",
    }
    assert send(mailgun, **own).json()["id"] == f"<attempt-7@{DOMAIN}>"
    sandbox.settle()
    found = events(mailgun, **{"message-id": f"attempt-7@{DOMAIN}"})
    assert [event["event"] for event in found] == ["delivered", "accepted"]
    assert {event["user-variables"]["attempt"] for event in found} == {"7"}
    assert found[0]["tags"] == ["visit"]
    assert sandbox.mails()[0]["headers"]["Reply-To"] == "x@y.org"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": None}, "to parameter is missing"),
        ({"from": None}, "from parameter is missing"),
        ({"subject": None}, "subject parameter is missing"),
        ({"to": "ana"}, "'to' parameter is not a valid address"),
        ({"from": "Hurley Plumbing"}, "'from' parameter is not a valid address"),
        ({"cc": "ana@example.com, bob"}, "'cc' parameter is not a valid address"),
        ({"text": None}, "Need at least one of"),
        ({"o:testmode": "no"}, "o:testmode"),
        ({"template": "visit"}, "template not found"),
        ({"h:Message-Id": "not an id"}, "h:Message-Id"),
    ],
)
def test_what_mailgun_refuses_is_refused(
    sandbox: Running, mailgun: Client, changes: dict[str, Any], words: str
) -> None:
    answer = send(mailgun, **changes)
    assert answer.status_code == 400
    assert words in answer.json()["message"]
    assert sandbox.mails() == []


def test_a_wrong_key_is_refused_in_plain_text(sandbox: Running) -> None:
    url = f"{sandbox.mailgun_url}/v3/{DOMAIN}/messages"
    for auth in (("api", "key-wrong"), ("user", sandbox.mailgun_key), None):
        answer = requests.post(url, data={**MAIL, "text": "Hi"}, auth=auth, timeout=5)
        assert (answer.status_code, answer.text) == (401, "Forbidden")


def test_an_unknown_domain_is_not_found(mailgun: Client) -> None:
    answer = mailgun.messages.create(domain="elsewhere.test", data={**MAIL, "text": "Hi"})
    assert (answer.status_code, answer.json()) == (404, {"message": "Domain not found: elsewhere.test"})


def test_a_form_and_attachments_are_read(sandbox: Running, mailgun: Client) -> None:
    url = f"{sandbox.mailgun_url}/v3/{DOMAIN}/messages"
    plain = requests.post(url, data={**MAIL, "text": "a form"}, auth=("api", sandbox.mailgun_key), timeout=5)
    assert plain.status_code == 200
    photo = bytes(range(256)) * 3 + b"\r\n--\r\n"
    mailgun.messages.create(
        domain=DOMAIN,
        data={**MAIL, "text": "a photo"},
        files=[("attachment", ("leak.jpg", photo, "image/jpeg"))],
    )
    mails = sandbox.mails()
    assert [mail["text"] for mail in mails] == ["a form", "a photo"]
    assert mails[1]["attachments"] == [
        {"filename": "leak.jpg", "content-type": "image/jpeg", "size": len(photo)}
    ]


def test_magic_addresses_decide_what_becomes_of_a_mail(sandbox: Running, mailgun: Client) -> None:
    send(mailgun, to="ana+defer@example.com, ana+silent@example.com, ana+bounce@example.com")
    sandbox.settle()
    states = sandbox.mails()[0]["states"]
    assert states["ana+defer@example.com"] == "delivered"
    assert states["ana+silent@example.com"] == "accepted"
    assert states["ana+bounce@example.com"] == "failed permanent"
    deferred = [event["event"] for event in events(mailgun, recipient="ana+defer@example.com")]
    assert deferred == ["delivered", "failed", "accepted"]
    (failed,) = events(mailgun, event="failed", recipient="ana+bounce@example.com")
    assert (failed["severity"], failed["delivery-status"]["code"]) == ("permanent", 550)


def test_a_bounced_address_is_suppressed_until_it_is_removed(sandbox: Running, mailgun: Client) -> None:
    send(mailgun, to="ana+bounce@example.com")
    sandbox.settle()
    bounces = mailgun.bounces.get(domain=DOMAIN).json()["items"]
    assert [bounce["address"] for bounce in bounces] == ["ana+bounce@example.com"]
    mailgun.bounces.create(domain=DOMAIN, data={"address": "ana@example.com", "code": "550"})
    assert send(mailgun).status_code == 200
    sandbox.settle()
    (failed,) = events(mailgun, recipient="ana@example.com", event="failed")
    assert (failed["reason"], failed["delivery-status"]["code"]) == ("suppress-bounce", 605)
    assert mailgun.bounces.delete(domain=DOMAIN, bounce_address="ana@example.com").status_code == 200
    send(mailgun)
    sandbox.settle()
    assert sandbox.mails(to="ana@example.com")[-1]["states"] == {"ana@example.com": "delivered"}


def test_events_come_page_by_page(sandbox: Running, mailgun: Client) -> None:
    for number in range(3):
        send(mailgun, subject=f"mail {number}")
    sandbox.settle()
    assert len(events(mailgun, event="accepted OR delivered")) == 6
    page = mailgun.events.get(domain=DOMAIN, filters={"limit": 4, "ascending": "yes", "begin": 1}).json()
    seen = [event["id"] for event in page["items"]]
    while page["items"]:
        following = requests.get(page["paging"]["next"], auth=("api", sandbox.mailgun_key), timeout=5)
        page = following.json()
        seen += [event["id"] for event in page["items"]]
    assert len(seen) == len(set(seen)) == 6
    assert events(mailgun, subject="MAIL 1")[0]["message"]["headers"]["subject"] == "mail 1"
    assert mailgun.events.get(domain=DOMAIN, filters={"limit": 301}).status_code == 400


def test_signatures_match_the_known_vector() -> None:
    if not FOLDER.is_dir():
        pytest.skip("the vendors' samples are not beside this checkout")
    known = json.loads((FOLDER / "mailgun/samples/signature_vector.json").read_text())
    stamp = {"timestamp": known["timestamp"], "token": known["token"]}
    assert signed(known["signing_key"], stamp)["signature"] == known["signature"]


def test_webhooks_hear_of_their_events_signed(sandbox: Running, mailgun: Client, listener: Listener) -> None:
    url = listener.url("/events")
    assert (
        mailgun.domains_webhooks.create(domain=DOMAIN, data={"id": "delivered", "url": url}).status_code
        == 200
    )
    assert (
        mailgun.domains_webhooks.create(domain=DOMAIN, data={"id": "delivered", "url": url}).status_code
        == 400
    )
    mailgun.domains_webhooks.create(domain=DOMAIN, data={"id": "permanent_fail", "url": url})
    hooks = mailgun.domains_webhooks.get(domain=DOMAIN).json()["webhooks"]
    assert (hooks["delivered"], hooks["opened"]) == ({"urls": [url]}, None)
    message_id = send(mailgun, to="ana@example.com, ana+bounce@example.com", **{"v:attempt": "9"}).json()[
        "id"
    ]
    calls = [call.json for call in listener.wait_for(2)]
    sandbox.settle()
    assert len(listener.calls) == 2
    assert all(is_signed(sandbox, call["signature"]) for call in calls)
    assert calls[0]["signature"]["token"] != calls[1]["signature"]["token"]
    assert {call["event-data"]["event"] for call in calls} == {"delivered", "failed"}
    assert {call["event-data"]["message"]["headers"]["message-id"] for call in calls} == {
        message_id.strip("<>")
    }
    assert calls[0]["event-data"]["user-variables"] == {"attempt": "9"}


def test_a_webhook_is_tried_again_until_200_or_406(
    sandbox: Running, mailgun: Client, listener: Listener
) -> None:
    mailgun.domains_webhooks.create(domain=DOMAIN, data={"id": "delivered", "url": listener.url("/events")})
    listener.answers = [500, 204, 200, 406]
    for count in (3, 4):
        send(mailgun)
        sandbox.settle()
        assert len(listener.calls) == count
    tries = [call.json for call in listener.calls[:3]]
    assert len({call["event-data"]["id"] for call in tries}) == 1
    assert len({call["signature"]["token"] for call in tries}) == 3


def test_duplicated_webhooks_are_alike_to_the_byte(
    sandbox: Running, mailgun: Client, listener: Listener
) -> None:
    mailgun.domains_webhooks.create(domain=DOMAIN, data={"id": "delivered", "url": listener.url("/events")})
    sandbox.faults({"kind": "duplicate_callbacks", "vendor": "mailgun", "times": 2})
    send(mailgun)
    first, second = listener.wait_for(2)
    assert first.body == second.body


def test_webhooks_are_read_changed_and_removed(mailgun: Client) -> None:
    hooks = mailgun.domains_webhooks
    hooks.create(domain=DOMAIN, data={"id": "accepted", "url": "http://127.0.0.1:1/a"})
    hooks.put(domain=DOMAIN, webhook_name="accepted", data={"url": "http://127.0.0.1:1/b"})
    found = hooks.get(domain=DOMAIN, webhook_name="accepted").json()
    assert found == {"webhook": {"urls": ["http://127.0.0.1:1/b"]}}
    assert hooks.delete(domain=DOMAIN, webhook_name="accepted").status_code == 200
    assert hooks.get(domain=DOMAIN, webhook_name="accepted").status_code == 404
    assert (
        hooks.create(domain=DOMAIN, data={"id": "sneezed", "url": "http://127.0.0.1:1/a"}).status_code == 400
    )


def route(mailgun: Client, listener: Listener, path: str, expression: str, priority: int, *more: str) -> None:
    data = {
        "priority": priority,
        "expression": expression,
        "action": [f'forward("{listener.url(path)}")', *more],
    }
    assert mailgun.routes.create(data=data).status_code == 200


def forwarded(calls: list[Heard]) -> dict[str, str]:
    (call,) = calls
    return call.form


def test_a_persons_mail_is_forwarded_by_route(sandbox: Running, mailgun: Client, listener: Listener) -> None:
    route(mailgun, listener, "/reply", f'match_recipient("reply.*@{DOMAIN}")', 1, "stop()")
    route(mailgun, listener, "/all", "catch_all()", 2)
    text = "Yes please.\n\nOn Mon, we wrote:\n> Hello Ana"
    message_id = sandbox.mail_in(
        "Ana <ana@example.com>",
        to=f"reply+7@{DOMAIN}",
        subject="Re: Tomorrow",
        text=text,
        in_reply_to=f"<1@{DOMAIN}>",
    )
    sandbox.settle()
    form = forwarded(listener.calls)
    assert listener.calls[0].path == "/reply"
    assert is_signed(sandbox, form)
    assert (form["sender"], form["recipient"]) == ("ana@example.com", f"reply+7@{DOMAIN}")
    assert (form["stripped-text"], form["In-Reply-To"]) == ("Yes please.", f"<1@{DOMAIN}>")
    assert form["Message-Id"] == f"<{message_id}>"
    assert ["Subject", "Re: Tomorrow"] in json.loads(form["message-headers"])
    if FOLDER.is_dir():
        sample = json.loads((FOLDER / "mailgun/samples/inbound_route.forward.json").read_text())["form"]
        assert sample.keys() - form.keys() == {"body-html", "stripped-html"}  # this mail had no HTML


def test_routes_are_listed_changed_and_removed(mailgun: Client, listener: Listener) -> None:
    route(mailgun, listener, "/all", "catch_all()", 0)
    listed = mailgun.routes.get().json()
    assert listed["total_count"] == 1
    number = listed["items"][0]["id"]
    assert mailgun.routes.put(route_id=number, data={"priority": 5}).status_code == 200
    assert mailgun.routes.get(route_id=number).json()["route"]["priority"] == 5
    assert mailgun.routes.create(data={"expression": "everything", "action": "stop()"}).status_code == 400
    assert mailgun.routes.delete(route_id=number).status_code == 200
    assert mailgun.routes.get(route_id=number).status_code == 404


@pytest.mark.parametrize("to", ["ana@elsewhere.test", "nobody"])
def test_a_mail_that_cannot_arrive_says_why(sandbox: Running, to: str) -> None:
    with pytest.raises(SandboxError, match=r"409 .*problem"):
        sandbox.mail_in("ana@example.com", to=to, subject="Hi", text="Hi")
