"""Two halls that the program has never seen: one in English, one wholly in Chinese."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "harbour/hall.yaml": """\
name: Harbour Service Hall
languages: [en, zh]
phone: 555-0100
time_zone: Europe/Lisbon
currency: EUR
holidays: none
hours:
  - days: Mon-Fri
    open: ["09:00-12:30", "14:00-17:00"]
lead_window: A1
windows:
  - number: A1
    name: Enquiries
  - number: B2
    name: Boats
    office: boats
    place: by the stairs
    phone: 555-0102
""",
    "harbour/boats.yaml": """\
office: Boat registry
window: B2
services:
  - id: mooring
    name: {en: Mooring permit, zh: 泊位许可}
    also: [berth, 停船]
    time_limit: {promised: 2 working days}
    materials:
      - Proof of ownership
      - Insurance certificate
    fee:
      - amount: 35
  - id: logbook
    name: Crew logbook
    also: [seaman book]
    time_limit: {promised: 5 working days}
    fee: free
    cases:
      - id: first
        name: First logbook
        materials: [Passport photo]
      - id: lost
        name: Lost logbook
        materials: [Report of the loss]
""",
    "harbour/elsewhere.yaml": """\
- id: passport
  name: Passport
  authority: Passport office
  phone: 555-0199
""",
    "heyuan/hall.yaml": """\
名称: 河源村便民服务大厅
电话: "0000-7"
节假日: 无
窗口:
  - 编号: 1
    名称: 综合窗口
    单位: village
""",
    "heyuan/village.yaml": """\
单位: 村务办
事项:
  - 标识: residence-proof
    事项名称: 居住证明
    别名: [住址证明]
    申请材料: [身份证, 户口簿]
    办结时限: {承诺: 即办}
    收费: 免费
""",
}
UNKNOWN_KEY = """\
office: Market office
services:
  - id: stall
    name: Market stall
    fees: free
"""
"""An office of which one line, the fifth, is faulty."""


def write(folder: Path) -> Path:
    """Write both halls; gives the folder of halls."""
    halls = folder / "halls"
    for name, contents in FILES.items():
        file = halls / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(contents, "utf-8")
    return halls
