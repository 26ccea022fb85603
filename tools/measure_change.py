"""How often `change` errs and what it finds, on simulated years: the figures of docs/change.md."""

from __future__ import annotations

import importlib.util
import sys
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
ALPHA = 0.1
MAPS = 200
CELLS = 400


def package() -> None:
    """Make the checkout importable, whatever its folder is called."""
    spec = importlib.util.spec_from_file_location(
        "permafrost_mapper", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["permafrost_mapper"] = module
    spec.loader.exec_module(module)


def noise(random: np.random.Generator, years: int, cells: int, persistence: float) -> np.ndarray:
    """Return stationary years of unit variance, each of which keeps a share of the one before."""
    values = random.normal(size=(years, cells))
    for year in range(1, years):
        values[year] = persistence * values[year - 1] + np.sqrt(1 - persistence**2) * values[year]
    return values


def measure_noise() -> None:
    """Measure how often single cells, and maps after the adjustment, show a trend where there is none."""
    from permafrost_mapper.core.assess.trend import DiscoveryRate, trend

    print(f"No trend, {MAPS} maps of {CELLS} independent cells; nominal 5 % and {100 * ALPHA:.0f} %")
    print("years  persistence  test       cells p <= 0.05  maps with a discovery")
    for years in (10, 16, 30, 43):
        for persistence in (0.0, 0.3):
            for autocorrelated in (False, True):
                random = np.random.default_rng(1)
                wrong, maps = 0.0, 0
                for _ in range(MAPS):
                    values = noise(random, years, CELLS, persistence)
                    p = trend(values, range(years), autocorrelated=autocorrelated).p
                    wrong += np.mean(p <= 0.05) / MAPS
                    maps += bool((DiscoveryRate.of(p).adjusted(p) <= ALPHA).any())
                name = "hamed_rao" if autocorrelated else "none"
                print(f"{years:5}  {persistence:11}  {name:9}  {100 * wrong:13.1f} %  {100 * maps / MAPS:19.1f} %")


def measure_published(years: int = 16, maps: int = 20) -> None:
    """Measure the correction of Hamed and Rao as published, which may also reduce the variance, on pure noise."""
    import pymannkendall
    from permafrost_mapper.core.assess.trend import DiscoveryRate

    random = np.random.default_rng(1)
    wrong, discovered = 0.0, 0
    with np.errstate(invalid="ignore"):
        for _ in range(maps):
            values = random.normal(size=(years, CELLS))
            p = np.array([pymannkendall.hamed_rao_modification_test(cell).p for cell in values.T])
            wrong += np.nanmean(p <= 0.05) / maps
            discovered += bool((DiscoveryRate.of(p).adjusted(p) <= ALPHA).any())
    print(f"\nHamed and Rao as published (pymannkendall), {years} years, {maps} maps of {CELLS} independent cells")
    print(f"cells p <= 0.05: {100 * wrong:.1f} %; maps with a discovery: {100 * discovered / maps:.0f} %")


def measure_power() -> None:
    """Measure how many of the warming half of the cells are detected, and how many detections are false."""
    from permafrost_mapper.core.assess.trend import DiscoveryRate, trend

    print(f"\nHalf of {CELLS} cells warm, {MAPS} maps, years vary by 0.6 degC")
    print("years  degC/decade  found  false among the found")
    warm = np.arange(CELLS) < CELLS // 2
    for years in (10, 16, 30):
        for slope in (0.2, 0.4, 0.8):
            random = np.random.default_rng(2)
            found, false = 0.0, 0.0
            for _ in range(MAPS):
                values = 0.6 * random.normal(size=(years, CELLS)) + np.outer(np.arange(years) * slope / 10, warm)
                p = trend(values, range(years)).p
                seen = DiscoveryRate.of(p).adjusted(p) <= ALPHA
                found += np.mean(seen[warm]) / MAPS
                false += np.mean(~warm[seen]) / MAPS if seen.any() else 0.0
            print(f"{years:5}  {slope:11}  {100 * found:4.0f} %  {100 * false:4.1f} %")


def warmed(weather, warming: float, days: np.ndarray) -> np.ndarray:
    """Return weather with a constant added."""
    return weather(days) + warming


def measure_basin(seeds: int = 20, thinning: int = 6) -> None:
    """Measure windows and trend on the weather of the sample basin, alone and with a warming."""
    from permafrost_mapper.core.assess.periods import read_periods, window_means
    from permafrost_mapper.core.assess.trend import DiscoveryRate, trend
    from permafrost_mapper.core.permafrost.ttop import ttop
    from permafrost_mapper.core.simulate.climatology import MEAN_CLIMATE, Weather, dates_of_year
    from permafrost_mapper.raster.read.rasters import RasterSource

    source = RasterSource(str(ROOT / "resources" / "sample" / "elevation.tif"), "elevation")
    grid = source.grid()
    elevation = source.open(grid).read(grid.window())[::thinning, ::thinning]
    x0, dx, _, y0, _, dy = grid.geotransform
    longitude = (x0 + dx * (np.arange(0, grid.width, thinning) + 0.5))[np.newaxis, :]
    latitude = (y0 + dy * (np.arange(0, grid.height, thinning) + 0.5))[:, np.newaxis]
    years = range(2001, 2021)
    print(f"\nSample basin, every {thinning}th cell, r_k 0.9, 20 years of simulated weather, {seeds} seeds")
    for warming in (0.0, 0.2, 0.4):
        changes: dict[str, list[float]] = {"2001, 2020": [], "2001-2005, 2016-2020": []}
        significant, spread, maps = [], [], 0
        for seed in range(1, seeds + 1):
            weather = Weather(seed).at(longitude, latitude)
            values = np.empty((len(years), *elevation.shape), np.float32)
            for year, out in zip(years, values):
                warmer = partial(warmed, weather, warming * (year - 2010.5) / 10)
                ddt, ddf = MEAN_CLIMATE.degree_days(elevation, latitude, dates_of_year(year), warmer)
                out[...] = ttop(ddt, ddf, 0.9)
            for periods, changed in changes.items():
                before, after = window_means(values, years, read_periods(periods, years)) <= 0
                changed.append(100 * (after.sum() - before.sum()) / before.sum())
            p = trend(values, years).p
            share = float(np.mean(DiscoveryRate.of(p).adjusted(p)[~np.isnan(p)] <= ALPHA))
            significant.append(100 * share)
            maps += share > 0
            spread.append(float(np.nanmean(np.std(values, axis=0, ddof=1))))
        print(f"warming by {warming} degC per decade; years vary by {np.mean(spread):.2f} degC")
        for periods, changed in changes.items():
            print(
                f"  area with TTOP <= 0, {periods}: mean {np.mean(changed):+.1f} %, standard deviation "
                f"{np.std(changed, ddof=1):.1f} %, {min(changed):+.1f} to {max(changed):+.1f} %"
            )
        print(f"  significant cells: mean {np.mean(significant):.1f} %; maps with any: {maps} of {seeds}")


if __name__ == "__main__":
    package()
    measure_noise()
    measure_published()
    measure_power()
    measure_basin()
