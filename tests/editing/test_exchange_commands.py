"""`bot.py import` and `bot.py export` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from item_lists import text, workbook

from bot import main
from facts.guides import check_guides, read_guides

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "guides" / "taiping"
LIST = [["事项名称", "收费"], ["低保", "免费"]]


def run(*arguments: str | Path) -> int:
    return main([str(each) for each in arguments], {"LANG": "zh_CN.UTF-8"})


def test_an_import_writes_guides_that_the_check_accepts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = workbook(tmp_path, LIST)
    assert run("import", file, "--guides", tmp_path / "hall") == 0
    assert "1 个单位，1 个事项" in capsys.readouterr().out
    assert run("check", tmp_path / "hall") == 0


def test_a_refusal_is_one_line_and_a_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", text(tmp_path, ""), "--guides", tmp_path / "hall") == 1
    assert capsys.readouterr().err.splitlines() == [
        "错误: items.csv: 文件里没有内容。请确认选对了文件"
    ]


def test_a_difference_is_told_and_gives_a_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", workbook(tmp_path, LIST), "--guides", tmp_path / "hall")
    changed = workbook(tmp_path, [LIST[0], ["低保", "20元"]])
    assert run("import", changed, "--guides", tmp_path / "hall") == 1
    assert "加 --force 才会替换" in capsys.readouterr().out
    assert run("import", changed, "--guides", tmp_path / "hall", "--force") == 0


@pytest.mark.parametrize(
    ("kind", "name"), [("xlsx", "a.xlsx"), ("jsonld", "a.json"), ("rdf", "a.ttl")]
)
def test_an_export_writes_a_file_and_keeps_one_that_is_there(
    kind: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    command = ("export", "--format", kind, "--out", out, "--guides", SAMPLE)
    assert run(*command) == 0
    contents = out.read_bytes()
    assert contents
    assert run(*command) == 1
    assert "已经存在" in capsys.readouterr().err
    assert out.read_bytes() == contents
    assert run(*command, "--force") == 0


@pytest.mark.parametrize("kind", ["jsonld", "rdf"])
def test_linked_data_goes_to_standard_output(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", "--format", kind, "--guides", SAMPLE) == 0
    assert "GovernmentService" in capsys.readouterr().out or kind == "rdf"


def test_notices_are_a_folder_with_an_index(tmp_path: Path) -> None:
    assert run("export", "--format", "html", "--out", tmp_path / "n", "--guides", SAMPLE) == 0
    index = (tmp_path / "n" / "index.html").read_text("utf-8")
    assert 'href="civil-affairs/dibao.en.html"' in index
    assert (tmp_path / "n" / "civil-affairs" / "dibao.zh.html").is_file()


def test_several_halls_are_files_in_a_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "g" / name).mkdir(parents=True)
        (tmp_path / "g" / name / "hall.yaml").write_text(f"name: {name}\n", "utf-8")
    command = ("export", "--format", "xlsx", "--guides", tmp_path / "g", "--out")
    assert run(*command, tmp_path / "one.xlsx") == 1
    assert run(*command, tmp_path / "out") == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["a.xlsx", "b.xlsx"]
    assert run(*command, tmp_path / "b.xlsx", "--hall", "b") == 0
    assert run(*command, tmp_path / "c.xlsx", "--hall", "c") == 1


def test_a_workbook_of_several_halls_goes_back_to_the_hall_it_came_from(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "g" / name).mkdir(parents=True)
        (tmp_path / "g" / name / "hall.yaml").write_text(f"name: {name}\n", "utf-8")
        office = "office: o\nservices: [{id: x, name: 甲}]\n"
        (tmp_path / "g" / name / "o.yaml").write_text(office, "utf-8")
    run(
        "export",
        "--format",
        "xlsx",
        "--guides",
        tmp_path / "g",
        "--hall",
        "b",
        "--out",
        tmp_path / "b.xlsx",
    )
    assert run("import", tmp_path / "b.xlsx", "--guides", tmp_path / "g") == 0
    assert [each.name.say("zh") for each in read_guides(tmp_path / "g").halls] == ["a", "b"]


def test_the_sample_hall_is_never_imported_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import bot  # noqa: PLC0415

    monkeypatch.setattr(bot, "HERE", tmp_path)
    (tmp_path / "guides" / "taiping").mkdir(parents=True)
    (tmp_path / "guides" / "taiping" / "hall.yaml").write_text("name: 样板\n", "utf-8")
    assert run("import", workbook(tmp_path, LIST, name="河东镇.xlsx")) == 0
    assert [each.name for each in (tmp_path / "guides" / "taiping").iterdir()] == ["hall.yaml"]
    assert check_guides(tmp_path / "guides" / "he-dong-zhen").halls
