"""Observations at stations joined with the stacks of their days: the job of ``samplelst``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import numpy as np

from ...core.celsius import require_same_unit
from ...core.gst.matchup import MatchUps
from ...core.gst.model import ELEVATION
from ...core.gst.overpasses import require_days_warmer
from ...core.gst.table import Observations, clean_observations
from ...core.language import tr
from ..read.points import locate
from ..read.series import BeyondTally, SeriesSource
from ..read.vectors import Features
from ..run.blocks import Running
from .overpasses import DailySeries
from .sampling import sample_raster, sample_series


@dataclass(frozen=True)
class ObservedTable:
    """A table of observations, a row per station and day.

    Attributes
    ----------
    name : str
        Name of the table, for messages.
    columns : mapping of str to sequence
    station, date, gst : str
        Names of the columns with the name of the station, the day, and the daily mean GST in degC.
    """

    name: str
    columns: Mapping[str, Sequence[Any]]
    station: str
    date: str
    gst: str


@dataclass(frozen=True)
class StationPoints:
    """The places of stations.

    Attributes
    ----------
    names : tuple of str
        Names of the stations, all different.
    points : Features
        A point for each of them.
    field : str
        Name of the field with the names, for messages.
    """

    names: tuple[str, ...]
    points: Features
    field: str


@dataclass(frozen=True)
class MatchUpJob:
    """What is joined.

    Attributes
    ----------
    observations : ObservedTable
    stations : StationPoints
    series : DailySeries
        Those of the overpasses, and the elevation where it is sampled, too.
    method : str
        How a raster is read at a point, see `sampling.sample_series`.
    """

    observations: ObservedTable
    stations: StationPoints
    series: DailySeries
    method: str = "nearest"


def run_matchup(job: MatchUpJob, running: Running) -> MatchUps:
    """Join observations with the LSTs of the cell and day of each.

    Raises
    ------
    InputError
        If no observation can be used, temperatures are in another unit, or day and night are swapped.
    Cancelled
        If the user has stopped the run.
    """
    table, names = job.observations, job.stations.names
    observed = clean_observations(table.columns, table.station, table.date, table.gst, table.name, names)
    rows = observed.rows
    position = {name: index for index, name in enumerate(names)}
    point = np.array([position.get(name, -1) for name in observed.stations])
    unknown = tuple(name for name in dict.fromkeys(observed.stations[point < 0]) if name)
    _leave_out_unmatched(job, observed, point)

    days = np.unique(observed.dates[rows.used])
    tally = BeyondTally()
    source = SeriesSource(job.series.stacks, tuple(days.tolist()))
    values = sample_series(source, job.stations.points, job.method, running, tally)
    require_days_warmer(values)
    # The day that a row gets which is left out is not used.
    day = np.searchsorted(days, observed.dates).clip(0, len(days) - 1)
    columns = {name: of_name[day, point] for name, of_name in values.items()}
    lst = np.column_stack(list(columns.values()))
    rows.leave_out(
        np.isnan(lst).all(axis=1), tr("no overpass has a value there"), table.station, tr("fill the gaps first")
    )
    rows.require_some(table.name)
    used = rows.used
    require_same_unit(
        observed.gst[used], lst[used], tr("Column '{gst}' of table '{name}'", gst=table.gst, name=table.name)
    )
    if job.series.elevation:
        columns[ELEVATION] = sample_raster(job.series.elevation, job.stations.points, job.method)[point]
    return MatchUps(
        stations=tuple(names[index] for index in point[used]),
        dates=observed.dates[used],
        gst=observed.gst[used],
        columns={name: column[used] for name, column in columns.items()},
        cleaning=rows.cleaning(lst[used], list(values)),
        station_names=names,
        unknown=unknown,
        warnings=tuple(tally.sentences(job.series.stacks)),
    )


def _leave_out_unmatched(job: MatchUpJob, observed: Observations, point: np.ndarray) -> None:
    """Exclude rows without a point, with a point outside the stacks, or of a day that no stack has."""
    table, stations, rows = job.observations, job.stations, observed.rows
    layer = stations.points.name
    rows.leave_out(
        point < 0,
        tr("the station is not among those of '{layer}'", layer=layer),
        table.station,
        tr(
            "name stations as in field '{field}' of '{layer}', for example '{names}'",
            field=stations.field,
            layer=layer,
            names=stations.names[0],
        ),
    )
    every = [stack for stacks in job.series.stacks.values() for stack in stacks]
    grids = {stack.source.grid(): f"'{stack.name}'" for stack in every}
    outside = ~np.any([locate(stations.points, grid, name)[2] for grid, name in grids.items()], axis=0)
    rows.leave_out(
        outside[point], tr("the station is outside the LST stacks"), table.station, tr("check CRS and coordinates")
    )
    with_lst = np.array(job.series.days, "datetime64[D]")
    rows.leave_out(
        ~np.isin(observed.dates, with_lst),
        tr(
            "no LST stack has the day; they begin on {first_day} and end on {last_day}",
            first_day=with_lst[0],
            last_day=with_lst[-1],
        ),
        table.date,
        tr("give stacks of the observed days"),
    )
    rows.require_some(table.name)
