"""The lock of the bundles: everything has its SHA-256, is what setup.cfg asks for, and may be bundled."""

from __future__ import annotations

import configparser
import importlib.metadata
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.bundle.inputs import TARGETS, WHEELS, BundleError, digest, lock, require
from tools.bundle.licences import allows, bundled_parts, licence_of

ROOT = Path(__file__).resolve().parents[2]
SHA256 = re.compile(r"[0-9a-f]{64}")


def locked() -> list[tuple[str, Version, str, frozenset[str]]]:
    """Name, version, SHA-256 and kinds of machines of every wheel."""
    rows = [line.split() for line in WHEELS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [
        (
            canonicalize_name(pin.partition("==")[0]),
            Version(pin.partition("==")[2]),
            sha256,
            frozenset(names.split(",")),
        )
        for pin, sha256, names in rows
    ]


def required() -> list[Requirement]:
    """What setup.cfg asks for, with the desk."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    told = config["options"]["install_requires"] + config["options.extras_require"]["desk"]
    return [Requirement(line) for line in told.splitlines() if line]


@pytest.mark.parametrize("requirement", required(), ids=str)
def test_every_requirement_is_locked_for_every_kind_of_machine(requirement):
    found = [row for row in locked() if row[0] == canonicalize_name(requirement.name)]
    assert {version for _, version, _, _ in found}
    assert all(version in requirement.specifier for _, version, _, _ in found)
    assert frozenset().union(*(names for *_, names in found)) == TARGETS.keys()


def test_every_input_has_a_digest():
    told = [sha256.removeprefix("sha256:") for _, _, sha256, _ in locked()]
    told += [entry["sha256"] for kind in ("packages", "sources") for entry in lock()[kind].values()]
    told += lock()["interpreter"]["windows"]["unlisted"].values()
    assert all(SHA256.fullmatch(one) for one in told)
    assert len(told) == len(set(told))


def test_a_wheel_is_locked_once_for_a_kind_of_machine():
    rows = [(name, target) for name, _, _, targets in locked() for target in targets]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("name", sorted({row[0] for row in locked()}))
def test_what_is_bundled_may_be(name):
    told = licence_of(importlib.metadata.metadata(name))
    assert allows(told), told


def test_parts_that_are_no_packages_may_be_bundled_too():
    for kind in ("windows", "linux"):
        assert {"Python", "SQLite", "expat"} <= {part.name for part in bundled_parts(kind)}
        assert all(part.is_allowed for part in bundled_parts(kind))


def test_interpreters_are_of_the_version_that_the_wheels_are_for():
    for told in lock()["interpreter"].values():
        assert told["version"].startswith(f"{lock()['python']}.")


def test_another_file_under_a_locked_name_is_refused(tmp_path):
    path = tmp_path / "x.whl"
    path.write_bytes(b"x")
    assert require(path, digest(path)) == path
    with pytest.raises(BundleError, match="not the locked file"):
        require(path, "0" * 64)
