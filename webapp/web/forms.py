"""The questionnaire as an HTML form, built from its data.

`webapp.evaluation.answers` decides what a valid answer is; the form only calls it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from wtforms import Form, RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.changes.since import SINCE
from webapp.evaluation.answers import AnswerProblem, Answers, AnswersError, parse_answers
from webapp.rulebook.conditions import AllOf, AnyOf, Condition, Definitions, Holds, Not, Selected, Unless
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook
from webapp.sheet.build import build_sheet
from webapp.sheet.model import DiscussionSheet
from webapp.sheet.visit_questions import PICK
from webapp.sheet.writers.print_options import CHOICES


class OneAnswer(RadioField):
    """The field of a question with one answer."""

    style = "radios"
    several = False


class SeveralAnswers(SelectMultipleField):
    """The field of a question with several answers."""

    style = "checkboxes"
    several = True
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


NOT_ANSWERS = frozenset({PICK, SINCE, *CHOICES, "point", "try", "before"})
"""The names of what forms send besides answers. The last three are explained in `webapp.web.what_if`."""

FIELDS: Mapping[str, type[OneAnswer | SeveralAnswers]] = {"one": OneAnswer, "many": SeveralAnswers}
"""The class of the field for each kind of question. `style` is its name in the style sheet."""


class AnswersForm(Form):
    """The base of the form class that `form_class` builds: one field per question, named by its id.

    `problems` are what is wrong with the answers, also with those that belong to no question.
    """

    rulebook: Rulebook
    problems: Sequence[AnswerProblem] = ()

    def answers(self, sent: MultiDict[str, str]) -> Answers | None:
        """Return the answers in `sent`, or None after adding what is wrong with them to the fields.

        Fields that are no questions are ignored: browsers and their extensions add some, and nobody who fills in a form
        can take them out. A question of an older version is not ignored, or its answer would be lost without a word.
        """
        asked = self.rulebook.questions.keys() | {former for former, _ in self.rulebook.former_answers}
        given = {name: _given(self.rulebook, name, values) for name, values in sent.lists() if name in asked}
        try:
            return parse_answers(self.rulebook, given)
        except AnswersError as error:
            self.problems = list({found.question: found for found in reversed(error.problems)}.values())[::-1]
            for problem in self.problems:
                if problem.question in self:
                    self[problem.question].errors = [_sentence(problem.message)]
            return None

    def sheet(self, sent: MultiDict[str, str]) -> DiscussionSheet | None:
        """Return the sheet for the answers in `sent` and the questions picked, or None after adding what is wrong.

        The lists to pick from can name a question twice, or none: it counts once.
        """
        answers = self.answers(sent)
        if answers is None:
            return None
        try:
            picked = list(dict.fromkeys(filter(None, sent.getlist(PICK))))
            return build_sheet(self.rulebook, answers, picked, sent_once(sent, SINCE))
        except AnswersError as error:
            self.problems = error.problems
            return None


def sent_once(sent: MultiDict[str, str], name: str) -> str | None:
    """Return what was sent under a name that has one value, or None. Raises BadRequest if two values were sent."""
    values = set(sent.getlist(name))
    if len(values) > 1:
        raise BadRequest
    return next(iter(values), None)


def form_class(rulebook: Rulebook) -> type[AnswersForm]:
    """Return the form class for the questionnaire of `rulebook`; raises ValueError if a question cannot be a field."""
    reserved = sorted(rulebook.questions.keys() & {"rulebook", *dir(AnswersForm()), *NOT_ANSWERS})
    if reserved:
        raise ValueError(f"a question cannot have the id '{reserved[0]}': the web form uses this name")
    fields = {question.id: _field(question) for question in rulebook.questions.values()}
    return type("QuestionnaireForm", (AnswersForm,), {"rulebook": rulebook, **fields})


def _field(question: Question) -> Any:
    choices: Any = [option.id for option in question.options]
    return FIELDS[question.kind](question.prompt, choices=choices, validate_choice=False)


def condition_data(condition: Condition, definitions: Definitions) -> Mapping[str, Any]:
    """Return a condition for scripts and programs: nested mappings, with facts and classes expanded."""
    match condition:
        case Selected(question, options, count):
            return {"question": question, "options": sorted(definitions.expand(options)), "count": count}
        case Holds(fact):
            return condition_data(definitions.facts[fact], definitions)
        case Not(part):
            return {"not": condition_data(part, definitions)}
        case AllOf(parts):
            return {"all": [condition_data(part, definitions) for part in parts]}
        case AnyOf(parts):
            return {"any": [condition_data(part, definitions) for part in parts]}
        case Unless(part):
            return {"unless": condition_data(part, definitions)}


def _given(rulebook: Rulebook, name: str, values: list[str]) -> str | list[str]:
    """Return the values sent under a name as `parse_answers` takes them: a question with one answer has no list."""
    question = rulebook.questions.get(name)
    return values[0] if len(values) == 1 and question and not FIELDS[question.kind].several else values


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}."
