"""Views of the talk with Claude."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.asking.operations import ask, stop_turn
from opsystem.business.asking.queries import list_conversations, show_conversation, show_proposal
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.approvals.cards import card_of
from opsystem.web.ask.rendering import shown
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

EXAMPLES = (
    "What is on tomorrow?",
    "Which messages wait for an answer?",
    "Text a client that we come tomorrow between 9 and 10",
    "Which jobs have no time yet?",
)


@business_page(Permission.ASSISTANT_USE, "GET", "POST")
def home(door: Door) -> HttpResponse:
    """Show one's conversations, or begin a new one."""
    form = FormState({"question": door.request.GET.get("q", "")})
    if door.is_post:
        outcome = door.submit(ask, "question", "screen")
        if outcome.done:
            return door.go("ask:show", outcome.done.value.id)
        form = outcome.form
    page = door.page_number
    talks = door.ask(list_conversations, page=page)
    return door.page("ask/home.html", {"talks": talks, "form": form, "examples": EXAMPLES})


@business_page(Permission.ASSISTANT_USE, "GET", "POST")
def show(door: Door, conversation: int) -> HttpResponse:
    """Show a conversation, or ask on in it."""
    ref = make_ref("conversation", conversation)
    form = FormState()
    if door.is_post:
        outcome = door.submit(ask, "question", conversation=ref)
        if outcome.done:
            return door.go("ask:show", conversation)
        form = outcome.form
    talk = door.ask(show_conversation, conversation=ref)
    turns = shown(door, talk.turns)
    busy = next((one.turn.id for one in reversed(turns) if one.is_busy), None)
    return door.page("ask/show.html", {"talk": talk, "turns": turns, "busy": busy, "form": form})


@business_page(Permission.ASSISTANT_USE, "POST")
def stop(door: Door, conversation: int, turn: int) -> HttpResponse:
    """Ask Claude to stop."""
    door.perform(stop_turn, turn=turn)
    return door.go("ask:show", conversation)


@business_page(Permission.ASSISTANT_USE)
def card(door: Door, proposal: int) -> HttpResponse:
    """Give one approval card, for the running conversation."""
    row = door.ask(show_proposal, proposal=make_ref("proposal", proposal))
    return door.page("ask/card.html", {"card": card_of(door, row)})
