"""What the tokens of choices are called in dialogs; scripts, models and reports keep the tokens."""

from __future__ import annotations

from ...core.language import tr

# By token, or by parameter and token where one token means different things.
WORDS = {
    "AUTOCORRELATION none": "Years are independent",
    "LST none": "None, only the layers of the basin",
    "MISSING none": "Not replaced, only valid days are summed",
    "ORIENTATION auto": "Whichever makes the map larger",
    "OVERPASS from_name": "As the file names say",
    "QC none": "Not checked",
    "TREND none": "Mean of the scene",
    "VARIOGRAM auto": "Two nested exponentials",
    "VARIOGRAM_PER auto": "Chosen automatically",
    "a0": "A0, 841 × 1189 mm",
    "a1": "A1, 594 × 841 mm",
    "a2": "A2, 420 × 594 mm",
    "a3": "A3, 297 × 420 mm",
    "a4": "A4, 210 × 297 mm",
    "aqua_day": "Aqua, day",
    "aqua_night": "Aqua, night",
    "average": "Average",
    "basin": "For the whole basin",
    "bilinear": "Bilinear",
    "cells": "Single cells",
    "clouds": "Clouds",
    "custom": "Other files",
    "degc": "°C",
    "dominant": "r_k of the dominant class",
    "elevation": "Linear in elevation, estimated from each scene",
    "elevation_reference": "Elevation and the pattern of other dates",
    "esa_cci": "ESA CCI",
    "exponential": "Exponential",
    "file": "From a CSV file",
    "fixed_lapse": "Elevation with a fixed lapse rate",
    "fraction": "Mean by the fractions of the classes",
    "gaussian": "Gaussian",
    "hamed_rao": "Corrected after Hamed and Rao",
    "harmonic": "Annual and semi-annual waves",
    "hole-effect": "Hole effect",
    "kelvin": "Kelvin",
    "landscape": "Landscape",
    "letter": "Letter, 8.5 × 11 in",
    "likelihood": "Maximum likelihood",
    "linear": "Linear",
    "matern": "Matérn",
    "matrix": "Entered below",
    "mode": "Most frequent value",
    "modis": "MODIS and VIIRS: daily 11A1 and 21A1",
    "modis_igbp": "MODIS, IGBP",
    "moments": "Method of moments",
    "monthly": "Each month scaled by its valid days",
    "month": "Month",
    "nearest": "Nearest",
    "octant": "By octants",
    "ols": "Ordinary least squares",
    "part": "For a part of the basin",
    "period": "Whole period",
    "portrait": "Portrait",
    "power": "Power",
    "ridge": "Ridge regression",
    "scene": "Scene",
    "spherical": "Spherical",
    "stefan": "Stefan equation with soil properties",
    "stefan_e": "Stefan equation with the factor E",
    "terra_day": "Terra, day",
    "terra_night": "Terra, night",
    "trims": "TRIMS LST",
    "within_1k": "Within 1 K",
    "within_2k": "Within 2 K",
    "within_3k": "Within 3 K",
    "year": "Year",
}


def words_of(name: str, token: str) -> str:
    """Return the words for a token of a parameter, with the token in brackets where they do not contain it.

    Help and scripts use the token, so the dialog has to show it.
    """
    words = WORDS.get(f"{name} {token}") or WORDS.get(token)
    if not words:
        return token
    words = tr(words)
    plain = words.replace(",", "").replace("-", " ").lower()
    known = token.replace("_", " ").replace("-", " ") in plain
    return words if known else f"{words} ({token})"
