"""The translations are complete and well formed, and are used where the user has chosen their language."""

import ast
import json
import os
import re
import shutil
import string
import subprocess
import sys
from datetime import date
from pathlib import Path

import golden
import make_translations
import numpy as np
import pytest
from permafrost_mapper.core.language import speak, tr
from permafrost_mapper.core.reports.combined import CombinedReport, read_chapter
from permafrost_mapper.core.reports.report import Report

CHINESE = make_translations.FILES["zh_CN"]


@pytest.fixture
def qgis_speaks(qgis_app, monkeypatch):
    """Return the function that sets the locale of QGIS; the texts are English again after the test."""
    from permafrost_mapper.algorithms import translation
    from qgis.core import QgsSettings

    installed = []

    def speaks(locale):
        settings = QgsSettings()
        settings.setValue("locale/overrideFlag", True)
        settings.setValue("locale/userLocale", locale)
        installed.append(translation.install_translator())
        return installed[-1]

    yield speaks
    for key in ("overrideFlag", "userLocale"):
        QgsSettings().remove(f"locale/{key}")
    for translator in installed:
        translation.remove_translator(translator)


def fields(template):
    """The fields of a template with their formats, sorted."""
    parsed = string.Formatter().parse(template)
    return sorted((name, spec, conversion or "") for _, name, spec, conversion in parsed if name is not None)


def test_every_text_is_a_literal_that_the_tool_finds():
    assert make_translations.written_texts()[1] == []


def test_the_reasons_and_remedies_of_rows_left_out_are_translated():
    plain = []
    for path in make_translations.shipped_modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".leave_out"):
                plain += [one.value for one in node.args if isinstance(one, ast.Constant) and " " in str(one.value)]
    assert plain == []


def test_the_compiled_file_holds_what_is_in_the_file_of_translations(qgis_speaks):
    assert qgis_speaks("zh_CN") is not None
    translations = {text: one for text, one in make_translations.messages(CHINESE).items() if one}
    assert len(translations) > 1
    assert {text: tr(text) for text in translations} == translations


def test_no_text_lacks_a_translation(provider):
    texts = make_translations.all_texts(provider)
    translations = make_translations.messages(CHINESE)
    missing = sorted(text for text in texts if not translations.get(text))
    assert missing == [], "run tools/make_translations.py and translate these"
    assert sorted(set(translations) - set(texts)) == []


def test_a_translation_has_the_fields_of_its_text():
    wrong = {
        text: one
        for text, one in make_translations.messages(CHINESE).items()
        if one and "{" in text + one and fields(text) != fields(one)
    }
    assert wrong == {}


@pytest.mark.parametrize("locale", ["zh-Hans", "zh_CN", "zh_CN.UTF-8", "zh", "zh-Hant"])
def test_a_chinese_qgis_reads_chinese(qgis_speaks, locale):
    assert qgis_speaks(locale) is not None
    assert tr("Permafrost map") == "多年冻土图"
    assert tr("a text that has no translation") == "a text that has no translation"


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "", "C"])
def test_others_read_english(qgis_speaks, locale):
    assert qgis_speaks(locale) is None
    assert tr("Permafrost map") == "Permafrost map"


def test_the_plugin_takes_its_language_with_it(qgis_speaks, provider):
    from permafrost_mapper.algorithms.translation import remove_translator

    translator = qgis_speaks("zh_CN")
    remove_translator(translator)
    assert tr("Permafrost map") == "Permafrost map"


def test_an_algorithm_is_found_by_words_of_both_languages(provider):
    speak(lambda text: f"[{text}]")
    try:
        tags = provider.algorithm("filllstgaps").create().tags()
    finally:
        speak(str)
    assert {"kriging", "[kriging]"} <= set(tags)
    tags = provider.algorithm("filllstgaps").create().tags()
    assert len(tags) == len(set(tags))


def test_translated_words_show_the_token_that_help_and_scripts_use():
    from permafrost_mapper.algorithms.parameters.words import words_of

    speak({"Bilinear": "双线性", "ESA CCI": "ESA CCI"}.__getitem__)
    try:
        assert words_of("METHOD", "bilinear") == "双线性 (bilinear)"
        assert words_of("TABLE", "esa_cci") == "ESA CCI"
    finally:
        speak(str)
    assert words_of("METHOD", "bilinear") == "Bilinear"


