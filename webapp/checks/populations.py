"""Evidence about other people: a point is shown to people whom its evidence is about, or says whom it is about.

A finding gives in `about` the answers of its people. A reader is not one of them if the reader's whole answer to a
question is named by other findings, but by none of this point. So an answer that no finding names, such as "I
am not sure", excludes nobody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from webapp.checks.problems import At, Found
from webapp.checks.proofs import answer_file
from webapp.evaluation.possible_answers import possible_answers
from webapp.rulebook.problem import did_you_mean
from webapp.rulebook.records.evidence import Design, Finding
from webapp.rulebook.rulebook import Rulebook

ABOUT_PEOPLE: frozenset[Design] = frozenset(
    {
        "randomised_trial",
        "comparative_cohort",
        "cohort",
        "pooled_analysis",
        "guideline",
        "health_system_rule",
        "registry_entry",
    }
)
"""Designs that study people or make rules for them. A point may rest on such a finding only if it has an `about`."""


def about(rulebook: Rulebook) -> Iterator[Found]:
    """A finding about people that a point rests on has an `about`, and this names answers that exist."""
    used = {finding for rule in rulebook.rules.values() for finding in rule.findings}
    for finding in rulebook.findings.values():
        at = At("findings", finding.id, ("about",))
        if finding.about is None and finding.id in used and finding.design in ABOUT_PEOPLE:
            yield Found(at, "a point rests on this: add 'about' with the answers of its people, or {} for anybody")
        for question, options in (finding.about or {}).items():
            known = [option.id for option in rulebook.questions[question].options]
            for option in options:
                if option not in known:
                    yield Found(at, f"'{question}' has no answer '{option}'{did_you_mean(option, known)}")


def populations(rulebook: Rulebook) -> Iterator[Found]:
    """No point reaches people that none of its findings is about, unless its text says whom they are about."""
    spoken_of, answers = answers_of(rulebook.findings.values()), possible_answers(rulebook)
    for rule in rulebook.rules.values():
        findings = _about_people([rulebook.findings[name] for name in rule.findings])
        excluded = {
            question: (answers.shows(rule), answers.only(question, spoken_of[question] - options))
            for question, options in answers_of(findings).items()
            if all(question in (finding.about or {}) for finding in findings)
        }
        reached = [question for question, others in excluded.items() if answers.can_be(*others)]
        if not rule.about_others:
            for question in reached:
                named = ", ".join(sorted(answers_of(findings)[question]))
                reader = answer_file(rulebook, answers.find(*excluded[question]) or {})
                message = (
                    f"its evidence is about '{question}' {named}: leave out other people, or quote in "
                    f"'about_others' how the text names these; shown for {reader}"
                )
                yield Found(At("rules", rule.id, ("findings",)), message)
            continue
        at = At("rules", rule.id, ("about_others",))
        if not reached:
            yield Found(at, "this point reaches nobody else: drop 'about_others'")
        for words in rule.about_others:
            if words not in f"{rule.headline}\n{rule.say}":
                yield Found(at, f"the text does not contain “{words}”")


def _about_people(findings: Iterable[Finding]) -> Sequence[Finding]:
    """Return the findings that decide whom a point is about: studies and rules, or, without these, all with `about`."""
    with_about = [finding for finding in findings if finding.about is not None]
    return [finding for finding in with_about if finding.design in ABOUT_PEOPLE] or with_about


def answers_of(findings: Iterable[Finding]) -> Mapping[str, set[str]]:
    """Return, by question, the answers that `findings` name."""
    answers: dict[str, set[str]] = {}
    for finding in findings:
        for question, options in (finding.about or {}).items():
            answers.setdefault(question, set()).update(options)
    return answers
