"""A small cache of what has been read."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any


class Kept:
    """A thread-safe cache of the most recently used values.

    Two threads may compute the same value at the same time, which is harmless.
    """

    def __init__(self) -> None:
        self._values: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any) -> Any:
        """Return a value, or None if it is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Any, value: Any, limit: int) -> None:
        """Keep a value, and drop the least recently used ones beyond a limit."""
        with self._lock:
            self._values[key] = value
            while len(self._values) > limit:
                self._values.popitem(last=False)
