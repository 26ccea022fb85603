"""Sources of rasters, classes and tiles, under one name."""

from .classes import NO_CLASS, ClassReader, ClassSource, SubcellReader, SubcellSource
from .protocols import Cost, Reader, Source
from .rasters import BandsReader, BandsSource, OpenFile, RasterSource, ValueReader, alignment_note
from .tiles import TileReader, TileSource

__all__ = [
    "NO_CLASS",
    "BandsReader",
    "BandsSource",
    "ClassReader",
    "ClassSource",
    "Cost",
    "OpenFile",
    "RasterSource",
    "Reader",
    "Source",
    "SubcellReader",
    "SubcellSource",
    "TileReader",
    "TileSource",
    "ValueReader",
    "alignment_note",
]
