"""The series of a pixel: LST, what of it was filled, GST and TTOP."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Optional

from ...core.assess.seriesatpoint import PointSeries
from ...core.errors import InputError
from ...core.gst.model import GstModel
from ...core.gst.modelfile import read_model
from ...core.language import tr
from ...core.prepare.scenes import OVERPASSES
from ...core.reports.seriesatpoint import report_seriesatpoint
from ...raster.assess.seriesatpoint import BEFORE, GST, PointSeriesJob, run_seriesatpoint
from ...raster.gst.overpasses import open_series
from ...raster.read.years import join_years
from ..base import Group, PermafrostAlgorithm, Task
from ..gst.overpasses import (
    given_overpasses,
    needed_elevation,
    overpass_parameters,
    require_inputs,
    require_one_start,
)
from ..parameters import (
    NumberOutput,
    Values,
    input_file,
    place_text,
    point,
    rasters,
    report_output,
    running_parameters,
    table_output,
    whole_number,
)


class SeriesAtPoint(PermafrostAlgorithm):
    """Algorithm ``permafrost:seriesatpoint``."""

    ID = "seriesatpoint"
    TITLE = "Series at a point"
    GROUP = Group.ASSESS
    TAGS = "time series, pixel, profile, chart, plot, identify, LST, GST, TTOP, gaps, filled, clouds"
    SUMMARY = "Charts the series of a pixel: LST, which days were filled, ground surface temperature and yearly TTOP."
    DESCRIPTION = """
        Pick a place on the canvas: of each raster, the cell that contains it is read, and nothing else. The report
        shows a chart for each overpass, for the ground surface temperature and for TTOP; the tables hold the values.

        Give the filled stacks for the overpasses, and the stacks from which they were filled as those before filling:
        the chart and the table then tell observed days from filled ones. What has no value stays a gap, also days that
        are in none of the files.

        Ground surface temperature is read from GST stacks, or predicted from the overpasses by a GST model, as in
        'Degree days'.
    """
    EXAMPLE = (
        'POINT="79.3,36.0 [EPSG:4326]" TERRA_DAY=filled_terra_day.tif OBSERVED_TERRA_DAY=terra_day.tif '
        "TTOP=ttop_of_years.tif TABLE=series.csv OUTPUT_HTML=series.html"
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        before = (
            rasters(
                f"OBSERVED_{overpass.upper()}",
                f"Before filling, {overpass.replace('_', ' ').capitalize()}",
                "The stacks of this overpass before their gaps were filled, to tell observed days from filled ones.",
                optional=True,
                unit="degC",
            )
            for overpass in OVERPASSES
        )
        *overpasses, elevation, start = overpass_parameters("Needed where the model predicts from it.")
        return (
            point("POINT", "Place", "A place on the canvas, or x,y [EPSG:code]."),
            *overpasses,
            *before,
            rasters(
                "GST",
                "GST stacks",
                "Daily ground surface temperature in °C, one band per day.",
                optional=True,
                unit="degC",
            ),
            input_file(
                "GST_MODEL",
                "GST model",
                "From 'Fit GST model'; predicts GST from the overpasses, in place of GST stacks.",
                "json",
                optional=True,
            ),
            elevation,
            rasters(
                "TTOP",
                "TTOP per year [°C]",
                "Rasters with one band per year, or one per year.",
                optional=True,
                unit="degC",
            ),
            start,
            whole_number(
                "START_YEAR",
                "First year of TTOP",
                "Year of the first band, where bands do not name theirs. 0 reads the years from the names.",
                0,
                0,
                2200,
                advanced=True,
            ),
            *running_parameters()[:1],
            table_output("TABLE", "Days at the place", "A row per day: LST, whether it was filled, and GST."),
            table_output("YEARS", "TTOP at the place", "A row per year."),
            report_output(),
            NumberOutput("DAYS", "Days from the first to the last"),
            NumberOutput("FILLED", "Values of the overpasses that were filled"),
            NumberOutput("MISSING", "Values of the overpasses that are missing"),
        )

    def check(self, p: Values) -> Optional[GstModel]:
        """Require something to read, and what belongs together; return the model."""
        overpasses = given_overpasses(p)
        if not (overpasses or p.GST or p.TTOP):
            raise InputError(tr("There is nothing to read: give stacks of an overpass, GST stacks, or TTOP."))
        for overpass in OVERPASSES:
            if getattr(p, f"OBSERVED_{overpass.upper()}") and overpass not in overpasses:
                raise InputError(
                    tr(
                        "OBSERVED_{name} is given without {name}: give both, or the stack as {name} alone.",
                        name=overpass.upper(),
                    )
                )
        if p.GST and p.GST_MODEL:
            raise InputError(tr("Both GST and GST_MODEL are given: choose GST stacks, or a model with LST stacks."))
        model = read_model(p.GST_MODEL) if p.GST_MODEL else None
        if model is not None:
            require_inputs(p, model)
        require_one_start(p, [*_series_names(p)])
        return model

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Read the pixel, write the tables and the report."""
        result = run_seriesatpoint(_job(p, task.checked), task.running)
        task.warn(*result.warnings)
        if len(result.days):
            task.write_table("TABLE", result.fields(), result.rows())
        if result.years:
            task.write_table("YEARS", {"year": int, "ttop": float}, result.year_rows())
        task.write_report(p.OUTPUT_HTML, lambda report: report_seriesatpoint(report, result))
        task.info(_summary(result))
        return {"DAYS": len(result.days), "FILLED": result.filled, "MISSING": result.missing}


def _series_names(p: Values) -> list[str]:
    """Return the names of the daily series that are given, those of parameters in lower case."""
    names = [*OVERPASSES, *(BEFORE + overpass for overpass in OVERPASSES), GST]
    return [name for name in names if getattr(p, name.upper())]


def _job(p: Values, model: Optional[GstModel]) -> PointSeriesJob:
    names = _series_names(p)
    sources = {name: getattr(p, name.upper()) for name in names}
    series = open_series(sources, needed_elevation(p, model), p.START_DATE) if names else None
    ttop = join_years(p.TTOP, p.START_YEAR or None) if p.TTOP else None
    point = p.POINT
    if not point.crs_wkt:
        # A place without a CRS is one of the first raster.
        first = series.first.source if series is not None else ttop.bands[0]
        point = replace(point, crs_wkt=first.grid().crs_wkt)
    return PointSeriesJob(point, place_text(point), series, model, ttop)


def _summary(result: PointSeries) -> str:
    return tr(
        "{place}: {days} days, of which {filled} values of the overpasses were filled and {missing} are missing; "
        "{years} years of TTOP.",
        place=result.place,
        days=len(result.days),
        filled=result.filled,
        missing=result.missing,
        years=len(result.years),
    )
