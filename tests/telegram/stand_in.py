"""A strict stand-in of Telegram's Bot API on 127.0.0.1, with faults on demand.

It refuses what the real one refuses, and unknown parameters too, which the real one overlooks.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web
from markup import UnparsableError, plain

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcS"  # made up
BOT = {"id": 4839574812, "is_bot": True, "first_name": "首问", "username": "ShouwenBot"}
ALICE, BOB, GROUP, FORUM = 1001, 1002, -5001, -5002
REGISTRY, LEAD = -6001, 1006  # the clerks of a window, and the head of the lead window
CHATS: dict[int, dict[str, Any]] = {
    ALICE: {"id": ALICE, "type": "private", "first_name": "Alice"},
    BOB: {"id": BOB, "type": "private", "first_name": "Bob"},
    GROUP: {"id": GROUP, "type": "group", "title": "太平镇邻里群"},
    REGISTRY: {"id": REGISTRY, "type": "group", "title": "户籍窗口"},
    LEAD: {"id": LEAD, "type": "private", "first_name": "值班"},
    FORUM: {"id": FORUM, "type": "supergroup", "title": "太平镇论坛", "is_forum": True},
}
ALLOWED_AT_FIRST = frozenset({"message", "edited_message", "callback_query", "my_chat_member"})
LONGEST = 4096

Params = dict[str, Any]
Json = json.loads
Bool = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}
PARAMETERS: dict[str, dict[str, Callable[[str], Any]]] = {
    "getMe": {},
    "getUpdates": {"offset": int, "limit": int, "timeout": int, "allowed_updates": Json},
    "deleteWebhook": {"drop_pending_updates": Bool.__getitem__},
    "setMyCommands": {"commands": Json, "scope": Json, "language_code": str},
    "sendChatAction": {"chat_id": int, "action": str, "message_thread_id": int},
    "answerCallbackQuery": {
        "callback_query_id": str,
        "text": str,
        "show_alert": Bool.__getitem__,
        "url": str,
        "cache_time": int,
    },
    "sendMessage": {
        "chat_id": int,
        "message_thread_id": int,
        "text": str,
        "parse_mode": str,
        "entities": Json,
        "link_preview_options": Json,
        "disable_notification": Bool.__getitem__,
        "protect_content": Bool.__getitem__,
        "reply_parameters": Json,
        "reply_markup": Json,
    },
    "editMessageText": {
        "chat_id": int,
        "message_id": int,
        "text": str,
        "parse_mode": str,
        "link_preview_options": Json,
        "reply_markup": Json,
    },
}
REQUIRED = {
    "sendMessage": {"chat_id", "text"},
    "sendChatAction": {"chat_id", "action"},
    "answerCallbackQuery": {"callback_query_id"},
    "setMyCommands": {"commands"},
    "editMessageText": {"chat_id", "message_id", "text"},
}


class RefusedError(Exception):
    """The Bot API says no."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one call. `cut` drops the connection, before or after the work."""

    status: int = 0
    description: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
    cut: str = ""


def flood(seconds: int) -> Fault:
    """A 429: too many messages; those that come before the time get another."""
    description = f"Too Many Requests: retry after {seconds}"
    return Fault(429, description, {"retry_after": seconds})


