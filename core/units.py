"""Units with which the bands of rasters are tagged, and what to do with numbers in another one."""

from __future__ import annotations

import re
from typing import Iterable

from .errors import InputError
from .language import later, tr

# Spellings of units in lower case, without spaces and signs.
SPELLINGS = {
    "degC": {"degc", "c", "℃", "celsius", "degreec", "degreesc", "degreecelsius", "degreescelsius"},
    "degF": {"degf", "f", "℉", "fahrenheit", "degreef", "degreesf", "degreefahrenheit", "degreesfahrenheit"},
    "K": {"k", "degk", "kelvin", "kelvins", "degreekelvin", "degreeskelvin"},
    "degC d": {"degcd", "degcday", "degcdays"},
    "degF d": {"degfd", "degfday", "degfdays", "fd", "fday", "fdays"},
    "m": {"m", "metre", "metres", "meter", "meters"},
    "ft": {"ft", "foot", "feet", "usft", "ftus", "ussurveyfoot", "ussurveyfeet", "internationalfoot"},
    "km": {"km", "kilometre", "kilometres", "kilometer", "kilometers"},
    "dm": {"dm", "decimetre", "decimetres", "decimeter", "decimeters"},
    "cm": {"cm", "centimetre", "centimetres", "centimeter", "centimeters"},
    "mm": {"mm", "millimetre", "millimetres", "millimeter", "millimeters"},
    "%": {"%", "percent", "pct"},
}
SIGNS = re.compile(r"[\s_.*·-]")

# How units are written for users.
SHOWN = {"degC": "°C", "degC d": "°C d", "m": "m"}

# By the unit that is needed: how to convert others to it, and units of other quantities, as texts that end sentences.
# The tag of a unit of length may be that of a vertical datum, which says nothing about temperatures; kelvin and degree
# days are told by their numbers, also where these have been made °C and the tag has stayed.
OTHER_QUANTITY = later("choose another raster")
REMEDIES = {
    "degC": {
        "degF": later("subtract 32 and divide by 1.8"),
        "%": OTHER_QUANTITY,
    },
    "degC d": {"degF d": later("divide by 1.8"), "%": OTHER_QUANTITY},
    "m": {
        "ft": later("multiply by 0.3048"),
        "km": later("multiply by 1000"),
        "dm": later("divide by 10"),
        "cm": later("divide by 100"),
        "mm": later("divide by 1000"),
        "degC": OTHER_QUANTITY,
        "degF": OTHER_QUANTITY,
        "K": OTHER_QUANTITY,
        "degC d": OTHER_QUANTITY,
        "%": OTHER_QUANTITY,
    },
}


def unit_named(tag: str) -> str:
    """Return the unit of a tag, a key of `SPELLINGS`; empty where it is none of them."""
    plain = SIGNS.sub("", tag.casefold().replace("°", "deg"))
    return next((unit for unit, spellings in SPELLINGS.items() if plain in spellings), "")


def require_unit(tags: Iterable[str], needed: str, name: str) -> None:
    """Raise an `InputError` if a band of a raster is tagged with another unit than is needed.

    Parameters
    ----------
    tags : iterable of str
        Of the bands that are used; empty or unknown ones are ignored.
    needed : str
        A key of `REMEDIES`.
    name : str
        Name of the raster.
    """
    for tag in dict.fromkeys(tags):
        remedy = REMEDIES[needed].get(unit_named(tag))
        if remedy:
            raise InputError(
                tr(
                    "'{name}' is tagged with the unit '{tag}', and {needed} is needed: {remedy}, or correct the unit "
                    "of its bands if the numbers are in {needed}.",
                    name=name,
                    tag=tag,
                    needed=SHOWN[needed],
                    remedy=tr(remedy),
                )
            )
