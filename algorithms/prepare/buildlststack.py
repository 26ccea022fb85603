"""Build stacks from scenes of land surface temperature."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

from ...core.about import METHOD
from ...core.errors import InputError
from ...core.language import english, tr
from ...core.prepare.scenes import OVERPASSES, PRODUCTS, overpass_label, read_day_shifts
from ...raster.prepare.scenes import Decoding
from ...raster.prepare.search import SceneSearch, find_scenes
from ...raster.prepare.stacking import StackJob, build_stacks
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    RastersOutput,
    Values,
    calendar_day,
    choice,
    folder_output,
    input_folder,
    number,
    running_parameters,
    scheduler_parameter,
    text,
)
from .target import check_target, target_of, target_parameters

ANY_OVERPASS = "from_name"
# Largest error in K that the quality bits may state.
QC_LIMITS_K = {"none": None, "within_3k": 3, "within_2k": 2, "within_1k": 1}


class BuildLstStack(PermafrostAlgorithm):
    """Algorithm ``permafrost:buildlststack``."""

    ID = "buildlststack"
    TITLE = "Build LST stacks"
    GROUP = Group.PREPARE
    TAGS = (
        "land surface temperature, scenes, time series, mosaic, TRIMS, MODIS, MOD11A1, MYD11A1, MOD21A1D, VIIRS, "
        "VNP21A1D, VJ121A1D, HDF, quality, QC"
    )
    SUMMARY = "Turns a folder of scenes into stacks in °C on one grid: a file per overpass and year, a band per day."
    DESCRIPTION = """
        Reads TRIMS GeoTIFFs, granules of MODIS (MOD11A1, MYD11A1, MOD21A1, MYD21A1; HDF4) and VIIRS (VNP21A1,
        VJ121A1, VJ221A1; HDF5) as delivered, several tiles a day, or exported to GeoTIFF, or files of any other
        product, given a pattern of their names. Fill values and, for MODIS and VIIRS, cells whose quality bits state a
        larger error than is accepted are removed before anything is scaled or resampled. The scenes of a day are
        mosaicked, cut to the extent or the basin, resampled to the grid and written as hundredths of a degree Celsius.
        Without a grid or an extent the cells of the scenes are kept as they are.

        Each day between start and end has a band; a day without a usable scene is an empty band and is reported. A
        file that cannot be read, or whose median lies outside 200 to 340 K, is left out and reported with the reason;
        if the first scene is already implausible, the run is refused, since the scale must be wrong. Values outside
        150 to 400 K are treated as missing.

        A run that was stopped continues where it was: a stack that was finished with the same parameters from the
        same files is left as it is. Do not run two builds into the same folder at the same time.
    """
    EXAMPLE = "INPUT=scenes PRODUCT=modis GRID=dem.tif BASIN=basin.gpkg OUTPUT=stacks"
    REFERENCES = (
        "Wan, Z. (2013): MODIS Land Surface Temperature Products Users' Guide, Collection 6. University of California, "
        "Santa Barbara.",
        "NASA LAADS DAAC: file specification of VNP21A1D (principal investigator G. C. Hulley). "
        "https://ladsweb.modaps.eosdis.nasa.gov/filespec/VIIRS/1/VNP21A1D",
        METHOD,
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            input_folder("INPUT", "Folder of the scenes", "It is searched with its subfolders."),
            choice(
                "PRODUCT",
                "Product",
                "trims: files such as TRIMS_Terra2005001D.tif, in hundredths of a K, 0 is missing. modis: MODIS and "
                "VIIRS, in fiftieths of a K, 0 is missing. MOD11A1 and MYD11A1 as granules (.hdf) or as exported "
                "layers with LST_Day_1km or LST_Night_1km in their names, as AppEEARS, MODIStsp and Earth Engine name "
                "them; MOD21A1, MYD21A1 (.hdf), VNP21A1, VJ121A1 and VJ221A1 (.h5) as granules or from AppEEARS. VIIRS "
                "counts as Aqua, since it passes at the same times; put only one product of each overpass into the "
                "folder. "
                "custom: files named like PATTERN; scale, offset and nodata are read from the files.",
                list(PRODUCTS),
                "trims",
            ),
            text(
                "PATTERN",
                "Pattern of the file names",
                "Replaces the pattern of the product. Named parts are {SATELLITE} (Terra, Aqua, MOD, MYD, VNP, VJ1, "
                "VJ2), {TIME} (Day, Night, D, N), {YYYY}, {MM} and {DD} or the day of the year {DDD}, and {TILE}; * "
                "matches any text and ? any character. Examples: LST_{SATELLITE}_{TIME}_{YYYY}-{MM}-{DD}.tif, or "
                "{SATELLITE}11B1.A{YYYY}{DDD}.{TILE}.*.hdf for the product at 6 km.",
                optional=True,
            ),
            choice(
                "OVERPASS",
                "Overpass",
                "from_name: all four, as the file names state. terra_day, terra_night, aqua_day or aqua_night: only "
                "this one, which the file names need not state.",
                [ANY_OVERPASS, *OVERPASSES],
                ANY_OVERPASS,
                advanced=True,
            ),
            number("SCALE", "Scale", "Stored x SCALE + OFFSET is in K. By default that of the product.", optional=True),
            number(
                "OFFSET",
                "Offset [K]",
                "Stored x SCALE + OFFSET is in K: 273.15 for files in °C. By default that of the product.",
                optional=True,
            ),
            number(
                "NODATA",
                "Missing value",
                "Stored where there is no temperature, in addition to the nodata value of the files. By default that "
                "of the product.",
                optional=True,
            ),
            choice(
                "QC",
                "Accepted error according to the quality bits",
                "Only for modis. within_1k, within_2k, within_3k: cells with a larger average error, or for which no "
                "temperature was produced, are removed; exported scenes need QC_Day and QC_Night beside them, those of "
                "the products 21A1 need QC. none: the quality bits are not read.",
                list(QC_LIMITS_K),
                "within_2k",
            ),
            text(
                "DAY_SHIFT",
                "Day shift",
                "Days to add to the date in the name, by overpass, such as aqua_night:1; separate several by commas. "
                "Aqua passes at about 01:30 local time: where a product is dated in UTC, its date may be the local day "
                "before or after, depending on the longitude. Choose the shift so that days agree with the station "
                "data.",
                optional=True,
                advanced=True,
            ),
            *target_parameters(),
            calendar_day("START", "First day", "By default that of the first scene of any overpass."),
            calendar_day("END", "Last day", "By default that of the last scene of any overpass."),
            choice(
                "STACKS",
                "One stack per",
                "year: a file per overpass and year, each of which is kept when a run is stopped. period: a file per "
                "overpass for all days, as the model 'permafrost map from LST' requires.",
                ["year", "period"],
                "year",
            ),
            *running_parameters(),
            scheduler_parameter(),
            folder_output(
                "OUTPUT",
                "Folder of the stacks",
                "It gets files such as terra_day_2005.tif, or terra_day_2005-2020.tif for a period.",
            ),
            *(
                RastersOutput(overpass.upper(), f"Stacks of {overpass_label(overpass, english)}")
                for overpass in OVERPASSES
            ),
            NumberOutput("SCENES", "Days with a scene"),
            NumberOutput("MISSING", "Days without a scene"),
        )

    def check(self, p: Values) -> dict[str, int]:
        """Refuse settings that contradict each other; return the day shifts by overpass."""
        if Path(p.OUTPUT).resolve() == Path(p.INPUT).resolve():
            raise InputError(
                tr("OUTPUT '{output}' is the folder of the scenes: choose another one for the stacks.", output=p.OUTPUT)
            )
        if p.START and p.END and p.END < p.START:
            raise InputError(tr("END {end} lies before START {start}: exchange them.", end=p.END, start=p.START))
        if p.PRODUCT == "custom" and not p.PATTERN:
            raise InputError(
                tr(
                    "PATTERN is not given, and PRODUCT custom needs it: describe the file names, for example "
                    "LST_{SATELLITE}_{TIME}_{YYYY}{DDD}.tif."
                )
            )
        check_target(p)
        return read_day_shifts(p.DAY_SHIFT or "")

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Find the scenes, choose the grid, and build one stack after the other."""
        job = _job(p, task.checked)
        found = find_scenes(job.search)
        task.warn(*found.warnings)
        task.info(*found.notes)
        planned = job.plan(found)
        task.info(tr("Stacks of {grid}.", grid=planned.recipe.grid.describe()))
        if planned.without:
            task.warn(tr("Not built because there is no scene: {without}.", without=", ".join(planned.without)))
        # Only the grid of the rasters among the parameters is used; the scenes themselves state what is simulated.
        provenance = replace(task.provenance, simulated="")
        results: dict[str, Any] = {overpass.upper(): [] for overpass in found.scenes}
        results.update(SCENES=0, MISSING=0)
        with task.runner(planned.sample_paths) as running:
            for stack in build_stacks(planned, provenance, running):
                task.info(stack.note)
                task.warn(*stack.warnings)
                results[stack.plan.overpass.upper()].append(stack.plan.path)
                results["SCENES"] += stack.scenes
                results["MISSING"] += len(stack.missing)
        return results


def _job(p: Values, day_shifts: dict[str, int]) -> StackJob:
    product = PRODUCTS[p.PRODUCT]
    overpass: Optional[str] = None if p.OVERPASS == ANY_OVERPASS else p.OVERPASS
    return StackJob(
        search=SceneSearch(p.INPUT, p.OUTPUT, p.PRODUCT, p.PATTERN, overpass, day_shifts, p.START, p.END),
        decoding=Decoding(
            scale=product.scale if p.SCALE is None else p.SCALE,
            offset=product.offset if p.OFFSET is None else p.OFFSET,
            nodata=product.nodata if p.NODATA is None else p.NODATA,
            qc_limit_k=QC_LIMITS_K[p.QC] if product.has_qc else None,
            resampling=p.RESAMPLING,
        ),
        target=target_of(p),
        basin=p.BASIN.features() if p.BASIN else None,
        folder=p.OUTPUT,
        by_year=p.STACKS == "year",
    )