def test_a_model_is_called_in_the_language_of_the_user_and_keeps_its_id(provider):
    speak(lambda text: f"[{text}]")
    try:
        provider.refreshAlgorithms()
        shown = provider.algorithm("permafrost map from degree days")
        copy = shown.create()
        for model in (shown, copy):
            assert model.id() == "permafrost:permafrost map from degree days"
            assert model.displayName() == "[permafrost map from degree days]"
            assert model.group() == "[Models]"
        definition = copy.parameterDefinition("LAKES")
        assert definition.description() == "[Lakes]"
        assert definition.help().startswith("[Polygons")
        assert copy.parameterDefinition("ttop:TTOP").description() == "[TTOP]"
        assert "[Makes a permafrost map" in copy.shortHelpString()
    finally:
        speak(str)
        provider.refreshAlgorithms()
    assert provider.algorithm("permafrost map from degree days").displayName() == "permafrost map from degree days"


def test_models_are_loaded_without_a_word_in_the_log(provider, qgis_log):
    provider.refreshAlgorithms()
    assert provider.algorithm("permafrost map from LST") is not None
    assert qgis_log == []


@pytest.fixture
def speak_in_brackets(provider):
    """Return the function that puts all texts into brackets; they are English again after the test."""
    yield lambda: speak(golden.bracket, "x-brackets")
    speak(str)


