"""YAML of the tests: read as the program reads it; what is written is JSON, which is YAML too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xlsxeval.forms.yaml_tree import read_tree


def read_yaml(path: Path) -> Any:
    """The data of a file, for the caller to change."""
    return read_tree(path.read_text(encoding="utf-8")).data


def yaml_text(data: Any) -> str:
    """Data as a text; dates become texts that are read as dates where a date is expected."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str)
