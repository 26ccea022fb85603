"""One report of all steps."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.errors import InputError
from ...core.language import tr
from ...core.reports.combined import Chapter, CombinedReport, read_chapter
from ...core.reports.combinereports import Combination, CombinationFigures, report_combinereports
from ...core.textfile import read_text
from ...raster.publish.preview import map_figure, ramp_figure
from ...raster.publish.steps import processing_steps
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import Values, input_files, raster, report_output, text
from ..permafrost.ttop import Ttop


class CombineReports(PermafrostAlgorithm):
    """Algorithm ``permafrost:combinereports``."""

    ID = "combinereports"
    TITLE = "Combined report"
    GROUP = Group.PUBLISH
    TAGS = "report, summary, methods section, documentation, HTML"
    SUMMARY = "Combines the reports of all steps into one, with the map, the key figures and the method."
    DESCRIPTION = """
        The reports become chapters, in the order in which they are given. The combined report begins with the map, a
        table of the key figures of all chapters, and a methods section made of their sentences and those of the steps
        that made the map. It ends with these steps, their parameters, and the references of all chapters, each listed
        once. The file is self-contained.
    """
    EXAMPLE = "REPORTS=gst_model.html REPORTS=accuracy.html REPORTS=areas.html MAP=map.tif OUTPUT_HTML=report.html"

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            input_files("REPORTS", "Reports", "HTML files written by algorithms of this provider."),
            raster("MAP", "Permafrost map", "Shown first; from 'Permafrost map'.", optional=True),
            raster("PROBABILITY", "Probability of permafrost [%]", "Shown after the map.", optional=True),
            text("TITLE", "Title", "Heading of the report.", "Permafrost map"),
            report_output(),
        )

    def check(self, p: Values) -> list[Chapter]:
        """Return the reports as chapters, before anything is written."""
        if not p.REPORTS:
            raise InputError(tr("REPORTS holds no file: choose at least one report."))
        return [_chapter(path) for path in p.REPORTS]

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Write the report."""
        steps = processing_steps([source for source in (p.MAP, p.PROBABILITY) if source is not None])
        result = Combination(task.checked, steps, Ttop.REFERENCES)
        task.write_report(
            p.OUTPUT_HTML, lambda report: report_combinereports(report, result, _figures(p)), CombinedReport(p.TITLE)
        )
        return {}


def _chapter(path: str) -> Chapter:
    try:
        return read_chapter(read_text(path, tr("Report '{path}'", path=path)), path)
    except OSError as error:
        raise InputError(
            tr(
                "Report '{path}' cannot be read ({error}): check that the file exists and is whole.",
                path=path,
                error=error,
            )
        ) from None


def _figures(p: Values) -> CombinationFigures:
    permafrost = probability = ""
    if p.MAP is not None:
        permafrost = map_figure(p.MAP, classes.PERMAFROST_MAP, tr("Permafrost map"))
    if p.PROBABILITY is not None:
        probability = ramp_figure(p.PROBABILITY, classes.PROBABILITY, "Probability of permafrost")
    return CombinationFigures(permafrost, probability)
