"""Resume codes can hold every answer: the questionnaire matches the layout of its version."""

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
    slots = {slot.id: (set(slot.alone), set(slot.together)) for slot in layout.questions}
    remedy = f"version {version} in resume_layouts.yaml; raise 'version' and add a layout"
    for question in rulebook.questions.values():
        if slots.get(question.id) != (set(question.alone), set(question.together)):
            yield Found(At("questions", question.id), f"this question or its options differ from {remedy}")
    for name in slots.keys() - rulebook.questions.keys():
        yield Found(at_version, f"the question '{name}' was removed, but is in {remedy}")
