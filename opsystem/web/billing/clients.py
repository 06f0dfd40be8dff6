"""How one client is billed: sales tax and its certificate, reminders, deposits that wait, plans."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from opsystem.business.billing.operations import set_reminders
from opsystem.business.billing.queries import show_client_billing
from opsystem.business.files.operations import add_file
from opsystem.business.overview.queries import show_client
from opsystem.business.taxes.operations import end_exemption, exempt_client
from opsystem.business.taxes.queries import list_exemptions
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page
from opsystem.web.forms import FormState

_MOST_BYTES = 20_000_000
_CERTIFICATE = ("certificate", "state", "valid_from", "valid_until")


@business_page(Permission.MONEY_READ)
def show(door: Door, client: int) -> HttpResponse:
    """Show how a client is billed."""
    return _page(door, client, FormState())


@business_page(Permission.BOOKS_WRITE, "POST")
def exempt(door: Door, client: int) -> HttpResponse:
    """Note a certificate by which a client pays no sales tax, with its file where one is given."""
    ref = make_ref("client", client)
    paper = door.request.FILES.get("file")
    given: dict[str, Any] = {"client": ref}
    if paper is not None and door.request.POST.get("certificate", "").strip():
        stored = door.vault.files.write(paper.chunks(), limit=_MOST_BYTES)
        kept = {"content_id": stored.content_id, "name": paper.name or "Certificate", "client": ref}
        filed = add_file.perform(door.vault, door.actor, {**kept, "caption": "Tax exemption certificate"})
        given["file"] = filed.value.ref
    outcome = door.submit(exempt_client, *_CERTIFICATE, **given)
    if outcome.done:
        door.tell("No sales tax is added from now on", done=outcome.done)
        return door.go("billing:client", client)
    return _page(door, client, outcome.form)


@business_page(Permission.BOOKS_WRITE, "POST")
def end(door: Door, client: int) -> HttpResponse:
    """Add sales tax again."""
    door.tell("Sales tax is added again", done=door.perform(end_exemption, client=make_ref("client", client)))
    return door.go("billing:client", client)


@business_page(Permission.INVOICES_WRITE, "POST")
def reminders(door: Door, client: int) -> HttpResponse:
    """Switch reminders and statements that go out by themselves on or off for a client."""
    on = door.request.POST.get("on") == "yes"
    done = door.perform(set_reminders, client=make_ref("client", client), on=on)
    door.tell(f"Reminders are {'on' if on else 'off'} for this client", done=done)
    return door.go("billing:client", client)


def _page(door: Door, client: int, form: FormState) -> HttpResponse:
    ref = make_ref("client", client)
    context = {
        "client": door.ask(show_client, client=ref).client,
        "billing": door.ask(show_client_billing, client=ref),
        "exemptions": door.ask(list_exemptions, client=ref),
        "form": form,
    }
    return door.page("billing/client.html", context)