def contents(folder):
    """The files below a folder with their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def chain(run, make_raster, tmp_path):
    """Return the function that makes a map of some cells, its accuracy and its areas in a folder, and exports it."""
    rng = np.random.default_rng(3)
    ddt, ddf = rng.uniform(900, 1900, (12, 15)), rng.uniform(700, 1600, (12, 15))
    made = {
        "ddt": make_raster("ddt", ddt.astype(np.float32)),
        "ddf": make_raster("ddf", ddf.astype(np.float32)),
        "survey": make_raster("survey", np.where(0.77 * ddt < ddf, 1, 2).astype(np.uint8), nodata=0),
    }
    out = tmp_path / "out"

    def chain():
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        ttop, permafrost = str(out / "ttop.tif"), str(out / "map.tif")
        product = {"MAPS": [permafrost], "TTOP": ttop, "TITLE": "A map", "AUTHORS": "A, B", "LICENSE": "CC-BY-4.0"}
        for algorithm, parameters in (
            ("ttop", {"DDT": made["ddt"], "DDF": made["ddf"], "RK_VALUE": 0.8, "OUTPUT": ttop}),
            ("classify", {"TTOP": ttop, "OUTPUT": permafrost}),
            (
                "accuracy",
                {
                    "MAP": permafrost,
                    "REFERENCE": made["survey"],
                    "BLOCK_SIZE": 0,
                    "OUTPUT": str(out / "agreement.tif"),
                    "TABLE": str(out / "accuracy.csv"),
                },
            ),
            ("areastatistics", {"MAP": permafrost, "TABLE": str(out / "areas.csv")}),
            ("exportproduct", {**product, "PERIOD": "2005-2020", "OUTPUT": str(out / "product")}),
        ):
            done = run(algorithm, parameters)
            assert done.ok, done.errors
            said.append(done.log)
        return contents(out)

    said = []
    chain.said = said
    return chain


def test_what_is_data_does_not_depend_on_the_language(chain, speak_in_brackets):
    english = chain()
    assert golden.OPEN not in "".join(chain.said)
    chain.said.clear()
    speak_in_brackets()
    bracketed = chain()
    assert golden.OPEN in "".join(chain.said)
    # A product holds the time at which it was made.
    same = [name for name in english if not name.startswith("product/")]
    assert {name: bracketed[name] for name in same} == {name: english[name] for name in same}
    assert sorted(bracketed) == sorted(english)
    assert [name for name, held in bracketed.items() if golden.OPEN.encode() in held] == []


def test_what_fills_a_message_is_translated_too(run, tmp_path, speak_in_brackets):
    days, stations = np.arange("2019-01-01", "2020-01-01", 3, "datetime64[D]"), ("A", "B", "C")
    lst = 15 * np.random.default_rng(1).normal(size=(len(days), len(stations)))
    rows = [
        f"{name},{day},{0.6 * value + 2:.2f},{value:.2f}"
        for day, values in zip(days, lst)
        for name, value in zip(stations, values)
    ]
    table = tmp_path / "samples.csv"
    table.write_text("\n".join(["station,date,gst,terra_day", *rows]), encoding="utf-8")
    speak_in_brackets()
    done = run("fitgstmodel", {"INPUT": str(table), "PREDICTORS": ["terra_day"]})
    assert done.ok, done.errors
    assert all(golden.bracket(words) in done.log for words in ("random folds", "stations left out"))


def test_a_run_in_one_language_is_complete_in_another(run, make_stack, tmp_path, speak_in_brackets):
    values = np.full((365, 2, 3), -3.0)
    values[120:270] = 8.0
    job = {
        "GST": [make_stack("gst", date(2005, 1, 1), values)],
        "YEAR_START": 1,
        "DDT": str(tmp_path / "ddt.tif"),
        "DDF": str(tmp_path / "ddf.tif"),
    }
    first = run("degreedays", job)
    assert first.ok, first.errors
    before = contents(tmp_path)
    speak_in_brackets()
    second = run("degreedays", job)
    assert second.ok, second.errors
    assert "nothing is repeated" in second.log
    assert golden.OPEN in second.log
    assert contents(tmp_path) == before


def test_a_report_in_another_language_is_read_as_a_chapter(speak_in_brackets):
    def written():
        report = Report("Title", "data")
        report.key_figures([("Kappa", 0.7, "")])
        report.table(["Class"], [("permafrost",)], "A table.")
        report.figure("<svg></svg>", "A figure.")
        report.methods("It was done.")
        report.references(["Cohen (1960)."])
        return report.html("2025-06-01T12:00:00Z")

    english = written()
    speak_in_brackets()
    bracketed = written()
    assert golden.bracket("For the methods section") in bracketed
    assert '<html lang="x-brackets">' in bracketed
    chapters = [read_chapter(html, "report") for html in (english, bracketed)]
    for chapter in chapters:
        assert chapter.methods == ("It was done.",)
        assert chapter.references == ("Cohen (1960).",)
    combined = CombinedReport("All")
    for chapter in chapters:
        combined.chapter(chapter)
    numbers = re.findall(r"<b>([^<]*)</b>", combined.html("2025-06-01T12:00:00Z"))
    assert numbers == [golden.bracket(text) for text in ("Table 1.", "Figure 1.", "Table 2.", "Figure 2.")]


# What of the golden reports is data: titles, names of regions, maps, stations and scenes, tokens, and words of labels
# that are broken into lines.
DATA = {
    *("Accuracy of a permafrost map", "Active layer thickness", "Areas of a permafrost map", "Assess gap filling"),
    *("Calibrate r_k", "Change of permafrost", "Compare permafrost maps", "Compare with boreholes", "Fill gaps of LST"),
    *("Fit GST model", "Fit a variogram", "Series at a point", "GST"),
    *("north", "south", "Peat & moss", "Sand", "good", "poor", "same", "Mohe", "Tanggula", "Wudaoliang"),
    *("after", "before", "std", "'scene'", "terra_day", "terra_night", "aqua_day", "Terra day", "Terra night"),
    *("elevation", "none", "== 1 drop 3 4", "permafrost"),
    "trend 'none' instead of 'elevation_reference': no known cell",
    "trend 'elevation' instead of 'elevation_reference': too few known cells to fit a slope (20)",
}

# What is the same in all languages.
SYMBOLS = re.compile(r"(?:[\W\d_]|\b(?:[A-Zbcpx]|OA|F1|MCC|MAGT|TTOP|McNemar|r_k|km|km²|r²|K|°C|exact)\b)*")


def golden_tests():
    """The tests that hold a report against its golden file, as pytest names them."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "check_golden(" in text and path.name not in (
            "test_report.py",
            "test_exportproduct.py",
            "test_translations.py",
        ):
            for node in ast.parse(text).body:
                if isinstance(node, ast.FunctionDef) and "check_golden(" in ast.unparse(node):
                    yield f"{path}::{node.name}"


def test_what_reports_say_passes_the_translator(tmp_path):
    found = tmp_path / "found"
    found.touch()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *golden_tests()]
    env = {**os.environ, "PERMAFROST_BRACKETS": str(found)}
    subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, timeout=600, check=False)
    said = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    assert len({name for name, _ in said}) >= 5
    assert sorted({(name, text) for name, text in said if not SYMBOLS.fullmatch(text) and text not in DATA}) == []
