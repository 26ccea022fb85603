"""One report of all steps."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.errors import InputError
from ...core.language import later, tr
from ...core.reports.combined import Chapter, CombinedReport, read_chapter
from ...core.reports.combinereports import Combination, CombinationFigures, report_combinereports
from ...core.textfile import read_text
from ...raster.publish.preview import map_figure, ramp_figure
from ...raster.publish.steps import processing_steps
from ...raster.publish.summary import summary_of
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import Values, input_files, raster, report_output, text
from ..permafrost.ttop import Ttop

HEADING = later("Permafrost map")


class CombineReports(PermafrostAlgorithm):
    """Algorithm ``permafrost:combinereports``."""

    ID = "combinereports"
    TITLE = "Combined report"
    GROUP = Group.PUBLISH
    TAGS = "report, summary, methods section, documentation, HTML"
    SUMMARY = "Combines the reports of all steps into one, with the map, the key figures and the method."
    DESCRIPTION = """
        The combined report begins with the area of permafrost, its interval where a probability is given, kappa, the
        period and the size of a cell. Maps follow, then the key figures of all reports, and a methods section made of
        their sentences and those of the steps that made the map, in the order of the method. The reports become
        chapters, in the order in which they are given. It ends with these steps, their parameters, and the references
        of all chapters, each listed once. The file is self-contained.
    """
    EXAMPLE = "REPORTS=gst_model.html REPORTS=accuracy.html REPORTS=areas.html MAP=map.tif OUTPUT_HTML=report.html"

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            input_files("REPORTS", "Reports", "HTML files written by algorithms of this provider."),
            raster("MAP", "Permafrost map", "Shown first; from 'Permafrost map'.", optional=True),
            raster(
                "PROBABILITY",
                "Probability of permafrost [%]",
                "From 'Probability of permafrost'. Shown after the map, where the map has a class; its metadata hold "
                "the interval of the area.",
                optional=True,
            ),
            raster("TTOP", "TTOP [°C]", "Shown after these; from 'TTOP'.", optional=True),
            raster("DDT", "Thawing degree days [°C d]", "Shown after these.", optional=True),
            raster("DDF", "Freezing degree days [°C d]", "Shown after these.", optional=True),
            raster("ZONES", "Permafrost zones", "Shown last; from 'Probability of permafrost'.", optional=True),
            text("TITLE", "Title", "Heading of the report.", HEADING),
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
        summary = None if p.MAP is None else summary_of(p.MAP, p.PROBABILITY, task.running)
        result = Combination(task.checked, steps, Ttop.REFERENCES, summary)
        # Scripts and models hold the default in English.
        title = tr(HEADING) if p.TITLE == HEADING else p.TITLE
        task.write_report(
            p.OUTPUT_HTML, lambda report: report_combinereports(report, result, _figures(p)), CombinedReport(title)
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
    maps = {}
    if p.MAP is not None:
        maps[tr("The permafrost map.")] = map_figure(p.MAP, classes.PERMAFROST_MAP, tr("Permafrost map"))
    for source, ramp, title in (
        (p.PROBABILITY, classes.PROBABILITY, tr("Probability of permafrost")),
        (p.TTOP, classes.TTOP, tr("Temperature at the top of permafrost (TTOP)")),
        (p.DDT, classes.DEGREE_DAYS, tr("Thawing degree days of the ground surface (DDT)")),
        (p.DDF, classes.DEGREE_DAYS, tr("Freezing degree days of the ground surface (DDF)")),
    ):
        if source is not None:
            maps[tr("{title}.", title=title)] = ramp_figure(source, ramp, title, p.MAP)
    if p.ZONES is not None:
        maps[tr("Permafrost zones.")] = map_figure(p.ZONES, classes.PERMAFROST_ZONES, tr("Permafrost zones"))
    return CombinationFigures(maps)
