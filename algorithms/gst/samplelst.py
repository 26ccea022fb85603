"""Land surface temperature at stations, joined with what was observed there."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ...core.errors import InputError
from ...core.language import tr
from ...core.prepare.scenes import OVERPASSES
from ...core.tabletext import station_name
from ...raster.gst.matchup import MatchUpJob, ObservedTable, StationPoints, run_matchup
from ...raster.gst.sampling import METHODS
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import SIMULATED, VectorTable
from ..parameters import NumberOutput, Source, Values, choice, field, running_parameters, table, table_output, vector
from .overpasses import given_overpasses, overpass_parameters, read_series, require_one_start, show_cleaning


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

        Dates may be written as 2009-01-01, 2009/1/1, 2009.01.01, 20090101, 2009年1月1日 or 1 Jan 2009, with a time too;
        as 31.12.2009 or 12/31/2009 where the whole column shows the order of day and month; and as spreadsheet
        serial numbers. Numbers have decimal points or, throughout a column, decimal commas. Names of stations may
        differ in case, spaces, leading zeros and a trailing .0.

        Rows are left out that have no station, date or temperature, impossible dates, texts or fill values (such as
        3276.6, -999 or 99.9), repeated station-days, unknown stations, stations outside the stacks, or days without
        any overpass. The log states the number of each with an example, as a warning where they exceed a tenth of the
        table or of a station. Temperatures in tenths of a degree or in kelvin are refused, and so is a table of which
        more than a tenth cannot be read. A missing overpass stays empty.

        A daily mean depends on when the day begins: GST of UTC days and LST of local days refer to different days. The
        dates of the observations have to be those of the stacks.
    """
    EXAMPLE = (
        "STATIONS=stations.gpkg STATION_FIELD=name OBSERVATIONS=gst.csv TERRA_DAY=terra_day_2005.tif "
        "TERRA_NIGHT=terra_night_2005.tif AQUA_DAY=aqua_day_2005.tif AQUA_NIGHT=aqua_night_2005.tif "
        "OUTPUT=training.csv"
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            vector("STATIONS", "Stations", "Points, one per station.", [Source.TypeVectorPoint]),
            field("STATION_FIELD", "Name of the station", "Field of the points.", "STATIONS", default="station"),
            table(
                "OBSERVATIONS",
                "Observations",
                "Daily mean GST, one row per station and day, as a layer or CSV file.",
                fields=("STATION", "DATE", "GST"),
            ),
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
            *overpass_parameters("Becomes a column of the table.", " (one overpass at least)"),
            choice(
                "METHOD",
                "Method",
                "nearest: the cell that contains the station. bilinear: the four cells around it, weighted by "
                "distance, with no value where one of them has none.",
                METHODS,
                "nearest",
            ),
            *running_parameters(),
            table_output("OUTPUT", "Training table", "Station, date, GST and LSTs, one row per station and day."),
            NumberOutput("ROWS", "Rows of observations"),
            NumberOutput("USED", "Rows used"),
        )

    def check(self, p: Values) -> tuple[str, ...]:
        """Require a stack, and stations with unique names; return the names."""
        overpasses = given_overpasses(p)
        if not overpasses:
            raise InputError(
                tr(
                    "No LST stack is given: choose one for {overpasses}, or some of them.",
                    overpasses=", ".join(OVERPASSES).upper(),
                )
            )
        require_one_start(p, overpasses)
        return _station_names(p.STATIONS, p.STATION_FIELD)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Join the observations with the stacks, and write the table."""
        series = read_series(p, given_overpasses(p), p.DEM, task)
        if p.DEM:
            task.check_elevations(p.DEM, p.DEM.grid())
        observations = ObservedTable(p.OBSERVATIONS.name, p.OBSERVATIONS.fields, p.STATION, p.DATE, p.GST)
        stations = StationPoints(task.checked, p.STATIONS.features(), p.STATION_FIELD)
        result = run_matchup(MatchUpJob(observations, stations, series, p.METHOD), task.running)
        show_cleaning(result.cleaning, task)
        task.warn(*result.warnings, *result.unmatched(p.OBSERVATIONS.name, p.STATIONS.name))
        task.info(result.summary())
        fields, rows = result.fields(), result.rows()
        if task.simulated:
            # A table has no metadata; the GST model that is fitted to it takes the mark from this column.
            fields, rows = {**fields, SIMULATED: str}, ([*row, task.simulated] for row in rows)
        task.write_table("OUTPUT", fields, rows)
        return {"ROWS": result.cleaning.rows, "USED": result.cleaning.used}


def _station_names(stations: VectorTable, field_name: str) -> tuple[str, ...]:
    """Return the names of the stations, which have to be unique."""
    names = tuple(station_name(value) for value in stations.column(field_name, "STATION_FIELD"))
    if not names:
        raise InputError(tr("Layer '{name}' has no point: choose the layer of the stations.", name=stations.name))
    twice = sorted(name for name, times in Counter(names).items() if times > 1 or not name)
    if twice:
        what = (
            tr("has the station '{twice}' more than once", twice=twice[0])
            if twice[0]
            else tr("has a point without a name")
        )
        raise InputError(
            tr(
                "Field '{field_name}' of '{name}' {what}: give each station a name of its own, or choose another "
                "STATION_FIELD.",
                field_name=field_name,
                name=stations.name,
                what=what,
            )
        )
    return names
