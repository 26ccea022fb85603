"""Parameters that are outputs."""

from __future__ import annotations

from typing import Optional

from qgis.core import (
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterDestination,
)

from ...core.language import tr
from .declaration import Parameter, Source, Style, declare, read_string


def raster_output(
    name: str,
    label: str,
    help_text: str,
    style: Optional[Style] = None,
    optional: bool = False,
    by_default: bool = True,
) -> Parameter:
    """Declare an output raster; read as its path. With `by_default` the dialog writes it unless it is switched off."""
    definition = QgsProcessingParameterRasterDestination(name, tr(label), optional=optional, createByDefault=by_default)
    return declare(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: algorithm.parameterAsOutputLayer(parameters, name, context),
        lambda path: [str(path)],
        style,
    )


def _file_output(name: str, label: str, help_text: str, file_filter: str, by_default: bool) -> Parameter:
    definition = QgsProcessingParameterFileDestination(
        name, tr(label), file_filter, optional=True, createByDefault=by_default
    )
    return declare(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: algorithm.parameterAsFileOutput(parameters, name, context),
    )


def report_output(name: str = "OUTPUT_HTML", label: str = "Report") -> Parameter:
    """Declare the report; read as its path."""
    help_text = (
        "One self-contained HTML file with the method in sentences, the figures, the tables and the "
        "parameters of the run. It opens in any browser and needs no network."
    )
    return _file_output(name, label, help_text, "HTML files (*.html)", True)


def picture_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a picture; read as its path."""
    return _file_output(name, label, help_text, "PNG files (*.png)", False)


def pdf_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a PDF; read as its path."""
    return _file_output(name, label, help_text, "PDF files (*.pdf)", True)


def model_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a GST model that is written; read as its path."""
    return _file_output(name, label, help_text, "JSON files (*.json)", True)


def csv_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare an output CSV file, which other algorithms read as a file; read as its path."""
    return _file_output(name, label, help_text, "CSV files (*.csv)", True)


def folder_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a folder that is written to; read as its path."""
    return declare(
        QgsProcessingParameterFolderDestination(name, tr(label)),
        help_text,
        False,
        lambda algorithm, parameters, context: algorithm.parameterAsFileOutput(parameters, name, context),
    )


def table_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a table that is written; the run fills it with `Task.write_table`."""
    return _sink(name, label, help_text, Source.TypeVector)


def points_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a layer of points that is written; the run fills it with `Task.write_table`."""
    return _sink(name, label, help_text, Source.TypeVectorPoint)


def _sink(name: str, label: str, help_text: str, kind: int) -> Parameter:
    definition = QgsProcessingParameterFeatureSink(name, tr(label), kind, optional=True, createByDefault=True)
    return declare(definition, help_text, False, read_string(name))
