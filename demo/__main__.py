"""`bin/demo`: sets up, fills and serves the demo; Ctrl+C ends it, the next start finds it as it was."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from demo.installation import PORT, SANDBOX_PORT, environment
from demo.logins import BUSINESSES, PASSWORD, logins
from demo.shape import is_of_another_shape, shape
from ops.stack import ROOT, Stack, StackError

_STOPPED = {signal.SIGTERM, signal.SIGINT}


def main() -> int:
    """Run the demo until it is stopped."""
    parser = argparse.ArgumentParser(prog="bin/demo", description="OpSystem with sample businesses.")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--sandbox-port", type=int, default=SANDBOX_PORT)
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "demo")
    parser.add_argument("--fresh", action="store_true", help="forget what is there and begin anew")
    given = parser.parse_args()
    if is_of_another_shape(given.folder):
        step("The samples here are of another version, or were not finished; they are made anew")
        given.fresh = True
    if given.fresh and given.folder.exists():
        shutil.rmtree(given.folder)
    for number in _STOPPED:
        signal.signal(number, lambda *_: sys.exit(0))
    stack = demo_stack(given.folder.resolve(), port=given.port, sandbox_port=given.sandbox_port)
    try:
        with stack:
            begin(stack, given.folder.resolve())
            greet(given.port, given.sandbox_port)
            while all(stack.is_running(name) for name in stack.programs):
                time.sleep(1)
    except StackError as error:
        print(f"bin/demo: {error}", file=sys.stderr)
        return 1
    print("bin/demo: a part of it ended by itself; see var/demo/logs", file=sys.stderr)
    return 1


def demo_stack(folder: Path, *, port: int, sandbox_port: int) -> Stack:
    """Return the demo's processes: the sandbox, the site, the worker."""
    stack = Stack(environment(folder, port=port, sandbox_port=sandbox_port), folder / "logs")
    command = "opsystem.config.command_line"
    stack.add(
        "sandbox", "sandbox", "--port", str(sandbox_port), "--state", str(folder / "sandbox"),
        "--deliver-to", f"http://localhost:{port}", answers_at=f"http://127.0.0.1:{sandbox_port}/",
    )  # fmt: skip
    stack.add("web", command, "serve", "--port", str(port), answers_at=f"http://localhost:{port}/")
    stack.add("worker", command, "work")
    return stack


def begin(stack: Stack, folder: Path) -> None:
    """Prepare the installation, fill it the first time, and start everything."""
    step("Preparing the installation")
    stack.run("opsystem.config.command_line", "prepare")
    stack.start("sandbox")
    if not (folder / "filled").exists():
        step("Making three businesses with a year of work each")
        # Empty until they are whole: what was stopped half-way is made anew the next time.
        (folder / "filled").write_text("")
        stack.run("demo.fill", quiet=False)
        (folder / "filled").write_text(shape())
    step("Starting")
    stack.start("web", "worker")


def step(words: str) -> None:
    """Say what is being done."""
    print(f"{words} ...", flush=True)


def greet(port: int, sandbox_port: int) -> None:
    """Print where it is and how to sign in."""
    print(f"\n  OpSystem            http://localhost:{port}")
    print(f"  Sandbox phone       http://localhost:{sandbox_port}   (what was sent, and a box to answer)")
    print(f"\n  Password of everybody: {PASSWORD}\n")
    for business in BUSINESSES:
        print(f"  {business.name} ({business.industry})")
        for login in logins(business):
            print(f"    {login.role.title:<12} {login.email:<34} {login.name}")
    print("\n  Ctrl+C ends it.\n", flush=True)


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
