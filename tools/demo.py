"""The main job, headless, on the sample basin: degree days to a map, its accuracy and its areas."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import headless

BUILD = headless.ROOT / "build" / "demo"
MODEL = "permafrost:permafrost map from degree days"


def run(algorithm: str, parameters: dict[str, Any], env: dict[str, str]) -> dict[str, Any]:
    """Run one algorithm, or stop with what it said."""
    started = time.monotonic()
    done = headless.run(algorithm, parameters, env=env)
    if done.code:
        sys.exit(f"{algorithm} failed:\n{done.stderr}")
    print(f"  {algorithm}: {time.monotonic() - started:.1f} s")
    return done.results


def main() -> None:
    """Make the sample basin and its map, compare it with the truth, and say where everything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=BUILD, help="folder of the results")
    folder = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    basin = folder / "sample_basin"
    with tempfile.TemporaryDirectory() as config:
        env = headless.environment(config)
        run("permafrost:sampledata", {"OUTPUT": basin}, env)
        run(
            MODEL,
            {
                "DDT": basin / "ddt_simulated.tif",
                "DDF": basin / "ddf_simulated.tif",
                "LANDCOVER": basin / "landcover_igbp.tif",
                "TABLE": "modis_igbp",
                "GLACIERS": basin / "glaciers.geojson",
                "LAKES": basin / "lakes.geojson",
                "BASIN": basin / "basin.geojson",
                "SURVEY": basin / "survey_simulated.tif",
                "REGIONS": basin / "survey_regions.geojson",
                "REGION_FIELD": "name",
                "DISTRICTS": basin / "districts.geojson",
                "DISTRICT_FIELD": "name",
                "map:Permafrost map": folder / "permafrost_map.tif",
                "map:Picture": folder / "permafrost_map.png",
                "accuracy:Agreement": folder / "agreement.tif",
                "accuracy:Report": folder / "accuracy_against_survey.html",
                "accuracy:Table": folder / "accuracy_against_survey.csv",
                "areas:Report": folder / "areas.html",
                "areas:Table": folder / "areas.csv",
            },
            env,
        )
        truth = run(
            "permafrost:accuracy",
            {
                "MAP": folder / "permafrost_map.tif",
                "REFERENCE": basin / "truth_permafrost_simulated.tif",
                "OUTPUT_HTML": folder / "accuracy_against_truth.html",
            },
            env,
        )
        areas = run("permafrost:areastatistics", {"MAP": folder / "permafrost_map.tif"}, env)
    print(
        f"\nPermafrost: {areas['PERMAFROST_KM2']:,.0f} km2, {areas['PERMAFROST_PERCENT']:.1f} % of the basin; against "
        f"the simulated truth: overall accuracy {truth['OA']:.3f}, kappa {truth['KAPPA']:.3f}.\n"
        "Terrain and land cover are real; degree days, survey and truth are SIMULATED.\n"
    )
    for label, name in (
        ("Map", "permafrost_map.tif"),
        ("Picture", "permafrost_map.png"),
        ("Areas", "areas.html"),
        ("Accuracy against the survey", "accuracy_against_survey.html"),
        ("Accuracy against the truth", "accuracy_against_truth.html"),
        ("Project for QGIS", "sample_basin/sample_basin.qgz"),
    ):
        print(f"  {label + ':':30}{folder / name}")


if __name__ == "__main__":
    main()
