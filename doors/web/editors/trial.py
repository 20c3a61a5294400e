"""A phrase that would draw questions away: what would change, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from desk.topics import Topic
from doors.web.editors.asking import Asking
from doors.web.staff.markup import Child, Markup, element, joined
from editing.digest import named
from editing.engine import Drawn, Engine
from editing.entries import Phrase
from editing.words import Say
from editing.worklist import Item

_KEPT = ("hall", "from", "texts", "phrase", "topic", "other")


class Trial(NamedTuple):
    """A phrase of a topic, the questions it draws away, and a name for just this, so that nothing
    else is confirmed with it. `changed`: something else was shown before."""

    item: Item
    topic: Topic
    phrase: Phrase
    text: str
    drawn: Sequence[Drawn]
    digest: str
    changed: bool


def trial(by: Asking, tried: Trial, engine: Engine, form: Mapping[str, str]) -> Markup:
    """The page of it: written all the same, tried in other words, or left."""
    say, words = by.page.saying("editors"), Say.of(by.language)
    told: list[Child] = [element("p", say("trial_changed"))] if tried.changed else []
    told.append(element("p", say("trial_drawn", count=len(tried.drawn))))
    drawn = [
        element(
            "li",
            element("span", each.text, class_="asked"),
            element("span", say("trial_before", topic=named(each.before, engine, words)),
                    class_="more"),
            element("span", say("trial_after", topic=named(each.after, engine, words)),
                    class_="more"),
        )
        for each in tried.drawn
    ]  # fmt: skip
    back = urlencode({"hall": tried.item.hall.id, "from": form.get("from", "0")})
    hidden = [element("input", type="hidden", name=each, value=form.get(each, ""))
              for each in _KEPT]  # fmt: skip
    return joined(
        [
            element("div", *told, class_="said failed", role="alert", tabindex="-1"),
            element("h2", say(f"trial_{tried.phrase}", text=tried.text,
                              topic=tried.topic.name(by.language))),
            element("ul", *drawn, class_="drawn"),
            element(
                "form",
                element("input", type="hidden", name="form", value=by.session.form),
                *hidden,
                element("label", say("trial_text"), for_="text"),
                element("input", id="text", name="text", value=tried.text, autocomplete="off",
                        maxlength="200"),
                element(
                    "div",
                    element("button", say("trial_again"), type="submit", name="action",
                            value="add", class_="main"),
                    element("button", say("trial_write"), type="submit", name="action",
                            value=f"add:{tried.digest}", class_="confirm"),
                    element("a", say("trial_leave"), href=f"vain?{back}"),
                    class_="buttons",
                ),
                method="post",
                action="vain",
                class_="trial",
            ),
        ]
    )  # fmt: skip
