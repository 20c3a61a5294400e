"""The questions that are to lead to an entry, and where each leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from doors.web.staff.markup import Child, Markup, element, joined
from editing.trial import Tried

Say = Callable[..., str]
SOURCES = ("questions", "ask", "also")
_ORDER = {"wrong": 0, "asked back": 1, "right": 2}


def waiting(say: Say) -> Markup:
    """In the place of the questions until the script, or the button, has had them asked."""
    return _section(say, element("p", say("not_tried"), class_="empty"))


def shown(say: Say, found: Sequence[Tried]) -> Markup:
    """Every question, those that go wrong first, each with the way to why."""
    if not found:
        return _section(say, element("p", say("no_questions"), class_="empty"))
    counts = Counter(each.verdict for each in found)
    told = say(
        "tried",
        count=len(found),
        right=counts["right"],
        wrong=counts["wrong"],
        asked=counts["asked back"],
    )
    parts: list[Child] = [element("p", told, class_="verdict", role="status")]
    for source in SOURCES:
        of = sorted(
            (each for each in found if each.source == source),
            key=lambda each: _ORDER[each.verdict],
        )
        if of:
            parts.append(_group(say, source, of))
    return _section(say, *parts)


def _group(say: Say, source: str, tried: Sequence[Tried]) -> Markup:
    """The questions from one place: those that go wrong are seen, the others can be unfolded."""
    right = [each for each in tried if each.verdict == "right"]
    missed = [each for each in tried if each.verdict != "right"]
    told = say("of_source", source=say(f"source_{source}"), right=len(right), count=len(tried))
    folded = element(
        "details",
        element("summary", told),
        element("ul", *(_question(say, each) for each in right), class_="tried"),
        data_key=source,
    )
    seen = element("ul", *(_question(say, each) for each in missed), class_="tried missed")
    return joined([folded, seen if missed else None])


def _question(say: Say, tried: Tried) -> Markup:
    kind = tried.verdict.replace(" ", "-")
    why = element(
        "a",
        say("why"),
        href=f"../../why?{urlencode({'question': tried.text})}",
        aria_label=say("why_of", question=tried.text),
    )
    got = element("span", say("got", topic=tried.got), class_="more")
    return element(
        "li",
        element("span", say(f"verdict_{kind.replace('-', '_')}"), class_=f"mark {kind}"),
        element("span", tried.text, class_="asked"),
        got if tried.verdict != "right" else None,
        why,
    )


def _section(say: Say, *parts: Child) -> Markup:
    return element(
        "section",
        element("h3", say("questions"), id="questions-heading"),
        element("p", say("questions_hint"), class_="more"),
        *parts,
        element("button", say("try"), type="submit", form="edit", name="action", value="check",
                id="try"),
        id="questions",
        aria_labelledby="questions-heading",
    )  # fmt: skip
