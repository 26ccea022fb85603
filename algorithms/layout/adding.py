"""Adds a layout to a project."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsPrintLayout, QgsProject

from .builder import Builder
from .drawn import Printed


def add_layout(
    project: QgsProject, name: str, printed: Printed, sizes: Sequence[tuple[float, float]]
) -> QgsPrintLayout:
    """Add a layout, and its layers in a hidden group of the same name, to a project; call it in the main thread.

    Parameters
    ----------
    project : QgsProject
    name : str
        Name of the layout; it gets a number where the project has one of this name.
    printed : Printed
    sizes : sequence of (float, float)
        Papers to choose from, width and height in mm.

    Raises
    ------
    InputError
        If the title is too long for the paper.
    """
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(_free_name(project, name))
    Builder(layout, printed, sizes[0]).build(sizes)
    # The manager owns it from now on.
    project.layoutManager().addLayout(layout)
    return layout


def _free_name(project: QgsProject, name: str) -> str:
    taken = {layout.name() for layout in project.layoutManager().layouts()}
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
