"""Charts as SVG: lying bars, and standing columns. The table beside each tells the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, log10

from editing.figures.table import Share, Table, number, written

WIDTH = 340
"""Units of a chart's width: about the pixels of a telephone."""
BARS = 15
"""Bars of a chart; the table has the rest."""
LINE, BAR, GAP, VALUE = 17, 13, 9, 58
"""Heights of a label, of a bar, between groups; and the room for a value behind a bar."""
HIGH, FOOT = 120, 22
"""Height of the columns, and of what stands below them."""
AXIS = 58
"""The room for the figures before the columns."""
EVERY = 5
"""So many columns have one label."""


def chart(table: Table) -> str:
    """The chart of a table as SVG, empty where there is nothing to draw."""
    if table.chart is None or not table.rows:
        return ""
    highest = max(
        (number(row[each]) or 0 for row in table.rows for each in table.chart.series), default=0
    )
    if not highest:
        return ""
    drawn = _bars(table, highest) if table.chart.kind == "bars" else _columns(table, highest)
    return "\n".join(drawn)


def _frame(table: Table, height: float, width: float = WIDTH) -> Iterator[str]:
    yield (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="{table.key}-title" '
        f'class="{table.chart.kind if table.chart else ""}">'
    )


def _bars(table: Table, highest: float) -> Iterator[str]:
    series = table.chart.series if table.chart else ()
    rows = table.rows[:BARS]
    whole = 1.0 if isinstance(rows[0][series[0]], Share) else highest
    group = LINE + BAR * len(series) + GAP
    legend = LINE * len(series) if len(series) > 1 else 0
    yield from _frame(table, group * len(rows) + legend)
    if legend:
        for place, each in enumerate(series):
            y = LINE * place
            yield f'<rect class="s{place}" x="0" y="{y + 2}" width="10" height="10"/>'
            yield f'<text x="15" y="{y + 12}">{escape(table.columns[each])}</text>'
    for place, row in enumerate(rows):
        top = legend + place * group
        yield f'<text x="0" y="{top + 12}">{escape(_shortened(str(row[0])))}</text>'
        for line, each in enumerate(series):
            value = number(row[each]) or 0
            length = (WIDTH - VALUE) * value / whole
            y = top + LINE + line * BAR
            yield f'<rect class="s{line}" x="0" y="{y}" width="{length:.1f}" height="{BAR - 2}"/>'
            told = written(row[each]) or "–"
            yield f'<text class="value" x="{length + 4:.1f}" y="{y + 10}">{escape(told)}</text>'
    yield "</svg>"


def _columns(table: Table, highest: float) -> Iterator[str]:
    [each] = table.chart.series if table.chart else ()
    top = _round(highest)
    step = (WIDTH - AXIS) / len(table.rows)
    yield from _frame(table, HIGH + FOOT + 8)
    for share in (0, 0.5, 1):
        y = 8 + HIGH * (1 - share)
        yield f'<line x1="{AXIS - 2}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
        told = written(round(top * share)) if top * share == round(top * share) else ""
        yield f'<text class="value" text-anchor="end" x="{AXIS - 6}" y="{y + 4:.1f}">{told}</text>'
    for place, row in enumerate(table.rows):
        high = HIGH * (number(row[each]) or 0) / top
        x = AXIS + place * step
        yield (
            f'<rect class="s0" x="{x:.1f}" y="{8 + HIGH - high:.1f}" width="{step * 0.8:.1f}" '
            f'height="{high:.1f}"><title>{escape(str(row[0]))}: {written(row[each])}</title></rect>'
        )
        if place % EVERY == 0:
            label = escape(str(row[0]))
            yield f'<text x="{x:.1f}" y="{HIGH + FOOT + 2}">{label}</text>'
    yield "</svg>"


def _round(highest: float) -> float:
    """A round number that is no less."""
    unit = 10 ** int(log10(highest)) if highest >= 1 else 1
    steps: Sequence[float] = (1, 2, 4, 5, 6, 8, 10)
    return next((each * unit for each in steps if each * unit >= highest), ceil(highest))


def _shortened(text: str) -> str:
    """As much of a label as fits into the width; a Chinese character is twice as wide."""
    room = 52
    for place, letter in enumerate(text):
        room -= 2 if letter >= "\u2e80" else 1
        if room < 0:
            return f"{text[:place]}…"
    return text
