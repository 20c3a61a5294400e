"""The YAML of an entry in a form, and two versions of it side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from doors.web.staff.markup import Child, Markup, element
from editing.opened import Opened

Say = Callable[..., str]
AROUND = 2
"""Lines that are shown before and after those that differ."""


def form(
    say: Say, opened: Opened, own: str, digest: str, token: str, confirm: str | None
) -> Markup:
    """The YAML in a textarea; `confirm` names the warnings that may be confirmed."""
    area = element(
        "textarea",
        "\n" + own,  # a browser drops a line break that comes first
        id="text",
        name="text",
        rows="24",
        spellcheck="false",
        autocapitalize="off",
        autocomplete="off",
        wrap="off",
        aria_describedby="tab-hint",
        data_line=str(opened.passage.line),
    )
    buttons: list[Child] = [
        element(
            "button",
            say("save"),
            type="submit",
            name="action",
            value="save",
            class_="main" if confirm is None else None,
        ),
        element("button", say("check"), type="submit", name="action", value="check"),
    ]
    if confirm is not None:
        buttons.insert(
            0,
            element(
                "button",
                say("confirm"),
                type="submit",
                name="action",
                value=f"save:{confirm}",
                class_="main confirm",
            ),
        )
    return element(
        "form",
        element("label", say("yaml"), for_="text"),
        element("div", area, class_="editor"),
        element("p", say("tab_hint"), id="tab-hint", class_="more"),
        element("input", type="hidden", name="form", value=token),
        element("input", type="hidden", name="digest", value=digest),
        element("div", *buttons, class_="buttons"),
        method="post",
        id="edit",
    )


def conflict(say: Say, theirs: str, mine: str) -> list[Child]:
    """What stands in the file by now beside what was written, line by line; nothing is lost."""
    if theirs == mine:
        return [element("p", say("conflict_same"))]
    rows = _rows(say, theirs.splitlines(), mine.splitlines())
    whole = element("details", element("summary", say("conflict_theirs")),
                    element("pre", theirs, tabindex="0"))  # fmt: skip
    return [
        element("p", say("conflict_diff"), class_="more"),
        element("div", *rows, class_="diff", role="region", tabindex="0",
                aria_label=say("conflict_diff")),
        whole,
    ]  # fmt: skip


def _rows(say: Say, theirs: Sequence[str], mine: Sequence[str]) -> list[Markup]:
    """The lines in which two texts differ, with a few around them."""
    rows: list[Markup] = []
    for group in SequenceMatcher(None, theirs, mine, autojunk=False).get_grouped_opcodes(AROUND):
        if rows:
            rows.append(_row("", "…", "gap"))
        for tag, from_, to, of_mine, to_mine in group:
            if tag == "equal":
                rows += [_row("", each, "same") for each in theirs[from_:to]]
                continue
            rows += [_row(say("diff_theirs"), each, "theirs") for each in theirs[from_:to]]
            rows += [_row(say("diff_mine"), each, "mine") for each in mine[of_mine:to_mine]]
    return rows


def _row(whose: str, text: str, kind: str) -> Markup:
    return element("div", element("span", whose, class_="who"), element("code", text), class_=kind)
