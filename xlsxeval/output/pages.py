"""Parts of every HTML page: the engine that escapes all texts, and the hashes by which only the page's own scripts run."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxeval.output.characters import for_xml

if TYPE_CHECKING:
    from jinja2 import Template


def page_template(folder: Path, name: str) -> Template:
    """A page's template from the folder of templates. Texts of units cannot become markup: the engine escapes them."""
    from jinja2 import FileSystemLoader, StrictUndefined  # only where a page is made
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def page_source(folder: Path, name: str) -> str:
    """A style or script of the folder of templates."""
    return for_xml((folder / name).read_text(encoding="utf-8"))


def content_hash(source: str) -> str:
    """The source of a style or script, for the page's Content-Security-Policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
