"""One report of all steps: the map, the key figures, the method, a chapter per report, and the references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from ..language import tr
from ..publish.steps import Step
from .combined import Chapter, CombinedReport, each_sentence_once, step_sentences


@dataclass(frozen=True)
class Combination:
    """What a combined report is made from.

    Attributes
    ----------
    chapters : sequence of Chapter
        The reports, in their order.
    steps : sequence of Step
        The steps that made the map, in their order; empty without a map.
    step_references : sequence of str
        What the sentences about these steps refer to.
    """

    chapters: Sequence[Chapter]
    steps: Sequence[Step] = ()
    step_references: Sequence[str] = ()


@dataclass(frozen=True)
class CombinationFigures:
    """SVG of the maps at the beginning; empty where there is none.

    Attributes
    ----------
    permafrost, probability : str
        The permafrost map, and the probability of permafrost.
    """

    permafrost: str = ""
    probability: str = ""


def report_combinereports(report: CombinedReport, result: Combination, figures: CombinationFigures) -> None:
    """Write the maps, what all reports found and did, and the reports as chapters.

    Parameters
    ----------
    report : CombinedReport
        What is written to.
    result : Combination
        The reports, and the steps that made the map.
    figures : CombinationFigures
        The maps.
    """
    if figures.permafrost:
        report.figure(figures.permafrost, tr("The permafrost map."))
    if figures.probability:
        report.figure(figures.probability, tr("Probability that a cell has permafrost."))
    chapters, steps = result.chapters, result.steps
    report.section(tr("At a glance"))
    rows = [
        ("" if place else chapter.title, *figure)
        for chapter in chapters
        for place, figure in enumerate(chapter.key_figures)
    ]
    report.table(
        [tr("Step"), tr("Figure"), tr("Value"), tr("Remark")], rows, tr("Key figures of all steps."), align="llrl"
    )
    methods = [text for chapter in chapters for text in chapter.methods]
    report.methods(each_sentence_once([*methods, *step_sentences(steps)]))
    for chapter in chapters:
        report.chapter(chapter)
    if steps:
        report.section(tr("Steps"))
        made = [(step.result, step.algorithm, _listed(step)) for step in steps]
        report.table(
            [tr("Result"), tr("Algorithm"), tr("Parameters")], made, tr("How the map was made, in order."), align="lll"
        )
    references = [reference for chapter in chapters for reference in chapter.references]
    report.references(dict.fromkeys([*references, *(result.step_references if steps else ())]))


def _listed(step: Step) -> str:
    return "; ".join(f"{name} {value}" for name, value in step.parameters.items())
