"""The editors' page over HTTP: who sees it, what it shows, and what it saves."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from web_editors import PERMIT, OpenGuides, field_in
from web_site import client_of
from web_staff import Clerk, clerk, token_in

from desk.texts import Texts

PATHS = ("editors", "editors/why", "editors/why?question=x", PERMIT, "editors/hall/residence")
NASTY = "<script>alert(1)</script><img src=x>"


@pytest.fixture
def guides(tmp_path: Path) -> OpenGuides:
    return OpenGuides(tmp_path)


@pytest.fixture
def app(guides: OpenGuides) -> Starlette:
    return guides.app()


async def page_of(editor: Clerk, path: str = PERMIT) -> str:
    answer = await editor.client.get(f"/{path}")
    assert answer.status_code == 200
    return answer.text


def text_in(page: str) -> str:
    """What stands in the textarea, as a browser reads it."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


async def posted(editor: Clerk, page: str, action: str, text: str, path: str = PERMIT) -> str:
    """What comes of a button of a page, once what it leads to is read."""
    fields = {"form": token_in(page), "digest": field_in(page, "digest")}
    data = {**fields, "action": action, "text": text.replace("\n", "\r\n")}
    answer = await editor.client.post(f"/{path}", data=data)
    if answer.status_code == 303:
        answer = await editor.client.get(
            str(answer.next_request.url if answer.next_request else "")
        )
    return answer.text


def said_in(page: str) -> str:
    found = re.search(r'<div class="said[^>]*>(.*?)</div>', page, re.DOTALL)
    return found[1] if found else ""


# who sees it


@pytest.mark.parametrize("path", PATHS)
async def test_who_is_not_logged_in_is_led_to_the_login(app: Starlette, path: str) -> None:
    async with client_of(app) as client:
        for answer in (await client.get(f"/{path}"), await client.post(f"/{path}", data={})):
            assert answer.status_code in (303, 405)
            assert "residence" not in answer.text


@pytest.mark.parametrize("path", PATHS)
async def test_clerks_at_windows_do_not_see_it(app: Starlette, path: str) -> None:
    async with clerk(app, "王芳") as staff:
        answer = await staff.client.get(f"/{path}")
        assert answer.status_code == 403
        assert "指南编辑和大厅负责人" in answer.text
        assert "editors/hall" not in answer.text


@pytest.mark.parametrize("name", ["孙编辑", "赵主任"])
async def test_editors_and_heads_see_it(app: Starlette, name: str) -> None:
    async with clerk(app, name) as editor:
        for path in PATHS:
            assert (await editor.client.get(f"/{path}")).status_code == 200


async def test_an_editor_comes_in_at_the_guides(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor, "editors")
    assert 'href="staff"' not in page
    assert "孙编辑（指南编辑）" in page


async def test_the_guides_of_another_hall_are_not_there(guides: OpenGuides) -> None:
    users, name = guides.users, "外厅编"
    known = users.find("孙编辑")
    assert known is not None
    users.add(replace(known, name=name, hall="another"))
    async with clerk(guides.app(), name) as editor:
        tree = await page_of(editor, "editors")
        assert "居住证" not in tree
        assert "没有您的账号可以编辑的大厅" in tree
        for path in (PERMIT, "editors/hall/residence"):
            assert (await editor.client.get(f"/{path}")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "editors/hall/nothing",
        "editors/hall/residence/nothing",
        "editors/nowhere/residence/permit",
        "editors/hall/..%2f..%2fusers",
        "editors/%2e%2e/users",
        "editors/hall/.hidden",
    ],
)
async def test_only_what_the_guides_consist_of_is_there(app: Starlette, path: str) -> None:
    async with clerk(app, "孙编辑") as editor:
        answer = await editor.client.get(f"/{path}")
    assert answer.status_code == 404
    assert "argon2" not in answer.text


async def test_a_form_of_another_page_saves_nothing(guides: OpenGuides, app: Starlette) -> None:
    before = guides.file().read_bytes()
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        data = {"form": "x" * 43, "digest": field_in(page, "digest"), "action": "save", "text": ""}
        assert (await editor.client.post(f"/{PERMIT}", data=data)).status_code == 403
        own = data | {"form": token_in(page)}
        foreign = {"sec-fetch-site": "cross-site"}
        answer = await editor.client.post(f"/{PERMIT}", data=own, headers=foreign)
        assert answer.status_code == 403
    assert guides.file().read_bytes() == before


# the tree


