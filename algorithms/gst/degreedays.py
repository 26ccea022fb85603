"""Degree days from daily ground surface temperature, or straight from land surface temperature and a model."""

from __future__ import annotations

from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any, Iterator, Mapping, Optional, Sequence

import numpy as np

from ...core import classes
from ...core.errors import Cancelled, InputError
from ...core.gst.degreedays import MISSING, Summing, YearSums, complete_years, degree_days, year_name, year_of
from ...core.gst.model import GstModel, predict, read_model, require_predictors
from ...core.gst.table import ELEVATION, SATELLITES, require_day_warmer
from ...raster.blocks import map_windows
from ...raster.grid import Grid
from ...raster.series import Block, SeriesSource, join_stacks, sample
from ...raster.sources import RasterSource
from ...raster.stack import Stack, read_stack, require_celsius
from ...raster.writer import Layer
from ...raster.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    calendar_day,
    choice,
    input_file,
    raster,
    raster_output,
    rasters,
    running_parameters,
    whole_number,
)

GST = "gst"
OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")

# The annual outputs, and the means over the years: name, what of `YearSums`, unit.
ANNUAL = (
    ("DDT", "ddt", "degC d"),
    ("DDF", "ddf", "degC d"),
    ("MAGST", "magst", "degC"),
    ("VALID_DAYS", "valid_days", "d"),
)
MEANS = ANNUAL[:3]

# Bytes a cell while a year is summed and closed; a year of days more where waves are fitted to it.
SUMMING_BYTES = 200
WAVES_BYTES = 2000


