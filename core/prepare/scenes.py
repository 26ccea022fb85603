"""Reads satellite, time of day, date and tile from the names of scene files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath
from typing import Iterable, Mapping, Optional, Sequence

from ..errors import InputError
from ..language import Say, later, tr
from ..tabletext import clean

OVERPASS_LABELS = {
    "terra_day": later("Terra, day"),
    "terra_night": later("Terra, night"),
    "aqua_day": later("Aqua, day"),
    "aqua_night": later("Aqua, night"),
}
OVERPASSES = tuple(OVERPASS_LABELS)

# VIIRS (VNP on Suomi NPP, VJ1 on NOAA-20, VJ2 on NOAA-21) passes at the times of Aqua, about 13:30 and 01:30.
SATELLITES = {
    "terra": "terra",
    "mod": "terra",
    "aqua": "aqua",
    "myd": "aqua",
    **dict.fromkeys(("vnp", "vj1", "vj2"), "aqua"),
}
TIMES = {"day": "day", "d": "day", "night": "night", "n": "night"}

# The named parts of a pattern, as regular expressions.
PARTS = {
    "SATELLITE": "|".join(SATELLITES),
    "TIME": "|".join(TIMES),
    "YYYY": r"(?:19|20)\d\d",
    "MM": r"\d\d",
    "DD": r"\d\d",
    "DDD": r"\d\d\d",
    "TILE": "[A-Za-z0-9]+",
}
DATE_PARTS = {"YYYY", "MM", "DD", "DDD"}
OF_ANY_LENGTH = ("SATELLITE", "TIME", "TILE")
TOKEN = re.compile(r"\{(?P<part>[^}]*)\}|(?P<wild>[*?])|(?P<literal>[^*?{]+|\{)")

# Granules as delivered hold several layers, in the format that the extension stands for. Those of MxD11 hold day and
# night, those of MxD21 and VIIRS one of them.
GRANULES = {".hdf": "HDF4", ".h5": "HDF5"}

# The MxD21 products and those of VIIRS, whose layers and quality bits differ from those of MxD11.
OF_21 = re.compile(r"21A1[DN]", re.IGNORECASE)

# Instruments that a name may contain: files of one overpass must not mix them, nor the satellites that carry VIIRS,
# whose swaths differ.
INSTRUMENT = re.compile(r"V(?:NP|J1|J2)|(?P<modis>M[OY]D)", re.IGNORECASE)


@dataclass(frozen=True)
class Product:
    """How a product names its files and stores its temperatures.

    Attributes
    ----------
    patterns : tuple of str
        Patterns of file names, in the notation of `NamePattern`.
    indirect : tuple of str
        Patterns of names without a satellite, which a folder states, or without a time of day, which the bands state:
        ``MOD11A1/2019_01_01.tif``.
    examples : tuple of str
        Names that an error message shows.
    scale, offset : float, optional
        stored x scale + offset is in K; None to use those of the file's metadata.
    nodata : float, optional
        Stored where there is no temperature, in addition to the nodata value of the file.
    has_qc : bool
        Whether a layer of quality bits belongs to each scene.
    """

    patterns: tuple[str, ...] = ()
    indirect: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    scale: Optional[float] = None
    offset: Optional[float] = None
    nodata: Optional[float] = None
    has_qc: bool = False


# Dates as written by Earth Engine, the MODIS Reprojection Tool, ModisDownload of R, and people.
_DATES = ("{YYYY}_{MM}_{DD}", "{YYYY}-{MM}-{DD}", "{YYYY}.{MM}.{DD}", "{YYYY}{MM}{DD}")

_MODIS = (
    "{SATELLITE}11A1.A{YYYY}{DDD}.{TILE}.*.hdf",
    "{SATELLITE}21A1{TIME}.A{YYYY}{DDD}.{TILE}.*.hdf",
    "{SATELLITE}21A1{TIME}.A{YYYY}{DDD}.{TILE}.*.h5",
    "{SATELLITE}11A1*{YYYY}{DDD}*LST_{TIME}_1km.tif",
    "{SATELLITE}11A1*LST_{TIME}_1km*{YYYY}{DDD}*.tif",
    # AppEEARS, which appends a time of six digits to the day since 2023
    "{SATELLITE}11A1*LST_{TIME}_1km_doy{YYYY}{DDD}??????_aid*.tif",
    "{SATELLITE}21A1{TIME}*LST_1KM_doy{YYYY}{DDD}_aid*.tif",
    "{SATELLITE}21A1{TIME}*LST_1KM_doy{YYYY}{DDD}??????_aid*.tif",
    # MODIStsp
    "{SATELLITE}11A1*LST_{TIME}_1km_{YYYY}_{DDD}.tif",
    "{SATELLITE}11A1*LST_{TIME}_{YYYY}_{DDD}.tif",
    *(
        pattern.replace("{DATE}", written)
        for written in _DATES
        for pattern in (
            "*{SATELLITE}11A1*{DATE}*LST_{TIME}_1km.tif",
            # Earth Engine splits large images.
            "*{SATELLITE}11A1*{DATE}*LST_{TIME}_1km-??????????-??????????.tif",
            "*{SATELLITE}11A1*LST_{TIME}_1km*{DATE}.tif",
            "*{SATELLITE}11A1*LST_{TIME}_{DATE}.tif",
        )
    ),
)
_MODIS_INDIRECT = tuple(
    pattern.replace("{DATE}", written)
    for written in _DATES
    for pattern in (
        "{DATE}?LST_{TIME}_1km.tif",
        "LST_{TIME}_1km?{DATE}.tif",
        # Bands of day and night in one file
        "*{SATELLITE}11A1_{DATE}.tif",
        "{DATE}.tif",
    )
)


def _also_tiff(patterns: Sequence[str]) -> tuple[str, ...]:
    return (*patterns, *(f"{pattern}f" for pattern in patterns if pattern.endswith(".tif")))


PRODUCTS = {
    "trims": Product(
        ("TRIMS_{SATELLITE}{YYYY}{DDD}{TIME}.tif",),
        examples=("TRIMS_Terra2005001D.tif",),
        scale=0.01,
        offset=0.0,
        nodata=0.0,
    ),
    "modis": Product(
        _also_tiff(_MODIS),
        _also_tiff(_MODIS_INDIRECT),
        (
            "MOD11A1.A2019001.h25v05.061.*.hdf",
            "VNP21A1D.A2019001.h25v05.002.*.h5",
            "MOD11A1.061_LST_Day_1km_doy2019001000000_aid0001.tif",
            "MOD11A1_LST_Day_1km_2019_001.tif",
            "MOD11A1_2019_01_01_LST_Day_1km.tif",
            "MOD11A1/2019_01_01.LST_Day_1km.tif",
        ),
        0.02,
        0.0,
        0.0,
        has_qc=True,
    ),
    "custom": Product(),
}


@dataclass(frozen=True)
class SceneFile:
    """A file, or the day or night half of a granule, that holds a scene or a tile of it.

    Attributes
    ----------
    path : str
        The file.
    overpass : str
        One of `OVERPASSES`.
    day : datetime.date
        The day of the scene, after the shift of its overpass.
    tile : str
        The part of the name called TILE in the pattern; empty without it.
    states_time : bool
        Whether the name states day or night; otherwise the file holds both, in separate layers or bands.
    """

    path: str
    overpass: str
    day: date
    tile: str = ""
    states_time: bool = True

    @property
    def name(self) -> str:
        """Name of the file."""
        return PurePath(self.path).name

    @property
    def time(self) -> str:
        """``day`` or ``night``."""
        return self.overpass.partition("_")[2]

    @property
    def granule(self) -> str:
        """``HDF4`` or ``HDF5`` if it is a granule as delivered; empty otherwise."""
        return GRANULES.get(PurePath(self.path).suffix.lower(), "")

    @property
    def is_of_21(self) -> bool:
        """Whether it is of MxD21A1, or of VIIRS, with the quality bits of these products."""
        return bool(OF_21.search(self.name))


# The files of a scene, that is of one overpass and day; and scenes by overpass and day.
Files = tuple[SceneFile, ...]
Scenes = dict[str, dict[date, Files]]


class NamePattern:
    """A pattern of file names with named parts.

    Parameters
    ----------
    text : str
        Named parts are {SATELLITE} (Terra, Aqua, MOD, MYD, VNP, VJ1, VJ2), {TIME} (Day, Night, D, N),
        {YYYY}, {MM} and {DD} or the day of the year {DDD}, and {TILE}; ``*`` matches any text, ``?`` any
        character. Case does not matter.

    Raises
    ------
    InputError
        If a part is unknown or repeated, or the parts do not make up a date.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        # Regular expressions of what is between wildcards for any text.
        stretches = [""]
        before = ""
        for token in TOKEN.finditer(text):
            part = token["part"]
            # Next to a wildcard a date must not be part of a longer number: 2013001 within 2016148163210 is none.
            if part in DATE_PARTS and before == "*":
                stretches[-1] += r"(?<!\d)"
            if token["wild"] == "*":
                if before in DATE_PARTS:
                    stretches[-1] += r"(?!\d)"
                if before != "*":
                    stretches.append("")
            else:
                stretches[-1] += self._expression(token)
            before = part or token[0]
        self._regex = re.compile(_expression_of(stretches), re.IGNORECASE)
        if "YYYY" not in self.parts or not ("DDD" in self.parts or {"MM", "DD"} <= set(self.parts)):
            raise InputError(
                tr(
                    "The pattern '{pattern}' names no date: mark it by {{YYYY}} and {{DDD}}, or by {{YYYY}}, {{MM}} "
                    "and {{DD}}.",
                    pattern=text,
                )
            )

    def _expression(self, token: re.Match) -> str:
        part = token["part"]
        if part is None:
            return "." if token["wild"] else re.escape(token["literal"])
        if part not in PARTS:
            known = ", ".join(f"{{{name}}}" for name in PARTS)
            raise InputError(
                tr(
                    "The pattern '{pattern}' holds the unknown part '{{{part}}}': use {known}.",
                    pattern=self.text,
                    part=part,
                    known=known,
                )
            )
        if part in self.parts:
            raise InputError(
                tr(
                    "The pattern '{pattern}' holds {{{part}}} twice: replace one of them by *.",
                    pattern=self.text,
                    part=part,
                )
            )
        self.parts.append(part)
        return f"(?P<{part}>{PARTS[part]})"

    def match(self, name: str) -> Optional[dict[str, str]]:
        """Return the text of each named part in a file name; None if the name does not match."""
        found = self._regex.fullmatch(name)
        return {part: found[part] for part in self.parts} if found else None


