"""List what is missing for a release of this commit in the plugin repository of QGIS."""

from __future__ import annotations

import re
import subprocess
import sys
from configparser import ConfigParser

import headless
import package

# What only the owner of the project can give; until then metadata.txt holds these.
PLACEHOLDERS = {
    "email": "permafrost-mapper@users.noreply.github.com",
    "homepage": "https://github.com/permafrost-mapper/permafrost-mapper",
    "repository": "https://github.com/permafrost-mapper/permafrost-mapper",
    "tracker": "https://github.com/permafrost-mapper/permafrost-mapper/issues",
}
# The categories that the repository knows.
CATEGORIES = ("Raster", "Vector", "Database", "Mesh", "Web", "Plugins", "Analysis")


def placeholders(metadata: dict[str, str]) -> list[str]:
    """Return a sentence for each field that the owner still has to give."""
    return [
        f"{name} is still the placeholder {value}: the owner has to give it in metadata.txt."
        for name, value in PLACEHOLDERS.items()
        if metadata.get(name) == value
    ]


def problems() -> list[str]:
    """Return a sentence for everything else that is wrong with a release of this commit."""
    metadata = read("metadata.txt")
    version = metadata["version"]
    found = package.problems(package.build(headless.ROOT / "build"))
    if metadata.get("category") not in CATEGORIES:
        found.append(f"category is '{metadata.get('category')}': choose one of {', '.join(CATEGORIES)}.")
    citation = (headless.ROOT / "CITATION.cff").read_text(encoding="utf-8")
    if f"\nversion: {version}\n" not in citation:
        found.append(f"CITATION.cff does not have the version {version} of metadata.txt.")
    changes = (headless.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.search(rf"^## {re.escape(version)}\b(.*)$", changes, re.MULTILINE)
    if heading is None:
        found.append(f"CHANGELOG.md has no section {version}.")
    elif "unreleased" in heading.group(1):
        found.append(f"CHANGELOG.md calls {version} unreleased: write the date of the release.")
    if subprocess.run(["git", "status", "--porcelain"], cwd=headless.ROOT, capture_output=True, check=True).stdout:
        found.append("Files differ from the commit, and the zip is made of the commit: commit them, or put them aside.")
    return found


def read(name: str) -> dict[str, str]:
    """Return the fields of metadata."""
    parser = ConfigParser(interpolation=None)
    parser.read(headless.ROOT / name, encoding="utf-8")
    return dict(parser["general"])


def main() -> None:
    """Print what is missing; end with 1 where that is more than the owner's fields."""
    missing, wrong = placeholders(read("metadata.txt")), problems()
    for sentence in (*missing, *wrong):
        print(f"  {sentence}")
    print(f"{len(missing)} fields are the owner's to give; {len(wrong)} other things are in the way of a release.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
