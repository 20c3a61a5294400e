"""A month's report: the figures are right, in every file, and tell of nobody."""

from __future__ import annotations

import csv
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from editing_hall import AT, NOW, asked_in_vain, url_of, written
from openpyxl import load_workbook

from desk.topics import Topics
from editing.figures.charts import chart
from editing.figures.complaints import complaint_tables
from editing.figures.files import csv_of, xlsx_of
from editing.figures.month import Month
from editing.figures.page import page
from editing.figures.report import report_of
from editing.figures.table import Chart, Share, Table
from editing.figures.tables import MonthTables
from editing.words import TEXTS, Say
from facts.guides import read_guides
from ledger.connection import Database
from ledger.figures import Complained, Figures

LANGUAGES = ["zh", "en"]


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Table]:
    [hall] = read_guides(written(tmp_path)).halls
    made = MonthTables(hall, Topics([hall]), Month(2026, 11), Say("en"))
    return {each.key: each for each in made.of(Figures(asked_in_vain(tmp_path)), NOW)}


def rows(table: Table) -> dict[str, list[str]]:
    """The rows by their names, as they are read."""
    return {str(first): [str(each) for each in rest] for first, *rest in table.rows}


def test_the_whole_is_told_in_the_words_that_halls_report_in(tables: dict[str, Table]) -> None:
    assert rows(tables["whole"]) == {
        "Conversations": ["5", "None"],
        "Questions": ["5", "None"],
        "Answered": ["3", "60.0%"],
        "Led on": ["0", "0.0%"],
        "Asked back": ["2", "40.0%"],
        "Taken down": ["4", "80.0%"],
        "In time": ["1", "25.0%"],
        "Late": ["3", "75.0%"],
        "Open": ["0", "0.0%"],
        "In time %": ["25.0%", "None"],
        "Ratings": ["2", "None"],
        "Satisfied %": ["50.0%", "None"],
        "Mean": ["3.0", "None"],
    }


def test_windows_stand_side_by_side_those_without_questions_too(
    tables: dict[str, Table],
) -> None:
    found = rows(tables["windows"])
    assert list(found) == ["1 Enquiries", "2 Welfare", "3 Idle", "(none named)"]
    assert found["1 Enquiries"][4:9] == ["4", "1", "3", "0", "25.0%"]
    assert found["2 Welfare"][:2] + found["2 Welfare"][9:] == ["3", "3", "2", "50.0%", "3.0"]
    assert found["3 Idle"][0] == "0"


def test_complaints_stand_by_themselves_by_kind_and_by_window() -> None:
    counted = [
        Complained(window="2", category="manner", standing="in_time", refused=True, count=2),
        Complained(window="2", category=None, standing="late", refused=False, count=1),
        Complained(window=None, category="charges", standing="open", refused=False, count=4),
    ]
    kinds, windows = complaint_tables(counted, Say("en"), lambda number: number or "none")
    found = rows(kinds)
    assert found["Manner"] == ["2", "2", "0", "0", "2"]
    assert found["not told"] == ["1", "0", "1", "0", "0"]
    assert found["Wrong charges"] == ["4", "0", "0", "4", "0"]
    assert found["Waiting, slowness"] == ["0"] * 5
    assert [row[0] for row in windows.rows] == ["2", "none"]
    assert sum(int(each) for row in windows.rows for each in map(str, row[1:])) == 7


@pytest.mark.parametrize(
    ("table", "row", "count"),
    [
        ("offices", "Welfare office", 3),
        ("services", "Minimum living allowance", 3),
        ("days", "23", 5),
        ("hours", "09:00", 2),
        ("hours", "17:00", 3),
        ("doors", "Telegram", 3),
        ("languages", "Chinese", 5),
        ("about", "what to bring", 3),
        ("most", "低保要带什么", "Minimum living allowance"),
        ("vain-reasons", "Taken down", 4),
        ("vain-reasons", "Asked back, nothing followed", 2),
        ("vain-reasons", "Not settled", 1),
        ("ratings", "Very satisfied", 1),
    ],
)
def test_each_table_counts(
    tables: dict[str, Table], table: str, row: str, count: int | str
) -> None:
    assert rows(tables[table])[row][0] == str(count)


def test_days_and_hours_are_those_of_the_hall_in_whatever_zone(tmp_path: Path) -> None:
    home = written(tmp_path)
    hall_file = home / "hall.yaml"
    hall_file.write_text(hall_file.read_text("utf-8") + "time_zone: Asia/Kathmandu\n", "utf-8")
    [hall] = read_guides(home).halls
    made = MonthTables(hall, Topics([hall]), Month(2026, 11), Say("en"))
    found = {each.key: each for each in made.of(Figures(asked_in_vain(tmp_path)), NOW)}
    local = AT.astimezone(ZoneInfo("Asia/Kathmandu"))
    assert rows(found["hours"])[f"{local.hour:02}:00"][0] == "2"


