"""The chat page: its files, filled with the words of the hall."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from desk.texts import Texts
from doors.web.question import MOST_CHARACTERS
from facts.model import Hall

_FOLDER = Path(__file__).with_name("page")
_MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

# the page fills these in itself
_BLANKS = {name: f"{{{name}}}" for name in ("count", "most", "phone", "time", "url", "wait")}

FILES = tuple(sorted(file.name for file in _FOLDER.iterdir() if file.suffix in _MEDIA))


def page(halls: Sequence[Hall], texts: Texts, language: str) -> str:
    """The page in this language, with its words in every language for the switch."""
    words = {each: _words(halls, texts, each) for each in texts.languages}
    data = json.dumps(
        {"language": language, "most": MOST_CHARACTERS, "words": words}, ensure_ascii=False
    )
    shown = {key: html.escape(text) for key, text in words[language].items()}
    return (
        (_FOLDER / "index.html")
        .read_text("utf-8")
        .format(
            # "<" never stands in the data, so that nothing in it can close its element
            language=language,
            data=data.replace("<", "\\u003c"),
            **shown,
        )
    )


def file(name: str) -> Callable[[Request], Response]:
    """The route of one of the page's files: kept by the browser, asked for again when changed."""
    content = (_FOLDER / name).read_bytes()
    headers = {
        "Cache-Control": "no-cache",
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}"',
    }
    media = _MEDIA[Path(name).suffix]

    def answer(request: Request) -> Response:
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=media, headers=headers)

    return answer


def preferred(accepted: str, languages: Sequence[str], default: str) -> str:
    """The first of our languages in an `Accept-Language` header, weighed as the browser does."""
    weighed = []
    for part in accepted.split(","):
        tag, _, weight = part.partition(";")
        name = tag.strip().lower().partition("-")[0]
        if name in languages:
            weighed.append((_weight(weight), name))
    return max(weighed, key=lambda each: each[0])[1] if weighed else default


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=")) if text else 1.0
    except ValueError:
        return 0.0


def _words(halls: Sequence[Hall], texts: Texts, language: str) -> dict[str, str]:
    words = {
        key.removeprefix("web_"): texts.say(key, language, **_BLANKS)
        for key in sorted(texts.keys(language))
        if key.startswith("web_")
    }
    only = halls[0] if len(halls) == 1 else None
    words["name"] = only.name.say(language) if only else words["several_halls"]
    words["call"] = words["call"].format(phone=only.phone) if only and only.phone else ""
    return words
