"""The main job, headless, on the sample basin: degree days, or all the way from LST scenes, to a map.

The outcome is compared with the truth that was simulated.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import headless
import numpy as np
from osgeo import gdal

gdal.DontUseExceptions()

BUILD = headless.ROOT / "build" / "demo"
FROM_LST = "permafrost:permafrost map from LST"
FROM_DEGREE_DAYS = "permafrost:permafrost map from degree days"
YEAR = 2019
# qgis_process writes these between the lines of the log, "0...10...20", without ending the line.
# A hundred is the last of them: what follows "...10" may be a line that begins with 0.5 %.
PROGRESS = re.compile(r"^0?(?:\.\.\.(?:100(?= - done|$)|[1-9]0))+(?: - done\.)?")
OVERPASSES = ("terra day", "terra night", "aqua day", "aqua night")


class Recovered(NamedTuple):
    """A quantity as it came out of the method, beside its simulated truth."""

    quantity: str
    unit: str
    cells: int
    recovered: float
    true: float
    bias: float
    bias_percent: float
    rmse: float


def run(algorithm: str, parameters: dict[str, Any], env: dict[str, str]) -> dict[str, Any]:
    """Run one algorithm, showing what it says; stop where it fails."""
    print(f"\n{algorithm}", flush=True)
    started = time.monotonic()
    done = headless.follow(algorithm, parameters, env, show)
    if done.code:
        sys.exit(f"{algorithm} failed:\n{done.stderr}")
    print(f"  done in {time.monotonic() - started:.1f} s", flush=True)
    return done.results


def show(line: str) -> None:
    """Show a line of the log, but not the command lines that repeat single steps, which fill screens."""
    line = PROGRESS.sub("", line)
    if line and not line.startswith("To repeat this run"):
        print(f"  {line}", flush=True)


def ground(basin: Path) -> dict[str, Any]:
    """Return the inputs that both models have."""
    return {
        "LANDCOVER": basin / "landcover_igbp.tif",
        "TABLE": "modis_igbp",
        "GLACIERS": basin / "glaciers.geojson",
        "LAKES": basin / "lakes.geojson",
        "BASIN": basin / "basin.geojson",
        "SURVEY": basin / "survey_simulated.tif",
        "REGIONS": basin / "survey_regions.geojson",
        "REGION_FIELD": "name",
    }


def from_degree_days(basin: Path, folder: Path, env: dict[str, str]) -> None:
    """Make the map of the whole basin from degree days as somebody else may have made them."""
    run(
        FROM_DEGREE_DAYS,
        {
            "DDT": basin / "ddt_simulated.tif",
            "DDF": basin / "ddf_simulated.tif",
            **ground(basin),
            "DISTRICTS": basin / "districts.geojson",
            "DISTRICT_FIELD": "name",
            "map:Permafrost map": folder / "permafrost_map.tif",
            "map:Picture": folder / "permafrost_map.png",
            "accuracy:Agreement": folder / "agreement.tif",
            "accuracy:Report": folder / "accuracy_against_survey.html",
            "accuracy:Table": folder / "accuracy_against_survey.csv",
            "areas:Report": folder / "areas.html",
            "areas:Table": folder / "areas.csv",
            "report:Report": folder / "report.html",
        },
        env,
    )


def from_lst(basin: Path, folder: Path, env: dict[str, str]) -> None:
    """Make the map and its report from scenes."""
    stacks = folder / "stacks"
    scenes = {"INPUT": basin / "lst_scenes_simulated", "PRODUCT": "trims", "OUTPUT": stacks}
    run("permafrost:buildlststack", scenes, env)
    lst, filled = {}, {}
    for overpass in OVERPASSES:
        name = overpass.replace(" ", "_")
        lst[name.upper()] = stacks / f"{name}_{YEAR}.tif"
        filled[f"{overpass.replace(' ', '')}:Filled LST, {overpass}"] = folder / f"filled_{name}.tif"
    run(
        FROM_LST,
        {
            **lst,
            "DEM": basin / "elevation.tif",
            "STATIONS": basin / "stations_simulated.geojson",
            "OBSERVATIONS": basin / "observations_simulated.csv",
            **ground(basin),
            "BOREHOLES": basin / "boreholes_simulated.geojson",
            "MAGT_FIELD": "magt",
            "DEPTH_FIELD": "depth_m",
            **filled,
            "samples:Samples": folder / "samples.csv",
            "gstmodel:GST model": folder / "gst_model.json",
            "degreedays:Mean DDT": folder / "ddt.tif",
            "degreedays:Mean DDF": folder / "ddf.tif",
            "degreedays:Valid days per year": folder / "valid_days.tif",
            "rk:r_k": folder / "rk.tif",
            "ttop:TTOP": folder / "ttop.tif",
            "map:Permafrost map": folder / "permafrost_map.tif",
            "map:Picture": folder / "permafrost_map.png",
            "probability:Probability of permafrost": folder / "probability.tif",
            "probability:Permafrost zones": folder / "zones.tif",
            "accuracy:Agreement": folder / "agreement.tif",
            "accuracy:Table": folder / "accuracy_against_survey.csv",
            "areas:Table": folder / "areas.csv",
            "boreholes:Boreholes compared": folder / "boreholes.gpkg",
            "report:Report": folder / "report.html",
        },
        env,
    )


def values(path: Path, band: int = 1, like: gdal.Dataset | None = None) -> np.ndarray:
    """Read a band, NaN where it has no value; on the cells of another raster of the same lattice where one is given."""
    dataset = gdal.Open(str(path))
    if like is not None:
        x, width, _, y, _, height = like.GetGeoTransform()
        corners = (x, y + height * like.RasterYSize, x + width * like.RasterXSize, y)
        dataset = gdal.Warp("", dataset, format="MEM", outputBounds=corners, xRes=width, yRes=-height)
    read = dataset.GetRasterBand(band)
    stored = read.ReadAsArray()
    scaled = stored * (read.GetScale() or 1.0) + (read.GetOffset() or 0.0)
    return np.where(stored == read.GetNoDataValue(), np.nan, scaled)


def compared(quantity: str, unit: str, recovered: np.ndarray, true: np.ndarray) -> Recovered:
    """Compare where both are known."""
    known = np.isfinite(recovered) & np.isfinite(true)
    recovered, true = recovered[known].astype(float), true[known].astype(float)
    error = recovered - true
    bias, mean = float(error.mean()), float(true.mean())
    rmse = float(np.sqrt((error**2).mean()))
    return Recovered(quantity, unit, error.size, float(recovered.mean()), mean, bias, 100 * bias / abs(mean), rmse)


def compare_with_truth(basin: Path, folder: Path) -> list[Recovered]:
    """Compare the outcome of each step with the truth."""
    rows = []
    for overpass in OVERPASSES:
        name = overpass.replace(" ", "_")
        gaps, filled, true = (
            folder / "stacks" / f"{name}_{YEAR}.tif",
            folder / f"filled_{name}.tif",
            basin / f"truth_lst_{name}_{YEAR}_simulated.tif",
        )
        pairs = []
        for band in range(1, gdal.Open(str(gaps)).RasterCount + 1):
            gap = np.isnan(values(gaps, band))
            pairs.append((values(filled, band)[gap], values(true, band)[gap]))
        rows.append(compared(f"LST in gaps, {overpass}", "degC", *map(np.concatenate, zip(*pairs))))
    ddt, ddf = (values(folder / f"{name}.tif") for name in ("ddt", "ddf"))
    like = gdal.Open(str(folder / "ddt.tif"))
    true = {name: values(basin / f"truth_{name}_simulated.tif", like=like) for name in ("ddt", "ddf", "rk", "ttop")}
    rows.append(compared("DDT", "degC d", ddt, true["ddt"]))
    rows.append(compared("DDF", "degC d", ddf, true["ddf"]))
    rows.append(compared("mean annual GST", "degC", (ddt - ddf) / 365, (true["ddt"] - true["ddf"]) / 365))
    rows.append(compared("r_k", "", values(folder / "rk.tif"), true["rk"]))
    rows.append(compared("TTOP", "degC", values(folder / "ttop.tif"), true["ttop"]))
    return rows


def show_recovered(rows: list[Recovered], path: Path) -> None:
    """Print the table, and write it as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(Recovered._fields)
        writer.writerows(rows)
    columns = "{:32}{:>11}{:>11}{:>10}{:>9}{:>9}{:>9}"
    print("\n  " + columns.format("against the truth", "cells", "recovered", "true", "bias", "bias %", "RMSE"))
    for row in rows:
        name = f"{row.quantity} [{row.unit}]" if row.unit else row.quantity
        # The share of a temperature says nothing: its zero is a choice.
        percent = "" if row.unit == "degC" else f"{row.bias_percent:.2f}"
        numbers = [f"{number:.2f}" for number in (row.recovered, row.true, row.bias)]
        print("  " + columns.format(name, f"{row.cells:,}", *numbers, percent, f"{row.rmse:.2f}"))


