"""Files that are broken, enormous or meant to harm: read safely, or refused in one line."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from item_lists import imported, text, workbook

from editing.exchange.importing import import_list
from editing.exchange.remarks import Refused

ROWS = [["事项名称", "申请材料", "收费"], ["低保", "身份证", "不收费"]]
Change = Callable[[str, bytes], bytes]


def changed(folder: Path, change: Change, **parts: bytes) -> Path:
    """A good workbook with its parts changed, and others added."""
    good = zipfile.ZipFile(workbook(folder, ROWS, name="good.xlsx"))
    with zipfile.ZipFile(folder / "items.xlsx", "w", zipfile.ZIP_DEFLATED) as bad:
        for part in good.infolist():
            bad.writestr(part.filename, change(part.filename, good.read(part)))
        for name, contents in parts.items():
            bad.writestr(name, contents)
    return folder / "items.xlsx"


def in_sheet(told: bytes) -> Change:
    """Adds rows behind those of the sheet."""

    def change(name: str, part: bytes) -> bytes:
        end = b"</sheetData>"
        return part.replace(end, told + end) if name.endswith("sheet1.xml") else part

    return change


def padded(name: str, part: bytes) -> bytes:
    return part + b" " * 100_000_000 if name == "xl/styles.xml" else part


def entity(name: str, part: bytes) -> bytes:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><worksheet'
    return part.replace(b"<worksheet", doctype, 1) if name.endswith("sheet1.xml") else part


def cut(name: str, part: bytes) -> bytes:
    return part[: len(part) // 2] if name.endswith("sheet1.xml") else part


MANY_CELLS = b"".join(
    b'<row r="%d">%s</row>'
    % (n, b"".join(b'<c r="%c%d"><v>1</v></c>' % (65 + k, n) for k in range(26)))
    for n in range(3, 13_000)
)
REFUSED: dict[str, tuple[Change, str]] = {
    "a zip bomb": (padded, "too-large-inside"),
    "entities": (entity, "not-workbook"),
    "half a sheet": (cut, "not-workbook"),
    "too many cells": (in_sheet(MANY_CELLS), "too-many-cells"),
}


@pytest.mark.parametrize(("change", "kind"), REFUSED.values(), ids=REFUSED)
def test_a_workbook_that_harms_is_refused(change: Change, kind: str, tmp_path: Path) -> None:
    file = changed(tmp_path, change)
    with pytest.raises(Refused) as refused:
        import_list(file, tmp_path / "guides")
    assert refused.value.kind == kind
    assert refused.value.render("zh").startswith("items.xlsx: ")
    assert "\n" not in refused.value.render("en")
    assert not (tmp_path / "guides").exists()


FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "a mark and blanks": (b"\xef\xbb\xbf\r\n", "empty"),
    "encrypted, or old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "encrypted"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not-text"),
    "a broken archive": (b"PK\x03\x04" + b"\x00\xff" * 2000, "not-workbook"),
    "no table": ("您好".encode(), "no-header"),
    "an open quote": ("事项名称,收费\n".encode() + b'"' + b"x" * 2_000_000, "no-header"),
    "enormous": (b"a," * 11_000_000, "too-large"),
    "random bytes": (bytes(range(1, 256)) * 40, "not-text"),
}


@pytest.mark.parametrize(("contents", "kind"), FILES.values(), ids=FILES)
@pytest.mark.parametrize("name", ["items.xlsx", "items.csv"])
def test_a_file_that_is_no_list_is_refused_in_one_line(
    name: str, contents: bytes, kind: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        import_list(text(tmp_path, contents, name), tmp_path / "guides")
    assert refused.value.kind in (kind, "nothing-found")
    assert not (tmp_path / "guides").exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no-file"):
        import_list(tmp_path / "items.xlsx", tmp_path / "guides")


def test_a_workbook_of_another_program_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "items.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(Refused, match="not-workbook"):
        import_list(tmp_path / "items.xlsx", tmp_path / "guides")


EMPTY_ROWS = b"".join(b'<row r="%d"/>' % n for n in range(3, 1_000_001))
FAR = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'


@pytest.mark.parametrize("rows", [EMPTY_ROWS, FAR], ids=["a million empty rows", "a far cell"])
def test_empty_rows_end_a_sheet_and_that_is_told(rows: bytes, tmp_path: Path) -> None:
    found = imported(changed(tmp_path, in_sheet(rows)))
    assert [each.name.say("zh") for each in found.services] == ["低保"]
    assert "items.xlsx: Sheet1!A3: " in found.said


def test_columns_that_are_not_read_are_told(tmp_path: Path) -> None:
    found = imported(changed(tmp_path, in_sheet(FAR)))
    assert "only 256 columns were read" in found.said


def test_macros_and_external_links_are_never_looked_at(tmp_path: Path) -> None:
    def macro(name: str, part: bytes) -> bytes:
        plain = b"spreadsheetml.sheet.main+xml"
        return part.replace(
            b"openxmlformats-officedocument." + plain, b"ms-excel.sheet.macroEnabled.main+xml"
        )

    parts = {
        "xl/vbaProject.bin": b"\xd0\xcf",
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    }
    assert imported(changed(tmp_path, macro, **parts)).services


FORMULAS = ["=1+1", '=HYPERLINK("http://127.0.0.1/")', "=cmd|' /C calc'!A0", "=B2"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_text_that_is_never_evaluated(formula: str, tmp_path: Path) -> None:
    rows = [["事项名称", "申请材料", "简介"], ["低保", formula, formula]]
    found = imported(workbook(tmp_path, rows))
    [service] = found.services
    assert (service.materials, service.summary) == (None, None)
    assert "Sheet1!B2: is a formula" in found.said
    assert formula in found.yaml()
