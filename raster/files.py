"""The files behind a raster: those that GDAL reads for a layer that need not be a file itself."""

from __future__ import annotations

import os
import re
from html import unescape

from osgeo import gdal

from .gdal_io import gdal_messages

# In the description that GDAL gives of a virtual raster.
VRT_SOURCE = re.compile(r"<Source(?:Filename|Dataset)\b([^>]*)>([^<]+)</Source")
# A part of a file, such as NETCDF:"lst.nc":LST, whose file is relative to the virtual raster.
PART = re.compile(r'(\w{2,}:(?:\d+:)?"?)([^"/].*)')


def files_behind(path: str) -> list[str]:
    """Return the files that GDAL reads for a raster: of a part of a file that file, of a virtual raster its sources."""
    files: dict[str, None] = {}
    _collect(path, files, set())
    return list(files)


def _collect(path: str, files: dict[str, None], seen: set[str]) -> None:
    if path in seen:
        return
    seen.add(path)
    if os.path.isfile(path):
        files[path] = None
    with gdal_messages():
        try:
            dataset = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_READONLY)
            listed = dataset.GetFileList() if dataset is not None else None
        except RuntimeError:
            dataset, listed = None, None
    files.update(dict.fromkeys(listed or ()))
    # GDAL does not list what is behind a part of a file inside a virtual raster, nor in a virtual raster inside it.
    for source in vrt_sources(path, virtual_raster(dataset)):
        if source.lower().endswith(".vrt") or not os.path.isfile(source):
            _collect(source, files, seen)


def virtual_raster(dataset: gdal.Dataset | None) -> str:
    """Return GDAL's description of a virtual raster in XML; empty for any other."""
    if dataset is None or dataset.GetDriver().ShortName != "VRT":
        return ""
    return "".join(dataset.GetMetadata("xml:VRT") or ())


def vrt_sources(path: str, xml: str) -> list[str]:
    """Return the sources of a virtual raster as GDAL opens them."""
    folder = os.path.dirname(path)
    sources = []
    for attributes, text in VRT_SOURCE.findall(xml):
        source = unescape(text)
        if 'relativeToVRT="1"' in attributes:
            part = PART.fullmatch(source)
            source = part[1] + os.path.join(folder, part[2]) if part else os.path.join(folder, source)
        sources.append(source)
    return sources
