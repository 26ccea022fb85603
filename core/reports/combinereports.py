"""One report of all steps: the map and its key figures, the method, a chapter per report, and the references."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, Optional, Sequence

from ..language import later, tr
from ..publish.steps import Step, value_in_words
from .combined import Chapter, CombinedReport, each_sentence_once, in_order, step_sentences
from .numbers import area, area_number, fixed
from .report import Figure
from .wording import clauses, layer_in_words

# More steps than these within its interval say nothing about an area.
STEPS_OF_INTERVAL = 20

OVERPASSES = {
    "TERRA_DAY": later("Terra by day"),
    "TERRA_NIGHT": later("Terra by night"),
    "AQUA_DAY": later("Aqua by day"),
    "AQUA_NIGHT": later("Aqua by night"),
}


@dataclass(frozen=True)
class MapSummary:
    """What the first line says of the map.

    Attributes
    ----------
    permafrost_km2, percent : float
        Area of permafrost, and its share of all classes.
    cell_km2 : float
        Mean area of a cell.
    cell : str
        Size of a cell in words.
    period : str
        The years, in words; empty where the map does not state them.
    interval_km2 : tuple of float, optional
        Areas that enclose 90 % of the members of the ensemble.
    """

    permafrost_km2: float
    percent: float
    cell_km2: float
    cell: str
    period: str = ""
    interval_km2: Optional[tuple[float, float]] = None


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
    summary : MapSummary, optional
        Of the map.
    """

    chapters: Sequence[Chapter]
    steps: Sequence[Step] = ()
    step_references: Sequence[str] = ()
    summary: Optional[MapSummary] = None


@dataclass(frozen=True)
class CombinationFigures:
    """The maps at the beginning, each as SVG with its caption, in the order of the report.

    Attributes
    ----------
    maps : mapping of str to str
        SVG by caption.
    """

    maps: Mapping[str, str] = field(default_factory=dict)


def report_combinereports(report: CombinedReport, result: Combination, figures: CombinationFigures) -> None:
    """Write what was found, the maps, the method, and the reports as chapters.

    Parameters
    ----------
    report : CombinedReport
        What is written to.
    result : Combination
        The reports, and the steps that made the map.
    figures : CombinationFigures
        The maps.
    """
    chapters, steps, summary = result.chapters, result.steps, result.summary
    # Of figures with the same label that of the first step counts: kappa against a survey before that of boreholes.
    cards = in_order([(chapter.algorithm, card) for chapter in chapters for card in chapter.headline])
    first: list[Figure] = list({label: (label, value, hint) for label, value, hint in reversed(cards)}.values())
    if summary:
        first = [_area(summary), *first, *_when_and_where(summary)]
    if first:
        report.key_figures(first)
    data = _data(steps)
    if data:
        report.paragraph(tr("Data: {data}.", data=data))
    for caption, svg in figures.maps.items():
        report.figure(svg, caption)
    report.section(tr("At a glance"))
    rows = [
        ("" if place else chapter.title, *figure)
        for chapter in chapters
        for place, figure in enumerate(chapter.key_figures)
    ]
    headers = [tr("Step"), tr("Figure"), tr("Value"), tr("Remark")]
    report.table(headers, rows, tr("Key figures of all steps."), align="llrl")
    told = [(chapter.algorithm, text) for chapter in chapters for text in chapter.methods]
    report.methods(each_sentence_once(in_order([*step_sentences(steps), *told])))
    for chapter in chapters:
        report.chapter(chapter)
    if steps:
        report.section(tr("Steps"))
        made = [(step.result_in_words(), step.name, _listed(step)) for step in steps]
        headers = [tr("Result"), tr("Algorithm"), tr("Parameters")]
        report.table(headers, made, tr("How the map was made, in order, with the parameters of scripts."), align="lll")
    references = [reference for chapter in chapters for reference in chapter.references]
    report.references(dict.fromkeys([*references, *(result.step_references if steps else ())]))


def _area(summary: MapSummary) -> Figure:
    said = tr("{percent} % of the mapped area", percent=fixed(summary.percent, 0))
    step = summary.cell_km2
    if summary.interval_km2:
        low, high = summary.interval_km2
        step = max(step, (high - low) / STEPS_OF_INTERVAL)
        said = tr(
            "90 % interval {low} to {high} (ensemble); {said}",
            low=area_number(low, step),
            high=area(high, step),
            said=said,
        )
    return tr("Area of permafrost"), area(summary.permafrost_km2, step), said


def _when_and_where(summary: MapSummary) -> list[Figure]:
    cell = (tr("Cell"), area(summary.cell_km2), summary.cell)
    return [(tr("Period"), summary.period, tr("of the degree days")), cell] if summary.period else [cell]


def _data(steps: Sequence[Step]) -> str:
    """Return what the map was made from, in words."""
    by_name = {step.name: step.parameters for step in steps}
    data = []
    degree_days = by_name.get("degreedays")
    if degree_days is not None and "GST_MODEL" in degree_days:
        given = ", ".join(tr(words) for name, words in OVERPASSES.items() if degree_days.get(name))
        data.append(tr("land surface temperature of {given}", given=given))
        data.append(tr("ground surface temperature at stations"))
    elif degree_days is not None:
        data.append(tr("daily ground surface temperature"))
    elif "ttop" in by_name:
        ddt, ddf = (_layer(by_name["ttop"].get(name, "")) for name in ("DDT", "DDF"))
        data.append(tr("degree days of the ground surface {ddt} and {ddf}", ddt=ddt, ddf=ddf))
    land_cover = by_name.get("rkfactor", {}).get("LANDCOVER")
    if land_cover:
        data.append(tr("land cover {name}", name=_layer(land_cover)))
    masks = by_name.get("classify", {})
    if masks.get("GLACIERS"):
        data.append(tr("glaciers {name}", name=_layer(masks["GLACIERS"])))
    if masks.get("LAKES"):
        data.append(tr("lakes {name}", name=_layer(masks["LAKES"])))
    return clauses(data)


def _layer(value: str) -> str:
    """Return a file in a sentence, without its ending."""
    return layer_in_words(value.rpartition(".")[0] or value, tr("of an earlier step"))


def _listed(step: Step) -> str:
    return "; ".join(f"{name} {value_in_words(value)}" for name, value in step.parameters.items())
