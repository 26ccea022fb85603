"""The folder of a product: names of files, and checksums that decide whether an export may replace it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Iterable

from ..errors import InputError
from ..files import sha256
from ..language import tr

CHECKSUMS = "SHA256SUMS"

# Leaves room for suffixes on file systems that allow names of 143 bytes.
MAX_SLUG = 80


def slug(text: str) -> str:
    """Return a text as lower-case letters, digits and underscores, for file names and ids."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower())[:MAX_SLUG].strip("_") or "product"


def different_slugs(names: Iterable[str]) -> list[str]:
    """Return a unique `slug` for each name; one that is taken already gets a number."""
    slugs: dict[str, None] = {}
    for name in names:
        plain, number = slug(name), 1
        while (unique := plain if number == 1 else f"{plain}_{number}") in slugs:
            number += 1
        slugs[unique] = None
    return list(slugs)


def require_own_folder(path: str) -> None:
    """Raise an `InputError` where a folder holds anything but the unchanged files of an export."""
    folder = Path(path)
    if not folder.is_dir():
        return
    if not folder.name:
        raise InputError(tr("Folder '{folder}' is a whole disk: choose a folder in it.", folder=folder))
    listed = {}
    if (folder / CHECKSUMS).is_file():
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8", errors="replace").splitlines()
        listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    # A walk ends at the first foreign file, before all others are listed.
    for file in (Path(place, name) for place, _, names in os.walk(folder) for name in sorted(names)):
        name = file.relative_to(folder).as_posix()
        if name != CHECKSUMS and listed.get(name) != sha256(file):
            raise InputError(
                tr(
                    "Folder '{folder}' holds '{name}', which no export has written: choose an empty or a new folder.",
                    folder=folder,
                    name=name,
                )
            )


def checksums(folder: Path) -> str:
    """Return the checksums of all files of a folder, as ``sha256sum`` writes them."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return "".join(f"{sha256(file)}  {file.relative_to(folder).as_posix()}\n" for file in files)
