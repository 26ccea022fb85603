"""The four overpasses as parameters, and as series: what the algorithms between stations and degree days share."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Mapping, Optional, Sequence

from ...core.errors import InputError
from ...core.gst.model import GstModel, require_predictors
from ...core.gst.table import ELEVATION, Cleaning, require_days_warmer
from ...core.prepare.scenes import OVERPASSES
from ...raster.grid.grid import Grid
from ...raster.read.series import SeriesSource, join_stacks, sample
from ...raster.read.sources import RasterSource
from ...raster.read.stack import Stack, read_stack, temperature_stack
from ..base import Task
from ..parameters import Parameter, calendar_day, elevation, rasters


def overpass_parameters(when: str) -> list[Parameter]:
    """Declare the stacks of the four overpasses, the elevation and the day of the first band.

    Parameters
    ----------
    when : str
        When an overpass is needed, to end a sentence of the help.
    """
    stacks = [
        rasters(
            overpass.upper(),
            f"LST stacks, {overpass.replace('_', ' ').capitalize()}",
            "Land surface temperature in °C, one band a day; one file or several that follow each other. " + when,
            optional=True,
        )
        for overpass in OVERPASSES
    ]
    start = calendar_day(
        "START_DATE",
        "Day of the first band",
        "For stacks whose bands tell no dates, or other ones. The others follow daily, or with the steps that the file "
        "tells; the days of a time axis without leap days stay those of its calendar.",
    )
    return [*stacks, elevation("DEM", "A digital elevation model. " + when), start]


def given_overpasses(p: SimpleNamespace) -> list[str]:
    """Name the overpasses that have stacks."""
    return [overpass for overpass in OVERPASSES if getattr(p, overpass.upper())]


def require_inputs(p: SimpleNamespace, model: GstModel) -> None:
    """Raise an `InputError` unless everything is given that the model predicts from."""
    require_predictors(model, [*given_overpasses(p), *([ELEVATION] if p.DEM else [])])


def read_series(p: SimpleNamespace, names: Sequence[str], task: Task) -> dict[str, tuple[Stack, ...]]:
    """Give the stacks of each series in the order of time; names are those of parameters, in lower case.

    Raises
    ------
    InputError
        If stacks tell no dates, repeat a day, are in kelvin, or those of different series share no day.
    """
    series = {}
    for name in names:
        given: Sequence[RasterSource] = getattr(p, name.upper())
        if p.START_DATE and len(given) > 1:
            raise InputError(
                f"START_DATE is the day of one first band, and {name.upper()} has {len(given)} stacks: write the dates "
                "into the band descriptions."
            )
        series[name] = join_stacks([read_stack(source, p.START_DATE) for source in given])
        series[name] = tuple(map(temperature_stack, series[name]))
    note = shared_days(series)
    if note:
        task.warn(note)
    return series


def shared_days(series: Mapping[str, tuple[Stack, ...]]) -> str:
    """Say which series lack days that others have, or nothing where all have the same.

    Raises
    ------
    InputError
        If one of them shares no day with those before it.
    """
    days = {name: {day for stack in stacks for day in stack.days} for name, stacks in series.items()}
    first, *others = days
    shared = days[first]
    before = [first]
    for name in others:
        if not shared & days[name]:
            raise InputError(
                f"{name.upper()}, from {min(days[name])} to {max(days[name])}, has no day in common with "
                f"{', '.join(before).upper()}, from {min(shared)} to {max(shared)}: give stacks of the same days."
            )
        shared = shared & days[name]
        before.append(name)
    every = set().union(*days.values())
    lacking = [f"{name.upper()} lacks {len(every - has)}" for name, has in days.items() if every - has]
    if not lacking:
        return ""
    return f"{len(shared)} of {len(every)} days are in the stacks of all overpasses: {', '.join(lacking)} of them."


def days_of(series: Mapping[str, tuple[Stack, ...]]) -> list:
    """Give the days on which any series has a band, in their order."""
    return sorted({day for stacks in series.values() for stack in stacks for day in stack.days})


def require_day_and_night(series: SeriesSource, grid: Grid) -> None:
    """Raise an `InputError` where day and night were exchanged."""
    if len(series.stacks) > 1:
        require_days_warmer(sample(series, grid))


def lst_sources(series: SeriesSource, model: Optional[GstModel], elevation: Optional[RasterSource]) -> dict:
    """Give what a job over blocks reads to predict from a model: ``days``, and ``elevation`` where it is needed."""
    needed = model is not None and ELEVATION in model.predictors
    return {"days": series, "elevation": elevation} if needed else {"days": series}


def tell(cleaning: Cleaning, task: Task) -> None:
    """Tell what became of the rows of a table, as a warning where much of it is not used."""
    warnings = cleaning.warnings()
    for sentence in cleaning.sentences():
        (task.warn if sentence in warnings else task.info)(sentence)
