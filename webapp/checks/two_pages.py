"""The texts of the two pages fit their place and are fair, and the facts box has five rows for everybody."""

from collections.abc import Iterator, Mapping

from webapp.checks.populations import answers_of
from webapp.checks.problems import At, Found
from webapp.checks.proofs import answer_file
from webapp.evaluation.answers import resolve
from webapp.evaluation.facts_box import ROWS, shown_rows
from webapp.evaluation.possible_answers import PossibleAnswers, possible_answers
from webapp.rulebook.conditions import FALSE, NOT_TRUE, TRUE
from webapp.rulebook.number_text import Reference, fill, references
from webapp.rulebook.records.comparison import Cell
from webapp.rulebook.records.evidence import Number
from webapp.rulebook.records.two_pages import FactsBoxRow
from webapp.rulebook.rulebook import Rulebook

CELL = 60
"""The longest short cell of an option, in characters with numbers filled in."""

MOST = 1.5
"""The most words of an option's short cells, and of a cell in its column, as a multiple of the fewest."""

ROW = {"title": 45, "others": 45, "happened": 40, "did_not": 40, "also": 100, "beside": 120}
"""The longest texts of a row of the facts box, in characters with numbers filled in."""

OFFER = {"questions": 6, "signs": 4}
"""How many questions and signs of offers.yaml are on the two pages."""


def short_cells(rulebook: Rulebook) -> Iterator[Found]:
    """Every option has a short cell in every short row, none is too long, and all have about as many words."""
    options = rulebook.options.options
    for row in rulebook.options.short_rows:
        for number, option in enumerate(options):
            if row.id not in option.short:
                yield Found(At("options", "", ("options", number)), f"the short row '{row.id}' is missing")
        column = {option.id: _words(rulebook, [option.short[row.id]]) for option in options if row.id in option.short}
        yield from _unbalanced(rulebook, column, f"in the short row '{row.id}'")
    totals = {option.id: _words(rulebook, list(option.short.values())) for option in options}
    yield from _unbalanced(rulebook, totals, "in all short cells")
    for number, option in enumerate(options):
        for name, cell in option.short.items():
            filled = fill(cell.say, rulebook.findings)
            if len(filled) > CELL:
                at = At("options", "", ("options", number, "short", name, "say"))
                yield Found(at, f"{len(filled)} characters, at most {CELL}: “{filled}”")


def _words(rulebook: Rulebook, cells: list[Cell]) -> int:
    return sum(len(fill(cell.say, rulebook.findings).split()) for cell in cells)


def _unbalanced(rulebook: Rulebook, words: Mapping[str, int], where: str) -> Iterator[Found]:
    fewest = min(words.values(), default=0)
    for number, option in enumerate(rulebook.options.options):
        if words.get(option.id, 0) > MOST * fewest:
            at = At("options", "", ("options", number, "short"))
            yield Found(at, f"{words[option.id]} words {where}; the fewest are {fewest}")


def facts_box(rulebook: Rulebook) -> Iterator[Found]:
    """A row gives the share of its outcome in both frames, the unwanted one first, and no text is too long."""
    for row in rulebook.facts_box.values():
        for name, most in ROW.items():
            text = fill(getattr(row, name) or "", rulebook.findings)
            if len(text) > most:
                yield Found(At("facts_box", row.id, (name,)), f"{len(text)} characters, at most {most}: “{text}”")
        for name, message in _frame_problems(rulebook, row):
            yield Found(At("facts_box", row.id, (name,)), message)


def _frame_problems(rulebook: Rulebook, row: FactsBoxRow) -> Iterator[tuple[str, str]]:
    outcome = rulebook.outcomes[row.outcome]
    finding, _, key = outcome.number.partition(".")
    number = rulebook.number(outcome.number)
    in_gain, in_loss = (Reference(finding, key, None) in references(frame) for frame in (outcome.gain, outcome.loss))
    if in_gain is in_loss:
        return  # `denominators` reports an outcome that does not give its number in both frames
    for name, part in (("happened", None if in_loss else "rest"), ("did_not", "rest" if in_loss else None)):
        told = next(references(getattr(row, name)), None)
        if told is None or told.finding != finding or told.part != part:
            frame = "the number" if part is None else "the other frame"
            yield name, f"begin with {frame} of '{outcome.number}', as {{{outcome.number}{'.rest' if part else ''}}}"
        elif not _same_share(rulebook.findings[finding].numbers[told.key], number):
            yield name, f"'{told.key}' is another share than '{outcome.number}', the number of the outcome"
    hidden = {
        rulebook.number(f"{reference.finding}.{reference.key}").value
        for reference in references(f"{row.also} {row.beside}")
        if reference.part is None
    }
    if number.value == 0 and number.high not in hidden:
        yield "also", f"a zero says what it cannot rule out: {number.high} of {number.whole}"


def _same_share(told: Number, number: Number) -> bool:
    """Return whether two numbers are the same share, the counts of few people taken as a share of a hundred."""
    if told.whole is None or number.whole is None:
        return False
    return abs(told.value / told.whole - number.value / number.whole) < 0.5 / number.whole + 1e-9


def offers_in_short(rulebook: Rulebook) -> Iterator[Found]:
    """No more questions and signs of offers.yaml are on the two pages than have room there."""
    for name, most in OFFER.items():
        marked = [number for number, entry in enumerate(getattr(rulebook.offers, name)) if entry.short]
        for number in marked[most:]:
            yield Found(At("offers", "", (name, number, "short")), f"only {most} {name} have room on the two pages")


def five_facts(rulebook: Rulebook) -> Iterator[Found]:
    """Everybody gets five rows in the facts box."""
    answers = possible_answers(rulebook)
    rows = [answers.every(_shown(answers, row)) for row in rulebook.facts_box.values()]
    found = answers.find(-answers.formulas.at_least(ROWS, rows))
    if found is not None:
        count = len(shown_rows(rulebook, resolve(rulebook, found)))
        at = At("facts_box", next(iter(rulebook.facts_box)))
        yield Found(at, f"{count} rows, and not {ROWS}, for {answer_file(rulebook, found)}")


def _shown(answers: PossibleAnswers, row: FactsBoxRow) -> Iterator[int]:
    """Yield the formulas that together say that the conditions of `row` hold."""
    wanted = ((row.when, TRUE), (row.unless, NOT_TRUE))
    return (answers.is_(condition, truths) for condition, truths in wanted if condition is not None)


def facts_of_others(rulebook: Rulebook) -> Iterator[Found]:
    """No row of the facts box reaches people that its outcome is not about without saying so."""
    spoken_of, answers = answers_of(rulebook.findings.values()), possible_answers(rulebook)
    for row in rulebook.facts_box.values():
        about = rulebook.findings[rulebook.outcomes[row.outcome].number.partition(".")[0]].about or {}
        unsaid = [answers.is_(row.others_when, FALSE)] if row.others_when else []
        for question, options in about.items():
            others = answers.only(question, spoken_of[question] - set(options))
            found = answers.find(others, *unsaid, *_shown(answers, row))
            if found is not None:
                message = f"about other people by '{question}'; say so in 'others', for {answer_file(rulebook, found)}"
                yield Found(At("facts_box", row.id), message)
                break
