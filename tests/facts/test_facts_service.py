"""What counts of a service on a day and in a case, and where nearer facts replace farther ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_guides import guides

from facts.counts import phone_of, window_phone, windows_of
from facts.model import Hall, Service

OFFICE = """\
office: 民政办
phone: office
services:
  - id: dibao
    name: 低保
    fee: 10
    materials: [身份证]
    changes:
      2027-06-01: {fee: 30, materials: [身份证, 照片]}
      2027-01-01: {fee: 20}
    cases:
      - {id: new, name: 新办, add_materials: [申请表]}
      - {id: lost, name: 补办, fee: free, materials: [声明], changes: {2027-03-01: {fee: 5}}}
  - {id: own, name: 乙, window: [3, 1], phone: service, fee: free, materials: 无, kind: 即办件}
"""
HALL = """\
name: 甲
phone: hall
lead_window: 1
windows: [{number: 1}, {number: 2, office: civil-affairs}, {number: 3, phone: window}]
"""


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return guides(tmp_path, hall=HALL, civil_affairs=OFFICE).halls[0]


def told(service: Service) -> tuple[list[str], list[str]]:
    amounts = [charge.amount.say("zh") for charge in service.fee or ()]
    return amounts, [material.name.say("zh") for material in service.materials or ()]


FACTS = [
    (date(2026, 12, 31), None, ["10"], ["身份证"]),
    (date(2027, 1, 1), None, ["20"], ["身份证"]),
    (date(2027, 6, 1), None, ["30"], ["身份证", "照片"]),
    (date(2026, 12, 31), "new", ["10"], ["身份证", "申请表"]),
    (date(2027, 6, 1), "new", ["30"], ["身份证", "照片", "申请表"]),
    (date(2027, 1, 1), "lost", [], ["声明"]),
    (date(2027, 6, 1), "lost", ["5"], ["声明"]),
    (date(2027, 1, 1), "no such case", ["20"], ["身份证"]),
]


@pytest.mark.parametrize(("day", "case", "fee", "materials"), FACTS)
def test_changes_count_from_their_day_and_a_case_overrides_what_it_tells(
    hall: Hall, day: date, case: str | None, fee: list[str], materials: list[str]
) -> None:
    service = hall.offices[0].services[0].facts(day, case)
    assert told(service) == (fee, materials)


def test_a_services_windows_are_its_own_else_those_of_its_office(hall: Hall) -> None:
    office = hall.offices[0]
    dibao, own = office.services
    assert [window.number for window in windows_of(hall, office, own)] == ["3", "1"]
    assert [window.number for window in windows_of(hall, office, dibao)] == ["2"]


def test_the_nearest_phone_counts(hall: Hall) -> None:
    office = hall.offices[0]
    dibao, own = office.services
    assert phone_of(hall, office, own) == "service"
    assert phone_of(hall, office, dibao) == "office"
    assert [window_phone(hall, window) for window in hall.windows] == ["hall", "office", "window"]


def test_the_topics_of_a_hall_are_its_services_cases_matters_elsewhere_journeys_and_windows(
    tmp_path: Path,
) -> None:
    hall = guides(
        tmp_path,
        hall=HALL,
        civil_affairs=OFFICE,
        elsewhere="- {id: passport, name: 护照}\n",
        journeys="- {id: newborn, name: 生孩子}\n",
    ).halls[0]
    assert hall.topic_ids() == {
        "civil-affairs/dibao",
        "civil-affairs/dibao#new",
        "civil-affairs/dibao#lost",
        "civil-affairs/own",
        "elsewhere/passport",
        "journeys/newborn",
        "window/1",
        "window/2",
        "window/3",
    }
