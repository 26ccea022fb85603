"""How functions are compiled by Numba. Importing this module needs Numba; see `dependencies.compiled`."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Callable

import numba
from numba.core.caching import FunctionCache


class KernelCache(FunctionCache):
    """Numba's folder of compiled code, of which nothing has to be right: what cannot be read is compiled anew.

    A loss of power leaves empty files there, and code that was compiled when the package had another name cannot be
    loaded. Numba itself raises whatever comes of it, in every run until the folder is removed.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return compiled code; None, and forget all of the function, where it cannot be read."""
        try:
            return super().load_overload(sig, target_context)
        except Exception:
            # Damaged files raise errors of many kinds. Without a new index nothing could be saved.
            with suppress(OSError):
                self.flush()
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Save compiled code, where there is room for it."""
        with suppress(OSError):
            super().save_overload(sig, data)


def kernel(**options: Any) -> Callable[[Callable], Callable]:
    """Return a decorator that has Numba compile a function, once after an installation, to run beside other threads."""

    def compiled(function: Callable) -> Callable:
        dispatcher = numba.njit(nogil=True, cache=True, **options)(function)
        # A plain function where compiling is switched off.
        if dispatcher is not function:
            dispatcher._cache = KernelCache(function)
        return dispatcher

    return compiled
