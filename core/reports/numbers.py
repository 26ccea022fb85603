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


def percentage(percent: float) -> str:
    """Return a percentage with one decimal; one that would vanish is said to be below a tenth."""
    return "< 0.1" if 0 < percent < 0.05 else fixed(percent, 1)


def area(km2: float, cell_km2: float = 0.0) -> str:
    """Return an area with its unit, see `area_number`."""
    return f"{area_number(km2, cell_km2)} km²"


def area_number(km2: float, cell_km2: float = 0.0) -> str:
    """Return an area as text: whole from 100 km2 on, below with three significant digits.

    An area that was counted in cells is rounded to the power of ten that is not larger than a cell.
    """
    digits = 0 if abs(km2) >= 99.95 else 1 if abs(km2) >= 9.995 else 2
    if cell_km2 > 0 and math.isfinite(km2):
        of_cell = -math.floor(math.log10(cell_km2) + 1e-9)
        digits = min(digits, of_cell)
        km2 = round(km2, digits)
    return fixed(km2, max(digits, 0))
