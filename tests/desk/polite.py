"""What no reply may say, in any language."""

from __future__ import annotations

FORBIDDEN = {
    "zh": ("不知道", "不清楚", "不归我管", "不归我们管", "找别人去", "自己看", "不是我的事"),
    "en": (
        "don't know",
        "do not know",
        "no idea",
        "i'm not sure",
        "i am not sure",
        "not clear to me",
        "not my job",
        "not my business",
        "not our job",
        "not our business",
        "not responsible",
        "not my department",
        "ask someone else",
        "ask somebody else",
        "go elsewhere",
        "look it up",
        "look for yourself",
        "see for yourself",
        "read it yourself",
        "find out yourself",
    ),
}
