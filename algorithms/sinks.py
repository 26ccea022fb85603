"""Tables and layers of points as outputs, written through QGIS' sinks and checked, since sinks fail in silence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType, QVariant

from ..core.errors import OutputError
from ..core.files import whole_files
from ..core.language import tr
from ..core.tabletext import plain_cell
from ..core.textfile import TEXT_FILES
from ..raster.grid.gdal_io import Messages, gdal_messages, plain_line
from ..raster.read.vectors import Features

# Between the file of a database and the name of a table, in the path of the table.
DATABASE = "|layername="


@dataclass(frozen=True)
class Target:
    """Where a table goes.

    Attributes
    ----------
    algorithm, parameters, context
        As QGIS passes them to a run.
    name : str
        The name of the output.
    text : str
        What the user gave for it.
    """

    algorithm: QgsProcessingAlgorithm
    parameters: dict
    context: QgsProcessingContext
    name: str
    text: str

    def open(self, fields: QgsFields, points: Optional[Features]) -> tuple[QgsFeatureSink, str]:
        """Return the sink to write features to, and the path of the table.

        Raises
        ------
        OutputError
            If QGIS cannot make it.
        """
        try:
            return self.algorithm.parameterAsSink(
                self.parameters,
                self.name,
                self.context,
                fields,
                QgsWkbTypes.Type.Point if points else QgsWkbTypes.Type.NoGeometry,
                QgsCoordinateReferenceSystem.fromWkt(points.crs_wkt) if points else QgsCoordinateReferenceSystem(),
            )
        except QgsProcessingException as error:
            raise OutputError(
                tr("{error}: choose another file for {name}.", error=plain_line(str(error)), name=self.name)
            ) from None

    @property
    def is_file(self) -> bool:
        """Whether it is a file of its own, and neither a layer in memory nor a table in a database."""
        return Path(self.text).is_absolute() and DATABASE not in self.text

    def aside(self, path: Path) -> Target:
        """Return the target for writing to another path, from which no layer is loaded."""
        definition = QgsProcessingOutputLayerDefinition(str(path))
        value = self.parameters[self.name]
        if isinstance(value, QgsProcessingOutputLayerDefinition):
            definition.createOptions = value.createOptions
        return replace(self, parameters={**self.parameters, self.name: definition}, text=str(path))

    def load(self, path: str) -> None:
        """Request the table to be loaded where the user wants to see it, as QGIS does when it opens a sink."""
        value = self.parameters[self.name]
        if isinstance(value, QgsProcessingOutputLayerDefinition) and value.destinationProject is not None:
            name = value.destinationName or self.algorithm.parameterDefinition(self.name).description()
            vector = QgsProcessingUtils.LayerHint.Vector
            details = QgsProcessingContext.LayerDetails(name, value.destinationProject, self.name, vector)
            self.context.addLayerToLoadOnCompletion(path, details)


def write_table(
    target: Target, fields: dict[str, type], rows: Iterable[Sequence[Any]], points: Optional[Features]
) -> str:
    """Write a table and return its path.

    Parameters
    ----------
    target : Target
        Where it goes.
    fields : dict
        Names of the columns with their types: str, int or float.
    rows : iterable of sequences
        NaN becomes empty.
    points : Features, optional
        One per row.

    Raises
    ------
    OutputError
        If not all rows can be written; nothing of the table is left.
    """
    if not target.is_file:
        return _write(target, fields, rows, points)
    final = Path(target.text)
    with whole_files(final) as temporary:
        try:
            written = Path(_write(target.aside(temporary), fields, rows, points))
        except OutputError as error:
            raise OutputError(str(error).replace(str(temporary.parent), str(final.parent))) from None
    path = str(final.with_name(written.name))
    target.load(path)
    return path


def _write(target: Target, fields: dict[str, type], rows: Iterable[Sequence[Any]], points: Optional[Features]) -> str:
    qgis_fields = QgsFields()
    for field, kind in fields.items():
        qgis_fields.append(_field(field, kind))
    sink, path = target.open(qgis_fields, points)
    if path.lower().endswith(TEXT_FILES):
        rows = ([plain_cell(value) for value in row] for row in rows)
    # QGIS builds a spatial index for every table in a database, even where there is nothing to index.
    with gdal_messages(expected="" if points else "No geometry column") as messages:
        written = _fill(sink, qgis_fields, rows, points, messages)
        # Closing writes the last bytes: a full disk shows here at the latest.
        del sink
    # The file of a shapefile without geometry.
    if path.endswith(".shp") and not Path(path).exists():
        path = str(Path(path).with_suffix(".dbf"))
    # QGIS and GDAL do not always report a failure.
    is_file = Path(target.text).is_file() or DATABASE in path
    if not messages and is_file and QgsVectorLayer(path).featureCount() != written:
        messages.add(tr("its last rows are missing, or the format takes no table without geometry"))
    if messages:
        Path(path).unlink(missing_ok=True)
        reason = messages.first_reason
        # Newer GDAL reports this in its own words, and nothing before it.
        if points is None and "NULL geometry" in reason:
            reason += tr(", so the format takes no table without geometry")
        raise OutputError(
            tr(
                "Table '{path}' cannot be written ({reason}): make room or choose another file for {name}.",
                path=path,
                reason=reason,
                name=target.name,
            )
        )
    return path


def _fill(
    sink: QgsFeatureSink,
    fields: QgsFields,
    rows: Iterable[Sequence[Any]],
    points: Optional[Features],
    messages: Messages,
) -> int:
    """Add rows to a sink until it refuses one; return their number."""
    geometries = map(_point, points.wkb) if points else repeat(None)
    written = 0
    for row, geometry in zip(rows, geometries):
        feature = QgsFeature(fields)
        if geometry is not None:
            feature.setGeometry(geometry)
        feature.setAttributes([None if isinstance(v, float) and math.isnan(v) else v for v in row])
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            messages.add(sink.lastError())
            break
        written += 1
    return written


def _point(wkb: bytes) -> QgsGeometry:
    """Return a point in the plane, also of one with a height, or of a multipoint of one."""
    geometry = QgsGeometry()
    geometry.fromWkb(wkb)
    return QgsGeometry.fromPointXY(geometry.centroid().asPoint())


def _field(name: str, kind: type) -> QgsField:
    if Qgis.QGIS_VERSION_INT >= 33800:
        types = {str: QMetaType.Type.QString, int: QMetaType.Type.Int, float: QMetaType.Type.Double}
    else:
        # Earlier versions know only QVariant's types.
        types = {str: QVariant.String, int: QVariant.Int, float: QVariant.Double}
    return QgsField(name, types[kind])
