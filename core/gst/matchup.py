"""Observed ground surface temperature joined with the land surface temperatures of its cell and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Mapping, Union

import numpy as np

from ..coded import Coded, batches
from ..language import tr
from .rows import Cleaning
from .stations import shortened

# Decimals of LSTs and elevations in the table, finer than any sensor.
DECIMALS = 3


@dataclass(frozen=True)
class MatchUps:
    """A training table before it is cleaned for a fit: one row per station and day.

    Attributes
    ----------
    stations : Coded of str, length n
    dates : Coded of datetime64[D], length n
    gst : Coded, length n
        Daily mean ground surface temperature, degC.
    columns : mapping of str to array, shape (n,)
        LST of each overpass, degC, NaN where missing, and ``elevation``, m, where it was sampled.
    cleaning : Cleaning
        What became of the rows of the observations.
    station_names : tuple of str
        All stations that have a point.
    unknown : tuple of str
        Stations of the observations that have no point.
    warnings : tuple of str
        Sentences about impossible temperatures in the stacks.
    """

    stations: Coded
    dates: Coded
    gst: Coded
    columns: Mapping[str, np.ndarray]
    cleaning: Cleaning
    station_names: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def without_row(self) -> list[str]:
        """The stations that have a point and no row."""
        used = set(self.stations.occurring.tolist())
        return [name for name in self.station_names if name not in used]

    def fields(self) -> dict[str, type]:
        """Return the names and types of the columns of `rows`."""
        return {"station": str, "date": str, "gst": float, **dict.fromkeys(self.columns, float)}

    def rows(self) -> Iterator[tuple[Union[str, float], ...]]:
        """Yield the rows of the table."""
        days = Coded(self.dates.values.astype(str), self.dates.codes)
        for batch in batches(len(self.gst)):
            # Rounded, since float32 has no more digits and stacks hold hundredths.
            lsts = ([round(value, DECIMALS) for value in column[batch].tolist()] for column in self.columns.values())
            yield from zip(*(column[batch].tolist() for column in (self.stations, days, self.gst)), *lsts)

    def unmatched(self, table: str, layer: str) -> list[str]:
        """Return sentences about stations without a point in a layer, or without a row of a table."""
        sentences = []
        if self.unknown:
            names = shortened([f"'{name}'" for name in self.unknown])
            sentences.append(
                tr(
                    "Stations of '{table}' that have no point in '{layer}': {names}.",
                    table=table,
                    layer=layer,
                    names=names,
                )
            )
        if self.without_row:
            sentences.append(tr("Stations without a row: {without_row}.", without_row=", ".join(self.without_row)))
        return sentences

    def summary(self) -> str:
        """Return a sentence on the number of stations and the period."""
        used = len(self.station_names) - len(self.without_row)
        return tr(
            "{used} of {n_station_names} stations, {min} to {max}.",
            used=used,
            n_station_names=len(self.station_names),
            min=self.dates.occurring.min(),
            max=self.dates.occurring.max(),
        )
