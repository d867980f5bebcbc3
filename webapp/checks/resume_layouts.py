"""The questionnaire matches the layout of its version, so that resume codes can represent every answer."""

from collections.abc import Iterator

from webapp.checks.problems import At, Found
from webapp.rulebook.rulebook import Rulebook


def resume_layouts(rulebook: Rulebook) -> Iterator[Found]:
    """The layout of the questionnaire's version has exactly its questions and their options."""
    version = rulebook.questionnaire.version
    at_version = At("questionnaire", "", ("version",))
    layout = rulebook.layouts.get(str(version))
    if layout is None:
        yield Found(at_version, f"resume_layouts.yaml has no layout of version {version}; add one")
        return
    slots = {slot.id: (set(slot.alone), set(slot.together), slot.at_most) for slot in layout.questions}
    remedy = f"version {version} in resume_layouts.yaml; raise 'version' and add a layout"
    for question in rulebook.questions.values():
        if slots.get(question.id) != (set(question.alone), set(question.together), question.at_most):
            yield Found(At("questions", question.id), f"this question or its options differ from {remedy}")
    for name in slots.keys() - rulebook.questions.keys():
        yield Found(at_version, f"the question '{name}' was removed, but is in {remedy}")


def former_answers(rulebook: Rulebook) -> Iterator[Found]:
    """Every former answer in `was` is in an older layout, is no longer asked, and is named by only one option."""
    printed = {
        (slot.id, option)
        for layout in rulebook.layouts.values()
        if layout.version < rulebook.questionnaire.version
        for slot in layout.questions
        for option in (*slot.alone, *slot.together)
    }
    taken: set[tuple[str, str]] = set()
    for question in rulebook.questions.values():
        for number, option in enumerate(question.options):
            for former in option.was.items():
                if message := _former_problem(rulebook, former, printed, taken):
                    yield Found(At("questions", question.id, ("options", number, "was")), message)
                taken.add(former)


def _former_problem(
    rulebook: Rulebook, former: tuple[str, str], printed: set[tuple[str, str]], taken: set[tuple[str, str]]
) -> str | None:
    name = f"'{former[1]}' in '{former[0]}'"
    if former not in printed:
        return f"no older layout in resume_layouts.yaml has {name}"
    if former[0] in rulebook.questions:
        return f"'{former[0]}' is still a question"
    if former in taken:
        return f"another option says that it was {name}"
    return None
