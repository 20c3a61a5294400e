"""A notice as a page of A4 in HTML, with a QR code; it loads nothing from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from editing.exchange.notices import Notice
from editing.exchange.remarks import say
from facts.model import Hall

_NUMBERED = re.compile(r"^\d{1,3}\. ")


def page(notice: Notice, link: str | None) -> str:
    """The page; its QR code holds the notice's own address below `link`, else its beginning."""
    language = notice.language
    address = f"{link.rstrip('/')}/{notice.file}" if link else ""
    caption = say("scan" if address else "scan_text", language)
    sections = "".join(
        f"<section><h2>{escape(title)}</h2>{_lines(lines)}</section>"
        for title, lines in notice.sections
    )
    body = (
        f"<header><div><p class=kind>{escape(say('page-title', language))}</p>"
        f"<h1>{escape(notice.title)}</h1>"
        f"<p class=whose>{escape(notice.whose)}</p>{_line(notice.code, 'code')}</div>"
        f"<figure>{_code(address or notice.head())}<figcaption>{escape(caption)}</figcaption>"
        f"</figure></header>"
        + "".join(_line(alert, "alert") for alert in notice.alerts)
        + sections
        + f"<aside><h2>{escape(say('rights_title', language))}</h2>{_lines(notice.rights)}</aside>"
        + f"<footer>{_line(say('signature', language), 'signature')}"
        + f"<p>{' · '.join(map(escape, notice.foot))}</p></footer>"
    )
    return _document(f"{notice.title} – {say('page-title', language)}", language, body)


def index(hall: Hall, notices: Iterable[Notice]) -> str:
    """A page that leads to all notices of a hall."""
    language = hall.languages[0]
    items = "".join(
        f'<li lang="{escape(each.language)}"><a href="{escape(each.file)}">{escape(each.title)}</a>'
        for each in notices
    )
    title = say("index_title", language, hall=hall.name.say(language))
    return _document(title, language, f"<h1>{escape(title)}</h1><ul>{items}</ul>")


def _document(title: str, language: str, body: str) -> str:
    style = (Path(__file__).parent / "notice.css").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>\n{style}</style>\n{body}\n</html>\n"
    )


def _line(text: str, kind: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if text else ""


def _lines(lines: Sequence[str]) -> str:
    """Lines as paragraphs and lists: numbered ones, and those with dots."""
    return "".join(_block(kind, list(group)) for kind, group in groupby(lines, _kind))


def _kind(line: str) -> str:
    if _NUMBERED.match(line):
        return "ol"
    return "ul" if line.startswith("· ") else "p"


def _block(kind: str, lines: Sequence[str]) -> str:
    if kind == "p":
        return "".join(
            f"<p{' class=inner' if line.startswith(' ') else ''}>{escape(line.strip())}</p>"
            for line in lines
        )
    bare = (re.sub(r"^(?:\d{1,3}\.|·) ", "", line) for line in lines)
    return f"<{kind}>{''.join(f'<li>{escape(line)}</li>' for line in bare)}</{kind}>"


def _code(text: str) -> str:
    import segno  # noqa: PLC0415 - only printed notices want it

    code = segno.make(text, error="m" if len(text) < 100 else "l", micro=False, encoding="utf-8")
    return str(code.svg_inline(omitsize=True, border=2))
