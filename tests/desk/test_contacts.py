"""A phone that a citizen leaves with a receipt: kept apart, shown to clerks alone, and deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hall_desk import AT, Conversation, hall

from desk.desk import Desk
from desk.receipts.contacts import new_key, read_phone
from facts.guides import Guides
from ledger.memory import MemoryLedger

NOBODYS = "我家的猫能不能上户口簿"
PHONE = "13912345678"


class Hall:
    """A desk with a key, and a citizen whose question nobody has answered."""

    def __init__(self, key: str | None = None) -> None:
        self.ledger = MemoryLedger()
        self.at = AT
        self.desk = Desk(Guides((hall(),)), self.ledger, lambda: self.at, contact_key=key)
        self.citizen = Conversation(self.desk)
        self.number = self.citizen.say("找人工").receipt or ""

    def leave(self, phone: str = PHONE) -> bool:
        return self.desk.contacts.leave(self.citizen.session, self.number, phone)

    def shown(self) -> str | None:
        card = self.desk.handling.card(self.number)
        return card.phone if card else None


@pytest.fixture(scope="module")
def key() -> str:
    return new_key()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("139 1234 5678", PHONE),
        ("+86 139-1234-5678", "+86139-1234-5678"),
        ("（0552）1234567", "05521234567"),
        ("１３９１２３４５６７８", PHONE),
        ("12345", "12345"),
        ("1234", None),
        ("1" * 16, None),
        ("打我电话", None),
        ("139 1234 5678 张三", None),
        ("", None),
        ("+", None),
        ("<b>12345</b>", None),
    ],
)
def test_a_phone_is_read_as_it_is_dialled(written: str, read: str | None) -> None:
    assert read_phone(written) == read


def test_a_clerk_sees_the_phone_and_nobody_else_does(key: str) -> None:
    found = Hall(key)
    assert found.leave()
    assert found.shown() == PHONE
    ledger = found.ledger
    everything = [ledger.entries, ledger.taken_down, ledger.notices, ledger.happened]
    assert PHONE not in repr([*everything, ledger.conversations, ledger.contact(found.number)])


def test_without_a_key_nothing_is_taken() -> None:
    found = Hall()
    assert not found.desk.contacts.taken
    assert not found.leave()
    assert found.ledger.contact(found.number) is None


def test_what_is_no_key_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"bot\.py key"):
        Hall("secret")


def test_a_later_phone_replaces_the_first(key: str) -> None:
    found = Hall(key)
    assert found.leave("12345678")
    assert found.leave()
    assert found.shown() == PHONE


def test_a_phone_kept_under_another_key_is_not_shown(key: str) -> None:
    found, other = Hall(key), Hall(new_key())
    assert other.leave()
    found.ledger.put_contact(found.number, other.ledger.contact(other.number) or "")
    assert found.shown() is None


@pytest.mark.parametrize("session", ["", "another"])
def test_a_stranger_leaves_no_phone(key: str, session: str) -> None:
    found = Hall(key)
    assert not found.desk.contacts.leave(session, found.number, PHONE)
    assert found.shown() is None


def test_a_phone_goes_when_the_question_is_settled(key: str) -> None:
    found = Hall(key)
    assert found.leave()
    found.desk.handling.answer(found.number, "王", "不能。")
    assert found.shown() == PHONE
    found.citizen.say("解决了", f"settled:{found.number}")
    assert found.ledger.contact(found.number) is None
    assert not found.leave()


def test_a_phone_goes_when_the_citizen_erases_everything(key: str) -> None:
    found = Hall(key)
    assert found.leave()
    found.citizen.say("删掉我的记录", "forget:yes")
    assert found.ledger.contact(found.number) is None


def test_who_asks_what_is_kept_is_told_of_the_phone(key: str) -> None:
    found = Hall(key)
    assert "电话都没有存" in found.citizen.say("我的记录", "about:my_data").reply
    assert found.leave()
    reply = found.citizen.say("我的记录", "about:my_data").reply
    assert "电话加密存着" in reply
    assert PHONE not in reply


def test_a_receipt_reopened_after_its_closing_is_not_forgotten() -> None:
    found = Hall()
    found.desk.handling.answer(found.number, "王", "不能。")
    found.citizen.say("解决了", f"settled:{found.number}")
    found.citizen.say("没解决", f"unsettled:{found.number}")
    receipt = found.ledger.receipt(found.number)
    assert receipt is not None
    assert (receipt.state, receipt.closed_at) == ("reopened", None)
    found.at += timedelta(days=1_000)
    found.desk.keep_up()
    assert found.ledger.receipt(found.number) is not None


def test_what_was_answered_and_not_objected_to_is_closed_in_the_end(key: str) -> None:
    found = Hall(key)
    assert found.leave()
    found.desk.handling.answer(found.number, "王", "不能。")
    for days, state in ((14, "answered"), (1, "closed")):
        found.at += timedelta(days=days)
        found.desk.keep_up()
        receipt = found.ledger.receipt(found.number)
        assert receipt is not None
        assert receipt.state == state
        assert receipt.closed_at == (found.at if state == "closed" else None)
    assert found.ledger.contact(found.number) is None
    assert "办结" in found.citizen.say("办到哪里了", f"receipt:{found.number}").reply
    found.citizen.say("没解决", f"unsettled:{found.number}")
    again = found.ledger.receipt(found.number)
    assert again is not None
    assert again.state == "reopened"


# what is waiting for a citizen


def test_a_notice_waits_until_it_is_received() -> None:
    found = Hall()
    found.desk.handling.take(found.number, "王")
    notices = found.desk.notices
    session = found.citizen.session
    assert notices.expected(session) == [found.number]
    (first,) = notices.waiting(session)
    assert notices.waiting(session) == [first]
    notices.received("another", [first.id])
    assert notices.waiting(session) == [first]
    assert notices.waiting(session[:-1]) == []
    notices.received(session, [first.id])
    assert notices.waiting(session) == []
    found.desk.handling.answer(found.number, "王", "不能。")
    assert notices.expected(session) == []
    assert [each.kind for each in notices.waiting(session)] == ["answered"]


def test_nothing_is_expected_by_nobody() -> None:
    found = Hall()
    found.citizen.say("删掉我的记录", "forget:yes")
    assert found.desk.notices.expected("") == []


# what clerks are told


def test_a_clerk_reads_the_history_with_names_and_in_the_language_chosen() -> None:
    found = Hall()
    found.desk.handling.take(found.number, "王芳")
    card = found.desk.handling.card(found.number)
    english = found.desk.handling.speaking("en").card(found.number)
    assert card is not None
    assert english is not None
    assert card.history[-1].endswith("王芳接手")
    assert english.history[-1].endswith("taken by 王芳")
    assert english.left is not None
    assert "王芳" not in found.citizen.say("办到哪里了", f"receipt:{found.number}").reply
    told = found.desk.handling.speaking("en").take(found.number, "李")
    assert told.text == f"Receipt {found.number} is dealt with by 王芳 already."


def test_a_term_put_off_to_a_day_ends_when_the_hall_closes() -> None:
    found = Hall()
    day = AT.date() + timedelta(days=7)
    done = found.desk.handling.extend_to(found.number, "王", day, "要等县里回话")
    receipt = found.ledger.receipt(found.number)
    assert done.done
    assert receipt is not None
    assert receipt.due is not None
    assert (receipt.due.date(), f"{receipt.due:%H:%M}") == (day, "17:30")
    assert not found.desk.handling.extend_to("234567", "王", day, "原因").done


def test_ratings_of_the_last_days_are_found_by_hall() -> None:
    found = Hall()
    found.citizen.say("居住证要带什么")
    found.citizen.say("满意", "rate:4")
    found.at += timedelta(minutes=1)
    handling = found.desk.handling
    assert [each.level for each in handling.ratings(30, {hall().id})] == [4]
    assert handling.ratings(30, {"another"}) == []
    found.at += timedelta(days=31)
    assert handling.ratings(30) == []
