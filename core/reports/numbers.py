"""Numbers as readers of reports see them."""

from __future__ import annotations

import math
from typing import Optional


def fixed(value: Optional[float], digits: int = 3) -> str:
    """Return a number as text with a fixed count of decimals, for people.

    Thousands are set apart by narrow spaces from 10 000 on, the minus is a real one, and what is
    undefined (nan or None) says so.
    """
    if value is None or math.isnan(value):
        return "undefined"
    text = f"{value:,.{digits}f}" if abs(value) >= 9999.5 else f"{value:.{digits}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace(",", "\u202f").replace("-", "\u2212")


def area(km2: float) -> str:
    """Return an area with its unit, whole from 100 km2 on, below with three significant digits."""
    digits = 0 if abs(km2) >= 99.95 else 1 if abs(km2) >= 9.995 else 2
    return f"{fixed(km2, digits)} km²"
