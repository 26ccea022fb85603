"""From layers of QGIS to plain data that any thread may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Optional, Union

from qgis.core import QgsFeature, QgsFeatureRequest, QgsRasterLayer, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QDate, QDateTime, QVariant

from ..core.errors import InputError
from ..raster.sources import RasterSource, Source
from ..raster.vectors import Features, PolygonCoverSource, PolygonSource, RasterCoverSource


@dataclass(frozen=True)
class AttributeTable:
    """The attributes of a layer with or without geometry, read once.

    Attributes
    ----------
    name, path : str
        How the user knows it, and where it comes from.
    fields : dict
        Values by name of the field: numbers, texts, dates or None.
    """

    name: str
    path: str
    fields: dict[str, tuple]

    def column(self, field: str, parameter: str) -> tuple:
        """Give the values of a field.

        Raises
        ------
        InputError
            If the layer has no such field.
        """
        if field not in self.fields:
            raise InputError(
                f"Layer '{self.name}' has no field '{field}': set {parameter} to one of {', '.join(self.fields)}."
            )
        return self.fields[field]


@dataclass(frozen=True)
class VectorTable(AttributeTable):
    """A vector layer, read once: geometries as WKB, attributes by field.

    Attributes
    ----------
    wkb : tuple of bytes
        Geometries; features without one are left out.
    crs_wkt : str
        CRS; empty where the layer has none.
    is_point : bool
        Whether the geometries are points.
    """

    wkb: tuple[bytes, ...]
    crs_wkt: str
    is_point: bool

    def features(self, values: Optional[tuple[int, ...]] = None) -> Features:
        """Give the geometries with a number each, by default their index."""
        numbers = tuple(range(len(self.wkb))) if values is None else values
        return Features(self.name, self.wkb, numbers, self.crs_wkt)

    def groups(self, field: Optional[str], parameter: str, kind: str) -> tuple[list[str], PolygonSource]:
        """Give the names of the polygons, and the index of the name at each cell; equal names are one group.

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
        """Give the geometries whose value is to be kept, with that value."""
        kept = [(wkb, value) for wkb, value in zip(self.wkb, values) if keep(value)]
        return Features(self.name, tuple(w for w, _ in kept), tuple(v for _, v in kept), self.crs_wkt)


def cover_source(layer: Union[RasterSource, VectorTable]) -> Source:
    """Give the share of each cell that polygons cover, or a raster with values above 0."""
    if isinstance(layer, VectorTable):
        return PolygonCoverSource(layer.features())
    return RasterCoverSource.of(layer)


def raster_source(layer: Optional[QgsRasterLayer], value: str) -> RasterSource:
    """Give what the raster storey needs of a layer.

    Raises
    ------
    InputError
        If QGIS cannot open it, or it is no file that GDAL reads.
    """
    if layer is None or not layer.isValid():
        raise InputError(f"Raster '{value}' cannot be opened: check that the file exists and is whole.")
    if layer.providerType() != "gdal":
        raise InputError(
            f"Layer '{layer.name()}' comes from the provider '{layer.providerType()}', which gives pictures and not "
            "numbers: export it to a GeoTIFF first."
        )
    return RasterSource(layer.source(), layer.name())


def vector_table(layer: QgsVectorLayer) -> VectorTable:
    """Read a vector layer."""
    features = [f for f in _features(layer) if f.hasGeometry()]
    return VectorTable(
        name=layer.name(),
        path=layer.source(),
        fields=_fields(layer, features),
        wkb=tuple(bytes(f.geometry().asWkb()) for f in features),
        crs_wkt=layer.crs().toWkt(),
        is_point=layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry,
    )


def attribute_table(layer: Optional[QgsVectorLayer], value: str) -> AttributeTable:
    """Read a table.

    Raises
    ------
    InputError
        If QGIS cannot open it.
    """
    if layer is None:
        raise InputError(f"Table '{value}' cannot be opened: check that the file exists and is whole.")
    return AttributeTable(layer.name(), layer.source(), _fields(layer, _features(layer)))


def _features(layer: QgsVectorLayer) -> list[QgsFeature]:
    if not layer.isValid():
        raise InputError(f"Layer '{layer.name()}' cannot be opened: check that the file exists and is whole.")
    return list(layer.getFeatures(QgsFeatureRequest()))


def _fields(layer: QgsVectorLayer, features: list[QgsFeature]) -> dict[str, tuple]:
    return {name: tuple(_plain(f[name]) for f in features) for name in layer.fields().names()}


def _plain(value: Any) -> Any:
    """Give an attribute as Python knows it: None for null, dates as dates."""
    if isinstance(value, QVariant) and value.isNull():
        return None
    if isinstance(value, QDateTime):
        return value.toPyDateTime()
    return value.toPyDate() if isinstance(value, QDate) else value
