"""The portal's life: it binds, says where it is, serves until it is stopped, and ends what it began."""

from __future__ import annotations

import ipaddress
import signal
import threading
import time
from collections.abc import Callable
from typing import Final

from xlsxeval.errors import UsageError
from xlsxeval.web.portal.application import portal_application
from xlsxeval.web.portal.office import MOST_UPLOADED, Office
from xlsxeval.web.portal.server import ServerSettings, WebServer, under_prefix

LOCAL: Final = "127.0.0.1"


def require_safe(host: str, *, risk: bool) -> None:
    """Raises UsageError where the portal would be reached from other machines without TLS and the risk was not taken."""
    try:
        is_local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_local = host == "localhost"
    if not is_local and not risk:
        raise UsageError(
            f"--host {host}：别的机器能直接连上，密码、链接和表在网络上是明文。请只绑 {LOCAL}，前面放 nginx 或 Caddy 做 TLS"
            f"（见 docs/internals/portal.md）；确实要冒这个险（例如只在内网试用），加 --without-tls。"
        )


def serve_portal(
    office: Office,
    server: WebServer,
    told: Callable[[list[str]], object],
    stop: threading.Event | None = None,
) -> None:
    """Serves until ``stop`` is set or the process is told to end. ``told`` gets the lines for the console."""
    warmer = threading.Thread(target=_warm, args=(office,), name="portal-warmer", daemon=True)
    thread = threading.Thread(target=server.run, name="portal-server", daemon=True)
    thread.start()
    warmer.start()
    stop = stop or _stop_on_signals()
    lines = [f"上报页面：{office.address.base}/"]
    if office.without_organiser():
        lines.append(
            f"还没有组织人员。请用这个地址开第一个户（只能用一次）：{office.address.base}/setup/{office.setup_token}"
        )
    told(lines)
    try:
        while not stop.is_set() and thread.is_alive():
            time.sleep(0.2)
    finally:
        server.close()
        office.close()


def bound_server(office_of: Callable[[int], Office], settings: ServerSettings) -> tuple[Office, WebServer]:
    """A server that listens, and the office behind it, which is made once the port is known."""
    box: list[Callable[..., object]] = []
    server = WebServer(lambda environ, start: box[0](environ, start), settings)
    try:
        office = office_of(server.port)
    except BaseException:
        server.close()
        raise
    box.append(under_prefix(portal_application(office), office.address.prefix))
    return office, server


def settings_for(host: str, port: int, proxy: str | None) -> ServerSettings:
    """Settings of the server with the portal's bounds."""
    return ServerSettings(host, port, MOST_UPLOADED, proxy)


def _warm(office: Office) -> None:
    """Starts the workers and reads the definitions, so that the first upload does not wait for them."""

    def make(key: str) -> None:
        try:
            campaign = office.campaign(key)
            assert campaign is not None
            campaign.own_workbook(campaign.campaign.units[0].code)
        except Exception as error:  # it is no condition of serving
            office.log(f"warming {key}: {error}")

    for key in office.keys:
        threads = [threading.Thread(target=make, args=(key,), daemon=True) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop
