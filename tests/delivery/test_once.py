"""What was decided leaves once, whatever the vendors do; what is not certain is asked about, not repeated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from opsystem.business.conversations.operations import take_back_message
from opsystem.business.profile.operations import set_switch
from opsystem.delivery.attempts import Parcel, accept_by_token, claim_next, settle
from opsystem.delivery.sending import Route, carry
from opsystem.kit import clock
from opsystem.kit.errors import Conflict
from tests.business.opening import ALICE
from tests.business.scene import OUR_NUMBER
from tests.delivery.post import NUMBER, Post, site_of

ASKING = "check whether a text went out"


def fault(
    kind: str, operation: str = "messages.create", vendor: str = "twilio", **more: Any
) -> dict[str, Any]:
    return {"kind": kind, "vendor": vendor, "operation": operation, **more}


def test_a_text_leaves_once_and_says_so(post: Post) -> None:
    ref = post.write("On my way")
    assert post.run() is None
    assert post.bodies() == ["On my way"]
    assert post.message(ref).state == "accepted"
    assert [row.state for row in post.rows("outbox")] == ["accepted"]
    post.run()
    assert len(post.bodies()) == 1


@pytest.mark.parametrize("trouble", [fault("lost_answer"), fault("status", status=500, accepted=True)])
def test_an_answer_that_was_lost_is_asked_for_and_nothing_is_sent_again(
    post: Post, trouble: dict[str, Any]
) -> None:
    post.vendors.faults(trouble)
    ref = post.write("On my way")
    post.run_until(ref, "accepted")
    assert [row.purpose for row in post.rows("disclosure")] == ["send a text", ASKING]
    assert post.bodies() == ["On my way"]
    [attempt] = post.rows("attempt")
    assert attempt.vendor_id == post.vendors.texts()[0]["sid"]


def test_what_the_vendor_never_had_is_sent_after_it_was_asked_three_times(post: Post) -> None:
    post.vendors.faults(fault("refuse"))
    ref = post.write("On my way")
    post.run_until(ref, "accepted")
    assert post.bodies() == ["On my way"]
    assert [(row.number, row.asked, row.outcome) for row in post.rows("attempt")] == [
        (1, 3, "queued"),
        (2, 0, "accepted"),
    ]


def test_what_never_gets_through_is_given_to_a_person(post: Post) -> None:
    post.vendors.faults(fault("refuse", count=9))
    ref = post.write("On my way")
    problem = post.run_until(ref, "needs_human", seconds=40)
    assert "check" in problem
    assert post.bodies() == []
    assert len(post.rows("attempt")) == 3
    assert post.run() is None


def test_while_the_vendor_cannot_even_be_asked_nothing_is_repeated(post: Post) -> None:
    post.vendors.faults(fault("lost_answer"), fault("status", "messages.list", status=503, count=4))
    ref = post.write("On my way")
    post.run_until(ref, "accepted")
    assert post.bodies() == ["On my way"]


def test_the_same_words_twice_are_two_texts_though_both_answers_were_lost(post: Post) -> None:
    post.vendors.faults(fault("lost_answer", count=2))
    first, second = post.write("Running late"), post.write("Running late")
    post.run_until(first, "accepted")
    post.run_until(second, "accepted")
    assert post.bodies() == ["Running late", "Running late"]
    assert len({row.vendor_id for row in post.rows("attempt")}) == 2


def test_a_busy_vendor_is_left_alone_for_a_while(post: Post) -> None:
    post.vendors.faults(fault("status", status=429, retry_after=120))
    ref = post.write("On my way")
    next_look = post.run()
    assert next_look is not None
    assert timedelta(seconds=60) < next_look - clock.now() <= timedelta(seconds=121)
    assert post.bodies() == []
    assert post.message(ref).state == "queued"
    post.hurry()
    post.run_until(ref, "accepted")
    assert post.bodies() == ["On my way"]


def test_a_clear_no_is_final_and_told(post: Post) -> None:
    post.vendors.faults(fault("status", status=400))
    ref = post.write("On my way")
    assert post.run_until(ref, "failed") == "Twilio did not take this."
    post.hurry()
    post.run()
    assert post.bodies() == []


def test_who_said_stop_gets_nothing_more(post: Post) -> None:
    post.write("First")
    post.run()
    post.vendors.answer("+12285550142", to=OUR_NUMBER, body="STOP")
    second, third = post.write("Second"), post.write("Third")
    post.run()
    assert post.message(second).state == "failed"
    assert "asked not to get texts" in (post.message(second).problem or "")
    assert post.message(third).state == "cancelled"
    assert [row.stopped_at is not None for row in post.rows("thread")] == [True]
    with pytest.raises(Conflict):
        post.write("Fourth")
    assert "Second" not in post.bodies()


def test_what_was_switched_off_meanwhile_does_not_leave(post: Post) -> None:
    ref = post.write("On my way")
    set_switch.perform(post.vault, ALICE, {"name": "sms", "on": False})
    assert "switched off" in post.run_until(ref, "failed")
    assert post.bodies() == []


def test_a_held_message_waits_and_can_be_taken_back(post: Post) -> None:
    ref = post.write("On my way", hold=20)
    next_look = post.run()
    assert next_look is not None
    assert timedelta(seconds=10) < next_look - clock.now() <= timedelta(seconds=20)
    take_back_message.perform(post.vault, ALICE, {"message": ref})
    post.hurry()
    assert post.run() is None
    assert post.bodies() == []
    assert post.message(ref).state == "cancelled"


def _claimed(post: Post) -> Parcel:
    parcel = claim_next(post.vault, clock.now(), post.site.claim)
    assert parcel is not None
    return parcel


def test_what_is_under_way_cannot_be_taken_back(post: Post) -> None:
    post.vendors.faults(fault("lost_answer"))
    ref = post.write("On my way")
    carry(Route(post.vault, NUMBER, post.site), _claimed(post), clock.now())
    with pytest.raises(Conflict):
        take_back_message.perform(post.vault, ALICE, {"message": ref})
    post.run_until(ref, "accepted")


def test_a_worker_that_lost_its_claim_changes_nothing(post: Post) -> None:
    post.write("On my way")
    site = site_of(post.vendors, claim=timedelta(0))
    slow = claim_next(post.vault, clock.now(), site.claim)
    assert slow is not None
    quick = claim_next(post.vault, clock.now(), site.claim)
    assert quick is not None
    assert (slow.state, quick.state) == ("sending", "unknown"), "a row in the making is asked about"
    assert not settle(post.vault, slow, "failed", clock.now())
    assert [row.state for row in post.rows("outbox")] == ["unknown"]
    assert settle(post.vault, quick, "unknown", clock.now(), asked=1)


@pytest.mark.parametrize("taken", [True, False])
def test_a_worker_that_died_in_the_middle_is_followed_by_one_that_asks(post: Post, taken: bool) -> None:
    ref = post.write("On my way")
    parcel = claim_next(post.vault, clock.now(), timedelta(0))
    assert parcel is not None
    if taken:
        # Sent, and then the light went out before anything was written down.
        post.vendors.faults(fault("lost_answer"))
        dead = Route(post.vault, NUMBER, site_of(post.vendors))
        carry(dead, parcel, clock.now())
        post.hurry()
    post.run_until(ref, "accepted")
    assert post.bodies() == ["On my way"]
    assert len(post.rows("attempt")) == (1 if taken else 2)


def test_a_report_proves_an_attempt_even_when_the_next_one_is_queued(post: Post) -> None:
    ref = post.write("On my way")
    parcel = claim_next(post.vault, clock.now(), timedelta(hours=1))
    assert parcel is not None
    settle(post.vault, parcel, "queued", clock.now(), asked=3)
    accept_by_token(post.vault, parcel.token, "SM1", clock.now())
    assert post.run() is None
    assert post.bodies() == []
    assert [row.state for row in post.rows("outbox")] == ["accepted"]
    assert post.message(ref).state in {"queued", "accepted"}
