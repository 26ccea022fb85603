"""From layers of QGIS to plain data that any thread may use."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional, Sequence, Union

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsRasterDataProvider,
    QgsRasterRange,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QVariant

from ..core.errors import InputError
from ..raster.grid.gdal_io import open_raster, wkt_of
from ..raster.read.sources import RasterSource, Source
from ..raster.read.vectors import Features, PolygonCoverSource, PolygonSource, RasterCoverSource, with_straight_edges

# Kinds of geometries as parameters ask for them, and what users call them.
GEOMETRIES = {
    QgsProcessing.SourceType.TypeVectorPoint: QgsWkbTypes.GeometryType.PointGeometry,
    QgsProcessing.SourceType.TypeVectorLine: QgsWkbTypes.GeometryType.LineGeometry,
    QgsProcessing.SourceType.TypeVectorPolygon: QgsWkbTypes.GeometryType.PolygonGeometry,
}
KINDS = {
    QgsWkbTypes.GeometryType.PointGeometry: "points",
    QgsWkbTypes.GeometryType.LineGeometry: "lines",
    QgsWkbTypes.GeometryType.PolygonGeometry: "polygons",
}

# Vertices whose polygons are tested for validity, a second or two; what comes behind them is not.
MOST_VERTICES = 1_000_000

# What QGIS writes behind the path of a raster for GDAL's driver.
OPEN_OPTION = re.compile(r"\|option:([^|]*)")


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
    notes : tuple of str
        Sentences about features that are left out or doubtful.
    """

    wkb: tuple[bytes, ...]
    crs_wkt: str
    is_point: bool
    notes: tuple[str, ...] = ()

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


def raster_source(layer: Optional[QgsMapLayer], value: str) -> RasterSource:
    """Return what the raster storey needs of a layer: the file, and what only QGIS knows of it.

    Parameters
    ----------
    layer : QgsMapLayer, optional
        None where QGIS does not open `value`, such as a subdataset: GDAL is then asked for it.
    value : str
        What the user gave.

    Raises
    ------
    InputError
        If it cannot be opened, or is no file that GDAL reads.
    """
    if layer is None or not layer.isValid():
        return _source_without_layer(value)
    if layer.providerType() != "gdal":
        raise InputError(
            f"Layer '{layer.name()}' comes from the provider '{layer.providerType()}', which gives pictures and not "
            "numbers: export it to a GeoTIFF first."
        )
    path, options = _path_and_options(layer.source())
    provider = layer.dataProvider()
    # Two CRSs of one name may differ, and a file may have none.
    is_own = layer.crs().isValid() and layer.crs() != provider.crs()
    return RasterSource(
        path,
        layer.name(),
        crs_wkt=crs_wkt(layer.crs()) if is_own else "",
        extra_nodata=_extra_nodata(provider),
        open_options=options,
        tagged_nodata=not provider.sourceHasNoDataValue(1) or provider.useSourceNoDataValue(1),
    )


def _source_without_layer(value: str) -> RasterSource:
    if not value:
        raise InputError("A raster cannot be opened: check that its file exists and is whole.")
    path, options = _path_and_options(value)
    # Raises a sentence that says why.
    open_raster(path, value, options)
    # NETCDF:"/folder/lst.nc":day is known as lst.nc:day, a file by its name.
    name = re.split(r"[/\\]", path.replace('"', ""))[-1]
    return RasterSource(path, name if ":" in name else Path(name).stem, open_options=options)


def opens_by_gdal(value: Any) -> bool:
    """Tell whether a text is a raster that GDAL opens."""
    if not isinstance(value, str) or not value:
        return False
    try:
        _source_without_layer(value)
    except InputError:
        return False
    return True


def _path_and_options(source: str) -> tuple[str, tuple[str, ...]]:
    """Split the source of a layer into what GDAL opens and the options of its driver."""
    source = source[len("gdal://") :] if source.startswith("gdal://") else source
    return OPEN_OPTION.sub("", source), tuple(OPEN_OPTION.findall(source))


