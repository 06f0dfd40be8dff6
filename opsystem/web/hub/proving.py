"""A code to the phone or mailbox on file where a link alone is not enough, and a new link by the same way."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse

from opsystem.business.hub.proving import check_my_code, my_ways, renew_my_link, rotate_my_link, send_my_code
from opsystem.kit import clock
from opsystem.kit.errors import NotFound
from opsystem.lifecycle.client_seats import LinkState, note_proof, take_client_seat
from opsystem.web.door import see_other
from opsystem.web.forms import FormState
from opsystem.web.hub.door import ClientDoor, client_page
from opsystem.web.hub.limits import count

_PROVED = timedelta(hours=12)
_CODES_AN_HOUR = 6


@client_page("GET", "POST", bare=True)
def prove(door: ClientDoor) -> HttpResponse:
    """Send a code, take it, and let the browser in."""
    if door.seat.state is not LinkState.OPEN:
        return door.go("home")
    sent, form = door.request.POST, FormState()
    way = sent.get("way", "")
    if door.is_post and "code" in sent:
        if door.perform(check_my_code, way=way, code=sent["code"]).value.right:
            return _let_in(door)
        wrong = "This is not the code, or it has ended. Look again, or ask for a new one."
        form = FormState(dict(sent.items()), {"code": wrong})
    elif door.is_post:
        count(door.request, "codes", _CODES_AN_HOUR)
        door.perform(send_my_code, way=way)
    context = {"ways": door.ask(my_ways), "way": way, "form": form}
    return door.page("hub/prove.html", context, status=422 if form.is_bad else 200)


@client_page("POST", bare=True)
def renew(door: ClientDoor) -> HttpResponse:
    """Send a new link in place of one that has ended. One that was revoked is the office's to replace."""
    if door.seat.state is not LinkState.EXPIRED:
        raise NotFound("There is nothing to renew.", code="nothing_to_renew")
    count(door.request, "codes", _CODES_AN_HOUR)
    ways = door.ask(my_ways)
    if ways:
        door.perform(renew_my_link, way=ways[0].way)
    return door.page("hub/over.html", {"over": "sent"}, status=200)


def _let_in(door: ClientDoor) -> HttpResponse:
    """Let this browser in; a link that was passed round is changed, and the old one leads nowhere."""
    until, address = clock.now() + _PROVED, door.url("home")
    if door.seat.passed_round:
        word = door.perform(rotate_my_link, link=door.seat.link_id).value.text
        fresh = take_client_seat(door.vault, word.partition("-")[2], door.browser)
        note_proof(door.vault, fresh.link_id, door.browser, until)
        return see_other(address.replace(door.word, word))
    note_proof(door.vault, door.seat.link_id, door.browser, until)
    return see_other(address)
