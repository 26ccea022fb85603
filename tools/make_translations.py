"""Collects all texts that users read, and keeps their translations with Qt's tools: resources/i18n.

Without arguments it brings the translations in line with the sources. ``--missing FOLDER`` writes the texts that have
none as JSON files from text to an empty string; filled in, ``--read FILE ...`` takes them.
"""

from __future__ import annotations

import argparse
import ast
import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterable, Iterator
from xml.etree import ElementTree

import headless

ROOT = headless.ROOT
FILES = {"zh_CN": ROOT / "resources" / "i18n" / "permafrost_mapper_zh_CN.ts"}
SHIPPED = ("core", "raster", "algorithms", "window")
TOOL_FOLDERS = ("/usr/lib/qt5/bin", "/usr/lib/qt6/bin", "/usr/lib/x86_64-linux-gnu/qt5/bin")

# Calls in which a literal is a text, and which argument it is.
TEXT_OF = {"tr": 0, "say": 0, "later": 0, "MapClass": 1, "SimulatedLayer": 2}

# Calls of `tr` whose text is no literal: what is declared elsewhere as a literal passes it here.
EDGES = {
    "algorithms/base.py": {
        "' '.join(paragraph.split())",
        "self.GROUP[1]",
        "self.SUMMARY",
        "self.TITLE",
    },
    "algorithms/parameters/declaration.py": {"help_text", "self.label"},
    "algorithms/parameters/layers.py": {"label"},
    "algorithms/parameters/outputs.py": {"label"},
    "algorithms/parameters/tables.py": {"label"},
    "algorithms/parameters/values.py": {"label"},
    "algorithms/parameters/words.py": {"words"},
    "algorithms/picture.py": {"entry.name"},
    "algorithms/prepare/samplelayers.py": {"layer.label"},
    "algorithms/publish/combinereports.py": {"HEADING"},
    "algorithms/style.py": {"c.name"},
    "algorithms/translation.py": {"part", "self.name()"},
    "core/assess/accuracy.py": {"sentence"},
    "core/celsius.py": {"sentence"},
    "core/permafrost/classify.py": {"sentences[name]"},
    "core/assess/boreholes.py": {"why"},
    "core/reports/accuracy.py": {"label"},
    "core/reports/areastatistics.py": {"one.name"},
    "core/reports/maplayout.py": {"entry.name"},
    "core/reports/boreholes.py": {"label", "why"},
    "core/reports/calibraterk.py": {"label"},
    "core/reports/change.py": {"PERMAFROST_MAP[i].name"},
    "core/reports/combined.py": {"text"},
    "core/reports/combinereports.py": {"words"},
    "core/reports/fitgstmodel.py": {"label"},
    "core/reports/wording.py": {"of_basin.group(1)"},
    "core/units.py": {"remedy"},
    "raster/publish/preview.py": {"entry.name"},
    "window/models.py": {"Path(file_name).stem.replace('_', ' ')"},
}

ENTRIES_PER_FILE = 150


def calls(path: Path) -> Iterator[tuple[str, ast.expr]]:
    """Yield the name of each call that takes a text, and the text, from a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXT_OF:
            place = TEXT_OF[node.func.id]
            if len(node.args) > place:
                yield node.func.id, node.args[place]


def is_constant(text: ast.expr) -> bool:
    """Return whether a text is a constant of a module, or an item of one, whose literals are marked by `later`."""
    name = text.value if isinstance(text, ast.Subscript) else text
    return isinstance(name, ast.Name) and name.id.isupper()


def shipped_modules() -> list[Path]:
    """Return the modules that go into the zip."""
    return [*sorted(ROOT.glob("*.py")), *(path for name in SHIPPED for path in sorted((ROOT / name).rglob("*.py")))]


def written_texts() -> tuple[dict[str, str], list[str]]:
    """Return the literals with the module of each, and the calls of `tr` that have none and are no edge."""
    found, without = {}, []
    for path in shipped_modules():
        name = path.relative_to(ROOT).as_posix()
        for called, text in calls(path):
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found.setdefault(text.value, name)
            elif called in ("tr", "say") and not is_constant(text) and ast.unparse(text) not in EDGES.get(name, ()):
                without.append(f"{name}, line {text.lineno}: tr({ast.unparse(text)})")
    return found, without


@contextmanager
def recorded(place: str, found: dict[str, str]) -> Iterator[None]:
    """Record all texts that pass `tr` meanwhile."""
    from permafrost_mapper.core import language

    before = language._translate

    def record(text: str) -> str:
        found.setdefault(text, place)
        return text

    language.speak(record)
    try:
        yield
    finally:
        language.speak(before)


def declared_texts(provider: Any) -> dict[str, str]:
    """Return the texts of the algorithms and models, with the id of the first that has each."""
    from permafrost_mapper.algorithms.parameters.words import words_of

    found: dict[str, str] = {}
    for algorithm in provider.algorithms():
        with recorded(algorithm.id(), found):
            # A new copy, since this one has its texts already.
            declared = algorithm.create()
            for text in (declared.displayName, declared.group, declared.tags, declared.shortDescription):
                text()
            declared.shortHelpString()
            for definition in declared.parameterDefinitions():
                for token in getattr(definition, "options", list)():
                    words_of(definition.name(), token)
    with recorded("models", found):
        for model in models():
            model()
    with recorded("the plugin", found):
        provider.name()
    return found


def models() -> Iterator[Any]:
    """Yield functions that translate the models, as the provider and the menu do."""
    from permafrost_mapper.provider import MODELS
    from permafrost_mapper.window.models import copy_of_model

    for file_name in MODELS:
        yield lambda name=file_name: copy_of_model(name)


def all_texts(provider: Any) -> dict[str, str]:
    """Return all texts, with where the first of each is: an algorithm's id or a module."""
    texts, without = written_texts()
    if without:
        raise ValueError("tr() takes literals, which are collected, except at EDGES: " + "; ".join(without))
    return {**declared_texts(provider), **texts}


