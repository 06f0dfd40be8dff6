"""Refusals in the vendor's error format.

Kinds and statuses: https://platform.claude.com/docs/en/api/errors
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse

KIND_OF_STATUS = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    504: "timeout_error",
    529: "overloaded_error",
}
WORDS_OF_STATUS = {
    402: "Your credit balance is too low to access the Anthropic API.",
    403: "Your API key does not have permission to use the specified resource.",
    429: "This request would exceed your organization's rate limit.",
    500: "Internal server error",
    504: "Request timed out",
    529: "Overloaded",
}


class ApiError(Exception):
    """A refusal. `status` decides the vendor's error type; `code` is the stable code in `error.details`."""

    def __init__(
        self, status: int, message: str, *, headers: Mapping[str, str] | None = None, code: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})
        self.code = code

    @property
    def kind(self) -> str:
        """The vendor's `error.type`."""
        return KIND_OF_STATUS.get(self.status, "api_error" if self.status >= 500 else "invalid_request_error")


def invalid(message: str) -> ApiError:
    """A 400, as for a request that does not fit the API."""
    return ApiError(400, message)


def failing(status: int, retry_after: int | None = None) -> ApiError:
    """A failure that is not the request's fault. `retry_after` is in seconds, sent with 429 and 503."""
    headers = {}
    if retry_after is not None:
        headers["retry-after"] = str(retry_after)
    if status == 429:
        headers["anthropic-ratelimit-requests-limit"] = "50"
        headers["anthropic-ratelimit-requests-remaining"] = "0"
    return ApiError(status, WORDS_OF_STATUS.get(status, "Internal server error"), headers=headers)


def error_body(error: ApiError, request_id: str) -> dict[str, object]:
    """The JSON body of a refusal."""
    inner: dict[str, object] = {"type": error.kind, "message": error.message}
    if error.code is not None:
        inner["details"] = {"error_code": error.code}
    return {"type": "error", "error": inner, "request_id": request_id}


def error_response(error: ApiError, request_id: str) -> JSONResponse:
    """The HTTP response of a refusal."""
    return JSONResponse(error_body(error, request_id), status_code=error.status, headers=error.headers)


async def answer_error(request: Request, error: Exception) -> JSONResponse:
    """Starlette's exception handler for `ApiError`."""
    if not isinstance(error, ApiError):
        raise error
    return error_response(error, request.state.request_id)


async def answer_unknown_path(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001
    """Starlette's exception handler for paths and methods the vendor does not have."""
    return error_response(ApiError(404, "Not found"), request.state.request_id)
