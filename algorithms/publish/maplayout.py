"""A map to print: title, legend, scale, graticule, areas and sources on one sheet."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProcessing, QgsProcessingAlgorithm, QgsProject

from ...core.about import METHOD, citation
from ...core.errors import InputError
from ...core.language import tr
from ...core.publish.maplayout import PrintedMap, read_area_lines
from ...core.publish.sheet import PAPERS
from ...core.reports.maplayout import areas_note, printed_areas
from ...raster.publish.maplayout import LayoutJob, run_maplayout
from ...raster.read.classes import ClassSource
from ..base import Group, PermafrostAlgorithm, Task
from ..layout import Printed, add_layout, drawn_crs, write_pdf, write_png
from ..parameters import (
    NumberOutput,
    Values,
    choice,
    elevation,
    pdf_output,
    picture_output,
    raster,
    running_parameters,
    switch,
    table,
    text,
    vector,
    whole_number,
)

ORIENTATIONS = ("auto", "landscape", "portrait")


class MapLayout(PermafrostAlgorithm):
    """Algorithm ``permafrost:maplayout``."""

    ID = "maplayout"
    TITLE = "Map layout"
    GROUP = Group.PUBLISH
    TAGS = "print, layout, map, PDF, PNG, picture, legend, scale bar, north arrow, graticule, figure, poster"
    SUMMARY = "Prints a permafrost map with title, legend, scale, graticule, areas and sources, as PDF and PNG."
    DESCRIPTION = """
        The sheet has the title and the period, the map over the relief of a DEM, a graticule in degrees, the legend,
        the areas of the classes, a scale bar, a north arrow, and in small print the projection, the data and how to
        cite. The map stands upright or across, with the rest beside or below it, whichever makes it largest.

        A map in degrees is drawn in an equal-area projection around its centre, others in their own projection.

        Areas are those of the map, or of a table such as that of 'Areas of a permafrost map'; columns low_km2 and
        high_km2 of the table are printed as intervals. With a probability of permafrost, the interval of the area of
        permafrost lies between the ground with a probability of at least 95 % and of at least 5 %.

        The open project stays as it is, unless the layout is to be added to it: it is then found under Project >
        Layouts, where it can be edited, with its layers in a hidden group of the same name.
    """
    EXAMPLE = (
        'MAP=map.tif DEM=dem.tif BASIN=basin.gpkg PROBABILITY=probability.tif TITLE="Permafrost of the basin" '
        "PERIOD=2005-2020 OUTPUT=map.pdf PICTURE=map.png"
    )

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Return the flags of QGIS: layouts and their project belong to the main thread."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        return (
            raster("MAP", "Permafrost map", "From 'Permafrost map'."),
            text("TITLE", "Title", "Stands above the map."),
            text("PERIOD", "Period", "Period that the map represents, such as 2005-2020.", optional=True),
            elevation("DEM", "Drawn as relief below the map."),
            vector("GLACIERS", "Glaciers", "Polygons, drawn over the map.", polygons, optional=True, near=["MAP"]),
            vector("LAKES", "Lakes", "Polygons, drawn over the map.", polygons, optional=True, near=["MAP"]),
            vector("BASIN", "Basin", "Polygons, drawn as an outline.", polygons, optional=True),
            vector(
                "SURVEY",
                "Survey",
                "Regions of a survey, drawn as outlines, or places such as boreholes.",
                [*polygons, QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorLine],
                optional=True,
            ),
            raster(
                "PROBABILITY",
                "Probability of permafrost [%]",
                "From 'Probability of permafrost', for the interval of the area of permafrost.",
                optional=True,
            ),
            table(
                "AREAS",
                "Areas",
                "Areas to print in place of those of the map, from 'Areas of a permafrost map'; with columns low_km2 "
                "and high_km2 also their intervals.",
                optional=True,
            ),
            text(
                "SOURCES",
                "Data",
                "What the map was made from, such as the names of the products and their years.",
                optional=True,
            ),
            text(
                "CITATION",
                "Citation",
                "How the map is cited. By default the plugin and the publication of the method.",
                optional=True,
            ),
            choice("PAPER", "Paper", "a4, a3, a2, a1, a0, or letter.", tuple(PAPERS), "a4"),
            choice(
                "ORIENTATION",
                "Orientation",
                "landscape, portrait, or auto: whichever makes the map larger.",
                ORIENTATIONS,
                "auto",
                advanced=True,
            ),
            whole_number("DPI", "Resolution [dpi]", "Of the picture, and of rasters in the PDF.", 300, 72, 600, True),
            switch(
                "ADD_TO_PROJECT",
                "Add the layout to the project",
                "The layout is added to the open project, to be edited under Project > Layouts.",
                False,
            ),
            *running_parameters(),
            pdf_output("OUTPUT", "Map as PDF", "The sheet as PDF."),
            picture_output("PICTURE", "Map as PNG", "The sheet as PNG."),
            NumberOutput("SCALE", "Scale of the map, 1 to"),
            NumberOutput("PERMAFROST_KM2", "Area of permafrost [km²]"),
        )

    def check(self, p: Values) -> None:
        """Require an output."""
        if not (p.OUTPUT or p.PICTURE or p.ADD_TO_PROJECT):
            raise InputError(tr("No output is requested: give a file name for OUTPUT or PICTURE."))

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Sum the areas, write the layout from a project of its own, and add it to the open project if asked."""
        areas = None if p.AREAS is None else read_area_lines(p.AREAS.fields, p.AREAS.name)
        task.warn_of_assumed_metres(p.MAP)
        task.check_elevations(p.DEM, p.MAP.grid())
        found = run_maplayout(LayoutJob(ClassSource.of(p.MAP), p.PROBABILITY, areas), task.running)
        task.warn(*found.warnings)
        printed = _printed(p, task, found)
        width, height = PAPERS[p.PAPER]
        sizes = {"landscape": (width, height), "portrait": (height, width)}
        chosen = [size for name, size in sizes.items() if p.ORIENTATION in ("auto", name)]
        own = QgsProject()
        own.setEllipsoid("EPSG:7030")
        layout = add_layout(own, p.TITLE, printed, chosen)
        if p.OUTPUT:
            write_pdf(layout, p.OUTPUT, p.DPI)
        if p.PICTURE:
            write_png(layout, p.PICTURE, p.DPI)
        scale = layout.itemById("map").scale() if _crs(p).isValid() else math.nan
        if p.ADD_TO_PROJECT:
            name = add_layout(task.project, p.TITLE, printed, chosen).name()
            task.info(tr("The layout '{name}' is in the project, under Project > Layouts.", name=name))
        return {"SCALE": scale, "PERMAFROST_KM2": found.permafrost_km2}


