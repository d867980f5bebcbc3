"""Resume codes can hold every answer: the questionnaire is as the layout of its version says."""

from collections.abc import Iterator

from webapp.rulebook.problem import Problem
from webapp.rulebook.records.questionnaire import Question
from webapp.rulebook.records.resume_layout import Slot
from webapp.rulebook.rulebook import Rulebook


def layouts(rulebook: Rulebook) -> Iterator[Problem]:
    """The layout of the questionnaire's version has its questions and their options, no more and no less."""
    version = rulebook.questionnaire.version
    at_version = rulebook.place("questionnaire", "", "version")
    layout = rulebook.layouts.get(str(version))
    if layout is None:
        yield Problem(at_version, "", "layouts", f"resume_layouts.yaml has no layout of version {version}; add one")
        return
    slots = {slot.id: slot for slot in layout.questions}
    remedy = f"version {version} in resume_layouts.yaml; raise 'version' and add a layout"
    for question in rulebook.questions.values():
        if question.id not in slots or not _same(question, slots[question.id]):
            place = rulebook.place("questions", question.id)
            yield Problem(place, question.id, "layouts", f"this question or its options are not those of {remedy}")
    for name in slots.keys() - rulebook.questions.keys():
        yield Problem(at_version, name, "layouts", f"this question is gone, but stands in {remedy}")


def former_answers(rulebook: Rulebook) -> Iterator[Problem]:
    """What an option says that it was, an older layout has, and the questionnaire has no more; no two were the same."""
    printed = {
        (slot.id, option)
        for layout in rulebook.layouts.values()
        if layout.version < rulebook.questionnaire.version
        for slot in layout.questions
        for option in (*slot.alone, *slot.together)
    }
    taken: set[tuple[str, str]] = set()
    for question in rulebook.questions.values():
        for former in (former for option in question.options for former in option.was.items()):
            name = f"'{former[1]}' in '{former[0]}'"
            if former not in printed:
                message = f"no older layout in resume_layouts.yaml has {name}"
            elif former[0] in rulebook.questions:
                message = f"'{former[0]}' is still a question"
            elif former in taken:
                message = f"another option says that it was {name}"
            else:
                taken.add(former)
                continue
            yield Problem(rulebook.place("questions", question.id, "options"), question.id, "former_answers", message)


def _same(question: Question, slot: Slot) -> bool:
    """Whether question and slot have the same options, in any order, and agree on which can be ticked together."""
    alone = {option.id for option in question.options if question.kind == "one" or option.exclusive}
    together = {option.id for option in question.options} - alone
    return (sorted(slot.alone), sorted(slot.together), slot.at_most) == (
        sorted(alone),
        sorted(together),
        question.at_most,
    )
