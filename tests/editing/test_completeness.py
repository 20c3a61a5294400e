"""What a topic lacks is told, and what it tells is not asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from editing.completeness import of_elsewhere, of_journey, of_service
from facts.guides import read_guides
from facts.model import Hall

HALL = "name: {zh: 厅, en: Hall}\nlanguages: [zh, en]\nwindows:\n  - number: 1\n"
NAME = "name: {zh: 证, en: Card}\n"


def hall(folder: Path, **files: str) -> Hall:
    for name, text in {"hall": HALL, **files}.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    [found] = read_guides(folder).halls
    return found


def service(*lines: str) -> str:
    body = "".join(f"    {line}\n" for line in lines)
    return f"office: {{zh: 所, en: Office}}\nservices:\n  - id: card\n    {NAME}{body}"


@pytest.mark.parametrize(
    ("sign", "lines"),
    [
        ("materials", ["materials: [证]"]),
        ("materials", ["materials: none"]),
        ("materials", ["cases: [{id: a, name: 甲, add_materials: [证]}]"]),
        ("steps", ["steps: [交表]"]),
        ("fee", ["fee: free"]),
        ("fee", ["cases:", "  - {id: a, name: 甲, fee: free}", "  - {id: b, name: 乙, fee: 5}"]),
        ("time_limit", ["time_limit: {promised: 即办}"]),
        ("place", ["window: 1"]),
        ("conditions", ["conditions: [本人]"]),
        ("questions", ["ask: [怎么办证]"]),
        ("questions", ["cases: [{id: a, name: 甲, ask: [丢了], fee: free}]"]),
    ],
)
def test_a_fact_is_lacking_until_it_is_told(tmp_path: Path, sign: str, lines: list[str]) -> None:
    def signs(text: str) -> bool:
        found = hall(tmp_path, office=text)
        return of_service(found, found.offices[0], found.offices[0].services[0], ())[sign]

    assert not signs(service())
    assert signs(service(*lines))


@pytest.mark.parametrize(
    ("lines", "complete"),
    [
        ([], True),
        (["summary: 只有中文"], False),
        (["visits: 2", "online: https://example.org/a"], True),
        (["materials: [{name: {zh: 表, en: Form}, form: 申请表}]"], True),
        (["materials: [{name: {zh: 证, en: Card}, note: 只有中文}]"], False),
        (["materials: [{zh: 证, en: Card}]"], True),
        (["cases: [{id: a, name: 甲, fee: free}]"], False),
    ],
)
def test_every_text_is_wanted_in_the_halls_languages(
    tmp_path: Path, lines: list[str], complete: bool
) -> None:
    found = hall(tmp_path, office=service(*lines))
    office = found.offices[0]
    assert of_service(found, office, office.services[0], ())["languages"] is complete


def test_a_question_to_check_with_is_one(tmp_path: Path) -> None:
    hall(tmp_path, office=service(), questions="- {ask: 办证, expect: office/card|register}\n")
    guides = read_guides(tmp_path, questions=True)
    [found] = guides.halls
    office, questions = found.offices[0], guides.questions[found.id]
    assert of_service(found, office, office.services[0], questions)["questions"]


def test_other_entries_have_signs_of_their_own(tmp_path: Path) -> None:
    found = hall(
        tmp_path,
        elsewhere=f"- id: pass\n  {NAME}  authority: {{zh: 局, en: Bureau}}\n  phone: '1'\n",
        journeys=f"- id: inn\n  {NAME}  lead: 1\n",
    )
    elsewhere = of_elsewhere(found, found.elsewhere[0], ())
    assert [key for key, told in elsewhere.items() if not told] == [
        "place",
        "materials",
        "questions",
    ]
    journey = of_journey(found, found.journeys[0], ())
    assert [key for key, told in journey.items() if not told] == ["steps", "questions"]
