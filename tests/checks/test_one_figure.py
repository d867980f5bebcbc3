from tests.checks.samples import Sample, Samples, each, expected, problems_after, refused
from tests.conftest import RulesFolder
from webapp.checks import check
from webapp.rulebook.loader import load
from webapp.rulebook.rulebook import Rulebook

COURSE, PREFERRED, CLAIMS = "points/course.yaml", "preferred.yaml", "claims/claims.yaml"
SAY = "say: In one study {study.share} people did well after {study.years}."
OTHER = "say: In one study {study.parts} people did well after {study.years}."
OTHERS = "  others: [study.parts]"
MESSAGE = "'study.parts' is another number for 'deaths'; print 'study.deaths'"
BAD: Samples = {
    "one_figure": [
        Sample(COURSE, SAY, OTHER, OTHER, "waves-with-spots", MESSAGE),
        Sample("timeline.yaml", "{study.years}", "{study.parts.value}", "  duration: It takes", "before", MESSAGE),
        Sample(
            PREFERRED,
            OTHERS,
            f"{OTHERS}\n  compared_in: [waves-with-spots]",
            "compared_in",
            "deaths",
            "'waves-with-spots' prints no other number for this outcome",
        ),
    ]
}
GOOD: Samples = {
    "one_figure": [
        Sample(COURSE, SAY, "say: In one study {study.deaths} people died after {study.years}."),
        Sample(CLAIMS, "says: It is old.", 'says: "Of all, {study.parts} said so."'),
    ]
}


@each(BAD)
def test_a_second_number_for_an_outcome_is_refused(tiny_copy: RulesFolder, name: str, sample: Sample) -> None:
    assert problems_after(tiny_copy, sample) == expected(tiny_copy, name, sample)


@each(GOOD)
def test_the_preferred_number_is_taken_and_others_outside_the_main_texts(
    tiny_copy: RulesFolder, name: str, sample: Sample
) -> None:
    assert name not in refused(tiny_copy, sample)


def test_a_point_about_how_numbers_differ_may_print_the_others(tiny_copy: RulesFolder) -> None:
    tiny_copy.edit(COURSE, SAY, OTHER)
    tiny_copy.edit(PREFERRED, OTHERS, f"{OTHERS}\n  compared_in: [waves-with-spots]")
    assert check(load(tiny_copy.path)) == []


def test_every_real_preferred_number_is_printed_somewhere_and_is_no_other_number_of_an_outcome(
    rulebook: Rulebook,
) -> None:
    others = [name for same in rulebook.preferred.values() for name in same.others]
    preferred = [same.preferred for same in rulebook.preferred.values()]
    assert len({*others, *preferred}) == len(others) + len(preferred)
    texts = " ".join(str(value.value) for _, _, value in rulebook.values)
    assert [name for name in preferred if f"{{{name}" not in texts] == []