def _expression_of(stretches: Sequence[str]) -> str:
    """Join stretches that any text may separate into one regular expression.

    A stretch of fixed length is matched at its first occurrence only, without backtracking, since what follows a later
    occurrence also follows the first: otherwise each wildcard would multiply the time by the length of the name.
    """
    first, *others = stretches
    expression = first
    for number, stretch in enumerate(others, start=1):
        if number == len(others) or any(f"<{part}>" in stretch for part in OF_ANY_LENGTH):
            expression += f".*?{stretch}"
        else:
            expression += f"(?=(?P<_{number}>.*?{stretch}))(?P=_{number})"
    return expression


def _day(parts: Mapping[str, str]) -> Optional[date]:
    """Return the date stated by the parts of a name; None if there is no such day."""
    year = int(parts["YYYY"])
    try:
        if "DDD" not in parts:
            return date(year, int(parts["MM"]), int(parts["DD"]))
        found = date(year, 1, 1) + timedelta(int(parts["DDD"]) - 1)
    except ValueError:
        return None
    return found if found.year == year else None


@dataclass(frozen=True)
class Inventory:
    """The scenes among some files.

    Attributes
    ----------
    scenes : dict
        The files of each scene in the order of their names, by overpass and day.
    undated : tuple of str
        Names that match a pattern with a date that does not exist.
    unmatched : tuple of str
        Names that match no pattern and are not the quality layer of a scene.
    """

    scenes: Scenes
    undated: tuple[str, ...]
    unmatched: tuple[str, ...]


