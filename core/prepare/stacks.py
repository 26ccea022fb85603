"""Stacks of scenes: which are to be built from which files, and what they turned out to hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ..language import tr
from .scenes import Files, Scenes, in_words


@dataclass(frozen=True)
class StackPlan:
    """A stack that is to be built.

    Attributes
    ----------
    path : str
        Its final name.
    overpass : str
        One of ``core.prepare.scenes.OVERPASSES``.
    days : tuple of datetime.date
        One per band.
    scenes : dict
        The files of each day that has any.
    """

    path: str
    overpass: str
    days: tuple[date, ...]
    scenes: dict[date, Files]

    @property
    def name(self) -> str:
        """Name of the file."""
        return Path(self.path).name


@dataclass(frozen=True)
class BuiltStack:
    """What a finished stack holds.

    Attributes
    ----------
    plan : StackPlan
        What it was built from.
    missing : tuple of datetime.date
        Days without any value, since they have no scene or none that could be used.
    skipped : dict
        The files that were not used, by path, with the reason.
    is_new : bool
        Whether it was built by this run and not by an earlier one.
    """

    plan: StackPlan
    missing: tuple[date, ...]
    skipped: dict[str, str]
    is_new: bool

    @property
    def scenes(self) -> int:
        """Number of days with a scene."""
        return len(self.plan.days) - len(self.missing)

    @property
    def note(self) -> str:
        """A sentence on what was built."""
        done = tr("built") if self.is_new else tr("finished by an earlier run and left as it is")
        return tr(
            "{name}: {n_days} days, {scenes} with a scene; {done}.",
            name=self.plan.name,
            n_days=len(self.plan.days),
            scenes=self.scenes,
            done=done,
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences on the files that were left out and the days without a scene."""
        sentences = [
            tr("Left out of {name}: {reason}", name=self.plan.name, reason=reason) for reason in self.skipped.values()
        ]
        if self.missing:
            days = "1 day" if len(self.missing) == 1 else tr("{n_missing} days", n_missing=len(self.missing))
            sentences.append(
                tr(
                    "{name} has no scene for {days}: {in_words}.",
                    name=self.plan.name,
                    days=days,
                    in_words=in_words(self.missing),
                )
            )
        return tuple(sentences)


def plan_stacks(
    folder: str, scenes: Scenes, start: date, end: date, by_year: bool = True
) -> tuple[list[StackPlan], list[str]]:
    """Divide scenes into stacks per overpass, and per year.

    Parameters
    ----------
    folder : str
        Where the stacks go.
    scenes : dict
        Files by overpass and day.
    start, end : datetime.date
        First and last day; each day between them gets a band.
    by_year : bool
        Whether each year has a stack of its own; otherwise one stack covers the period.

    Returns
    -------
    plans : list of StackPlan
    without : list of str
        The names of stacks that are not built because they would hold no scene.
    """
    years = range(start.year, end.year + 1)
    periods = {str(year): (max(start, date(year, 1, 1)), min(end, date(year, 12, 31))) for year in years}
    if not by_year:
        periods = {"-".join(dict.fromkeys([str(start.year), str(end.year)])): (start, end)}
    plans, without = [], []
    for overpass, by_day in scenes.items():
        for period, (first, last) in periods.items():
            days = tuple(first + timedelta(index) for index in range((last - first).days + 1))
            name = f"{overpass}_{period}.tif"
            within = {day: by_day[day] for day in days if day in by_day}
            if within:
                plans.append(StackPlan(str(Path(folder) / name), overpass, days, within))
            else:
                without.append(name)
    return plans, without
