"""Paths of rules, templates and changelog: inside an installed wheel, or next to the package in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_data"
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent

RULES = _ROOT / "rules"
TEMPLATES = _ROOT / "templates"
CHANGELOG = _ROOT / "CHANGELOG.md"
STATIC = _PACKAGE / "static"
