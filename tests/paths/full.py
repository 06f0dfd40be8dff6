"""`python -m tests.paths.full [EACH]`: every hostile name in every spelling through every way in.

With EACH, only every so-manieth name. Makes an installation of its own in a temporary folder, and prints what
was sent and everything that should not have happened; ends with 1 if there was any.
"""

from __future__ import annotations

import os
import sys
import time

from django.core.management import call_command

# The tests' own preparation of a process: settings are read at the first import of a table.
from tests.conftest import HOME
from tests.paths.carriers import ways
from tests.paths.payloads import PAYLOADS
from tests.paths.raid import Raid
from tests.paths.settling import settled


def main(each: int) -> int:
    """Run the raid; return the exit status."""
    (HOME / "data" / "vaults").mkdir(mode=0o700)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    begun = time.monotonic()
    with settled() as visitor:
        raid = Raid(HOME, visitor)
        for number, way in enumerate(ways(visitor)):
            raid.go(way, list(PAYLOADS[number % each :: each]), thorough=True)
            print(f"{time.monotonic() - begun:6.0f} s  {way.carrier} {way.what}", flush=True)
        findings = raid.end()
        slowest = visitor.site.slowest
    print(f"sent {dict(findings.calls)}, answers {dict(findings.statuses)}, slowest {slowest:.1f} s")
    print(f"files touched {findings.touched}, wrong {len(findings.wrong)}", *findings.wrong[:50], sep="\n")
    return 1 if findings.wrong else 0


if __name__ == "__main__":
    status = main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    sys.stdout.flush()
    os._exit(status)  # threads of the application wait for requests that never come
