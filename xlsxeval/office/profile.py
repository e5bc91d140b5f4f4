"""The settings of a LibreOffice that opens what others made: nothing runs, nothing is fetched, nothing is computed anew."""

from __future__ import annotations

from pathlib import Path

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_NETWORK = "/org.openoffice.Inet/Settings"
_NOWHERE = "127.0.0.1"
_DISCARD = 9
"""A port at which nobody listens: what should still want to go out ends there."""
_SETTINGS: tuple[tuple[str, str, str | int | bool], ...] = (
    (_SECURITY, "MacroSecurityLevel", 3),
    (_SECURITY, "DisableMacrosExecution", True),
    (_SECURITY, "BlockUntrustedRefererLinks", True),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", 2),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", 2),
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", 1),
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", 1),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", False),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", True),
    (_NETWORK, "ooInetProxyType", 2),
    (_NETWORK, "ooInetNoProxy", ""),
    (_NETWORK, "ooInetHTTPProxyName", _NOWHERE),
    (_NETWORK, "ooInetHTTPProxyPort", _DISCARD),
    (_NETWORK, "ooInetHTTPSProxyName", _NOWHERE),
    (_NETWORK, "ooInetHTTPSProxyPort", _DISCARD),
)


def write_profile(folder: Path) -> None:
    """Makes a fresh profile in a folder that is not there yet."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{_text(value)}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def environment(inherited: dict[str, str]) -> dict[str, str]:
    """The variables that it gets: no display, no desktop, and no way out for what minds proxies only."""
    nowhere = f"http://{_NOWHERE}:{_DISCARD}"
    kept = {name: value for name, value in inherited.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "no_proxy")}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), nowhere)
    return {**kept, **proxies, "NO_PROXY": "", "SAL_USE_VCLPLUGIN": "svp"}


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