def _extra_nodata(provider: QgsRasterDataProvider) -> tuple[tuple[float, float], ...]:
    """Return the closed ranges of values that stand for nothing in QGIS, those of all bands."""
    ranges = (one for band in range(1, provider.bandCount() + 1) for one in provider.userNoDataValues(band))
    return tuple(dict.fromkeys(_closed(one) for one in ranges))


def _closed(one: QgsRasterRange) -> tuple[float, float]:
    """Return a range with both its ends; one without an end reaches to infinity."""
    kinds = QgsRasterRange.BoundsType
    low = -math.inf if math.isnan(one.min()) else one.min()
    high = math.inf if math.isnan(one.max()) else one.max()
    if one.bounds() in (kinds.IncludeMax, kinds.Exclusive):
        low = math.nextafter(low, math.inf)
    if one.bounds() in (kinds.IncludeMin, kinds.Exclusive):
        high = math.nextafter(high, -math.inf)
    return low, high


def known_to_qgis(source: RasterSource) -> str:
    """Say what was read of a raster that its file does not say; empty where the file says all."""
    said = []
    if source.crs_wkt:
        crs = QgsCoordinateReferenceSystem.fromWkt(source.crs_wkt)
        said.append(f"CRS {crs.authid() or crs.description() or source.crs_wkt}")
    if source.extra_nodata:
        ranges = (f"{low:g}" if low == high else f"{low:g} to {high:g}" for low, high in source.extra_nodata)
        said.append(f"no value at {' and '.join(ranges)}")
    if not source.tagged_nodata:
        said.append("the nodata value of the file is a value")
    return "; ".join(said)


def raster_layer(value: Any, context: QgsProcessingContext) -> Optional[QgsMapLayer]:
    """Return the raster that a value of a list of layers names, also where QGIS would rather open it as a table.

    Parameters
    ----------
    value : QgsMapLayer or str
        A layer, its id or name, or a path.
    context : QgsProcessingContext
        Owns what is opened.
    """
    if isinstance(value, str):
        return QgsProcessingUtils.mapLayerFromString(value, context, True, QgsProcessingUtils.LayerHint.Raster)
    if isinstance(value, QgsVectorLayer) and value.providerType() == "ogr":
        path = QgsProviderRegistry.instance().decodeUri("ogr", value.source()).get("path", "")
        return raster_layer(path, context) or value
    return value


def vector_table(layer: QgsVectorLayer, kinds: Sequence[int] = ()) -> VectorTable:
    """Read a vector layer.

    Parameters
    ----------
    layer : QgsVectorLayer
        As it is shown: with its filter and the CRS that was set.
    kinds : sequence of int
        `QgsProcessing.SourceType` of the geometries that are wanted; all by default. Others are left out.

    Raises
    ------
    InputError
        If it cannot be opened, holds geometries and none of the kinds, or a coordinate is no finite number.
    """
    every = list(_features(layer))
    features = [f for f in every if f.hasGeometry() and not f.geometry().isEmpty()]
    for feature in features:
        geometry = feature.geometry()
        # A length sums over all vertices, of which a box passes over those that are no numbers.
        if not (geometry.boundingBox().isFinite() and math.isfinite(geometry.length())):
            raise InputError(
                f"Feature {feature.id()} of layer '{layer.name()}' has a coordinate that is no finite number: repair "
                "it or remove it."
            )
    wanted = [GEOMETRIES[kind] for kind in kinds] or list(KINDS)
    # Collections, which are of no kind of their own, may hold what is wanted.
    fitting = [f for f in features if _kind(f) in wanted or _kind(f) not in KINDS]
    if features and not fitting:
        raise InputError(
            f"Layer '{layer.name()}' holds {KINDS[_kind(features[0])]}, and {' or '.join(KINDS[k] for k in wanted)} "
            "are needed: choose another layer, or convert its geometries."
        )
    return VectorTable(
        name=layer.name(),
        path=layer.source(),
        fields=_fields(layer, fitting),
        wkb=tuple(with_straight_edges(bytes(f.geometry().asWkb())) for f in fitting),
        crs_wkt=crs_wkt(_vector_crs(layer)),
        is_point=bool(fitting) and all(_kind(f) == QgsWkbTypes.GeometryType.PointGeometry for f in fitting),
        notes=_notes(layer.name(), every, features, fitting),
    )