async def test_the_tree_tells_what_is_lacking_and_how_old_it_is(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor, clerk(app, "孙编辑", "en") as english:
        page, in_english = await page_of(editor, "editors"), await page_of(english, "editors")
    rows = {name: row for row in page.split("<li data-searched")[1:]
            for name in re.findall(r'editors/hall/([^"]+)', row)[:1]}  # fmt: skip
    permit, card = rows["residence/permit"], rows["elders/card"]
    for each in ("居住证申领", "8/8", "2026-10-08核对", "2027-10-08前复核"):
        assert each in permit
    assert "4/8 缺：流程、条件、问法、各语言" in card
    assert "复核已过期（2026-10-08）" in rows["residence/address"]
    assert "4/8 lacks: steps, conditions, questions, a language" in in_english


async def test_the_tree_is_filtered_by_name(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor, "editors?name=暂住证")
    assert re.findall(r'href="editors/hall/residence/(\w+)"', page) == ["permit"]
    assert "editors/hall/elders" not in page


async def test_a_fault_stands_where_it_is(guides: OpenGuides, app: Starlette) -> None:
    file = guides.file()
    changed = file.read_text("utf-8").replace("    fee:", "    fees:", 1)
    file.write_text(changed + "nonsense: 1\n", "utf-8")
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor, "editors")
    rows = page.split("<li data-searched")[1:]
    [own] = [each for each in rows if "fees" in each]
    assert "/permit" in own
    assert "nonsense" not in own
    assert page.index("nonsense") < page.index("<li data-searched", page.index("居住服务所"))


async def test_a_file_that_is_no_text_is_told_and_the_rest_is_there(
    guides: OpenGuides, app: Starlette
) -> None:
    guides.file().write_bytes("office: 居住".encode("gb18030"))
    async with clerk(app, "孙编辑") as editor:
        assert "UTF-8" in await page_of(editor, "editors")
        answer = await editor.client.get("/editors/hall/residence")
        assert answer.status_code == 422
        assert "UTF-8" in answer.text
        await page_of(editor, "editors/hall/shops")


# an entry


async def test_an_entry_stands_beside_what_citizens_read(
    guides: OpenGuides, app: Starlette
) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
    text = text_in(page)
    assert text.startswith("  - id: permit\n")
    assert text in guides.file().read_text("utf-8")
    assert "收费：20元" in page
    assert "Fee: 20 yuan" in page
    assert 'data-key="notice-en"' in page


async def test_a_draft_is_checked_and_shown_without_being_saved(
    guides: OpenGuides, app: Starlette
) -> None:
    before = guides.file().read_bytes()
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        good = await posted(editor, page, "live", text_in(page).replace("20\n", "35\n", 1))
        bad = await posted(editor, page, "live", text_in(page).replace("fee:", "fees:", 1))
    assert "收费：35元" in good
    assert "没有发现问题" in good
    assert "错误1处" in bad
    line = before[: before.index(b"    fee:")].count(b"\n") + 1
    assert f'data-line="{line}" data-column="5"' in bad
    assert "“fee”" in bad
    assert guides.file().read_bytes() == before


