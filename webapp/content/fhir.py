"""The questionnaire as FHIR resources, and what a FHIR client has to know of the server.

FHIR R4 (https://hl7.org/fhir/R4/questionnaire.html, codesystem.html, operationdefinition.html and
capabilitystatement.html) with extensions of Structured Data Capture (SDC, https://hl7.org/fhir/uv/sdc/rendering.html
and behavior.html). The ids of questions and sections are the linkIds, and those of options the codes, so nothing has
to be translated.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from webapp.rulebook.conditions import AllOf, AnyOf, Condition, Holds, Not, Selected
from webapp.rulebook.records.base import Titled
from webapp.rulebook.records.questionnaire import Option, Question
from webapp.rulebook.rulebook import Rulebook

Resource = dict[str, Any]
"""A resource, or a part of one, as JSON has it."""

QUESTIONNAIRE = "discussion-guide"
"""The id of the Questionnaire."""

EVALUATE = "QuestionnaireResponse-evaluate"
"""The id of the definition of the operation."""

_NAME = "Stem cells and MS: a discussion guide"
_CORE = "http://hl7.org/fhir/StructureDefinition"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
_HELP = "help"
_INTRO = "intro"

_Test = tuple[str, str, str]
"""A test of one answer: the id of a question, an operator, the id of an option."""


def definitions(rulebook: Rulebook, base: str) -> Mapping[tuple[str, str], Resource]:
    """Return every resource that is published at `base`, the address of the server, by type and id."""
    resources = [
        questionnaire(rulebook, base),
        _operation(rulebook, base),
        *(_code_system(rulebook, base, question) for question in rulebook.questions.values()),
    ]
    return {(resource["resourceType"], resource["id"]): resource for resource in resources}


def questionnaire(rulebook: Rulebook, base: str) -> Resource:
    """Return the Questionnaire: a group for each section, a choice for each question."""
    of_section = {
        section.id: [question for question in rulebook.questions.values() if question.section == section.id]
        for section in rulebook.questionnaire.sections
    }
    always = rulebook.wording.always
    return {
        **_published(rulebook, base, "Questionnaire", QUESTIONNAIRE, _NAME),
        "name": "DiscussionGuide",
        "description": f"{always.purpose} {always.privacy}",
        "copyright": "CC BY 4.0",
        "item": [
            _group(section, [_choice(rulebook, base, question) for question in of_section[section.id]])
            for section in rulebook.questionnaire.sections
        ],
    }


def capabilities(rulebook: Rulebook, base: str) -> Resource:
    """Return the CapabilityStatement: what can be read and searched, and the operation."""
    kinds = sorted({kind for kind, _ in definitions(rulebook, base)})
    searched = [{"name": name, "type": kind} for name, kind in (("_id", "token"), ("url", "uri"), ("version", "token"))]
    readable = {"interaction": [{"code": "read"}, {"code": "search-type"}], "searchParam": searched}
    operation = {"name": "evaluate", "definition": f"{base}/OperationDefinition/{EVALUATE}"}
    return {
        "resourceType": "CapabilityStatement",
        "url": f"{base}/metadata",
        "version": rulebook.header.version,
        "name": "DiscussionGuideServer",
        "title": _NAME,
        "status": "active",
        "date": rulebook.header.checked.isoformat(),
        "description": rulebook.wording.always.purpose,
        "kind": "instance",
        "implementation": {"description": _NAME, "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "security": {"description": rulebook.wording.always.privacy},
                "resource": [
                    *({"type": kind, **readable} for kind in kinds),
                    {"type": "QuestionnaireResponse", "operation": [operation]},
                ],
            }
        ],
    }


def transaction(rulebook: Rulebook, base: str) -> Resource:
    """Return what another server needs to show the questions, as one request to it.

    See https://hl7.org/fhir/R4/http.html, "transaction". `base` is the address of ours.
    """
    entries = [
        {"fullUrl": resource["url"], "resource": resource, "request": {"method": "PUT", "url": f"{kind}/{name}"}}
        for (kind, name), resource in definitions(rulebook, base).items()
        if kind != "OperationDefinition"
    ]
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def code_system(base: str, question: str) -> str:
    """Return the address of the code system of a question's options, as "none" means something else in each."""
    return f"{base}/CodeSystem/{question.replace('_', '-')}"  # the id of a resource has no "_"


def texts_of(rulebook: Rulebook) -> Iterator[str]:
    """Yield the linkIds of the items that take no answer: groups and what is displayed."""
    for section in rulebook.questionnaire.sections:
        yield from (section.id, f"{section.id}.{_INTRO}")
    for question in rulebook.questions:
        yield f"{question}.{_HELP}"


def _published(rulebook: Rulebook, base: str, kind: str, name: str, title: str) -> Resource:
    return {
        "resourceType": kind,
        "id": name,
        "url": f"{base}/{kind}/{name}",
        "version": rulebook.header.version,
        "title": title,
        "status": "active",
        "date": rulebook.header.checked.isoformat(),
    }


def _group(section: Titled, choices: Sequence[Resource]) -> Resource:
    intro = [_display(f"{section.id}.{_INTRO}", section.intro)] if section.intro else []
    return {"linkId": section.id, "text": section.title, "type": "group", "item": [*intro, *choices]}