def main() -> None:
    """Make the sample basin and its maps, compare them with the truth, and say where everything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=BUILD, help="folder of the results")
    parser.add_argument("--full", action="store_true", help="from LST scenes as well, which takes some minutes")
    arguments = parser.parse_args()
    folder = arguments.output
    basin, whole, part = (folder / name for name in ("sample_basin", "from_degree_days", "from_lst"))
    for needed in (whole, part):
        needed.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as config:
        env = headless.environment(config)
        run("permafrost:sampledata", {"OUTPUT": basin, "LST": "part" if arguments.full else "none"}, env)
        from_degree_days(basin, whole, env)
        if arguments.full:
            from_lst(basin, part, env)
        results = {}
        for made in [whole, part] if arguments.full else [whole]:
            truth = {"MAP": made / "permafrost_map.tif", "REFERENCE": basin / "truth_permafrost_simulated.tif"}
            truth["OUTPUT_HTML"] = made / "accuracy_against_truth.html"
            results[made.name] = run("permafrost:accuracy", truth, env)
    if arguments.full:
        show_recovered(compare_with_truth(basin, part), part / "recovered.csv")
    print("\nTerrain and land cover are real; all else is SIMULATED.")
    for made, accuracy in results.items():
        print(
            f"  map {made.replace('_', ' ')} against the simulated truth: overall accuracy {accuracy['OA']:.3f}, kappa "
            f"{accuracy['KAPPA']:.3f}"
        )
    print()
    best = part if arguments.full else whole
    for label, path in (
        ("Map", best / "permafrost_map.tif"),
        ("Picture", best / "permafrost_map.png"),
        ("Report", best / "report.html"),
        ("Map of the whole basin", whole / "permafrost_map.png"),
        ("Project for QGIS", basin / "sample_basin.qgz"),
    ):
        print(f"  {label + ':':30}{path}")


if __name__ == "__main__":
    main()
