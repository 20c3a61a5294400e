"""Waiting for an answer: what a citizen is told later, and the phone number to be told it by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk.notices import Notices
from desk.receipts.contacts import Contacts
from desk.texts import Texts
from doors.web import session
from doors.web.admission import Admission
from doors.web.question import fields, identifier, language, notices, words
from doors.web.refusal import Refusal
from ledger.records import LedgerError, Notice


class Desk(Protocol):
    """What is needed of a desk; every call is quick and safe in threads."""

    notices: Notices
    contacts: Contacts

    def told(self, session: str, message: str) -> None:
        """The reply to a message has reached the citizen."""


class Waiting:
    """The routes of a page that waits.

    A response may be lost on its way. So a notice is handed over with every request until one
    names it among those that have been `received`; the page shows each once.
    """

    def __init__(self, desk: Desk, admission: Admission, texts: Texts) -> None:
        self._desk = desk
        self._admission = admission
        self._texts = texts

    async def notices(self, request: Request) -> Response:
        """What a citizen is told without having asked now, and whether more is expected."""
        self._admission.look(request)
        found = await fields(request)
        received, had = notices(found), identifier(found.get("had"))
        token = session.cookie(request)
        if token is None:
            return JSONResponse({"notices": [], "expected": False})
        own = session.identifier(token)
        self._admission.look_of(own)
        told, expected = await run_in_threadpool(self._look, own, received, had)
        response = JSONResponse({"notices": list(map(_plain, told)), "expected": bool(expected)})
        session.hand_out(token, request, response, lasting=bool(told or expected))
        return response

    async def phone(self, request: Request) -> Response:
        """Keep the phone number that a citizen leaves with a receipt."""
        self._admission.message(request)
        found = await fields(request)
        name = language(found, self._texts.languages)
        receipt, phone = words(found, "receipt", name), words(found, "phone", name)
        token = session.cookie(request)
        own = session.identifier(token) if token else ""
        self._admission.of(own, name)
        try:
            kept = await run_in_threadpool(self._desk.contacts.leave, own, receipt, phone)
        except LedgerError:
            raise Refusal(503, "broken", name) from None
        if not kept:
            raise Refusal(422, "phone_refused", name)
        return JSONResponse({"kept": True})

    def _look(
        self, own: str, received: Sequence[int], had: str | None
    ) -> tuple[Sequence[Notice], Sequence[str]]:
        if had:
            self._desk.told(own, had)
        self._desk.notices.received(own, received)
        try:
            # before what waits: an answer between the two is then among it
            expected = self._desk.notices.expected(own)
        except LedgerError:
            raise Refusal(503, "broken") from None
        return self._desk.notices.waiting(own), expected


def _plain(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "reply": notice.text,
        "receipt": notice.receipt,
        "next": [{"key": key, "label": label} for key, label in notice.choices],
    }
