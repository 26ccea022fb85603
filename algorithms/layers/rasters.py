"""From raster layers of QGIS to sources: the file, and what only QGIS knows of it."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsRasterDataProvider,
    QgsRasterRange,
    QgsVectorLayer,
)

from ...core.errors import InputError
from ...core.language import Say, tr
from ...raster.grid.gdal_io import open_raster
from ...raster.read.looks import look_at
from ...raster.read.rasters import RasterSource
from .crs import crs_wkt

# Open options, which QGIS appends to the path of a raster.
OPEN_OPTION = re.compile(r"\|option:([^|]*)")


def raster_source(layer: Optional[QgsMapLayer], value: str) -> RasterSource:
    """Return a layer as the raster storey needs it: its file, and the settings that only QGIS has.

    Parameters
    ----------
    layer : QgsMapLayer, optional
        None where QGIS does not open `value`, such as a subdataset: GDAL then opens it.
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
            tr(
                "Layer '{name}' comes from the provider '{providertype}', which gives pictures and not numbers: "
                "export it to a GeoTIFF first.",
                name=layer.name(),
                providertype=layer.providerType(),
            )
        )
    path, options = _path_and_options(layer.source())
    provider = layer.dataProvider()
    # Two CRSs with the same name may differ, and a file may have none.
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
        raise InputError(tr("A raster cannot be opened: check that its file exists and is whole."))
    path, options = _path_and_options(value)
    # Raises an error that says why.
    look_at(path, options, lambda: open_raster(path, value, options))
    # NETCDF:"/folder/lst.nc":day is known as lst.nc:day, a file by its name.
    name = re.split(r"[/\\]", path.replace('"', ""))[-1]
    return RasterSource(path, name if ":" in name else Path(name).stem, open_options=options)


def needs_no_layer(value: Any, context: QgsProcessingContext) -> bool:
    """Return whether a value names a raster that GDAL opens, such as a file, and no layer that QGIS has open already.

    To open one as a layer, QGIS computes histograms of three bands and writes them beside the file: a tenth of a second
    for a stack of a year, and more whenever such a file is opened later.
    """
    if not isinstance(value, str):
        return False
    open_already = QgsProcessingUtils.mapLayerFromString(value, context, False, QgsProcessingUtils.LayerHint.Raster)
    return open_already is None and opens_by_gdal(value)


def opens_by_gdal(value: Any) -> bool:
    """Return whether a text is a raster that GDAL opens."""
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
    """Return the closed ranges of values that the layer treats as nodata, those of all bands."""
    ranges = (one for band in range(1, provider.bandCount() + 1) for one in provider.userNoDataValues(band))
    return tuple(dict.fromkeys(_closed(one) for one in ranges))


def _closed(one: QgsRasterRange) -> tuple[float, float]:
    """Return a range that includes its ends; one without an end extends to infinity."""
    kinds = QgsRasterRange.BoundsType
    low = -math.inf if math.isnan(one.min()) else one.min()
    high = math.inf if math.isnan(one.max()) else one.max()
    if one.bounds() in (kinds.IncludeMax, kinds.Exclusive):
        low = math.nextafter(low, math.inf)
    if one.bounds() in (kinds.IncludeMin, kinds.Exclusive):
        high = math.nextafter(high, -math.inf)
    return low, high


def known_to_qgis(source: RasterSource, say: Say = tr) -> str:
    """Describe what was read of a raster and is not in its file; empty where the file says all."""
    said = []
    if source.crs_wkt:
        crs = QgsCoordinateReferenceSystem.fromWkt(source.crs_wkt)
        said.append(f"CRS {crs.authid() or crs.description() or source.crs_wkt}")
    if source.extra_nodata:
        ranges = (
            f"{low:g}" if low == high else say("{low:g} to {high:g}", low=low, high=high)
            for low, high in source.extra_nodata
        )
        said.append(say("no value at {ranges}", ranges=", ".join(ranges)))
    if not source.tagged_nodata:
        said.append(say("the nodata value of the file is a value"))
    return "; ".join(said)


def raster_layer(value: Any, context: QgsProcessingContext) -> Optional[QgsMapLayer]:
    """Return the raster layer of a value in a list of layers, also where QGIS would open it as a table.

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