BROKEN = Fault(500, "Internal Server Error")
CUT_BEFORE = Fault(cut="before")
CUT_AFTER = Fault(cut="after")
BLOCKED = Fault(403, "Forbidden: bot was blocked by the user")
UNPARSABLE = Fault(400, "Bad Request: can't parse entities: Unsupported start tag")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method, and the status it was answered with (0 is a cut connection)."""

    method: str
    params: Params
    status: int


class StandIn:
    """The server: what citizens do is said with methods, what the bot did is read from lists.

    What a test waits for must come within `patience` seconds.
    """

    def __init__(self, patience: float = 8) -> None:
        self._patience = patience
        self.calls: list[Call] = []
        self.messages: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.commands_in: dict[int, list[dict[str, str]]] = {}
        self.chats = dict(CHATS)
        self.pending: list[dict[str, Any]] = []
        self.confirmed: set[int] = set()
        self.webhook = ""
        self.polls = 0
        self._allowed = ALLOWED_AT_FIRST
        self._faults: dict[str, list[Fault]] = defaultdict(list)
        self._held: set[tuple[str, int]] = set()
        self._blocked: set[int] = set()
        self._waiting: dict[tuple[str, int], int] = defaultdict(int)
        self._floods: dict[int, float] = {}
        self._queries: dict[str, float] = {}
        self._poller: asyncio.Event | None = None
        self._changed = asyncio.Condition()
        self._numbers = itertools.count(100)
        self._methods: dict[str, Callable[[Params], Awaitable[Any] | Any]] = {
            "getMe": lambda _: BOT | {"can_join_groups": True},
            "getUpdates": self._get_updates,
            "deleteWebhook": self._delete_webhook,
            "setMyCommands": self._set_my_commands,
            "sendChatAction": self._send_chat_action,
            "answerCallbackQuery": self._answer_callback_query,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
        }

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._held.clear()
        await self._note()
        await self._runner.cleanup()

    # What citizens do

    async def say(self, text: str, chat: int = ALICE, **more: Any) -> int:
        """Send a message in a chat; gives the number of the update."""
        return await self.update("message", self.message(chat, text=text, **more))

    async def edit(self, text: str, chat: int = ALICE) -> int:
        """Edit a message, which is an update of another kind."""
        message = self.message(chat, text=text) | {"edit_date": int(time.time())}
        return await self.update("edited_message", message)

    async def reply(self, text: str, chat: int, to: int = -1, **more: Any) -> int:
        """Reply to a message of the bot; gives the number of the update."""
        return await self.say(text, chat, reply_to_message=self.messages[chat][to], **more)

    async def press(
        self,
        button: str,
        chat: int = ALICE,
        message: int = -1,
        *,
        shown: bool = True,
        sender: Params | None = None,
    ) -> str:
        """Press a button, by its label or key, under a message of the bot; gives the query's id.

        Of a message too old to be `shown`, the Bot API tells the number only.
        """
        under = self.messages[chat][message]
        found = [each for each in buttons(under) if button in each.values()]
        if not shown:
            under = {"chat": under["chat"], "message_id": under["message_id"], "date": 0}
        query = f"query-{next(self._numbers)}"
        self._queries[query] = time.monotonic()
        await self.update(
            "callback_query",
            {
                "id": query,
                "from": sender or citizen("zh-hans"),
                "message": under,
                "chat_instance": "1",
                "data": found[0]["callback_data"],
            },
        )
        return query

    def forget(self, query: str) -> None:
        """Let a query grow too old to be answered."""
        del self._queries[query]

    def message(
        self,
        chat: int,
        *,
        language: str | None = "zh-hans",
        sender: Params | None = None,
        **fields: Any,
    ) -> Params:
        """A citizen's message as the Bot API tells it."""
        text = fields.get("text")
        found = {"entities": list(entities(text))} if text else {}
        return {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": self.chats[chat],
            "from": sender or citizen(language),
            **found,
            **fields,
        }

    async def update(self, kind: str, content: Params) -> int:
        """Lay an update out for the poller, if it asked for this kind."""
        number = next(self._numbers)
        if kind in self._allowed:
            self.pending.append({"update_id": number, kind: content})
        await self._note()
        return number

    # What goes wrong

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault each."""
        self._faults[method].extend(faults)

    def block(self, chat: int) -> None:
        """Let a chat block the bot."""
        self._blocked.add(chat)

    def hold(self, method: str, chat: int = 0) -> None:
        """Let calls wait before they are answered (chat 0: of every chat)."""
        self._held.add((method, chat))

    async def release(self) -> None:
        """Let all that waits go on."""
        self._held.clear()
        await self._note()

    # What to wait for

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait for something to happen at this server."""
        async with asyncio.timeout(self._patience), self._changed:
            await self._changed.wait_for(happened)

    async def told(self, chat: int = ALICE, count: int = 1) -> list[str]:
        """The texts a chat was told, once there are so many."""
        await self.until(lambda: len(self.messages[chat]) >= count)
        return [each["text"] for each in self.messages[chat]]

    async def waiting(self, method: str, count: int = 1) -> None:
        """Wait until so many calls of a method are held."""
        await self.until(
            lambda: sum(n for (name, _), n in self._waiting.items() if name == method) >= count
        )

    async def called_more(self, method: str, often: int) -> None:
        """Wait until a method was called more than so often."""
        await self.until(lambda: len(self.called(method)) > often)

    async def polled(self) -> None:
        """Wait until all that was laid out has been fetched, dealt with and confirmed."""
        await self.until(lambda: not self.pending and self.polling)

    @property
    def polling(self) -> bool:
        """Whether somebody waits for updates now."""
        return self._poller is not None

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [each for each in self.calls if each.method == method]

    # The server

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params: Params = {}
        fault = self._faults[method].pop(0) if self._faults[method] else None
        try:
            self._authorise(request.match_info["token"])
            params = self._parsed(method, dict(await request.post()))
            status, answer = 200, {"ok": True, "result": await self._work(method, params, fault)}
        except RefusedError as no:
            status, answer = no.status, _refusal(no)
        cut = fault is not None and bool(fault.cut)
        self.calls.append(Call(method, params, 0 if cut else status))
        await self._note()
        if cut and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, status=status)

    async def _work(self, method: str, params: Params, fault: Fault | None) -> Any:
        await self._wait(method, params.get("chat_id", 0))
        if fault and fault.status:
            if "retry_after" in fault.parameters:
                until = time.monotonic() + fault.parameters["retry_after"]
                self._floods[params.get("chat_id", 0)] = until
            raise RefusedError(fault.status, fault.description, **fault.parameters)
        if fault and fault.cut == "before":
            return None
        result = self._methods[method](params)
        return await result if isinstance(result, Awaitable) else result

    async def _wait(self, method: str, chat: int) -> None:
        self._waiting[method, chat] += 1
        await self._note()
        try:
            async with self._changed:
                await self._changed.wait_for(lambda: not {(method, chat), (method, 0)} & self._held)
        finally:
            self._waiting[method, chat] -= 1

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _authorise(self, token: str) -> None:
        if not re.fullmatch(r"\d+:[\w-]{30,}", token):
            raise RefusedError(404, "Not Found")
        if token != TOKEN:
            raise RefusedError(401, "Unauthorized")

    def _parsed(self, method: str, sent: dict[str, Any]) -> Params:
        if method not in PARAMETERS:
            raise RefusedError(404, "Not Found")
        if unknown := sent.keys() - PARAMETERS[method].keys():
            raise RefusedError(400, f"Bad Request: unknown parameters {sorted(unknown)}")
        if missing := REQUIRED.get(method, set()) - sent.keys():
            if missing == {"text"}:
                raise RefusedError(400, "Bad Request: message text is empty")
            raise RefusedError(400, f"Bad Request: {sorted(missing)} not specified")
        return {name: PARAMETERS[method][name](value) for name, value in sent.items()}

    async def _get_updates(self, params: Params) -> list[dict[str, Any]]:
        if self.webhook:
            raise RefusedError(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poller:
            self._poller.set()
        self._allowed = frozenset(params.get("allowed_updates") or self._allowed)
        self._confirm(params.get("offset", 0))
        self.polls += 1
        superseded = self._poller = asyncio.Event()
        try:
            await self._updates_or(superseded, params.get("timeout", 0))
        finally:
            if self._poller is superseded:
                self._poller = None
            await self._note()
        if superseded.is_set():
            raise RefusedError(409, "Conflict: terminated by other getUpdates request")
        return self.pending[: params.get("limit", 100)]

    async def _updates_or(self, superseded: asyncio.Event, seconds: int) -> None:
        await self._note()
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: bool(self.pending or superseded.is_set()))
        except TimeoutError:
            pass

    def _confirm(self, offset: int) -> None:
        self.confirmed |= {each["update_id"] for each in self.pending if each["update_id"] < offset}
        self.pending = [each for each in self.pending if each["update_id"] >= offset]

    def _delete_webhook(self, params: Params) -> bool:
        if params.get("drop_pending_updates"):
            self.pending = []
        self.webhook = ""
        return True

    def _set_my_commands(self, params: Params) -> bool:
        for each in params["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", each["command"]):
                raise RefusedError(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(each["description"]) <= 256:
                raise RefusedError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        scope = params.get("scope", {"type": "default"})
        if scope["type"] == "default":
            self.commands[params.get("language_code", "")] = params["commands"]
        elif scope["type"] == "chat":
            self.commands_in[self._chat(scope)["id"]] = params["commands"]
        else:
            raise RefusedError(400, "Bad Request: unsupported scope in this stand-in")
        return True

    def _send_chat_action(self, params: Params) -> bool:
        self._chat(params)
        if params["action"] != "typing":
            raise RefusedError(400, "Bad Request: wrong parameter action in request")
        return True

    def _answer_callback_query(self, params: Params) -> bool:
        if len(params.get("text", "")) > 200:
            raise RefusedError(400, "Bad Request: MESSAGE_TOO_LONG")
        if self._queries.pop(params["callback_query_id"], None) is None:
            raise RefusedError(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        return True

    def _send_message(self, params: Params) -> Params:
        chat = self._chat(params)
        message = self._composed(params) | {"message_id": next(self._numbers), "chat": chat}
        self.messages[chat["id"]].append(message)
        return message

    def _edit_message_text(self, params: Params) -> Params:
        sent = self.messages[self._chat(params)["id"]]
        before = next((each for each in sent if each["message_id"] == params["message_id"]), None)
        if before is None:
            raise RefusedError(400, "Bad Request: message to edit not found")
        after = before | self._composed(params)
        if (before["text"], buttons(before)) == (after["text"], buttons(after)):
            raise RefusedError(400, "Bad Request: message is not modified")
        before.update(after)
        return before

    def _chat(self, params: Params) -> Params:
        if self._floods.get(params["chat_id"], 0) > time.monotonic():
            raise RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)
        if params["chat_id"] not in self.chats:
            raise RefusedError(400, "Bad Request: chat not found")
        if params["chat_id"] in self._blocked:
            raise RefusedError(BLOCKED.status, BLOCKED.description)
        return self.chats[params["chat_id"]]

    def _composed(self, params: Params) -> Params:
        markup = params.get("reply_markup")
        if markup:
            _check_buttons(markup)
        message = {"date": int(time.time()), "from": BOT, "text": _checked_text(params)}
        thread = params.get("message_thread_id")
        topic = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        return message | topic | ({"reply_markup": markup} if markup else {}) | _reply(params)


def buttons(message: Params) -> list[dict[str, str]]:
    """The buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [each for row in rows for each in row]


def clerk(number: int, first: str, last: str | None = None) -> Params:
    """Somebody behind the desk."""
    named = {"first_name": first} | ({"last_name": last} if last else {})
    return {"id": number, "is_bot": False, **named}


def citizen(language: str | None) -> Params:
    """Somebody who writes, with the language of the phone."""
    told = {"language_code": language} if language else {}
    return {"id": ALICE, "is_bot": False, "first_name": "Alice", **told}


def entities(text: str) -> Iterator[Params]:
    """The commands and mentions that Telegram marks in a text."""
    for pattern, kind in ((r"^/\w+(@\w+)?", "bot_command"), (r"(?<!\w)@\w{5,32}", "mention")):
        for each in re.finditer(pattern, text):
            yield {"type": kind, "offset": units(text[: each.start()]), "length": units(each[0])}


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def _refusal(no: RefusedError) -> Params:
    parameters = {"parameters": no.parameters} if no.parameters else {}
    return {"ok": False, "error_code": no.status, "description": str(no), **parameters}


def _checked_text(params: Params) -> str:
    text: str = params["text"]
    if params.get("parse_mode") == "HTML":
        try:
            text = plain(text)
        except UnparsableError as no:
            raise RefusedError(400, f"Bad Request: can't parse entities: {no}") from None
    elif "parse_mode" in params:
        raise RefusedError(400, "Bad Request: unsupported parse_mode")
    text = text.strip()
    if not text:
        raise RefusedError(400, "Bad Request: message text is empty")
    if units(text) > LONGEST:
        raise RefusedError(400, "Bad Request: message is too long")
    return text


def _check_buttons(markup: Params) -> None:
    found = buttons({"reply_markup": markup})
    if len(found) > 100:
        raise RefusedError(400, "Bad Request: reply markup is too long")
    for each in found:
        if each.keys() != {"text", "callback_data"} or not each["text"].strip():
            raise RefusedError(400, "Bad Request: can't parse inline keyboard button")
        if not 1 <= len(each["callback_data"].encode()) <= 64:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")


def _reply(params: Params) -> Params:
    reply = params.get("reply_parameters")
    if not reply:
        return {}
    if not reply.get("allow_sending_without_reply"):
        raise RefusedError(400, "Bad Request: message to be replied not found")
    return {"quotes": reply["message_id"]}
