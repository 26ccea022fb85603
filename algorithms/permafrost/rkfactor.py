"""r_k from land cover."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.rk import CLASS_TABLES, RkTable, read_table, shipped_table, table_from_cells
from ...raster.permafrost.rk import FractionsJob, LandCoverJob, match_layers, run_rk
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    Values,
    choice,
    either,
    input_file,
    matrix,
    raster,
    raster_output,
    rasters,
    running_parameters,
)
from .degree_day_inputs import R_K_HELP


class RkFactor(PermafrostAlgorithm):
    """Algorithm ``permafrost:rkfactor``."""

    ID = "rkfactor"
    TITLE = "r_k factor"
    GROUP = Group.PERMAFROST
    TAGS = "land cover, thermal conductivity ratio, ESA CCI, MODIS IGBP, MCD12Q1, PFT, rk, soil, reclassify"
    SUMMARY = "Assigns the ratio of thawed to frozen thermal conductivity, r_k, to each cell by land cover."
    DESCRIPTION = """
        Land cover is either a map of classes (ESA CCI, MODIS IGBP, or any map with a table of your own), or the
        fraction layers of ESA CCI's plant functional types (PFT). Water and permanent ice have no r_k: such cells are
        nodata.

        The tables are CSV files in the plugin's folder resources/rk_tables, which you can copy and edit. The r_k of the
        ESA CCI classes are those of the CryoGrid CCI code; those of MODIS IGBP and of the plant functional types were
        derived from them by the meaning of the classes. A table that leaves a quarter of the land without r_k, or that
        lacks classes while another of these tables has all of them, belongs to a different map and is refused.
    """
    EXAMPLE = "LANDCOVER=esa_cci.tif TABLE=esa_cci GRID=ddt.tif OUTPUT=rk.tif"
    REFERENCES = (
        "CryoGrid community model, TTOP_MULTITILE_GlobPF: r_k by ESA CCI land cover class.",
        "ESA Climate Change Initiative, Land Cover: maps v2.0.7 and v2.1.1, PFT dataset v2.0.8.",
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            either(
                raster(
                    "LANDCOVER",
                    "Land cover (or PFT fraction layers)",
                    "A raster of whole numbers, one per class. Leave it empty if you use PFT layers.",
                    optional=True,
                )
            ),
            either(
                rasters(
                    "PFT",
                    "PFT fraction layers (or a land cover)",
                    "Fractions of plant functional types in percent, one layer each, identified by name (TREES-NE, "
                    "GRASS-NAT, BARE, SNOWICE, WATER_INLAND ...). The layers WATER and LAND and the other parts of "
                    "WATER overlap with these and are not used.",
                    optional=True,
                    one_band=True,
                )
            ),
            raster(
                "GRID",
                "Grid of the result",
                "A raster whose grid the result is to have, for example DDT; by default the land cover.",
                optional=True,
                one_band=False,
            ),
            choice(
                "TABLE",
                "Class scheme of the land cover",
                "The table of the classes in the land cover: esa_cci, modis_igbp, file (a CSV file, see TABLE_FILE) or "
                "matrix (entered in TABLE_MATRIX). For PFT layers, a table of their own is used unless file or matrix "
                "is chosen.",
                [*CLASS_TABLES, "file", "matrix"],
                "esa_cci",
            ),
            input_file(
                "TABLE_FILE",
                "Table file",
                "CSV in UTF-8 with the columns class, r_k and, optionally, name. An empty r_k masks the class.",
                "csv",
                optional=True,
                advanced=True,
            ),
            matrix(
                "TABLE_MATRIX",
                "Table matrix",
                "Class and r_k in each row. An empty r_k masks the class.",
                ["class", "r_k"],
                advanced=True,
            ),
            choice(
                "METHOD",
                "Cells with several classes",
                "dominant: the r_k of the class that covers most of the cell, as in the published method. fraction: "
                "the mean of r_k, weighted by the fractions of the classes.",
                ["dominant", "fraction"],
                "dominant",
            ),
            *running_parameters(),
            raster_output("OUTPUT", "r_k", R_K_HELP, classes.R_K),
        )

    def check(self, p: Values) -> RkTable:
        """Require one kind of land cover, and return the table for it."""
        if (p.LANDCOVER is None) == (not p.PFT):
            raise InputError(tr("Give either LANDCOVER, a map of classes, or PFT, the fraction layers, but not both."))
        return _table(p)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Look up r_k."""
        table, dominant = task.checked, p.METHOD == "dominant"
        if p.PFT:
            layers, notes = match_layers(p.PFT, table)
            job = FractionsJob(layers, table, dominant)
        else:
            job, notes = LandCoverJob(p.LANDCOVER, table, dominant), []
        task.info(*notes)
        grid = (p.GRID or p.LANDCOVER or p.PFT[0]).grid()
        task.note_alignment(grid, *job.sources.values())
        result = run_rk(job, grid, p.OUTPUT, task.provenance, task.running)
        task.warn(*result.warnings)
        return {}


def _table(p: Values) -> RkTable:
    """Read the table, and refuse one of the other kind of land cover."""
    if p.TABLE == "file" and p.TABLE_FILE is None:
        raise InputError(tr("TABLE is 'file' and no file is given: choose a CSV file for TABLE_FILE."))
    if p.TABLE == "matrix" and not p.TABLE_MATRIX:
        raise InputError(tr("TABLE is 'matrix' and the matrix is empty: fill TABLE_MATRIX with classes and r_k."))
    if p.TABLE == "file":
        table = read_table(p.TABLE_FILE)
    elif p.TABLE == "matrix":
        table = table_from_cells(p.TABLE_MATRIX, "TABLE_MATRIX")
    else:
        table = shipped_table("esa_cci_pft" if p.PFT else p.TABLE)
    first = next(iter(table.r_k))
    if isinstance(first, str) != bool(p.PFT):
        needed = tr("names of PFT layers") if p.PFT else tr("whole numbers of land cover classes")
        raise InputError(
            tr(
                "Table '{name}' begins with the class '{first}', but {needed} are needed: use a table of these.",
                name=table.name,
                first=first,
                needed=needed,
            )
        )
    return table
