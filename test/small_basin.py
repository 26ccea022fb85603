"""Makes the sample basin small and gap filling quick; QGIS runs this at its start where PYQGIS_STARTUP names it."""

import json
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

# The basin, with permafrost and without, a region of the survey, glaciers and boreholes; and the part that has scenes.
BASIN = (78.0, 35.0, 82.0, 37.0)
PART = (78.8, 35.6, 79.8, 36.4)
# A lake in that part: west, south.
POND = (79.0, 36.0)
# Enough days for each month.
EVERY = 3


def shrink(folder: Path) -> None:
    """Let 'Sample basin' write fewer cells, days and clouds; `folder` takes its cropped rasters."""
    import numpy as np
    from osgeo import gdal
    from permafrost_mapper.algorithms.prepare import sampledata, samplelayers
    from permafrost_mapper.core.lst.variogram import Variogram
    from permafrost_mapper.core.simulate import lst as simulatedlst
    from permafrost_mapper.raster.lst import filling
    from permafrost_mapper.raster.lst.job import FillJob
    from permafrost_mapper.raster.simulate import sample

    if sample.LST_PART == PART:
        return
    if not folder.exists():
        shutil.copytree(sample.SAMPLE, folder)
        west, south, east, north = BASIN
        for name in ("elevation.tif", "landcover_igbp.tif"):
            gdal.Translate(str(folder / name), str(sample.SAMPLE / name), projWin=(west, north, east, south))
        lakes = json.loads((folder / "lakes.geojson").read_text(encoding="utf-8"))
        west, south = POND
        ring = [[west + x, south + y] for x, y in ((0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1), (0, 0))]
        # A GeoPackage takes the field id for the number of the feature.
        properties = {**lakes["features"][0]["properties"], "id": len(lakes["features"]) + 1}
        pond = {"type": "Polygon", "coordinates": [ring]}
        lakes["features"].append({"type": "Feature", "properties": properties, "geometry": pond})
        (folder / "lakes.geojson").write_text(json.dumps(lakes), encoding="utf-8")
    dates_of_year, simulate_lst = sample.dates_of_year, sample.simulate_lst
    clear = simulatedlst.ClearShare(0.97, 0.0, 1)
    settings = simulatedlst.LstSettings(day=clear, night=clear)

    def some_dates(year: int) -> np.ndarray:
        dates = dates_of_year(year)
        days = np.arange(dates.size)
        shown = np.isin(dates, np.array(samplelayers.SHOWN_DAYS, "datetime64[D]"))
        return dates[(days % EVERY == 1) | (days == 0) | (days == dates.size - 1) | shown]

    fill_stack = filling.fill_stack
    variogram = Variogram("exponential", 0.5, 2.0, 100_000.0)

    def fill_quickly(job: FillJob, *rest):
        """Neither estimate a variogram nor validate, which take nearly all of the time in scenes of a few cells."""
        recipe = replace(job.recipe, variogram=variogram, validation_cells=0, neighbours=8)
        return fill_stack(replace(job, recipe=recipe), *rest)

    filling.fill_stack = fill_quickly
    sampledata.SAMPLE = sample.SAMPLE = folder
    sample.LST_PART = PART
    sample.dates_of_year = some_dates
    sample.simulate_lst = lambda *given, **named: simulate_lst(*given, settings=settings, **named)


if "PYQGIS_STARTUP" in os.environ:
    sys.path.insert(0, os.environ["QGIS_PLUGINPATH"])
    shrink(Path(os.environ["QGIS_CUSTOM_CONFIG_PATH"]) / "sample")
