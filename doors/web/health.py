"""Health: whether the door answers, and for who asks for JSON whether its guides are in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from facts.problems import Problem

OK, AT_FAULT = "ok", "guides at fault"
SHOWN = 20
"""Faults whose places are told."""


def route(faults: Callable[[], Sequence[Problem]]) -> Callable[[Request], Response]:
    """Always 200 and `ok`, for guides at fault cost no citizen an answer: the last good ones
    count. What is wrong is told by its place and kind alone: anybody may ask."""

    def health(request: Request) -> Response:
        if "application/json" not in request.headers.get("accept", ""):
            return PlainTextResponse(OK, headers={"Vary": "Accept"})
        found = faults()
        told = [
            {"file": each.file, "line": each.line, "column": each.column, "kind": each.kind}
            for each in found[:SHOWN]
        ]
        body = {"state": AT_FAULT if found else OK, "faults": told, "count": len(found)}
        return JSONResponse(body, headers={"Vary": "Accept"})

    return health
