"""What differed in payments: looked at, and done with."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.business.collecting.operations import settle_finding
from opsystem.kit.refs import make_ref
from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.PAYMENTS_WRITE, "POST")
def settle(door: Door, finding: int) -> HttpResponse:
    """Take a finding from the list."""
    done = door.perform(settle_finding, finding=make_ref("finding", finding))
    door.tell("Looked at", done=done)
    return door.go_back("collecting:home")
