"""The WSGI application of the desk: the table of routes, behind the guards, with faults as pages."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, abort, g, render_template, request, send_file
from jinja2 import FileSystemLoader, StrictUndefined
from werkzeug.exceptions import HTTPException

from xlsxeval.errors import DefinitionError, LedgerBusyError, XlsxevalError
from xlsxeval.resources import templates_directory
from xlsxeval.web.guards import Doorkeeper, entered, guard
from xlsxeval.web.pages import refuse_occupied
from xlsxeval.web.routes import ROUTES, Route
from xlsxeval.web.workplace import Workplace

MOST_UPLOADED: Final = 1 << 30
"""Bytes of one upload: some thousand workbooks."""
_MOST_PARTS: Final = 3000
_STATIC: Final = {
    "look.css": "text/css",
    "desk.css": "text/css",
    "sheets.css": "text/css",
    "desk.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_ABOVE: Final = frozenset({"look.css", "sheets.css"})
"""What is not the desk's alone."""
_WORDS: Final = {
    400: "这个请求不完整。请回到上一页再试一次。",
    401: "这个页面要从工作台打开。请再双击一次“绩效自评”（或运行 xlsxeval desk），用它打开的页面。",
    403: "这一页太旧了。请刷新以后再试一次。",
    404: "没有这一页，或者它已经过去了。请回到首页。",
    405: "这个地址不能这样打开。请回到首页。",
    413: "一次交的文件太多或太大。请分几次交。",
    421: "地址不对。请用工作台自己打开的页面。",
}


def desk_application(work: Workplace, door: Doorkeeper, hosts: Callable[[], frozenset[str]]) -> Flask:
    """The application. ``hosts`` are the Host headers under which it may be asked, known once it listens."""
    folder = templates_directory(work.templates) / "html"
    app = Flask("xlsxeval.web", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_UPLOADED, MAX_FORM_PARTS=_MOST_PARTS, PROPAGATE_EXCEPTIONS=False)
    app.jinja_loader = FileSystemLoader(folder)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.autoescape = True
    guard(app, door, hosts)
    app.add_url_rule("/enter", "enter", lambda: entered(door, request.args.get("token", "")), methods=["GET"])
    pictures = {path.name: path for path in (folder / "guide").glob("*.png")}
    static = {name: folder / name if name in _ABOVE else folder / "desk" / name for name in _STATIC} | pictures
    app.add_url_rule("/static/<name>", "static_file", lambda name: _static(static, name), methods=["GET"])
    for route in ROUTES:
        app.add_url_rule(route.address, route.name, _bound(route, work), methods=[route.method])
    app.register_error_handler(Exception, lambda error: _fault(error, work))
    return app


def _bound(route: Route, work: Workplace) -> Callable[..., Any]:
    def view(**parts: str) -> Any:
        work.last_asked = work.clock()
        if route.method == "POST" and "key" in parts:
            refuse_occupied(work, parts["key"])
        return route.view(work, **parts)

    return view


def _static(files: Mapping[str, Path], name: str) -> Response:
    """A style sheet, the script, or a picture of the guide."""
    if name not in files:
        abort(404)
    return send_file(files[name], mimetype=_STATIC.get(name, "image/png"))


def _fault(error: Exception, work: Workplace) -> tuple[str, int] | Response:
    """A page for what went wrong: a user's mistake with its advice, a fault of the program with a word on the log."""
    if isinstance(error, HTTPException):
        code = error.code or 500
        return _page(_WORDS.get(code, f"服务器不明白这个请求（{code}）。"), code)
    if isinstance(error, LedgerBusyError):
        return _page(f"{error}", 409, (request.view_args or {}).get("key", ""))
    if isinstance(error, DefinitionError):
        return _page("任务的文件里有错误，请到“任务与名册”看：\n" + str(error), 409)
    if isinstance(error, XlsxevalError):
        return _page(str(error), 422)
    if isinstance(error, OSError):
        return _page(f"读写文件失败：{error.filename or ''} {error.strerror or error}。请检查磁盘空间和权限。", 507)
    work.log(traceback.format_exc())
    return _page(f"程序内部错误（{type(error).__name__}）。详情记在日志里；收到的文件都还在，请再试一次。", 500)


def _page(message: str, code: int, busy: str = "") -> tuple[str, int]:
    """The page of a fault; ``busy`` is the key of a campaign that another run holds."""
    back = request.referrer if request.referrer and request.referrer.startswith(request.host_url) else "/"
    values = {"message": message, "code": code, "back": back, "csrf": g.get("csrf", ""), "busy": busy}
    return render_template("desk/fault.html.j2", **values), code
