"""Pauses Python's search for garbage while many small objects are made that all stay: it would go
through them again and again, in vain, for a quarter of the time of an import."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_searched_for() -> Iterator[None]:
    """Of several at the same time, the first that ends lets the search go on."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