def _choice(rulebook: Rulebook, base: str, question: Question) -> Resource:
    extensions = [
        {"url": f"{_SDC}/sdc-questionnaire-shortText", "valueString": question.short_text},
        _control("radio-button" if question.single_choice else "check-box"),
    ]
    if question.at_most:
        extensions.append({"url": f"{_CORE}/questionnaire-maxOccurs", "valueInteger": question.at_most})
    return {
        "extension": extensions,
        "linkId": question.id,
        "text": question.prompt,
        "type": "choice",
        **_enabled(rulebook, base, question),
        "repeats": not question.single_choice,
        "answerOption": [_option(base, question, option) for option in question.options],
        "item": [{**_display(f"{question.id}.{_HELP}", _help(question)), "extension": [_control("help")]}],
    }


def _option(base: str, question: Question, option: Option) -> Resource:
    coding = {"system": code_system(base, question.id), "code": option.id, "display": option.label}
    exclusive = [{"url": f"{_CORE}/questionnaire-optionExclusive", "valueBoolean": True}] if option.exclusive else []
    return {**({"extension": exclusive} if exclusive else {}), "valueCoding": coding}


def _help(question: Question) -> str:
    """Return the help of a question, the hints of its options, which have no place of their own in R4, and why we ask.

    They are one text, because clients show one help for each question.
    """
    hints = (f"{option.label}: {option.hint}" for option in question.options if option.hint)
    return "\n".join((*filter(None, [question.help]), *hints, f"Why we ask: {question.why}"))


def _display(link: str, text: str) -> Resource:
    return {"linkId": link, "text": text, "type": "display"}


def _control(code: str) -> Resource:
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}
    return {"url": f"{_CORE}/questionnaire-itemControl", "valueCodeableConcept": {"coding": [coding]}}


def _code_system(rulebook: Rulebook, base: str, question: Question) -> Resource:
    system = code_system(base, question.id)
    return {
        **_published(rulebook, base, "CodeSystem", system.rpartition("/")[2], question.prompt),
        "name": "".join(word.capitalize() for word in question.id.split("_")),
        "caseSensitive": True,
        "content": "complete",
        "concept": [
            {"code": option.id, "display": option.label, **({"definition": option.hint} if option.hint else {})}
            for option in question.options
        ],
    }


def _operation(rulebook: Rulebook, base: str) -> Resource:
    """Return the definition of the operation.

    With one resource as input and one as output, both are sent without a Parameters resource around them
    (https://hl7.org/fhir/R4/operations.html). The input has the name that `$extract` of SDC gives it.
    """
    return {
        **_published(rulebook, base, "OperationDefinition", EVALUATE, "The discussion sheet for some answers"),
        "name": "Evaluate",
        "kind": "operation",
        "description": rulebook.wording.always.purpose,
        "affectsState": False,
        "code": "evaluate",
        "resource": ["QuestionnaireResponse"],
        "system": False,
        "type": True,
        "instance": False,
        "parameter": [
            {
                "name": "questionnaire-response",
                "use": "in",
                "min": 1,
                "max": "1",
                "documentation": "The answers, and nothing that can say whose they are.",
                "type": "QuestionnaireResponse",
            },
            {
                "name": "return",
                "use": "out",
                "min": 1,
                "max": "1",
                "documentation": "A collection: a Composition of questions, points and findings, a DocumentReference "
                "with the two pages as a PDF, and a Library of the sources.",
                "type": "Bundle",
            },
        ],
    }


def _enabled(rulebook: Rulebook, base: str, question: Question) -> Resource:
    """Return when a question is asked: always, if its condition mixes "all" and "any", which cannot be said."""
    said = _tests(rulebook, question.enable_when, wanted=True) if question.enable_when else None
    if not said:
        return {}
    behavior, tests = said
    behaviors = {"enableBehavior": behavior} if len(tests) > 1 else {}
    return {"enableWhen": [_test(base, *test) for test in tests], **behaviors}


def _test(base: str, question: str, operator: str, option: str) -> Resource:
    test = {"question": question, "operator": operator}
    if operator == "exists":
        return {**test, "answerBoolean": False}
    return {**test, "answerCoding": {"system": code_system(base, question), "code": option}}


def _tests(rulebook: Rulebook, condition: Condition, *, wanted: bool) -> tuple[str, Sequence[_Test]] | None:
    """Return the tests of which all, or any, must pass for `condition` not to be false (not to be true, if unwanted).

    An answer that is missing or not known leaves a question open, so it disables nothing. "!=" passes if no answer is
    the option (https://hl7.org/fhir/R4/codesystem-questionnaire-enable-operator.html).
    """
    match condition:
        case Selected(question, options, 1):
            chosen = sorted(rulebook.definitions.expand(options))
            if not wanted:
                return "all", [(question, "!=", option) for option in chosen]
            unknown = [option.id for option in rulebook.questions[question].options if option.unknown]
            return "any", [*((question, "=", option) for option in (*chosen, *unknown)), (question, "exists", "")]
        case Holds(fact):
            return _tests(rulebook, rulebook.definitions.facts[fact], wanted=wanted)
        case Not(part):
            return _tests(rulebook, part, wanted=not wanted)
        case AllOf(parts) | AnyOf(parts):
            behavior = "all" if isinstance(condition, AllOf) == wanted else "any"
            found = [_tests(rulebook, part, wanted=wanted) for part in parts]
            if all(said and (len(parts) == 1 or said[0] == behavior or len(said[1]) == 1) for said in found):
                return found[0] if len(parts) == 1 else (behavior, list(chain(*(said[1] for said in found if said))))
    return None
