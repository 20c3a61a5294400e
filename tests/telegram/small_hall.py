"""A hall of three matters, one of them with a very long answer."""

from __future__ import annotations

from pathlib import Path

HALL = """
name: {zh: 清溪镇政务服务中心, en: Qingxi Town Service Centre}
languages: [zh, en]
phone: "0000-7654300"
hours:
  - days: Mon-Fri
    open: ["08:30-12:00", "14:00-17:30"]
holidays: none
lead_window: 1
head: head
reply_within: 1 working day
windows:
  - number: 1
    name: {zh: 综合窗口, en: General window}
    staff: lead
  - number: 6
    name: {zh: 户籍窗口, en: Registration window}
    office: police
    staff: registry
"""

POLICE = """
office: {zh: 派出所户籍室, en: Police registration office}
window: 6
services:
  - id: id-card-first
    name: {zh: 首次申领居民身份证, en: First identity card}
    also: [第一次办身份证, 身份证业务]
    materials: [户口簿]
    time_limit: {promised: 20 working days}
    fee: free
  - id: id-card-lost
    name: {zh: 丢失补领居民身份证, en: Replacing a lost identity card}
    also: [身份证业务, 补身份证, 身份证丢了, lost identity card]
    materials: [户口簿, 一寸照片]
    time_limit: {promised: 20 working days}
    fee:
      - amount: 40
  - id: household
    name: {zh: 户口整户迁移, en: Moving a whole household}
    also: [整户迁户口, 迁户口]
    time_limit: {promised: 20 working days}
    fee: free
    materials:
"""

MATERIAL = "      - 第{number}号表（迁出地派出所盖章密封，<务必>连同 A&B 两联交到窗口，不要拆开）"


def write(folder: Path) -> Path:
    """Write the guides of the hall into a folder; gives the hall's own."""
    hall = folder / "qingxi"
    hall.mkdir()
    (hall / "hall.yaml").write_text(HALL, "utf-8")
    materials = "\n".join(MATERIAL.format(number=each) for each in range(1, 101))
    (hall / "police.yaml").write_text(f"{POLICE}{materials}\n", "utf-8")
    return hall
