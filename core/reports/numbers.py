"""Numbers as texts, for reports and messages."""

from __future__ import annotations

import math
from typing import Optional

from ..language import tr


def fixed(value: Optional[float], digits: int = 3) -> str:
    """Return a number as text with a fixed number of decimals.

    Narrow spaces separate thousands from 10 000 on, negative numbers have a minus sign (U+2212), and nan and None
    become "undefined".
    """
    if value is None or math.isnan(value):
        return tr("undefined")
    text = f"{value:,.{digits}f}" if abs(value) >= 9999.5 else f"{value:.{digits}f}"
    if float(text.replace(",", "")) == 0:
        text = text.lstrip("-")
    return text.replace(",", "\u202f").replace("-", "\u2212")


def area(km2: float) -> str:
    """Return an area with its unit, whole from 100 km2 on, below with three significant digits."""
    digits = 0 if abs(km2) >= 99.95 else 1 if abs(km2) >= 9.995 else 2
    return f"{fixed(km2, digits)} km²"
