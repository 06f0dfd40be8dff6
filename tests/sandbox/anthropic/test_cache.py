"""The prompt cache: what is written is read again, by whom and for how long."""

from __future__ import annotations

import anthropic
from anthropic.types import Usage

from sandbox.anthropic.cache import PromptCache
from sandbox.anthropic.estimate import Piece
from sandbox.anthropic.request.blocks import CacheControl
from tests.sandbox.anthropic.office import SYSTEM
from tests.sandbox.anthropic.talking import MODEL, Conversation
from tests.sandbox.anthropic.wire import body

FIVE_MINUTES = CacheControl(type="ephemeral")
AN_HOUR = CacheControl(type="ephemeral", ttl="1h")


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def prompt(*names: str, marked: CacheControl | None = FIVE_MINUTES) -> list[Piece]:
    """A thousand tokens for each name, with a breakpoint on the last."""
    return [Piece(name, 1000, marked if name == names[-1] else None) for name in names]


def test_what_was_written_is_read_for_five_minutes_after_its_last_use() -> None:
    watch = Watch()
    cache = PromptCache(watch)
    first = cache.use("a", 1024, prompt("tools", "system", "words"))
    assert (first.plain, first.read, first.written_5m) == (0, 0, 3000)
    watch.seconds = 299
    assert cache.use("a", 1024, prompt("tools", "system", "words")).read == 3000
    watch.seconds = 598
    assert cache.use("a", 1024, prompt("tools", "system", "words")).read == 3000
    watch.seconds = 899
    assert cache.use("a", 1024, prompt("tools", "system", "words")).read == 0


def test_an_hour_is_an_hour() -> None:
    watch = Watch()
    cache = PromptCache(watch)
    assert cache.use("a", 1024, prompt("tools", "system", marked=AN_HOUR)).written_1h == 2000
    watch.seconds = 3599
    assert cache.use("a", 1024, prompt("tools", "system", marked=AN_HOUR)).read == 2000


def test_a_longer_prompt_reads_what_it_begins_with() -> None:
    cache = PromptCache(Watch())
    cache.use("a", 1024, prompt("tools", "system", "one"))
    longer = cache.use("a", 1024, prompt("tools", "system", "one", "two", "three"))
    assert (longer.read, longer.written_5m, longer.plain) == (3000, 2000, 0)


def test_a_changed_beginning_reads_nothing() -> None:
    cache = PromptCache(Watch())
    cache.use("a", 1024, prompt("tools", "system", "one"))
    assert cache.use("a", 1024, prompt("other tools", "system", "one")).read == 0


def test_keys_and_models_do_not_share() -> None:
    cache = PromptCache(Watch())
    cache.use("a", 1024, prompt("tools", "system"))
    assert cache.use("b", 1024, prompt("tools", "system")).read == 0


def test_a_short_prompt_is_not_kept() -> None:
    cache = PromptCache(Watch())
    for _ in range(2):
        used = cache.use("a", 1024, prompt("tools"))
        assert (used.plain, used.read, used.written_5m) == (1000, 0, 0)


def test_a_breakpoint_looks_back_twenty_blocks_and_no_further() -> None:
    names = [str(number) for number in range(60)]
    near, far = PromptCache(Watch()), PromptCache(Watch())
    for cache, more in ((near, 19), (far, 20)):
        cache.use("a", 1024, prompt(*names[:10]))
        used = cache.use("a", 1024, prompt(*names[: 10 + more]))
        assert used.read == (10_000 if more == 19 else 0)


def test_without_a_breakpoint_nothing_is_kept(client: anthropic.Anthropic) -> None:
    conversation = Conversation(client, messages=[{"role": "user", "content": "help"}])
    usage = conversation.step().usage
    assert usage.cache_read_input_tokens == usage.cache_creation_input_tokens == 0
    assert usage.input_tokens > 500


def test_the_second_turn_reads_most_of_its_prompt_from_the_cache(client: anthropic.Anthropic) -> None:
    conversation = Conversation(client, system=f"{SYSTEM}\n{'Be plain. ' * 100}of test_cache")
    used: list[Usage] = []
    for words in ("What is on tomorrow?", "help"):
        conversation.messages.append({"role": "user", "content": f"{conversation.situation}{words}"})
        message = conversation.step(cache_control={"type": "ephemeral"})
        used.append(message.usage)
        if message.stop_reason == "tool_use":
            conversation.reply(message)
            conversation.step(cache_control={"type": "ephemeral"})
    read = used[1].cache_read_input_tokens or 0
    whole = used[1].input_tokens + read + (used[1].cache_creation_input_tokens or 0)
    assert read >= 0.85 * whole


def test_counting_and_answering_agree(client: anthropic.Anthropic) -> None:
    counted = client.messages.count_tokens(model=MODEL, messages=body()["messages"], system=SYSTEM)
    answered = client.messages.create(model=MODEL, max_tokens=20, messages=body()["messages"], system=SYSTEM)
    assert counted.input_tokens == answered.usage.input_tokens
    assert counted.input_tokens == 2 + 4 + -(-len(SYSTEM) * 2 // 7)  # three and a half characters a token
