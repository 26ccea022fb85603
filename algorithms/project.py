"""Layers in groups, styled: as a project, and on the canvas after a run."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Optional, Union

from qgis.core import (
    QgsLayerTreeGroup,
    QgsLayerTreeRegistryBridge,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsReferencedRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QPainter

from ..core.classes import Ramp, Relief
from ..core.errors import OutputError
from ..core.files import whole_file
from ..core.language import tr
from .parameters import Style
from .style import FOLDER, Styler, apply_style, hold, show_without_band, unfold

# A legend of more classes stays folded.
MAX_UNFOLDED = 6


@dataclass(frozen=True)
class LayerOfProject:
    """A file, its name and group in the project, and its style.

    For polygons the style is the colour of the outline, for points their colour; a table has none, and what QGIS has
    styled keeps its own. Without a group the layer lies beside the groups.
    """

    path: Path
    name: str
    group: str
    style: Union[Style, str] = ""
    # Whether a relief below it is seen through it where it is on top.
    over_relief: bool = True

    @property
    def is_raster(self) -> bool:
        """Whether it is a raster; else it is a vector layer or a table."""
        return not isinstance(self.style, str)

    def open(self) -> QgsMapLayer:
        """Return the layer, neither named nor styled."""
        return QgsRasterLayer(str(self.path), "") if self.is_raster else QgsVectorLayer(str(self.path), "")


def settle_crs(paths: Iterable[Path]) -> None:
    """Open layers for their CRSs in the main thread, before the thread of a task opens layers with the same CRSs.

    QGIS caches CRSs for all layers, and those first created in a thread are empty after its end.
    """
    for path in paths:
        layer = QgsRasterLayer(str(path), "") if path.suffix == ".tif" else QgsVectorLayer(str(path), "")
        layer.crs().toWkt()


def write_project(path: Path, title: str, layers: list[LayerOfProject]) -> None:
    """Write a project; the first layer is on top, the first group is expanded.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    project = QgsProject()
    project.setTitle(title)
    for entry in layers:
        layer = entry.open()
        project.addMapLayer(layer, False)
        _place(layer, entry, layers, project.layerTreeRoot())
    bottom = layers[-1]
    reference = QgsRasterLayer(str(bottom.path), bottom.name)
    project.setCrs(reference.crs())
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(reference.extent(), reference.crs()))
    with whole_file(path) as temporary:
        # The project has to know its final folder, since its paths are relative to it.
        if not project.write(str(temporary)):
            raise OutputError(
                tr(
                    "Project '{path}' cannot be written ({error}): choose another folder.",
                    path=path,
                    error=project.error(),
                )
            )


def load_when_done(context: QgsProcessingContext, title: str, layers: list[LayerOfProject]) -> None:
    """Request layers to be loaded after the run, in one group, as in the project; without a project do nothing."""
    project = context.project()
    if project is None:
        return
    kinds = QgsProcessingUtils.LayerHint
    folder = os.path.commonpath([entry.path for entry in layers]) if layers else ""
    for entry in layers:
        kind = kinds.Raster if entry.is_raster else kinds.Vector
        details = QgsProcessingContext.LayerDetails(entry.name, project, "", kind)
        context.addLayerToLoadOnCompletion(str(entry.path), details)
        placer = hold(_Placer(project, lambda: title, folder, entry, layers))
        context.layerToLoadOnCompletionDetails(str(entry.path)).setPostProcessor(placer)


def run_title(title: str, number: object) -> str:
    """Return the name of the group of a run, which tells it apart from the other runs of the same model."""
    return tr("{title} - run {number}", title=title, number=number)


def _next_run_title(project: QgsProject, title: str) -> str:
    """Return the name of the group of the next run, whose number is one more than the largest in the project."""
    pattern = re.compile(re.escape(run_title(title, "\0")).replace(re.escape("\0"), r"(\d+)"))
    found = (pattern.fullmatch(group.name()) for group in project.layerTreeRoot().findGroups(True))
    return run_title(title, 1 + max((int(one[1]) for one in found if one), default=0))


def group_when_done(context: QgsProcessingContext, title: str, names: Mapping[str, str]) -> None:
    """Put the layers that a model is about to load into one group, on top of all others.

    A run that writes all files of an earlier one again takes its group; any other run has a group of its own, which
    is numbered.

    Parameters
    ----------
    context : QgsProcessingContext
        Of the run of the model.
    title : str
        Of the model.
    names : mapping of str
        Names of layers by the names that the model gives them, in the order of the group; others follow.
    """
    project, wanted = context.project(), context.layersToLoadOnCompletion()
    if project is None or not wanted:
        return
    places = {name: place for place, name in enumerate(names)}
    paths = sorted(wanted, key=lambda path: places.get(wanted[path].name, len(places)))
    stylers = {path: wanted[path].postProcessor() for path in paths}
    styles = {path: one.style if isinstance(one, Styler) else "" for path, one in stylers.items()}
    layers = [
        LayerOfProject(Path(path), names.get(wanted[path].name, wanted[path].name), "", styles[path], False)
        for path in paths
    ]
    files = os.pathsep.join(paths)
    # Chosen once the first layer is there, after those of a run that has ended meanwhile.
    group_title = partial(_next_run_title, project, title)
    for path, entry in zip(paths, layers):
        placer = hold(_Placer(project, group_title, files, entry, layers))
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(placer)


