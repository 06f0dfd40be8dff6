"""Views of clients that were entered twice."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.merging.operations import Taken, merge_clients, tell_apart
from opsystem.business.merging.queries import find_duplicates
from opsystem.business.overview.queries import show_client
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_SHOWN = (
    (Taken.NAME, "Name"),
    (Taken.COMPANY, "Company"),
    (Taken.PHONE, "Phone"),
    (Taken.EMAIL, "Email"),
    (Taken.NOTES, "Notes"),
)


@business_page(Permission.CLIENTS_WRITE)
def show_list(door: Door) -> HttpResponse:
    """Show pairs of clients that look alike, with the reasons."""
    return door.page("clients/duplicates.html", {"found": door.ask(find_duplicates, page=door.page_number)})


@business_page(Permission.CLIENTS_WRITE, "GET", "POST")
def merge(door: Door, client: int, other: int) -> HttpResponse:
    """Show two clients side by side, and make them one: `client` stays, `other` goes."""
    keep, gone = make_ref("client", client), make_ref("client", other)
    form = FormState()
    if door.is_post:
        sent = door.request.POST
        take = tuple(name.value for name, _ in _SHOWN if sent.get(name.value) == gone)
        outcome = door.submit(merge_clients, keep=keep, gone=gone, take=take)
        if outcome.done:
            door.tell(f"{gone} went up in {keep}", done=outcome.done)
            return door.go("clients:show", client)
        form = outcome.form
    stays, goes = door.ask(show_client, client=keep), door.ask(show_client, client=gone)
    choices = []
    for name, label in _SHOWN:
        own, others = (getattr(page.client, name.value) or "" for page in (stays, goes))
        if own and others and own != others:
            choices.append((name.value, label, [(keep, own), (gone, others)]))
    values = {**{name: keep for name, *_ in choices}, **form.values}
    shown = FormState(values, form.errors, form.message)
    return door.page("clients/merge.html", {"stays": stays, "goes": goes, "choices": choices, "form": shown})


@business_page(Permission.CLIENTS_WRITE, "POST")
def keep_apart(door: Door, client: int, other: int) -> HttpResponse:
    """Remember that two clients are not the same."""
    one, two = make_ref("client", client), make_ref("client", other)
    door.tell("Not shown as duplicates again", done=door.perform(tell_apart, client=one, other=two))
    return door.go("clients:duplicates")