def qt_tool(name: str) -> str:
    """Return the path of a tool of Qt."""
    found = shutil.which(name, path=":".join(TOOL_FOLDERS)) or shutil.which(name)
    if found is None:
        sys.exit(f"{name} is missing: run 'make translations', which installs it.")
    return found


def update(texts: dict[str, str], path: Path, language: str) -> None:
    """Bring a file of translations in line with the texts: new ones are unfinished, old ones are dropped."""
    from permafrost_mapper.algorithms.translation import CONTEXT

    lines = [
        f"//: {place}\nQCoreApplication::translate({json.dumps(CONTEXT)}, {json.dumps(text, ensure_ascii=False)});"
        for text, place in sorted(texts.items(), key=lambda item: (item[1], item[0]))
    ]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "texts.cpp")
        source.write_text("void texts() {\n" + "\n".join(lines) + "\n}\n", encoding="utf-8")
        command = [qt_tool("lupdate"), str(source), "-ts", str(path), "-source-language", "en"]
        command += ["-target-language", language, "-locations", "none", "-no-obsolete"]
        for heuristic in ("sametext", "similartext", "number"):
            command += ["-disable-heuristic", heuristic]
        subprocess.run(command, check=True, capture_output=True)


def messages(path: Path) -> dict[str, str]:
    """Return the translations in a file by their texts; empty where there is none."""
    tree = ElementTree.parse(path)  # noqa: S314
    return {message.findtext("source", ""): message.findtext("translation") or "" for message in tree.iter("message")}


def fill(path: Path, translations: dict[str, str]) -> int:
    """Put translations into a file; return how many of them it has."""
    tree = ElementTree.parse(path)  # noqa: S314
    count = 0
    for message in tree.iter("message"):
        translation = translations.get(message.findtext("source", ""))
        if translation:
            element = message.find("translation")
            element.text = translation
            element.attrib.pop("type", None)
            count += 1
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return count


def release(path: Path) -> None:
    """Write the compiled file beside a file of translations."""
    compiled = str(path.with_suffix(".qm"))
    subprocess.run([qt_tool("lrelease"), "-silent", str(path), "-qm", compiled], check=True)


def write_missing(texts: dict[str, str], known: dict[str, str], folder: Path) -> None:
    """Write the texts without translation, those of declarations apart from the sentences in modules."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = sorted((place, text) for text, place in texts.items() if not known.get(text))
    for kind in ("declared", "sentences"):
        chosen = [text for place, text in missing if place.endswith(".py") == (kind == "sentences")]
        for number, first in enumerate(range(0, len(chosen), ENTRIES_PER_FILE), start=1):
            part = dict.fromkeys(chosen[first : first + ENTRIES_PER_FILE], "")
            written = json.dumps(part, ensure_ascii=False, indent=1)
            (folder / f"{kind}_{number}.json").write_text(written + "\n", encoding="utf-8")


def read(paths: Iterable[Path]) -> dict[str, str]:
    """Return the translations of JSON files."""
    return {text: one for path in paths for text, one in json.loads(path.read_text(encoding="utf-8")).items() if one}


def main() -> None:
    """Collect, merge and compile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", type=Path, metavar="FOLDER", help="write the texts without translation here")
    parser.add_argument("--read", type=Path, nargs="+", default=[], metavar="FILE", help="take these translations")
    arguments = parser.parse_args()
    with headless.application() as provider:
        texts = all_texts(provider)
        for language, path in FILES.items():
            update(texts, path, language)
            given = read(arguments.read)
            if given:
                fill(path, given)
                # Once more, so that the file is as Qt writes it.
                update(texts, path, language)
            release(path)
            known = messages(path)
            if arguments.missing:
                write_missing(texts, known, arguments.missing)
            words = sum(len(text.split()) for text in texts)
            print(f"{path.name}: {sum(map(bool, known.values()))} of {len(texts)} texts ({words} words) are translated")


if __name__ == "__main__":
    main()
