"""How the documentation site is built: `make site`."""

from configparser import ConfigParser
from pathlib import Path

metadata = ConfigParser()
metadata.read(Path(__file__).parent.parent / "metadata.txt", encoding="utf-8")

project = metadata["general"]["name"]
author = metadata["general"]["author"]
version = release = metadata["general"]["version"]
copyright = author
extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
exclude_patterns = ["requirements.txt"]
# A link that leads nowhere fails the build; code without a language is plain text.
nitpicky = True
highlight_language = "none"
html_theme = "furo"
html_title = f"{project} {release}"
html_logo = "../resources/icons/permafrost.svg"
html_favicon = html_logo
# Nothing is loaded from elsewhere, so that the site reads and searches from a folder without a network.
html_show_sphinx = False
