"""No name, through any door, makes the site touch, show or break anything it should not."""

from __future__ import annotations

import io
import os
from contextlib import closing
from itertools import cycle, islice

import pytest

from tests.paths.carriers import Visitor, Way, ways
from tests.paths.payloads import PAYLOADS
from tests.paths.raid import Raid
from tests.paths.site import Answer
from tests.thorough import IS_THOROUGH

CARRIERS = ("path", "query", "json", "file name")


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) >= 500


@pytest.mark.parametrize("carrier", CARRIERS)
def test_no_name_leads_out_breaks_in_or_shows_where_things_are(
    raid: Raid, visitor: Visitor, carrier: str
) -> None:
    found = [way for way in ways(visitor) if way.carrier == carrier]
    # A quick look sends every name through one of the carriers, a thorough one through each of them.
    names = PAYLOADS if IS_THOROUGH else PAYLOADS[CARRIERS.index(carrier) :: len(CARRIERS)]
    # Each way in gets its share; the next one goes on where this one stopped.
    share, supply = -(-len(names) // len(found)), cycle(names)
    for way in found:
        raid.go(way, list(islice(supply, share)))
    findings = raid.end()
    assert findings.wrong == []
    assert visitor.page("GET", "/account").status == 200, "Alice is still signed in"
    assert findings.calls[carrier] >= len(names), "every name was sent at least once"


def test_a_door_that_opens_what_it_is_told_would_be_found(raid: Raid) -> None:
    def careless(payload: str) -> Answer:
        try:
            # A name may lead to a pipe, for whose words one would wait for ever.
            file = os.open(raid.home / "data" / "static" / payload, os.O_RDONLY | os.O_NONBLOCK)
            with closing(io.FileIO(file)) as opened:
                shown = opened.read(1000) or b""
        except (OSError, ValueError) as error:
            return Answer(500, [], str(error).encode())
        return Answer(200, [], shown)

    # It would wait for ever for what a device has to say.
    payloads = [payload for payload in PAYLOADS if not payload.startswith("/dev/")]
    raid.go(Way("path", "careless", (careless,)), payloads)
    findings = raid.end()
    for sign in ("500: path careless", "a path of the server in path", "never-served", "open '"):
        assert any(sign in one for one in findings.wrong), sign
