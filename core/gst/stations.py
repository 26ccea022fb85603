"""Names of stations as tables write them."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np

from ..cells import Cells
from ..coded import Coded, narrow
from ..language import tr
from ..tabletext import station_key, station_name

# Names that are listed in a message.
MAX_LISTED = 10


def read_stations(values: Sequence[Any], dates: Coded, known: Sequence[str] = ()) -> tuple[Coded, str]:
    """Return the names of stations in one spelling each, and a note on which were spelled differently.

    Names that differ only in case, spaces or leading zeros are the same station, which is spelled as the known station
    or, where none is known, as it is first. But two that are both known, or that share a day, are different stations.

    Parameters
    ----------
    values : sequence, length n
        Cells of a table.
    dates : Coded of datetime64[D], length n
        Days of the rows, each there once.
    known : sequence of str
        Names whose spelling is given.

    Returns
    -------
    Coded of str, length n; str
        The names are sorted, and empty where there is none.
    """
    cells = Cells.of(values).with_all_distinct()
    written = [station_name(value) for value in cells.distinct]
    names = list(dict.fromkeys(written))
    place = {name: index for index, name in enumerate(names)}
    name_of = narrow(narrow(np.array([place[name] for name in written], int))[cells.codes])
    spellings: dict[str, list[str]] = {}
    for name in dict.fromkeys([*known, *names]):
        spellings.setdefault(station_key(name), []).append(name)
    other: dict[str, str] = {}
    for key, found in spellings.items():
        listed = [name for name in found if name in known]
        if len(found) < 2 or not key or len(listed) > 1:
            continue
        days = [_days_of(name_of == place[name], dates) for name in found if name in place]
        if listed or not np.any(np.sum(days, axis=0) > 1):
            other.update((name, found[0]) for name in found[1:])
    note = ""
    if other:
        pairs = [tr("'{name}' is '{first}'", name=name, first=first) for name, first in other.items()]
        note = tr("stations spelled differently are taken as the same: {shortened}", shortened=shortened(pairs))
    return Coded(np.array([other.get(name, name) for name in names], str), name_of).merged(), note


def _days_of(rows: np.ndarray, dates: Coded) -> np.ndarray:
    """Return for each day whether one of some rows has it."""
    has = np.zeros(len(dates.values), bool)
    has[dates.index[rows]] = True
    return has


def shortened(names: Sequence[str]) -> str:
    """Return a list of names as text, the first `MAX_LISTED` where there are more."""
    more = len(names) - MAX_LISTED
    return ", ".join(names[:MAX_LISTED]) + (tr(" and {more} more", more=more) if more > 0 else "")
