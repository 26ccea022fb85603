"""The steps that made a raster, according to its metadata and those of its inputs."""

from __future__ import annotations

import json
import os
from typing import Iterable, Iterator

from osgeo import gdal

from ...core.jsontext import parse_object
from ...core.publish.steps import Step, public_parameters
from ..grid.gdal_io import attempt
from ..read.rasters import RasterSource
from ..write.provenance import STEPS

SOFTWARE, ALGORITHM, PARAMETERS = "PERMAFROST_SOFTWARE", "PERMAFROST_ALGORITHM", "PERMAFROST_PARAMETERS"


# Algorithm and parameters of runs, with the names of their results and the software.
Runs = dict[tuple[str, str], tuple[list[str], str]]


def processing_steps(sources: Iterable[RasterSource]) -> list[Step]:
    """Return the steps that made some rasters in their order, from the metadata of the rasters and of their inputs.

    The trace ends at inputs that no longer exist. Outputs of one run are one step.
    """
    return [
        Step(", ".join(results), algorithm, software, public_parameters(parameters_of(parameters)))
        for (algorithm, parameters), (results, software) in _runs(sources).items()
    ]


def steps_text(sources: Iterable[RasterSource]) -> str:
    """Return the steps that made some rasters as text for the metadata of what is made of them; empty if none."""
    runs = [[*run, results, software] for run, (results, software) in _runs(sources).items()]
    return json.dumps({"runs": runs}, ensure_ascii=False) if runs else ""


def _steps_of(text: str) -> Runs:
    """Return the runs of a text of `steps_text`; without those that are anything else."""
    found: Runs = {}
    runs = parse_object(text).get("runs")
    for run in runs if isinstance(runs, list) else ():
        if not (isinstance(run, list) and len(run) == 4 and isinstance(run[2], list)):
            continue
        algorithm, parameters, results, software = run
        if all(isinstance(text, str) for text in (algorithm, parameters, software, *results)):
            found[algorithm, parameters] = (results, software)
    return found


def _runs(sources: Iterable[RasterSource]) -> Runs:
    runs: Runs = {}
    seen: set[str] = set()
    # Rasters whose inputs are being followed, each with the inputs still to come: a chain may have any length.
    open_rasters: list[tuple[str, tuple[str, str], str, Iterator[str]]] = []

    def enter(path: str) -> None:
        metadata = metadata_of(path)
        if path in seen or ALGORITHM not in metadata:
            return
        seen.add(path)
        for earlier, (results, software) in _steps_of(metadata.get(STEPS, "")).items():
            _add(runs, earlier, results, software)
        run = (metadata[ALGORITHM], metadata.get(PARAMETERS, "{}"))
        parts = [part for value in parameters_of(run[1]).values() for part in value.split(", ")]
        open_rasters.append((path, run, metadata.get(SOFTWARE, ""), iter(parts)))

    for source in sources:
        enter(source.path)
        while open_rasters:
            path, run, software, parts = open_rasters[-1]
            part = next(parts, None)
            if part is None:
                open_rasters.pop()
                _add(runs, run, [os.path.basename(path)], software)
            # Another output of the same run is not an input.
            elif os.path.isfile(part) and metadata_of(part).get(PARAMETERS) != run[1]:
                enter(part)
    return runs


def _add(runs: Runs, run: tuple[str, str], results: Iterable[str], software: str) -> None:
    """Add the results of a run, each name once."""
    names, _ = runs.setdefault(run, ([], software))
    names += [name for name in results if name not in names]


def parameters_of(text: str) -> dict[str, str]:
    """Return the parameters that a raster names as those of its run; values that are no text are ignored."""
    return {name: value for name, value in parse_object(text).items() if isinstance(value, str)}


def metadata_of(path: str) -> dict[str, str]:
    """Return the metadata of a raster; empty where a file is no raster."""
    dataset, _ = attempt(gdal.OpenEx, path, gdal.OF_RASTER | gdal.OF_READONLY)
    return dataset.GetMetadata() if dataset is not None else {}
