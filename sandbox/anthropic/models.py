"""`GET /v1/models` and `/v1/models/{id}`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.anthropic.access import check_sender
from sandbox.anthropic.cards import CARDS, Lifecycle, ModelCard, card_of
from sandbox.anthropic.errors import invalid

_LIFECYCLES: tuple[Lifecycle, ...] = ("active", "deprecated", "retired")


def _flag(supported: bool) -> dict[str, bool]:
    return {"supported": supported}


def _day(day: str | None) -> str | None:
    return None if day is None else f"{day}T00:00:00Z"


def _capabilities(card: ModelCard) -> dict[str, object]:
    effort = {name: _flag(card.thinks) for name in ("low", "medium", "high", "xhigh", "max")}
    types = {
        "adaptive": _flag(card.thinks),
        "between_tools": _flag(card.thinks),
        "disabled": _flag(not card.thinks),
        "enabled": _flag(not card.thinks),
    }
    return {
        "batch": _flag(False),
        "citations": _flag(False),
        "code_execution": _flag(False),
        "context_management": _flag(False),
        "effort": {"supported": card.thinks, **effort},
        "image_input": _flag(True),
        "pdf_input": _flag(True),
        "server_tools": {"supported": False, "code_execution": _flag(False), "web_search": _flag(False)},
        "structured_outputs": _flag(True),
        "thinking": {"supported": card.thinks, "types": types},
    }


def describe(card: ModelCard) -> dict[str, object]:
    """The vendor's `ModelInfo` of a card."""
    return {
        "type": "model",
        "id": card.id,
        "display_name": card.name,
        "line": card.line,
        "created_at": _day(card.released),
        "lifecycle": card.lifecycle,
        "deprecated_at": _day(card.deprecated),
        "retires_at": _day(card.retires),
        "max_input_tokens": card.max_input_tokens,
        "max_tokens": card.max_tokens,
        "capabilities": _capabilities(card),
    }


async def list_models(request: Request) -> JSONResponse:
    """One page of models, newest first; `limit`, `after_id`, `before_id` and `lifecycle` as at the vendor."""
    check_sender(request)
    wanted = request.query_params.getlist("lifecycle") + request.query_params.getlist("lifecycle[]")
    if any(stage not in _LIFECYCLES for stage in wanted):
        raise invalid("lifecycle: Input should be 'active', 'deprecated' or 'retired'")
    cards = [card for card in CARDS if card.lifecycle in (wanted or _LIFECYCLES[:2])]
    limit = _limit(request)
    ids = [card.id for card in cards]
    after, before = request.query_params.get("after_id"), request.query_params.get("before_id")
    if after in ids:
        cards = cards[ids.index(after) + 1 :]
    elif before in ids:
        cards = cards[: ids.index(before)][-limit:]
    page = cards[:limit]
    return JSONResponse(
        {
            "data": [describe(card) for card in page],
            "has_more": len(cards) > len(page),
            "first_id": page[0].id if page else None,
            "last_id": page[-1].id if page else None,
        }
    )


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", "20")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1000:
        raise invalid("limit: Input should be a whole number from 1 to 1000")
    return int(text)


async def show_model(request: Request) -> JSONResponse:
    """One model, also a retired one."""
    check_sender(request)
    return JSONResponse(describe(card_of(request.path_params["model_id"])))
