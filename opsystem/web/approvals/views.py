"""Views of approvals."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.asking.operations import approve_proposal, edit_proposal, reject_proposal
from opsystem.business.asking.queries import list_proposals, show_proposal
from opsystem.business.asking.records import Decided
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.approvals.cards import card_of
from opsystem.web.door import Door, business_page


@business_page(Permission.APPROVE)
def show_list(door: Door) -> HttpResponse:
    """Show what waits for a decision, and what was decided lately."""
    waiting = [card_of(door, row) for row in door.ask(list_proposals).rows]
    return door.page("approvals/list.html", {"waiting": waiting})


@business_page(Permission.ASSISTANT_USE, "POST")
def approve(door: Door, proposal: int, shown: str) -> HttpResponse:
    """Do what was shown."""
    ref = make_ref("proposal", proposal)
    done = door.perform(approve_proposal, proposal=ref, arguments_hash=shown)
    return _after(door, ref, done.value)


@business_page(Permission.ASSISTANT_USE, "POST")
def edit(door: Door, proposal: int, shown: str) -> HttpResponse:
    """Do what was shown, with the words changed."""
    ref = make_ref("proposal", proposal)
    row = door.ask(show_proposal, proposal=ref)
    changed = {one.name: door.request.POST[one.name] for one in row.fields if one.name in door.request.POST}
    arguments = {**row.arguments, **changed}
    done = door.perform(edit_proposal, proposal=ref, arguments_hash=shown, arguments=arguments)
    return _after(door, ref, done.value)


@business_page(Permission.ASSISTANT_USE, "POST")
def reject(door: Door, proposal: int) -> HttpResponse:
    """Do not do it."""
    ref = make_ref("proposal", proposal)
    done = door.perform(reject_proposal, proposal=ref, reason=door.request.POST.get("reason", ""))
    return _after(door, ref, done.value)


def _after(door: Door, ref: str, decided: Decided) -> HttpResponse:
    words = {"approved": "Approved", "edited": "Approved with your words", "rejected": "Rejected"}
    door.tell(
        decided.problem or words.get(decided.state, "Decided"), kind="failed" if decided.problem else "done"
    )
    row = door.ask(show_proposal, proposal=ref)
    return door.go_back("ask:show", int(row.conversation[2:]))