def take_inventory(
    paths: Iterable[str],
    patterns: Sequence[str],
    overpass: Optional[str],
    shifts: Mapping[str, int],
    indirect: Sequence[str] = (),
) -> Inventory:
    """Sort files into scenes by their names.

    Parameters
    ----------
    paths : iterable of str
        Files.
    patterns : sequence of str
        In the notation of `NamePattern`; a file belongs to the first one that it matches.
    overpass : str, optional
        The only overpass that is requested. The names need not state it.
    shifts : mapping
        Days to add to the date in the name, by overpass.
    indirect : sequence of str
        Further patterns, see `Product`.

    Raises
    ------
    InputError
        If a pattern is not understood or incomplete, or files of one overpass are of several products.
    """
    compiled = [NamePattern(pattern) for pattern in patterns]
    if overpass is None:
        for pattern in compiled:
            _require_overpass(pattern)
    compiled += [NamePattern(pattern) for pattern in indirect]
    scenes: dict[str, dict[date, list[SceneFile]]] = {}
    kinds: dict[str, dict[str, str]] = {}
    undated, unmatched = [], []
    for path in sorted(paths, key=lambda path: (PurePath(path).name, path)):
        name = PurePath(path).name
        parts = next(filter(None, (pattern.match(name) for pattern in compiled)), None)
        if parts is not None and "SATELLITE" not in parts and overpass is None:
            satellite = _satellite_of_folders(path)
            parts = {**parts, "SATELLITE": satellite} if satellite else None
        if parts is None:
            unmatched.append(name)
            continue
        day = _day(parts)
        if day is None:
            undated.append(name)
            continue
        for one in _overpasses(parts, overpass):
            shifted = day + timedelta(shifts.get(one, 0))
            file = SceneFile(path, one, shifted, parts.get("TILE", ""), overpass is not None or "TIME" in parts)
            scenes.setdefault(one, {}).setdefault(shifted, []).append(file)
            kinds.setdefault(one, {}).setdefault(_kind(name), name)
    for one, found in kinds.items():
        if len(found) > 1:
            first, second = list(found.values())[:2]
            raise InputError(
                tr(
                    "Scenes of {one} are of several products, such as '{first}' and '{second}': put each product "
                    "into a folder of its own, or give a pattern of the file names.",
                    one=one,
                    first=first,
                    second=second,
                )
            )
    sorted_scenes = {
        one: {day: tuple(files) for day, files in sorted(scenes[one].items())} for one in OVERPASSES if one in scenes
    }
    qualities = {quality_name(file.name) for by_day in scenes.values() for files in by_day.values() for file in files}
    return Inventory(sorted_scenes, tuple(undated), tuple(name for name in unmatched if name not in qualities))


