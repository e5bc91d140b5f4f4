"""The small campaign of the collection's tests, for programs that open it by the door."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.collectdesk import Desk, Post, send_out


@pytest.fixture(scope="session")
def post(tmp_path_factory: pytest.TempPathFactory) -> Post:
    """The workbooks of a small campaign, sent out and filled in. Not to be changed."""
    return send_out(tmp_path_factory.mktemp("post"))


@pytest.fixture
def desk(post: Post, tmp_path: Path) -> Desk:
    """That campaign's folder with an empty inbox, of one's own."""
    return Desk(post, tmp_path)
