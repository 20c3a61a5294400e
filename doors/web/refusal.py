"""Why a request is not handed to the desk."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818 - what a citizen meets is no programmer's error
    """A request that is answered by the door itself.

    `reason` is a text's key without `web_`; `language` is None while the page's is not known.
    """

    def __init__(
        self,
        status: int,
        reason: str,
        language: str | None = None,
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.language = language
        self.headers = headers
        self.values = values
