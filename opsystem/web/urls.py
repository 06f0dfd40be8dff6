"""The pages of a business: one line a noun, each noun's addresses in its own folder."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

NOUNS = (
    "today",
    "clients",
    "equipment",
    "jobs",
    "joblines",
    "requests",
    "recurring",
    "time",
    "certificates",
    "schedule",
    "files",
    "invoices",
    "money",
    "expenses",
    "payments",
    "reports",
    "billing",
    "prices",
    "quotes",
    "printing",
    "team",
    "history",
    "settings",
    "collecting",
    "inbox",
    "ask",
    "approvals",
    "search",
    "exports",
    "deletion",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("b/<int:number>/", include([path("", include(f"opsystem.web.{noun}.urls")) for noun in NOUNS])),
    path("", include("opsystem.web.hub.urls")),
    path("", include("opsystem.web.booking.views")),
    path("", include("opsystem.web.outside.urls")),
    path("", include("opsystem.web.onboarding.urls")),
    path("", include("opsystem.web.arrivals.urls")),
    path("", include("opsystem.web.deletion.public")),
    path("", include("opsystem.web.hub.paying")),
    path("", include("opsystem.web.components_page")),
]
