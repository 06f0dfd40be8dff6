"""Whether the business goes to a place, told before anything else is typed."""

from __future__ import annotations

from opsystem.business.hours.area import is_served
from opsystem.business.wording import Line
from opsystem.kit.errors import Conflict
from opsystem.operations import Permission, Work, query
from opsystem.operations.errand import office


@query(permission=Permission.BOOK, label="Check place", assistant=False)
def check_place(work: Work, *, postcode: Line = "") -> bool:
    """Tell that work is done at places with this postcode. Raises Conflict otherwise."""
    with office(work) as desk:
        if not is_served(desk.session, postcode):
            raise Conflict("Sorry, we do not come to this place. Please call us.", code="not_served")
    return True
