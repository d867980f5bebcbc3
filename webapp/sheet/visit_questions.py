"""The questions for the visit: three that decide most, or those that the person picked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from webapp.evaluation.answers import AnswerProblem, AnswersError, repeated
from webapp.evaluation.evaluate import Discussion, DiscussionPoint, OpenQuestion
from webapp.evaluation.explain import by_question
from webapp.rulebook.problem import did_you_mean, nearest
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.ordering import FOR_EVERYBODY, own, rank
from webapp.sheet.own_answers import label, shortened, withheld

PICK = "pick"
"""The name under which the web, the API and the command line take the questions that a person picked."""

MOST_QUESTIONS = 3
"""A visit takes ten minutes."""

MOST_REASONS = 3
ONE_LINE = 95
"""How many answers are named as the reason of a question, and in how many characters: they have one line."""


@dataclass(frozen=True)
class VisitQuestion:
    """A question for the visit. `point` is the id of its point, or of the question that is to be found out first.

    `because` are the person's answers that brought it; there are none for a point that everybody gets.
    """

    point: str
    text: str
    because: Sequence[str]


@dataclass(frozen=True)
class _Candidate:
    """A question with what its order depends on: the place in `visit_first`, the topic, and the rank of its point."""

    place: int
    topic: str
    rank: tuple[int, int, int]
    question: VisitQuestion


def candidates(rulebook: Rulebook, discussion: Discussion) -> Sequence[VisitQuestion]:
    """Return all questions that can be on the first page, the ones that decide most first.

    What `visit_first` in sheet.yaml names comes first, in its order, if the person's own answers brought it. The others
    follow as points do: own ones before general ones, then by weight, then by the number of own answers. Of the first
    three, one of a new topic comes before others of the same weight, and `visit_first` counts once for a topic. A
    question that the person prefers not to answer is not among them.
    """
    left = sorted(_all(rulebook, discussion), key=lambda entry: entry.rank)
    first: list[_Candidate] = []
    for _ in range(min(MOST_QUESTIONS, len(left))):
        topics = {entry.topic for entry in first}
        first.append(min(left, key=lambda entry: _order(entry, entry.topic in topics, len(rulebook.sheet.visit_first))))
        left.remove(first[-1])
    return [entry.question for entry in (*first, *left)]


def _order(entry: _Candidate, told: bool, last: int) -> tuple[int, ...]:
    """Return a key that puts candidates in order; `told` if a question of this topic is on the page already."""
    kind, weight, answers = entry.rank
    return last if told else entry.place, kind, weight, told, answers


def _all(rulebook: Rulebook, discussion: Discussion) -> Iterator[_Candidate]:
    places = {name: place for place, name in enumerate(rulebook.sheet.visit_first)}
    last = len(places)
    for point in discussion.points:
        place = places.get(point.rule.id, last) if own(point) else last
        yield _Candidate(place, point.topic, rank(rulebook, point), _of_point(rulebook, point))
    for entry in discussion.find_out:
        name = entry.find_out.question
        if not withheld(discussion, name):
            rank_ = FOR_EVERYBODY, -entry.find_out.weight, 0
            yield _Candidate(places.get(name, last), name, rank_, _to_find_out(rulebook, entry))


def picked(all_questions: Sequence[VisitQuestion], pick: Sequence[str]) -> Sequence[VisitQuestion]:
    """Return the questions that `pick` names by id, in its order, or the first ones if it names none.

    Raises AnswersError for an id that is not among the questions, for one that comes twice, and for too many.
    """
    by_id = {question.point: question for question in all_questions}
    problems = []
    for name in pick:
        if name not in by_id:
            shown = repeated(name)
            message = f"there is no question '{shown}' on this sheet{did_you_mean(shown, by_id)}"
            problems.append(AnswerProblem(PICK, message, nearest(shown, by_id), shown))
    if len(set(pick)) < len(pick):
        problems.append(AnswerProblem(PICK, "the same question was picked twice"))
    if len(pick) > MOST_QUESTIONS:
        problems.append(AnswerProblem(PICK, f"pick at most {MOST_QUESTIONS} questions, not {len(pick)}"))
    if problems:
        raise AnswersError(problems)
    return [by_id[name] for name in pick] or all_questions[:MOST_QUESTIONS]


def _of_point(rulebook: Rulebook, point: DiscussionPoint) -> VisitQuestion:
    reasons = [
        f"{label(rulebook, reason.question.id)}: "
        + shortened(rulebook, [reason.question.option(option).short_text for option in reason.options])
        for reason in by_question(rulebook, point.judgement.because)
    ]
    rule = point.rule
    return VisitQuestion(rule.id, rule.visit_question, in_one_line(reasons))


def in_one_line(reasons: Sequence[str]) -> Sequence[str]:
    """Return the first reason, and those behind it that have room in the line."""
    fitting = [most for most in range(2, MOST_REASONS + 1) if len("; ".join(reasons[:most])) <= ONE_LINE]
    return reasons[: max(fitting, default=1)]


def _to_find_out(rulebook: Rulebook, entry: OpenQuestion) -> VisitQuestion:
    find_out = entry.find_out
    because = f"{label(rulebook, find_out.question)}: {rulebook.sheet.labels.not_known}"
    return VisitQuestion(find_out.question, find_out.visit_question, [because])
