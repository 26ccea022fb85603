"""The period that a map stands for: two days in ISO 8601, as ``2019-01-01/2019-12-31``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Iterable, Optional

from .language import later, tr

MONTHS = (
    later("January"),
    later("February"),
    later("March"),
    later("April"),
    later("May"),
    later("June"),
    later("July"),
    later("August"),
    later("September"),
    later("October"),
    later("November"),
    later("December"),
)


def period_text(first: date, last: date) -> str:
    """Return a period as metadata of rasters hold it."""
    return f"{first.isoformat()}/{last.isoformat()}"


def covering(periods: Iterable[str]) -> str:
    """Return the shortest period that covers some others; what is no period is ignored, and empty if none is."""
    known = [ends for ends in map(_ends, periods) if ends]
    if not known:
        return ""
    return period_text(min(first for first, _ in known), max(last for _, last in known))


def period_in_words(period: str) -> str:
    """Return a period for readers: years, months of years, or days; empty where it is none."""
    ends = _ends(period)
    if not ends:
        return ""
    first, last = ends
    after = last + timedelta(days=1)
    if (first.day, after.day) != (1, 1):
        return tr("{first} to {last}", first=first.isoformat(), last=last.isoformat())
    if (first.month, after.month) == (1, 1):
        return str(first.year) if first.year == last.year else f"{first.year}\u2013{last.year}"
    return tr(
        "{first_month} {first_year} to {last_month} {last_year}",
        first_month=month_name(first.month),
        first_year=first.year,
        last_month=month_name(last.month),
        last_year=last.year,
    )


def month_name(month: int) -> str:
    """Return the name of a month, 1 to 12."""
    return tr(MONTHS[month - 1])


def _ends(period: str) -> Optional[tuple[date, date]]:
    first, _, last = period.partition("/")
    try:
        ends = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return ends if ends[0] <= ends[1] else None
