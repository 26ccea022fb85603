"""From vector layers of QGIS to geometries and attributes as plain data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Callable, Optional, Sequence, Union

from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsProcessing,
    QgsRectangle,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ...core.errors import InputError
from ...core.language import later, tr
from ...raster.read.protocols import Source
from ...raster.read.rasters import RasterSource
from ...raster.read.vectors import Features, PolygonCoverSource, PolygonSource, RasterCoverSource, with_straight_edges
from .crs import crs_wkt, vector_crs
from .tables import AttributeTable, read_fields, require_readable

# Kinds of geometries as parameters state them, and their names.
GEOMETRIES = {
    QgsProcessing.SourceType.TypeVectorPoint: QgsWkbTypes.GeometryType.PointGeometry,
    QgsProcessing.SourceType.TypeVectorLine: QgsWkbTypes.GeometryType.LineGeometry,
    QgsProcessing.SourceType.TypeVectorPolygon: QgsWkbTypes.GeometryType.PolygonGeometry,
}

KINDS = {
    QgsWkbTypes.GeometryType.PointGeometry: later("points"),
    QgsWkbTypes.GeometryType.LineGeometry: later("lines"),
    QgsWkbTypes.GeometryType.PolygonGeometry: later("polygons"),
}

# Number of vertices that are checked for validity, which takes a second or two; further polygons are not checked.
MAX_CHECKED_VERTICES = 1_000_000


@dataclass(frozen=True)
class VectorTable(AttributeTable):
    """A vector layer, read once: geometries as WKB, attributes by field.

    Attributes
    ----------
    wkb : tuple of bytes
        Geometries; features without one are left out.
    crs_wkt : str
        CRS; empty if the layer has none.
    is_point : bool
        Whether the geometries are points.
    notes : tuple of str
        Sentences about features that are left out or doubtful.
    is_part : bool
        Whether these are only the features near a raster, which may be none, of a layer that has more.
    """

    wkb: tuple[bytes, ...]
    crs_wkt: str
    is_point: bool
    notes: tuple[str, ...] = ()
    is_part: bool = False

    def features(self, values: Optional[tuple[int, ...]] = None) -> Features:
        """Return the geometries with a number each, by default their index."""
        numbers = tuple(range(len(self.wkb))) if values is None else values
        return Features(self.name, self.wkb, numbers, self.crs_wkt, self.is_part)

    def groups(self, field: Optional[str], parameter: str, kind: str) -> tuple[list[str], PolygonSource]:
        """Return the names of the polygons, and a source of the index of the name at each cell; equal names are one.

        Parameters
        ----------
        field : str, optional
            The field that names them; without it they are numbered.
        parameter, kind : str
            The parameter that chooses the field, and what a polygon is: ``region``, ``district``.
        """
        if field:
            labels = [str(value) for value in self.column(field, parameter)]
        else:
            labels = [f"{kind} {index + 1}" for index in range(len(self.wkb))]
        names = sorted(set(labels))
        return names, PolygonSource(self.features(tuple(names.index(label) for label in labels)))

    def selected(self, values: tuple, keep: Callable[[Any], bool]) -> Features:
        """Return the geometries with a value that is to be kept, and that value."""
        kept = [(wkb, value) for wkb, value in zip(self.wkb, values) if keep(value)]
        return Features(self.name, tuple(w for w, _ in kept), tuple(v for _, v in kept), self.crs_wkt)


def cover_source(layer: Union[RasterSource, VectorTable]) -> Source:
    """Return a source of the share of each cell that is covered: by polygons, or by a raster with values above 0."""
    if isinstance(layer, VectorTable):
        return PolygonCoverSource(layer.features())
    return RasterCoverSource.of(layer)


def vector_table(layer: QgsVectorLayer, kinds: Sequence[int] = (), part: Optional[QgsRectangle] = None) -> VectorTable:
    """Read a vector layer.

    Parameters
    ----------
    layer : QgsVectorLayer
        As displayed: with its filter and the CRS of the layer.
    kinds : sequence of int
        `QgsProcessing.SourceType` of the geometries that are requested; all by default. Others are left out.
    part : QgsRectangle, optional
        Only features that touch it are read; in the CRS of the layer.

    Raises
    ------
    InputError
        If it cannot be opened, has geometries but none of the kinds, or a coordinate is not finite.
    """
    require_readable(layer)
    request = QgsFeatureRequest()
    every = list(layer.getFeatures(request if part is None else request.setFilterRect(part)))
    features = [f for f in every if f.hasGeometry() and not f.geometry().isEmpty()]
    for feature in features:
        geometry = feature.geometry()
        # The length sums over all vertices; the bounding box ignores those that are not finite.
        if not (geometry.boundingBox().isFinite() and math.isfinite(geometry.length())):
            raise InputError(
                tr(
                    "Feature {id} of layer '{name}' has a coordinate that is not finite: repair it or remove it.",
                    id=feature.id(),
                    name=layer.name(),
                )
            )
    wanted = [GEOMETRIES[kind] for kind in kinds] or list(KINDS)
    # Collections, which have no kind of their own, may contain a wanted kind.
    fitting = [f for f in features if _kind(f) in wanted or _kind(f) not in KINDS]
    if features and not fitting:
        raise InputError(
            tr(
                "Layer '{name}' holds {kinds}, and {wanted} are needed: choose another layer, or convert its "
                "geometries.",
                name=layer.name(),
                kinds=tr(KINDS[_kind(features[0])]),
                wanted=tr(" or ").join(tr(KINDS[k]) for k in wanted),
            )
        )
    return VectorTable(
        name=layer.name(),
        path=layer.source(),
        fields=read_fields(layer.fields().names(), fitting),
        wkb=tuple(with_straight_edges(bytes(f.geometry().asWkb())) for f in fitting),
        crs_wkt=crs_wkt(vector_crs(layer)),
        is_point=bool(fitting) and all(_kind(f) == QgsWkbTypes.GeometryType.PointGeometry for f in fitting),
        notes=_notes(layer.name(), every, features, fitting),
        is_part=part is not None,
    )


def _kind(feature: QgsFeature) -> QgsWkbTypes.GeometryType:
    return QgsWkbTypes.geometryType(feature.geometry().wkbType())


def _notes(name: str, every: list[QgsFeature], with_geometry: list[QgsFeature], fitting: list[QgsFeature]) -> tuple:
    """Return sentences about features of a layer that are left out, and polygons that are doubtful."""
    notes = []
    if len(with_geometry) < len(every):
        empty = len(every) - len(with_geometry)
        notes.append(
            tr(
                "{empty} of the {n_every} features of '{name}' have no geometry and are left out.",
                empty=empty,
                n_every=len(every),
                name=name,
            )
        )
    if len(fitting) < len(with_geometry):
        kept = {_kind(f) for f in fitting}
        other = next(_kind(f) for f in with_geometry if _kind(f) not in kept)
        notes.append(
            tr(
                "{n_fitting} of the {n_every} features of '{name}' are of another kind ({kinds}) and are left out.",
                n_fitting=len(with_geometry) - len(fitting),
                n_every=len(every),
                name=name,
                kinds=KINDS[other],
            )
        )
    invalid, looked_at = [], 0
    for feature in fitting:
        looked_at += feature.geometry().constGet().nCoordinates()
        if looked_at > MAX_CHECKED_VERTICES:
            break
        # Part by part, since parts may touch or overlap.
        if not all(part.isGeosValid() for part in feature.geometry().asGeometryCollection()):
            invalid.append(feature)
    if invalid:
        notes.append(
            tr(
                "{n_invalid} features of '{name}' are not valid, the first with the id {id}, for example because "
                "a ring crosses itself: areas that it encloses once are inside, those enclosed twice are not; "
                "use 'Fix geometries' if something else is meant.",
                n_invalid=len(invalid),
                name=name,
                id=invalid[0].id(),
            )
        )
    return tuple(notes)
