"""Degree days from daily ground surface temperature, or straight from land surface temperature and a model."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any, Sequence

import numpy as np

from ...core import classes
from ...core.errors import InputError
from ...core.files import remove_partials
from ...core.gst.degreedays import MISSING, Summing, complete_years, year_name, year_of
from ...core.gst.model import read_model, to_json
from ...core.gst.table import ELEVATION
from ...raster.gst.degreedays import GST, YearlySums
from ...raster.read.series import BeyondTally, SeriesSource
from ...raster.run.blocks import map_windows
from ...raster.run.checkpoints import fingerprint, finished_units_beside
from ...raster.run.cluster import require_address
from ...raster.write.writer import COUNTS, FLOATS, Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    choice,
    input_file,
    raster_output,
    rasters,
    running_parameters,
    scheduler_parameter,
    whole_number,
)
from .overpasses import (
    days_of,
    given_overpasses,
    lst_sources,
    overpass_parameters,
    read_series,
    require_day_and_night,
    require_inputs,
)

DAYS = "d"

# The annual outputs, and the means over the years: name, what of `YearlySums`, unit.
ANNUAL = (
    ("DDT", "ddt", "degC d"),
    ("DDF", "ddf", "degC d"),
    ("MAGST", "magst", "degC"),
    ("VALID_DAYS", "valid_days", DAYS),
)
MEANS = ANNUAL[:3]
OUTPUTS = (*(name for name, *_ in ANNUAL), *(f"{name}_MEAN" for name, *_ in MEANS))

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
        written. The stacks are read once, day by day.

        Days are missing mostly in winter, so a plain sum is too small and a sum scaled by the year is biased. By
        default each month is scaled by its days over its valid days; a cell with too few in any month has no value for
        the year. Years that the series begins or ends within are left out.

        A run that was stopped goes on where it was when it is started again with the same inputs and parameters:
        finished blocks wait in a hidden folder beside the first of the outputs.
    """
    EXAMPLE = (
        "GST_MODEL=model.json TERRA_DAY=terra_day_2005.tif TERRA_NIGHT=terra_night_2005.tif "
        "AQUA_DAY=aqua_day_2005.tif AQUA_NIGHT=aqua_night_2005.tif DDT=ddt.tif DDF=ddf.tif"
    )
    REFERENCES = (
        "Zhang et al. (2025): Permafrost mapping of the Tarim Basin based on TTOP model for 2005-2020. GIScience & "
        "Remote Sensing 62(1). doi:10.1080/15481603.2025.2596941",
    )

    RESUMES = True

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
                "GST_MODEL",
                "GST model",
                "From 'Fit GST model'; predicts GST from the LST stacks.",
                "json",
                optional=True,
            ),
            *overpass_parameters("Where the model needs it."),
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
            *running_parameters(),
            scheduler_parameter(),
            raster_output(
                "DDT", "DDT per year [°C d]", "Thawing degree days, a band a year.", classes.DEGREE_DAYS, optional=True
            ),
            raster_output(
                "DDF", "DDF per year [°C d]", "Freezing degree days, a band a year.", classes.DEGREE_DAYS, optional=True
            ),
            raster_output(
                "MAGST", "MAGST per year [°C]", "Mean annual ground surface temperature.", classes.TTOP, optional=True
            ),
            raster_output(
                "VALID_DAYS",
                "Valid days per year",
                "Days with a value, a band a year.",
                classes.VALID_DAYS,
                optional=True,
            ),
            raster_output(
                "DDT_MEAN",
                "Mean DDT [°C d]",
                "Mean over the valid years of a cell.",
                classes.DEGREE_DAYS,
                optional=True,
            ),
            raster_output(
                "DDF_MEAN",
                "Mean DDF [°C d]",
                "Mean over the valid years of a cell.",
                classes.DEGREE_DAYS,
                optional=True,
            ),
            raster_output(
                "MAGST_MEAN", "Mean MAGST [°C]", "Mean over the valid years of a cell.", classes.TTOP, optional=True
            ),
            raster_output(
                "EXTRAPOLATION",
                "Extrapolated days [%]",
                "Share of the valid days of a year on which an overpass or the elevation is outside the range that the "
                "model was trained on, a band a year. Only with a model.",
                classes.PERCENT,
                optional=True,
                by_default=False,
            ),
            NumberOutput("YEARS", "Years summed"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Either GST, or a model with what it needs."""
        if p.SCHEDULER:
            require_address(p.SCHEDULER)
        lst = [overpass.upper() for overpass in given_overpasses(p)]
        if bool(p.GST) == bool(p.GST_MODEL):
            given = "Both GST and GST_MODEL are" if p.GST else "Neither GST nor GST_MODEL is"
            raise InputError(f"{given} given: choose GST stacks, or a model with LST stacks.")
        if not any(getattr(p, name) for name in OUTPUTS):
            raise InputError(f"No output is asked for: give a file name for one of {', '.join(OUTPUTS)}.")
        if p.GST and lst:
            raise InputError(f"GST and {', '.join(lst)} are given: leave the LST stacks out, or choose a model.")
        if p.GST and p.EXTRAPOLATION:
            raise InputError("EXTRAPOLATION is asked for GST stacks: leave it out, it tells about a model.")
        p.model = read_model(p.GST_MODEL) if p.GST_MODEL else None
        if p.model is not None:
            require_inputs(p, p.model)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Sum year by year, block by block."""
        names = [GST] if p.model is None else [name for name in p.model.predictors if name != ELEVATION]
        stacks = read_series(p, names, task)
        days = days_of(stacks)
        summing = Summing(p.YEAR_START, p.MISSING, p.MIN_DAYS)
        years, incomplete = complete_years(days, p.YEAR_START)
        if len(incomplete):
            task.warn(f"Left out, since the series begins or ends within: {', '.join(map(year_name, incomplete))}.")
        held = SUMMING_BYTES + 14 * len(years) + (WAVES_BYTES if p.MISSING == "harmonic" else 0)
        series = SeriesSource(stacks, _days_in(days, years, p.YEAR_START), held)
        first = stacks[names[0]][0]
        grid = first.source.grid()
        require_day_and_night(series, grid)
        sources = lst_sources(series, p.model, p.DEM)
        inputs = [stack.source for parts in stacks.values() for stack in parts]
        if ELEVATION in sources:
            inputs.append(p.DEM)
        task.align(grid, *inputs)
        task.tell_fill_in_elevations(sources.get(ELEVATION), grid)
        labels = [year_name(year) for year in years]
        task.info(f"Years: {', '.join(labels)}.")
        sums = YearlySums(tuple(years), summing, p.model, bool(p.EXTRAPOLATION))
        paths = [source.path for source in inputs]
        of_run = _fingerprint(sums, p, stacks, paths)
        beside = next(path for path in (getattr(p, name) for name in OUTPUTS) if path)
        with ExitStack() as open_outputs:
            running = open_outputs.enter_context(task.runner(paths))
            finished = open_outputs.enter_context(finished_units_beside(beside, of_run))

            def output(name: str, bands: Sequence[str], unit: str) -> Any:
                path = getattr(p, name)
                if path:
                    remove_partials(path)
                return open_outputs.enter_context(
                    write_raster(path, grid, _layer(bands, unit), task.provenance, task.running)
                )

            annual = {what: output(name, labels, unit) for name, what, unit in ANNUAL}
            means = {what: output(f"{name}_MEAN", [f"{name} mean"], unit) for name, what, unit in MEANS}
            extrapolation = output("EXTRAPOLATION", labels, "%") if sums.extrapolation else None
            summed = open_outputs.enter_context(closing(map_windows(sums, sources, grid, running, finished)))
            tally = BeyondTally()
            for window, arrays in summed:
                # Blocks that an earlier release has finished do not tell.
                if "beyond" in arrays:
                    tally.add_array(sums.names, arrays["beyond"])
                for what, writer in annual.items():
                    for band, year in enumerate(arrays[what], start=1):
                        writer.write(window, year.astype(np.float32), band)
                for what, writer in means.items():
                    writer.write(window, _mean(arrays[what]))
                if extrapolation is not None:
                    percent = _percent(arrays["outside"], arrays["valid_days"])
                    for band, year in enumerate(percent, start=1):
                        extrapolation.write(window, year, band)
            for sentence in tally.sentences(stacks):
                task.warn(sentence)
            # Asked here, while none of the outputs has its final name.
            if annual["ddt"].valid_cells == 0:
                raise InputError(
                    f"No cell of '{first.name}' has {p.MIN_DAYS} valid days in each month of a year: lower MIN_DAYS, "
                    "or fill the gaps first."
                )
        return {"YEARS": len(labels)}


def _fingerprint(sums: YearlySums, p: SimpleNamespace, stacks: dict, paths: Sequence[str]) -> str:
    """Sum up what decides the degree days of a window."""
    content = {
        "model": to_json(sums.model) if sums.model else None,
        "summing": asdict(sums.summing),
        "extrapolation": sums.extrapolation,
        "elevation": p.DEM.reading if p.DEM else None,
        "stacks": [stack.source.reading for parts in stacks.values() for stack in parts],
        "days": {name: [str(day) for stack in parts for day in stack.days] for name, parts in stacks.items()},
    }
    return fingerprint(content, paths)


def _days_in(days: Sequence, years: np.ndarray, year_start: int) -> tuple:
    """Give the days that lie in the years."""
    chosen = np.isin(year_of(np.array(days, "datetime64[D]"), year_start), years)
    return tuple(day for day, is_in in zip(days, chosen) if is_in)


def _layer(bands: Sequence[str], unit: str) -> Layer:
    """Give what an output holds: days are whole numbers."""
    return Layer(bands, unit, numbers=COUNTS if unit == DAYS else FLOATS)


def _percent(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Give the percentage, NaN where the whole is 0."""
    return np.where(whole > 0, 100 * part / np.maximum(whole, 1), np.nan).astype(np.float32)


def _mean(years: Sequence[np.ndarray]) -> np.ndarray:
    """Give the mean over the years that have a value, NaN where none has."""
    total, valid = np.zeros(years[0].shape), np.zeros(years[0].shape)
    for year in years:
        known = np.isfinite(year)
        total += np.where(known, year, 0.0)
        valid += known
    return np.divide(total, valid, out=np.full_like(total, np.nan), where=valid > 0).astype(np.float32)
