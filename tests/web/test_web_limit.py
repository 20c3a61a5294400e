"""The limit on messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_site import Clock

from doors.web.limit import Limit, neighbourhood


@given(st.lists(st.integers(0, 30), max_size=80))
def test_no_minute_holds_more_than_the_limit(pauses: list[int]) -> None:
    clock, passed = Clock(), []
    limit = Limit(5, 60, clock)
    for pause in pauses:
        clock.now += pause
        if not limit.wait("someone"):
            passed.append(clock.now)
    assert all(later - earlier >= 60 for earlier, later in zip(passed, passed[5:], strict=False))


@given(st.lists(st.integers(0, 30), max_size=40))
def test_after_the_wait_there_is_room(pauses: list[int]) -> None:
    clock = Clock()
    limit = Limit(3, 60, clock)
    for pause in pauses:
        clock.now += pause
        wait = limit.wait("someone")
        clock.now += wait
        assert wait == 0 or limit.wait("someone") == 0


def test_keys_do_not_hold_one_another_up() -> None:
    limit = Limit(1, 60, Clock())
    assert [limit.wait(key) for key in "aba"] == [0, 0, 60]


def test_what_is_remembered_is_bounded() -> None:
    clock = Clock()
    limit = Limit(1, 60, clock, keys=100)
    for number in range(1_000):
        limit.wait(str(number))
    assert len(limit) == 100
    clock.now += 60
    limit.wait("last")
    assert len(limit) == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_ipv6_subscriber_counts_once(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted
