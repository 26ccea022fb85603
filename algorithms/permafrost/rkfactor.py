"""r_k from land cover."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core import classes
from ...core.errors import InputError
from ...core.permafrost.rk import (
    CLASS_TABLES,
    RkTable,
    class_cells,
    classes_to_r_k,
    layers_to_r_k,
    mean_r_k,
    normal_name,
    read_table,
    require_fitting_table,
    shipped_table,
    table_from_cells,
    unknown_classes,
)
from ...raster.read.sources import NO_CLASS, ClassSource, RasterSource, SubcellSource
from ...raster.run.blocks import map_windows
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import choice, input_file, matrix, raster, raster_output, rasters, running_parameters


class RkFactor(PermafrostAlgorithm):
    """Algorithm ``permafrost:rkfactor``."""

    ID = "rkfactor"
    TITLE = "r_k factor"
    GROUP = Group.PERMAFROST
    TAGS = "land cover, thermal conductivity ratio, ESA CCI, MODIS IGBP, MCD12Q1, PFT, rk, soil, reclassify"
    SUMMARY = "Gives each cell the ratio of thawed to frozen thermal conductivity, r_k, by its land cover."
    DESCRIPTION = """
        Either a map of classes (ESA CCI, MODIS IGBP, or any map with a table of your own), or the fraction layers of
        ESA CCI's plant functional types (PFT). Water and permanent ice have no r_k: such cells stay empty.

        The tables lie as CSV files in the plugin's folder resources/rk_tables, to be copied and edited. The r_k of
        the ESA CCI classes are those of the CryoGrid CCI code; those of MODIS IGBP and of the plant functional types
        were assigned from them by the meaning of the classes. A table that leaves a quarter of the land without an
        r_k, or that lacks classes while another of these tables has all of them, is that of another map and is refused.
    """
    EXAMPLE = "LANDCOVER=esa_cci.tif TABLE=esa_cci GRID=ddt.tif OUTPUT=rk.tif"
    REFERENCES = (
        "CryoGrid community model, TTOP_MULTITILE_GlobPF: r_k by ESA CCI land cover class.",
        "ESA Climate Change Initiative, Land Cover: maps v2.0.7 and v2.1.1, PFT dataset v2.0.8.",
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            raster(
                "LANDCOVER",
                "Land cover classes",
                "A raster of whole numbers, one per class. Leave empty if you give PFT layers.",
                optional=True,
            ),
            rasters(
                "PFT",
                "PFT fraction layers",
                "Fractions of plant functional types in percent, one layer each, known by their names (TREES-NE, "
                "GRASS-NAT, BARE, SNOWICE, WATER_INLAND ...). The layers WATER and LAND and the other parts of WATER "
                "overlap with these and are not used.",
                optional=True,
            ),
            raster(
                "GRID",
                "Grid of the result",
                "A raster that has the cells that are wanted, for example DDT; by default those of the land cover.",
                optional=True,
            ),
            choice(
                "TABLE",
                "Table",
                "Which classes the land cover holds: esa_cci, modis_igbp, file (a CSV file, see TABLE_FILE) or matrix "
                "(typed in, see TABLE_MATRIX). PFT layers have a table of their own, unless file or matrix is chosen.",
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
                "Typed table",
                "Class and r_k, line by line. An empty r_k masks the class.",
                ["class", "r_k"],
                advanced=True,
            ),
            choice(
                "METHOD",
                "Cells with several classes",
                "dominant takes the r_k of the class that fills most of the cell, as in the published method; fraction "
                "takes the mean of r_k weighted by the fractions.",
                ["dominant", "fraction"],
                "dominant",
            ),
            *running_parameters(),
            raster_output("OUTPUT", "r_k", "Ratio of thawed to frozen thermal conductivity, no unit.", classes.R_K),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Land cover of one kind, and the table that goes with it."""
        if (p.LANDCOVER is None) == (not p.PFT):
            raise InputError("Give either LANDCOVER, a map of classes, or PFT, the fraction layers, and not both.")
        if p.TABLE == "file" and p.TABLE_FILE is None:
            raise InputError("TABLE is 'file' and no file is given: choose a CSV file for TABLE_FILE.")
        if p.TABLE == "matrix" and not p.TABLE_MATRIX:
            raise InputError("TABLE is 'matrix' and the matrix is empty: fill TABLE_MATRIX with classes and r_k.")

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Look up r_k block by block."""
        table = _table(p)
        if any(value > 1 for value in table.r_k.values()):
            task.warn(f"Table '{table.name}' holds r_k above 1: right only where soils conduct better thawed.")
        cells: Counter[int] = Counter()
        if p.PFT:
            sources, compute = _layers(p.PFT, table, p.METHOD == "dominant", task)
            empty = "The PFT layers hold no fraction of ground with an r_k: check the layers and their names."
        else:
            sources, compute = _classes(p.LANDCOVER, table, p.METHOD == "dominant")
            empty = (
                f"No class of '{p.LANDCOVER.name}' has an r_k in table '{table.name}': choose the table of that map."
            )
        grid = (p.GRID or p.LANDCOVER or p.PFT[0]).grid()
        task.align(grid, *sources.values())
        layer = Layer(["r_k"])
        with write_raster(p.OUTPUT, grid, layer, task.provenance, task.running, empty) as output:
            for window, (r_k, cells_here) in map_windows(compute, sources, grid, task.running):
                output.write(window, r_k)
                cells.update(cells_here)
            if p.LANDCOVER:
                # Asked here, while the output has not its final name.
                require_fitting_table(cells, table, p.LANDCOVER.name)
        unknown = unknown_classes(cells, table)
        if unknown:
            listed = ", ".join(f"{value} ({number} cells)" for value, number in unknown.items())
            task.warn(f"Classes of '{p.LANDCOVER.name}' that are not in table '{table.name}' have no r_k: {listed}.")
        return {}


def _table(p: SimpleNamespace) -> RkTable:
    if p.TABLE == "file":
        table = read_table(p.TABLE_FILE)
    elif p.TABLE == "matrix":
        table = table_from_cells(p.TABLE_MATRIX, "TABLE_MATRIX")
    else:
        table = shipped_table("esa_cci_pft" if p.PFT else p.TABLE)
    first = next(iter(table.r_k))
    if isinstance(first, str) != bool(p.PFT):
        needed = "names of PFT layers" if p.PFT else "whole numbers of land cover classes"
        raise InputError(
            f"Table '{table.name}' begins with the class '{first}', and {needed} are needed: give such a table."
        )
    return table


def _classes(landcover: RasterSource, table: RkTable, dominant: bool) -> tuple[dict, Any]:
    """Give sources and function for a map of classes."""
    kind = ClassSource if dominant else SubcellSource
    to_r_k = classes_to_r_k if dominant else mean_r_k

    def compute(landcover: np.ndarray) -> tuple[np.ndarray, dict[int, int]]:
        return to_r_k(landcover, table), class_cells(landcover, NO_CLASS)

    return {"landcover": kind.of(landcover)}, compute


def _layers(layers: list[RasterSource], table: RkTable, dominant: bool, task: Task) -> tuple[dict, Any]:
    """Give sources and function for fraction layers."""
    known = {}
    for layer in layers:
        name = next((key for key in table.r_k if normal_name(layer.name).endswith(key)), None)
        if name is None or name in known:
            task.info(f"Layer '{layer.name}' is not used: it is not, or not alone, in the table '{table.name}'.")
        else:
            known[name] = RasterSource.of(layer, resampling="average")
    if not known:
        raise InputError(f"None of the PFT layers bears a name of table '{table.name}': name them as in the table.")

    def compute(**shares: np.ndarray) -> tuple[np.ndarray, dict[int, int]]:
        return layers_to_r_k(np.stack(list(shares.values())), list(shares), table, dominant), {}

    return known, compute
