"""Printed notices (一次性告知书): what they tell, in which order, and that they fit on paper."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
import segno
import yaml
from playwright.async_api import Page, async_playwright

from editing.exchange import printing
from editing.exchange.notices import Notice, notices
from facts.guides import read_guides
from facts.model import Hall

SAMPLE = Path(__file__).parents[2] / "guides" / "taiping"
AT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LINK = "https://hall.example/notices"
ORDER = {
    "zh": [
        "依据",
        "办理时间",
        "办理步骤",
        "收费",
        "在哪里办",
        "联系电话",
        "要带的材料",
        "哪些情况不能办",
    ],
    "en": [
        "Legal basis",
        "Time",
        "Steps",
        "Fee",
        "Where",
        "Phone",
        "What to bring",
        "When it is refused",
    ],
}
HALL = {
    "name": {"zh": "大厅", "en": "Hall"},
    "languages": ["zh", "en"],
    "address": "路1号",
    "hours": ["Mon-Fri 08:30-12:00"],
    "windows": [{"number": 3, "phone": "0000-3"}],
    "complaints": {"phone": "0000-9"},
}
SERVICE = {
    "id": "a",
    "name": {"zh": "<许可>&", "en": "Permit"},
    "code": "1100",
    "window": 3,
    "fee": "free",
    "materials": ["身份证", {"name": "申请表", "copies": 2}],
    "steps": ["申请", "领证"],
    "time_limit": {"statutory": "20个工作日", "promised": "5个工作日"},
    "basis": ["《甲法》"],
    "verified_on": "2026-11-01",
    "review_by": "2027-05-01",
    "alert": "系统检修",
}


@pytest_asyncio.fixture
async def paper() -> AsyncIterator[Page]:
    """A page of a browser that reaches nothing; what it asks for is an error."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI is set, and there is no chromium: the browser tests must run")
        pytest.skip("there is no chromium on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield await browser.new_page()
        await browser.close()


def hall(folder: Path, **more: object) -> Hall:
    (folder / "hall.yaml").write_text(yaml.safe_dump(HALL), "utf-8")
    office = yaml.safe_dump({"office": "单位", "services": [{**SERVICE, **more}]})
    (folder / "o.yaml").write_text(office, "utf-8")
    return read_guides(folder).halls[0]


def told(hall: Hall, language: str = "zh") -> Notice:
    return next(each for each in notices(hall, AT) if each.language == language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_notice_tells_everything_in_the_order_of_the_rule(language: str, tmp_path: Path) -> None:
    titles = [title for title, _ in told(hall(tmp_path), language).sections]
    assert len(titles) >= len(ORDER[language])
    for title, wanted in zip(titles, ORDER[language], strict=False):
        assert wanted in title


def test_a_notice_carries_its_version_and_its_dates(tmp_path: Path) -> None:
    foot = " ".join(told(hall(tmp_path)).foot)
    assert "2026年11月1日" in foot
    assert "2027年5月1日" in foot
    assert "2026年11月26日" in foot


def test_the_version_changes_with_the_facts_and_only_with_them(tmp_path: Path) -> None:
    versions = [told(hall(tmp_path, fee=fee)).foot[0] for fee in ("free", "free", ["20"])]
    assert versions[0] == versions[1] != versions[2]


def test_a_notice_that_nobody_verified_says_so(tmp_path: Path) -> None:
    assert "请以窗口答复为准" in " ".join(told(hall(tmp_path, verified_on="")).foot)


@pytest.mark.parametrize(("language", "right"), [("zh", "5天内一次说清"), ("en", "within 5 days")])
def test_the_right_to_be_told_once_stands_on_every_notice(
    language: str, right: str, tmp_path: Path
) -> None:
    rights = told(hall(tmp_path), language).rights
    assert right in rights[0]
    assert "0000-9" in rights[1]


def test_paper_does_not_tell_what_is_true_today_only(tmp_path: Path) -> None:
    page = printing.page(told(hall(tmp_path)), None)
    assert "现在" not in page
    assert "周一到周五 08:30-12:00" in page
    assert "最迟" not in page


def test_a_cancelled_service_has_no_notice(tmp_path: Path) -> None:
    assert list(notices(hall(tmp_path, status="cancelled"), AT)) == []


def test_texts_of_guides_are_no_markup(tmp_path: Path) -> None:
    page = printing.page(told(hall(tmp_path, summary="<script>alert(1)</script>")), None)
    assert "&lt;许可&gt;&amp;" in page
    assert "<script" not in page


def code(text: str, error: str) -> str:
    made = segno.make(text, error=error, micro=False, encoding="utf-8")
    return str(made.svg_inline(omitsize=True, border=2))


def test_the_qr_code_holds_the_address_or_the_beginning_of_the_notice(tmp_path: Path) -> None:
    notice = told(hall(tmp_path))
    assert code(f"{LINK}/o/a.zh.html", "m") in printing.page(notice, LINK)
    assert code(notice.head(), "m" if len(notice.head()) < 100 else "l") in printing.page(
        notice, None
    )
    assert notice.head().startswith("<许可>&\n")


def test_every_notice_of_the_sample_hall_can_be_made_and_loads_nothing() -> None:
    [sample] = read_guides(SAMPLE).halls
    made = list(notices(sample, AT))
    offered = [each for _, each in sample.services() if each.status != "cancelled"]
    assert len(made) == 2 * len(offered)
    for notice in made:
        page = printing.page(notice, None)
        assert not re.search(r"""(?:src|href)=|url\(|@import""", page)


def test_no_line_of_a_notice_is_impolite() -> None:
    [sample] = read_guides(SAMPLE).halls
    for notice in notices(sample, AT):
        whole = printing.page(notice, None)
        assert not re.search("不知道|不清楚|不归我|找别人|自己看", whole)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_notice_prints_on_a4_with_nothing_cut_off(
    language: str, paper: Page, tmp_path: Path
) -> None:
    asked: list[str] = []
    paper.on("request", lambda request: asked.append(request.url))
    await paper.set_viewport_size({"width": 673, "height": 980})  # A4 less its margins, at 96 dpi
    await paper.emulate_media(media="print")
    [sample] = read_guides(SAMPLE).halls
    longest = max(
        (each for each in notices(sample, AT) if each.language == language),
        key=lambda each: len(each.head() + repr(each.sections)),
    )
    await paper.set_content(printing.page(longest, LINK))
    across, width = await paper.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert across <= width
    square = await paper.locator("figure svg").bounding_box()
    assert square is not None
    assert square["width"] == pytest.approx(square["height"], abs=1)
    assert square["width"] > 100
    pdf = await paper.pdf(prefer_css_page_size=True)
    boxes = {
        tuple(map(float, each.split())) for each in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)
    }
    assert {(round(w), round(h)) for _, _, w, h in boxes} == {(595, 842)}
    assert 1 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 4
    assert asked == []
