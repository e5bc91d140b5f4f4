"""The order of the worksheets of an edition that extends another."""

from __future__ import annotations

import pytest

from tests.forms.inline import Desk


@pytest.mark.parametrize(
    ("own", "order"),
    [
        pytest.param("b/w", "a/v b/w c/v", id="replaced in its place"),
        pytest.param("b/v, n/v", "a/v b/v n/v c/v", id="new behind the one before it"),
        pytest.param("b/v, n/v, m/v, c/w", "a/v b/v n/v m/v c/w", id="two new ones in their order"),
        pytest.param("n/v", "a/v b/v c/v n/v", id="new with nothing before it"),
    ],
)
def test_new_forms_stand_where_the_list_has_them(desk: Desk, own: str, order: str) -> None:
    for name in ("a/v", "b/v", "b/w", "c/v", "c/w", "n/v", "m/v"):
        form = name.partition("/")[0]
        desk.form(f"form: {form}\nattachment: 附件{form}\ncolumns: [9]\ngrid: [[甲]]\n", name)
    desk.edition("edition: base\ntitle: 基\nforms: [a/v, b/v, c/v]\n", "base")
    desk.edition(f"edition: e\ntitle: 测试版本\nextends: base\nforms: [{own}]\n")
    edition = desk.library.edition("e")
    assert " ".join(f"{form.id}/{form.variant}" for form in edition.forms) == order
