"""Guides in the styles that people write them in: each has the service `it` to add phrases to."""

from __future__ import annotations

HALL = "name: 河东镇政务服务中心\nlanguages: [zh, en]\nwindows:\n  - number: 1\n"

BLOCK = """\
# 演示 / by hand
office: 民政办
services:

  - id: other
    name: 别的   # 尾巴
    also: [旁的]

  - id: it
    name: 低保
    also:           # what people say
      - 吃低保
      - "低保: 户"   # quoted
    # 下面是问法
    ask:
    - 低保怎么办
    fee: free
"""
STYLES = {
    "block": BLOCK,
    "windows line ends": BLOCK.replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + BLOCK,
    "no last line end": BLOCK.rstrip("\n"),
    "inline": (
        "office: a\nservices:\n  - {id: it, name: 低保, also: [吃低保, '户, 口'], ask: []}\n"
    ),
    "inline over lines": (
        "office: a\n"
        "services:\n"
        "  - id: it\n"
        "    name: 低保\n"
        "    also: [\n"
        "      吃低保,  # one\n"
        "      户口,\n"
        "    ]\n"
        "    ask: [ 低保怎么办 ] # end\n"
    ),
    "no lists yet": (
        "office: a\nservices:\n  - id: it\n    name: 低保   # the name\n    fee: free\n"
    ),
    "names in two languages": (
        "office: a\n"
        "services:\n"
        "  - id: it\n"
        "    name:\n"
        "      zh: 低保\n"
        "      en: Allowance # x\n"
        "    materials:\n"
        "        - 身份证\n"
    ),
    "only a name": ("office: a\nservices:\n- name: 低保\n  id: it"),
    "one phrase without a list": (
        "office: a\n"
        "services:\n"
        "  - id: it\n"
        "    name: 低保\n"
        "    also: 吃低保 # one\n"
        '    ask: "怎么, 办"\n'
    ),
    "nothing behind the key": (
        "office: a\n"
        "services:\n"
        "  - id: it\n"
        "    name: 低保\n"
        "    also:  # to come\n"
        "    ask:\n"
        "    fee: free\n"
    ),
    "by language": (
        "office: a\n"
        "services:\n"
        "  - id: it\n"
        "    name: 低保\n"
        "    also:\n"
        "      zh: [吃低保]\n"
        "      en:\n"
        "        - welfare\n"
        "    ask:\n"
        "      - {zh: 怎么办, en: how}\n"
    ),
    "texts over lines": (
        "office: a\n"
        "services:\n"
        "  - id: it\n"
        "    name: 低保\n"
        "    summary: |\n"
        "      一\n"
        "\n"
        "      二\n"
        "    also:\n"
        "      - 吃\n"
        "        低保\n"
        "      - >-\n"
        "        低保\n"
        "        户\n"
        "\n"
        "    # end\n"
        "    fee: free\n"
    ),
    "chinese keys": (
        "单位: 民政办\n"
        "事项:\n"
        "  - 标识: it\n"
        "    事项名称: 低保\n"
        "    问法:\n"
        "      - 低保怎么办\n"
        "    收费: 免费\n"
    ),
    "all inline": ('{"office": "a", "services": [{"id": "it", "name": "低保"}]}'),
    "keys in quotes": (
        "office: a\n"
        '"services":\n'
        '  - "id": "it"\n'
        '    "name": "低保"\n'
        '    "also":\n'
        '      - "吃低保"\n'
    ),
    "wide dashes": (
        "office: a\nservices:\n  -   id: it\n      name: 低保\n      also:\n        -   吃低保\n"
    ),
    "anchored": (
        "office: a\n"
        "services:\n"
        "  - id: it\n"
        "    name: &n 低保\n"
        "    ask:\n"
        "      - &a 怎么办\n"
        "      - 低保\n"
        "    also:\n"
        "      - 吃低保\n"
    ),
}
