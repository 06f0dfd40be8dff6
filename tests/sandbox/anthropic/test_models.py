"""The list of models: newest first, with pages and life stages."""

from __future__ import annotations

import anthropic
import pytest


def test_the_models_the_product_needs_are_there(client: anthropic.Anthropic) -> None:
    models = {model.id: model for model in client.models.list()}
    for name in ("claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"):
        assert models[name].lifecycle == "active"
        assert models[name].max_input_tokens == 1_000_000
        assert "sandbox" in models[name].display_name
    assert models["claude-sonnet-4-5"].retires_at is not None
    assert all(model.lifecycle != "retired" for model in models.values())


def test_pages_join_to_the_whole_list(client: anthropic.Anthropic) -> None:
    whole = [model.id for model in client.models.list()]
    assert [model.id for model in client.models.list(limit=2)] == whole
    first = client.models.list(limit=2)
    assert (first.has_more, first.last_id) == (True, whole[1])
    assert [model.id for model in client.models.list(after_id=whole[1], limit=2).data] == whole[2:4]


def test_retired_models_are_shown_when_asked_for(client: anthropic.Anthropic) -> None:
    retired = client.models.list(lifecycle=["retired"]).data
    assert [model.id for model in retired] == ["claude-sonnet-4-20250514"]
    assert client.models.retrieve("claude-sonnet-4-20250514").lifecycle == "retired"


def test_an_unknown_model_is_not_found(client: anthropic.Anthropic) -> None:
    with pytest.raises(anthropic.NotFoundError, match="model: claude-none"):
        client.models.retrieve("claude-none")


@pytest.mark.parametrize("limit", [0, 1001])
def test_a_limit_outside_the_vendors_range_is_refused(client: anthropic.Anthropic, limit: int) -> None:
    with pytest.raises(anthropic.BadRequestError, match="limit"):
        client.models.list(limit=limit)
