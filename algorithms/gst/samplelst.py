"""Land surface temperature at stations, joined with what was observed there."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core.celsius import require_same_unit
from ...core.errors import InputError
from ...core.gst.table import ELEVATION, clean_observations, require_days_warmer, shortened
from ...core.prepare.scenes import OVERPASSES
from ...core.tabletext import station_name
from ...raster.gst.sampling import METHODS, sample_raster, sample_series
from ...raster.read.points import locate
from ...raster.read.series import BeyondTally, SeriesSource
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import VectorTable
from ..parameters import NumberOutput, Source, choice, field, running_parameters, table, table_output, vector
from .overpasses import days_of, given_overpasses, overpass_parameters, read_series, tell

# Of the table; finer than any sensor.
DECIMALS = 3


class SampleLst(PermafrostAlgorithm):
    """Algorithm ``permafrost:samplelst``."""

    ID = "samplelst"
    TITLE = "Sample LST at stations"
    GROUP = Group.GST
    TAGS = "stations, loggers, observations, ground surface temperature, LST, extract values, match-up, training table"
    SUMMARY = "Joins observed ground surface temperature with the land surface temperatures at the station on that day."
    DESCRIPTION = """
        Each row of the result is one station on one day, with its observed daily mean ground surface temperature and
        the land surface temperature of each overpass at the station. It is the training table of 'Fit GST model'.

        Dates are read as 2009-01-01, 2009/1/1, 2009.01.01, 20090101, 2009年1月1日, 1 Jan 2009 or with a time behind; as
        31.12.2009 or 12/31/2009 where the order of day and month follows from the whole column; and as numbers of a
        spreadsheet. Numbers have decimal points or, throughout a column, decimal commas. Stations may differ in case,
        spaces, zeros in front and a decimal .0 behind.

        Rows without station, date or temperature, with impossible dates, texts or fill values (such as 3276.6, -999 or
        99.9), repeated station-days, unknown stations, stations outside the stacks and days without any overpass are
        left out; the log tells how many of each, and shows one of them, as a warning where they are more than a tenth
        of the table or of a station. Temperatures in tenths of a degree or in kelvin are refused, and so is a table of
        which more than a tenth cannot be read. An overpass that is missing stays empty.

        A daily mean depends on where the day begins: GST of UTC days and LST of local days are of different days. The
        dates of the observations have to be those of the stacks.
    """
    EXAMPLE = (
        "STATIONS=stations.gpkg STATION_FIELD=name OBSERVATIONS=gst.csv TERRA_DAY=terra_day_2005.tif "
        "TERRA_NIGHT=terra_night_2005.tif AQUA_DAY=aqua_day_2005.tif AQUA_NIGHT=aqua_night_2005.tif "
        "OUTPUT=training.csv"
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            vector("STATIONS", "Stations", "Points, each station once.", [Source.TypeVectorPoint]),
            field("STATION_FIELD", "Name of the station", "Field of the points.", "STATIONS", default="station"),
            table("OBSERVATIONS", "Observations", "Daily mean GST: one row a station and day, as a layer or CSV file."),
            field(
                "STATION",
                "Station",
                "Field that names the station as the points do.",
                "OBSERVATIONS",
                default="station",
            ),
            field(
                "DATE",
                "Date",
                "Field with the day: a date, or text such as YYYY-MM-DD.",
                "OBSERVATIONS",
                default="date",
            ),
            field(
                "GST",
                "GST [°C]",
                "Field with the daily mean.",
                "OBSERVATIONS",
                default="gst",
            ),
            *overpass_parameters("It becomes a column of the result."),
            choice(
                "METHOD",
                "Method",
                "nearest: the cell that holds the station. bilinear: the four cells around it, by distance; there is "
                "no value where one of them has none.",
                METHODS,
                "nearest",
            ),
            *running_parameters(),
            table_output("OUTPUT", "Training table", "Station, date, GST and LSTs, a row a station and day."),
            NumberOutput("ROWS", "Rows observed"),
            NumberOutput("USED", "Rows used"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """There is something to sample, at stations that can be told apart."""
        if not given_overpasses(p):
            raise InputError(f"No LST stack is given: choose one for {', '.join(OVERPASSES).upper()}, or some of them.")
        _station_names(p.STATIONS, p.STATION_FIELD)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Clean the observations, read the stacks where and when they were made, write what belongs together."""
        table_name, stations_name = p.OBSERVATIONS.name, p.STATIONS.name
        names = _station_names(p.STATIONS, p.STATION_FIELD)
        observations = clean_observations(p.OBSERVATIONS.fields, p.STATION, p.DATE, p.GST, table_name, names)
        rows = observations.rows
        places = {name: place for place, name in enumerate(names)}
        place = np.array([places.get(name, -1) for name in observations.stations])
        unknown = [f"'{name}'" for name in dict.fromkeys(observations.stations[place < 0]) if name]
        rows.leave_out(
            place < 0,
            f"the station is not among those of '{stations_name}'",
            p.STATION,
            f"name stations as in field '{p.STATION_FIELD}' of '{stations_name}', for example '{names[0]}'",
        )
        stacks = read_series(p, given_overpasses(p), task)
        points = p.STATIONS.features()
        grids = {stack.source.grid(): f"'{stack.name}'" for parts in stacks.values() for stack in parts}
        outside = ~np.any([locate(points, grid, name)[2] for grid, name in grids.items()], axis=0)
        rows.leave_out(outside[place], "the station is outside the LST stacks", p.STATION, "check CRS and coordinates")
        with_lst = np.array(days_of(stacks), "datetime64[D]")
        rows.leave_out(
            ~np.isin(observations.dates, with_lst),
            f"no LST stack has the day; they begin on {with_lst[0]} and end on {with_lst[-1]}",
            p.DATE,
            "give stacks of the observed days",
        )
        rows.require_some(table_name)

        days = np.unique(observations.dates[rows.used])
        tally = BeyondTally()
        read = sample_series(SeriesSource(stacks, tuple(days.tolist())), points, p.METHOD, task.running, tally)
        for sentence in tally.sentences(stacks):
            task.warn(sentence)
        require_days_warmer(read)
        # A row that is left out may have any day; the one it gets is not used.
        day = np.searchsorted(days, observations.dates).clip(0, len(days) - 1)
        columns = {name: np.where(rows.used, values[day, place], np.nan) for name, values in read.items()}
        lst = np.column_stack(list(columns.values()))
        rows.leave_out(np.isnan(lst).all(axis=1), "no overpass has a value there", p.STATION, "fill the gaps first")
        rows.require_some(table_name)
        if p.DEM:
            task.tell_fill_in_elevations(p.DEM, p.DEM.grid())
            columns[ELEVATION] = sample_raster(p.DEM, points, p.METHOD)[place]

        used = np.flatnonzero(rows.used)
        require_same_unit(observations.gst[used], lst[used], f"Column '{p.GST}' of table '{table_name}'")
        tell(rows.cleaning(lst[used], list(read)), task)
        if unknown:
            task.warn(f"Stations of '{table_name}' that are no points of '{stations_name}': {shortened(unknown)}.")
        found = np.unique(place[used])
        silent = [name for one, name in enumerate(names) if one not in found]
        if silent:
            task.warn(f"Without a row: {', '.join(silent)}.")
        task.info(f"{len(found)} of {len(names)} stations, {days[0]} to {days[-1]}.")
        task.write_table(
            "OUTPUT",
            {"station": str, "date": str, "gst": float, **dict.fromkeys(columns, float)},
            (
                (
                    names[place[row]],
                    str(observations.dates[row]),
                    float(observations.gst[row]),
                    *(_rounded(values[row]) for values in columns.values()),
                )
                for row in used.tolist()
            ),
        )
        return {"ROWS": len(rows.used), "USED": len(used)}


def _rounded(value: np.float32) -> float:
    """Give a value without the digits that float32 does not have; stacks hold hundredths."""
    return round(float(value), DECIMALS)


def _station_names(stations: VectorTable, field_name: str) -> list[str]:
    """Give the names of the stations, which tell them apart."""
    names = [station_name(value) for value in stations.column(field_name, "STATION_FIELD")]
    if not names:
        raise InputError(f"Layer '{stations.name}' holds no point: choose the layer of the stations.")
    twice = sorted(name for name, times in Counter(names).items() if times > 1 or not name)
    if twice:
        what = f"has the station '{twice[0]}' more than once" if twice[0] else "has a point without a name"
        raise InputError(
            f"Field '{field_name}' of '{stations.name}' {what}: give each station a name of its own, or choose another "
            "STATION_FIELD."
        )
    return names
