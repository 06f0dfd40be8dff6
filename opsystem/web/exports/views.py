"""Views of the download."""

from __future__ import annotations

from django.http import HttpResponse

from opsystem.operations import Permission
from opsystem.web.door import Door, business_page


@business_page(Permission.EXPORT)
def home(door: Door) -> HttpResponse:
    """Say what the archive holds."""
    return door.page("exports/home.html", {})
