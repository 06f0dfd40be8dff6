"""Small rooms: measures every file against its written size and fails above it.

Python: median at most 60 lines, nine of ten at most 180, none above 400. Templates 120, CSS
250, JavaScript 150, test files 500. A waiver is a line with a reason in WAIVERS.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median, quantiles

WAIVERS: dict[str, str] = {}
MOST = {".html": 120, ".css": 250, ".js": 150, ".py": 400}
TEST_MOST = 500
PYTHON_MEDIAN, PYTHON_NINE_OF_TEN = 60, 180
_VENDORED = "/vendor/"


def rooms() -> Iterable[Path]:
    """Yield every file of ours that has a size: not vendored, not generated."""
    # Fixed arguments; git lists what is or will be committed.
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        path = Path(name)
        if path.suffix in MOST and _VENDORED not in f"/{name}" and path.is_file():
            yield path


def main() -> int:
    """Print what is too large; return 1 when anything is."""
    lines = {path: len(path.read_text().splitlines()) for path in rooms()}
    problems = []
    for path, count in lines.items():
        most = TEST_MOST if path.parts[0] == "tests" else MOST[path.suffix]
        if count > most and str(path) not in WAIVERS:
            problems.append(f"{path}: {count} lines, {most} at most")
    sizes = [count for path, count in lines.items() if path.suffix == ".py" and path.parts[0] != "tests"]
    middle, nine = median(sizes), quantiles(sizes, n=10)[-1]
    if middle > PYTHON_MEDIAN:
        problems.append(f"Python files: median {middle:.0f} lines, {PYTHON_MEDIAN} at most")
    if nine > PYTHON_NINE_OF_TEN:
        problems.append(f"Python files: nine of ten up to {nine:.0f} lines, {PYTHON_NINE_OF_TEN} at most")
    print(f"{len(sizes)} Python rooms: median {middle:.0f}, nine of ten {nine:.0f}, longest {max(sizes)}")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
