"""The staff page over HTTP: what clerks and heads see and do."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from web_hall import NOBODYS, OpenHall
from web_staff import clerk, staffed, users_in

from desk.message import Message
from desk.texts import Texts
from ledger.records import LedgerError, Rating

SESSION = "web:" + "1" * 32


@pytest.fixture
def hall() -> OpenHall:
    return OpenHall()


@pytest.fixture
def app(hall: OpenHall, tmp_path: Path) -> Starlette:
    return staffed(hall, users_in(tmp_path))


def moved(hall: OpenHall, window: str, text: str = "找人工") -> str:
    """A question that this window has to answer: its number."""
    receipt = hall.left(text)
    if receipt.window != window:
        hall.desk.handling.pass_on(receipt.number, "赵主任", window, "归这个窗口")
    return receipt.number


def section(page: str, key: str) -> str:
    """A group of cards."""
    found = re.search(rf'<section id="{key}".*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def card(page: str, number: str) -> str:
    """One card."""
    found = re.search(rf'<article [^>]*id="r-{number}".*?</article>', page, re.DOTALL)
    assert found is not None
    return found[0]


async def test_ones_own_windows_come_first(hall: OpenHall, app: Starlette) -> None:
    other, own = moved(hall, "1"), moved(hall, "2")
    async with clerk(app, "王芳") as wang:
        page = await wang.page()
    assert own in section(page, "own")
    assert other in section(page, "others")
    assert page.index('id="own"') < page.index('id="others"')


async def test_a_card_tells_all_that_is_known(hall: OpenHall, app: Starlette) -> None:
    for text in ("居住证要带什么", "我的鸽子有没有户口"):
        hall.desk.answer(Message(text=text, session=SESSION, door="web"))
    number = hall.left("找人工", session=SESSION).number
    hall.desk.contacts.leave(SESSION, number, "139 1234 5678")
    async with clerk(app, "李强") as li, clerk(app, "李强", "en") as english:
        shown = card(await li.page(), number)
        in_english = card(await english.page(), number)
    for each in ("待接", "找人工", "还有", "17:30前答复", "1号窗口", "居住证", "tel:13912345678"):
        assert each in shown
    assert "登记，交给" in shown
    for each in ("not taken", "wants a person", "left", "I take it", "Pass on"):
        assert each in in_english


async def test_a_phone_is_shown_to_who_answers_alone(hall: OpenHall, app: Starlette) -> None:
    number = hall.left(session=SESSION).number
    hall.desk.contacts.leave(SESSION, number, "139 1234 5678")
    async with clerk(app, "王芳") as wang, clerk(app, "赵主任") as head:
        assert "13912345678" not in await wang.page()
        assert "13912345678" in await head.page()


async def test_what_citizens_write_is_never_markup(hall: OpenHall, app: Starlette) -> None:
    nasty = "<script>alert(1)</script>\"'><img src=x>"
    hall.desk.answer(Message(text=nasty, session=SESSION, door="web"))
    number = hall.left(nasty, session=SESSION).number
    async with clerk(app, "李强") as li:
        told = await li.told(number, "pass", window="99", text=nasty)
        page = await li.page()
    assert "<script>alert" not in told + page
    assert "<img" not in told + page
    assert html.escape(nasty) in card(page, number)


async def test_the_way_of_a_receipt_from_taking_to_the_answer(
    hall: OpenHall, app: Starlette
) -> None:
    number = moved(hall, "2")
    async with clerk(app, "王芳") as wang:
        assert "由您来办" in await wang.told(number, "take")
        shown = card(await wang.page(), number)
        assert "经办" in shown
        assert "王芳" in shown
        assert 'value="take"' not in shown
        assert "延期" in await wang.told(number, "later", day="2026-11-30", text="等县里回话")
        assert "11月30日" in card(await wang.page(), number)
        assert "答复已发给群众" in await wang.told(number, "answer", text="可以办。")
        assert number not in section(await wang.page(), "own")
    assert hall.receipt(number).state == "answered"
    assert [each.by for each in hall.ledger.events(number)][-3:] == ["王芳"] * 3


async def test_what_was_done_is_told_once(hall: OpenHall, app: Starlette) -> None:
    number = moved(hall, "2")
    async with clerk(app, "王芳") as wang:
        assert await wang.told(number, "take")
        assert 'class="said' not in await wang.page()


async def test_of_two_who_take_it_the_second_sees_who_has_it(
    hall: OpenHall, app: Starlette
) -> None:
    number = moved(hall, "2")
    async with clerk(app, "王芳") as wang, clerk(app, "赵主任") as head:
        assert "由您来办" in await wang.told(number, "take")
        assert "由王芳在办" in await head.told(number, "take")
    assert hall.receipt(number).taker == "王芳"


async def test_an_answer_that_comes_second_is_given_back(hall: OpenHall, app: Starlette) -> None:
    number = moved(hall, "2")
    async with clerk(app, "王芳") as wang, clerk(app, "赵主任") as head:
        await wang.told(number, "answer", text="可以办。")
        told = await head.told(number, "answer", text="一段很长的话")
    assert "已经答复过了" in told
    assert "一段很长的话" in told


@pytest.mark.parametrize(
    ("action", "fields", "told"),
    [
        ("answer", {"text": "  "}, "答复是空的"),
        ("pass", {"window": "2", "text": ""}, "请写明原因"),
        ("pass", {"window": "99", "text": "原因"}, "没有这个窗口"),
        ("pass", {"text": "原因"}, "没有这个窗口"),
        ("not_ours", {"text": "", "basis": "某法第一条"}, "请写明归哪个部门"),
        ("not_ours", {"text": "县林业局"}, "请写明依据"),
        ("refuse", {"text": "年龄不到"}, "请写明依据"),
        ("refuse", {"text": "", "basis": "某法第一条"}, "请写明原因"),
        ("later", {"day": "", "text": "原因"}, "请选改到哪一天"),
        ("later", {"day": "soon", "text": "原因"}, "请选改到哪一天"),
        ("later", {"day": "2026-11-30", "text": ""}, "请写明原因"),
        ("later", {"day": "2026-11-20", "text": "原因"}, "要比原来的晚"),
        ("nothing", {}, "请选"),
    ],
)
async def test_what_is_missing_is_told_and_what_was_written_stays(
    hall: OpenHall, app: Starlette, action: str, fields: dict[str, str], told: str
) -> None:
    number = moved(hall, "1")
    async with clerk(app, "李强") as li:
        answer = await li.does(number, action, **fields)
        assert answer.status_code == 303
        page = await li.page()
    assert told in page
    assert hall.receipt(number).state == "open"
    if fields.get("text", "").strip():
        assert re.search(f"<details[^>]* open[^>]*>.*?{fields['text']}", card(page, number))


async def test_passed_on_it_goes_to_the_other_window_with_the_reason(
    hall: OpenHall, app: Starlette
) -> None:
    number = moved(hall, "1")
    async with clerk(app, "李强") as li, clerk(app, "王芳") as wang:
        assert "已转到2号窗口" in await li.told(number, "pass", window="2", text="是居住证的事")
        assert "李强转到2号窗口" in card(section(await wang.page(), "own"), number)


async def test_where_it_is_not_ours_the_authority_is_told(hall: OpenHall, app: Starlette) -> None:
    number = moved(hall, "1")
    async with clerk(app, "李强") as li:
        told = await li.told(number, "not_ours", text="县林业局，0000-1", basis="森林法第九条")
        assert "已告诉群众" in told
    letter = hall.desk.notices.waiting("web:" + "0" * 32)[-1].text
    assert "由县林业局，0000-1办理。\n依据：森林法第九条。" in letter


async def test_a_complaint_is_refused_for_one_of_the_reasons_of_the_form(
    hall: OpenHall, app: Starlette
) -> None:
    number = hall.left("我要投诉，你们骂人", choice=None).number
    async with clerk(app, "赵主任") as head:
        shown = card(await head.page(), number)
        assert "不予受理" in shown
        assert "服务态度" in shown
        assert re.findall(r'<option value="(\w+)"[^>]*>不是本大厅', shown) == ["not_of_hall"]
        assert "只有这些原因" in await head.told(number, "refuse", text="忙", basis="某条")
        told = await head.told(number, "refuse", text="no_facts", basis="信访条例第十四条")
        assert "原因和依据" in told
    assert hall.receipt(number).state == "answered"


async def test_a_late_receipt_is_marked_and_first_for_the_head(
    hall: OpenHall, app: Starlette
) -> None:
    late = moved(hall, "2")
    hall.at += timedelta(days=3)
    fresh = moved(hall, "1", NOBODYS)
    async with clerk(app, "赵主任") as head, clerk(app, "王芳") as wang:
        page = await head.page()
        assert late in section(page, "late")
        assert fresh in section(page, "rest")
        shown = card(await wang.page(), late)
    assert 'class="card open late"' in shown
    assert "已超" in shown
    assert 'value="later"' not in shown


async def test_a_complaint_is_seen_by_its_window_and_the_head_alone(
    hall: OpenHall, app: Starlette
) -> None:
    message = Message(text="我要投诉2号窗口态度差", session=SESSION, door="web")
    number = hall.desk.answer(message).receipt or ""
    assert hall.receipt(number).kind == "complaint"
    hall.left()
    async with clerk(app, "王芳") as wang, clerk(app, "李强") as li, clerk(app, "赵主任") as head:
        assert number not in await wang.page()
        assert (await wang.does(number, "take")).status_code == 404
        shown = card(await li.page(), number)
        assert "投诉" in shown
        assert '<option value="2"' not in shown
        assert number in await head.page()
    assert hall.receipt(number).taker is None


async def test_clerks_of_another_hall_see_and_do_nothing(hall: OpenHall, app: Starlette) -> None:
    number = moved(hall, "2")
    mine = "外厅人"
    async with clerk(app, mine) as foreign, clerk(app, "王芳") as wang:
        page = await foreign.page()
        assert number not in page
        form = re.search(r'name="form" value="([\w-]+)"', page)
        assert form is not None
        data = {"form": form[1], "action": "answer", "text": "x"}
        answer = await foreign.client.post(f"/staff/receipts/{number}", data=data)
        assert answer.status_code == 404
        assert number in await wang.page()
    assert hall.receipt(number).state == "open"


async def test_an_unknown_number_is_not_there(hall: OpenHall, app: Starlette) -> None:
    moved(hall, "2")
    async with clerk(app, "王芳") as wang:
        assert (await wang.does("234567", "take")).status_code == 404


async def test_the_language_chosen_stays(hall: OpenHall, app: Starlette) -> None:
    moved(hall, "2")
    async with clerk(app, "王芳") as wang:
        english = await wang.client.get("/staff?language=en")
        assert '<html lang="en">' in english.text
        assert "My windows" in await wang.page()
        cards = await wang.client.get("/staff/cards")
        assert "My windows" in cards.text
        assert "<html" not in cards.text


async def test_ratings_are_counted_by_window(hall: OpenHall, app: Starlette) -> None:
    for level in (5, 5, 1):
        rating = Rating(
            at=hall.at, hall="hall", session="s", window="2", topic=None, receipt=None, level=level
        )
        hall.ledger.rate(rating)
    hall.at += timedelta(days=1)
    async with clerk(app, "赵主任") as head:
        page = (await head.client.get("/staff/ratings")).text
    row = next(each for each in re.findall(r"<tr>.*?</tr>", page) if "2号窗口" in each)
    assert re.findall(r"<td>(\d*)</td>", row) == ["2", "", "", "", "1", "3"]


@pytest.mark.parametrize("path", ["/staff", "/staff/cards", "/staff/ratings"])
async def test_while_the_ledger_is_away_it_is_said_so(
    hall: OpenHall, app: Starlette, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    def away(*_: object) -> None:
        raise LedgerError("locked")

    async with clerk(app, "赵主任") as head:
        number = moved(hall, "2")
        page = await head.page()
        for name in ("receipts", "ratings", "receipt"):
            monkeypatch.setattr(hall.ledger, name, away)
        assert (await head.client.get(path)).status_code == 503
        form = re.search(r'name="form" value="([\w-]+)"', page)
        assert form is not None
        data = {"form": form[1], "action": "answer", "text": "写好的答复"}
        await head.client.post(f"/staff/receipts/{number}", data=data)
        monkeypatch.undo()
        page = await head.page()
    assert "台账现在打不开" in page
    assert "写好的答复" in page


def test_every_language_has_the_same_words_for_staff() -> None:
    texts = Texts(Path(__file__).parents[2] / "doors" / "texts")
    keys = [{key for key in texts.keys(each) if key.startswith("staff_")} for each in ("zh", "en")]
    assert keys[0]
    assert keys[0] == keys[1]
