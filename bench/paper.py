"""How long a paper takes to be laid out: `python -m bench.paper`.

The first one of a process reads the fonts; the others are what somebody waits for.
"""

import statistics
import time

from opsystem.business.paper.rendering import render
from tests.business.paper import samples

ROUNDS = 40


def milliseconds(number: int, lines: int) -> float:
    """Return the time of one invoice nobody has laid out before."""
    paper = samples.invoice(lines, to=f"Client {number}")
    begun = time.perf_counter()
    render(paper)
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    """Print median and 95th percentile for invoices of 1, 20 and 80 lines."""
    print(f"first of a process: {milliseconds(0, 20):.0f} ms")
    print(" lines   median ms   p95 ms")
    for lines in (1, 20, 80):
        taken = sorted(milliseconds(number, lines) for number in range(ROUNDS))
        print(f"{lines:>6}   {statistics.median(taken):>9.1f}   {taken[int(ROUNDS * 0.95) - 1]:>6.1f}")


if __name__ == "__main__":
    main()
