from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder

COURSE, WORDING = "points/course.yaml", "wording.yaml"
HEADLINE = "headline: Waves with spots"
ENDING = "is not among the 'letters' of wording.yaml"


def headline(letter: str) -> tuple[str, str, str, str]:
    """Return an edit that puts a letter into a headline, where it is found, and the id of the point."""
    new = f"headline: Waves with sp{letter}ots"
    return HEADLINE, new, new, "waves-with-spots"


BAD: Samples = {
    "letters": [
        Sample(COURSE, *headline("\u00ad"), f"(U+00AD, soft hyphen) {ENDING}"),
        Sample(COURSE, *headline("\u200b"), f"(U+200B, zero width space) {ENDING}"),
        Sample(COURSE, *headline("\u00a0"), f"(U+00A0, no-break space) {ENDING}"),
        Sample(COURSE, *headline("\u202e"), f"(U+202E, right-to-left override) {ENDING}"),
        Sample(COURSE, *headline("\u0430"), f"“\u0430” (U+0430, cyrillic small letter a) {ENDING}"),
        Sample(COURSE, *headline("½"), f"“½” (U+00BD, vulgar fraction one half) {ENDING}"),
        Sample(COURSE, *headline("Ł"), f"“Ł” (U+0141, latin capital letter l with stroke) {ENDING}"),
        Sample(COURSE, *headline("🙂"), f"“🙂” (U+1F642, slightly smiling face) {ENDING}"),
    ],
}
GOOD: Samples = {
    "letters": [
        Sample(WORDING, 'letters: "“', 'letters: "é“'),
        Sample(COURSE, HEADLINE, 'headline: "Waves (with spots) & more: 100 %"'),
    ],
}


@each(BAD)
def test_a_letter_that_is_hidden_or_cannot_be_printed_is_found(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_other_letters_are_no_problem(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert name not in refused(tiny_copy, sample)
