"""Scenes of land surface temperature to stacks."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Optional

from qgis.core import QgsProcessing

from ...core.errors import InputError
from ...core.prepare.scenes import OVERPASSES, PRODUCTS, Scenes, in_words, read_day_shifts, take_inventory
from ...raster.grid.grid import Grid
from ...raster.prepare.scenes import Decoding, check_scenes, target_grid, tile_grids, without_layer
from ...raster.prepare.stacking import BuiltStack, Recipe, build_stacks, plan_stacks
from ...raster.read.vectors import Features
from ...raster.write.writer import Provenance
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    RastersOutput,
    calendar_day,
    choice,
    crs,
    extent,
    folder_output,
    input_folder,
    number,
    raster,
    running_parameters,
    text,
    vector,
)

# Names that a message shows.
EXAMPLES = 3

ANY_OVERPASS = "from_name"
# Largest error in K that the quality bits may name.
QC_LIMITS_K = {"none": None, "within_3k": 3, "within_2k": 2, "within_1k": 1}


class BuildLstStack(PermafrostAlgorithm):
    """Algorithm ``permafrost:buildlststack``."""

    ID = "buildlststack"
    TITLE = "Build LST stacks"
    GROUP = Group.PREPARE
    TAGS = "land surface temperature, scenes, time series, mosaic, TRIMS, MODIS, MOD11A1, MYD11A1, HDF, quality, QC"
    SUMMARY = "Turns a folder of scenes into stacks in °C on one grid: one file per overpass and year, one band a day."
    DESCRIPTION = """
        Reads TRIMS GeoTIFFs, MOD11A1 and MYD11A1 granules as delivered (HDF4, several tiles a day) or exported to
        GeoTIFF, or files of any other product by a pattern of their names. Fill values, and for MODIS the cells whose
        quality bits name a larger error than is accepted, are taken out before anything is scaled or resampled. The
        scenes of a day are put together, cut to the extent or the basin, brought to the grid and written as degC in
        hundredths. Without a grid or an extent the cells of the scenes are kept as they are.

        Each day between start and end has a band; a day without a usable scene is a band without values and is named.
        A file that cannot be read, or whose median lies outside 200 to 340 K, is named with the reason and left out;
        when already the first scene is implausible, the run is refused, since then the scale is wrong. Values outside
        150 to 400 K are taken for fill.

        A run that was stopped goes on where it was: a stack that is finished under the same parameters, from the same
        files, is left as it is. Do not let two runs write into one folder at a time.
    """
    EXAMPLE = "INPUT=scenes PRODUCT=modis GRID=dem.tif BASIN=basin.gpkg OUTPUT=stacks"
    REFERENCES = (
        "Wan, Z. (2013): MODIS Land Surface Temperature Products Users' Guide, Collection 6. University of California, "
        "Santa Barbara.",
        "Zhang et al. (2025): Permafrost mapping of the Tarim Basin based on TTOP model for 2005-2020. GIScience & "
        "Remote Sensing 62(1). doi:10.1080/15481603.2025.2596941",
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            input_folder("INPUT", "Folder of the scenes", "All files in it and in its subfolders are looked at."),
            choice(
                "PRODUCT",
                "Product",
                "trims: TRIMS_Terra2005001D.tif and so on, stored / 100 in K, 0 missing. modis: MOD11A1 and MYD11A1, "
                "granules (.hdf) or exported layers with LST_Day_1km or LST_Night_1km in their names, as AppEEARS, "
                "MODIStsp and Earth Engine name them, stored x 0.02 in K, 0 missing; also MOD21A1, MYD21A1 and VNP21A1 "
                "from AppEEARS, where VIIRS counts as Aqua, whose times it shares. custom: whatever PATTERN says; "
                "scale, offset and missing value are those that the files are tagged with.",
                list(PRODUCTS),
                "trims",
            ),
            text(
                "PATTERN",
                "Pattern of the file names",
                "Replaces the pattern of the product. Named parts are {SATELLITE} (Terra, Aqua, MOD, MYD, VNP, VJ1), "
                "{TIME} (Day, Night, D, N), {YYYY}, {MM} and {DD} or the day of the year {DDD}, and {TILE}; * stands "
                "for any text and ? for any character. Examples: LST_{SATELLITE}_{TIME}_{YYYY}-{MM}-{DD}.tif, or "
                "{SATELLITE}11B1.A{YYYY}{DDD}.{TILE}.*.hdf for the product at 6 km.",
                optional=True,
            ),
            choice(
                "OVERPASS",
                "Overpass",
                "from_name: all four, as the names tell. terra_day, terra_night, aqua_day or aqua_night: only its "
                "scenes are taken, and the names need not tell it.",
                [ANY_OVERPASS, *OVERPASSES],
                ANY_OVERPASS,
                advanced=True,
            ),
            number(
                "SCALE", "Scale", "Stored x SCALE + OFFSET is in K. By default as the product has it.", optional=True
            ),
            number(
                "OFFSET",
                "Offset [K]",
                "Stored x SCALE + OFFSET is in K: 273.15 for files in degC. By default as the product has it.",
                optional=True,
            ),
            number(
                "NODATA",
                "Missing value",
                "Stored where there is no temperature, beside what the files are tagged with. By default as the "
                "product has it.",
                optional=True,
            ),
            choice(
                "QC",
                "Accepted error by the quality bits",
                "Only for modis. within_1k, within_2k, within_3k: cells with a larger average error, or with bits that "
                "say that no temperature was produced, are left out; exported scenes need QC_Day and QC_Night beside "
                "them. none: the quality bits are not read.",
                list(QC_LIMITS_K),
                "within_2k",
            ),
            text(
                "DAY_SHIFT",
                "Day shift",
                "Days to add to the date in the name, by overpass, such as aqua_night:1; several are separated by "
                "commas. Aqua passes at about 01:30 local time: where a product dates by UTC, that is the local day "
                "before or after, depending on the longitude. The station data decide what a day is.",
                optional=True,
                advanced=True,
            ),
            raster(
                "GRID",
                "Grid",
                "A raster that has the cells that are wanted, such as the DEM. Its values are not used.",
                optional=True,
            ),
            extent(
                "EXTENT",
                "Extent",
                "Without GRID: the rectangle that is wanted, by default that of BASIN, or all that the scenes cover.",
            ),
            crs("CRS", "CRS", "Without GRID: the CRS that is wanted, by default that of the scenes."),
            number(
                "RESOLUTION",
                "Cell size",
                "Without GRID: in units of the CRS; by default the cells of the scenes.",
                None,
                1e-9,
                optional=True,
            ),
            choice(
                "RESAMPLING",
                "Resampling method",
                "How scenes are brought to other cells: bilinear interpolates, nearest keeps the values as they "
                "are, average suits a grid that is much coarser than the scenes. Cells without a value take no part, "
                "and with the first two gaps keep their size.",
                ["bilinear", "nearest", "average"],
                "bilinear",
                advanced=True,
            ),
            vector(
                "BASIN",
                "Basin",
                "Polygons; cells whose centre lies outside of them get no value.",
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            calendar_day("START", "First day", "By default that of the first scene of any overpass."),
            calendar_day("END", "Last day", "By default that of the last scene of any overpass."),
            choice(
                "STACKS",
                "One stack for",
                "year: each overpass and year has a file, which a stopped run does not build again. period: each "
                "overpass has one file for all days, as the model 'permafrost map from LST' takes them.",
                ["year", "period"],
                "year",
            ),
            *running_parameters(),
            folder_output(
                "OUTPUT",
                "Folder of the stacks",
                "terra_day_2005.tif and so on, or terra_day_2005-2020.tif for a period.",
            ),
            *(RastersOutput(overpass.upper(), f"Stacks of {_label(overpass)}") for overpass in OVERPASSES),
            NumberOutput("SCENES", "Days with a scene"),
            NumberOutput("MISSING", "Days without one"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Scenes and stacks must not mix, and the days must make a period."""
        if Path(p.OUTPUT).resolve() == Path(p.INPUT).resolve():
            raise InputError(f"OUTPUT '{p.OUTPUT}' is the folder of the scenes: choose another one for the stacks.")
        if p.START and p.END and p.END < p.START:
            raise InputError(f"END {p.END} lies before START {p.START}: exchange them.")
        if p.PRODUCT == "custom" and not p.PATTERN:
            raise InputError(
                "PATTERN is not given, and PRODUCT custom needs it: describe the file names, for example "
                "LST_{SATELLITE}_{TIME}_{YYYY}{DDD}.tif."
            )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Sort the files, settle the grid, and build one stack after the other."""
        scenes = _scenes(p, task)
        decoding = _decoding(p)
        check_scenes([by_day.values() for by_day in scenes.values()], decoding)
        tiles = tile_grids(files for by_day in scenes.values() for files in by_day.values())
        mask = p.BASIN.features() if p.BASIN else None
        grid = _grid(p, tiles, mask)
        task.info(f"Stacks of {grid.describe()}.")
        if mask is not None:
            mask = mask.on(grid)
        days = sorted({day for by_day in scenes.values() for day in by_day})
        plans, without = plan_stacks(p.OUTPUT, scenes, p.START or days[0], p.END or days[-1], p.STACKS == "year")
        if without:
            task.warn(f"No scene for {', '.join(without)}: not built.")
        recipe = Recipe(decoding, next(iter(tiles.values())), grid, mask)
        # Of the rasters among the parameters only cells are taken: what is simulated the scenes say themselves.
        provenance = Provenance(self.id(), task.parameters)
        results: dict[str, Any] = {overpass.upper(): [] for overpass in scenes}
        results.update(SCENES=0, MISSING=0)
        for built in build_stacks(plans, recipe, provenance, task.running):
            _tell(built, task)
            results[built.plan.overpass.upper()].append(built.plan.path)
            results["SCENES"] += len(built.plan.days) - len(built.missing)
            results["MISSING"] += len(built.missing)
        return results


def _label(overpass: str) -> str:
    satellite, _, time = overpass.partition("_")
    return f"{satellite.capitalize()}, {time}"


def _decoding(p: SimpleNamespace) -> Decoding:
    product = PRODUCTS[p.PRODUCT]
    return Decoding(
        scale=product.scale if p.SCALE is None else p.SCALE,
        offset=product.offset if p.OFFSET is None else p.OFFSET,
        nodata=product.nodata if p.NODATA is None else p.NODATA,
        qc_limit_k=QC_LIMITS_K[p.QC] if product.has_qc else None,
        resampling=p.RESAMPLING,
    )


def _scenes(p: SimpleNamespace, task: Task) -> Scenes:
    """Find the scenes of the period by the names of the files, by overpass and day."""
    paths = _files(p.INPUT, p.OUTPUT)
    if not paths:
        raise InputError(f"Folder '{p.INPUT}' (INPUT) holds no file: choose the folder of the scenes.")
    product = PRODUCTS[p.PRODUCT]
    patterns, indirect = ([p.PATTERN], ()) if p.PATTERN else (product.patterns, product.indirect)
    overpass = None if p.OVERPASS == ANY_OVERPASS else p.OVERPASS
    inventory = take_inventory(paths, patterns, overpass, read_day_shifts(p.DAY_SHIFT or ""), indirect)
    shown = inventory.unmatched or tuple(Path(path).name for path in paths)
    examples = ", ".join(f"'{name}'" for name in shown[:EXAMPLES])
    if inventory.undated:
        said = f"there is no such date as in {', '.join(inventory.undated[:EXAMPLES])}"
        if not inventory.scenes:
            raise InputError(
                f"No file in '{p.INPUT}' is a scene: {said} ({len(inventory.undated)} of {len(paths)} files): correct "
                "the names, or set PATTERN to what their parts mean."
            )
        task.warn(f"Left out, since there is no such date as in the name: {', '.join(inventory.undated)}.")
    if not inventory.scenes:
        raise InputError(
            f"None of the {len(paths)} files in '{p.INPUT}', such as {examples}, is a scene named like "
            f"{' or '.join(product.examples if not p.PATTERN else patterns)}: choose another PRODUCT or OVERPASS, or "
            "set PATTERN."
        )
    if inventory.unmatched:
        # A name that speaks of LST is likely to be a scene that nobody should miss.
        is_lst = any("lst" in name.lower() for name in inventory.unmatched)
        said = f"{inventory.others} of {len(paths)} files are no scenes by their names and are not used"
        (task.warn if is_lst else task.info)(f"{said}, such as {examples}.")
    for lacking in without_layer(inventory.scenes):
        task.info(f"The files hold no layer of {_label(lacking)}.")
        del inventory.scenes[lacking]
    if not inventory.scenes:
        raise InputError(
            f"No file in '{p.INPUT}' that is named like a scene has a band called LST_Day_1km or LST_Night_1km: name "
            "the bands so, export one file each for day and night, or set PATTERN and OVERPASS."
        )
    first, last = inventory.days[0], inventory.days[-1]
    start, end = p.START or first, p.END or last
    within = {
        one: {day: files for day, files in by_day.items() if start <= day <= end}
        for one, by_day in inventory.scenes.items()
    }
    scenes = {one: by_day for one, by_day in within.items() if by_day}
    if not scenes:
        raise InputError(f"No scene lies between {start} and {end}; they are of {first} to {last}: set START and END.")
    return scenes


def _files(folder: str, without: str) -> list[str]:
    """Give all files in a folder and below, in order, but for those in the folder of the stacks."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if Path(place, name).resolve() != Path(without).resolve()]
        found += [str(Path(place, name)) for name in names]
    return sorted(found)


def _grid(p: SimpleNamespace, tiles: dict[str, Grid], mask: Optional[Features]) -> Grid:
    if p.GRID:
        if p.EXTENT or p.CRS or p.RESOLUTION:
            raise InputError("GRID and EXTENT, CRS or RESOLUTION are given: choose either GRID or the others.")
        return target_grid(tiles, p.GRID.grid())
    extent = p.EXTENT
    if extent is not None and not extent.crs_wkt:
        extent = replace(extent, crs_wkt=p.CRS or next(iter(tiles.values())).crs_wkt)
    if extent is None and mask is not None:
        extent = mask.rectangle()
    return target_grid(tiles, None, extent, p.CRS or "", p.RESOLUTION)


def _tell(built: BuiltStack, task: Task) -> None:
    """Report a stack, and what it lacks."""
    plan = built.plan
    done = "built" if built.is_new else "finished by an earlier run, left as it is"
    task.info(f"{plan.name}: {len(plan.days)} days, {len(plan.days) - len(built.missing)} with a scene; {done}.")
    for reason in built.skipped.values():
        task.warn(f"Left out of {plan.name}: {reason}")
    if built.missing:
        task.warn(f"{plan.name} has no scene for {len(built.missing)} days: {in_words(built.missing)}.")
