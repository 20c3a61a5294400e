"""The page of a month's report: one HTML file that needs nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from html import escape
from typing import NamedTuple

from editing.figures.charts import chart
from editing.figures.table import Table, written
from editing.words import Say

SHOWN = 40
"""Rows of a table on the page; its file has them all."""
WORDS = ("asked", "answered", "led_on", "asked_back", "taken_down", "in_time", "satisfied")
STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 16px; color: #1b1b1b; background: #fff;
  font: 16px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 8px; }
h2 { font-size: 1.15rem; margin: 0 0 8px; }
p { margin: 0 0 8px; }
section { border-top: 2px solid #1f5f8b; padding: 12px 0 20px; }
.pair { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); }
svg { width: 100%; max-width: 440px; height: auto; display: block; }
svg text { font-size: 12px; fill: #1b1b1b; }
svg text.value { font-size: 11px; fill: #444; }
svg line { stroke: #ccc; stroke-width: 1; }
svg .s0 { fill: #1f5f8b; }
svg .s1 { fill: #b35c00; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 4px 8px; border-bottom: 1px solid #ddd; text-align: right; vertical-align: top; }
th:first-child, .words { text-align: left; }
th:first-child, td.words { min-width: 9em; font-weight: normal; }
thead th { font-weight: bold; white-space: nowrap; border-bottom-color: #1f5f8b; }
thead th:first-child { font-weight: bold; }
nav, nav form { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; }
nav { padding-bottom: 12px; }
nav a, nav button, nav select { min-height: 44px; padding: 8px 14px; border: 1px solid #6b7f8c;
  border-radius: 8px; background: #fff; color: #1f5f8b; font: inherit; }
nav a, nav button { display: inline-flex; align-items: center; text-decoration: none; }
nav button { background: #1f5f8b; color: #fff; cursor: pointer; }
.file a { display: inline-block; padding: 6px 0; color: #1f5f8b; font-size: 0.875rem; }
:focus-visible { outline: 3px solid #1f5f8b; outline-offset: 2px; }
.note { color: #444; font-size: 0.875rem; }
ul { margin: 0; padding-left: 1.2em; }
@media (min-width: 900px) { .pair.half { grid-template-columns: 2fr 3fr; } }
@page { size: A4; margin: 14mm 12mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .file { display: none; }
  section { break-inside: auto; }
  h2 { break-after: avoid; }
  svg { max-width: 85mm; break-inside: avoid; }
  table { font-size: 7pt; }
  th, td { padding: 1.5pt 3pt; }
  thead th { white-space: normal; }
  th:first-child, td.words { min-width: 10em; }
  tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  .pair.half { display: block; }
}
"""


_DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'"
"""What a browser may load for the page: its own style, and nothing else."""


class Live(NamedTuple):
    """What the page has besides where it is asked for anew: lines of its head and tools above it,
    as HTML, and the address of a table's file."""

    head: str
    tools: str
    address: Callable[[Table], str]


def page(title: str, at: str, tables: Sequence[Table], say: Say, live: Live | None = None) -> str:
    """The page; `at` is when it was counted, as text."""
    return "\n".join(_page(title, at, tables, say, live)) + "\n"


def _page(
    title: str, at: str, tables: Sequence[Table], say: Say, live: Live | None
) -> Iterator[str]:
    language = {"zh": "zh-Hans"}.get(say.language, say.language)
    yield f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    if live:
        yield live.head  # what may be loaded is told by the response then
    else:
        yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    if live:
        yield live.tools
    yield f"<header><h1>{escape(title)}</h1>"
    yield f"<p>{escape(say('report_made', at=at))} {escape(say('report_private'))}</p></header>"
    yield "<main>"
    for table in tables:
        yield from _section(table, say, live)
    yield f"<section><h2>{escape(say('report_words'))}</h2><ul>"
    for each in WORDS:
        yield f"<li>{escape(say(f'report_words_{each}'))}</li>"
    yield "</ul></section>\n</main>\n</body>\n</html>"


def _section(table: Table, say: Say, live: Live | None) -> Iterator[str]:
    yield f'<section id="{table.key}">'
    yield f'<h2 id="{table.key}-title">{escape(table.title)}</h2>'
    if table.note:
        yield f'<p class="note">{escape(table.note)}</p>'
    if not table.rows:
        yield f"<p>{escape(say('report_empty'))}</p></section>"
        return
    drawn = chart(table)
    narrow = len(table.columns) < 7
    yield f'<div class="pair{" half" if drawn and narrow else ""}">{drawn}'
    name = escape(say("report_table", title=table.title))
    yield f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
    yield f"<table><caption>{name}</caption><thead><tr>"
    for each, cell in zip(table.columns, table.rows[0], strict=True):
        words = ' class="words"' if isinstance(cell, str) else ""
        yield f'<th scope="col"{words}>{escape(each)}</th>'
    yield "</tr></thead><tbody>"
    for first, *row in table.rows[:SHOWN]:
        cells = "".join(
            f'<td class="words">{escape(each)}</td>'
            if isinstance(each, str)
            else f"<td>{written(each)}</td>"
            for each in row
        )
        yield f'<tr><th scope="row">{escape(written(first))}</th>{cells}</tr>'
    yield "</tbody></table></div></div>"
    if (more := len(table.rows) - SHOWN) > 0:
        told = say("report_more", count=more, file=f"{table.key}.csv")
        yield f'<p class="note">{escape(told)}</p>'
    if live:
        told = say("report_file", file=f"{table.key}.csv")
        yield f'<p class="file"><a href="{escape(live.address(table))}">{escape(told)}</a></p>'
    yield "</section>"
