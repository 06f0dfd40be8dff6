"""Every tool whose answer holds words of people outside says so, found by planting such words."""

from __future__ import annotations

from opsystem.assistant.performing import perform_call
from opsystem.assistant.tools import tools_for
from opsystem.business.conversations.operations import receive_text
from opsystem.operations import CATALOGUE, Actor, Query
from tests.assistant.desk import Desk
from tests.stories.arguments import arguments

WORDS = "zqoutside words"


def test_no_tool_gives_words_from_outside_without_saying_so(desk: Desk) -> None:
    given = {"vendor_key": "SM1", "sender": "+12285550134", "body": WORDS}
    done = receive_text.perform(desk.vault, Actor.vendor("twilio"), given)
    refs = {"C": "C-1", "P": "P-1", "J": "J-1", "V": "V-1", "T": "T-1", "M": "M-1", "U": "U-1"}
    refs["H"] = f"H-{done.change_set_id}"
    turn = desk.turn(desk.ask("What is new?"))
    assistant = desk.alice.assistant(turn.id)
    seen = []
    for tool in tools_for(assistant):
        if not isinstance(CATALOGUE.get(tool["name"]), Query):
            continue
        everything = arguments(tool["input_schema"], refs, word=WORDS)
        needed = {name: everything[name] for name in tool["input_schema"].get("required", ())}
        for number, chosen in enumerate((everything, needed)):
            call = {"id": f"toolu_{tool['name']}{number}", "name": tool["name"], "input": chosen}
            performed = perform_call(desk.vault, turn, assistant, call)
            if WORDS in (performed.text or "") and not performed.failed:
                seen.append(tool["name"])
                assert performed.tainted, tool["name"]
                assert '"untrusted": true' in (performed.text or "")
    assert {"show_thread", "list_threads", "search_records", "show_change"} <= set(seen)
