"""The steps that made a raster, according to its metadata.

Each result records the steps that made its inputs beside its own, so no other file is opened to know them: paths in the
metadata of a stranger's raster lead nowhere.
"""

from __future__ import annotations

import json
import os
from typing import Iterable, Mapping

from osgeo import gdal

from ...core.jsontext import parse_object
from ...core.publish.steps import Step, public_parameters
from ..grid import texts
from ..grid.gdal_io import attempt
from ..read.rasters import RasterSource
from ..write.provenance import STEPS

SOFTWARE, ALGORITHM, PARAMETERS = "PERMAFROST_SOFTWARE", "PERMAFROST_ALGORITHM", "PERMAFROST_PARAMETERS"

# Algorithm and parameters of runs, with the names of their results and the software.
Runs = dict[tuple[str, str], tuple[list[str], str]]


def processing_steps(sources: Iterable[RasterSource]) -> list[Step]:
    """Return the steps that made some rasters in their order. Outputs of one run are one step."""
    runs = _runs((source.path, metadata_of(source.path)) for source in sources)
    return [
        Step(", ".join(results), algorithm, software, public_parameters(parameters_of(parameters)))
        for (algorithm, parameters), (results, software) in runs.items()
    ]


def steps_text(rasters: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Return the steps that made some rasters as text for the metadata of what is made of them; empty if none.

    Parameters
    ----------
    rasters : iterable of (str, mapping)
        Their paths and metadata.
    """
    runs = [[*run, results, software] for run, (results, software) in _runs(rasters).items()]
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


def _runs(rasters: Iterable[tuple[str, Mapping[str, str]]]) -> Runs:
    runs: Runs = {}
    for path, metadata in rasters:
        if ALGORITHM not in metadata:
            continue
        for earlier, (results, software) in _steps_of(metadata.get(STEPS, "")).items():
            _add(runs, earlier, results, software)
        own = (metadata[ALGORITHM], metadata.get(PARAMETERS, "{}"))
        _add(runs, own, [os.path.basename(path)], metadata.get(SOFTWARE, ""))
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
    return texts.metadata_of(dataset) if dataset is not None else {}
