"""A layout written as PDF and PNG."""

from __future__ import annotations

from qgis.core import QgsLayoutExporter, QgsPrintLayout
from qgis.PyQt.QtCore import QBuffer, QIODevice

from ...core.errors import OutputError
from ...core.files import whole_file
from ...core.language import tr

PDF_END = b"%%EOF"


def write_pdf(layout: QgsPrintLayout, path: str, dpi: float) -> None:
    """Write a layout as PDF.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = dpi
    # GDAL would open the file again to write the georeference, which not every GDAL can.
    settings.appendGeoreference = False
    with whole_file(path) as temporary:
        outcome = QgsLayoutExporter(layout).exportToPdf(str(temporary), settings)
        # Qt does not notice a disk that is full.
        is_whole = temporary.is_file() and PDF_END in temporary.read_bytes()[-1024:]
        if outcome != QgsLayoutExporter.ExportResult.Success or not is_whole:
            raise OutputError(tr("'{path}' cannot be written: make room or choose another folder.", path=path))


def write_png(layout: QgsPrintLayout, path: str, dpi: float) -> None:
    """Write a layout as PNG.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    image = QgsLayoutExporter(layout).renderPageToImage(0, dpi=dpi)
    # Through memory, since Qt does not notice a disk that is full.
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(buffer, "PNG"):
        raise MemoryError
    with whole_file(path) as temporary:
        temporary.write_bytes(bytes(buffer.data()))