def show_layers(project: QgsProject, title: str, folder: str, layers: list[LayerOfProject]) -> None:
    """Load layers, in the main thread, in a group of a project: that of their folder, or a new one on top."""
    group = _group_or_new(project, lambda: title, folder)
    for entry in layers:
        layer = entry.open()
        project.addMapLayer(layer, False)
        _place(layer, entry, layers, group)
    unfold(group)
    _continue_on_top(project)


def _continue_on_top(project: QgsProject) -> None:
    """Add the next layers above all groups, not beside the layer that QGIS has made current."""
    top = QgsLayerTreeRegistryBridge.InsertionPoint(project.layerTreeRoot(), 0)
    project.layerTreeRegistryBridge().setLayerInsertionPoint(top)


def group_of_folder(project: QgsProject, folder: str) -> Optional[QgsLayerTreeGroup]:
    """Return the group that holds the layers of a folder, or None."""
    groups = (node for node in project.layerTreeRoot().children() if isinstance(node, QgsLayerTreeGroup))
    return next((group for group in groups if group.customProperty(FOLDER) == folder), None)


def _group_or_new(project: QgsProject, title: Callable[[], str], folder: str) -> QgsLayerTreeGroup:
    group = group_of_folder(project, folder)
    if group is None:
        group = project.layerTreeRoot().insertGroup(0, title())
        group.setCustomProperty(FOLDER, folder)
    return group


class _Placer(QgsProcessingLayerPostProcessorInterface):
    """Moves a loaded layer to its place in the group of the run, and styles it."""

    def __init__(
        self,
        project: QgsProject,
        title: Callable[[], str],
        folder: str,
        entry: LayerOfProject,
        layers: list[LayerOfProject],
    ) -> None:
        super().__init__()
        self._project, self._title, self._folder, self._entry, self._layers = project, title, folder, entry, layers

    def postProcessLayer(self, layer: QgsMapLayer, _context, _feedback) -> None:
        """Called by QGIS in the main thread; the layers come in any order."""
        # A layer of an earlier run on the canvas still shows the file that this run has replaced.
        layer.reload()
        root = self._project.layerTreeRoot()
        loaded = root.findLayer(layer)
        group = _group_or_new(self._project, self._title, self._folder)
        _place(layer, self._entry, self._layers, group)
        if loaded is not None:
            above = loaded.parent()
            above.removeChildNode(loaded)
            # This run has replaced all files of an earlier one.
            if above.customProperty(FOLDER) and not above.children():
                above.parent().removeChildNode(above)
            # Told of changes while there were two nodes, the tree has looked at the other one.
            show_without_band(group.findLayer(layer.id()))
        unfold(group)
        _continue_on_top(self._project)


def _place(layer: QgsMapLayer, entry: LayerOfProject, layers: list[LayerOfProject], root: QgsLayerTreeGroup) -> None:
    """Name and style a layer, and insert it at its place among those that are in the tree already."""
    layer.setName(entry.name)
    if entry.style:
        apply_style(layer, entry.style)
    group = root
    if entry.group:
        groups = list(dict.fromkeys(other.group for other in layers))
        group = _group(root, entry.group, _position(root, groups, entry.group))
    names = [other.name for other in layers if other.group == entry.group]
    node = group.insertLayer(_position(group, names, entry.name), layer)
    show_without_band(node)
    # Only the first raster is visible, and the relief through it; the others would be hidden below it.
    is_first = entry is next((other for other in layers if other.is_raster), None)
    if is_first and entry.over_relief:
        layer.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)
    node.setItemVisibilityChecked(not isinstance(layer, QgsRasterLayer) or is_first or isinstance(entry.style, Relief))
    if is_first and (isinstance(entry.style, Ramp) or len(entry.style) <= MAX_UNFOLDED):
        unfold(node)
    else:
        node.setExpanded(False)


def _group(parent: QgsLayerTreeGroup, name: str, position: int) -> QgsLayerTreeGroup:
    """Return the group of that name, and create it if there is none."""
    return parent.findGroup(name) or parent.insertGroup(position, name)


def _position(parent: QgsLayerTreeGroup, names: list[str], name: str) -> int:
    """Return the position after all children that come before a name in an order of names.

    There may be others: QGIS inserts a layer that it has loaded beside the current one.
    """
    before = set(names[: names.index(name)])
    return max((index for index, child in enumerate(parent.children(), 1) if child.name() in before), default=0)
