"""Parameters that are numbers, texts, choices, files, places, days or small tables."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterPoint,
    QgsProcessingParameterString,
)

from ...core.language import tr
from ...raster.grid.grid import Grid
from ...raster.read.vectors import Features
from ..layers import crs_wkt
from .declaration import Parameter, Source, declare, read_string


def number(
    name: str,
    label: str,
    help_text: str,
    default: Optional[float] = None,
    minimum: float = -1e300,
    maximum: float = 1e300,
    optional: bool = False,
    advanced: bool = False,
) -> Parameter:
    """Declare a number with a range; read as a float."""
    definition = QgsProcessingParameterNumber(
        name, tr(label), QgsProcessingParameterNumber.Type.Double, default, optional, minimum, maximum
    )
    return declare(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsDouble(parameters, name, context),
        lambda value: [f"{value:g}"],
    )


def whole_number(
    name: str, label: str, help_text: str, default: int, minimum: int, maximum: int, advanced: bool = False
) -> Parameter:
    """Declare a whole number with a range; read as an int."""
    definition = QgsProcessingParameterNumber(
        name, tr(label), QgsProcessingParameterNumber.Type.Integer, default, False, minimum, maximum
    )
    return declare(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsInt(parameters, name, context),
    )


def text(
    name: str, label: str, help_text: str, default: str = "", optional: bool = False, advanced: bool = False
) -> Parameter:
    """Declare a text; read as a str."""
    definition = QgsProcessingParameterString(name, tr(label), default, optional=optional)
    return declare(definition, help_text, advanced, read_string(name))


def choice(
    name: str, label: str, help_text: str, options: Sequence[str], default: str, advanced: bool = False
) -> Parameter:
    """Declare a choice between lower-case tokens; read as the token."""
    definition = QgsProcessingParameterEnum(
        name, tr(label), list(options), defaultValue=default, usesStaticStrings=True
    )
    return declare(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsEnumString(parameters, name, context),
    )


def switch(name: str, label: str, help_text: str, default: bool, advanced: bool = False) -> Parameter:
    """Declare a yes or no; read as a bool."""
    return declare(
        QgsProcessingParameterBoolean(name, tr(label), default),
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsBoolean(parameters, name, context),
        lambda value: [str(value).lower()],
    )


def input_file(
    name: str, label: str, help_text: str, extension: str, optional: bool = False, advanced: bool = False
) -> Parameter:
    """Declare a file that exists; read as its path."""
    definition = QgsProcessingParameterFile(
        name, tr(label), QgsProcessingParameterFile.Behavior.File, extension, None, optional
    )
    return declare(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsFile(parameters, name, context),
    )


def input_files(name: str, label: str, help_text: str) -> Parameter:
    """Declare several existing files; read as a list of their paths, without those that a model leaves empty."""
    definition = QgsProcessingParameterMultipleLayers(name, tr(label), Source.TypeFile)
    return declare(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: list(
            filter(None, algorithm.parameterAsFileList(parameters, name, context))
        ),
        list,
    )


def input_folder(name: str, label: str, help_text: str) -> Parameter:
    """Declare a folder that exists; read as its path."""
    definition = QgsProcessingParameterFile(name, tr(label), QgsProcessingParameterFile.Behavior.Folder)
    return declare(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: algorithm.parameterAsFile(parameters, name, context),
    )


def extent(name: str, label: str, help_text: str) -> Parameter:
    """Declare an optional rectangle; read as a `Grid` of one cell, whose CRS is empty if none is given."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> Grid:
        box = algorithm.parameterAsExtent(parameters, name, context)
        crs = algorithm.parameterAsExtentCrs(parameters, name, context)
        corner = (box.xMinimum(), box.width(), 0.0, box.yMaximum(), 0.0, -box.height())
        return Grid(1, 1, corner, crs_wkt(crs))

    def text(grid: Grid) -> list[str]:
        xmin, ymin, xmax, ymax = grid.bounds
        name = QgsCoordinateReferenceSystem.fromWkt(grid.crs_wkt).authid()
        return [f"{xmin:.12g},{xmax:.12g},{ymin:.12g},{ymax:.12g}" + (f" [{name}]" if name else "")]

    return declare(QgsProcessingParameterExtent(name, tr(label), optional=True), help_text, False, read, text)


def point(name: str, label: str, help_text: str) -> Parameter:
    """Declare a point, which QGIS lets users pick on the canvas; read as `Features` of one point."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> Features:
        place = algorithm.parameterAsPoint(parameters, name, context)
        crs = algorithm.parameterAsPointCrs(parameters, name, context)
        wkb = bytes(QgsGeometry.fromPointXY(place).asWkb())
        return Features(name, (wkb,), (0,), crs_wkt(crs))

    definition = QgsProcessingParameterPoint(name, tr(label))
    return declare(definition, help_text, False, read, lambda place: [place_text(place)])


def place_text(place: Features) -> str:
    """Return a point as QGIS takes it: ``x,y [EPSG:code]``."""
    geometry = QgsGeometry()
    geometry.fromWkb(place.wkb[0])
    known_as = QgsCoordinateReferenceSystem.fromWkt(place.crs_wkt).authid()
    at = geometry.asPoint()
    return f"{at.x():.12g},{at.y():.12g}" + (f" [{known_as}]" if known_as else "")


def crs(name: str, label: str, help_text: str) -> Parameter:
    """Declare a CRS, optional; read as WKT."""
    return declare(
        QgsProcessingParameterCrs(name, tr(label), optional=True),
        help_text,
        False,
        lambda algorithm, parameters, context: crs_wkt(algorithm.parameterAsCrs(parameters, name, context)),
        lambda wkt: [QgsCoordinateReferenceSystem.fromWkt(wkt).authid() or wkt],
    )


def calendar_day(name: str, label: str, help_text: str) -> Parameter:
    """Declare a date, optional; read as a `datetime.date`."""
    definition = QgsProcessingParameterDateTime(
        name, tr(label), QgsProcessingParameterDateTime.Type.Date, optional=True
    )
    return declare(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: (
            algorithm.parameterAsDateTime(parameters, name, context).date().toPyDate()
        ),
    )


def matrix(name: str, label: str, help_text: str, headers: Sequence[str], advanced: bool = False) -> Parameter:
    """Declare a table to type in; read as a flat list. Optional, since QGIS 3.22 finds no default for it headless."""
    definition = QgsProcessingParameterMatrix(
        name, tr(label), numberRows=3, hasFixedNumberRows=False, headers=list(headers), optional=True
    )
    return declare(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsMatrix(parameters, name, context),
        lambda cells: [",".join(str(cell) for cell in cells)],
    )
