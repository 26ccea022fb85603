"""The files behind a raster: those that GDAL reads for a path that need not be a file itself."""

from __future__ import annotations

import os
import re
from functools import partial
from html import unescape
from typing import Optional

from osgeo import gdal

from ..grid.gdal_io import attempt
from .looks import look_at

# In GDAL's description of a virtual raster.
VRT_SOURCE = re.compile(r"<Source(?:Filename|Dataset)\b([^>]*)>([^<]+)</Source")
STATISTICS = re.compile(r'<MDI key="STATISTICS_[^"<]*">[^<]*</MDI>')
EMPTY = re.compile(r"<Metadata>\s*</Metadata>|<Metadata */>")
# A subdataset, such as NETCDF:"lst.nc":LST, with a path relative to the virtual raster.
PART = re.compile(r'(\w{2,}:(?:\d+:)?"?)([^"/].*)')


def files_behind(path: str) -> list[str]:
    """Return the files that GDAL reads for a raster: the file of a subdataset, the sources of a virtual raster."""
    return list(_look_behind(path)[0])


def raster_state(path: str) -> list:
    """Return plain data that change with a raster, but not with its folder or when it is merely displayed.

    These are name, size and time of modification of the files behind it. QGIS writes statistics beside rasters and
    into virtual ones, whose description counts without them.
    """
    files, virtual = _look_behind(path)
    folders = {os.path.dirname(file) + os.sep for file in files if os.path.dirname(file)}
    name = path
    for folder in sorted(folders, key=len, reverse=True):
        name = name.replace(folder, "")
    states = [_file_state(file) for file in files if not file.lower().endswith((".vrt", ".aux.xml", ".ovr"))]
    return [name, states, [_without_statistics(xml) for xml in virtual]]


def _look_behind(path: str) -> tuple[dict[str, None], list[str]]:
    """Return the files behind a raster, and the descriptions of the virtual rasters among them."""
    files: dict[str, None] = {}
    virtual: list[str] = []
    seen: set[str] = set()
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if os.path.isfile(one):
            files[one] = None
        look = look_at(one, (), partial(_dataset, one))
        if look is None:
            continue
        files.update(dict.fromkeys(look.files))
        if look.virtual:
            virtual.append(look.virtual)
        # GDAL does not list what is behind a subdataset or another virtual raster inside a virtual raster.
        sources = vrt_sources(one, look.virtual)
        waiting += [source for source in sources if source.lower().endswith(".vrt") or not os.path.isfile(source)]
    return files, virtual


def rasters_inside(path: str) -> list[str]:
    """Return the names of the rasters in a file that has none of its own, as GDAL opens them; empty of any other."""
    dataset = _dataset(path)
    if dataset is None or dataset.RasterCount:
        return []
    return [name for name, _ in dataset.GetSubDatasets()]


def _dataset(path: str) -> Optional[gdal.Dataset]:
    dataset, messages = attempt(gdal.OpenEx, path, gdal.OF_RASTER | gdal.OF_READONLY)
    return None if messages.is_cut_off else dataset


def _file_state(path: str) -> list:
    """Return name, size and time of modification of a file or a member of an archive; the name alone if it is gone."""
    name = os.path.basename(path)
    if path.startswith("/vsi"):
        status = gdal.VSIStatL(path)
        return [name, status.size, status.mtime] if status is not None else [name]
    try:
        status = os.stat(path)
    except OSError:
        return [name]
    return [name, status.st_size, status.st_mtime_ns]


def _without_statistics(xml: str) -> str:
    """Return the description of a virtual raster without what QGIS adds when it displays it."""
    parts = [xml]
    while "<Histograms>" in parts[-1] and "</Histograms>" in parts[-1]:
        before, _, rest = parts.pop().partition("<Histograms>")
        parts += [before, rest.partition("</Histograms>")[2]]
    return " ".join(EMPTY.sub("", STATISTICS.sub("", "".join(parts))).split())


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