async def test_the_questions_are_tried_on_the_draft(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        draft = text_in(page).replace("ask: [", "ask: [蓝皮本本咋整, ")
        made = await posted(editor, page, "try", draft)
    assert "试了5句：对5，错0，反问0" in made
    assert "蓝皮本本咋整" in made


async def test_without_a_script_the_button_checks_the_draft(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        draft = text_in(page).replace("20\n", "35\n", 1)
        made = await posted(editor, page, "check", draft)
    assert text_in(made) == draft
    assert "收费：35元" in made
    assert "试了4句" in made


async def test_a_saved_fee_is_in_the_file_and_nothing_else_is(
    guides: OpenGuides, app: Starlette
) -> None:
    before = guides.file().read_bytes()
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        made = await posted(editor, page, "save", text_in(page).replace("20\n", "35\n", 1))
        again = await page_of(editor)
    said = said_in(made)
    assert "保存好了" in said
    assert "几秒钟后生效" in said
    assert "只存了文件" in said
    assert guides.file().read_bytes() == before.replace(b"amount: 20", b"amount: 35", 1)
    assert said_in(again) == ""


async def test_errors_are_not_saved_and_nothing_is_lost(guides: OpenGuides, app: Starlette) -> None:
    before = guides.file().read_bytes()
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        draft = text_in(page).replace("fee:", "fees:", 1)
        made = await posted(editor, page, "save", draft)
    assert "还有错误，没有保存" in said_in(made)
    assert text_in(made) == draft
    assert guides.file().read_bytes() == before


async def test_warnings_are_saved_after_a_confirmation(guides: OpenGuides, app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        draft = text_in(page).replace("also: [", "also: [狗证, ", 1)
        asked = await posted(editor, page, "save", draft)
        assert "狗证" not in text_in(await page_of(editor))
        confirm = re.search(r'value="(save:\w+)"', asked)
        assert confirm is not None
        made = await posted(editor, asked, confirm[1], draft)
    assert "有提醒，还没有保存" in said_in(asked)
    assert "保存好了" in said_in(made)


async def test_of_two_who_change_it_the_second_sees_both(
    guides: OpenGuides, app: Starlette
) -> None:
    async with clerk(app, "孙编辑") as sun, clerk(app, "赵主任") as zhao:
        mine, theirs = await page_of(sun), await page_of(zhao)
        await posted(zhao, theirs, "save", text_in(theirs).replace("20\n", "25\n", 1))
        draft = text_in(mine).replace("20\n", "35\n", 1)
        made = await posted(sun, mine, "save", draft)
        assert b"amount: 25" in guides.file().read_bytes()
        again = await posted(sun, made, "save", text_in(made))
    assert "别人改过这个文件" in made
    assert '<div class="theirs"><span class="who">文件里</span><code>      - amount: 25' in made
    assert '<div class="mine"><span class="who">您写的</span><code>      - amount: 35' in made
    assert text_in(made) == draft
    assert "保存好了" in said_in(again)
    assert b"amount: 35" in guides.file().read_bytes()


async def test_what_others_changed_elsewhere_in_the_file_stays(
    guides: OpenGuides, app: Starlette
) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        file = guides.file()
        file.write_text(file.read_text("utf-8").replace("also: [狗证", "also: [犬证"), "utf-8")
        draft = text_in(page).replace("20\n", "35\n", 1)
        made = await posted(editor, page, "save", draft)
        again = await posted(editor, made, "save", text_in(made))
    assert "别人改过这个文件" in made
    assert "保存好了" in said_in(again)
    assert "犬证" in file.read_text("utf-8")


async def test_a_file_that_vanishes_meanwhile_is_told(guides: OpenGuides, app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        guides.file().unlink()
        made = await posted(editor, page, "save", text_in(page))
    assert "这里没有这一项" in made


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git on this machine")
async def test_a_change_is_in_the_history_under_the_editors_name(
    guides: OpenGuides, app: Starlette
) -> None:
    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=guides.folder, check=True, capture_output=True, text=True
        )
        return done.stdout

    git("init", "--quiet")
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        made = await posted(editor, page, "save", text_in(page).replace("20\n", "35\n", 1))
    assert "记入修改历史" in said_in(made)
    assert git("log", "--format=%an", "--name-only").split() == ["孙编辑", "residence.yaml"]


async def test_an_entry_that_gets_another_id_leads_back_to_the_tree(
    guides: OpenGuides, app: Starlette
) -> None:
    async with clerk(app, "孙编辑") as editor:
        path = "editors/hall/residence/pets"
        page = await page_of(editor, path)
        draft = text_in(page).replace("id: pets", "id: dogs")
        asked = await posted(editor, page, "save", draft, path)
        confirm = re.search(r'value="(save:\w+)"', asked)
        assert confirm is not None
        made = await posted(editor, asked, confirm[1], draft, path)
    assert "保存好了" in said_in(made)
    assert "editors/hall/residence/dogs" in made


# hostile texts, and the page of why


async def test_what_stands_in_guides_is_never_markup(guides: OpenGuides, app: Starlette) -> None:
    file = guides.file()
    text = file.read_text("utf-8")
    text = text.replace("zh: 居住证申领", f"zh: '{NASTY}'").replace("ask: [", f"ask: ['{NASTY}', ")
    text = text.replace("zh: 外地户口", f"zh: </textarea>{NASTY}外地户口")
    file.write_text(text + f"'{NASTY}': 1\n", "utf-8")
    async with clerk(app, "孙编辑") as editor:
        pages = [await page_of(editor, path) for path in ("editors", PERMIT)]
        draft = text_in(pages[1])
        pages.append(await posted(editor, pages[1], "check", draft))
        pages.append(await posted(editor, pages[1], "try", draft))
        pages.append(await page_of(editor, f"editors/why?question={NASTY}"))
        file.write_text(file.read_text("utf-8") + "# more\n", "utf-8")
        pages.append(await posted(editor, pages[1], "save", draft))
    assert "</textarea><script" in draft
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page


async def test_why_shows_what_decided(app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor, clerk(app, "孙编辑", "en") as english:
        page = await page_of(editor, "editors/why?question=居住证多少钱")
        in_english = await page_of(english, "editors/why?question=居住证多少钱")
    assert "<mark>居住证</mark>" in page
    assert "第二名" in page
    assert "达到 0.70" in page
    assert "收费 " in page
    assert re.search(r'<meter[^>]*aria-label="字词"', page)
    for each in ("Runner-up", "reaches 0.70", "whole name", "residence/permit"):
        assert each in in_english


async def test_nothing_tried_is_written_down(guides: OpenGuides, app: Starlette) -> None:
    async with clerk(app, "孙编辑") as editor:
        page = await page_of(editor)
        await posted(editor, page, "try", text_in(page))
        await page_of(editor, "editors/why?question=居住证多少钱")
    assert not guides.ledger.entries


def test_every_language_has_the_same_words_for_editors() -> None:
    texts = Texts(Path(__file__).parents[2] / "doors" / "texts")
    keys = [
        {key for key in texts.keys(each) if key.startswith("editors_")} for each in ("zh", "en")
    ]
    assert keys[0]
    assert keys[0] == keys[1]
