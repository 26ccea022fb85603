"""The four overpasses as parameters, and what the algorithms between stations and degree days share."""

from __future__ import annotations

from typing import Iterable, Optional

from ...core.errors import InputError
from ...core.gst.model import ELEVATION, GstModel, require_predictors
from ...core.gst.rows import Cleaning
from ...core.language import tr
from ...core.prepare.scenes import OVERPASSES
from ...raster.gst.overpasses import DailySeries, open_series
from ...raster.read.rasters import RasterSource
from ..base import Task
from ..parameters import Parameter, Values, calendar_day, either, elevation, rasters


def overpass_parameters(when: str, remark: str = "") -> list[Parameter]:
    """Return the declarations of the stacks of the four overpasses, the elevation and the day of the first band.

    Parameters
    ----------
    when : str
        When an overpass is needed, a sentence of the help.
    remark : str
        Added to the labels where one of them is needed at least; they are optional otherwise.
    """
    stacks = [
        rasters(
            overpass.upper(),
            f"LST stacks, {overpass.replace('_', ' ').capitalize()}{remark}",
            "Land surface temperature in °C, one band per day, in one file or several consecutive ones. " + when,
            optional=True,
            unit="degC",
        )
        for overpass in OVERPASSES
    ]
    start = calendar_day(
        "START_DATE",
        "Day of the first band",
        "For stacks whose bands have no dates, or wrong ones. The other bands follow daily, or at the intervals of the "
        "file; the days of a time axis without leap days remain those of its calendar.",
    )
    stacks = [either(stack) for stack in stacks] if remark else stacks
    return [*stacks, elevation("DEM", "A digital elevation model. " + when), start]


def given_overpasses(p: Values) -> list[str]:
    """Return the names of the overpasses that have stacks."""
    return [overpass for overpass in OVERPASSES if getattr(p, overpass.upper())]


def require_inputs(p: Values, model: GstModel) -> None:
    """Raise an `InputError` unless all predictors of a model are given."""
    require_predictors(model, [*given_overpasses(p), *([ELEVATION] if p.DEM else [])])


def require_one_start(p: Values, names: Iterable[str]) -> None:
    """Raise an `InputError` if the day of the first band is given for a series of several stacks."""
    for name in names:
        count = len(getattr(p, name.upper()) or ())
        if p.START_DATE and count > 1:
            raise InputError(
                tr(
                    "START_DATE dates the first band of one stack, and {name} has {count} stacks: write the dates "
                    "into the band descriptions.",
                    name=name.upper(),
                    count=count,
                )
            )


def needed_elevation(p: Values, model: Optional[GstModel]) -> Optional[RasterSource]:
    """Return the elevation where a model predicts from it."""
    return p.DEM if model is not None and ELEVATION in model.predictors else None


def read_series(p: Values, names: Iterable[str], elevation: Optional[RasterSource], task: Task) -> DailySeries:
    """Return the series of some parameters, named in lower case; warn if they do not have the same days."""
    series = open_series({name: getattr(p, name.upper()) for name in names}, elevation, p.START_DATE)
    task.warn(series.missing_days())
    return series


def show_alignment(series: DailySeries, task: Task) -> None:
    """Show which rasters are aligned to the first one, and warn of impossible elevations."""
    task.note_alignment(series.grid, *series.rasters)
    task.check_elevations(series.elevation, series.grid)


def show_cleaning(cleaning: Cleaning, task: Task) -> None:
    """Show what became of the rows of a table, as warnings where large shares of it are not used."""
    task.info(*(sentence for sentence in cleaning.sentences() if sentence not in cleaning.warnings))
    task.warn(*cleaning.warnings)