def _printed(p: Values, task: Task, found: PrintedMap) -> Printed:
    outlines = {name: getattr(p, name.upper()) for name in ("glaciers", "lakes", "basin", "survey")}
    return Printed(
        map=p.MAP,
        classes=found.classes,
        bounds=found.bounds,
        relief=p.DEM,
        outlines={name: layer for name, layer in outlines.items() if layer is not None},
        title=p.TITLE,
        period=p.PERIOD or "",
        areas=printed_areas(found),
        notes=[areas_note(found)],
        footer=_footer(p, found),
        alert=task.simulated_note(),
    )


def _crs(p: Values) -> QgsCoordinateReferenceSystem:
    return QgsCoordinateReferenceSystem.fromWkt(p.MAP.grid().crs_wkt)


def _footer(p: Values, found: PrintedMap) -> list[str]:
    own = _crs(p)
    drawn = drawn_crs(own, found.bounds)
    grid = tr("Grid of the map: {grid}.", grid=p.MAP.grid().describe())
    if not own.isValid():
        projection = tr("The map has no coordinate reference system.")
    elif drawn == own:
        projection = tr("Projection: {name}.", name=f"{own.description()} ({own.authid()})".replace(" ()", ""))
    else:
        projection = tr("Drawn in an equal-area projection around its centre (Lambert azimuthal, WGS 84).")
    cited = p.CITATION or tr("{plugin}. Method: {method}", plugin=citation(), method=METHOD)
    return [
        f"{projection} {grid}",
        *([tr("Data: {data}", data=p.SOURCES)] if p.SOURCES else []),
        tr("Citation: {citation}", citation=cited),
    ]
