"""One report of all steps."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, Mapping

from ...core import classes
from ...core.errors import InputError
from ...core.reports.combined import Chapter, CombinedReport, each_sentence_once, read_chapter, step_sentences
from ...raster.publish.preview import map_figure, ramp_figure
from ...raster.publish.product import processing_steps
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import input_files, raster, report_output, text
from ..permafrost.ttop import Ttop


class CombineReports(PermafrostAlgorithm):
    """Algorithm ``permafrost:combinereports``."""

    ID = "combinereports"
    TITLE = "Combined report"
    GROUP = Group.ASSESS
    TAGS = "report, summary, methods section, documentation, HTML"
    SUMMARY = "Makes one report of the reports of all steps, with the map, the figures of all steps and the method."
    DESCRIPTION = """
        The reports become chapters in the order in which they are given. Before them stand the map, the key figures of
        all chapters in one table, and their sentences for a methods section as one text, with those of the steps that
        the map was made by; behind them these steps with their parameters, and the references of all, each once. The
        file needs no other file beside it.
    """
    EXAMPLE = "REPORTS=gst_model.html REPORTS=accuracy.html REPORTS=areas.html MAP=map.tif OUTPUT_HTML=report.html"

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            input_files("REPORTS", "Reports", "HTML files that algorithms of this provider have written."),
            raster("MAP", "Permafrost map", "Shown first; from 'Permafrost map'.", optional=True),
            raster("PROBABILITY", "Probability of permafrost [%]", "Shown beside the map.", optional=True),
            text("TITLE", "Title", "Stands above the report.", "Permafrost map"),
            report_output(),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Take all reports apart before anything is written."""
        if not p.REPORTS:
            raise InputError("REPORTS holds no file: choose at least one report.")
        p.chapters = [_chapter(path) for path in p.REPORTS]

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Write it."""
        task.write_report(p.OUTPUT_HTML, lambda report: _fill(report, p), CombinedReport(p.TITLE))
        return {}


def _chapter(path: str) -> Chapter:
    try:
        return read_chapter(Path(path).read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"Report '{path}' cannot be read ({error}): check that the file exists and is whole."
        ) from None


def _listed(parameters: Mapping[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in parameters.items())


def _fill(report: CombinedReport, p: SimpleNamespace) -> None:
    if p.MAP is not None:
        report.figure(map_figure(p.MAP, classes.PERMAFROST_MAP, "Permafrost map"), "The permafrost map.")
    if p.PROBABILITY is not None:
        figure = ramp_figure(p.PROBABILITY, classes.PROBABILITY, "Probability of permafrost")
        report.figure(figure, "Probability that a cell has permafrost.")
    report.section("At a glance")
    rows = [
        ("" if place else chapter.title, *figure)
        for chapter in p.chapters
        for place, figure in enumerate(chapter.key_figures)
    ]
    report.table(["Step", "Figure", "Value", "Remark"], rows, "Key figures of all steps.", align="llrl")
    steps = processing_steps([source for source in (p.MAP, p.PROBABILITY) if source is not None])
    methods = [text for chapter in p.chapters for text in chapter.methods]
    report.methods(each_sentence_once([*methods, *step_sentences(steps)]))
    for chapter in p.chapters:
        report.chapter(chapter)
    if steps:
        report.section("Steps")
        rows = [(step.result, step.algorithm, _listed(step.parameters)) for step in steps]
        report.table(["Result", "Algorithm", "Parameters"], rows, "How the map was made, in order.", align="lll")
    references = [reference for chapter in p.chapters for reference in chapter.references]
    report.references(dict.fromkeys([*references, *(Ttop.REFERENCES if steps else ())]))
