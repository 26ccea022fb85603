"""Name and version of the plugin, read from the one place that states them: ``metadata.txt``."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"


def _metadata() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser


NAME = _metadata().get("general", "name")
VERSION = _metadata().get("general", "version")
