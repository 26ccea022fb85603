"""The part of the benchmark that measures how well gaps are filled, on real scenes: the tables of docs/gap_filling.md.

The scenes are looked for in the folder named by PERMAFROST_DATA; lines whose scenes are absent are left out. Known
cells are withheld, filled with all defaults but those named in a line, and compared.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Iterator

import numpy as np
from bench_kriging import ROOT, core
from osgeo import gdal

DATA = Path(os.environ.get("PERMAFROST_DATA", ROOT.parent / "shared" / "data"))
MASKS = (17, 27, 39, 50, 5, 78, 8, 94)  # percent, band by band of the file of masked inputs
MADRID_BAND = 18  # 2019-09-03
MIN_KNOWN_CELLS = 200
HEADER = f"{'':58} {'cells':>7} {'RMSE':>6} {'MAE':>6} {'bias':>6} {'CRPS':>6} {'cover':>6}"


def bench_gaps(quick: bool) -> None:
    """Measure the scores of withheld cells."""
    core()
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        for lines in (_madrid, _madrid_dates, _central_us, _heihe, _istra):
            for name, scores in lines(Path(folder), quick):
                print(
                    f"{name:58} {scores.n:7} {scores.rmse:6.3f} {scores.mae:6.3f} {scores.bias:6.2f} "
                    f"{scores.crps:6.3f} {scores.coverage:6.3f}",
                    flush=True,
                )


def _mean(all_scores: list) -> Any:
    """Return the mean of each score, and the sum of the cells."""
    first = all_scores[0]
    names = ("rmse", "mae", "bias", "coverage", "crps")
    means = {name: float(np.mean([getattr(one, name) for one in all_scores])) for name in names}
    return replace(first, n=sum(one.n for one in all_scores), **means)


def _job(path: Path, dem: Path | None, start: date | None = None, **recipe: Any) -> Any:
    from permafrost_mapper.core.lst.recipe import FillRecipe
    from permafrost_mapper.raster.lst.job import FillJob
    from permafrost_mapper.raster.read.rasters import RasterSource
    from permafrost_mapper.raster.read.stack import read_stack, temperature_stack

    stack = temperature_stack(read_stack(RasterSource(str(path), path.stem), start), allow_kelvin=True)
    elevation = None if dem is None else RasterSource(str(dem), "dem")
    return FillJob(stack, elevation, None, FillRecipe(validation_cells=0, **recipe))


def _withheld(name: str, job: Any, share: float, scenes: int, pattern: str = "clouds") -> Iterator[tuple]:
    """Withhold cells as 'Assess gap filling' does."""
    from permafrost_mapper.core.lst.scores import hide_cells, hide_clouds, score
    from permafrost_mapper.raster.lst.withheld import FillWithheld, WithheldScene, middle_of
    from permafrost_mapper.raster.run.blocks import Running

    work, recipe = FillWithheld(job, Running()), job.recipe
    middle, read = middle_of(work.filler.grid), work.filler.scenes.read
    known = {day: np.isfinite(read(day, middle)) for day in job.stack.days}
    usable = [day for day, cells in known.items() if cells.sum() >= MIN_KNOWN_CELLS]
    parts = []
    for place, index in enumerate(np.linspace(0, len(usable) - 1, min(scenes, len(usable))).round().astype(int)):
        day = usable[index]
        if pattern == "cells":
            hidden = hide_cells(known[day], share, recipe.seed + place)
        else:
            gaps = [~cells for other, cells in known.items() if other != day] or [~known[day]]
            hidden = hide_clouds(known[day], gaps, share, recipe.seed + place)
        parts.append((read(day, middle)[hidden], *work(WithheldScene(day, hidden, recipe.trend))))
    yield name, score(*map(np.concatenate, zip(*parts)))


def _madrid(folder: Path, quick: bool) -> Iterator[tuple]:
    """Yield the scores of 2019-09-03 under eight artificial clouds."""
    from permafrost_mapper.core.lst.scores import score
    from permafrost_mapper.raster.lst.filler import SceneFiller
    from permafrost_mapper.raster.run.blocks import Running

    source = DATA / "madrid_mod11a1"
    if not source.is_dir():
        return
    dem = folder / "madrid_dem.tif"
    shutil.copy(source / "Madrid_elevation_m.tif", dem)
    dates = gdal.Open(str(source / "Madrid_MOD11A1_LST_Day_K.tif"))
    masked = gdal.Open(str(source / "Madrid_masked_inputs_K.tif")).ReadAsArray()
    truth = dates.GetRasterBand(MADRID_BAND).ReadAsArray().astype(float)
    truth[truth == -9999] = np.nan
    methods = [
        ("elevation", {}),
        ("elevation_reference", {}),
        ("elevation_reference", {"variogram_per": "month"}),
        *[("elevation_reference", {"references": references}) for references in (14, 9, 4, 3)],
    ]
    for trend, recipe in methods[:2] if quick else methods:
        method = " ".join([trend, *(f"{name}={value}" for name, value in recipe.items())])
        found = []
        for mask in sorted(MASKS)[:2] if quick else sorted(MASKS):
            path = folder / f"madrid_{mask}.tif"
            copy = gdal.Translate(str(path), dates, creationOptions=["COMPRESS=DEFLATE"])
            copy.GetRasterBand(MADRID_BAND).WriteArray(masked[MASKS.index(mask)])
            for number in range(1, copy.RasterCount + 1):
                copy.GetRasterBand(number).SetDescription(dates.GetRasterBand(number).GetDescription())
            del copy
            job = _job(path, dem, trend=trend, **recipe)
            filler, day = SceneFiller(job, Running()), job.stack.days[MADRID_BAND - 1]
            gaps = np.isnan(filler.scenes.read(day))
            filled = filler.fill_part(filler.grid.window(), day)
            hidden = np.isfinite(truth)[gaps]
            found.append(score(truth[gaps][hidden], filled["values"][hidden], filled["std"][hidden]))
            yield f"Madrid {mask} %, {method}", found[-1]
        yield f"Madrid mean, {method}", _mean(found)


def _madrid_dates(folder: Path, quick: bool) -> Iterator[tuple]:
    """Yield the scores of several dates under the natural clouds of others."""
    source = DATA / "madrid_mod11a1"
    if not source.is_dir():
        return
    dem, path = folder / "madrid_dem.tif", source / "Madrid_MOD11A1_LST_Day_K.tif"
    for trend in ("elevation", "elevation_reference"):
        for share in (0.2,) if quick else (0.2, 0.4):
            job = _job(path, dem, trend=trend)
            yield from _withheld(f"Madrid, five dates, {share:.0%} under clouds, {trend}", job, share, 5)


def _central_us(folder: Path, quick: bool) -> Iterator[tuple]:
    """Yield the scores of one scene of a published competition, under its own clouds."""
    path = DATA / "central_us_lst" / "terra_lst_20160804_degC_with_gaps.tif"
    if not path.is_file():
        return
    for seed in (1,) if quick else (1, 2, 3, 4):
        job = _job(path, None, trend="none", neighbours=64, seed=seed)
        yield from _withheld(f"Central US, 20 % under clouds, none, SEED={seed}", job, 0.2, 1)
    job = _job(path, None, trend="none", neighbours=64)
    yield from _withheld("Central US, 40 % under clouds, none", job, 0.4, 1)
    yield from _withheld("Central US, 20 % single cells, none", job, 0.2, 1, "cells")


def _heihe(folder: Path, quick: bool) -> Iterator[tuple]:
    """Yield the scores of one day and one night in the Qilian Mountains."""
    source, dem = DATA / "heihe_mod11a1", DATA / "dem" / "etopo5_tarim_qilian_72_104E_33_45N.tif"
    if not source.is_dir() or not dem.is_file():
        return
    for time_of_day in ("Day", "Night"):
        path = _scaled(source / f"MOD11A1_2013001.LST_{time_of_day}_1km.QCfiltered.tif", folder)
        for trend in ("elevation", "none"):
            for share in (0.2,) if quick else (0.2, 0.4):
                name = f"Heihe {time_of_day.lower()}, {share:.0%} under clouds, {trend}"
                yield from _withheld(name, _job(path, dem, date(2013, 1, 1), trend=trend), share, 1)


def _scaled(stored: Path, folder: Path) -> Path:
    """Copy a scene of MOD11A1 with its scale and nodata value."""
    path = folder / stored.name
    copy = gdal.Translate(str(path), gdal.Open(str(stored)), noData=0, creationOptions=["COMPRESS=DEFLATE"])
    copy.GetRasterBand(1).SetScale(0.02)
    del copy
    return path


def _istra(folder: Path, quick: bool) -> Iterator[tuple]:
    """Yield the scores of a year of eight-day composites, which share one variogram per month."""
    path = DATA / "istra_8day" / "istra_modis_8day_lst_2008_degC.tif"
    if not path.is_file():
        return
    source = gdal.Open(str(path))
    copy = folder / "istra.tif"
    result = gdal.Translate(str(copy), source, creationOptions=["COMPRESS=DEFLATE"])
    for number in range(source.RasterCount):
        result.GetRasterBand(number + 1).SetDescription(str(date(2008, 1, 1) + timedelta(8 * number)))
    del result
    for share in (0.2,) if quick else (0.2, 0.4):
        for per in ("scene", "month"):
            job = _job(copy, None, trend="none", variogram_per=per)
            yield from _withheld(f"Istria, six composites, {share:.0%} under clouds, none, per {per}", job, share, 6)
