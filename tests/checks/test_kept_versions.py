from collections.abc import Mapping, Sequence

import pytest

from tests.conftest import RulesFolder
from webapp.changes.versions import as_text
from webapp.checks import check
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

OLDER = "older"


def told(folder: RulesFolder, text: str) -> list[str]:
    """Return what is wrong with a file that keeps an older version and has this text."""
    file = folder.path / "versions" / f"{OLDER}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return list(map(str, check(load(folder.path))))


def kept(tiny: Rulebook) -> str:
    return as_text(tiny).replace(f'"version": "{tiny.header.version}"', f'"version": "{OLDER}"')


NOT_KEPT = "`discussion-guide keep` did not write this file"
BAD: Mapping[str, Sequence[tuple[str, str, int, str]]] = {
    "kept_versions": [
        (
            '"questionnaire"',
            'x "questionnaire"',
            3,
            "this is not JSON: Expecting property name enclosed in double quotes",
        ),
        ('"points": {', '"poinds": {', 1, NOT_KEPT),
        ('"facts": {', '"facts": 5, "x": {', 1, NOT_KEPT),
        ('"classes": {', '"classes": [], "x": {', 1, NOT_KEPT),
        ('"mark": ', '"sign": ', 1, NOT_KEPT),
        (f'"{OLDER}"', '"newer"', 1, "this file keeps version 'newer'"),
    ]
}
GOOD: Mapping[str, Sequence[tuple[str, str]]] = {
    "kept_versions": [("", ""), ("Waves with spots", "Waves"), ('"questionnaire": 2', '"questionnaire": 1')]
}


@pytest.mark.parametrize(("old", "new"), GOOD["kept_versions"])
def test_a_version_that_was_kept_is_accepted(tiny: Rulebook, tiny_copy: RulesFolder, old: str, new: str) -> None:
    assert old in kept(tiny)
    assert told(tiny_copy, kept(tiny).replace(old, new, 1)) == []


@pytest.mark.parametrize("sample", BAD["kept_versions"])
def test_what_keep_did_not_write_is_refused_with_its_line(
    tiny: Rulebook, tiny_copy: RulesFolder, sample: tuple[str, str, int, str]
) -> None:
    old, new, line, message = sample
    assert old in kept(tiny)
    place = f"versions/{OLDER}.json:{line}: {OLDER}"
    assert told(tiny_copy, kept(tiny).replace(old, new, 1)) == [f"{place}: {message} [kept_versions]"]
