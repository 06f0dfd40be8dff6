"""Views of the inbox."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.conversations.operations import (
    attach_thread,
    mark_read,
    reply_in_thread,
    take_back_message,
)
from opsystem.business.conversations.queries import list_threads, show_thread
from opsystem.business.overview.queries import list_clients
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_LONGEST_DRAFT = 500


@business_page(Permission.MESSAGES_READ)
def show_list(door: Door) -> HttpResponse:
    """Show the threads: all, unread, or those that wait for an answer."""
    get = door.request.GET
    given: dict[str, Any] = {name: get[name] for name in ("text", "filter") if get.get(name)}
    threads = door.ask(list_threads, page=door.page_number, **given)
    return door.page("inbox/list.html", {"threads": threads, "given": {"text": "", "filter": "all", **given}})


@business_page(Permission.MESSAGES_READ, "GET", "POST")
def show(door: Door, thread: int) -> HttpResponse:
    """Show a thread and answer in it. Looking at it marks it as read."""
    ref = make_ref("thread", thread)
    form = FormState()
    if door.is_post:
        outcome = door.submit(reply_in_thread, "body", "subject", thread=ref)
        if outcome.done:
            door.tell("It goes out in a moment", done=outcome.done)
            return door.go("inbox:show", thread)
        form = outcome.form
    page = door.page_number
    detail = door.ask(show_thread, thread=ref, page=page)
    if detail.thread.is_unread and door.actor.may(mark_read.permission):
        mark_read.perform(door.vault, door.actor, {"thread": ref})
    choices = []
    if detail.thread.client is None and door.actor.may(Permission.CLIENTS_READ):
        choices = [(one.ref, one.name) for one in door.ask(list_clients, sort="newest").rows]
    draft = door.request.GET.get("draft", "")[:_LONGEST_DRAFT]
    context = {
        "detail": detail,
        "thread": detail.thread,
        "form": form,
        "choices": choices,
        "draft": draft,
    }
    return door.page("inbox/thread.html", context)


@business_page(Permission.MESSAGES_SEND, "POST")
def attach(door: Door, thread: int) -> HttpResponse:
    """Say to which client a thread belongs."""
    outcome = door.submit(attach_thread, "client", thread=make_ref("thread", thread))
    if outcome.done:
        door.tell("The thread belongs to this client now", done=outcome.done)
    else:
        door.tell(outcome.form.error("client") or outcome.form.message, kind="failed")
    return door.go("inbox:show", thread)


@business_page(Permission.MESSAGES_SEND, "POST")
def take_back(door: Door, message: int) -> HttpResponse:
    """Take a message back before it leaves."""
    door.perform(take_back_message, message=make_ref("message", message))
    door.tell("Taken back; it was not sent")
    return door.go_back("inbox:list")
