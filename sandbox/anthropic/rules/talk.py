"""Talk without tools: greetings, thanks, what this is and can do. And what to say when nothing fits."""

from __future__ import annotations

import re

from sandbox.anthropic.planner.steps import Plan, rule
from sandbox.anthropic.planner.turn import Turn
from sandbox.anthropic.rules.looking import found_for

EXAMPLES = (
    "text Mrs Alvarez that Bob comes tomorrow between 9 and 10",
    "what is on tomorrow",
    "book a leak repair for Mrs Alvarez tomorrow at 9 for Bob",
)
# Words that say nothing about what is looked for.
_SMALL = re.compile(
    r"an?|about|all|and|any|are|as|at|be|but|by|can|clients?|could|did|do|does|for|from|had|has|have|he|her|"
    r"him|his|"
    r"how|i|if|in|is|its?|jobs?|me|my|no|not|of|on|or|our|please|she|so|some|that|the|their|them|then|there|"
    r"they|"
    r"this|to|up|us|visits?|was|we|were|what|when|where|which|who|why|will|with|would|your?",
    re.IGNORECASE,
)


def _hello(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    yield from ()
    who = f" for {turn.facts.business}" if turn.facts.business else ""
    return f"Hello. I can look things up and get things ready{who}. Try: {EXAMPLES[1]}."


def _thanks(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    yield from ()
    return "You are welcome."


def _what_are_you(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    yield from ()
    return (
        "I am the sandbox: I stand in for Claude and answer by written rules. I understand a fixed set of "
        "questions and "
        "use the same tools Claude would. With a real key, Claude answers here instead."
    )


def _help(turn: Turn, match: re.Match[str]) -> Plan:  # noqa: ARG001
    yield from ()
    can = [
        ("search_records", "find a client, a job, a message"),
        ("list_visits", "say what is on, for everybody or one person"),
        ("send_text", "prepare a text to a client, for you to approve"),
        ("send_email", "prepare an email, for you to approve"),
        ("book_job", "book, move and cancel visits"),
        ("add_client", "add clients and notes"),
        ("list_prices", "tell prices"),
        ("client_timeline", "tell what happened at a client"),
    ]
    lines = "\n".join(f"- {words}" for tool, words in can if turn.can(tool))
    return (
        f"I can:\n{lines}\nFor instance:\n{_examples()}"
        if lines
        else f"I was given no tools here.\n{_examples()}"
    )


def unknown(turn: Turn) -> Plan:
    """Nothing fits: say what this is, show examples, and what a search for the main words finds."""
    head = (
        "I am the sandbox and follow written rules; I have no rule for that. I do understand, for instance:"
    )
    words = [word for word in re.findall(r"[\w'&-]+", turn.text) if _SMALL.fullmatch(word) is None]
    if not words or not turn.can("search_records"):
        yield from ()
        return f"{head}\n{_examples()}"
    found = yield from found_for(turn, " ".join(words[:6]))
    return f"{head}\n{_examples()}\n\n{found}"


def _examples() -> str:
    return "\n".join(f"- {example}" for example in EXAMPLES)


RULES = (
    rule(
        "hello",
        _hello,
        r"(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|yo)(?: there| claude| sandbox)?[,!]*",
    ),
    rule(
        "thanks",
        _thanks,
        r"(?:thanks|thank you|thx|cheers|great|perfect|nice|good|cool|ok|okay|well done|got it|never "
        r"?mind)(?: a lot| so much| very much| claude| thanks|,| that'?s (?:all|it)| you| job)*[!]*",
    ),
    rule(
        "what are you",
        _what_are_you,
        r"(?:who|what) are you",
        r"are you (?:really )?(?:claude|an? (?:ai|robot|human|person|bot)|real|the sandbox).*",
    ),
    rule(
        "help",
        _help,
        r"help(?: me)?",
        r"what (?:can|could|do) (?:you|i) (?:do|ask|say|help with)(?: for me| here| you| for us)*",
        r"how does this work|examples|commands",
    ),
)
