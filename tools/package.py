"""Build the zip of the plugin from the commit that is checked out, and check it by the plugin repository's rules.

The rules are those of `validator.py` and `security_scanner.py` in qgis/QGIS-Plugins-Website, as of 2026.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from configparser import ConfigParser, InterpolationError
from pathlib import Path, PurePosixPath
from urllib.parse import urlparse

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "permafrost_mapper"
MAX_BYTES = 25_000_000
REQUIRED_FIELDS = (
    "name", "description", "about", "version", "qgisMinimumVersion", "author", "email",
    "homepage", "repository", "tracker", "hasProcessingProvider", "changelog",
)  # fmt: skip
# First bytes of programs and libraries: ELF, Windows, macOS (one architecture, either byte order; several).
PROGRAM_STARTS = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf", b"\xca\xfe\xba\xbe")
FORBIDDEN_SUFFIXES = {".sh", ".bat", ".cmd", ".ps1", ".pyc", ".pyo", ".exe", ".dll", ".so", ".dylib"}
EXECUTABLE = 0o111


def build(folder: Path) -> Path:
    """Write the zip of HEAD into `folder` and give its path; .gitattributes says what stays out of it."""
    metadata = _read_metadata(_git("show", "HEAD:metadata.txt"))
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{PLUGIN}-*.zip"):
        old.unlink()
    path = folder / f"{PLUGIN}-{metadata['version']}.zip"
    _git("archive", "--format=zip", f"--prefix={PLUGIN}/", f"--output={path}", "HEAD")
    return path


def problems(path: Path) -> list[str]:
    """Return a sentence for each rule of the plugin repository that the zip breaks."""
    found = []
    if path.stat().st_size > MAX_BYTES:
        found.append(f"The zip has {path.stat().st_size / 1e6:.1f} MB; {MAX_BYTES / 1e6:.0f} are allowed.")
    with zipfile.ZipFile(path) as archive:
        names = [PurePosixPath(info.filename) for info in archive.infolist() if not info.is_dir()]
        tops = sorted({name.parts[0] for name in names})
        if tops != [PLUGIN]:
            found.append(f"The zip must hold one folder '{PLUGIN}', not {tops}.")
            return found
        for name in names:
            if any(part.startswith((".", "__MACOSX", "__pycache__")) for part in name.parts):
                found.append(f"{name} is hidden or a cache.")
            if name.suffix.lower() in FORBIDDEN_SUFFIXES:
                found.append(f"{name} is a script of a shell, a program or compiled Python.")
            if ".." in str(name):
                found.append(f"{name} has two dots in a row, as paths out of the folder have.")
            if archive.getinfo(str(name)).external_attr >> 16 & EXECUTABLE:
                found.append(f"{name} is executable.")
            with archive.open(str(name)) as file:
                if file.read(4).startswith(PROGRAM_STARTS):
                    found.append(f"{name} is a program or a compiled library.")
        needed = ("LICENSE", "__init__.py", "metadata.txt")
        found += [f"{name} is missing." for name in needed if PurePosixPath(PLUGIN, name) not in names]
        if PurePosixPath(PLUGIN, "metadata.txt") in names:
            found += _metadata_problems(archive.read(f"{PLUGIN}/metadata.txt").decode())
    return found


def _metadata_problems(text: str) -> list[str]:
    metadata = _read_metadata(text)
    found = [f"metadata.txt has no {field}." for field in REQUIRED_FIELDS if not metadata.get(field)]
    if "plugin" in metadata.get("name", "").lower():
        found.append("The name in metadata.txt must not contain 'plugin'.")
    if "/" in metadata.get("author", ""):
        found.append("The author in metadata.txt must not contain a slash.")
    addresses = {field: urlparse(metadata.get(field, "")) for field in ("tracker", "repository", "homepage")}
    found += [
        f"The {field} in metadata.txt is no address of a page."
        for field, address in addresses.items()
        if metadata.get(field) and not (address.scheme and address.netloc)
    ]
    try:
        _read_metadata(text, ConfigParser())
    except InterpolationError:
        found.append("The repository takes % in metadata.txt for the name of a field: write per cent.")
    html = re.compile(r"<[a-z/!][^>]*>", re.IGNORECASE)
    found += [
        f"The {field} in metadata.txt must not contain HTML." for field in metadata if html.search(metadata[field])
    ]
    if metadata.get("hasProcessingProvider") != "yes":
        found.append("Without hasProcessingProvider=yes in metadata.txt qgis_process never loads the plugin.")
    version, changelog = metadata.get("version", ""), metadata.get("changelog", "").strip()
    if changelog and not changelog.startswith(version):
        found.append(f"The changelog in metadata.txt must begin with the version, {version}.")
    return found


def _read_metadata(text: str, parser: ConfigParser | None = None) -> dict[str, str]:
    parser = parser or ConfigParser(interpolation=None)
    parser.optionxform = str  # The names of the fields are case-sensitive to QGIS.
    parser.read_string(text)
    return dict(parser["general"])


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout


def main() -> int:
    """Build and check; give the exit code."""
    path = build(ROOT / "build")
    if _git("status", "--porcelain"):
        print("Note: what is not committed is not in the zip.")
    found = problems(path)
    print(*found, sep="\n", end="\n" if found else "")
    if not found:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.2f} MB, keeps the plugin repository's rules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
