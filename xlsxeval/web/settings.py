"""What the desk remembers for its user between starts: the last campaigns, and the name on record."""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from platformdirs import PlatformDirs

_NAME: Final = "xlsxeval"
_KEPT: Final = 12


def directories() -> PlatformDirs:
    """The user's folders for settings, state and logs."""
    return PlatformDirs(_NAME, appauthor=False)


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """Settings of a user. ``recent`` are the folders of campaigns, the last opened first; ``titles`` what they are called."""

    by: str = ""
    recent: tuple[Path, ...] = field(default=())
    titles: Mapping[Path, str] = field(default_factory=dict)

    def opened(self, folder: Path) -> DeskSettings:
        """With this campaign as the last opened."""
        others = [path for path in self.recent if path != folder]
        return replace(self, recent=(folder, *others)[:_KEPT])

    def titled(self, folder: Path, title: str) -> DeskSettings:
        """With this title of a campaign, without those of campaigns that are no longer on the list."""
        known = {**self.titles, folder: title}
        return replace(self, titles={path: known[path] for path in self.recent if path in known})

    def forgotten(self, folder: Path) -> DeskSettings:
        """Without this campaign."""
        return replace(self, recent=tuple(path for path in self.recent if path != folder))


class SettingsFile:
    """The settings in the user's folder. A damaged file counts as none: nothing in it is worth a stop."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or Path(directories().user_config_dir)) / "desk.json"

    def load(self) -> DeskSettings:
        """The settings as they were saved, else those of a new user."""
        try:
            data: Any = json.loads(self.path.read_text(encoding="utf-8"))
            recent = tuple(Path(str(one)) for one in data["recent"])
            titles = {Path(str(path)): str(title) for path, title in data.get("titles", {}).items()}
            return DeskSettings(str(data["by"]), recent[:_KEPT], titles)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return DeskSettings(by=_user())

    def save(self, settings: DeskSettings) -> None:
        """Saves the settings; on a full or read-only disk they last until the desk ends."""
        titles = {str(path): title for path, title in settings.titles.items()}
        data = {"by": settings.by, "recent": [str(path) for path in settings.recent], "titles": titles}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_text(json.dumps(data), encoding="utf-8")
            fresh.replace(self.path)
        except OSError:
            return


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "本机用户"