def _satellite_of_folders(path: str) -> str:
    """Return the satellite in the name of the nearest folder, such as ``MODIS_061_MOD11A1``; empty if none."""
    for folder in reversed(PurePath(path).parts[:-1]):
        found = re.search(r"(MOD|MYD)11A1", folder, re.IGNORECASE)
        if found:
            return found[1]
    return ""


def _kind(name: str) -> str:
    """Return instrument and algorithm of a scene, as far as its name states them."""
    found = INSTRUMENT.search(name)
    instrument = found.lastgroup or found[0].upper() if found else ""
    return f"{instrument} {'21' if OF_21.search(name) else ''}"


def quality_name(name: str) -> str:
    """Return the name of the quality layer of an exported scene; the same name if there is none."""
    if OF_21.search(name):
        return re.sub(r"(?i)LST_1km", "QC", name)
    return re.sub(r"(?i)LST_(Day|Night)(?:_[16]km)?", r"QC_\1", name)


def _require_overpass(pattern: NamePattern) -> None:
    lacking = [part for part in ("SATELLITE", "TIME") if part not in pattern.parts]
    if pattern.text.lower().endswith(tuple(GRANULES)):
        lacking = [part for part in lacking if part != "TIME"]
    if lacking:
        raise InputError(
            tr(
                "The pattern '{pattern}' does not contain the overpass: mark it by {{{lacking}}}, or choose an "
                "overpass.",
                pattern=pattern.text,
                lacking=lacking[0],
            )
        )


def _overpasses(parts: Mapping[str, str], wanted: Optional[str]) -> list[str]:
    """Return the wanted overpasses that a name stands for."""
    satellite = SATELLITES.get(parts.get("SATELLITE", "").lower())
    time = TIMES.get(parts.get("TIME", "").lower())
    return [
        overpass
        for overpass in ([wanted] if wanted else OVERPASSES)
        if overpass.startswith(satellite or "") and overpass.endswith(time or "")
    ]


def read_day_shifts(text: str) -> dict[str, int]:
    """Return the days to add by overpass, from a text such as ``aqua_night:1``; commas separate several.

    Raises
    ------
    InputError
        If the text is not understood, or states two shifts for an overpass.
    """
    shifts: dict[str, int] = {}
    for entry in filter(None, (part.strip() for part in clean(text).lower().split(","))):
        overpass, _, days = (part.strip() for part in entry.partition(":"))
        if overpass not in OVERPASSES or not re.fullmatch(r"[+-]?\d", days):
            raise InputError(
                tr(
                    "The day shift '{entry}' is not understood: write the overpass ({overpasses}), a colon and the "
                    "days to add, such as aqua_night:1.",
                    entry=entry,
                    overpasses=", ".join(OVERPASSES),
                )
            )
        if shifts.setdefault(overpass, int(days)) != int(days):
            raise InputError(
                tr(
                    "{overpass} is shifted by both {shifts} and {days} days: keep one of them.",
                    overpass=overpass,
                    shifts=shifts[overpass],
                    days=int(days),
                )
            )
    return shifts


def overpass_label(overpass: str, say: Say = tr) -> str:
    """Return the label of an overpass, such as ``Terra, day``."""
    return say(OVERPASS_LABELS[overpass])


def in_words(days: Sequence[date]) -> str:
    """Return days as text, consecutive days as first to last."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(1):
            runs[-1] = [runs[-1][0], day]
        else:
            runs.append([day])
    return ", ".join(" to ".join(day.isoformat() for day in run) for run in runs)
