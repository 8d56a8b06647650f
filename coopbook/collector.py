"""Let Python's collector of garbage rest while very many small records are made.

It looks through everything that lives each time enough was added.  A batch of a hundred
thousand rows adds only, so it looks for nothing, again and again: a fifth to a third of
the time of a month's interest was this (docs/performance.md).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Pause the collector; whoever found it at work sets it to work again.

    What nothing refers to any more is freed all the same; only circles wait.
    """
    found_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if found_at_work:
            gc.enable()
