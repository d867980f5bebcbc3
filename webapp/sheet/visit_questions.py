"""The questions for the visit: three that decide most, or those that the person picked."""

from collections.abc import Sequence
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
"""Answers that are named as the reason of a question, so that they fit into one line."""


@dataclass(frozen=True)
class VisitQuestion:
    """A question for the visit. `point` is the id of its point, or of the question that is to be found out first.

    `because` are the person's answers that brought it; there are none for a point that everybody gets.
    """

    point: str
    text: str
    because: Sequence[str]


def candidates(rulebook: Rulebook, discussion: Discussion) -> Sequence[VisitQuestion]:
    """Return all questions that can stand on the first page, the ones that decide most first.

    What `visit_first` in sheet.yaml names comes first, in its order, if the person's own answers brought it. The others
    follow as points do: own ones before general ones, then by weight, then by the number of own answers. The first
    three are of different topics, as long as there are others. A question that the person prefers not to answer is not
    among them.
    """
    first = {name: place for place, name in enumerate(rulebook.sheet.visit_first)}
    late = len(first)
    ranked: list[tuple[tuple[int, ...], str, VisitQuestion]] = []
    for point in discussion.points:
        place = first.get(point.rule.id, late) if own(point) else late
        ranked.append(((place, *rank(rulebook, point)), point.topic, _of_point(rulebook, point)))
    for entry in discussion.find_out:
        name, weight = entry.find_out.question, entry.find_out.weight
        if not withheld(discussion, name):
            ranked.append(((first.get(name, late), FOR_EVERYBODY, -weight, 0), name, _to_find_out(rulebook, entry)))
    ranked.sort(key=lambda entry: entry[0])
    of_topic: dict[str, VisitQuestion] = {}
    for _, topic, question in ranked:
        of_topic.setdefault(topic, question)
    head = list(of_topic.values())[:MOST_QUESTIONS]
    return [*head, *(question for _, _, question in ranked if question not in head)]


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
            problems.append(AnswerProblem(PICK, message, nearest(shown, by_id)))
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
    return VisitQuestion(rule.id, rule.visit_question, reasons[:MOST_REASONS])


def _to_find_out(rulebook: Rulebook, entry: OpenQuestion) -> VisitQuestion:
    find_out = entry.find_out
    because = f"{label(rulebook, find_out.question)}: {rulebook.sheet.labels.not_known}"
    return VisitQuestion(find_out.question, find_out.visit_question, [because])
