"""Which chats belong to the people behind the desk: the settings, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from doors.telegram.staff_chats import StaffChats, StaffChatsError


@pytest.mark.parametrize(
    ("setting", "chats"),
    [
        ("", {}),
        ("civil=-100123 lead=456", {"civil": (-100123,), "lead": (456,)}),
        ("  lead=456,789   lead=456 ", {"lead": (456, 789)}),
        ("民政=5", {"民政": (5,)}),
    ],
)
def test_the_chats_stand_in_a_setting(setting: str, chats: dict[str, tuple[int, ...]]) -> None:
    assert StaffChats.of({"STAFF_CHATS": setting}).chats == chats


def test_the_chats_stand_in_a_file_and_a_setting_adds_to_it(tmp_path: Path) -> None:
    file = tmp_path / "staff.yaml"
    file.write_text("civil: [-100123, 5]\nlead: 456\n", "utf-8")
    staff = StaffChats.of({"STAFF_FILE": str(file), "STAFF_CHATS": "lead=7"})
    assert staff.chats == {"lead": (7, 456), "civil": (-100123, 5)}
    assert staff.all == {7, 456, -100123, 5}
    assert staff.keys_of(456) == {"lead"}


@pytest.mark.parametrize("setting", ["civil", "civil=", "=5", "civil=@civil", "civil=0", "a=1,"])
def test_a_wrong_setting_is_named_with_the_remedy(setting: str) -> None:
    with pytest.raises(StaffChatsError, match=r"STAFF_CHATS: '.*' is not .*civil=-100123"):
        StaffChats.of({"STAFF_CHATS": setting})


@pytest.mark.parametrize(
    "told", ["- civil", "civil: here", "civil: [5, ]]", "civil: 1.5", "5", "civil: true"]
)
def test_a_wrong_file_is_named(told: str, tmp_path: Path) -> None:
    file = tmp_path / "staff.yaml"
    file.write_text(told, "utf-8")
    with pytest.raises(StaffChatsError, match=r"STAFF_FILE: .*staff\.yaml"):
        StaffChats.of({"STAFF_FILE": str(file)})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StaffChatsError, match="cannot be read"):
        StaffChats.of({"STAFF_FILE": str(tmp_path / "none.yaml")})
