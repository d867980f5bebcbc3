import pytest

from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder

POINT = "points/medicines.yaml"
SAY = "say: They were many."
UNEXPLAINED = "is not explained; explain it in brackets, or add an entry to glossary/"
BAD: Samples = {
    "abbreviations": [
        Sample(POINT, SAY, f"say: {said}", said, "two-or-more", f"'{word}' {UNEXPLAINED}")
        for said, word in (
            ("They had ABC.", "ABC"),
            ("They had AB-cells.", "AB-cells"),
            ("They were in ABC II.", "ABC"),
            ("They had what is called ABC (see there) or XY.", "XY"),
        )
    ]
}
GOOD: Samples = {
    "abbreviations": [
        Sample(POINT, SAY, f"say: {said}")
        for said in (
            "They had a thing that hurts (ABC). An ABC passes.",
            "They had the ABC (a thing that hurts).",
            "In the ABC trial, and in the XYZ II trial, they were many.",
            "They had an MRI in the UK, the EU or the US.",
            "They had Succinum or T2.",
        )
    ]
}


@each(BAD)
def test_an_abbreviation_that_is_explained_nowhere_is_refused(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_an_abbreviation_that_is_explained_in_the_text_is_accepted(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    tiny_copy.edit("looked_for/names.yaml", "also: [It]", "also: [It, MRI]")
    assert name not in refused(tiny_copy, sample)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("glossary/words.yaml", "forms: [T2]", "forms: [T2, ABC]"),
        ("looked_for/names.yaml", "also: [It]", "also: [It, ABC cells]"),
        ("treatments.yaml", "brands: [Ambra, Succinum]", "brands: [Ambra, ABC]"),
        ("studies/one.yaml", "name: The one study", "name: The ABC study"),
    ],
)
def test_an_abbreviation_that_has_an_entry_is_accepted(tiny_copy: RulesFolder, file: str, old: str, new: str) -> None:
    tiny_copy.edit(file, old, new)
    assert refused(tiny_copy, Sample(POINT, SAY, "say: They had ABC.")) == set()
