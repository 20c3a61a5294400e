"""The figures of a month on the editors' page: counted when they are looked at, once a minute."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette
from web_editors import OpenGuides
from web_staff import Clerk, clerk

FIGURES = "/editors/figures"


@pytest.fixture
def guides(tmp_path: Path) -> OpenGuides:
    guides = OpenGuides(tmp_path)
    guides.was_asked()
    return guides


@pytest.fixture
def app(guides: OpenGuides) -> Starlette:
    return guides.app()


async def page_of(editor: Clerk, query: str = "") -> str:
    answer = await editor.client.get(f"{FIGURES}{query}")
    assert answer.status_code == 200
    return answer.text


def asked_in(page: str) -> str:
    """How many questions a page tells."""
    found = re.search(r'<th scope="row">(?:咨询|Questions)</th><td>(\d+)', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "清水镇政务服务中心 2026年11月问事月报"),
        ("en", "Qingshui Town Service Centre: questions in 2026-11"),
    ],
)
async def test_this_month_is_told_in_tables_and_charts(
    app: Starlette, language: str, title: str
) -> None:
    async with clerk(app, "孙编辑", language) as editor:
        page = await page_of(editor)
    assert f"<h1>{title}</h1>" in page
    assert asked_in(page) == "11"
    assert page.count("<table>") > 8
    assert page.count("<svg") > 3


async def test_another_month_can_be_chosen(app: Starlette) -> None:
    async with clerk(app, "赵主任") as head:
        page = await page_of(head, "?month=2026-10")
        chosen = re.findall(r'<option value="([\d-]+)" selected>', page)
        every = re.findall(r'<option value="([\d-]+)"', page)
    assert chosen == ["2026-10"]
    assert (every[0], every[-1], len(every)) == ("2026-11", "2025-11", 13)
    assert asked_in(page) == "0"


async def test_what_fewer_than_three_people_said_is_nowhere(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        tables = re.findall(r'href="(table\?[^"]+)"', page)
        files = [
            (await editor.client.get(f"/editors/{each.replace('&amp;', '&')}")).text
            for each in tables
        ]
    assert len(files) > 10
    told = page + "".join(files)
    assert "养狗证多少钱" in told
    for private in ("楼上漏水", "补贴"):
        assert private not in told


@pytest.mark.parametrize("query", ["?month=2026-13", "?month=x", "?hall=nowhere"])
async def test_what_there_is_not_is_told(app: Starlette, query: str) -> None:
    async with clerk(app, "孙编辑") as editor:
        answer = await editor.client.get(f"{FIGURES}{query}")
        assert answer.status_code == 404
        assert "没有这个月份" in answer.text
        assert (await editor.client.get("/editors/table?key=../x")).status_code == 404


async def test_the_files_are_those_of_the_report(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        table = await editor.client.get("/editors/table?key=windows&month=2026-11")
        book = await editor.client.get("/editors/workbook?month=2026-11")
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in table.headers["content-disposition"]
    assert "2026-11" in book.headers["content-disposition"]
    assert len(load_workbook(BytesIO(book.content)).sheetnames) > 10


async def test_it_is_counted_once_a_minute(guides: OpenGuides, app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        assert asked_in(await page_of(editor)) == "11"
        guides.was_asked(鸽子要不要上户口本=1)
        assert asked_in(await page_of(editor)) == "11"
        guides.at += timedelta(minutes=1)
        assert asked_in(await page_of(editor)) == "12"


async def test_the_browser_loads_the_pages_own_style_and_nothing_else(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        answer = await editor.client.get(FIGURES)
    policy = answer.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script" not in policy
    assert not re.search(
        r"<script|\sstyle=|\son\w+=|https?://", answer.text.replace("http://hall.test", "")
    )
