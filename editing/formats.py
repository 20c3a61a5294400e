"""The report of a check: as text for people, as JSON, or as annotations for GitHub."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desk.texts import Texts
from editing.accepted import FILE, MISSED, Change
from editing.quoting import Quotes
from facts.problems import Problem, has_errors
from facts.schema import chinese_of

TEXTS = Texts(Path(__file__).parent / "texts")
SHOWN = 40
"""Changes of facts that are shown, and questions of each kind."""
FORMATS = ("text", "json", "github")
_ENDINGS = ("wrong", "asked", "registered")


@dataclass(slots=True)
class Report:
    """What a check of the guides in a folder found.

    `verdicts` count what became of the questions; `compared` is whether there was something
    accepted to compare with, `notes` are what else the editor must know, `failed` is whether
    what was to be accepted could not be kept.
    """

    root: Path
    problems: Sequence[Problem] = ()
    verdicts: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    compared: bool = False
    notes: list[str] = field(default_factory=list)
    failed: bool = False

    def lines(self, form: str, language: str) -> Iterator[str]:
        """The report in one of `FORMATS`."""
        language = "zh" if language.partition("-")[0] == "zh" else "en"
        tell = {"json": self._json, "github": self._github}.get(form, self._text)
        yield from tell(language)

    def status(self) -> int:
        """The exit status: 2 where there is no such folder, 1 where there are errors or it
        has failed, else 0."""
        if any(each.kind in ("missing-folder", "not-a-folder") for each in self.problems):
            return 2
        return int(self.failed or has_errors(self.problems))

    def _text(self, language: str) -> Iterator[str]:
        quotes = Quotes(Path(os.path.realpath(self.root)))
        count = self._count()
        for severity in ("error", "warning"):
            for problem in self._ordered(severity):
                yield problem.render(language)
                yield from quotes.quote(problem)
            if count[severity]:
                yield ""
        if self.problems:
            told = {"errors": count["error"], "warnings": count["warning"]}
            yield TEXTS.say("count", language, **told)
        else:
            yield TEXTS.say("fine", language)
        yield from self._rest(language)

    def _rest(self, language: str) -> Iterator[str]:
        """What became of the questions, and what is not as it was accepted."""
        if self.verdicts:
            ended = {each: self.verdicts[each] for each in ("right", *_ENDINGS)}
            yield TEXTS.say("questions", language, all=self.verdicts.total(), **ended)
        if self.changes:
            yield TEXTS.say("changed", language, file=FILE)
            yield from _changed(self.changes, language)
            yield TEXTS.say("accept_hint", language)
        elif self.compared:
            yield TEXTS.say("unchanged", language, file=FILE)
        yield from self.notes

    def _json(self, language: str) -> Iterator[str]:
        count = self._count()
        told = {
            "errors": count["error"],
            "warnings": count["warning"],
            "problems": [_as_json(each, language) for each in self._ordered()],
            "questions": dict(sorted(self.verdicts.items())),
            "changes": [_change_as_json(each) for each in self.changes],
            "notes": self.notes,
        }
        yield json.dumps(told, ensure_ascii=False, indent=2)

    def _github(self, language: str) -> Iterator[str]:
        for problem in (*self._ordered("error"), *self._ordered("warning")):
            file = os.path.relpath(Path(os.path.realpath(self.root)) / problem.file)
            place = {"file": file, "line": problem.line, "col": problem.column}
            title = {**place, "title": problem.kind}
            told = ",".join(f"{name}={_property(str(value))}" for name, value in title.items())
            message = f"{problem.what(language)}\n{problem.remedy(language)}"
            yield f"::{problem.severity} {told}::{_escaped(message)}"
        rest = "\n".join(self._rest(language))
        if rest:
            yield f"::notice title=check::{_escaped(rest)}"

    def _ordered(self, severity: str | None = None) -> list[Problem]:
        found = [each for each in self.problems if severity in (None, each.severity)]
        return sorted(found, key=lambda each: (each.file, each.line, each.column, each.kind))

    def _count(self) -> Counter[str]:
        return Counter(each.severity for each in self.problems)


def _as_json(problem: Problem, language: str) -> Mapping[str, object]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "kind": problem.kind,
        "what": problem.what(language),
        "remedy": problem.remedy(language),
    }


def _change_as_json(change: Change) -> Mapping[str, object]:
    if change.topic is None:
        told = {"before": change.before or "right", "after": change.after or "right"}
        return {"question": change.key, **told}
    name = {"topic": change.topic, "key": change.key or None}
    return {**name, "before": change.before, "after": change.after}


def _escaped(text: str) -> str:
    """A message as GitHub's workflow commands want it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _changed(changes: Iterable[Change], language: str) -> Iterator[str]:
    facts = [each for each in changes if each.topic is not None]
    for change in facts[:SHOWN]:
        yield _fact(change, language)
    if len(facts) > SHOWN:
        yield TEXTS.say("changed_more", language, count=len(facts) - SHOWN)
    questions = [each for each in changes if each.topic is None]
    for ending in ("right", *_ENDINGS):
        texts = [each.key for each in questions if (each.after or "right") == ending]
        if texts:
            yield TEXTS.say(f"question_{ending}", language, count=len(texts))
            for text in texts[:SHOWN]:
                yield TEXTS.say("question_text", language, text=text)


def _fact(change: Change, language: str) -> str:
    nothing = TEXTS.say("nothing", language)
    told = {"topic": change.topic, "before": change.before or nothing}
    told["after"] = change.after or nothing
    if not change.key:
        return TEXTS.say(
            "changed_gone" if change.after is None else "changed_added", language, **told
        )
    key = chinese_of(change.key) if language == "zh" else change.key
    return TEXTS.say("changed_fact", language, fact=key, **told)


def counted(verdicts: Iterable[str]) -> Counter[str]:
    """How many questions went right, or how else they ended."""
    return Counter(MISSED.get(each, each) for each in verdicts)
