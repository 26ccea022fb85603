"""Names of stations as tables write them."""

from __future__ import annotations

from typing import Sequence

import numpy as np

from ..language import tr
from ..tabletext import station_key

# Names that are listed in a message.
MAX_LISTED = 10


def one_spelling(names: Sequence[str], dates: np.ndarray, known: Sequence[str] = ()) -> tuple[np.ndarray, str]:
    """Return the names of stations in one spelling each, and a note on which were spelled differently.

    Names that differ only in case, spaces or leading zeros are the same station, which is spelled as the known station
    or, where none is known, as it is first. But two that are both known, or that share a day, are different stations.

    Parameters
    ----------
    names : sequence of str, length n
    dates : array of datetime64[D], shape (n,)
        Days of the rows.
    known : sequence of str
        Names whose spelling is given.

    Returns
    -------
    array of object, shape (n,); str
    """
    spellings: dict[str, list[str]] = {}
    for name in dict.fromkeys([*known, *names]):
        spellings.setdefault(station_key(name), []).append(name)
    several = {key: found for key, found in spellings.items() if len(found) > 1 and key}
    other: dict[str, str] = {}
    if several:
        as_array = np.array(names, object)
        for found in several.values():
            listed = [name for name in found if name in known]
            if len(listed) > 1:
                continue
            days = np.concatenate([np.unique(dates[as_array == name]) for name in found])
            if listed or len(np.unique(days)) == len(days):
                other.update((name, found[0]) for name in found[1:])
    note = ""
    if other:
        pairs = [tr("'{name}' is '{first}'", name=name, first=first) for name, first in other.items()]
        note = tr("stations spelled differently are taken as the same: {shortened}", shortened=shortened(pairs))
    return np.array([other.get(name, name) for name in names], object), note


def shortened(names: Sequence[str]) -> str:
    """Return a list of names as text, the first `MAX_LISTED` where there are more."""
    more = len(names) - MAX_LISTED
    return ", ".join(names[:MAX_LISTED]) + (tr(" and {more} more", more=more) if more > 0 else "")
