"""Plans inside plans: who is meant, which visit, which member, which days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Generator, Sequence
from zoneinfo import ZoneInfo

from sandbox.anthropic.planner.dates import Span
from sandbox.anthropic.planner.records import REF, Record, refs_in
from sandbox.anthropic.planner.steps import Answer, Call, Result, Step, call, step
from sandbox.anthropic.planner.turn import WHICH_ONE, Turn
from sandbox.anthropic.planner.words import own, split_title

_PRONOUNS = frozenset(
    {"him", "her", "them", "they", "he", "she", "his", "their", "this client", "that client", "client"}
)
Lookup = Generator[Step, list[Result], Record]


def find_client(turn: Turn, words: str, *, kinds: Sequence[str] = ("client",)) -> Lookup:
    """The one client (or other record) these words mean; asks where several fit, ends where none does."""
    found, _ = yield from find_client_and(turn, words, kinds=kinds)
    return found


def find_client_and(
    turn: Turn, words: str, *others: Call, kinds: Sequence[str] = ("client",)
) -> Generator[Step, list[Result], tuple[Record, list[Result]]]:
    """As `find_client`, with other calls made beside the search; the results of those too."""
    _, name = split_title(own(words))
    given = _given_ref(turn, name, kinds)
    if given is not None:
        results = (yield step(*others)) if others else []
        return Record(given, {}), results
    search = Call("search_records", {"text": name, "kinds": list(kinds)})
    if not turn.can("search_records") and turn.can("list_clients"):
        search = Call("list_clients", {"text": name})
    results = yield step(search, *others)
    return pick(check(results[0]).records, name, kinds), results[1:]


def _given_ref(turn: Turn, name: str, kinds: Sequence[str]) -> str | None:
    """A ref that needs no search: typed, chosen before, or meant by "her"."""
    if turn.chosen is not None and Record(turn.chosen, {}).kind in kinds:
        return turn.chosen
    if REF.fullmatch(name.upper()):
        return name.upper()
    if name.lower() in _PRONOUNS:
        ref = turn.last_mentioned("C")
        if ref is None:
            raise Answer("I am not sure whom you mean. Say the client's name or ref, like C-12.")
        return ref
    return None


def pick(records: Sequence[Record], name: str, kinds: Sequence[str]) -> Record:
    """The one record of these kinds that a name means."""
    fitting = [record for record in records if record.kind in kinds]
    if not fitting:
        raise Answer(
            f'I found no {" or ".join(kinds)} called "{name}". Check the spelling, or add a new client first.'
        )
    if len(fitting) == 1:
        return fitting[0]
    exact = [record for record in fitting if record.name.lower() == name.lower()]
    whole = [record for record in fitting if _has_words(record.name, name)]
    for better in (exact, whole):
        if len(better) == 1:
            return better[0]
    choices = "\n".join(f"- {_described(record)} [{record.ref}]" for record in (whole or fitting)[:8])
    raise Answer(f'Several match "{name}". {WHICH_ONE}\n{choices}')


def _has_words(name: str, words: str) -> bool:
    parts = set(re.findall(r"[\w']+", name.lower()))
    return all(word in parts for word in re.findall(r"[\w']+", words.lower()))


def _described(record: Record) -> str:
    more = record.get("address", "city", "property", "company", "phone", "excerpt", "snippet")
    return f"{record.name}, {more[:60]}" if more and more != record.name else record.name


def find_member(name: str) -> Lookup:
    """The member of the team with this name."""
    found = yield step(call("list_team"))
    check(found[0])
    return member_named(found[0], name)


def member_named(result: Result, name: str) -> Record:
    """The member of this name in a team list."""
    team = [record for record in result.records if record.kind == "member"]
    fitting = [record for record in team if _has_words(record.name, name)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(f"{record.name} [{record.ref}]" for record in fitting or team)
    if fitting:
        raise Answer(f'Several people on the team are called "{name}": {names}. {WHICH_ONE}')
    raise Answer(f'Nobody on the team is called "{name}". The team: {names or "nobody that I may see"}.')


def check(result: Result) -> Result:
    """The result, or the end of the plan where the tool refused."""
    if result.is_error:
        raise Answer(f"That did not work: {_message(result)}")
    return result


def _message(result: Result) -> str:
    words = result.field("message", "error", "detail", "text") or result.text.strip()
    return words[:300] or "the tool gave no reason."


def visits_between(turn: Turn, span: Span, *, member: str | None = None, client: str | None = None) -> Call:
    """`list_visits` for whole days. The last day is given as the tool's words want it, else one more."""
    tool = turn.tools.get("list_visits")
    inclusive = tool.says_inclusive("until") if tool is not None else None
    until = span.last if inclusive else span.last + dt.timedelta(days=1)
    if tool is None or "client" not in tool.properties:
        client = None
    return Call("list_visits", {"since": span.first, "until": until, "member": member, "client": client})


def visits_in(result: Result, span: Span, zone: ZoneInfo) -> list[Record]:
    """The visits of a result that begin within these days, earliest first."""
    check(result)
    kept = [
        (start, record)
        for record in result.records
        if record.kind == "visit"
        and (start := starts_at(record, zone)) is not None
        and span.first <= start.date() <= span.last
    ]
    return [record for _, record in sorted(kept, key=lambda pair: pair[0])]


def starts_at(record: Record, zone: ZoneInfo) -> dt.datetime | None:
    """When a visit begins, in the business's zone."""
    text = record.get("starts_at", "start", "starts", "scheduled_at", "at", "when")
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:  # words instead of a time: not ours to guess
        return None
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def is_for(record: Record, client: Record, name: str = "") -> bool:
    """Whether a visit, job, thread or file belongs to this client."""
    mentioned = [ref for ref in refs_in(record.fields) if ref.startswith("C-")]
    if mentioned:
        return client.ref in mentioned
    wanted = client.name if client.name != client.ref else name
    return bool(wanted) and record.mentions(wanted)