def test_a_text_of_fewer_than_three_people_is_nowhere_in_the_report(tmp_path: Path) -> None:
    halls = read_guides(written(tmp_path)).halls
    asked_in_vain(tmp_path)
    out = tmp_path / "out"
    report_of(halls, Database(url_of(tmp_path), 2.0), "2026-11", out, "zh", NOW)
    files = [*out.glob("*.csv"), out / "report.html"]
    told = "".join(each.read_text("utf-8-sig") for each in files)
    assert "低保要带什么" in told
    for private in ("漏水", "补贴", "chat-"):
        assert private not in told


class Outside(HTMLParser):
    """What a page would load, and its headings, charts and tables."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [f"{tag} {key}" for key, _ in attrs if key in ("src", "href", "action")]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else_and_each_chart_has_its_table(
    tmp_path: Path, language: str
) -> None:
    halls = read_guides(written(tmp_path)).halls
    [told] = report_of(halls, asked_in_vain(tmp_path), None, tmp_path / "out", language, NOW)
    assert "report.html" in told
    read = Outside((tmp_path / "out" / "report.html").read_text("utf-8"))
    assert read.loaded == []
    assert "script" not in read.tags
    assert 0 < read.tags.count("svg") <= read.tags.count("table")
    assert read.tags.count("h1") == 1
    assert read.open == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_without_anything_is_a_page_too(tmp_path: Path, language: str) -> None:
    halls = read_guides(written(tmp_path)).halls
    database = asked_in_vain(tmp_path)
    report_of(halls, database, "2025-01", tmp_path / "out", language, NOW)
    text = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert Say(language)("report_empty") in text


def test_every_hall_has_a_folder_where_there_are_several(tmp_path: Path) -> None:
    home = tmp_path / "halls"
    home.mkdir()
    other = written(home)
    (home / "second").mkdir()
    (home / "second" / "hall.yaml").write_text("name: 第二厅\n", "utf-8")
    halls = read_guides(other.parent).halls
    report_of(halls, asked_in_vain(tmp_path), "2026-11", tmp_path / "out", "zh", NOW)
    assert {each.parent.name for each in tmp_path.glob("out/*/report.html")} == {
        "hedong",
        "second",
    }


ODD = ["=1+1", "+86", "-x", "@a", "<b>&", 'say "x", y', "a\x0bb", "\ud800"]


@pytest.mark.parametrize("text", ODD)
def test_what_people_write_is_text_in_every_file(text: str) -> None:
    table = Table(key="t", title="a/b: [c]", columns=("x", "n"), rows=((text, Share(1, 3)),))
    _, [first, share] = csv.reader(StringIO(csv_of(table).decode("utf-8-sig"), newline=""))
    assert first[0] not in "=+-@"
    assert share == "0.3333"
    cell = load_workbook(BytesIO(xlsx_of([table]))).worksheets[0]["A2"]
    assert cell.data_type == "s"
    shown = page("t", "now", [table], Say("en"))
    assert "<b>" not in shown.split("<tbody>")[1]


def test_the_book_has_all_tables_with_numbers_as_numbers(tables: dict[str, Table]) -> None:
    book = load_workbook(BytesIO(xlsx_of(list(tables.values()))))
    assert len(book.worksheets) == len(tables)
    assert book.worksheets[0]["B3"].value == 5
    assert book.worksheets[0]["C4"].number_format == "0.0%"


@pytest.mark.parametrize("kind", ["bars", "columns"])
@pytest.mark.parametrize("values", [[0], [1], [7, 0, 12345], [3] * 40])
def test_a_chart_has_no_bar_longer_than_its_frame(kind: str, values: list[int]) -> None:
    table = Table(
        key="t",
        title="t",
        columns=("x", "n"),
        rows=tuple((f"名称{place}" * 20, value) for place, value in enumerate(values)),
        chart=Chart(kind, (1,)),  # type: ignore[arg-type]
    )
    drawn = chart(table)
    assert bool(drawn) == (max(values) > 0)
    widths = [float(part.split('"')[0]) for part in drawn.split(' width="')[1:]]
    heights = [float(part.split('"')[0]) for part in drawn.split(' height="')[1:]]
    assert all(0 <= each <= 340 for each in [*widths, *heights])


@pytest.mark.parametrize(
    ("text", "month"), [("2026-11", "2026-11"), (" 2026-2 ", "2026-02"), ("2026-12", "2026-12")]
)
def test_a_month_is_read(text: str, month: str) -> None:
    assert str(Month.read(text)) == month


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "11-2026", "0001-01", "x"])
def test_what_is_no_month_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="2026-11"):
        Month.read(text)


@pytest.mark.parametrize(
    ("at", "before"), [(datetime(2026, 1, 5, tzinfo=ZoneInfo("UTC")), "2025-12"), (NOW, "2026-11")]
)
def test_without_a_month_the_last_one_is_told(at: datetime, before: str) -> None:
    assert str(Month.before(at)) == before


def test_december_ends_with_the_year() -> None:
    since, until = Month(2026, 12).span(ZoneInfo("Asia/Shanghai"))
    assert (since.isoformat(), until.isoformat()) == (
        "2026-12-01T00:00:00+08:00",
        "2027-01-01T00:00:00+08:00",
    )


def test_both_languages_have_the_same_words() -> None:
    assert TEXTS.keys("zh") == TEXTS.keys("en")
