"""Pages about deletion that need no account: how it works, a certificate, and the script that checks it."""

from __future__ import annotations

import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from opsystem.control.hosting.deletions import deletion_by_link
from opsystem.control.installation import installation
from opsystem.kit.errors import NotFound
from opsystem.lifecycle.shredding import checking
from opsystem.lifecycle.shredding.certificate import BACKUPS_KEPT, public_key
from opsystem.web.accounts.access import EVERYONE, access
from opsystem.web.door import translate
from opsystem.web.templating import page

_SCRIPT = Path(checking.__file__).read_bytes()


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """Explain how deletion works."""
    told = installation()
    context = {
        "operator": told.operator,
        "slots": len(told.slots),
        "backup_days": BACKUPS_KEPT.days,
        "public_key": public_key(),
    }
    return page(request, "deletion/how.html", context)


@require_safe
def certificate(request: HttpRequest, link: str) -> HttpResponse:
    """Show how far a deletion is, and its certificate, to whoever has the link."""
    try:
        deletion = deletion_by_link(link)
    except NotFound as problem:
        return translate(request, problem)
    return page(request, "deletion/certificate.html", {"deletion": deletion, "told": deletion.certificate})


@require_safe
def certificate_file(request: HttpRequest, link: str) -> HttpResponse:
    """Give the certificate as a file."""
    try:
        deletion = deletion_by_link(link)
    except NotFound as problem:
        return translate(request, problem)
    if deletion.certificate is None:
        return translate(request, NotFound("There is no certificate yet.", code="no_certificate"))
    name = f"deletion-{deletion.business_number}.json"
    content = json.dumps(deletion.certificate, indent=2) + "\n"
    return _file(content.encode(), name, "application/json")


@require_safe
def script(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the script that checks a certificate."""
    return _file(_SCRIPT, "check_deletion.py", "text/x-python; charset=utf-8")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


urlpatterns = [
    path("deletion", access(EVERYONE)(how), name="how_deletion_works"),
    path("deletion/check_deletion.py", access(EVERYONE)(script), name="check_deletion"),
    path("deletion/<str:link>", access(EVERYONE)(certificate), name="certificate"),
    path("deletion/<str:link>/certificate.json", access(EVERYONE)(certificate_file), name="certificate_file"),
]
