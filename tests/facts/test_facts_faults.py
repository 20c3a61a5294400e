"""Every kind of fault in a guide is told with its file, line and column, and what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from small_guides import HALL, OFFICE, guides

from facts.guides import check_guides
from facts.problems import WARNINGS, Problem, has_errors, report, texts

HERE = "▲"
"""Stands before the fault in the guides below, and is taken out of them."""

SERVICE = """\
office: 民政办
services:
  - id: dibao
    name: 低保
    fee: free
    materials: 无
    time_limit: {promised: 5天}
"""
MATERIALS = SERVICE.replace("materials: 无", "materials:")
WINDOW = "name: 甲\nwindows:\n  - number: 1\n  - number: 2\n    office: civil-affairs\n"

FAULTS = [
    # what YAML cannot take
    ("yaml-tab", "civil_affairs", "office: 甲\nservices:\n▲\t- id: a\n", "tab"),
    ("yaml-tab", "civil_affairs", "office: 甲\nservices:\n  - id: a\n  ▲\tname: b\n", "tab"),
    ("yaml-colon", "civil_affairs", "office: 注意▲: 甲\n", "colon"),
    ("yaml-colon", "civil_affairs", SERVICE + "    note: see▲: here\n", "quotes"),
    ("yaml-space", "civil_affairs", "office: 甲\nphone▲:0713\nalso: b\n", "`phone: value`"),
    ("yaml-wide-colon", "civil_affairs", "office▲：甲\nphone: 1\n", "full-width"),
    ("yaml-no-colon", "civil_affairs", "office: 甲\n▲phone 0713\nalso: b\n", "colon"),
    ("yaml-dash", "civil_affairs", "office: 甲\nalso:\n  - a\n  ▲-b\n  c: d\n", "dash"),
    ("yaml-quote", "civil_affairs", 'office: ▲"民政办\nphone: 1\n', "never closed"),
    ("yaml-after-quote", "civil_affairs", 'office: "民政"▲办\n', "closing quote"),
    ("yaml-bracket", "civil_affairs", "office: 甲\nalso: ▲[a, b\nphone: 1\n", "bracket"),
    ("yaml-bracket", "civil_affairs", "office: ▲{zh: 甲\nphone: 1\n", "bracket"),
    ("yaml-indent", "civil_affairs", "office: 甲\nservices:\n  - id: a\n   ▲name: b\n", "aligned"),
    ("yaml-indent", "civil_affairs", "office: 甲\n  phone▲: 1\n", "aligned"),
    ("yaml-character", "civil_affairs", "office: ▲@甲\n", "`@`"),
    ("yaml-character", "civil_affairs", "office: ▲`甲`\n", "`"),
    ("yaml-character", "civil_affairs", "office: ▲*甲\n", "`*`"),
    ("yaml-escape", "civil_affairs", 'office: "甲▲\\q"\n', "backslash"),
    ("yaml-list-beside", "civil_affairs", "office: 甲\nalso: ▲- a\n", "next line"),
    ("yaml-character", "civil_affairs", "▲%x\noffice: 甲\n", "`%`"),
    ("yaml-character", "civil_affairs", "office: ▲> 甲\n", "`>`"),
    ("yaml-bracket", "civil_affairs", "office: 甲\nalso: [a]▲]\n", "bracket"),
    ("yaml-tab", "civil_affairs", "office: 甲\nalso:\n- ▲\ta\n", "tab"),
    ("yaml-escape", "civil_affairs", 'office: "甲\\u▲12"\n', "backslash"),
    ("yaml", "civil_affairs", "▲%YAML 9.9\n---\noffice: 甲\n", "not valid YAML"),
    ("documents", "civil_affairs", "office: 甲\n▲---\noffice: 乙\n", "second ---"),
    ("tag", "civil_affairs", "office: ▲!!python/object/apply:os.system [ls]\n", "python/object"),
    ("tag", "civil_affairs", "office: ▲!!str 甲\n", "tag"),
    ("alias-loop", "civil_affairs", "office: 甲\nalso: &a [▲*a]\n", "itself"),
    ("key-not-text", "civil_affairs", "office: {▲{name}}\n", "not a text"),
    ("key-not-text", "civil_affairs", "▲[a]: b\n", "not a text"),
    ("control-character", "civil_affairs", "office: 甲▲\x07\n", "U+0007"),
    # keys
    ("unknown-key", "civil_affairs", "office: 甲\n▲fone: 1\n", "Did you mean `phone`?"),
    ("unknown-key", "civil_affairs", SERVICE + "    ▲申请才料: 无\n", "`申请材料`"),
    ("unknown-key", "hall", "name: 甲\n▲Phone: 1\n", "`phone`"),
    ("unknown-key", "hall", "name: 甲\ncomplaints: {▲phones: 1}\n", "`phone`"),
    ("merge-key", "civil_affairs", "office: 甲\n▲<<: {phone: 1}\n", "merge"),
    ("double-key", "civil_affairs", "office: 甲\nphone: 1\n▲phone: 2\n", "line 2"),
    (
        "double-key",
        "civil_affairs",
        SERVICE + "    ▲申请材料: 无\n",
        "`materials` stands in line 6",
    ),
    ("double-key", "hall", "name: {zh: 甲, ▲zh: 乙}\n", "twice"),
    (
        "double-key",
        "civil_affairs",
        SERVICE + "    changes:\n      2027-01-01: {fee: 1}\n      ▲2027/1/1: {fee: 2}\n",
        "twice",
    ),
    ("missing-key", "civil_affairs", "▲phone: 1\n", "`office` (单位) is missing"),
    ("missing-key", "hall", "▲phone: 1\n", "`name`"),
    ("missing-key", "hall", "name:▲\nphone: 1\n", "`name`"),
    ("missing-key", "civil_affairs", "office: 甲\nservices:\n  - ▲name: 低保\n", "`id`"),
    ("missing-key", "civil_affairs", MATERIALS + "    forms:\n      - ▲url: a\n", "`name`"),
    ("empty-item", "civil_affairs", "office: 甲\nalso:\n  - a\n  -▲\n", "empty"),
    # slips
    (
        "inline-comma",
        "hall",
        "name: 甲\naddress: {zh: 乙, en: 8 Main Road, ▲Riverside}\n",
        "left `Riverside`",
    ),
    (
        "inline-comma",
        "civil_affairs",
        SERVICE.replace("无", "[{name: 户口簿, ▲首页, copies: 1}]"),
        "a comma split",
    ),
    (
        "inline-comma-doubt",
        "civil_affairs",
        SERVICE + "    conditions: [Aged 16, ▲and resident here]\n",
        "and resident here",
    ),
    (
        "inline-comma-doubt",
        "civil_affairs",
        SERVICE + "    conditions: [▲户口在本镇（村, 社区）]\n",
        "户口在本镇",
    ),
    (
        "colon-in-text",
        "civil_affairs",
        SERVICE + "    conditions:\n      - ▲带好材料: 原件\n",
        '"带好材料: …"',
    ),
    (
        "colon-in-text",
        "civil_affairs",
        MATERIALS.replace("materials:", "materials:\n      - ▲Bring with you: a card"),
        "colon",
    ),
    ("colon-in-text", "civil_affairs", SERVICE + "    ask: [▲多少钱一本: 20]\n", "colon"),
    ("language-not-listed", "hall", "name: {zh: 甲, ▲fr: A}\n", "`fr`"),
    # values
    ("wrong-text", "hall", "name: 甲\naddress: ▲[乙, 丙]\n", "a list"),
    ("wrong-text", "hall", "name: 甲\naddress: {zh: ▲[乙]}\n", "a list"),
    ("wrong-string", "hall", "name: 甲\nphone: ▲{zh: 1}\n", "a mapping"),
    ("wrong-string", "civil_affairs", "office: 甲\nalso: [a, ▲[b]]\n", "a list"),
    ("wrong-choice", "civil_affairs", SERVICE + "    kind: ▲quick\n", "instant (即办件)"),
    ("wrong-choice", "civil_affairs", SERVICE + "    accepted_at: ▲[镇]\n", "village (村)"),
    ("wrong-choice", "hall", "name: 甲\ncount_from: ▲tomorrow\n", "same day (当日)"),
    (
        "wrong-choice",
        "journeys",
        "- {id: a, name: 甲, steps: [{topic: a/b, with: ▲next}]}\n",
        "previous (上一步)",
    ),
    ("wrong-audience", "civil_affairs", SERVICE + "    audience: ▲everyone\n", "individual"),
    (
        "wrong-yes",
        "civil_affairs",
        SERVICE.replace("无", "[{name: 证, electronic: ▲perhaps}]"),
        "“perhaps”",
    ),
    (
        "wrong-count",
        "civil_affairs",
        SERVICE.replace("无", "[{name: 证, copies: ▲several}]"),
        "whole number",
    ),
    ("wrong-number", "hall", "name: 甲\nlocation: {lat: ▲north, lon: 1}\n", "30.25"),
    ("wrong-number", "hall", "name: 甲\nlocation: {lat: ▲nan, lon: 1}\n", "30.25"),
    ("wrong-degrees-90", "hall", "name: 甲\nlocation: {lat: ▲118, lon: 30}\n", "exchanged"),
    ("wrong-degrees-180", "hall", "name: 甲\nlocation: {lat: 1, lon: ▲181}\n", "-180"),
    ("wrong-date", "hall", "name: 甲\nclosed: [{date: ▲2026-02-30}]\n", "2026-12-31"),
    ("wrong-date", "civil_affairs", SERVICE + "    verified_on: ▲last week\n", "“last week”"),
    ("wrong-date", "civil_affairs", SERVICE + "    changes: {▲soon: {fee: 1}}\n", "“soon”"),
    (
        "wrong-month-day",
        "hall",
        'name: 甲\nhours: {days: Mon, open: "8:00-9:00", from: ▲2026-05-01, to: 09-30}\n',
        "05-01",
    ),
    ("wrong-days", "hall", 'name: 甲\nhours: [{days: ▲Mo-Fr, open: "8:00-9:00"}]\n', "Mon-Fri"),
    ("wrong-span", "hall", 'name: 甲\nhours: [{days: Mon, open: ▲"8-12"}]\n', "08:30-12:00"),
    ("wrong-span", "hall", 'name: 甲\nhours: [{days: Mon, open: ▲"8:00-25:00"}]\n', "08:30-12:00"),
    ("span-reversed", "hall", 'name: 甲\nhours: [{days: Mon, open: ▲"12:00-8:00"}]\n', "midnight"),
    (
        "wrong-duration",
        "civil_affairs",
        SERVICE.replace("5天", "▲5"),
        "5 working days",
    ),
    ("wrong-duration", "hall", "name: 甲\nreply_within: ▲soon\n", "4 working hours"),
    ("wrong-language", "hall", "languages: [▲Chinese (simplified)]\nname: 甲\n", "zh"),
    ("wrong-time-zone", "hall", "name: 甲\ntime_zone: ▲Beijing\n", "Asia/Shanghai"),
    ("wrong-time-zone", "hall", "name: 甲\ntime_zone: ▲../../etc/passwd\n", "Asia/Shanghai"),
    ("wrong-holidays", "hall", "name: 甲\nholidays: ▲China only\n", "GB-ENG"),
    ("unknown-holidays", "hall", "name: 甲\nholidays: ▲XX\n", "`XX`"),
    ("unknown-holidays", "hall", "name: 甲\nholidays: ▲GB-XXX\n", "`GB-XXX`"),
    ("wrong-point", "hall", "name: 甲\nwindows: [{number: 1, at: ▲[1, 2, 3]}]\n", "[10, 6.5]"),
    ("wrong-point", "hall", "name: 甲\nwindows: [{number: 1, at: ▲here}]\n", "two numbers"),
    ("wrong-words", "hall", "name: 甲\nwords: [▲[低保]]\n", "two words"),
    ("wrong-changes", "civil_affairs", SERVICE + "    changes: ▲free\n", "2027-01-01"),
    ("missing-floor-plan", "hall", "name: 甲\nfloor_plan: ▲plan.svg\n", "plan.svg"),
    ("missing-floor-plan", "hall", "name: 甲\nfloor_plan: ▲../plan.svg\n", "plan.svg"),
    ("wrong-opening", "hall", "name: 甲\nhours: ▲mornings\n", "days: Mon-Fri"),
    ("wrong-opening", "hall", "name: 甲\nhours: [▲[Mon]]\n", "a list"),
    ("wrong-location", "hall", "name: 甲\nlocation: ▲30.1 118.2\n", "lat: 30.27"),
    ("wrong-notice", "hall", "name: 甲\nnotices: [▲[a]]\n", "text: System upgrade"),
    ("wrong-closure", "hall", "name: 甲\nclosed: [▲[a]]\n", "date: 2026-12-31"),
    ("wrong-window", "hall", "name: 甲\nwindows: [▲3]\n", "number: 3"),
    ("wrong-station", "hall", "name: 甲\nstations: ▲东村\n", "id: east"),
    ("wrong-complaints", "hall", "name: 甲\ncomplaints: ▲[a]\n", "12345"),
    ("wrong-floorplan", "hall", "name: 甲\nfloor_plan: ▲[20, 10]\n", "width: 20"),
    ("wrong-material", "civil_affairs", SERVICE.replace("无", "[▲[a]]"), "Identity card"),
    ("wrong-timelimit", "civil_affairs", SERVICE.replace("{promised: 5天}", "▲5天"), "“5天”"),
    ("wrong-charge", "civil_affairs", SERVICE.replace("free", "[▲[20]]"), "amount: 20"),
    ("wrong-form", "civil_affairs", SERVICE + "    forms: [▲[a]]\n", "Application form"),
    ("wrong-joint", "civil_affairs", SERVICE + "    joint: [▲[a]]\n", "authority: Police"),
    ("wrong-faq", "civil_affairs", SERVICE + "    faq: [▲要预约吗]\n", "Must I book?"),
    ("wrong-case", "civil_affairs", SERVICE + "    cases: [▲补办]\n", "id: replace"),
    ("wrong-service", "civil_affairs", "office: 甲\nservices: [▲低保]\n", "id: permit"),
    ("wrong-office", "civil_affairs", "▲- office: 甲\n", "a list"),
    ("wrong-hall", "hall", "▲河东镇\n", "“河东镇”"),
    ("wrong-elsewhere", "elsewhere", "- ▲护照\n", "id: passport"),
    ("wrong-journey", "journeys", "- ▲生孩子\n", "id: newborn"),
    ("wrong-step", "journeys", "- id: a\n  name: 甲\n  steps: [▲[a/b]]\n", "topic: health/birth"),
    ("wrong-question", "questions", "- ▲低保\n", "community/library-card"),
    # contradictions
    ("double-id", "civil_affairs", SERVICE + "  - id: ▲dibao\n    name: 乙\n", ".yaml:3"),
    ("double-id", "hall", "name: 甲\nwindows: [{number: 2}, {number: ▲2}]\n", "twice"),
    (
        "double-id",
        "civil_affairs",
        SERVICE + "    cases: [{id: a, name: 甲, fee: 1}, {id: ▲a, name: 乙, fee: 2}]\n",
        "twice",
    ),
    ("double-id", "elsewhere", "- {id: a, name: 甲}\n- {id: ▲a, name: 乙}\n", "twice"),
    ("double-id", "journeys", "- {id: a, name: 甲}\n- {id: ▲a, name: 乙}\n", "twice"),
    (
        "double-id",
        "hall",
        "name: 甲\nstations: [{id: a, name: 甲}, {id: ▲a, name: 乙}]\n",
        "twice",
    ),
    ("wrong-service-id", "civil_affairs", SERVICE.replace("dibao", "▲Di_Bao"), "lower-case"),
    ("wrong-id", "elsewhere", "- {id: ▲a/b, name: 甲}\n", "slash"),
    ("unknown-window", "hall", WINDOW + "lead_window: ▲9\n", "no window 9"),
    ("unknown-window", "hall", WINDOW + "complaints: {window: ▲9}\n", "hall.yaml has: 1, 2"),
    ("unknown-window", "hall", WINDOW + "closed: [{date: 2026-12-31, windows: [1, ▲9]}]\n", "9"),
    ("unknown-window", "civil_affairs", SERVICE + "window: ▲9\n", "9"),
    ("unknown-window", "civil_affairs", SERVICE + "    window: [1, ▲9]\n", "9"),
    (
        "unknown-window",
        "civil_affairs",
        SERVICE + "    cases: [{id: a, name: 甲, window: ▲9}]\n",
        "9",
    ),
    (
        "unknown-window",
        "civil_affairs",
        SERVICE + "    changes: {2027-01-01: {window: ▲9}}\n",
        "9",
    ),
    ("unknown-window", "journeys", "- {id: a, name: 甲, lead: ▲9}\n", "9"),
    ("no-windows", "hall", "name: 甲\nlead_window: ▲9\n", "lists no windows"),
    ("unknown-office", "hall", WINDOW + "  - {number: 3, office: ▲taxes}\n", "civil-affairs"),
    (
        "unknown-office",
        "hall",
        WINDOW + "  - {number: 3, offices: [civil-affairs, ▲taxes]}\n",
        "taxes",
    ),
    ("unknown-joint-office", "civil_affairs", SERVICE + "    joint: [{office: ▲tax}]\n", "`tax`"),
    (
        "unknown-topic",
        "civil_affairs",
        SERVICE + "    related: [▲civil-affairs/dibau]\n",
        "the nearest is `civil-affairs/dibao`",
    ),
    (
        "unknown-topic",
        "civil_affairs",
        SERVICE.replace("无", "[{name: 证, one_of: [{name: 甲, topic: ▲no/where}]}]"),
        "no/where",
    ),
    (
        "unknown-topic",
        "civil_affairs",
        SERVICE + "    cases: [{id: a, name: 甲, add_materials: [{name: 证, topic: ▲no/where}]}]\n",
        "no/where",
    ),
    (
        "unknown-topic",
        "hall",
        "name: 甲\nstations: [{id: a, name: 甲, services: [▲no/where]}]\n",
        "no/where",
    ),
    ("unknown-topic", "journeys", "- {id: a, name: 甲, steps: [▲no/where]}\n", "no/where"),
    (
        "unknown-topic",
        "elsewhere",
        "- {id: a, name: 甲, bring: [{name: 证, topic: ▲a/b}]}\n",
        "a/b",
    ),
    ("unknown-topic", "questions", "- {ask: 低保, expect: ▲no/where}\n", "no/where"),
    ("unknown-topic", "questions", "- {ask: 低保, expect: [talk, ▲no/where]}\n", "no/where"),
    (
        "unknown-matter",
        "civil_affairs",
        SERVICE + "    matter: ▲police/id-frist\n",
        "Did you mean `police/id-first`?",
    ),
    (
        "unknown-matter",
        "civil_affairs",
        SERVICE + "    matter: [police/id-lost, ▲id-first]\n",
        "Did you mean `police/id-first`?",
    ),
    (
        "unknown-matter",
        "civil_affairs",
        SERVICE + "    matter: ▲land/id-first\n",
        "Did you mean `police/id-first`?",
    ),
    (
        "unknown-matter",
        "civil_affairs",
        SERVICE + "    cases: [{id: a, name: 甲, 公共事项: ▲身份证首次申领}]\n",
        "Did you mean `police/id-first`?",
    ),
    (
        "unknown-matter",
        "civil_affairs",
        SERVICE + "    changes: {2027-01-01: {matter: ▲no/where}}\n",
        "no/where",
    ),
    ("unknown-matter", "elsewhere", "- {id: a, name: 甲, matter: ▲no/where}\n", "no/where"),
    ("hall-not-loaded", "civil_affairs", SERVICE + "    related: [▲far:a/b]\n", "`far`"),
    ("unknown-intent", "questions", "- {ask: 低保, expect: talk, about: [▲price]}\n", "price"),
    ("ask-or-say", "questions", "- ▲expect: talk\n", "ask for a question"),
    ("ask-or-say", "questions", "- ▲{ask: a, say: [b], expect: talk}\n", "not both"),
    ("turns-differ", "questions", "- {say: [a, b], expect: ▲[talk]}\n", "2 turns"),
    (
        "turns-differ",
        "questions",
        "- {say: [a, b], expect: [talk, talk], about: ▲[[fee]]}\n",
        "about has 1",
    ),
    (
        "promised-above-statutory",
        "civil_affairs",
        SERVICE.replace("promised: 5天", "statutory: 3 days, promised: ▲5天"),
        "longer than the statutory",
    ),
    (
        "promised-above-statutory",
        "civil_affairs",
        SERVICE.replace("promised: 5天", "statutory: 30天, promised: ▲25个工作日"),
        "longer than the statutory",
    ),
    (
        "promised-above-statutory",
        "civil_affairs",
        SERVICE + "    cases: [{id: a, name: 甲, 办结时限: {法定: 1天, 承诺: ▲2天}}]\n",
        "longer",
    ),
    (
        "promised-above-statutory",
        "civil_affairs",
        SERVICE + "    changes: {2027-01-01: {time_limit: {statutory: 即办, promised: ▲2天}}}\n",
        "longer",
    ),
    (
        "promised-above-service",
        "civil_affairs",
        SERVICE.replace("promised: 5天", "statutory: 5天")
        + "    cases: [{id: a, name: 甲, time_limit: {promised: ▲6天}}]\n",
        "this case's",
    ),
    (
        "urgent-above-promised",
        "civil_affairs",
        SERVICE.replace("5天", "5天, urgent: ▲6天"),
        "urgent",
    ),
    (
        "dates-reversed",
        "hall",
        "name: 甲\nnotices: {text: 乙, from: 2026-12-31, until: ▲2026-12-01}\n",
        "before",
    ),
    (
        "dates-reversed",
        "hall",
        "name: 甲\nclosed: {date: 2026-12-31, until: ▲2026-12-01}\n",
        "before",
    ),
    (
        "dates-reversed",
        "civil_affairs",
        SERVICE + "    alert: {text: 甲, from: 2026-12-31, until: ▲2026-12-01}\n",
        "before",
    ),
    (
        "dates-reversed",
        "civil_affairs",
        SERVICE + "    verified_on: 2026-12-31\n    review_by: ▲2026-12-01\n",
        "before",
    ),
    (
        "half-season",
        "hall",
        'name: 甲\nhours: {days: Mon, open: "8:00-9:00", from: ▲05-01}\n',
        "Write both",
    ),
    ("wrong-file-name", "window", "▲office: 甲\n", "`window`"),
    *(
        ("vague-material", "civil_affairs", SERVICE.replace("无", f"\n      - ▲{name}"), name)
        for name in (
            "其他材料",
            "法律法规规定的其他材料",
            "其它相关证明",
            "相关材料",
            "户口本等",
            "身份证、户口本等证件",
            "户口本等（原件）",
            "Other documents",
            "any other supporting documents",
            "Passport, visa etc.",
            "Passport and so on",
        )
    ),
    (
        "vague-material",
        "civil_affairs",
        SERVICE + "    cases: [{id: a, name: 甲, add_materials: [{name: ▲其他材料}]}]\n",
        "其他材料",
    ),
    ("vague-material-doubt", "civil_affairs", SERVICE.replace("无", "[▲变更相关材料]"), "vague"),
    ("vague-material-doubt", "elsewhere", "- {id: a, name: 甲, bring: [▲身份证等]}\n", "vague"),
    # doubts
    ("forbidden-phrase", "civil_affairs", SERVICE + "    proxy: ▲这个我不清楚\n", "不清楚"),
    (
        "forbidden-phrase",
        "civil_affairs",
        SERVICE + "    faq: [{ask: 甲, answer: ▲不归我管}]\n",
        "不归我管",
    ),
    ("double-name", "civil_affairs", SERVICE + "  - id: b\n    name: ▲低保\n", "`低保`"),
    (
        "double-also",
        "civil_affairs",
        SERVICE + "    also: [五保]\n  - {id: b, name: 乙, also: [甲, ▲五保]}\n",
        ".yaml:3",
    ),
    (
        "double-also",
        "elsewhere",
        "- {id: a, name: 甲, also: 护照}\n- {id: b, name: 乙, also: ▲护照}\n",
        "护照",
    ),
    ("empty-phrase", "civil_affairs", SERVICE.replace("低保", '▲"…"'), "in words"),
    ("empty-phrase", "civil_affairs", SERVICE.replace("低保", "{zh: 低保, en: ▲～}"), "`～`"),
    ("empty-phrase", "civil_affairs", SERVICE + "    also: [低保金, ▲。]\n", "`。`"),
    ("empty-phrase", "civil_affairs", SERVICE + "    ask:\n      - ▲🙂 🙏\n", "`🙂 🙏`"),
    (
        "empty-phrase",
        "civil_affairs",
        SERVICE + '    faq: [{ask: [要预约吗, ▲"？"], answer: 不用}]\n',
        "`？`",
    ),
    (
        "empty-phrase",
        "civil_affairs",
        SERVICE + '    changes: {2027-01-01: {also: ▲"*"}}\n',
        "`*`",
    ),
    *(
        (
            "empty-phrase",
            "civil_affairs",
            SERVICE + f"    cases: [{{id: a, fee: 1, {said}}}]\n",
            "no letter and no number",
        )
        for said in ("name: ▲·", 'name: 甲, also: ▲"!"', "name: 甲, ask: [乙, ▲——]")
    ),
    *(
        ("empty-phrase", file, f"- {{id: a, {said}}}\n", "no letter and no number")
        for file in ("elsewhere", "journeys")
        for said in ("name: ▲☎", "name: 甲, also: ▲＋", 'name: 甲, ask: [乙, ▲"?!"]')
    ),
    (
        "case-overrides-nothing",
        "civil_affairs",
        SERVICE + "    cases: [▲{id: a, name: 新办, also: 头一回}]\n",
        "`新办`",
    ),
    (
        "missing-facts",
        "civil_affairs",
        "office: 甲\nservices:\n  - ▲id: a\n    name: 甲\n",
        "fee 收费",
    ),
    ("suspended-without-alert", "civil_affairs", SERVICE + "    status: ▲暂停\n", "alert"),
    (
        "at-outside",
        "hall",
        WINDOW + "    at: ▲[21, 1]\nfloor_plan: {width: 20, height: 10}\n",
        "outside",
    ),
    (
        "idle-window",
        "hall",
        WINDOW.replace("number: 1", "number: ▲1"),
        "nothing is done at window 1",
    ),
    ("no-question", "civil_affairs", SERVICE + "  - ▲id: b\n    name: 乙\n", "civil-affairs/b"),
    (
        "missing-translation",
        "civil_affairs",
        SERVICE + "  - ▲id: b\n    name: {zh: 乙, en: B}\n    materials: [甲]\n",
        "not told in it: materials",
    ),
    (
        "missing-translation",
        "civil_affairs",
        SERVICE + "    cases: [▲{id: a, name: {zh: 甲, en: A}, fee: [{amount: 1, for: 乙}]}]\n",
        "not told in it: fee",
    ),
    ("missing-translation", "elsewhere", "- ▲id: a\n  name: 甲\n", "not told in it: name"),
    ("review-overdue", "civil_affairs", SERVICE + "    review_by: ▲2026-01-31\n", "2026-01-31"),
    (
        "review-overdue",
        "civil_affairs",
        SERVICE + "    cases: [{id: a, name: 甲, review_by: ▲2026-01-31}]\n",
        "2026-01-31",
    ),
    ("empty-file", "civil_affairs", "# 还没有写\n", "empty"),
    ("empty-file", "hall", "", "empty"),
]

BESIDE = {
    "no-question": {"questions": "- {ask: 吃低保, expect: civil-affairs/dibao}\n"},
    "missing-translation": {"hall": "name: {zh: 甲, en: A}\nlanguages: [zh, en]\n"},
}
"""What must stand in other files for a kind of fault to show."""

IN_OTHER_TESTS = {
    "words",
    # what the engine confuses: tests/editing/test_telling_apart.py
    "draws-away",
    "hard-to-tell",
    # what was accepted: tests/editing/test_translations.py
    "older-translation",
    "double-file",
    "empty-folder",
    "encoding",
    "folder-without-hall",
    "gbk",
    "missing-folder",
    "more-problems",
    "no-hall",
    "not-a-file",
    "not-a-folder",
    "not-text",
    "outside",
    "stray-file",
    "too-deep",
    "too-large",
    "too-many",
    "unreadable",
    "utf-16",
    # the catalogue: test_catalogue.py
    "matter-language",
    "nothing-tells",
    "phrase-of-two-matters",
    "wrong-matter",
    "wrong-neighbour",
}


@pytest.mark.parametrize(
    ("kind", "file", "told", "words"), FAULTS, ids=[f"{row[0]}-{row[2][:40]!r}" for row in FAULTS]
)
def test_a_fault_is_told_where_it_stands(
    tmp_path: Path, kind: str, file: str, told: str, words: str
) -> None:
    before = told.partition(HERE)[0] if HERE in told else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    files = {**BESIDE.get(kind, {}), file: told.replace(HERE, "")}
    guides(tmp_path, **files)
    problems = check_guides(tmp_path, date(2026, 2, 1)).problems
    places = [(each.kind, each.file, each.line, each.column) for each in problems]
    assert (kind, f"{file.replace('_', '-')}.yaml", line, column) in places
    here = (kind, line, column)
    found = next(each for each in problems if (each.kind, each.line, each.column) == here)
    assert words in found.render("en")
    assert not re.search(r"[{}]\w", found.what("zh"))


def test_every_kind_of_fault_has_a_test_and_both_languages_have_its_texts() -> None:
    assert set(texts("zh")) == set(texts("en"))
    assert set(texts("en")) == {row[0] for row in FAULTS} | IN_OTHER_TESTS
    assert set(texts("en")) >= WARNINGS


def test_a_fault_in_one_place_leaves_everything_around_it_to_be_read(tmp_path: Path) -> None:
    office = OFFICE.replace("fee: free", "fee: [{amount: []}]\n    fees: 3\n    summary: 甲")
    read = guides(tmp_path, civil_affairs=office + "  - name: no id\n  - {id: b, name: 乙}\n")
    services = [service for _, service in read.halls[0].services()]
    assert [service.id for service in services] == ["dibao", "b"]
    assert services[0].fee is None
    assert services[0].materials
    assert has_errors(read.problems)


def test_a_topic_in_a_file_that_cannot_be_read_is_not_blamed(tmp_path: Path) -> None:
    read = guides(
        tmp_path,
        civil_affairs="office: [",
        journeys="- {id: a, name: 甲, steps: [civil-affairs/dibao]}\n",
    )
    assert [each.kind for each in read.problems] == ["yaml-bracket"]


def test_guides_without_fault_have_no_problems(tmp_path: Path) -> None:
    assert guides(tmp_path, hall=HALL, civil_affairs=OFFICE).problems == ()


FINE = [
    "等级证书",
    "同等学力证明",
    "高等学校录取通知书",
    "残疾等级评定表",
    "二等功证书",
    "没有其他住房的证明",
    "其他共有人的身份证",
    "Father's or mother's identity card",
    "Proof of other income",
]


@pytest.mark.parametrize("name", FINE)
def test_words_that_only_look_like_and_so_on_are_fine(tmp_path: Path, name: str) -> None:
    assert guides(tmp_path, civil_affairs=OFFICE.replace("身份证", name)).problems == ()


@pytest.mark.parametrize(
    "phrase", ["甲", "A", "12345", "①", "１２３４５", "🙂低保🙂", "é", "٣", "か"]
)
def test_a_phrase_with_any_letter_or_number_is_fine(tmp_path: Path, phrase: str) -> None:
    office = OFFICE + f"    also: [{phrase}]\n    ask: [{phrase}]\n"
    assert guides(tmp_path, civil_affairs=office).problems == ()


def test_a_phrase_without_any_is_doubtful_and_leaves_the_others_to_be_read(tmp_path: Path) -> None:
    read = guides(tmp_path, civil_affairs=OFFICE + "    also: [。, 吃低保]\n")
    assert not has_errors(read.problems)
    assert "吃低保" in [word for _, each in read.halls[0].services() for word in each.also]


@pytest.mark.parametrize("matter", ["police/id-first", "[police/id-first, police/id-lost]", "none",
                                    "无", "[]"])  # fmt: skip
def test_a_matter_of_the_catalogue_may_be_named_or_none(tmp_path: Path, matter: str) -> None:
    told = f"matter: {matter}"
    read = guides(
        tmp_path,
        civil_affairs=OFFICE + f"    {told}\n    cases: [{{id: a, name: 新办, {told}}}]\n",
        elsewhere=f"- {{id: a, name: 甲, {told}}}\n",
    )
    assert [each for each in read.problems if each.kind != "case-overrides-nothing"] == []


def test_the_catalogue_is_that_of_the_halls_language(tmp_path: Path) -> None:
    office = OFFICE + "    matter: police/id-first\n"
    read = guides(tmp_path, hall=HALL + "languages: [en]\n", civil_affairs=office)
    assert [each.kind for each in read.problems] == ["unknown-matter"]


def test_the_urgent_and_promised_limits_may_equal_the_ordinary_ones(tmp_path: Path) -> None:
    limit = "{statutory: 20个工作日, promised: 28天, urgent: 4 weeks}"
    office = OFFICE.replace("{statutory: 20个工作日}", limit)
    assert guides(tmp_path, civil_affairs=office).problems == ()


def test_an_owner_is_told_to_nobody_and_may_say_anything(tmp_path: Path) -> None:
    assert guides(tmp_path, civil_affairs=OFFICE + "    owner: 不清楚\n").problems == ()


def test_a_report_is_in_the_order_of_files_and_lines_and_counts_errors() -> None:
    problems = [
        Problem("b.yaml", 1, 1, "empty-item"),
        Problem("a.yaml", 10, 2, "empty-item"),
        Problem("a.yaml", 9, 3, "wrong-date", {"found": "“x”"}),
    ]
    assert report(problems, "en") == [
        "a.yaml:9:3: error: “x” is no date. Write it as 2026-12-31",
        "a.yaml:10:2: warning: an item of the list is empty. Fill it or delete the line",
        "b.yaml:1:1: warning: an item of the list is empty. Fill it or delete the line",
    ]
    assert report(problems[2:], "zh") == ["a.yaml:9:3: 错误: “x”不是日期。请写成 2026-12-31"]
    assert report(problems[2:], "fr") == report(problems[2:], "en")
    assert has_errors(problems)
    assert not has_errors(problems[:2])


def test_a_file_with_very_many_problems_tells_the_first_ones(tmp_path: Path) -> None:
    hall = "name: 甲\n" + "".join(f"kye{number}: 1\n" for number in range(1000))
    kinds = [each.kind for each in guides(tmp_path, hall=hall).problems]
    assert kinds.count("unknown-key") == 200
    assert kinds.count("more-problems") == 1


NOTHING_MISSING = [
    # every text in both languages, or no words at all
    ("{zh: 低保, en: Benefit}", "summary: https://example.org/dibao"),
    ("{zh: 低保, en: Benefit}", "fee: [{amount: 20}]"),
    ("{zh: 低保, en: Benefit}", "owner: 张主任"),
    ("{zh: 低保, en: Benefit}", "visits: 1"),
    ("{zh-Hans: 低保, en-GB: Benefit}", "result: {zh: 证, en: card}"),
]


@pytest.mark.parametrize(("name", "key"), NOTHING_MISSING)
def test_no_translation_is_missed_where_there_is_nothing_to_translate(
    tmp_path: Path, name: str, key: str
) -> None:
    service = f"office: {{zh: 甲, en: A}}\nservices:\n  - id: a\n    name: {name}\n    {key}\n"
    hall = "name: {zh: 甲, en: A}\nlanguages: [zh, en]\n"
    problems = guides(tmp_path, hall=hall, civil_affairs=service).problems
    assert [each for each in problems if each.kind == "missing-translation"] == []


@pytest.mark.parametrize("expect", ["civil-affairs/dibao", "[talk|civil-affairs/dibao#new]"])
def test_a_service_that_a_question_expects_in_any_way_has_its_question(
    tmp_path: Path, expect: str
) -> None:
    office = OFFICE + "    cases: [{id: new, name: 新办, fee: 1}]\n"
    asked = f"- {{ask: 吃低保, expect: {expect}}}\n"
    assert guides(tmp_path, civil_affairs=office, questions=asked).problems == ()


def test_a_hall_without_questions_is_not_blamed_for_each_service(tmp_path: Path) -> None:
    assert guides(tmp_path).problems == ()


@pytest.mark.parametrize(("day", "told"), [(date(2026, 1, 31), False), (date(2026, 2, 1), True)])
def test_a_review_is_overdue_from_the_day_after_it(tmp_path: Path, day: date, told: bool) -> None:
    guides(tmp_path, civil_affairs=OFFICE + "    review_by: 2026-01-31\n")
    kinds = [each.kind for each in check_guides(tmp_path, day).problems]
    assert ("review-overdue" in kinds) is told
