"""Writes docs/reference from the declarations of the algorithms, and takes the pictures of the dialogs.

The pictures need a screen, which Xvfb gives; ``--no-pictures`` leaves them out.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile

import headless

DOCS = headless.ROOT / "docs"
REFERENCE = DOCS / "reference"
PICTURES = DOCS / "pictures"
DEMO = headless.ROOT / "build" / "demo"
# The folder of the pictures for each language, that of QGIS for it, and which dialogs its pages show; all where empty.
LANGUAGES = {
    "en": (PICTURES, "", ""),
    "zh": (
        PICTURES / "zh",
        "zh-Hans",
        "buildlststack filllstgaps samplelst degreedays classify accuracy permafrost_map_from_degree_days",
    ),
}


def write_reference(provider) -> None:
    """Write one page per algorithm, and their index."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for page in REFERENCE.glob("*.md"):
        page.unlink()
    index = ["# Reference of the algorithms", "", "Generated from the declarations by `make docs`."]
    algorithms = sorted(provider.algorithms(), key=lambda a: (a.group() or "6", a.displayName()))
    group = None
    for algorithm in algorithms:
        if algorithm.group() != group:
            group = algorithm.group()
            index += ["", f"## {group}", ""]
        file_name = f"{algorithm.name().replace(' ', '_')}.md"
        (REFERENCE / file_name).write_text(page_of(algorithm), encoding="utf-8")
        index.append(f"* [{algorithm.displayName()}]({file_name}), `{algorithm.id()}`: {summary_of(algorithm)}")
    (REFERENCE / "README.md").write_text("\n".join(index) + "\n", encoding="utf-8")


def summary_of(algorithm) -> str:
    """Return one sentence; a model has only its help."""
    return algorithm.shortDescription() or "a model of the steps above."


def page_of(algorithm) -> str:
    """Return the page of an algorithm."""
    from qgis.core import QgsProcessingModelAlgorithm

    lines = [f"# {algorithm.displayName()}", "", f"`{algorithm.id()}`, group {algorithm.group()}", ""]
    if isinstance(algorithm, QgsProcessingModelAlgorithm):
        content = algorithm.helpContent()
        lines += [content["ALG_DESC"], ""]
        helps = content
    else:
        lines += [algorithm.SUMMARY, ""]
        for paragraph in algorithm.DESCRIPTION.strip().split("\n\n"):
            lines += [" ".join(paragraph.split()), ""]
        helps = {d.name(): d.help() for d in algorithm.parameterDefinitions()}
    picture = PICTURES / f"{algorithm.name().replace(' ', '_')}.png"
    if picture.exists():
        lines += [f"![The dialog](../pictures/{picture.name})", ""]
    lines += ["## Parameters", "", "| name | what it is | default |", "|---|---|---|"]
    for definition in algorithm.parameterDefinitions():
        lines.append(parameter_row(definition, helps.get(definition.name(), "")))
    numbers = [o for o in algorithm.outputDefinitions() if algorithm.parameterDefinition(o.name()) is None]
    if numbers:
        lines += ["", "## Numbers", "", "| name | what it is |", "|---|---|"]
        lines += [f"| `{o.name()}` | {o.description()} |" for o in numbers]
    lines += ["", "## Headless", "", "```", example(algorithm), "```", ""]
    if references := getattr(algorithm, "REFERENCES", ()):
        lines += ["## References", "", *(f"* {reference}" for reference in references), ""]
    return "\n".join(lines)


def parameter_row(definition, help_text: str) -> str:
    """Return the table row of a parameter."""
    from qgis.core import QgsProcessingParameterDefinition

    flags = definition.flags()
    default = definition.defaultValue()
    if definition.isDestination():
        shown = "optional output" if flags & QgsProcessingParameterDefinition.Flag.FlagOptional else "output"
    elif default is not None and default != "":
        shown = f"`{default:g}`" if isinstance(default, float) else f"`{default}`"
    else:
        shown = "optional" if flags & QgsProcessingParameterDefinition.Flag.FlagOptional else "required"
    options = getattr(definition, "options", list)()
    choices = f" One of {', '.join(f'`{option}`' for option in options)}." if options else ""
    label = f"**{definition.description()}.** " if definition.description() != help_text else ""
    return f"| `{definition.name()}` | {label}{help_text}{choices} | {shown} |"


def example(algorithm) -> str:
    """Return a qgis_process line; of a model, with everything that has to be given."""
    from qgis.core import (
        QgsProcessing,
        QgsProcessingModelAlgorithm,
        QgsProcessingParameterDefinition,
        QgsProcessingParameterVectorLayer,
    )

    words = ["qgis_process run", shlex.quote(algorithm.id()), "--"]
    if not isinstance(algorithm, QgsProcessingModelAlgorithm):
        return " ".join([*words, algorithm.EXAMPLE])
    for definition in algorithm.parameterDefinitions():
        needed = not definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        if needed and definition.defaultValue() in (None, ""):
            name = definition.name()
            ending = "tif"
            if isinstance(definition, QgsProcessingParameterVectorLayer):
                # A table has no geometry to choose from.
                ending = "csv" if definition.dataTypes() == [QgsProcessing.SourceType.TypeVector] else "gpkg"
            words.append(shlex.quote(f"{name}={name.rpartition(':')[2].lower().replace(' ', '_')}.{ending}"))
    return " ".join(words)


def take_pictures() -> None:
    """Take pictures of QGIS on a virtual screen, and of the results of the demo, in each language."""
    if not (DEMO / "from_lst" / "report.html").exists():
        sys.exit("Pictures show the results of the demo: run 'make demo ARGS=--full' first.")
    for language, (pictures, locale, dialogs) in LANGUAGES.items():
        pictures.mkdir(parents=True, exist_ok=True)
        env = {
            "PERMAFROST_DEMO": str(DEMO),
            "PERMAFROST_PICTURES": str(pictures),
            "PERMAFROST_LANGUAGE": language,
            "PERMAFROST_DIALOGS": dialogs,
        }
        script = headless.ROOT / "tools" / "take_pictures.py"
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as temporary:
            # QGIS marks layers in the folder of temporary files, in which the profile must not be.
            env["TMPDIR"] = temporary
            code = headless.run_in_window(script, folder, env, timeout=600, locale=locale)
        if code:
            sys.exit("QGIS has not taken all pictures.")


def main() -> None:
    """Write pages and take pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-pictures", action="store_true")
    if not parser.parse_args().no_pictures:
        take_pictures()
    with headless.application() as provider:
        write_reference(provider)
    print(f"{len(list(REFERENCE.glob('*.md')))} pages in {REFERENCE}")


if __name__ == "__main__":
    main()
