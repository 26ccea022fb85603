"""Metadata of rasters: units, band names, and attribute tables of classes."""

from __future__ import annotations

from osgeo import gdal

from ...core.classes import MapClass
from ..grid.texts import as_text, description_of
from .rasters import RasterSource


def unit_of(source: RasterSource) -> str:
    """Return the unit of a raster; empty where it has none."""
    return source.look().units[source.band - 1]


def band_name(source: RasterSource) -> str:
    """Return the name of the band of a raster, or of the raster where it has none."""
    dataset = source.dataset()
    return description_of(dataset.GetRasterBand(source.band)) or source.name


def class_names(source: RasterSource) -> dict[int, str]:
    """Return the names of the classes of a raster by value, from its attribute table; empty without one."""
    # Bands and tables live only as long as their dataset does.
    dataset = source.dataset()
    table = dataset.GetRasterBand(source.band).GetDefaultRAT()
    if table is None:
        return {}
    value, name = table.GetColOfUsage(gdal.GFU_MinMax), table.GetColOfUsage(gdal.GFU_Name)
    if value < 0 or name < 0:
        return {}
    return {
        table.GetValueAsInt(row, value): as_text(table.GetValueAsString(row, name))
        for row in range(table.GetRowCount())
    }


def map_classes(source: RasterSource) -> tuple[MapClass, ...]:
    """Return the classes of a raster with their colours, from its attribute table; empty where it has none of ours."""
    dataset = source.dataset()
    table = dataset.GetRasterBand(source.band).GetDefaultRAT()
    usages = (gdal.GFU_MinMax, gdal.GFU_Name, gdal.GFU_Red, gdal.GFU_Green, gdal.GFU_Blue)
    columns = [table.GetColOfUsage(usage) for usage in usages] if table is not None else [-1]
    if min(columns) < 0:
        return ()
    value, name, *rgb = columns
    return tuple(
        MapClass(
            table.GetValueAsInt(row, value),
            as_text(table.GetValueAsString(row, name)),
            "#" + "".join(f"{table.GetValueAsInt(row, column):02x}" for column in rgb),
        )
        for row in range(table.GetRowCount())
    )
