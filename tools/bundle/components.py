"""The list of components (SBOM) of the bundles, as CycloneDX 1.6: every wheel and part with version, licence and SHA-256."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from tools.bundle import contents
from tools.bundle.inputs import SOURCE_DATE, TARGETS, digest, wheels
from tools.bundle.licences import Licensed, bundled_parts, licensed

_SCHEMA: Final = "http://cyclonedx.org/schema/bom-1.6.schema.json"


def write_components(out: Path) -> Path:
    """Writes one list for each bundle, beside it, and returns the folder."""
    for target in TARGETS.values():
        found = [(licensed(wheel), digest(wheel)) for wheel in wheels(target)]
        kind = target.name.partition("-")[0]
        document = components(target.name, found, bundled_parts(kind))
        path = out / f"xlsxeval-{contents.version()}-{target.name}.cdx.json"
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return out


def components(kind: str, found: Iterable[tuple[Licensed, str]], parts: Iterable[Licensed]) -> dict[str, Any]:
    """The document: wheels with their SHA-256, and parts that are no wheels. The same content gives the same text."""
    own = {
        "type": "application",
        "bom-ref": "xlsxeval",
        "name": "xlsxeval",
        "version": contents.version(),
        "purl": f"pkg:pypi/xlsxeval@{contents.version()}",
        "licenses": [{"expression": "MIT"}],
        "properties": [{"name": "bundle", "value": kind}],
    }
    listed = [_wheel(one, sha256) for one, sha256 in found] + [_part(one) for one in parts]
    return {
        "$schema": _SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": SOURCE_DATE.strftime("%Y-%m-%dT%H:%M:%SZ"), "component": own},
        "components": listed,
        "dependencies": [{"ref": "xlsxeval", "dependsOn": [one["bom-ref"] for one in listed]}],
    }


def _wheel(one: Licensed, sha256: str) -> dict[str, Any]:
    name = one.name.lower().replace("_", "-").replace(".", "-")
    purl = f"pkg:pypi/{name}@{one.version}"
    return {**_part(one), "bom-ref": purl, "purl": purl, "hashes": [{"alg": "SHA-256", "content": sha256}]}


def _part(one: Licensed) -> dict[str, Any]:
    told = {
        "type": "library",
        "bom-ref": f"{one.name}@{one.version}",
        "name": one.name,
        "version": one.version,
        "licenses": [{"expression": one.licence}],
    }
    if one.home:
        told["externalReferences"] = [{"type": "website", "url": one.home}]
    return told
