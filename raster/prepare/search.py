"""Finds the scenes in a folder by the names of the files."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Mapping, Optional, Sequence

from ...core.errors import InputError
from ...core.language import tr
from ...core.prepare.scenes import PRODUCTS, Inventory, Scenes, overpass_label, take_inventory
from .scenes import without_layer

# Names that a message shows.
MAX_EXAMPLES = 3


@dataclass(frozen=True)
class SceneSearch:
    """The scenes of a folder that are requested.

    Attributes
    ----------
    folder : str
        Searched with its subfolders.
    excluded : str
        A subfolder that is not searched: that of the stacks.
    product : str
        One of ``core.prepare.scenes.PRODUCTS``.
    pattern : str, optional
        Replaces the patterns of the product.
    overpass : str, optional
        The only overpass that is requested; the names need not state it.
    day_shifts : mapping
        Days to add to the date in the name, by overpass.
    start, end : datetime.date, optional
        First and last day.
    """

    folder: str
    excluded: str = ""
    product: str = "trims"
    pattern: Optional[str] = None
    overpass: Optional[str] = None
    day_shifts: Mapping[str, int] = field(default_factory=dict)
    start: Optional[date] = None
    end: Optional[date] = None


@dataclass(frozen=True)
class FoundScenes:
    """The scenes of a folder.

    Attributes
    ----------
    scenes : dict
        The files of each scene, by overpass and day.
    notes, warnings : tuple of str
        Sentences on what else is in the folder.
    """

    scenes: Scenes
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def days(self) -> list[date]:
        """All days with a scene, in order."""
        return sorted({day for by_day in self.scenes.values() for day in by_day})


def find_scenes(search: SceneSearch) -> FoundScenes:
    """Find the scenes in a folder that are requested.

    Raises
    ------
    InputError
        If there are none, or a pattern is not understood.
    """
    paths = _files(search.folder, search.excluded)
    if not paths:
        raise InputError(
            tr("Folder '{folder}' (INPUT) holds no file: choose the folder of the scenes.", folder=search.folder)
        )
    product = PRODUCTS[search.product]
    patterns, indirect = ([search.pattern], ()) if search.pattern else (product.patterns, product.indirect)
    inventory = take_inventory(paths, patterns, search.overpass, search.day_shifts, indirect)
    names = inventory.unmatched or tuple(Path(path).name for path in paths)
    examples = ", ".join(f"'{name}'" for name in names[:MAX_EXAMPLES])
    _require_scenes(inventory, search, len(paths), examples, patterns if search.pattern else product.examples)
    notes, warnings = _left_out(inventory, len(paths), examples)
    scenes = dict(inventory.scenes)
    for overpass in without_layer(scenes):
        notes.append(tr("The files hold no layer of {overpass_label}.", overpass_label=overpass_label(overpass)))
        del scenes[overpass]
    if not scenes:
        raise InputError(
            tr(
                "No file in '{folder}' that is named like a scene has a band called LST_Day_1km or "
                "LST_Night_1km: rename the bands, export one file each for day and night, or set PATTERN and "
                "OVERPASS.",
                folder=search.folder,
            )
        )
    return FoundScenes(_within(scenes, search), tuple(notes), tuple(warnings))


def _require_scenes(
    inventory: Inventory, search: SceneSearch, files: int, examples: str, expected: Sequence[str]
) -> None:
    """Raise an `InputError` if no file is a scene by its name."""
    if inventory.scenes:
        return
    if inventory.undated:
        raise InputError(
            tr(
                "No file in '{folder}' is a scene: {undated} ({n_undated} of {files} files) have impossible "
                "dates: correct the names, or set PATTERN to what their parts mean.",
                folder=search.folder,
                undated=", ".join(inventory.undated[:MAX_EXAMPLES]),
                n_undated=len(inventory.undated),
                files=files,
            )
        )
    raise InputError(
        tr(
            "None of the {files} files in '{folder}', such as {examples}, is a scene named like {expected}: "
            "choose another PRODUCT or OVERPASS, or set PATTERN.",
            files=files,
            folder=search.folder,
            examples=examples,
            expected=" or ".join(expected),
        )
    )


def _left_out(inventory: Inventory, files: int, examples: str) -> tuple[list[str], list[str]]:
    """Return notes and warnings on the files that are no scenes by their names."""
    notes: list[str] = []
    warnings: list[str] = []
    if inventory.undated:
        warnings.append(
            tr(
                "Left out because the dates in their names do not exist: {undated}.",
                undated=", ".join(inventory.undated),
            )
        )
    if inventory.unmatched:
        # A file with LST in its name is probably a scene, which should not be missed.
        is_lst = any("lst" in name.lower() for name in inventory.unmatched)
        (warnings if is_lst else notes).append(
            tr(
                "{n_unmatched} of {files} files are not named like scenes and are not used, such as {examples}.",
                n_unmatched=len(inventory.unmatched),
                files=files,
                examples=examples,
            )
        )
    return notes, warnings


def _within(scenes: Scenes, search: SceneSearch) -> Scenes:
    """Return the scenes of the period that is requested."""
    days = sorted({day for by_day in scenes.values() for day in by_day})
    start, end = search.start or days[0], search.end or days[-1]
    within = {
        overpass: {day: files for day, files in by_day.items() if start <= day <= end}
        for overpass, by_day in scenes.items()
    }
    within = {overpass: by_day for overpass, by_day in within.items() if by_day}
    if not within:
        raise InputError(
            tr(
                "No scene lies between {start} and {end}; the scenes are of {first_day} to {last_day}: set START and "
                "END.",
                start=start,
                end=end,
                first_day=days[0],
                last_day=days[-1],
            )
        )
    return within


def _files(folder: str, excluded: str) -> list[str]:
    """Return all files in a folder and its subfolders, in order, except those in one subfolder."""
    found = []
    for place, folders, names in os.walk(folder):
        if excluded:
            folders[:] = [name for name in folders if Path(place, name).resolve() != Path(excluded).resolve()]
        found += [str(Path(place, name)) for name in names]
    return sorted(found)
