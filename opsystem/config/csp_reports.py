"""What browsers report when a page breaks our content security policy: counted, never kept.

A report quotes addresses and pieces of pages, so only the violated directive is taken from it.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from opsystem.config.headers import CONTENT_SECURITY_POLICY
from opsystem.control.usage.meters import count, total
from opsystem.web.accounts.access import EVERYONE, access

_LONGEST_REPORT = 16 * 1024
_DIRECTIVES = frozenset(part.split()[0] for part in CONTENT_SECURITY_POLICY.split("; "))
METER = "csp."


@access(EVERYONE)
@csrf_exempt
@require_POST
def take_report(request: HttpRequest) -> HttpResponse:
    """Count one report under its directive; anything unknown counts as `other`."""
    count(METER + _directive(request.read(_LONGEST_REPORT + 1)))
    return HttpResponse(status=204)


def reports_counted() -> int:
    """Return how many reports there have been in all."""
    return total(METER)


def _directive(body: bytes) -> str:
    if len(body) > _LONGEST_REPORT:
        return "other"
    try:
        report = json.loads(body)["csp-report"]
        named = str(report.get("effective-directive") or report.get("violated-directive")).split()[0]
    except (ValueError, LookupError, TypeError, AttributeError):
        return "other"
    # script-src-elem and style-src-attr are parts of what the policy calls script-src and style-src.
    for known in (named, named.removesuffix("-elem").removesuffix("-attr")):
        if known in _DIRECTIVES:
            return known
    return "other"
