"""Parameters in error sentences: by their names for scripts, and by the labels that dialogs show."""

import re

import numpy as np
import pytest
from permafrost_mapper.algorithms.labels import with_labels

LABELS = {
    "RK": "r_k raster (or a single r_k)",
    "RK_VALUE": "Single r_k",
    "TTOP": "TTOP [°C]",
    "GST": "GST stacks",
    "DEM": "Elevation [m]",
}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("RK is not given.", "RK ('r_k raster') is not given."),
        ("Choose RK or RK_VALUE, and RK first.", "Choose RK ('r_k raster') or RK_VALUE ('Single r_k'), and RK first."),
        # The label is the name.
        ("TTOP is not given.", "TTOP is not given."),
        # The label begins with the name, which is a term too.
        ("GST model 'a.json' cannot be read.", "GST model 'a.json' cannot be read."),
        # A term, not the parameter.
        ("The DEM of 'RK' is unknown.", "The DEM of 'RK' is unknown."),
        ("Write RK=rk.tif, not MARK.", "Write RK=rk.tif, not MARK."),
        ("RK is not given: choose a value for 'r_k raster'.", "RK is not given: choose a value for 'r_k raster'."),
        ("No parameter here.", "No parameter here."),
    ],
)
def test_a_label_follows_the_first_mention_of_a_parameter(sentence, said):
    assert with_labels(sentence, LABELS) == said


def test_a_long_sentence_takes_no_long_time():
    assert with_labels("the RK " * 100_000, LABELS).count("(") == 0


def test_errors_of_all_stages_name_labels(run, make_raster, tmp_path):
    ddt, ddf = (make_raster(name, np.full((2, 2), 900, np.float32)) for name in ("ddt", "ddf"))
    output = {"OUTPUT": tmp_path / "ttop.tif"}
    by_the_dialog = run("ttop", {"DDT": ddt, "DDF": ddf, "RK_VALUE": 7, **output})
    assert by_the_dialog.sentences[0].startswith("RK_VALUE ('Single r_k for all cells') is 7 and has to be")
    before_the_run = run("ttop", {"DDT": ddt, "DDF": ddf, **output})
    assert before_the_run.sentences[0].startswith("No r_k is given: choose an r_k raster for RK ('r_k raster') or")
    assert before_the_run.errors[0].startswith("No r_k is given: choose an r_k raster for RK or a number for RK_VALUE")


def test_labels_of_one_dialog_differ_before_their_remarks(provider):
    for algorithm in provider.algorithms():
        labels = [re.sub(r" \(or .*", "", one.description()) for one in algorithm.parameterDefinitions()]
        assert len(set(labels)) == len(labels), (algorithm.id(), sorted(labels))


def test_what_is_needed_is_not_called_optional(provider):
    """One of several inputs, by the words of its label, has the widget that does not add '[optional]'."""
    found = 0
    for algorithm in provider.algorithms():
        for one in algorithm.parameterDefinitions():
            if re.search(r"\((or|one) ", one.description()):
                assert one.metadata()["widget_wrapper"]["class"].endswith(".WithoutOptional"), one.name()
                found += 1
    assert found >= 20


def test_the_help_of_a_model_leads_to_its_page(provider):
    from permafrost_mapper.core.about import HOMEPAGE, ROOT

    models = [one for one in provider.algorithms() if one.name().startswith("permafrost map from")]
    assert len(models) == 2
    for model in models:
        assert model.helpUrl().startswith(f"{HOMEPAGE}/")
        page = model.helpUrl().rpartition("/")[2].partition(".")[0]
        assert (ROOT / "docs" / "reference" / f"{page}.md").is_file()
        assert model.shortDescription() in (
            "Makes a permafrost map from degree days of the ground surface.",
            "Makes a permafrost map from four land surface temperatures a day.",
        )
