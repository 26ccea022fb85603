"""The translations are complete and well formed, and are used where the user has chosen their language."""

import string

import make_translations
import pytest
from permafrost_mapper.core.language import speak, tr

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


def test_the_compiled_file_holds_what_is_in_the_file_of_translations(qgis_speaks):
    assert qgis_speaks("zh_CN") is not None
    translations = {text: one for text, one in make_translations.messages(CHINESE).items() if one}
    assert len(translations) > 1
    assert {text: tr(text) for text in translations} == translations


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
