"""A problem as the API says it: RFC 9457, with a stable code and a sentence for each wrong field."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import JsonResponse

from opsystem.kit.errors import Problem

TITLES = {
    "invalid": "What was given cannot be taken",
    "not_found": "There is no such thing for you",
    "forbidden": "You may not do this",
    "conflict": "It changed meanwhile, or its state does not allow this",
    "limit": "Too large, too many or too often",
    "unavailable": "A needed part does not answer now",
    "fault": "A fault of ours",
}
_STATUS = {
    "invalid": 422,
    "not_found": 404,
    "forbidden": 403,
    "conflict": 409,
    "limit": 413,
    "unavailable": 503,
}
_BY_CODE = {"bad_token": 401, "no_token_given": 401, "method": 405, "too_often": 429, "storage_full": 507}
STATUSES = tuple(sorted({*_STATUS.values(), *_BY_CODE.values()}))


def status_of(problem: Problem) -> int:
    """Return the HTTP status of a problem."""
    return _BY_CODE.get(problem.code) or _STATUS.get(problem.kind, 400)


def problem_details(problem: Problem, headers: Mapping[str, str] | None = None) -> JsonResponse:
    """Return the answer for a problem: `application/problem+json`."""
    status = status_of(problem)
    challenge = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return _answer(
        status, problem.kind, problem.code, problem.message, problem.fields, {**challenge, **(headers or {})}
    )


def fault_details() -> JsonResponse:
    """Return the answer for a fault of ours, which is in the log and not in the answer."""
    return _answer(500, "fault", "fault", "Something went wrong here. It was noted; try again later.", {}, {})


def _answer(
    status: int, kind: str, code: str, detail: str, fields: Mapping[str, str], headers: Mapping[str, str]
) -> JsonResponse:
    content = {
        "type": f"urn:opsystem:problem:{code}",
        "title": TITLES[kind],
        "status": status,
        "detail": detail,
        "kind": kind,
        "code": code,
        "fields": dict(fields),
    }
    return JsonResponse(
        content, status=status, content_type="application/problem+json", headers=dict(headers)
    )
