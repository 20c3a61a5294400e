"""Materials as lists of items tell them: how many, in which form, when, and where from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from editing.exchange.lists import amount, is_numbered, listed, split

Data = dict[str, Any]

_N = r"([0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_UNIT = r"\s*(?:份|张|本|套|页|个)"
_BOTH = re.compile(rf"原件(?:及|和|与|、|加)复印件(?:各?{_N}{_UNIT}|各一)?")
_ORIGINAL = re.compile(rf"(?:纸质)?原件(?:[:：]?\s*{_N}{_UNIT})?")
_COPIES = re.compile(rf"(?:纸质)?(?:复印件|影印件)(?:[:：]?\s*{_N}{_UNIT})?")
_COUNT = re.compile(rf"(?:一式)?{_N}{_UNIT}")
_WHO = "人员|家庭|对象|者|户|残疾人|学生|未成年人|企业"
_WHEN = re.compile(
    rf"^(?:仅|只限|限|如果|若|如)?(?P<when>.+?(?:时|的|情况下|情形|情况)|.*?(?:{_WHO}))[，,]?"
    r"(?:才|需|须|应|要|还需|另需)?(?:提供|提交|需要|出具|携带|上传|填写|适用|交|要)$"
)
_OF_THE_NAME = re.compile(r"[正副、]{1,3}本|正反面|[一二三四五六七八九十\d]{1,2}")
"""What belongs to a name though it stands in brackets."""
_IN_CASE = re.compile(r"^(?:仅|只限|限|如|若|涉及|委托|代办)(?!有效|期)")
_SOURCE = re.compile(
    r"^(?:(?:来源|材料来源|来源渠道|出具单位)[:：](?P<told>.+)|由?(?P<by>.{2,20}?)(?:核发|出具|颁发|开具)的?"
    r"|(?P<self>申请人自备|自备|窗口领取|现场领取|现场填写))$"
)
_SIGNS = re.compile(r"[，,、；;]")
_LABELLED = {
    "情况": "when", "when": "when", "表格": "form", "form": "form", "样表": "sample",
    "sample": "sample", "说明": "note", "note": "note", "来源": "source", "from": "source",
    "别名": "also",
}  # fmt: skip
_LABEL = re.compile(r"^([A-Za-z\u4e00-\u9fff]{2,6})[:：]\s*(.+)$", re.DOTALL)
_NEED = {
    "容缺后补": "deferrable", "容缺": "deferrable", "可容缺": "deferrable", "可后补": "deferrable",
    "容缺受理": "deferrable", "非必要": "optional", "非必需": "optional", "可选": "optional",
    "选填": "optional", "必要": "required", "必需": "required", "必须": "required",
}  # fmt: skip
_ELECTRONIC = re.compile(r"^(?:可(?:用|使用|提供)?)?电子(?:证照|亮证)(?:亦可|也可|代替|可用)?$")
_BRACKETS = re.compile(r"[（(]([^（()）]*)[)）]")
_NOUN = re.compile(
    r"(?:证|证明|证书|证件|簿|本|表|书|照片|相片|照|合同|协议|执照|复印件|原件|卡|申请|报告|图|函|批复|"
    r"决定|声明|承诺|清单|材料|户口|发票|存折|章程|文件|资料|单|[0-9一二两三四五六七八九十](?:份|张|本))$"
)
_NO_MATERIAL = re.compile(
    r"^(?:须|需|应|并|由|如|若|且|或|以及|加盖|注明|包括|其中|不|可|即|均|要)"
)
_NONE = re.compile(r"^(?:无|不需要|无需(?:提供)?(?:材料)?|无需申请材料|/|—+|-+)$")


def materials(text: str) -> list[Data] | str:
    """The materials of a cell, or `none`."""
    if _NONE.match(text):
        return "none"
    items: list[str] = []
    for item in _items(text):
        if items and _is_count(item):
            items[-1] += f"（{item}）"
        else:
            items.append(item)
    return [material(item) for item in items]


def _items(text: str) -> Iterator[str]:
    parts = listed(text)
    alone = len(parts) == 1 and not is_numbered(text)
    for part in parts:
        named = [each.strip() for each in split(part, "、") if each.strip()]
        whole = all(_NOUN.search(_BRACKETS.sub("", each)) or _is_count(each) for each in named)
        if len(named) > 1 and (whole or (alone and all(len(each) <= 20 for each in named))):
            for each in named:
                yield from _by_commas(each) if alone else [each]
        else:
            yield from _by_commas(part) if alone else [part]


def _by_commas(text: str) -> list[str]:
    parts = [each.strip() for each in split(text, "，,") if each.strip()]
    apart = all(
        len(each) <= 20 and not _NO_MATERIAL.match(each) and (_NOUN.search(each) or _is_count(each))
        for each in parts
    )
    return parts if len(parts) > 1 and apart else [text]


def _is_count(text: str) -> bool:
    return all(
        any(p.fullmatch(part.strip()) for p in (_BOTH, _ORIGINAL, _COPIES, _COUNT))
        for part in _SIGNS.split(text)
    )


def material(text: str) -> Data:
    """One material with what stands in the brackets behind its name."""
    name, told = text.strip(), Data()
    notes: list[str] = []
    while True:
        before, bracket = _last_bracket(name)
        if bracket is None or _OF_THE_NAME.fullmatch(bracket):
            break
        name = before
        notes = [note for note in _bracket(bracket, told) if note] + notes
    name = _counted(name, told) or name
    if notes:
        own = told.get("note")
        told["note"] = "，".join([*notes, *([own] if own else [])])
    return {"name": name, **told} if told else {"name": name}


def _last_bracket(name: str) -> tuple[str, str | None]:
    """The name without the bracket at its end, which may hold brackets itself."""
    if name[-1:] not in "）)" or not name:
        return name, None
    depth = 0
    for place in range(len(name) - 1, 0, -1):
        depth += (name[place] in "）)") - (name[place] in "（(")
        if not depth:
            return name[:place].strip(), name[place + 1 : -1].strip()
    return name, None


def _bracket(text: str, told: Data) -> list[str]:
    """Takes from a bracket what it tells; gives what is left."""
    if _one(text, told):
        return []
    parts = [part.strip() for part in _SIGNS.split(text) if part.strip()]
    if len(parts) > 1 and all(_one(part, dict(told)) for part in parts):
        for part in parts:
            _one(part, told)
        return []
    counts = [part for part in parts if _is_count(part)]
    if counts and len(counts) < len(parts):
        for part in counts:
            _one(part, told)
        return _bracket("，".join(part for part in parts if part not in counts), told)
    return [text]


def _one(text: str, told: Data) -> bool:
    """Whether a text is a fact of a material that is not told yet."""
    label = _LABEL.match(text)
    if label and label[1].lower() in _LABELLED:
        key = _LABELLED[label[1].lower()]
        return _tell(told, key, [*split(label[2], "、")] if key == "also" else label[2])
    if text in _NEED:
        return _tell(told, "need", _NEED[text])
    if _ELECTRONIC.match(text):
        return _tell(told, "electronic", "yes")
    if _is_count(text):
        return _counts(text, told)
    source = _SOURCE.match(text)
    if source:
        return _tell(told, "source", source["told"] or source["self"] or text)
    when = _WHEN.match(text)
    if when or _IN_CASE.match(text):
        return _tell(told, "when", when["when"] if when else text)
    return False


def _tell(told: Data, key: str, value: Any) -> bool:
    if key in told:
        return False
    told[key] = value
    return True


def _counts(text: str, told: Data) -> bool:
    both = _BOTH.fullmatch(text)
    if both:
        number = amount(both[1] or "一") or 1
        return _tell(told, "original", number) and _tell(told, "copies", number)
    for part in _SIGNS.split(text):
        for pattern, key in ((_ORIGINAL, "original"), (_COPIES, "copies"), (_COUNT, "original")):
            found = pattern.fullmatch(part.strip())
            if found:
                number = amount(found[1] or "一") or 0
                if not _tell(told, key, number):
                    return False
                break
    return True


_TRAILING = (
    re.compile(rf"(?P<count>{_BOTH.pattern})$"),
    re.compile(rf"(?P<count>{_ORIGINAL.pattern}[，,、；;]?\s*{_COPIES.pattern})$"),
    re.compile(rf"(?P<count>{_COPIES.pattern})$"),
    re.compile(rf"(?P<count>(?:纸质)?原件(?:[:：]?\s*{_N}{_UNIT})?)$"),
    re.compile(rf"(?P<count>(?:一式)?{_N}(?:份|张))$"),
)


def _counted(name: str, told: Data) -> str:
    """The name without the count at its end; "" where none stands there."""
    for pattern in _TRAILING:
        found = pattern.search(name)
        if found and found.start() >= 2:
            count = re.sub(r"(?<=[份张])(?=复印件)", "，", found["count"])
            count = count if _BOTH.fullmatch(count) else count.replace("原件复", "原件，复")
            if _counts(count, told):
                return name[: found.start()].rstrip("，,、：: 的") or name
    return ""
