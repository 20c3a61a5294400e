"""What was asked in vain, on the editors' page: who sees it, and all that can be done about it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from web_editors import ENTRY, VAIN, OpenGuides
from web_site import client_of
from web_staff import Clerk, clerk, token_in

from editing.reviewed import NAME
from ledger.database import DatabaseLedger

BLUE = "蓝皮本本咋整"
PIGEON = (
    "可以在这里给我家的鸽子办一张身份证吗，我家鸽子很听话，天天飞过来飞过去，邻居都说它应该有个证"
)
CARD = {"other": "elders/card", "text": BLUE}
DRAWING = {"other": "elders/card", "phrase": "also", "text": "养狗证多少钱"}


@pytest.fixture
def guides(tmp_path: Path) -> OpenGuides:
    guides = OpenGuides(tmp_path)
    guides.was_asked()
    return guides


@pytest.fixture
def app(guides: OpenGuides) -> Starlette:
    return guides.app()


async def listed(editor: Clerk, query: str = "") -> str:
    answer = await editor.client.get(f"/{VAIN}{query}")
    assert answer.status_code == 200
    return answer.text


def groups_in(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'<h2 id="v\d+">([^<]*)', page)]


def texts_of(page: str, text: str) -> str:
    """The questions of the group of this one, as its forms carry them."""
    every = map(unescape, re.findall(r'name="texts" value="([^"]*)"', page))
    return next(each for each in every if text in each.split("\n"))


def said_in(page: str) -> str:
    found = re.search(r'<div class="said[^>]*>(.*?)</div>', page, re.DOTALL)
    return unescape(found[1]) if found else ""


async def does(editor: Clerk, action: str, **fields: str) -> httpx.Response:
    """Press a button of the group of the blue book."""
    page = await listed(editor)
    data = {"form": token_in(page), "texts": texts_of(page, BLUE), "action": action, **fields}
    return await editor.client.post(f"/{VAIN}", data=data)


async def told(editor: Clerk, action: str, **fields: str) -> str:
    """What is said once a button was pressed and something was written."""
    answer = await does(editor, action, **fields)
    assert answer.status_code == 303
    return said_in((await editor.client.get(f"/editors/{answer.headers['location']}")).text)


# who sees it


@pytest.mark.parametrize("path", [VAIN, "editors/figures", "editors/table", "editors/workbook"])
async def test_who_is_not_logged_in_is_led_to_the_login(app: Starlette, path: str) -> None:
    async with client_of(app) as client:
        answer = await client.get(f"/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, "../staff/login")
        answer = await client.post(f"/{VAIN}", data={"action": "ignore", "texts": BLUE})
        assert (answer.status_code, answer.headers["location"]) == (303, "../staff/login")


@pytest.mark.parametrize("path", [VAIN, "editors/figures", "editors/table", "editors/workbook"])
async def test_clerks_at_windows_do_not_see_it(
    guides: OpenGuides, app: Starlette, path: str
) -> None:
    before = guides.texts()
    async with clerk(app, "王芳") as staff:
        answer = await staff.client.get(f"/{path}")
        assert answer.status_code == 403
        assert BLUE not in answer.text
        data = {"form": token_in(await staff.page()), "action": "ignore", "texts": BLUE}
        assert (await staff.client.post(f"/{VAIN}", data=data)).status_code == 403
    assert guides.texts() == before


async def test_who_belongs_to_another_hall_does_not_see_it(guides: OpenGuides) -> None:
    known = guides.users.find("孙编辑")
    assert known is not None
    guides.users.add(replace(known, name="外厅编", hall="another"))
    async with clerk(guides.app(), "外厅编") as editor:
        for path in (VAIN, f"{VAIN}?hall=hall", "editors/figures?hall=hall"):
            answer = await editor.client.get(f"/{path}")
            assert answer.status_code == 404
            assert BLUE not in answer.text


@pytest.mark.parametrize("action", ["add", "new", "elsewhere", "settled", "ignore"])
async def test_a_form_of_another_page_writes_nothing(
    guides: OpenGuides, app: Starlette, action: str
) -> None:
    before = guides.texts()
    fields = {"action": action, "texts": BLUE, "name": "x", "office": "elders", **CARD}
    async with clerk(app, "孙编辑") as editor:
        token = token_in(await listed(editor))
        foreign = {"sec-fetch-site": "cross-site"}
        for form, headers in (("x" * 43, {}), (token, foreign)):
            answer = await editor.client.post(
                f"/{VAIN}", data=fields | {"form": form}, headers=headers
            )
            assert answer.status_code == 403
    assert guides.texts() == before


# the list


async def test_like_questions_are_one_group_those_of_most_people_first(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor, clerk(app, "赵主任", "en") as english:
        page, in_english = await listed(editor), await listed(english)
    assert groups_in(page) == groups_in(in_english) == [BLUE, "<i>补贴</i>", "楼上漏水咋个办"]
    assert "<i>补贴</i>" not in page
    for each in ("4人问过", "反问没下文 4", "也这样问：蓝皮本本咋整啊", "共3组"):
        assert each in page
    for each in ("asked by 4", "Asked back, nothing followed 4", "Groups: 3."):
        assert each in in_english


async def test_the_nearest_topic_is_named_and_chosen(guides: OpenGuides, app: Starlette) -> None:
    guides.was_asked(**{PIGEON: 9})
    async with clerk(app, "孙编辑") as editor:
        page = await listed(editor)
    card = page.split("<article")[1]
    assert "最接近：" in card
    assert len(re.findall(r'name="topic" value="[^"]+" checked', card)) == 1


async def test_a_long_list_is_shown_in_parts(guides: OpenGuides, app: Starlette) -> None:
    letters = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
    guides.was_asked(**{each * 4: 5 for each in letters})
    async with clerk(app, "孙编辑") as editor:
        first = await listed(editor)
        more = re.search(r'href="vain(\?[^"]*from=20[^"]*)"', first)
        assert more is not None
        second = await listed(editor, unescape(more[1]))
    assert len(groups_in(first)) == 20
    assert len(groups_in(second)) == len(letters) + 3 - 20
    assert not set(groups_in(first)) & set(groups_in(second))
    assert "约27组" in first


async def test_what_is_asked_later_is_listed_within_ten_minutes(
    guides: OpenGuides, app: Starlette
) -> None:
    async with clerk(app, "孙编辑") as editor:
        await listed(editor)
        guides.was_asked(柴火灶冒烟呛人=1)
        assert "柴火灶冒烟呛人" not in groups_in(await listed(editor))
        guides.at += timedelta(minutes=10)
        assert "柴火灶冒烟呛人" in groups_in(await listed(editor))


async def test_a_list_of_nothing_says_so(tmp_path: Path) -> None:
    async with clerk(OpenGuides(tmp_path).app(), "孙编辑") as editor:
        assert "没有白问的话" in await listed(editor)


# what is done


@pytest.mark.parametrize(
    ("phrase", "line"), [("ask", f"ask: [{BLUE}]"), ("also", f"also: [老年证, {BLUE}]")]
)
async def test_a_phrase_is_added_to_a_topic(
    guides: OpenGuides, app: Starlette, phrase: str, line: str
) -> None:
    before = guides.texts()
    async with clerk(app, "孙编辑") as editor:
        said = await told(editor, "add", phrase=phrase, **CARD)
        page = await listed(editor)
    assert "写进了 elders.yaml" in said
    assert "不影响别的事项" in said
    assert "只存了文件" in said
    assert BLUE not in groups_in(page)
    after = guides.texts()
    assert [each for each in after if after[each] != before[each]] == ["elders.yaml"]
    added = set(after["elders.yaml"].splitlines()) - set(before["elders.yaml"].splitlines())
    assert any(BLUE in each.decode() for each in added)


async def test_a_phrase_that_draws_questions_away_is_shown_before_it_is_written(
    guides: OpenGuides, app: Starlette
) -> None:
    before = guides.texts()
    async with clerk(app, "孙编辑") as editor:
        answer = await does(editor, "add", **DRAWING)
        assert answer.status_code == 200
        for each in ("还没有写进去", "养狗证多少钱", "原来：养犬登记", "加了以后：老年优待证"):
            assert each in answer.text
        assert guides.texts() == before
        [confirm] = re.findall(r'value="(add:\w+)"', answer.text)
        said = await told(editor, confirm, **DRAWING)
    assert "写进了 elders.yaml" in said
    assert "养狗证多少钱" in guides.file("elders.yaml").read_text("utf-8")


async def test_a_confirmation_counts_for_what_was_shown_alone(
    guides: OpenGuides, app: Starlette
) -> None:
    file = guides.file("elders.yaml")
    async with clerk(app, "孙编辑") as editor:
        shown = await does(editor, "add", **DRAWING)
        [confirm] = re.findall(r'value="(add:\w+)"', shown.text)
        file.write_text(file.read_text("utf-8") + "# by somebody else\n", "utf-8")
        changed = file.read_bytes()
        again = await does(editor, confirm, **DRAWING)
        assert again.status_code == 409
        assert "刚才别人改了指南" in again.text
        assert file.read_bytes() == changed
        [fresh] = re.findall(r'value="(add:\w+)"', again.text)
        assert fresh != confirm
        await told(editor, fresh, **DRAWING)
    written = file.read_text("utf-8")
    assert "养狗证多少钱" in written
    assert written.endswith("# by somebody else\n")


@pytest.mark.parametrize(
    ("other", "said"), [("没有这个", "没有这个事项"), ("登记", "请写标识"), ("", "没有这个事项")]
)
async def test_a_topic_that_is_not_clear_is_asked_for(
    guides: OpenGuides, app: Starlette, other: str, said: str
) -> None:
    before = guides.texts()
    async with clerk(app, "孙编辑") as editor:
        answer = await does(editor, "add", other=other, text="蓝本本")
    assert answer.status_code == 422
    assert said in said_in(answer.text)
    assert 'value="蓝本本"' in answer.text
    assert re.search(r"<details open[^>]*><summary>加到事项", answer.text)
    assert guides.texts() == before


async def test_a_new_service_is_begun(guides: OpenGuides, app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        said = await told(editor, "new", office="elders", name="蓝皮本办理")
        assert BLUE not in groups_in(await listed(editor))
    assert "写进了 elders.yaml，只有名称和问法，请补全" in said
    written = guides.file("elders.yaml").read_text("utf-8")
    assert "蓝皮本办理" in written
    assert BLUE in written


async def test_a_matter_of_another_authority_is_begun(guides: OpenGuides, app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        said = await told(editor, "elsewhere", name="蓝皮本", authority="县档案馆")
    assert "写进了 elsewhere.yaml" in said
    written = guides.file("elsewhere.yaml").read_text("utf-8")
    assert all(each in written for each in ("蓝皮本", "县档案馆", BLUE))


@pytest.mark.parametrize("action", ["new", "elsewhere"])
async def test_without_a_name_nothing_is_begun(
    guides: OpenGuides, app: Starlette, action: str
) -> None:
    before = guides.texts()
    async with clerk(app, "孙编辑") as editor:
        answer = await does(editor, action, office="elders", name=" ")
    assert answer.status_code == 422
    assert "还没有写名称" in said_in(answer.text)
    assert guides.texts() == before


@pytest.mark.parametrize(("action", "again"), [("ignore", False), ("settled", True)])
async def test_what_rests_is_not_listed_unless_it_comes_again(
    guides: OpenGuides, action: str, again: bool
) -> None:
    async with clerk(guides.app(), "孙编辑") as editor:
        assert NAME in await told(editor, action)
        assert BLUE not in groups_in(await listed(editor))
    ledger = DatabaseLedger.open(guides.url)
    later = guides.at + timedelta(days=1)
    ledger.record(replace(ENTRY, at=later, text=BLUE, outcome="choose", topic=None))
    ledger.close()
    guides.at += timedelta(days=2)
    async with clerk(guides.app(), "孙编辑") as editor:
        assert (BLUE in groups_in(await listed(editor))) is again


async def test_what_another_has_dealt_with_is_not_written_twice(
    guides: OpenGuides, app: Starlette
) -> None:
    async with clerk(app, "孙编辑") as sun, clerk(app, "赵主任") as zhao:
        page = await listed(sun)
        await told(zhao, "ignore")
        before = guides.texts()
        data = {"form": token_in(page), "texts": texts_of(page, BLUE), "action": "new"}
        answer = await sun.client.post(f"/{VAIN}", data=data | {"office": "elders", "name": "x"})
    assert answer.status_code == 409
    assert "刚才已经处理过了" in said_in(answer.text)
    assert guides.texts() == before


async def test_only_the_questions_that_were_seen_are_put_aside(
    guides: OpenGuides, app: Starlette
) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await listed(editor)
        guides.was_asked(蓝皮本本咋整嘛=1)
        guides.at += timedelta(minutes=10)
        data = {"form": token_in(page), "texts": texts_of(page, BLUE), "action": "ignore"}
        assert (await editor.client.post(f"/{VAIN}", data=data)).status_code == 303
        assert "蓝皮本本咋整嘛" in groups_in(await listed(editor))


async def test_a_question_that_was_never_asked_is_not_put_aside(
    guides: OpenGuides, app: Starlette
) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await listed(editor)
        data = {"form": token_in(page), "texts": "从来没有人问过的话", "action": "ignore"}
        assert (await editor.client.post(f"/{VAIN}", data=data)).status_code == 409
    assert NAME not in guides.texts()


async def test_a_guide_with_no_sure_place_is_left_as_it_is(
    guides: OpenGuides, app: Starlette
) -> None:
    guides.file("elsewhere.yaml").write_text("id: passport\nname: 护照\n", "utf-8")
    before = guides.texts()
    async with clerk(app, "孙编辑") as editor:
        answer = await does(editor, "elsewhere", name="蓝皮本", authority="")
    assert answer.status_code == 409
    assert "elsewhere.yaml 还是原来的样子" in said_in(answer.text)
    assert guides.texts() == before


async def test_a_ledger_that_is_away_is_told(guides: OpenGuides, app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        token = token_in(await listed(editor))
        guides.database.close()
        file = guides.folder.parent / "ledger.db"
        file.unlink()
        file.mkdir()
        guides.at += timedelta(minutes=20)
        data = {"form": token, "texts": BLUE, "action": "ignore"}
        answers = [
            await editor.client.post(f"/{VAIN}", data=data),
            await editor.client.get(f"/{VAIN}"),
            await editor.client.get("/editors/figures"),
        ]
    for answer in answers:
        assert answer.status_code == 503
        assert "台账现在打不开" in answer.text


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git on this machine")
@pytest.mark.parametrize(
    ("action", "fields", "file"),
    [
        ("add", CARD, "elders.yaml"),
        ("new", {"office": "elders", "name": "蓝本"}, "elders.yaml"),
        ("ignore", {}, NAME),
    ],
)
async def test_what_is_written_is_in_the_history_under_the_editors_name(
    guides: OpenGuides, app: Starlette, action: str, fields: dict[str, str], file: str
) -> None:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=guides.folder, check=True, capture_output=True, text=True
        )
        return done.stdout

    git("init", "--quiet")
    async with clerk(app, "孙编辑") as editor:
        said = await told(editor, action, **fields)
    assert "记入修改历史" in said
    assert git("log", "--format=%an", "--name-only").split() == ["孙编辑", file]
