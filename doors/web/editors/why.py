"""Why: a question to try, and what decided about it, as an editor reads it."""

from __future__ import annotations

from desk.why import Candidate, Explanation
from doors.web.staff.markup import Child, Markup, element, joined
from doors.web.staff.page import Page
from facts.questions import INTENTS

MOST = 12.0
"""The logit at which a channel's bar is full."""


class WhyPage:
    """The explanation of one question."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._say = page.saying("editors")

    def body(self, question: str, found: Explanation | None) -> Markup:
        """The form to ask in, and what was made of the question."""
        form = element(
            "form",
            element("label", self._say("why_question"), for_="question"),
            element("input", id="question", name="question", value=question, required=True,
                    autocomplete="off", maxlength="500"),
            element("button", self._say("why_go"), type="submit", class_="main"),
            class_="filter",
            role="search",
        )  # fmt: skip
        hint = element("p", self._say("why_hint"), class_="more")
        return joined([form, hint, self._explained(found) if found else None])

    def _explained(self, found: Explanation) -> Markup:
        comma = self._page.say("list_comma")
        asked = comma.join(
            f"{self._intent(intent)} {share:.0%}" for intent, share in found.asked
        )  # fmt: skip
        facts: list[Child] = [
            element("dt", self._say("why_read")),
            element("dd", found.read),
            element("dt", self._say("why_asked")),
            element("dd", asked or self._say("why_nothing")),
        ]
        if found.stages:
            facts += [
                element("dt", self._say("why_stages")),
                element("dd", comma.join(found.stages)),
            ]
        if found.further:
            facts += [element("dt", self._say("why_further")),
                      element("dd", comma.join(found.further))]  # fmt: skip
        ranked = [
            self._candidate(place, each, found) for place, each in enumerate(found.candidates)
        ]
        return element(
            "section",
            element("h2", self._say("why_heading")),
            element("p", found.reason, class_="reason", role="status"),
            element("dl", *facts),
            element("h3", self._say("why_candidates")),
            element("ol", *ranked, class_="candidates") if ranked else None,
            element("p", self._say("why_none", share=f"{found.none:.1%}"), class_="more"),
            class_="why",
        )

    def _candidate(self, place: int, each: Candidate, found: Explanation) -> Markup:
        behind = None
        if place == 1:
            gap = found.candidates[0].share - each.share
            behind = element("p", self._say("why_runner_up", gap=f"{gap:.1%}"), class_="more")
        matched = [element("mark", word) for word in each.matched]
        left = self._page.say("list_comma").join(each.left)
        nothing = self._say("why_nothing")
        return element(
            "li",
            element(
                "p",
                element("strong", each.name or each.label),
                " ",
                element("span", each.label, class_="more"),
                " ",
                element("span", f"{each.share:.1%}", class_="share"),
            ),
            behind,
            element(
                "dl",
                element("dt", self._say("why_matched")),
                element("dd", *_spaced(matched)) if matched else element("dd", nothing),
                element("dt", self._say("why_left")),
                element("dd", left or nothing),
                element("dt", self._say("why_phrase")),
                element("dd", each.phrase or nothing),
            ),
            element("ul", *(self._channel(*one) for one in each.channels.items()),
                    class_="channels"),
        )  # fmt: skip

    def _channel(self, name: str, weight: float) -> Markup:
        told = self._say(f"why_{name}")
        meter = element(
            "meter",
            value=f"{min(abs(weight), MOST):.2f}",
            min="0",
            max=f"{MOST:.0f}",
            aria_label=told,
            class_="against" if weight < 0 else "for",
        )
        return element("li", element("span", told), meter, element("span", f"{weight:+.1f}"))

    def _intent(self, intent: str) -> str:
        """An intent in the editor's language; the engine's own ones are told as it names them."""
        return self._say(f"intent_{intent}") if intent in INTENTS else intent.replace("_", " ")


def _spaced(parts: list[Markup]) -> list[Child]:
    return [each for part in parts for each in (part, " ")]
