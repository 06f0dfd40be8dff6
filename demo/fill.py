"""`python -m demo.fill`: makes the sample businesses, on all cores, and says how far it is."""

from __future__ import annotations

import logging
import os
import sys
import time
from multiprocessing import get_context
from multiprocessing.queues import Queue

import django


def _fill(index: int, news: Queue[tuple[int, float]]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opsystem.config.settings")
    django.setup()
    logging.disable(logging.INFO)
    # Tables may be imported only now that Django knows its apps.
    from demo.founding import found  # noqa: PLC0415
    from demo.logins import BUSINESSES  # noqa: PLC0415
    from demo.year import Year  # noqa: PLC0415

    founded = found(BUSINESSES[index])
    Year(founded).make(lambda share: news.put((index, share)))
    founded.vault.close()


def main() -> int:
    """Make the three businesses; return 1 when one could not be made."""
    context = get_context("spawn")
    news: Queue[tuple[int, float]] = context.Queue()
    started, shares = time.monotonic(), [0.0, 0.0, 0.0]
    workers = [context.Process(target=_fill, args=(index, news)) for index in range(len(shares))]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        while not news.empty():
            index, share = news.get()
            shares[index] = share
        done, seconds = sum(shares) / len(shares), time.monotonic() - started
        print(f"\r  {'█' * int(done * 30):<30} {done:4.0%}  {seconds:3.0f} s", end="", flush=True)
        time.sleep(0.3)
    print(f"\r  {'█' * 30} 100%  {time.monotonic() - started:3.0f} s")
    return 1 if any(worker.exitcode for worker in workers) else 0


if __name__ == "__main__":
    sys.exit(main())
