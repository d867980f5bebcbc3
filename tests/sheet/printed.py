"""The forms in which the sheets of people are printed, each printed once in a process of tests."""

from functools import cache
from itertools import product

from tests.sheets import PEOPLE, sheet_of
from webapp.sheet.writers.pdf import pdf
from webapp.sheet.writers.print_options import CHOICES, PrintOptions

ADDRESS = "https://guide.example/resume"
FORMS = [PrintOptions(*names) for names in product(*CHOICES.values())]
SHORT = [form for form in FORMS if form.length == "short"]
PRINTED = [(person, FORMS[number % len(FORMS)]) for number, person in enumerate(PEOPLE)]
"""Everybody once, in all forms in turn."""


@cache
def printed(person: str, form: PrintOptions) -> bytes:
    return pdf(sheet_of(person), form, ADDRESS)