class DegreeDays(PermafrostAlgorithm):
    """Algorithm ``permafrost:degreedays``."""

    ID = "degreedays"
    TITLE = "Degree days"
    GROUP = Group.GST
    TAGS = (
        "DDT, DDF, thawing degree days, freezing degree days, thawing index, freezing index, MAGST, GST, freezing year"
    )
    SUMMARY = "Sums daily ground surface temperature to thawing and freezing degree days of each year."
    DESCRIPTION = """
        DDT is the sum of the positive daily means of a year, DDF that of the negative ones as a magnitude, and the mean
        annual ground surface temperature is (DDT - DDF) / P with P the days of the year.

        Daily temperature comes from GST stacks, or is predicted on the way from LST stacks by a GST model and never
        written. The stacks are read once, a few days at a time.

        Days are missing mostly in winter, so a plain sum is too small and a sum scaled by the year is biased. By
        default each month is scaled by its days over its valid days; a cell with too few in any month has no value for
        the year. Years that the series begins or ends within are left out.
    """
    REFERENCES = (
        "Zhang et al. (2025): Permafrost mapping of the Tarim Basin based on TTOP model for 2005-2020. GIScience & "
        "Remote Sensing 62(1). doi:10.1080/15481603.2025.2596941",
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            rasters(
                "GST",
                "GST stacks",
                "Daily ground surface temperature in °C, one band a day; one file or several that follow each other.",
                optional=True,
            ),
            input_file(
                "MODEL", "GST model", "From 'Fit GST model'; predicts GST from the LST stacks.", "json", optional=True
            ),
            *(
                rasters(
                    overpass.upper(),
                    f"LST stacks, {overpass.replace('_', ' ')}",
                    "Land surface temperature in °C, one band a day, where the model needs this overpass.",
                    optional=True,
                )
                for overpass in OVERPASSES
            ),
            raster("ELEVATION", "Elevation [m]", "Where the model needs it.", optional=True),
            whole_number(
                "YEAR_START",
                "First month of the year",
                "1 for calendar years, 8 or 9 for freezing years, which keep a winter together.",
                1,
                1,
                12,
            ),
            choice(
                "MISSING",
                "Missing days",
                "monthly: each month is scaled by its days over its valid days. harmonic: annual and semi-annual waves "
                "through the valid days of the year stand in. none: what is there is summed.",
                MISSING,
                "monthly",
            ),
            whole_number(
                "MIN_DAYS",
                "Valid days a month",
                "A cell with fewer valid days in one of the months has no value for the year.",
                10,
                1,
                28,
            ),
            calendar_day(
                "START_DATE", "Day of the first band", "For stacks whose bands tell no dates: one band a day."
            ),
            *running_parameters(),
            raster_output("DDT", "DDT per year [°C d]", "Thawing degree days, a band a year.", classes.DEGREE_DAYS),
            raster_output("DDF", "DDF per year [°C d]", "Freezing degree days, a band a year.", classes.DEGREE_DAYS),
            raster_output("MAGST", "MAGST per year [°C]", "Mean annual ground surface temperature.", classes.TTOP),
            raster_output("VALID_DAYS", "Valid days per year", "Days with a value, a band a year."),
            raster_output("DDT_MEAN", "Mean DDT [°C d]", "Mean over the valid years of a cell.", classes.DEGREE_DAYS),
            raster_output("DDF_MEAN", "Mean DDF [°C d]", "Mean over the valid years of a cell.", classes.DEGREE_DAYS),
            raster_output("MAGST_MEAN", "Mean MAGST [°C]", "Mean over the valid years of a cell.", classes.TTOP),
            NumberOutput("YEARS", "Years summed"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Either GST, or a model with what it needs."""
        lst = [overpass.upper() for overpass in OVERPASSES if getattr(p, overpass.upper())]
        if bool(p.GST) == bool(p.MODEL):
            given = "Both GST and MODEL are" if p.GST else "Neither GST nor MODEL is"
            raise InputError(f"{given} given: choose GST stacks, or a model with LST stacks.")
        if p.GST and lst:
            raise InputError(f"GST and {', '.join(lst)} are given: leave the LST stacks out, or choose a model.")
        p.model = read_model(p.MODEL) if p.MODEL else None
        if p.model is not None:
            given = [overpass for overpass in OVERPASSES if getattr(p, overpass.upper())]
            require_predictors(p.model, [*given, *([ELEVATION] if p.ELEVATION else [])])

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Sum year by year, block by block."""
        stacks = _stacks(p)
        summing = Summing(p.YEAR_START, p.MISSING, p.MIN_DAYS)
        days = sorted({day for parts in stacks.values() for stack in parts for day in stack.days})
        years, incomplete = complete_years(days, p.YEAR_START)
        if len(incomplete):
            task.warn(f"Left out, since the series begins or ends within: {', '.join(map(year_name, incomplete))}.")
        wanted = _days_of(days, years, p.YEAR_START)
        held = SUMMING_BYTES + 14 * len(years) + (WAVES_BYTES if p.MISSING == "harmonic" else 0)
        series = SeriesSource(stacks, wanted, held)
        first = next(iter(stacks.values()))[0]
        grid = first.source.grid()
        _look(series, grid)
        sources: dict[str, Any] = {"days": series}
        needs_elevation = p.model is not None and ELEVATION in p.model.predictors
        if needs_elevation:
            sources["elevation"] = p.ELEVATION
        task.align(grid, *(stack.source for parts in stacks.values() for stack in parts), sources.get("elevation"))

        def compute(days: Iterator[Block], elevation: Optional[np.ndarray] = None) -> list[YearSums]:
            return list(degree_days(_gst(days, p.model, elevation, task), years, summing))

        names = [year_name(year) for year in years]
        task.info(f"Years: {', '.join(names)}.")
        with ExitStack() as open_outputs:

            def output(name: str, bands: Sequence[str], unit: str) -> Any:
                return open_outputs.enter_context(
                    write_raster(getattr(p, name), grid, Layer(bands, unit), task.provenance, task.running)
                )

            annual = {what: output(name, names, unit) for name, what, unit in ANNUAL}
            means = {what: output(f"{name}_MEAN", [f"{name} mean"], unit) for name, what, unit in MEANS}
            for window, sums in map_windows(compute, sources, grid, task.running):
                for what, writer in annual.items():
                    for band, year in enumerate(sums, start=1):
                        writer.write(window, getattr(year, what).astype(np.float32), band)
                for what, writer in means.items():
                    writer.write(window, _mean([getattr(year, what) for year in sums]))
            # Asked here, while none of the outputs has its final name.
            if annual["ddt"].valid_cells == 0:
                raise InputError(
                    f"No cell of '{first.name}' has {p.MIN_DAYS} valid days in each month of a year: lower MIN_DAYS, "
                    "or fill the gaps first."
                )
        return {"YEARS": len(names)}


def _stacks(p: SimpleNamespace) -> dict[str, tuple[Stack, ...]]:
    """Give the stacks of each series in the order of time."""
    names = [GST] if p.model is None else [name for name in p.model.predictors if name != ELEVATION]
    stacks = {}
    for name in names:
        given: Sequence[RasterSource] = getattr(p, name.upper())
        if p.START_DATE and len(given) > 1:
            raise InputError(
                f"START_DATE is the day of one first band, and {name.upper()} has {len(given)} stacks: write the dates "
                "into the band descriptions."
            )
        stacks[name] = join_stacks([read_stack(source, p.START_DATE) for source in given])
        for stack in stacks[name]:
            require_celsius(stack)
    return stacks


def _days_of(days: Sequence, years: np.ndarray, year_start: int) -> tuple:
    """Give the days that lie in the years."""
    chosen = np.isin(year_of(np.array(days, "datetime64[D]"), year_start), years)
    return tuple(day for day, is_in in zip(days, chosen) if is_in)


def _look(series: SeriesSource, grid: Grid) -> None:
    """Refuse day and night that were exchanged."""
    pairs = [(f"{satellite}_day", f"{satellite}_night") for satellite in SATELLITES]
    pairs = [pair for pair in pairs if set(pair) <= set(series.stacks)]
    if pairs:
        values = sample(series, grid)
        for day, night in pairs:
            require_day_warmer(values[day], values[night], day.upper(), night.upper())


def _gst(
    days: Iterator[Block], model: Optional[GstModel], elevation: Optional[np.ndarray], task: Task
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give daily GST, predicted where there is a model."""
    for dates, values in days:
        if task.running.is_cancelled():
            raise Cancelled("The run was cancelled: nothing was written.")
        if model is None:
            yield dates, values[GST]
        else:
            predictors: Mapping[str, np.ndarray] = values if elevation is None else {**values, ELEVATION: elevation}
            yield dates, predict(model, predictors, dates)


def _mean(years: Sequence[np.ndarray]) -> np.ndarray:
    """Give the mean over the years that have a value, NaN where none has."""
    total, valid = np.zeros(years[0].shape), np.zeros(years[0].shape)
    for year in years:
        known = np.isfinite(year)
        total += np.where(known, year, 0.0)
        valid += known
    return np.divide(total, valid, out=np.full_like(total, np.nan), where=valid > 0).astype(np.float32)
