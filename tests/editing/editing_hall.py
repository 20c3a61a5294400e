"""A small hall with its ledger, in which things were asked in vain."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ledger.connection import Database
from ledger.database import DatabaseLedger, file_url
from ledger.records import Entry, Event, Rating, Receipt

NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
HALL = """\
name: {zh: 河东镇政务服务中心, en: Hedong Service Hall}
languages: [zh, en]
phone: "0000-1"
windows:
  - number: 1
    name: {zh: 综合窗口, en: Enquiries}
  - number: 2
    name: {zh: 民政窗口, en: Welfare}
    office: welfare
  - number: 3
    name: {zh: 闲窗口, en: Idle}
"""
WELFARE = """\
# 民政 / by hand
office: {zh: 民政办, en: Welfare office}
window: 2
services:
  - id: allowance
    name: {zh: 最低生活保障, en: Minimum living allowance}
    also:
      - 低保      # 常说
    fee: free
    cases:
      - id: renewal
        name: {zh: 年审, en: Yearly check}
        materials: [户口簿]
  - id: card
    name: {zh: 老年优待证, en: Card for the elderly}
    also: [老年证]
    fee: free
"""
ELSEWHERE = """\
- id: passport
  name: {zh: 护照, en: Passport}
  authority: {zh: 县公安局, en: County police}
"""
QUESTIONS = """\
- ask: [老年证怎么办, 老人坐车的证]
  expect: welfare/card
"""
ENTRY = Entry(
    at=AT,
    hall="hedong",
    door="web",
    session="s1",
    language="zh",
    text="低保要带什么",
    outcome="answered",
    topic="welfare/allowance",
    case=None,
    about=("materials",),
    window="2",
    confidence=0.95,
    milliseconds=1.0,
)
RECEIPT = Receipt(
    number="AAAAA",
    at=AT,
    hall="hedong",
    door="web",
    session="s1",
    language="zh",
    text="楼上漏水怎么办",
    topic=None,
    window="1",
    due=AT + timedelta(days=1),
)


def written(folder: Path) -> Path:
    """The hall's folder."""
    home = folder / "hedong"
    home.mkdir()
    files = {"hall": HALL, "welfare": WELFARE, "elsewhere": ELSEWHERE, "questions": QUESTIONS}
    for name, text in files.items():
        (home / f"{name}.yaml").write_text(text, "utf-8")
    return home


def url_of(folder: Path) -> str:
    """The address of the ledger beside the hall."""
    return file_url(folder / "ledger.db")


def asked_in_vain(folder: Path, at: datetime = AT) -> Database:
    """A ledger in which citizens have asked in vain from this time on."""
    ledger = DatabaseLedger.open(url_of(folder))
    receipt = replace(RECEIPT, at=at, due=at + timedelta(days=1))
    for place, text in enumerate(
        ("房子产权怎么过户", "房子产权怎么过户?", "房子的产权怎么过户", "楼上漏水怎么办")
    ):
        number = f"AAAA{place}"
        ledger.take_down(replace(receipt, number=number, text=text, session=f"r{place}"))
    answered = Event(receipt="AAAA3", at=at + timedelta(hours=2), kind="answered", by="Li")
    ledger.change("AAAA3", ("open",), {"state": "answered"}, answered)
    for session in ("chat-b1", "chat-b2"):
        asked = replace(ENTRY, at=at, session=session, text="补贴", outcome="choose", topic=None)
        ledger.record(replace(asked, about=(), window=None, confidence=0.0))
    for place in range(3):
        session = f"chat-a{place}"
        ledger.record(replace(ENTRY, session=session, door="telegram", at=at + timedelta(hours=8)))
    for session in ("chat-a0", "chat-a1"):
        rating = Rating(
            at=at + timedelta(hours=9), hall="hedong", session=session, window="2",
            topic="welfare/allowance", receipt=None, level=1 if session == "chat-a0" else 5,
        )  # fmt: skip
        ledger.rate(rating)
    ledger.close()
    return Database(url_of(folder), 2.0)
