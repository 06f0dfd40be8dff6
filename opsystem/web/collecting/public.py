"""Where a payer stands after Stripe's page, when nothing better is known."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from opsystem.web.accounts.access import EVERYONE, access
from opsystem.web.templating import page


@require_safe
def paid(request: HttpRequest) -> HttpResponse:
    """Say thank you; whether the money has come stands with the business."""
    return page(request, "collecting/paid.html", {})


urlpatterns = [path("paid", access(EVERYONE)(paid), name="paid")]
