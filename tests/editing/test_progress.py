"""What is being done is counted on a terminal and nowhere else."""

from __future__ import annotations

from io import StringIO

from editing.progress import Progress


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_one_line_counts_and_is_wiped_at_the_end() -> None:
    stream = Terminal()
    assert list(Progress(stream).over([1, 2, 3], 3, "Asking")) == [1, 2, 3]
    written = stream.getvalue()
    assert written.startswith("\rAsking   0 %  0/3")
    assert written.endswith("\r\x1b[K")
    assert "\n" not in written


def test_elsewhere_nothing_is_written() -> None:
    stream = StringIO()
    assert list(Progress(stream).over("abc", 3, "Asking")) == ["a", "b", "c"]
    assert stream.getvalue() == ""


def test_of_nothing_nothing_is_counted() -> None:
    stream = Terminal()
    assert list(Progress(stream).over([], 0, "Asking")) == []
    assert stream.getvalue() == ""
