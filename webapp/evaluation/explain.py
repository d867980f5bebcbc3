"""Why a point is on the sheet, and which single answer would change that.

It is found by evaluating the rule, so it always agrees with the sheet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from webapp.evaluation.answer_space import relevant_questions
from webapp.evaluation.answers import Answers, ResolvedAnswers, resolve
from webapp.evaluation.evaluate import is_shown, judge_rule, shown
from webapp.rulebook.compiled import Known, judge
from webapp.rulebook.conditions import Unless
from webapp.rulebook.number_text import fill
from webapp.rulebook.plain_english import clause, join_words, shown_when
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook, kept


@dataclass(frozen=True)
class Reason:
    """Some options of a question: those that brought a point, or those that would change whether it is shown.

    `given` are the options chosen now.
    """

    question: Question
    options: tuple[str, ...]
    given: tuple[str, ...] = ()

    @property
    def any_other(self) -> bool:
        """Whether these are all answers except the given one: then "any other answer" is shorter."""
        others = [option.id for option in self.question.options if not option.unknown and option.id not in self.given]
        return self.question.single_choice and bool(self.given) and list(self.options) == others and len(others) > 1


def would_change(rulebook: Rulebook, answers: Answers) -> Mapping[str, Sequence[Reason]]:
    """Return, by the id of each rule, the single answers that would remove its point or add it.

    A single answer is another option of a single-choice question, or one option more or less of another question.
    Answers that leave a question open ("I don't know") are not counted. They are found for a rule when they are asked
    for, because most pages do not show them.
    """
    return _Changes(rulebook, answers)


class _Changes(Mapping[str, Sequence[Reason]]):
    def __init__(self, rulebook: Rulebook, answers: Answers) -> None:
        self._rulebook = rulebook
        self._answers = answers
        self._known = resolve(rulebook, answers).known
        self._changed = cache(self._changed_in)

    def __getitem__(self, name: str) -> Sequence[Reason]:
        rule = self._rulebook.rules[name]
        here = is_shown(self._rulebook, rule, self._known)
        flips = [
            (question, option)
            for question in _relevant(self._rulebook)[name]
            for option, known in self._changed(question)
            if is_shown(self._rulebook, rule, known) is not here
        ]
        return by_question(self._rulebook, flips, self._answers) if flips else []

    def __iter__(self) -> Iterator[str]:
        return iter(self._rulebook.rules)

    def __len__(self) -> int:
        return len(self._rulebook.rules)

    def _changed_in(self, name: str) -> Sequence[tuple[str, Known]]:
        """Return the options of a question that change the answer to it, each with what is known then."""
        question = self._rulebook.questions[name]
        return [
            (option, resolve(self._rulebook, _with(self._answers, question, chosen)).known)
            for option, chosen in _single_changes(question, self._answers.get(name, ()))
        ]


@kept
def _relevant(rulebook: Rulebook) -> Mapping[str, Sequence[str]]:
    """Return the questions that each rule depends on."""
    return {rule.id: relevant_questions(rulebook, [rule.condition]) for rule in rulebook.rules.values()}


def _single_changes(question: Question, chosen: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each option that can be chosen (or, in a multiple-choice question, unchosen), and what is chosen then."""
    for option in question.options:
        if option.unknown:
            continue
        if option.id in question.alone:
            if option.id not in chosen:
                yield option.id, (option.id,)
            elif not question.single_choice:
                yield option.id, ()
        elif option.id in chosen:
            yield option.id, tuple(other for other in chosen if other != option.id)
        elif len(others := [other for other in chosen if other in question.together]) < question.most:
            yield option.id, (*others, option.id)


def _with(answers: Answers, question: Question, chosen: Sequence[str]) -> Answers:
    return {**answers, question.id: tuple(chosen)} if chosen else {q: a for q, a in answers.items() if q != question.id}


def by_question(
    rulebook: Rulebook, pairs: Iterable[tuple[str, str]], given: Answers = MappingProxyType({})
) -> Sequence[Reason]:
    """Return pairs (question id, option id), such as the answers of a judgement, by question, in the order asked."""
    chosen: dict[str, set[str]] = {}
    for name, option in pairs:
        chosen.setdefault(name, set()).add(option)
    questions = [rulebook.questions[name] for name in sorted(chosen, key=_places(rulebook).__getitem__)]
    return [
        Reason(question, options, given.get(question.id, ()))
        for question in questions
        if (options := tuple(option.id for option in question.options if option.id in chosen[question.id]))
    ]


@kept
def _places(rulebook: Rulebook) -> Mapping[str, int]:
    """Return the place of each question in the order asked."""
    return {name: place for place, name in enumerate(rulebook.questions)}


@dataclass(frozen=True)
class Need:
    """One part of the condition of a point: `clause` in words, and whether it holds (None: not known).

    Where `leaves_out` is true, the point is not shown if the part holds. `because` are the answers that decide, and
    `waits_for` the questions whose answers are missing.
    """

    clause: str
    holds: bool | None
    leaves_out: bool
    because: Sequence[Reason]
    waits_for: Sequence[Question]


def needs(rulebook: Rulebook, rule: Rule, resolved: ResolvedAnswers) -> Sequence[Need]:
    """Return the parts of the condition of `rule`, each judged by itself. A point that everybody gets has none."""
    found = []
    for part in rule.condition.parts:
        leaves_out = isinstance(part, Unless)
        condition = part.part if isinstance(part, Unless) else part
        judgement = judge(condition, resolved.known, rulebook.definitions)
        found.append(
            Need(
                clause(rulebook, condition),
                judgement.truth,
                leaves_out,
                by_question(rulebook, judgement.because),
                [question for name, question in rulebook.questions.items() if name in judgement.waits_for],
            )
        )
    return found


def come_and_go(rulebook: Rulebook, before: Answers, after: Answers) -> tuple[Sequence[Rule], Sequence[Rule]]:
    """Return the rules whose points come and those whose points go when the answers change from `before` to `after`."""
    then, now = resolve(rulebook, before).known, resolve(rulebook, after).known
    come: list[Rule] = []
    go: list[Rule] = []
    for rule in rulebook.rules.values():
        was, is_there = is_shown(rulebook, rule, then), is_shown(rulebook, rule, now)
        if was is not is_there:
            (come if is_there else go).append(rule)
    return come, go


def explanation(rulebook: Rulebook, answers: Answers, rule: Rule) -> str:
    """Return, as lines, whether the point of `rule` is shown for `answers`, why, and what single answer changes it."""
    judgement = judge_rule(rulebook, rule, resolve(rulebook, answers))
    lines = [
        f"{rule.id}: {fill(rule.headline, rulebook.findings)}",
        shown_when(rulebook, rule),
        "It is on the sheet." if shown(rule, judgement) else "It is not on the sheet.",
    ]
    because = (
        join_words([reason.question.option(option).clause for option in reason.options], "and")
        for reason in by_question(rulebook, judgement.because)
    )
    lines += [f"  because {clauses}" for clauses in because]
    waits_for = (question for question in rulebook.questions.values() if question.id in judgement.waits_for)
    lines += [f"  not known: {question.short_text}" for question in waits_for]
    lines += [f"  would change with {_change_in_words(reason)}" for reason in would_change(rulebook, answers)[rule.id]]
    return "\n".join(lines)


def _change_in_words(reason: Reason) -> str:
    if reason.any_other:
        return f"any other answer to “{reason.question.short_text}”"
    ticked = "" if reason.question.single_choice else ", ticked or unticked"
    clauses = ", or ".join(reason.question.option(option).clause for option in reason.options)
    return f"{reason.question.short_text}{ticked}: {clauses}"
