"""The list of components: valid CycloneDX, the same text for the same content, every part with its licence."""

from __future__ import annotations

import json

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.bundle.components import components
from tools.bundle.licences import Licensed, bundled_parts

WHEEL = Licensed("Flask_Made", "3.1", "BSD-3-Clause OR Apache-2.0", "https://example.org", {})
VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)


def document() -> dict[str, object]:
    return components("windows", [(WHEEL, "0" * 64)], bundled_parts("windows"))


def test_it_is_valid():
    assert VALIDATOR.validate_str(json.dumps(document())) is None


def test_a_mistake_would_be_found():
    broken = document() | {"bomFormat": "other"}
    assert VALIDATOR.validate_str(json.dumps(broken)) is not None


def test_it_names_wheels_with_digests_and_parts():
    told = {one["name"]: one for one in document()["components"]}
    assert told["Flask_Made"]["purl"] == "pkg:pypi/flask-made@3.1"
    assert told["Flask_Made"]["hashes"] == [{"alg": "SHA-256", "content": "0" * 64}]
    assert {"Python", "OpenSSL", "expat", "SQLite"} <= told.keys()
    assert all(one["licenses"] for one in told.values())