def crs_wkt(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a CRS as WKT; empty for none.

    QGIS keeps CRSs for all layers. One that was first made in a thread of a task has no WKT any more as soon as that
    thread ends, half a minute later, though it is valid and knows its code.
    """
    wkt = crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED_GDAL)
    if wkt or not crs.isValid():
        return wkt
    return next(filter(None, map(wkt_of, filter(None, (crs.authid(), crs.toProj())))), "")


def _vector_crs(layer: QgsVectorLayer) -> QgsCoordinateReferenceSystem:
    """Return the CRS of a layer; QGIS takes a layer of geometry collections for no map and keeps none for it."""
    return layer.crs() if layer.crs().isValid() or layer.isSpatial() else layer.dataProvider().crs()


def _kind(feature: QgsFeature) -> QgsWkbTypes.GeometryType:
    return QgsWkbTypes.geometryType(feature.geometry().wkbType())


def _notes(name: str, every: list[QgsFeature], with_geometry: list[QgsFeature], fitting: list[QgsFeature]) -> tuple:
    """Tell what is left out of a layer, and which polygons are doubtful."""
    notes = []
    if len(with_geometry) < len(every):
        empty = len(every) - len(with_geometry)
        notes.append(f"{empty} of the {len(every)} features of '{name}' have no geometry and are left out.")
    if len(fitting) < len(with_geometry):
        kept = {_kind(f) for f in fitting}
        other = next(_kind(f) for f in with_geometry if _kind(f) not in kept)
        notes.append(
            f"{len(with_geometry) - len(fitting)} of the {len(every)} features of '{name}' are of another kind "
            f"({KINDS[other]}) and are left out."
        )
    invalid, looked_at = [], 0
    for feature in fitting:
        looked_at += feature.geometry().constGet().nCoordinates()
        if looked_at > MOST_VERTICES:
            break
        # Part by part, since parts that touch or overlap do no harm.
        if not all(part.isGeosValid() for part in feature.geometry().asGeometryCollection()):
            invalid.append(feature)
    if invalid:
        notes.append(
            f"{len(invalid)} features of '{name}' are not valid, the first with the id {invalid[0].id()}, for example "
            "because a ring crosses itself: what it encloses once is inside, what it encloses twice is not; use 'Fix "
            "geometries' if something else is meant."
        )
    return tuple(notes)


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


def _features(layer: QgsVectorLayer) -> Iterator[QgsFeature]:
    if not layer.isValid():
        raise InputError(f"Layer '{layer.name()}' cannot be opened: check that the file exists and is whole.")
    return layer.getFeatures(QgsFeatureRequest())


def _fields(layer: QgsVectorLayer, features: Iterable[QgsFeature]) -> dict[str, tuple]:
    """Return the attributes by field, in one pass; a text that is there many times, as in long tables, is kept once."""
    names = layer.fields().names()
    columns: list[list] = [[] for _ in names]
    texts: dict[str, str] = {}
    for feature in features:
        for column, value in zip(columns, feature.attributes()):
            column.append(texts.setdefault(value, value) if type(value) is str else _plain(value))
    return {name: tuple(column) for name, column in zip(names, columns)}


def _plain(value: Any) -> Any:
    """Give an attribute as Python knows it: None for null, dates as dates."""
    if isinstance(value, QVariant) and value.isNull():
        return None
    if isinstance(value, QDateTime):
        return value.toPyDateTime()
    return value.toPyDate() if isinstance(value, QDate) else value
