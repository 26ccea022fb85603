"""Observations at stations joined with the stacks of their days: the job of ``samplelst``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Sequence

import numpy as np

from ...core.celsius import require_same_unit
from ...core.coded import Coded, CodedColumns, batches
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
    stations = observed.stations
    point_of = np.array([position.get(name, -1) for name in stations.values.tolist()], np.int32)
    unknown = _in_order(stations, (point_of < 0) & (stations.values != ""))
    _leave_out_unmatched(job, observed, point_of)

    # Only days of rows that may be used are sampled.
    is_used = np.zeros(len(observed.dates.values), bool)
    is_used[observed.dates.index[rows.used]] = True
    days = observed.dates.values[is_used]
    tally = BeyondTally()
    source = SeriesSource(job.series.stacks, tuple(days.tolist()))
    values = sample_series(source, job.stations.points, job.method, running, tally)
    require_days_warmer(values)
    # The day that a row gets which is left out is not used.
    day_of = (np.cumsum(is_used) - 1).clip(0)
    has_lst = np.any([np.isfinite(of_name) for of_name in values.values()], axis=0)
    without = np.ones(len(rows.used), bool)
    for batch in batches(len(without)):
        without[batch] = ~has_lst[day_of[observed.dates.index[batch]], point_of[stations.index[batch]]]
    rows.leave_out(without, tr("no overpass has a value there"), table.station, tr("fill the gaps first"))
    rows.require_some(table.name)
    gst, dates, stations = (column.take(rows.used) for column in (observed.gst, observed.dates, stations))
    lst = {name: np.empty(len(gst), np.float32) for name in values}
    for batch in batches(len(gst)):
        place = day_of[dates.index[batch]], point_of[stations.index[batch]]
        for name, of_name in values.items():
            lst[name][batch] = of_name[place]
    require_same_unit(
        gst,
        CodedColumns(tuple(map(Coded, lst.values()))),
        tr("Column '{gst}' of table '{name}'", gst=table.gst, name=table.name),
    )
    columns = dict(lst)
    if job.series.elevation:
        elevation = sample_raster(job.series.elevation, job.stations.points, job.method)
        columns[ELEVATION] = elevation[point_of[stations.index]]
    return MatchUps(
        stations=Coded(np.array([*names, ""])[point_of], stations.codes),
        dates=dates,
        gst=gst,
        columns=columns,
        cleaning=rows.cleaning(lst),
        station_names=names,
        unknown=unknown,
        warnings=tuple(tally.sentences(job.series.stacks)),
    )


def _in_order(stations: Coded, wanted: np.ndarray) -> tuple[str, ...]:
    """Return the names of some stations in the order of their first rows."""
    first = np.zeros(len(stations.values), int)
    for batch in reversed(list(batches(len(stations)))):
        first[stations.index[batch][::-1]] = np.arange(batch.start, batch.stop)[::-1]
    return tuple(stations.values[wanted][np.argsort(first[wanted])].tolist())


def _leave_out_unmatched(job: MatchUpJob, observed: Observations, point_of: np.ndarray) -> None:
    """Exclude rows without a point, with a point outside the stacks, or of a day that no stack has.

    `point_of` is the index of the point of each name among the stations of the observations, -1 without one.
    """
    table, stations, rows = job.observations, job.stations, observed.rows
    layer = stations.points.name
    rows.leave_out(
        observed.stations.spread(point_of < 0),
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
        observed.stations.spread(outside[point_of]),
        tr("the station is outside the LST stacks"),
        table.station,
        tr("check CRS and coordinates"),
    )
    with_lst = np.array(job.series.days, "datetime64[D]")
    rows.leave_out(
        observed.dates.spread(~np.isin(observed.dates.values, with_lst)),
        tr(
            "no LST stack has the day; they begin on {first_day} and end on {last_day}",
            first_day=with_lst[0],
            last_day=with_lst[-1],
        ),
        table.date,
        tr("give stacks of the observed days"),
    )
    rows.require_some(table.name)
