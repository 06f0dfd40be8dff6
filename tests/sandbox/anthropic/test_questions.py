"""Everyday questions lead to the right tool and arguments, and to an answer that cites its records."""

from __future__ import annotations

import re

import anthropic
import pytest

from sandbox.anthropic.planner.turn import SANDBOX_LINE
from sandbox.anthropic.questions import QUESTIONS, Question
from tests.sandbox.anthropic.office import ANSWERS
from tests.sandbox.anthropic.talking import Conversation


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.says)
def test_an_everyday_question_leads_to_its_call(client: anthropic.Anthropic, question: Question) -> None:
    conversation = Conversation(client)
    words = conversation.ask(question.says)
    last = conversation.calls[-1] if conversation.calls else None
    if question.last is None:
        assert last is None, f"{last} was called for nothing"
    else:
        assert last is not None, words
        assert last.name == question.last
        given = {name: last.input.get(name) for name in question.arguments}
        assert given == question.arguments, last.input
    assert words.endswith(SANDBOX_LINE)
    assert len(words) > len(SANDBOX_LINE) + 5
    # No record is named that no tool gave and nobody spoke of.
    known = set(re.findall(r"[A-Z]{1,2}-\d+", f"{ANSWERS} {question.says}"))
    assert set(re.findall(r"\[([A-Z]{1,2}-\d+)\]", words)) <= known


def test_there_are_some_forty_questions() -> None:
    assert len({question.says for question in QUESTIONS}) == len(QUESTIONS) >= 40
