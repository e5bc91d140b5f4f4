"""The server behind one function: waitress today. Nothing else of the portal knows which one it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer, create_server

from xlsxeval.errors import UsageError

WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Any]
THREADS: Final = 112
"""More than uploads may wait, so that pages are answered while the queue is full."""
_CONNECTIONS: Final = 500
_IDLE_SECONDS: Final = 60
_FORWARDED: Final = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where to listen and what to believe.

    ``proxy`` is the address of a reverse proxy whose X-Forwarded headers count, None where there is none: then such
    headers are thrown away. ``request_seconds`` is how long a request may take to arrive as a whole.
    """

    host: str
    port: int
    most_bytes: int
    proxy: str | None = None
    request_seconds: float = 900.0


class WebServer:
    """A server that listens, and serves once it is told to."""

    def __init__(self, app: WsgiApplication, settings: ServerSettings) -> None:
        """Binds at once. Raises UsageError where that is not possible."""
        trusted: dict[str, Any] = {"clear_untrusted_proxy_headers": True}
        if settings.proxy:
            trusted |= {
                "trusted_proxy": settings.proxy,
                "trusted_proxy_headers": _FORWARDED,
                "trusted_proxy_count": 1,
            }
        try:
            self._server = create_server(
                app,
                host=settings.host,
                port=settings.port,
                threads=THREADS,
                connection_limit=_CONNECTIONS,
                channel_timeout=_IDLE_SECONDS,
                cleanup_interval=5,
                max_request_body_size=settings.most_bytes,
                max_request_header_size=32 << 10,
                ident=None,
                **trusted,
            )
        except OSError as error:
            told = f"{settings.host}:{settings.port} 用不了：{error.strerror or error}"
            raise UsageError(f"{told}。请换一个 --port，或看看是不是已经有一个在运行。") from None
        if isinstance(self._server, TcpWSGIServer):
            self._server.channel_class = _bounded_channel(settings.request_seconds)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.effective_port)  # type: ignore[union-attr]  # of one socket

    def run(self) -> None:
        """Serves until it is closed."""
        self._server.run()

    def close(self) -> None:
        """Takes no more connections and lets running requests end."""
        self._server.close()
        self._server.task_dispatcher.shutdown(timeout=5)


def under_prefix(app: WsgiApplication, prefix: str) -> WsgiApplication:
    """The application below a path. A reverse proxy may pass the path on or strip it."""
    if not prefix:
        return app

    def below(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        path = str(environ.get("PATH_INFO", ""))
        if path == prefix or path.startswith(f"{prefix}/"):
            path = path[len(prefix) :]
        environ["SCRIPT_NAME"], environ["PATH_INFO"] = prefix, path or "/"
        return app(environ, start)

    return below


def _bounded_channel(seconds: float) -> type[HTTPChannel]:
    """A connection whose requests must arrive as a whole within a time, however slowly the client sends."""

    class BoundedChannel(HTTPChannel):
        began: float | None = None

        def received(self, data: bytes) -> bool:
            now = time.monotonic()
            if self.began is None:
                self.began = now
            elif now - self.began > seconds:
                self.will_close = True
                self.close_when_flushed = True
                return False
            done = bool(super().received(data))
            if self.request is None:  # it came as a whole, and the next one begins with its first byte
                self.began = None
            return done

    return BoundedChannel
