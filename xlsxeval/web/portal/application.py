"""The WSGI application of the portal: its table of routes behind the guards, with faults as pages."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, abort, g, render_template, request, send_file, url_for
from jinja2 import FileSystemLoader, FunctionLoader, StrictUndefined
from werkzeug.exceptions import HTTPException

from xlsxeval.errors import DefinitionError, LedgerBusyError, StorageError, XlsxevalError
from xlsxeval.resources import templates_directory
from xlsxeval.web.portal.browsers import is_chat_browser
from xlsxeval.web.portal.guards import guard_portal
from xlsxeval.web.portal.office import MOST_UPLOADED, Office
from xlsxeval.web.portal.roles import PortalRole
from xlsxeval.web.portal.routes import CARRIED, PORTAL_ROUTES, PortalRoute
from xlsxeval.web.portal.session_desk import SessionDesk
from xlsxeval.web.portal.too_often import TooOftenError
from xlsxeval.web.routes import ROUTES
from xlsxeval.workers.local import WorkersError
from xlsxeval.workers.shared import WorkersClosedError

_MOST_PARTS: Final = 300
_MOST_FIELDS: Final = 1 << 20
_FRAME: Final = {"desk/base.html.j2": "portal/office.html.j2", "desk/fault.html.j2": "portal/fault.html.j2"}
"""Templates of the desk that the portal has its own of: the desk's pages then stand in the portal's frame."""
_DESK: Final = frozenset(route.name for route in ROUTES)
ABSENT: Final = "#absent"
_STATIC: Final = {
    "look.css": ("look.css", "text/css"),
    "desk.css": ("desk/desk.css", "text/css"),
    "portal.css": ("portal/portal.css", "text/css"),
    "sheets.css": ("sheets.css", "text/css"),
    "desk.js": ("desk/desk.js", "text/javascript"),
    "portal.js": ("portal/portal.js", "text/javascript"),
    "icon.svg": ("desk/icon.svg", "image/svg+xml"),
}
_WORDS: Final = {
    400: "这个请求不完整。请回到上一页再试一次。",
    401: "请先登录。",
    403: "不能这样做：您没有这个权限，或者这一页开得太久了。请刷新以后再试一次。",
    404: "没有这一页。链接可能没有复制完整，或者已经收回、换了新的：请与组织部门联系，再要一个。",
    405: "这个地址不能这样打开。请回到上一页。",
    413: f"文件太大，没有收下。一次最多交 {MOST_UPLOADED >> 20} MB，请分几次交；表里有大图片的，请删掉图片再交。",
    421: "地址不对。请用组织部门发给您的链接打开。",
}


def portal_application(office: Office) -> Flask:
    """The application; what lies under its prefix is told by the server (SCRIPT_NAME)."""
    folder = templates_directory(office.templates) / "html"
    app = Flask("xlsxeval.web.portal", static_folder=None, template_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_UPLOADED,
        MAX_FORM_PARTS=_MOST_PARTS,
        MAX_FORM_MEMORY_SIZE=_MOST_FIELDS,
        PROPAGATE_EXCEPTIONS=False,
    )
    files = FileSystemLoader(folder)
    app.jinja_loader = FunctionLoader(lambda name: files.get_source(app.jinja_env, _FRAME.get(name, name)))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.autoescape = True
    app.url_build_error_handlers.append(_absent)
    guard_portal(app, office)
    app.context_processor(_everywhere)
    app.add_url_rule(
        "/static/<name>",
        "static_file",
        lambda name: _static(folder, name),
        methods=["GET"],
        provide_automatic_options=False,
    )
    for route in PORTAL_ROUTES:
        app.add_url_rule(
            route.address,
            route.name,
            _bound(route, office),
            methods=[route.method],
            provide_automatic_options=False,
            strict_slashes=False,
        )
    app.register_error_handler(Exception, lambda error: _fault(error, office))
    return app


def _absent(error: Exception, endpoint: str, values: object) -> str:
    """The address in the desk's pages of what a server has not; the style sheet hides its links and forms."""
    if endpoint in _DESK - CARRIED.keys():
        return ABSENT
    raise error


def _everywhere() -> dict[str, Any]:
    return {
        "user": "" if g.get("session") is None else g.session.user,
        "role": g.get("role", PortalRole.VISITOR),
        "in_chat": is_chat_browser(request.headers.get("User-Agent", "")),
    }


def _bound(route: PortalRoute, office: Office) -> Callable[..., Any]:
    def view(**parts: str) -> Any:
        if route.is_desk:
            return route.view(SessionDesk(office, g.session), **parts)
        if g.role is PortalRole.UNIT:
            del parts["token"]
            return route.view(office, g.knock, **parts)
        return route.view(office, **parts)

    return view


def _static(folder: Path, name: str) -> Response:
    if name not in _STATIC:
        abort(404)
    path, kind = _STATIC[name]
    return send_file(folder / path, mimetype=kind, max_age=600)


def _fault(error: Exception, office: Office) -> tuple[str, int] | Response | tuple[str, int, dict[str, str]]:
    """A page for what went wrong: what it is, and what to do next."""
    if isinstance(error, TooOftenError):
        text = f"试得太频繁了。请等 {error.seconds} 秒再试。"
        return (*_page(text, 429), {"Retry-After": str(error.seconds)})
    if isinstance(error, HTTPException):
        code = error.code or 500
        return _page(_WORDS.get(code, f"服务器不明白这个请求（{code}）。请回到上一页再试一次。"), code)
    if isinstance(error, LedgerBusyError):
        text = "现在写的人太多，没有轮到。请等一分钟，再试一次；交的文件再交一次就行，重复交不会算两份。"
        return (*_page(text, 503), {"Retry-After": "60"})
    if isinstance(error, (StorageError, WorkersError, WorkersClosedError)):
        office.log(str(error))
        text = "服务器的数据库或磁盘现在用不了，这一次没有办成。已经回答“收到”的都还在。请过几分钟再试；一直不行，请告诉组织部门。"
        return (*_page(text, 503), {"Retry-After": "120"})
    if isinstance(error, DefinitionError):
        office.log(str(error))
        text = str(error) if g.get("session") is not None else "任务的文件正在改，还没有改好。请过几分钟再试。"
        return _page(text, 409 if g.get("session") is not None else 503)
    if isinstance(error, XlsxevalError):
        return _page(str(error), 422)
    if isinstance(error, OSError):
        office.log(traceback.format_exc())
        return (*_page("服务器读写文件失败，这一次没有办成。请过几分钟再试；一直不行，请告诉组织部门。", 507), {})
    office.log(traceback.format_exc())
    return _page("程序内部错误，详情记在服务器的日志里。已经回答“收到”的都还在。请再试一次。", 500)


def _page(message: str, code: int) -> tuple[str, int]:
    back = ""
    if g.get("knock") is not None:
        back = url_for("unit", token=(request.view_args or {})["token"])
    elif g.get("session") is not None:
        back = url_for("home")
    return render_template("portal/fault.html.j2", message=message, code=code, back=back), code
