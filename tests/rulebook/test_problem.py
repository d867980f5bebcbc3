from hypothesis import given
from hypothesis import strategies as st

from webapp.rulebook.problem import Place, Problem, RulebookError, did_you_mean, nearest

WORDS = st.text(alphabet="abcde", min_size=1, max_size=6)


def test_a_place_is_written_as_file_and_line() -> None:
    assert str(Place("points/a.yaml", 7)) == "points/a.yaml:7"


def test_a_problem_is_one_line_with_place_record_message_and_check() -> None:
    problem = Problem(Place("facts.yaml", 7), "active", "orphans", "nothing uses it")
    assert str(problem) == "facts.yaml:7: active: nothing uses it [orphans]"


def test_a_problem_without_a_record_leaves_the_record_out() -> None:
    assert str(Problem(Place("facts.yaml", 1), "", "load", "cannot be read")) == "facts.yaml:1: cannot be read [load]"


def test_an_error_names_each_problem_once_in_the_order_of_files_and_lines() -> None:
    places = [Place("b.yaml", 2), Place("a.yaml", 10), Place("b.yaml", 2), Place("a.yaml", 9)]
    error = RulebookError(Problem(place, "", "load", "wrong") for place in places)
    assert [str(problem.place) for problem in error.problems] == ["a.yaml:9", "a.yaml:10", "b.yaml:2"]
    assert str(error).splitlines() == [str(problem) for problem in error.problems]


@given(WORDS, st.sets(WORDS))
def test_the_nearest_word_is_a_known_one_and_a_known_word_is_its_own_nearest(word: str, known: set[str]) -> None:
    guess = nearest(word, known)
    assert guess is None or guess in known
    assert nearest(word, known | {word}) == word


def test_a_slip_of_the_pen_is_recognised_and_a_stranger_is_not() -> None:
    known = ["ms_type", "age_band", "walking"]
    assert nearest("mstype", known) == "ms_type"
    assert nearest("xyz", known) is None


def test_did_you_mean_names_the_nearest_word_or_says_nothing() -> None:
    assert did_you_mean("wlaking", ["walking"]) == "; did you mean 'walking'?"
    assert did_you_mean("xyz", ["walking"]) == ""
