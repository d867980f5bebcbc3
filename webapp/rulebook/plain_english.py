"""Conditions in plain English, in the same words wherever a rule is explained.

`clause` gives a condition as a clause that completes "Shown when …", in the second person. Authors write
the parts (the clauses of options, the meanings of facts); this module only joins them.
"""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from webapp.rulebook.conditions import AllOf, AnyOf, Condition, Holds, Not, Selected, Unless
from webapp.rulebook.records.points import Rule
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.rulebook import Rulebook, kept

SHORT = 30
"""Maximum length of a part that needs no comma before "and" or "or"."""


def shown_when(rulebook: Rulebook, rule: Rule) -> str:
    """Return one sentence that says to whom the point of `rule` is shown."""
    sentence = f"Shown when {clause(rulebook, rule.when)}" if rule.when else "Shown to everybody"
    if rule.when and rule.safety:
        sentence += "; and also as long as that is not known"
    return f"{sentence}, unless {clause(rulebook, rule.unless)}." if rule.unless else f"{sentence}."


@kept
def sentences(rulebook: Rulebook) -> Mapping[str, str]:
    """Return, by the id of each rule, the sentence that says to whom its point is shown."""
    return {rule.id: shown_when(rulebook, rule) for rule in rulebook.rules.values()}


def clause(rulebook: Rulebook, condition: Condition) -> str:
    """Return `condition` as a clause: "your MS is relapsing-remitting, and you had one relapse in the last year"."""
    match condition:
        case AllOf(parts):
            return join_words([clause(rulebook, part) for part in parts], "and")
        case AnyOf(parts):
            return join_words([clause(rulebook, part) for part in parts], "or", "either ")
        case Not(part):
            return f"this is not so: {clause(rulebook, part)}"
        case Unless(part):
            return f"it is not known that {clause(rulebook, part)}"
        case Holds(fact):
            return rulebook.facts[fact].means
        case _:
            return _selected(rulebook, condition)


def _selected(rulebook: Rulebook, selected: Selected) -> str:
    question = rulebook.questions[selected.question]
    clauses = [_option(rulebook, question, option) for option in selected.options]
    if selected.count > 1:
        return f"at least {selected.count} of these are so: {join_words(clauses, 'or')}"
    return _shared(clauses)


def _option(rulebook: Rulebook, question: Question, option: str) -> str:
    """Return the clause of an option, or of a medicine class."""
    named = {entry.id: entry.title for entry in rulebook.header.medicine_classes}
    if option in named and question.clause:
        return question.clause.replace("{}", named[option])
    return question.option(option).clause


def _shared(clauses: Sequence[str]) -> str:
    """Join clauses by "or", with their common first words only once: "you are 18 to 44, or 45 to 49 years old".

    An article is repeated with its noun: "you have a heart condition or a lung condition".
    """
    words = [clause.split() for clause in clauses]
    same = sum(1 for _ in takewhile(lambda step: len(set(step)) == 1, zip(*words, strict=False)))
    if same and words[0][same - 1] in {"a", "an", "the"}:
        same -= 1
    rests = [" ".join(clause[same:]) for clause in words]
    if len(clauses) > 1 and all(rests):
        return " ".join([*words[0][:same], join_words(rests, "or")])
    return join_words(clauses, "or")


def join_words(parts: Sequence[str], word: str, before: str = "") -> str:
    """Return "a", "a or b", or "a, b, or c". Two long parts, or parts that contain commas, also get a comma."""
    if len(parts) == 1:
        return parts[0]
    long = len(parts) > 2 or any("," in part or len(part) > SHORT for part in parts)  # noqa: PLR2004 (a pair)
    return f"{before}{', '.join(parts[:-1])}{',' if long else ''} {word} {parts[-1]}"
