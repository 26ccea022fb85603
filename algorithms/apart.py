"""Outputs that would overwrite an input or each other: detected before the run, however they are spelled."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMultipleLayers,
)
from qgis.PyQt.QtCore import QUrl

from ..core.errors import InputError
from ..core.language import tr
from ..raster.read.files import files_behind
from ..raster.read.rasters import RasterSource
from .layers import AttributeTable, UnreadTable
from .parameters import Parameter

# Parameters whose values are files or folders.
FILES = (QgsProcessingParameterFile, QgsProcessingParameterMultipleLayers)

# How QGIS writes a table of a database file, as "Save to GeoPackage" does.
DATABASE_TABLE = re.compile(r"""ogr:dbname='(.+)' table="([^"]+)".*""")


def require_apart(declared: Iterable[Parameter], values: Mapping[str, Any], outputs: Mapping[str, str]) -> None:
    """Raise an `InputError` if an output is a file of an input, or of another output.

    Parameters
    ----------
    declared : iterable of Parameter
        The parameters of the algorithm.
    values : mapping
        Value of each; None if it is not given.
    outputs : mapping
        Files and folders that the run writes, by the names of the parameters.
    """
    declared = list(declared)
    folders = {item.name for item in declared if isinstance(item.definition, QgsProcessingParameterFolderDestination)}
    targets = {name: _target(text) for name, text in outputs.items()}
    targets = {name: target for name, target in targets.items() if target is not None}
    seen: dict[str, tuple[str, str]] = {}
    for name, (path, table) in targets.items():
        for other, (other_path, other_table) in seen.items():
            if is_same_file(path, other_path) and table == other_table:
                raise InputError(
                    tr(
                        "{other} and {name} are the same file '{path}': choose another name for one of them.",
                        other=other,
                        name=name,
                        path=path,
                    )
                )
        seen[name] = (path, table)
    files = {name: target for name, target in targets.items() if name not in folders}
    for item in declared:
        if item.name in outputs or values[item.name] is None or not files:
            continue
        for read, read_table in _files_read(item, values[item.name]):
            for name, (path, table) in files.items():
                is_replaced = _lies_in(path, read) if os.path.isdir(read) else is_same_file(path, read)
                # A table beside another one in a database file does not change that.
                if is_replaced and (not table or table == read_table):
                    raise InputError(
                        tr(
                            "{name} '{path}' would overwrite a file that {item_name} is read from: choose another name "
                            "for {name}.",
                            name=name,
                            path=path,
                            item_name=item.name,
                        )
                    )


def require_outside(folder: str, name: str, inputs: Mapping[str, Any]) -> None:
    """Raise an `InputError` if an input is in a folder that will be replaced; `name` is its parameter."""
    for input_name, value in inputs.items():
        for source in value if isinstance(value, list) else [value]:
            for path, _ in [] if source is None else _files_of(source):
                if _lies_in(path, folder):
                    raise InputError(
                        tr(
                            "{input_name} '{path}' lies in {name} '{folder}', which would be replaced as a whole: "
                            "choose another folder for {name}.",
                            input_name=input_name,
                            path=path,
                            name=name,
                            folder=folder,
                        )
                    )


def is_same_file(path: str, other: str) -> bool:
    """Return whether two paths are the same file, by links or another spelling, even if it does not exist yet."""
    try:
        return os.path.samefile(path, other)
    except (OSError, ValueError):
        # One of them does not exist yet.
        return _plain(path) == _plain(other)


def _plain(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _lies_in(path: str, folder: str) -> bool:
    """Return whether an existing file is in a folder or below it."""
    return os.path.isfile(path) and Path(_plain(folder)) in Path(_plain(path)).parents


def _target(text: str) -> Optional[tuple[str, str]]:
    """Return the file of an output and the table in it, if any; None if it is no file."""
    database = DATABASE_TABLE.fullmatch(text)
    if database:
        return database[1], database[2]
    # Layers in memory or in databases, and outputs named by QGIS.
    if not os.path.dirname(text) and not os.path.splitext(text)[1]:
        return None
    return text, ""


def _files_read(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the files and folders behind an input, and the table that is read of each, if known."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, (RasterSource, AttributeTable, UnreadTable)):
            yield from _files_of(part)
        elif isinstance(part, str) and isinstance(parameter.definition, FILES):
            yield part, ""


def _files_of(source: RasterSource | AttributeTable | UnreadTable) -> list[tuple[str, str]]:
    if not isinstance(source, RasterSource):
        return [_table_file(source.path)]
    return [(path, "") for path in files_behind(source.path)]


def _table_file(source: str) -> tuple[str, str]:
    """Return the file in the source of a vector layer, as its provider writes it, and the name of the table."""
    if source.startswith("file:"):
        return QUrl(source).toLocalFile(), ""
    path, *options = source.split("|")
    names = [option.partition("=")[2] for option in options if option.startswith("layername=")]
    return path, names[0] if names else ""
