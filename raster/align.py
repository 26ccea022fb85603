"""A raster, all its bands, brought onto the cells of another one."""

from __future__ import annotations

from osgeo import gdal

from ..core.errors import Cancelled, InputError
from ..core.files import whole_file
from .blocks import Running
from .gdal_io import gdal_messages
from .grid import Grid, require_overlap
from .sources import RasterSource
from .warping import scale_options
from .writer import Provenance, creation_options

# The type that can hold nodata where an unsigned raster has no tag for it and the grid reaches beyond it.
WIDER = {
    gdal.GDT_Byte: (gdal.GDT_Int16, -32768),
    gdal.GDT_UInt16: (gdal.GDT_Int32, -2147483648),
    gdal.GDT_UInt32: (gdal.GDT_Float64, -9999),
}


def align(source: RasterSource, grid: Grid, method: str, path: str, provenance: Provenance, running: Running) -> None:
    """Warp all bands of a raster onto a grid by GDAL and write them.

    Parameters
    ----------
    source : RasterSource
        The raster; its `band` and `resampling` are not used.
    grid : Grid
        The cells that are wanted.
    method : str
        GDAL's name of the resampling.
    path : str
        Final name of the GeoTIFF.
    provenance : Provenance
        Written into its metadata.
    running : Running
        Threads, memory, and who is told.

    Raises
    ------
    InputError
        If the raster has no CRS, or lies elsewhere.
    OutputError
        If the file cannot be written.
    Cancelled
        If the user has stopped the run.
    """
    dataset = source.dataset()
    own = source.grid()
    require_overlap(own, source.name, grid)
    band = dataset.GetRasterBand(1)
    data_type, nodata = band.DataType, band.GetNoDataValue()
    if nodata is None:
        # Cells beyond the raster must not become 0, which may be a class or a temperature.
        data_type, nodata = WIDER.get(data_type, (data_type, -9999))

    def watch(share: float, _message: str, _data: object) -> int:
        running.progress(share)
        return 0 if running.is_cancelled() else 1

    with whole_file(path) as temporary, gdal_messages() as messages:
        try:
            warped = gdal.Warp(
                str(temporary),
                dataset,
                format="GTiff",
                srcSRS=source.crs_wkt or None,
                dstSRS=grid.crs_wkt,
                outputBounds=grid.bounds,
                width=grid.width,
                height=grid.height,
                resampleAlg=method,
                outputType=data_type,
                dstNodata=nodata,
                warpMemoryLimit=running.memory_mb,
                multithread=running.workers > 1,
                warpOptions=scale_options(own, grid),
                creationOptions=creation_options(data_type, running),
                callback=watch,
            )
        except RuntimeError as error:
            messages.add(error)
            warped = None
        if running.is_cancelled():
            raise Cancelled("The run was cancelled: nothing was written.")
        if warped is None or messages:
            raise InputError(
                f"Raster '{source.name}' cannot be aligned ({messages.reason}): "
                "check the file, its CRS and the room on the disk."
            )
        warped.SetMetadata(provenance.items())
        for number in range(1, dataset.RasterCount + 1):
            before, after = dataset.GetRasterBand(number), warped.GetRasterBand(number)
            after.SetDescription(before.GetDescription())
            after.SetUnitType(before.GetUnitType() or "")
            if before.GetScale() is not None:
                after.SetScale(before.GetScale())
            if before.GetOffset() is not None:
                after.SetOffset(before.GetOffset())
        del after, warped
