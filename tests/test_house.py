"""The house in order: a short start, pages that tell the truth, nothing of anybody's machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from facts.guides import check_guides

ROOT = Path(__file__).parents[1]
WRITTEN = ("*.md", "*.py", "*.toml", "*.yaml", "*.yml", "*.css", "*.js", "*.html", "*.svg")
PLACES = (
    ".ci",
    "bench",
    "desk",
    "docs",
    "doors",
    "editing",
    "facts",
    "guides",
    "intents",
    "ledger",
    "tests",
)
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "guides/README.md")
OF_A_MACHINE = re.compile(
    r"(?<![\w.$-])(?:/(?:home|Users|root|work|tmp|opt|mnt)/\w|[A-Za-z]:\\Users\\|file:///\w)"
)


HALL = """\
name: 试用大厅
languages: [zh, en]
phone: "0"
windows:
  - number: 1
  - number: 3
"""
SNIPPETS = re.findall(
    r"```yaml\n# (\S+)\n(.*?)```", (ROOT / "guides/README.md").read_text("utf-8"), re.DOTALL
)


def texts() -> Iterator[Path]:
    """Every file that people write."""
    yield from (each for each in ROOT.iterdir() if each.is_file() and each.name != "uv.lock")
    for place in PLACES:
        for pattern in (*WRITTEN, "run"):
            yield from (ROOT / place).rglob(pattern)


def targets() -> set[str]:
    """What `make` can be asked for."""
    rules = re.findall(r"^([a-z]+):(?!=)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    return set(rules)


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_bot_py_stays_short() -> None:
    assert len(page("bot.py").splitlines()) < 150


@pytest.mark.parametrize("name", PAGES)
def test_every_make_command_of_a_page_is_in_the_makefile(name: str) -> None:
    asked = set(re.findall(r"^\s*(?:\$ )?make ([a-z]+)|`make ([a-z]+)", page(name), re.MULTILINE))
    assert {command for pair in asked for command in pair if command} <= targets()


def test_the_readme_tells_the_two_commands() -> None:
    assert {"make run", "make test"} <= set(re.findall(r"make (?:run|test)", page("README.md")))


def commands() -> set[str]:
    """The commands of `bot.py`."""
    return {file.stem for file in (ROOT / "doors/commands").glob("[a-z]*.py")}


@pytest.mark.parametrize("name", PAGES)
def test_every_bot_command_of_a_page_is_one(name: str) -> None:
    asked = set(re.findall(r"bot\.py ([a-z]+)\b", page(name)))
    assert asked - {"starts"} <= commands()


def test_the_readme_tells_every_command() -> None:
    assert commands() <= set(re.findall(r"bot\.py ([a-z]+)\b", page("README.md")))


def test_the_readme_names_every_setting() -> None:
    programs = [file for place in ("doors", "ledger") for file in (ROOT / place).rglob("*.py")]
    read = "".join(file.read_text("utf-8") for file in [ROOT / "bot.py", *programs])
    settings = set(re.findall(r'env(?:\.get)?[(\[]"([A-Z_]+)"', read))
    assert "TELEGRAM_BOT_TOKEN" in settings
    assert {name for name in settings if f"`{name}`" not in page("README.md")} == set()


def test_the_readme_names_every_package_the_bot_needs() -> None:
    listed = page("pyproject.toml").split("dependencies = [")[1].split("\n]")[0]
    needed = re.findall(r'^\s*"([\w-]+)', listed, re.MULTILINE)
    assert needed
    assert [name for name in needed if name not in page("README.md")] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_file_a_page_points_to_is_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page(name))
    here = (ROOT / name).parent
    assert [link for link in links if not (here / link).exists()] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    found = {
        str(file.relative_to(ROOT)): match[0]
        for file in texts()
        if "__pycache__" not in file.parts
        and (match := OF_A_MACHINE.search(file.read_text("utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.parametrize(("file", "snippet"), SNIPPETS, ids=[file for file, _ in SNIPPETS])
def test_every_snippet_of_the_page_for_editors_loads(
    file: str, snippet: str, tmp_path: Path
) -> None:
    (tmp_path / "hall.yaml").write_text(HALL, "utf-8")
    if file == "hall.yaml":
        snippet = HALL + snippet
    elif snippet.startswith("services:"):
        snippet = f"office: 试用单位\n{snippet}"
    (tmp_path / file).write_text(snippet, "utf-8")
    guides = check_guides(tmp_path)
    assert [str(each) for each in guides.problems if each.severity == "error"] == []
    [hall] = guides.halls
    assert hall.closed or hall.offices or hall.elsewhere


def test_every_task_of_the_page_for_editors_has_its_snippet() -> None:
    files = [file for file, _ in SNIPPETS]
    assert len(files) == page("guides/README.md").count("```yaml")
    assert files.count("hall.yaml") == 2
    assert files.count("elsewhere.yaml") == 2


@pytest.mark.parametrize("place", ["/" + "home/ann/shouwen", "see /" + "tmp/x.log"])
def test_a_place_on_a_machine_is_seen(place: str) -> None:
    assert OF_A_MACHINE.search(place)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_pinned_versions_are_those_of_the_lock(name: str) -> None:
    locked = dict(re.findall(r'name = "([^"]+)"\nversion = "([^"]+)"', page("uv.lock")))
    pinned = dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", page(name), re.MULTILINE))
    assert pinned
    assert {each: locked.get(each) for each in pinned} == pinned
